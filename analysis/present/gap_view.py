"""The gap as map classes, tooltips, a table for reading and a table for downloading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import COUNCIL_NAME, EDITIONS
from analysis.gap import Gap
from analysis.present.bands import Banded, equal_count
from analysis.present.maps import AreaPaint
from analysis.present.palette import NO_VALUE, VERDICTS, Class
from analysis.present.words import limits, listed, number
from analysis.provision import REST
from analysis.reach import CATCHMENTS
from analysis.statistics.expectation import LEAST_EXPECTED

Row = dict[str, Any]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """A table as one mapping a row."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def banded(result: Gap, measure: str) -> Banded:
    """The classes of the map for `gap`, `need` or `provision`."""
    wards = result.wards.set_index("area_code")
    if measure == "gap":
        return Banded(
            tuple(VERDICTS.values()), {str(code): VERDICTS[verdict] for code, verdict in wards["verdict"].items()}
        )
    if measure == "need":
        return equal_count(100 * wards["need_share"], lambda value: f"{value:.1f}%")
    decimals = share_decimals(result)
    blank = replace(NO_VALUE, label="Not published" if result.provision.kind == "shares" else "Not known")
    bands = equal_count(100 * wards["observed_share"], lambda value: f"{value:.{decimals}f}%", blank=blank)
    hidden = wards.index[wards["verdict"] == Verdict.NOT_SHOWN]
    return bands.with_class(VERDICTS[Verdict.NOT_SHOWN], hidden)


def share_decimals(result: Gap) -> int:
    """Decimals a share of provision can bear: none where the source prints whole per cents."""
    return 0 if result.provision.kind == "shares" else 1


def meaning(result: Gap, measure: str) -> str:
    """What the colours of the map count."""
    if measure == "need":
        return f"Each ward's share of all {result.need.short} ({result.need.period})."
    if measure == "provision":
        return f"Each ward's share of all {result.provision.short} ({result.provision.period})."
    return "Each ward's provision against its share of need."


def titled(result: Gap) -> str:
    """What was compared, where: the title of its files."""
    wards = f"{EDITIONS[result.edition].wards} of {COUNCIL_NAME}"
    return f"{result.provision.title} against {result.need.title}, {wards}"


def tally(result: Gap) -> dict[Class, tuple[int, str]]:
    """How many wards have each verdict, and which: the certain first, the unknown last and on their own."""
    wards = result.wards
    counted = {}
    for verdict, item in VERDICTS.items():
        found = wards[wards["verdict"] == verdict]
        if len(found) or verdict == Verdict.UNDER_CERTAIN:
            names = list(found.sort_values("gap", ascending=verdict not in _UNDER)["area_name"])
            counted[item] = (len(found), listed(names, 3) if names and verdict != Verdict.NOT_KNOWN else "")
    return counted


_UNDER = (Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY)


