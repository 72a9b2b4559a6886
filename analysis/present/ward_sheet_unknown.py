"""Two blocks of the one-page ward: the commissioned sites near it, and what is not known of it with the reasons."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import SHORT_COUNCIL
from analysis.present.ward_profile_tables import listed_sentence
from analysis.present.ward_sheet_block import Block, Rows, basis_of, cited, each
from analysis.present.ward_view import of, said
from analysis.present.words import listed
from analysis.ward_indicators import REST, silent

MOST_SITES = 4
SECTION_NAMES = {
    "need": "Need",
    "provision": "Provision against its share of need",
    "toxic_trio": "Toxic trio",
    "low_income": "Children in low-income families",
    "domains": "Deprivation, and its pockets",
    "deprivation": "Neighbourhoods one by one",
    "children": "Its children",
    "indicators": "Indicators",
    "caseload": "Early Help that reaches its residents",
    "commissioned": "Commissioned sites near its children",
    "listed": "Commissioned services for the whole council",
    "located": "Places in the ward",
    "reach": "Places within reach of its children",
    "changes": "What changed on the same ground",
    "map": "Where it is",
}
WHY = {
    Verdict.NOT_SHOWN: "not shown, to protect families: the count is small, or would give a small one away",
    Verdict.TOO_FEW: "too few are expected to tell a shortfall from chance",
    Verdict.DEPENDS: "the answer changes with the catchment, so no verdict is given",
}
BOUNDED = "not published for this ward, so only what it cannot exceed is known and no verdict is given"
NOTHING_TO_EXPECT = "the need of this ward is not known, so nothing can be set against it"
MADE_UP = "no council publishes this by ward; the figures here are illustrative: made up"


def services(facts: pd.DataFrame) -> Block:
    """Commissioned sites nearest to the ward's children, and how many services are listed for the whole council."""
    rows = of(facts, "commissioned")
    cells = each(
        rows, lambda own: (*(said(fact) for fact in own.values()), _stands(str(next(iter(own.values()))["note"])))
    )
    nearest = sorted(cells, key=lambda row: float(row[2].replace(",", "")))
    further = f" {len(cells) - MOST_SITES} more sites are in the atlas." if len(cells) > MOST_SITES else ""
    known = len(of(facts, "listed")) > 0
    named = f" {listed_sentence(facts)} It is not said which of them reach this ward." if known else ""
    return Block(
        "Commissioned sites near its children",
        "",
        basis_of(rows),
        ("", "Minutes on foot", "By bus", "Stands"),
        nearest[:MOST_SITES],
        f"Near is not the same as serving.{further}{named}",
        cited(pd.concat([rows, of(facts, "listed")])),
    )


def _stands(note: str) -> str:
    return note.split(";", maxsplit=1)[0].removeprefix("stands ")


def unknown(facts: pd.DataFrame, left_out: Mapping[str, str]) -> Block:
    """What could not be made, is withheld, has no verdict, or is not held; each with the reason."""
    rows: Rows = [
        *((SECTION_NAMES[section], f"left out: {reason}") for section, reason in left_out.items()),
        *_no_verdict(facts),
        *_blank(facts),
        *_made_up(facts),
        *_silent(facts),
    ]
    return Block("What is not known, and why", "", "", ("What", "Why"), rows)


def _no_verdict(facts: pd.DataFrame) -> Rows:
    rows = of(facts, "provision")
    told = rows[rows["label"] == "Provision over its share"]
    bounded = set(rows.loc[(rows["label"] == "Provision") & rows["upper"].notna(), "group"])
    why = [
        BOUNDED if group in bounded else NOTHING_TO_EXPECT if note == Verdict.NOT_KNOWN else WHY.get(Verdict(note), "")
        for group, note in zip(told["group"], told["note"], strict=True)
    ]
    found: dict[str, list[str]] = {}
    for group, reason in zip(told["group"], why, strict=True):
        found.setdefault(reason, []).append(str(group))
    return [(listed(names, len(names)), reason) for reason, names in found.items() if reason]


def _blank(facts: pd.DataFrame) -> Rows:
    """Figures that are blank in the source, the blanks of one reason together."""
    apart = facts["section"].isin(["changes", "provision", "caseload", "deprivation"]) | facts["label"].eq(REST)
    blank = facts[~apart & facts["value"].isna() & facts["upper"].isna()].drop_duplicates(["section", "group", "note"])
    no_gap = of(facts, "provision").query("label == 'Provision' and source == ''")
    rows = pd.concat([blank, no_gap]) if len(no_gap) else blank
    return [
        (listed(list(dict.fromkeys(_of(row) for _, row in part.iterrows())), 6), str(note) or "no figure")
        for note, part in rows.groupby("note", sort=False)
    ]


def _of(row: pd.Series) -> str:
    return str(row["label" if row["section"] in ("indicators", "children") else "group"])


def _made_up(facts: pd.DataFrame) -> Rows:
    """What no council publishes, so that figures of it are illustrative."""
    rows = of(facts, "provision")
    made_up = list(dict.fromkeys(rows.loc[rows["basis"] == "illustrative", "group"]))
    return [(listed(made_up, len(made_up)), MADE_UP)] if made_up else []


def _silent(facts: pd.DataFrame) -> Rows:
    if facts["section"].ne("indicators").all():
        return []
    topics = silent(set(of(facts, "indicators")["group"]))
    why = f"no figure of this ward is held; {SHORT_COUNCIL} may have one"
    return [(listed(topics, len(topics)).capitalize(), why)] if topics else []
