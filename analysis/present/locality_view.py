"""Localities as sentences, a map key and tables: each in the words used of a ward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import EDITIONS, SHORT_COUNCIL
from analysis.gap import Gap
from analysis.localities import REST_NAME, Locality, Set
from analysis.present import gap_view
from analysis.present.bands import Banded
from analysis.present.palette import NO_VALUE, SEQUENCE_DARK, SEQUENCE_LIGHT, VERDICTS, Class
from analysis.present.words import limits, listed, number

MAKING = Class("In the locality being made", "+", SEQUENCE_LIGHT[3], SEQUENCE_DARK[3])
FREE = Class("In no locality", "", "#e8e4da", "#3a444c")
FILLS = (
    ("#8ec6cf", "#2f7f8c"),
    ("#e3cf9f", "#94723b"),
    ("#c9b8dc", "#6d5a8a"),
    ("#b9d3a0", "#557a3c"),
    ("#f0b8a0", "#9a553b"),
    ("#b8c4d9", "#4d6285"),
)
_BLANK = (Verdict.NOT_SHOWN, Verdict.NOT_KNOWN)


def headline(result: Gap) -> tuple[str, str]:
    """How many localities there are and which fall short, and what to know before using that."""
    named = [one for one in result.localities if one.name != REST_NAME]
    edition = EDITIONS[result.edition]
    if not named:
        return (
            f"No locality has been made of {edition.wards} yet.",
            "A locality is a group of wards with a name of your own, for example those a hub serves. Choose its wards "
            "below or on the map, and its need and provision are added up and compared as those of a ward are.",
        )
    rows = result.grouped[result.grouped["area_name"] != REST_NAME]
    phrases = [
        f"{listed(list(found), len(found))}: {VERDICTS[verdict].label.lower()}"
        for verdict in Verdict
        if len(found := rows.loc[rows["verdict"] == verdict, "area_name"])
    ]
    counted = "One locality" if len(named) == 1 else f"{len(named)} localities"
    return f"{counted} set against {'its' if len(named) == 1 else 'their'} share of need. {'. '.join(phrases)}.", ""


def line(result: Gap, locality: Locality) -> str:
    """One locality's answer: its verdict, and what stands behind it."""
    row: Any = result.table.set_index("area_code").loc[locality.code]
    verdict = Verdict(row["verdict"])
    wards = f"{locality.name} ({len(locality.wards)} wards)"
    if verdict in _BLANK:
        return f"{wards}: {VERDICTS[verdict].label.lower()}. {_why(result, row)}"
    made_up = " These figures are illustrative." if result.basis == "illustrative" else ""
    return (
        f"{wards}: {VERDICTS[verdict].label.lower()}. Its {result.provision.short} come to {ratio(row)} of what its "
        f"share of {result.need.short} would give.{made_up}"
    )


def _why(result: Gap, row: pd.Series) -> str:
    if row["reason"]:
        return f"{row['reason'][0].upper()}{row['reason'][1:]}."
    return (
        f"Of its {result.provision.short}, only bounds are published: {bounds(row)}, which is at most "
        f"{number(row['oe_upper'], 2)} of its share of {result.need.short}."
    )


def ratio(row: pd.Series) -> str:
    """Provision over its share, with limits or the range over catchments."""
    if pd.notna(row.get("oe_lowest")):
        return f"{number(row['oe'], 2)} ({number(row['oe_lowest'], 2)} to {number(row['oe_highest'], 2)} by catchment)"
    return limits(row["oe"], row["oe_lower"], row["oe_upper"])


def bounds(row: pd.Series) -> str:
    """The least and the most that can have been."""
    return f"at least {number(row['least'])} and at most {number(row['bound'])}"


def table(result: Gap) -> pd.DataFrame:
    """The localities, worst first, then the wards in none, then all of them, so that columns add up."""
    own = replace(result, table=result.grouped)
    ordered = gap_view.ordered(own)
    shown = gap_view.table(own)
    provided = f"Provision ({result.provision.unit})"
    if "least" in ordered:
        known = ordered["least"].notna() & ordered["observed"].isna()
        shown.loc[known, provided] = [bounds(row) for _, row in ordered[known].iterrows()]
    wards = {one.name: len(one.wards) for one in result.localities}
    shown.insert(1, "Wards", [wards[name] for name in ordered["area_name"]])
    shown.insert(6, "Per cent of its children", [_percent(row) for _, row in ordered.iterrows()])
    last = shown["Ward"] == REST_NAME
    together = pd.concat([shown[~last], shown[last], _everywhere(result, ordered, provided)], ignore_index=True)
    return together.fillna("not compared with itself").rename(columns={"Ward": "Locality"})