def ordered(result: Gap) -> pd.DataFrame:
    """Wards by verdict, the worst first, and within a verdict by how many places they are short."""
    place = {verdict: number for number, verdict in enumerate(Verdict)}
    order = result.table["verdict"].map(place).where(result.table["area_code"] != REST, len(place))
    return (
        result.table.assign(order=order)
        .sort_values(["order", "gap", "gap_lower"], ascending=[True, False, False], na_position="last")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def tooltips(result: Gap) -> dict[str, list[str]]:
    """What a ward says under its name when pointed at: its verdict, and the figures behind it."""
    return {row["area_code"]: _lines(result, row) for row in rows_of(result.wards)}


def _lines(result: Gap, row: Row) -> list[str]:
    verdict = VERDICTS[row["verdict"]]
    need = f"Need: {number(row['need'])} {result.need.unit}, {100 * row['need_share']:.1f}% of the total"
    return [f"{verdict.symbol} {verdict.label}", need, _provided(result, row)]


def _provided(result: Gap, row: Row) -> str:
    if row["reason"]:
        return f"No answer: {row['reason']}"
    if row["verdict"] == Verdict.NOT_KNOWN:
        return f"Provision: not published; at most {row['oe_upper']:.2f} of its share of need"
    decimals = 1 if result.provision.kind == "access" else 0
    provided = f"Provision: {number(row['observed'], decimals)} {result.provision.unit}"
    ratio = limits(row["oe"], row["oe_lower"], row["oe_upper"])
    worst = (
        f"; worst case {_range(row['envelope_lower'], row['envelope_upper'])}"
        if pd.notna(row.get("envelope_lower"))
        else ""
    )
    return f"{provided}, {ratio} of its share of need{worst}"


@dataclass(frozen=True)
class MapView:
    """All a map needs that changes with what is asked: the counts of its key, its paint, and its words."""

    counts: dict[Class, int]
    paints: list[AreaPaint]
    alt: str


def map_view(result: Gap, measure: str, dark: bool) -> MapView:
    """The map of one measure in one theme; `alt` is what a screen reader hears of the whole of it."""
    view = banded(result, measure)
    counts = view.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    alt = f"Map of wards. {counted}. The same figures are in the table below."
    return MapView(counts, view.paints(tooltips(result), dark), alt)


def table(result: Gap) -> pd.DataFrame:
    """The table people read: worst first, limits in words, every blank with its reason."""
    rows = ordered(result)
    decimals = 1 if result.provision.kind == "access" else 0
    why = rows["reason"].mask(rows["reason"].eq(""), "not published")
    columns = {
        "Ward": rows["area_name"],
        "Verdict": [f"{VERDICTS[verdict].symbol} {VERDICTS[verdict].label}" for verdict in rows["verdict"]],
        "Provision ÷ expected": [_ratio(row, reason) for row, reason in zip(rows_of(rows), why, strict=True)],
        f"Short of its share ({result.provision.unit})": _or_why(_with_limits(rows, "gap", 1), rows["gap"], why),
        f"Need ({result.need.unit})": _or_why(_with_limits(rows, "need", 0), rows["need"], why),
        f"Provision ({result.provision.unit})": _or_why(
            [number(value, decimals) for value in rows["observed"]], rows["observed"], why
        ),
        "Share of need": _or_why(_percent(rows["need_share"]), rows["need"], why),
        "Share of provision": _or_why(
            _percent(rows["observed_share"], share_decimals(result)), rows["observed_share"], why
        ),
        "Expected": _or_why([number(value, 1) for value in rows["expected"]], rows["expected"], why),
    }
    if "envelope_lower" in rows:
        columns["Worst case of the rounding"] = _or_why(_envelope(rows), rows["envelope_lower"], why)
    return pd.DataFrame(columns)


def _envelope(rows: pd.DataFrame) -> list[str]:
    return [
        f"{lower:.2f} to {upper:.2f}" for lower, upper in rows[["envelope_lower", "envelope_upper"]].to_numpy(float)
    ]


def _range(lower: float, upper: float) -> str:
    return f"{lower:.2f} to {upper:.2f}"


def _percent(shares: pd.Series, decimals: int = 1) -> list[str]:
    return [f"{100 * share:.{decimals}f}%" for share in shares]


def _or_why(cells: list[str], values: pd.Series, why: pd.Series) -> list[str]:
    return [reason if missing else cell for cell, missing, reason in zip(cells, values.isna(), why, strict=True)]


def _with_limits(rows: pd.DataFrame, name: str, decimals: int) -> list[str]:
    cells = rows[[name, f"{name}_lower", f"{name}_upper"]].to_numpy(float)
    return [limits(value, lower, upper, decimals) for value, lower, upper in cells]


def _ratio(row: Row, reason: str) -> str:
    if pd.isna(row["oe"]):
        return reason if pd.isna(row["oe_upper"]) else f"at most {row['oe_upper']:.2f}"
    if "oe_lowest" in row and pd.notna(row["oe_lowest"]):
        return f"{row['oe']:.2f} ({row['oe_lowest']:.2f} to {row['oe_highest']:.2f} by catchment)"
    return limits(row["oe"], row["oe_lower"], row["oe_upper"])


def download(result: Gap) -> pd.DataFrame:
    """The table for a spreadsheet: figures unrounded, the verdict, the basis, and what was compared."""
    return result.table.drop(columns=["percent", "percent_lower", "percent_upper"], errors="ignore").assign(
        edition=result.edition,
        need_lens=result.need.title,
        provision_lens=result.provision.title,
    )


def method(result: Gap) -> str:
    """The method in plain words (Markdown), for the comparison shown."""
    common = (
        f"**Need.** {result.need.method} Period: {result.need.period}.\n\n"
        f"**Provision.** {result.provision.method} Period: {result.provision.period}.\n\n"
        f"**Expected.** All {number(result.total)} {result.provision.unit} shared out in proportion to need. "
        "*Provision over its share* is observed over expected: below 1 a ward has less than its share. "
        "Gaps sum to zero over all wards, so this shows how provision is spread, not whether there is enough of it.\n\n"
    )
    held = {"caseload": _SHOWN_WHOLE if result.small_counts else _NOT_SHOWN}.get(result.provision.kind, "")
    return common + _METHODS[result.provision.kind] + held


_METHODS = {
    "shares": (
        "**How sure.** The source prints whole per cents. Each share is redrawn evenly within half a point of what is "
        "printed, and a count of parents is drawn from it, 10,000 times; the limits hold the middle 95%. Beside them "
        "stands the worst case: the lowest and highest counts the rounding allows, each with its own 95% limits. A "
        "verdict is *likely* when the first limits lie on one side of 1, and *for certain* only when the worst "
        "case does "
        "too. Wards that were not listed have no count. They cannot have had more than the last listed ward, which "
        "gives the bound; they get no verdict, colour or rank."
    ),
    "access": (
        "**How sure.** Places are counted one type at a time, from a list with its own year. Each place is "
        "shared among "
        "the children who can reach it, nearer ones counting more; a ward's provision is its children times their "
        "access. A verdict is *likely* only when "
        + str(len(CATCHMENTS))
        + " ways of drawing the catchment ("
        + "; ".join(catchment.title for catchment in CATCHMENTS.values())
        + ") all put the ward more than a tenth to the same side of its share; otherwise it depends on the catchment. "
        "Children are placed at the mean of their neighbourhood's postcodes (postcode-weighted). Places outside the "
        "council are missing from the lists, so wards on the edge may have more within reach than is shown."
    ),
    "caseload": (
        "**How sure.** Limits are those of the count (exact below 10, Byar's method from 10), and where need is our "
        "estimate, 10,000 draws of need as well. *Likely* means the 95% limits lie on one side of 1, *for certain* the "
        f"99.8% limits. Where fewer than {LEAST_EXPECTED:.2f} are expected, even none would prove nothing: too "
        "few to tell."
    ),
}
_NOT_SHOWN = (
    "\n\n**Not shown.** A count of 1 to 4 families or young people is not shown, nor are as many others as it takes so "
    "that no such count can be worked out from the total and the rest to within fewer than four values. With the "
    "count go its share, ratio, limits and gap. A count of none is shown. The wards held back are still part of "
    "the total."
)
_SHOWN_WHOLE = (
    "\n\n**Small counts.** This is an analyst's view. Counts of 1 to 4 families or young people, and those that would "
    "give them away, are shown as they were returned, so nothing of it may be published or passed on."
)
