"""Indicators as tables: the areas of one, the indicators of a topic as a spine, topics counted, and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.indicators import OTHER_COUNCILS, SOUTH_WEST, Indicators
from analysis.present.bands import equal_count
from analysis.present.gap_view import MapView
from analysis.present.html_tables import framed
from analysis.present.indicators_view import Row, compared, decimals_of, figure, told
from analysis.present.palette import INK, MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.present.words import number
from analysis.statistics.benchmark import Outcome

WARDS = {"E050019": "wards_2011", "E050124": "wards_2019"}
NOT_AREAS = "E0[15]"
MARKS = {Outcome.WORSE: ("◆", "need"), Outcome.BETTER: ("●", "provision"), Outcome.SIMILAR: ("■", "ink")}


@dataclass(frozen=True)
class WardMap:
    """The map of an indicator by ward: its layer, its period and what is drawn."""

    layer: str
    period: str
    view: MapView


def area_table(held: Indicators, indicator: str, areas: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row an area in the order a reader looks for them; `areas` is a frame of `indicators.beside`."""
    about = held.about(indicator)
    unit, decimals = str(about["unit"]), decimals_of(held.of(indicator), str(about["unit"]))
    rows = {str(row["area_code"]): row for row in areas.to_dict("records")}
    held_at_all = set(held.of(indicator)["area_code"])
    codes = [code for code in _ordered(held, sorted(rows)) if code in rows or code in held_at_all]
    return pd.DataFrame(
        [_area(code, rows.get(code), str(about["polarity"]), unit, decimals, names, held) for code in codes]
    )


def _area(
    code: str, row: Row | None, polarity: str, unit: str, decimals: int, names: Mapping[str, str], held: Indicators
) -> dict[str, str]:
    near = " (statistical neighbour)" if code in held.neighbours else ""
    name = f"{SHORT_COUNCIL if code == COUNCIL else names[code]}{near}"
    if row is None:
        return {"Area": name, "where": "", "Value (95% limits)": "not held for this period", "Count": "–"} | {
            "Beside England": "not compared",
        }
    return {
        "Area": name,
        "where": ". ".join(capital(str(row[part])) for part in ("locator", "note") if pd.notna(row[part])),
        "Value (95% limits)": told(row, unit, decimals),
        "Count": counted(row),
        "Beside England": compared(row, polarity, unit, decimals),
    }


def capital(words: str) -> str:
    """Words with a capital first, unless they begin with the name of a file."""
    return words if words.partition(" ")[0].rstrip(",").endswith(".csv") else words[:1].upper() + words[1:]


def counted(row: Row) -> str:
    """The count behind a figure, and of how many, as far as they are held."""
    if pd.isna(row["numerator"]):
        return "not given"
    return number(row["numerator"]) + ("" if pd.isna(row["denominator"]) else f" of {number(row['denominator'])}")


def _ordered(held: Indicators, codes: list[str]) -> list[str]:
    first = [COUNCIL, *OTHER_COUNCILS, SOUTH_WEST, ENGLAND]
    areas = [code for code in codes if not code.startswith(("E01", "E05"))]
    others = [code for code in areas if code not in first and code not in held.neighbours]
    return [*first, *others, *held.neighbours]


def ward_map(held: Indicators, indicator: str, codes: Mapping[str, list[str]], dark: bool) -> WardMap | None:
    """The newest map by ward; none where no ward has a figure. `codes` are the wards of each layer."""
    rows = held.of(indicator)
    wards = rows[rows["area_code"].str.startswith("E05") & rows["value"].notna()].sort_values("period_end")
    if wards.empty:
        return None
    about = held.about(indicator)
    unit, period = str(about["unit"]), str(wards["period"].iloc[-1])
    decimals, layer = decimals_of(rows, unit), WARDS[str(wards["area_code"].iloc[-1])[:7]]
    shown = rows[rows["period"].eq(period) & rows["area_code"].isin(codes[layer])].set_index("area_code")
    bands = equal_count(
        shown["value"].reindex(codes[layer]),
        lambda value: figure(value, unit, decimals),
        low_is_more=about["polarity"] == "low is worse",
    )
    told_of = {str(code): [f"{told(row.to_dict(), unit, decimals)}, {period}"] for code, row in shown.iterrows()}
    lines = {code: told_of.get(code, [f"No figure is held for this ward, {period}"]) for code in codes[layer]}
    counts = bands.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    alt = f"Map of {about['title']} by ward, {period}. {counted}. The figures are in the download."
    return WardMap(layer, period, MapView(counts, bands.paints(lines, dark), alt))


def topics(held: Indicators, overview: pd.DataFrame) -> pd.DataFrame:
    """Each topic with how many indicators it has, and how many have a figure of the council and of England."""
    counted = held.table.groupby("topic").size()
    ours, both = overview.groupby("topic").size(), overview[overview["benchmark"].notna()].groupby("topic").size()
    return pd.DataFrame(
        {
            "Topic": [str(topic).capitalize() for topic in counted.index],
            "Indicators": [number(count) for count in counted],
            f"With a figure of {SHORT_COUNCIL}": [number(ours.get(topic, 0)) for topic in counted.index],
            "That can be set beside England": [number(both.get(topic, 0)) for topic in counted.index],
        }
    )


