"""A pack as PowerPoint: real titles, charts that can be edited, tables with heads, words for pictures, notes."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from analysis.pictures.map import HATCHED
from analysis.present.palette import Class
from analysis.reports.pack import powerpoint_charts as charts
from analysis.reports.pack.layout import MARKS, beside, letters_of, title_letters
from analysis.reports.pack.model import Bars, Curve, Deck, Grid, Picture, Slide
from analysis.reports.pack.template import ACROSS, INK, MARGIN, Place, at, child, empty, in_our_language, saved

if TYPE_CHECKING:
    from pptx.presentation import Presentation

MARK: Place = (MARGIN, 1.52, ACROSS, 0.38)
HEAD, STRIPE = "1D2B33", "F1EEE6"
ROW = {18: 0.42, 16: 0.38, 14: 0.34}


def powerpoint(deck: Deck) -> bytes:
    """The pack as a .pptx; the same bytes for the same pack."""
    made = empty(deck.title, deck.about, deck.made_on)
    for slide in deck.slides:
        _add(made, slide, deck.foot)
    in_our_language(made)
    return saved(made)


def _add(made: Presentation, slide: Slide, foot: str) -> None:
    content, alone = made.slide_layouts
    layout = content if slide.points else alone
    sheet = made.slides.add_slide(layout)
    sheet.shapes.title.text = slide.title
    _lettered(sheet.shapes.title.text_frame.paragraphs[0], title_letters(slide.title))
    if slide.basis:
        _mark(sheet, slide.basis)
    words, drawing = beside(slide)
    if slide.points:
        _points(sheet.placeholders[1], slide, words)
    if slide.part is not None:
        _part(sheet, slide.part, drawing)
    _foot(sheet, layout, foot)
    sheet.notes_slide.notes_text_frame.text = "\n".join(slide.notes) or "There is no note on this slide."


def _mark(sheet: Any, basis: str) -> None:
    """Say over the figures what they rest on, right after the title."""
    words, fill, ink = MARKS[basis]
    box = sheet.shapes.add_textbox(*(Inches(side) for side in MARK))
    box.name = "Basis of the figures"
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor.from_string(fill)
    frame = box.text_frame
    frame.vertical_anchor, frame.auto_size = MSO_ANCHOR.MIDDLE, MSO_AUTO_SIZE.NONE
    frame.text = words
    _lettered(frame.paragraphs[0], 18, bold=True, colour=ink)
    sheet.shapes.title.element.addnext(box.element)


def _points(holder: Any, slide: Slide, place: Place) -> None:
    at(holder, place)
    frame = holder.text_frame
    size = letters_of(slide.points, place)
    for number, point in enumerate(slide.points):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = point
        _lettered(paragraph, size)
        if slide.looks:
            _swatch(paragraph, slide.looks[number])


def _lettered(paragraph: Any, size: float, *, bold: bool | None = None, colour: str = "") -> None:
    """Set the letters of each run: PowerPoint passes over those of a paragraph."""
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)


def _swatch(paragraph: Any, look: Class) -> None:
    """A square of the colour on the map in place of the bullet; a hatched one where the map is hatched."""
    about = paragraph._p.get_or_add_pPr()
    about.set("marL", str(Pt(26)))
    about.set("indent", str(-Pt(26)))
    child(child(about, "a:buClr"), "a:srgbClr", (HATCHED if look.hatched else look.light)[1:].upper())
    child(about, "a:buChar").set("char", "▨" if look.hatched else "■")


def _part(sheet: Any, part: Bars | Curve | Picture | Grid, place: Place) -> None:
    if isinstance(part, Bars):
        _told(charts.bars(sheet, part, place), "Chart", part.alt)
    elif isinstance(part, Curve):
        _told(charts.curve(sheet, part, place), "Chart", part.alt)
    elif isinstance(part, Picture):
        _told(_picture(sheet, part, place), "Map", part.alt)
    else:
        _told(_table(sheet, part, place), "Table", part.alt)


def _told(shape: Any, name: str, alt: str) -> None:
    """Give a shape a name, and the words a screen reader says of it."""
    about = shape._element.find(f".//{qn('p:cNvPr')}")
    about.set("name", f"{name} {shape.shape_id}")
    about.set("descr", alt)


def _picture(sheet: Any, part: Picture, place: Place) -> Any:
    """As large as there is room for, from the left."""
    left, top, width, height = place
    shape = sheet.shapes.add_picture(io.BytesIO(part.content), Inches(left), Inches(top))
    scale = min(Inches(width) / shape.width, Inches(height) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    return shape


def _table(sheet: Any, part: Grid, place: Place) -> Any:
    left, top, width, _ = place
    high = ROW[int(part.size)]
    size = (len(part.rows) + 1, len(part.heads), Inches(left), Inches(top), Inches(width))
    frame = sheet.shapes.add_table(*size, Inches(high * (len(part.rows) + 1)))
    table = frame.table
    for column, share in zip(table.columns, part.widths, strict=True):
        column.width = Inches(width * share)
    for place_of, cells in enumerate((part.heads, *part.rows)):
        table.rows[place_of].height = Inches(high)
        for column_of, words in enumerate(cells):
            _cell(table.cell(place_of, column_of), words, part.size, place_of)
    return frame


def _cell(cell: Any, words: str, size: float, row: int) -> None:
    cell.text = words
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(HEAD if row == 0 else STRIPE if row % 2 == 0 else "FFFFFF")
    for paragraph in cell.text_frame.paragraphs:
        _lettered(paragraph, size, bold=row == 0, colour="FFFFFF" if row == 0 else INK)


def _foot(sheet: Any, layout: Any, foot: str) -> None:
    """The foot and the number of a slide, which python-pptx leaves in the layout."""
    for shape in layout.placeholders:
        kind = shape.element.ph.get("type")
        if kind in ("ftr", "sldNum"):
            own = deepcopy(shape.element)
            own.find(f".//{qn('p:cNvPr')}").set("id", str(max(int(one.shape_id) for one in sheet.shapes) + 1))
            sheet.shapes.element.append(own)
    for shape in sheet.placeholders:
        if shape.element.ph.get("type") == "ftr":
            shape.text_frame.text = foot
