"""The Department for Education's Local Authority Interactive Tool: its figures, measures and statistical neighbours."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from analysis.build.geography import COUNCIL
from analysis.build.lait_measures import indicator_ids, measures
from analysis.build.lawful import require_lawful
from analysis.build.observed import as_text, in_file_order, observed
from analysis.sources.tables.neighbours import STATISTICAL_NEIGHBOURS
from analysis.sources.tables.observations import LAIT_INDICATORS, LAIT_OBSERVATIONS
from analysis.sources.write import write_table

FIGURES, DICTIONARY = "lait_long.csv", "lait_measures.csv"
NEIGHBOURS = "statistical_neighbours_2025_banes.csv"
NO_FIGURE = "-"
NO_PERIOD = "0"
ENGLAND = "E92000001"
NOT_OF_ENGLAND = ("lait_firstyjs",)
LEFT_OUT = "printed as {}, about nine times the rate of a region: left out"
AREA_CODES = {
    "Bath and North East Somerset": COUNCIL,
    "Halton": "E06000006",
    "North Somerset": "E06000024",
    "Wiltshire": "E06000054",
    "England": ENGLAND,
    "North West": "E12000002",
    "South West": "E12000009",
    "Buckinghamshire": "E06000060",
    "Cambridgeshire": "E10000003",
    "Gloucestershire": "E10000013",
    "Hertfordshire": "E10000015",
    "Kingston upon Thames": "E09000021",
    "Oxfordshire": "E10000025",
    "Stockport": "E08000007",
    "Trafford": "E08000009",
    "West Sussex": "E10000032",
    "York": "E06000014",
}
_PERIOD = re.compile(r"(\d{4})(/\d\d)?(?:-(\d\d)(/\d\d)?)?(?: \((OT|Rev|Final|prov)\))?")
_EDITIONS = {"OT": "outturn", "Rev": "revised", "Final": "final", "prov": "provisional"}


def build(raw: Path, root: Path) -> None:
    """Write the tool's observations and indicators, and the council's neighbours, to `root`/data/published."""
    source, out = raw / "data" / "la", root / "data" / "published"
    dictionary = as_text(source / DICTIONARY)
    indicators = measures(dictionary)
    printed = observations(as_text(source / FIGURES), indicator_ids(dictionary))
    table = in_file_order(without_england(printed), LAIT_OBSERVATIONS)
    require_lawful(table, indicators, "lait_observations.csv")
    write_table(indicators, LAIT_INDICATORS, out / "lait_indicators.csv")
    write_table(table, LAIT_OBSERVATIONS, out / "lait_observations.csv")
    write_table(neighbours(as_text(source / NEIGHBOURS)), STATISTICAL_NEIGHBOURS, out / "statistical_neighbours.csv")


def observations(figures: pd.DataFrame, ids: dict[str, str], file: str = FIGURES) -> pd.DataFrame:
    """One row a measure, area and period of the tool's figures, read as text; excluded rows are left out.

    A '-' stays without a value: the tool prints it for a figure not collected, not published or suppressed and
    does not say which. Raises ValueError on a period, an area or a measure that is not known.
    """
    frame = figures.assign(row=range(2, len(figures) + 2)).drop(index=excluded(figures).index)
    periods = {printed: _period(printed) for printed in frame["period"].unique()}
    given = frame["value"].ne("")
    _refuse_unexplained(frame[~given & frame["note"].ne(NO_FIGURE)])
    notes = [_note(periods[printed][1], there) for printed, there in zip(frame["period"], given, strict=True)]
    return observed(
        pd.DataFrame(
            {
                "indicator_id": _known(frame["measure_code"], ids),
                "area_code": _known(frame["area"], AREA_CODES),
                "period": frame["period"].map(lambda printed: periods[printed][0]),
                "value": pd.to_numeric(frame["value"]),
                "status": given.map({True: "ok", False: "missing"}),
                "note": notes,
                "locator": file + " row " + frame["row"].astype(str),
            }
        )
    )


def without_england(table: pd.DataFrame) -> pd.DataFrame:
    """The observations without what the tool prints for England of NOT_OF_ENGLAND: no rate; the note keeps it.

    The ledger says why (first_time_entrants_england).
    """
    wrong = table["indicator_id"].isin(NOT_OF_ENGLAND) & table["area_code"].eq(ENGLAND) & table["value"].notna()
    printed = table["value"].map("{:g}".format).map(LEFT_OUT.format)
    return table.assign(
        value=table["value"].mask(wrong),
        status=table["status"].mask(wrong, "missing"),
        note=table["note"].mask(wrong, printed),
    )


def excluded(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows that hold neither a period nor a figure: the tool's empty column '0' of one measure."""
    return figures[figures["period"].eq(NO_PERIOD) & figures["value"].eq("")]


def neighbours(listed: pd.DataFrame) -> pd.DataFrame:
    """The ten councils most like ours, nearest first."""
    return listed.assign(
        area_code=COUNCIL,
        neighbour_code=_known(listed["la_name"], AREA_CODES),
        neighbour_name=listed["la_name"],
    )


def _period(printed: str) -> tuple[str, str]:
    """The period in our spelling, and the words for its edition: '2016-17 (OT)' is 2016/17, outturn."""
    match = _PERIOD.fullmatch(printed)
    if match is None:
        raise ValueError(f"{FIGURES}: the period {printed!r} cannot be read; write it as 2018, 2016/17 or 2014-16.")
    first, first_end, last, last_end, edition = match.groups()
    word = _EDITIONS.get(edition, "")
    if last is None:
        return first + (first_end or ""), word
    if last_end is None and int(first[2:]) + 1 == int(last):
        return f"{first}/{last}", word
    return f"{first}{first_end or ''} to {first[:2]}{last}{last_end or ''}", word


def _note(edition: str, given: bool) -> str:
    return "; ".join(filter(None, [edition, "" if given else "printed as -"]))


def _known(names: pd.Series, codes: dict[str, str]) -> pd.Series:
    strangers = sorted(set(names) - set(codes))
    if strangers:
        raise ValueError(f"{strangers[0]!r} is not known: give its code before using its figures.")
    return names.map(codes)


def _refuse_unexplained(frame: pd.DataFrame) -> None:
    if len(frame):
        first = frame.iloc[0]
        raise ValueError(
            f"{FIGURES} row {first['row']}: found the note {first['note']!r} and no value; say what it is."
        )