def topic_links(counted: pd.DataFrame) -> str:
    """The table of `topics` as HTML, each topic a link to its indicators."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in counted.columns)
    body = "".join(
        f'<tr><th scope="row"><a href="indicators?{urlencode({"subject": cells[0].lower()})}" target="_self">'
        f"{escape(cells[0])}</a></th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells[1:])}</tr>"
        for cells in counted.itertuples(index=False)
    )
    table = f'<table class="atlas-table atlas-topics"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return framed("Topics", table)


def of_topic(overview: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The rows of a topic: furthest on the worse side of England first; those without a polarity last, by title."""
    return overview[overview["topic"] == topic].sort_values(["worse", "title"], ascending=[False, True])


def topic_table(found: pd.DataFrame, held: Indicators) -> pd.DataFrame:
    """The rows of `of_topic` as people read them."""
    return pd.DataFrame([_line(row, held) for row in found.to_dict("records")])


def _line(row: Row, held: Indicators) -> dict[str, str]:
    unit = str(row["unit"])
    decimals = decimals_of(held.of(row["indicator_id"]), unit)
    england = "a count, not compared" if not row["comparable"] else figure(row["benchmark"], unit, decimals)
    near = (
        "–"
        if pd.isna(row["near_least"]) or not row["comparable"]
        else (f"{figure(row['near_least'], unit, decimals)} to {figure(row['near_most'], unit, decimals)}")
    )
    return {
        "Indicator": str(row["title"]) if unit == "%" and "%" in row["title"] else f"{row['title']} ({unit})",
        "Period": str(row["period"]),
        SHORT_COUNCIL: told(row, unit, decimals),
        "England": "not held" if england == "–" else england,
        "Beside England": compared(row, row["polarity"], unit, decimals),
        "Further on the worse side": _worse(row),
        "Neighbours": near,
    }


def _worse(row: Row) -> str:
    if row["polarity"] == "neither":
        return "no side is worse"
    return "cannot be said" if pd.isna(row["worse"]) else f"{number(100 * row['worse'])}%"


def spine(found: pd.DataFrame, held: Indicators, dark: bool) -> str:
    """Each indicator on a line of its own: England in the middle, worse to the left, the neighbours' range as a bar.

    Without a polarity, lower is to the left and nothing is coloured. Indicators that cannot be set beside England are
    left to the table.
    """
    rows = "".join(_spine_row(row, held) for row in found[found["benchmark"].notna()].to_dict("records"))
    if not rows:
        return ""
    name = theme(dark)
    paint = f"--need:{NEED_COLOUR[name]};--provision:{PROVISION_COLOUR[name]};--muted:{MUTED[name]};--ink:{INK[name]}"
    key = (
        '<ul class="key" aria-hidden="true"><li>◆ worse (statistically)</li><li>● better (statistically)</li>'
        "<li>■ similar</li><li>◇ no limits, or no side is worse</li><li>bar: range of the statistical neighbours</li>"
        "<li>line in the middle: England</li></ul>"
    )
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in ("Indicator", SHORT_COUNCIL, "England"))
    table = (
        f'<table class="atlas-table"><thead><tr>{head}<th scope="col">← worse, or lower where no side is worse</th>'
        f'<th scope="col">In words</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return f'<div class="atlas-spine" style="{paint}">{key}{framed("Indicators against England", table)}</div>'


def _spine_row(row: Row, held: Indicators) -> str:
    unit = str(row["unit"])
    decimals = decimals_of(held.of(row["indicator_id"]), unit)
    turn = -1.0 if row["polarity"] == "high is worse" else 1.0
    ends = [row["near_least"], row["near_most"]]
    far = max(
        0.2 * abs(row["benchmark"]) or 1.0,
        *(abs(value - row["benchmark"]) for value in (row["value"], *ends) if pd.notna(value)),
    )

    def place(value: float) -> float:
        return 50 + 46 * turn * (value - row["benchmark"]) / far

    found: list[float] = sorted(place(value) for value in ends) if pd.notna(ends[0]) else [50.0, 50.0]
    low, high = found[0], found[-1]
    mark, colour = ("◇", "ink") if row["polarity"] == "neither" else MARKS.get(row["outcome"], ("◇", "ink"))
    bar = (
        f'<div class="track" aria-hidden="true"><s style="left:{low:.1f}%;width:{high - low:.1f}%"></s><em></em>'
        f'<b style="left:{place(row["value"]):.1f}%;color:var(--{colour})">{mark}</b></div>'
    )
    cells = (told(row, unit, decimals), figure(row["benchmark"], unit, decimals))
    title, means = escape(str(row["title"])), escape(str(held.table.loc[row["indicator_id"], "definition"]))
    link = f'<a href="indicators?indicator={row["indicator_id"]}" target="_self" title="{means}">{title}</a>'
    return (
        f'<tr><th scope="row">{link}<small>{escape(str(row["period"]))}, {escape(unit)}</small></th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + f"<td>{bar}</td><td>{escape(compared(row, row['polarity'], unit, decimals))}</td></tr>"
    )


def download(held: Indicators, indicator: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Every observation of an indicator with its title, area, unit and limits."""
    about, rows = held.about(indicator), held.of(indicator)
    return rows.assign(
        title=about["title"],
        unit=about["unit"],
        polarity=about["polarity"],
        area_name=rows["area_code"].map(names),
        limits_made_by=about["limits"],
    )