def _percent(row: pd.Series) -> str:
    if pd.isna(row["percent"]):
        return str(row["reason"]) or "not known"
    if pd.isna(row["percent_lower"]):
        return "everybody"
    return f"{number(row['percent'], 1)}% ({number(row['percent_lower'], 1)} to {number(row['percent_upper'], 1)})"


def _everywhere(result: Gap, rows: pd.DataFrame, provided: str) -> pd.DataFrame:
    """The council, in the columns that add up."""
    need, children = rows["need"].sum(skipna=False), rows["denominator"].sum(skipna=False)
    decimals = 1 if result.provision.kind == "access" else 0
    whole = {
        "Ward": f"All of {SHORT_COUNCIL}",
        "Wards": sum(len(one.wards) for one in result.localities),
        f"Need ({result.need.unit})": number(need),
        "Per cent of its children": f"{number(100 * need / children, 1)}%",
        provided: number(result.total, decimals),
        "Share of need": "100%",
        "Share of provision": "100%",
        "Expected": number(result.total, 1),
    }
    return pd.DataFrame([whole])


def download(result: Gap) -> pd.DataFrame:
    """The same for a spreadsheet: figures unrounded, the wards of each, and what was compared."""
    wards = {one.code: "; ".join(one.wards) for one in result.localities}
    grouped = replace(result, table=result.grouped.assign(ward_codes=result.grouped["area_code"].map(wards)))
    limited = result.grouped[["percent", "percent_lower", "percent_upper"]]
    return gap_view.download(grouped).rename(columns={"area_name": "locality"}).join(limited).drop(columns="area_code")


def banded(localities: Set, making: Sequence[str], wards: Sequence[str]) -> Banded:
    """The wards of a map by the locality they are in, told apart by number as well as by colour."""
    classes = [
        Class(one.name, str(number), *FILLS[(number - 1) % len(FILLS)])
        for number, one in enumerate(localities, start=1)
    ]
    within = {ward: item for one, item in zip(localities, classes, strict=True) for ward in one.wards}
    members = {code: within.get(code, MAKING if code in making else FREE) for code in wards}
    return Banded((*classes, MAKING, FREE, NO_VALUE), members)


def deprivation_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Neighbourhoods in England's most deprived fifth, and the average score, index by index."""
    made = []
    for group, part in facts[facts["section"] == "deprivation"].groupby("group", sort=False):
        own: Any = part.set_index("label")
        fifth, score = own.loc["In England's most deprived fifth"], own.loc["Average score"]
        made.append(
            {
                "Index": group,
                "In England's most deprived fifth": f"{number(fifth['value'])} of its "
                f"{number(own.loc['Neighbourhoods', 'value'])} neighbourhoods ({number(fifth['council'])} in "
                f"{SHORT_COUNCIL})",
                "Which": fifth["note"] or "none",
                "Average score": _score(score),
                f"Average score of {SHORT_COUNCIL}, as published": _plain_score(score["council"], score["unit"]),
                "Of": f"{score['period']}. Summed by us",
            }
        )
    return pd.DataFrame(made)


def _score(score: pd.Series) -> str:
    if pd.isna(score["value"]):
        return str(score["note"])
    give = "" if pd.isna(score["lower"]) else f", give or take {number(score['value'] - score['lower'], 3)}"
    return f"{_plain_score(score['value'], score['unit'])}{give}"


def _plain_score(score: float, unit: str) -> str:
    return "not held" if pd.isna(score) else number(score, 1 if unit.startswith("imd") else 3)


def indicators_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Indicators worked out anew from added counts, beside the council."""
    rows = facts[facts["section"] == "indicators"]
    return pd.DataFrame(
        {
            "Indicator": rows["label"],
            "Here": [
                f"{limits(value, lower, upper, 1)}{unit if unit == '%' else f' {unit}'}"
                for value, lower, upper, unit in rows[["value", "lower", "upper", "unit"]].to_numpy()
            ],
            f"{SHORT_COUNCIL}, its wards together": [
                f"{number(value, 1)}{'%' if unit == '%' else ''}"
                for value, unit in rows[["council", "unit"]].to_numpy()
            ],
            "Topic": rows["group"],
        }
    )


def words_of(section: str, words: str) -> str:
    """The words above a table of a ward, said of a locality."""
    if section == "deprivation":
        return (
            "Neighbourhoods are lower-layer super output areas (LSOAs) that best fit its wards. The average score is "
            "the mean over them, each counting by its people, as the government sums them up for councils. An average "
            "hides pockets, so those in England's most deprived fifth are named. IMD: Index of Multiple Deprivation. "
            "IDACI: Income Deprivation Affecting Children Index, defined anew for 2025."
        )
    return words.replace("ward", "locality")


def profile_download(facts: pd.DataFrame, locality: Locality) -> pd.DataFrame:
    """Everything shown of one locality, one row a fact, with its wards."""
    return facts.assign(locality=locality.name, ward_codes="; ".join(locality.wards), edition=locality.edition_id)
