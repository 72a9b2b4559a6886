"""Charts PowerPoint can edit, each with a workbook behind it that holds the limits and the names of the wards too."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from analysis.present.palette import NEED_COLOUR, PROVISION_COLOUR
from analysis.reports.pack.axis import ACROSS, EVEN, UP, step_of, top_of
from analysis.reports.pack.model import Bar, Bars, Curve
from analysis.reports.pack.template import INK, MUTED, Place, child

GRID = "D5DADD"
SHEET = "Sheet1"
LONG_AGO = datetime(2000, 1, 1)
HEADS = ("", "", "Lower limit", "Upper limit", "Down to the lower limit", "Up to the upper limit")
Cells = Sequence[Sequence[object]]


def bars(slide: Any, drawn: Bars, place: Place) -> Any:
    """A chart of bars that start at 1, with their limits as error bars; returns its frame."""
    data = CategoryChartData(number_format="0.00")
    data.categories = [f"{one.look.symbol} {one.label}" for one in drawn.bars]
    data.add_series(drawn.title, [one.value for one in drawn.bars])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *(Inches(side) for side in place), data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(bar_cells(drawn)))
    _titled(chart, drawn.title)
    chart.has_legend = False
    _bar_axes(chart, drawn)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    series = plot.series[0]
    series.invert_if_negative = False
    for place_of, one in enumerate(drawn.bars):
        _filled(series.points[place_of].format, one.look.light)
    for point in series._element.findall(qn("c:dPt")):
        kept = OxmlElement("c:invertIfNegative")
        kept.set("val", "0")
        point.find(qn("c:idx")).addnext(kept)
    _with_limits(series._element, drawn.bars)
    return frame


def _bar_axes(chart: Any, drawn: Bars) -> None:
    across, down = chart.value_axis, chart.category_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = 0, top_of(drawn.bars), step_of(drawn.bars)
    across.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = "0.0", False
    across.crosses_at = 1
    down.reverse_order = True
    down.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    down.major_tick_mark = XL_TICK_MARK.NONE
    down.format.line.color.rgb = RGBColor.from_string(INK)
    for axis, title in ((across, drawn.axis), (down, "")):
        _axis(axis, title)
    down.has_major_gridlines = False


def _with_limits(series: Any, drawn: Sequence[Bar]) -> None:
    """Add error bars to a series of bars: python-pptx has none, so they are written as the format asks."""
    count = len(drawn)
    errors = OxmlElement("c:errBars")
    for name, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        child(errors, f"c:{name}", value)
    for side, column in (("plus", "F"), ("minus", "E")):
        lengths = [_lengths(one)[side == "plus"] for one in drawn]
        errors.append(_numbers(side, f"{SHEET}!${column}$2:${column}${count + 1}", lengths))
    line = child(child(errors, "c:spPr"), "a:ln")
    line.set("w", str(Pt(1.5)))
    child(child(line, "a:solidFill"), "a:srgbClr", INK)
    series.find(qn("c:cat")).addprevious(errors)


def _lengths(one: Bar) -> tuple[float | None, float | None]:
    """How far the limits lie below and above the value; None where there are none."""
    if one.lower is None or one.upper is None:
        return None, None
    return max(one.value - one.lower, 0.0), max(one.upper - one.value, 0.0)


def _numbers(name: str, formula: str, values: Sequence[float | None]) -> Any:
    side = OxmlElement(f"c:{name}")
    reference = child(side, "c:numRef")
    child(reference, "c:f").text = formula
    held = child(reference, "c:numCache")
    child(held, "c:formatCode").text = "General"
    child(held, "c:ptCount", str(len(values)))
    for place, value in enumerate(values):
        if value is not None:
            point = child(held, "c:pt")
            point.set("idx", str(place))
            child(point, "c:v").text = repr(float(value))
    return side


def curve(slide: Any, drawn: Curve, place: Place) -> Any:
    """Two curves over a dashed line; returns the frame of the chart."""
    data = XyChartData(number_format="0.0")
    for name, points in series_of(drawn):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *(Inches(side) for side in place), data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(curve_cells(drawn)))
    _titled(chart, drawn.title)
    chart.has_legend, chart.legend.position, chart.legend.include_in_layout = True, XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(14)
    for axis, title in ((chart.category_axis, ACROSS), (chart.value_axis, UP)):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        _axis(axis, title)
    looks = ((NEED_COLOUR["light"], XL_MARKER_STYLE.CIRCLE), (PROVISION_COLOUR["light"], XL_MARKER_STYLE.DIAMOND))
    for series, look in zip(chart.plots[0].series, (*looks, None), strict=True):
        _drawn(series, look)
    return frame


def series_of(drawn: Curve) -> list[tuple[str, list[tuple[float, float]]]]:
    """The series of the curve chart: need, provision, and the line on which every child has the same."""
    named = (("Need", drawn.need), ("Provision", drawn.provision))
    made = [(name, list(zip(drawn.children, up, strict=True))) for name, up in named]
    return [*made, (EVEN, [(0.0, 0.0), (100.0, 100.0)])]


def _drawn(series: Any, look: tuple[str, Any] | None) -> None:
    series.smooth = False
    line = series.format.line
    if look is None:
        line.color.rgb, line.width, line.dash_style = RGBColor.from_string(MUTED), Pt(1.25), MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    colour, mark = look
    line.color.rgb, line.width = RGBColor.from_string(colour[1:].upper()), Pt(2)
    series.marker.style, series.marker.size = mark, 7
    _filled(series.marker.format, colour)


def _filled(look: Any, colour: str) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = RGBColor.from_string(colour[1:].upper())
    look.line.color.rgb = RGBColor.from_string(MUTED)
    look.line.width = Pt(0.5)


def _titled(chart: Any, title: str) -> None:
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    chart.chart_title.text_frame.text = title
    letters = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    letters.size, letters.bold, letters.color.rgb = Pt(14), True, RGBColor.from_string(INK)
    chart.font.size = Pt(14)
    chart.font.color.rgb = RGBColor.from_string(INK)


def _axis(axis: Any, title: str) -> None:
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    axis.tick_labels.font.size = Pt(14)
    if title:
        axis.has_title = True
        axis.axis_title.text_frame.text = title
        letters = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        letters.size, letters.bold, letters.color.rgb = Pt(14), False, RGBColor.from_string(INK)


def bar_cells(drawn: Bars) -> Cells:
    """The cells of the workbook behind the bars, by row."""
    head = ("", drawn.title, *HEADS[2:])
    rows = [(f"{one.look.symbol} {one.label}", one.value, one.lower, one.upper, *_lengths(one)) for one in drawn.bars]
    return [head, *rows]


def curve_cells(drawn: Curve) -> Cells:
    """The cells of the workbook behind the curves: the series one under another, with the ward at each point."""
    cells: list[Sequence[object]] = []
    names = ("", *drawn.names)
    for name, points in series_of(drawn):
        cells.append(("% of children", name, "Ward"))
        labels = names if name != EVEN else ("", "")
        cells += [(x, y, label) for (x, y), label in zip(points, labels, strict=True)]
        cells.append(())
    return cells


def workbook(cells: Cells) -> bytes:
    """A workbook of one sheet; words are written as words, so that none of them is a formula."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": LONG_AGO, "author": "Early Help Atlas"})
    sheet = book.add_worksheet(SHEET)
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, float):
                sheet.write_number(row, column, value)
    sheet.set_column(0, 0, 28)
    book.close()
    return made.getvalue()
