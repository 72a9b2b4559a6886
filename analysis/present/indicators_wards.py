"""The wards of an indicator: a map, a table with what can be said of each, a sentence on all, and the download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.editions import SHORT_COUNCIL
from analysis.indicator_wards import Wards
from analysis.indicators import Indicators
from analysis.present.bands import equal_count
from analysis.present.gap_view import MapView
from analysis.present.indicators_view import PERCENT, Row, counted, decimals_of, figure, told
from analysis.present.words import number
from analysis.statistics.benchmark import Outcome, false_flags

CERTAIN = 0.998
REST = {
    Outcome.WORSE: "worse",
    Outcome.BETTER: "better",
    Outcome.HIGHER: "higher",
    Outcome.LOWER: "lower",
    Outcome.SIMILAR: "no clear difference",
    Outcome.NOT_COMPARED: "not tested",
}
AGAINST_REST = "Against all other wards (statistically, 99.8%)"
FIFTHS = ("{0} fifth", "second {0}", "middle", "second {1}", "{1} fifth")
ENDS = {"high is worse": ("worst", "best"), "low is worse": ("worst", "best"), "neither": ("highest", "lowest")}
NOT_HELD = "no figure is held for this ward"
VINTAGES = {"wards_2011": "the 37 wards of 2011 to 2019", "wards_2019": "the 33 wards since 2019"}


def ward_map(wards: Wards, held: Indicators, indicator: str, dark: bool) -> MapView:
    """The wards in five bands of equal number, darkest at the worse side (highest where neither is worse)."""
    about, unit, decimals = _spelt(held, indicator)
    bands = equal_count(
        wards.table.set_index("area_code")["value"],
        lambda value: figure(value, unit, decimals),
        low_is_more=about["polarity"] == "low is worse",
    )
    lines = {
        str(row["area_code"]): [f"{_value(row, unit, decimals)}, {wards.period}", *_rest_line(row)]
        for row in wards.table.to_dict("records")
    }
    counts = bands.counts()
    said = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    alt = f"Map of {about['title']} by ward, {wards.period}. {said}. The figures are in the table below."
    return MapView(counts, bands.paints(lines, dark), alt)


def ward_table(wards: Wards, held: Indicators, indicator: str, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a ward, in the order of `wards`, as people read it; columns that say nothing of any ward are left out."""
    about, unit, decimals = _spelt(held, indicator)
    council = wards.table["council"].iloc[0]
    beside = f"Beside {SHORT_COUNCIL} ({figure(council, unit, decimals)})"
    rows = [
        {
            "Ward": names[row["area_code"]],
            "Value (95% limits)": _value(row, unit, decimals),
            "Count": counted(row) if row["held"] else "–",
            beside: _difference(row, unit, decimals),
            AGAINST_REST: REST[row["rest"]] if row["held"] else "–",
            "Fifth of the wards": _fifth(row["fifth"], str(about["polarity"])),
        }
        for row in wards.table.to_dict("records")
    ]
    blank = [beside] if pd.isna(council) else []
    blank += [AGAINST_REST] if wards.untested else []
    blank += ["Fifth of the wards"] if wards.table["fifth"].isna().all() else []
    return pd.DataFrame(rows).drop(columns=blank)


def wards_answer(wards: Wards, polarity: str) -> str:
    """How many wards stand apart from the rest of the council; or why none can be tested."""
    known = int(wards.table["held"].sum())
    first = f"{VINTAGES[wards.layer][0].upper()}{VINTAGES[wards.layer][1:]}"
    held = "" if known == len(wards.table) else f"{number(known)} of them have a figure. "
    if wards.untested:
        return f"{first}. {held}No ward is tested against the rest of {SHORT_COUNCIL}: {wards.untested}."
    found = wards.table["rest"].value_counts()
    worse, better = ("higher", "lower") if polarity == "neither" else ("worse", "better")
    ends = (found.get(word.capitalize(), 0) for word in (worse, better))
    apart = " and ".join(f"{number(count)} {word}" for count, word in zip(ends, (worse, better), strict=True))
    chance = number(false_flags(len(wards.table), CERTAIN), 2)
    return (
        f"{first}. {held}Set against all other wards together, {apart}: statistically significant at 99.8%. "
        f"{number(found.get(Outcome.SIMILAR, 0))} with no clear difference. By chance alone about {chance} would be "
        "called different. A difference says nothing of its cause."
    )


def ward_download(wards: Wards, held: Indicators, indicator: str, names: Mapping[str, str]) -> pd.DataFrame:
    """The wards with every figure behind the table, codes and locators."""
    about = held.about(indicator)
    return wards.table.drop(columns="held").assign(
        indicator_id=indicator,
        title=about["title"],
        unit=about["unit"],
        period=wards.period,
        area_name=wards.table["area_code"].map(names),
        rest=wards.table["rest"].map(REST),
        status=wards.table["status"].fillna(NOT_HELD),
        basis=wards.table["basis"].fillna(NOT_HELD),
    )


def _spelt(held: Indicators, indicator: str) -> tuple[dict[str, Any], str, int]:
    about = held.about(indicator)
    return about, str(about["unit"]), decimals_of(held.of(indicator), str(about["unit"]))


def _value(row: Row, unit: str, decimals: int) -> str:
    return told(row, unit, decimals) if row["held"] else NOT_HELD


def _rest_line(row: Row) -> list[str]:
    return [] if row["rest"] == Outcome.NOT_COMPARED else [f"{AGAINST_REST}: {REST[row['rest']]}"]


def _difference(row: Row, unit: str, decimals: int) -> str:
    gap = row["difference"]
    if pd.isna(gap):
        return "–"
    if not round(gap, decimals):
        return "no difference"
    points = " points" if unit in PERCENT else ""
    amount = number(abs(gap), decimals) if points else figure(abs(gap), unit, decimals)
    return f"{amount}{points} {'above' if gap > 0 else 'below'}"


def _fifth(fifth: float, polarity: str) -> str:
    if pd.isna(fifth):
        return "–"
    return FIFTHS[int(fifth) - 1].format(*ENDS[polarity])
