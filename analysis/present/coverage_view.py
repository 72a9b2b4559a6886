"""The service map in words, a key and tables."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.coverage_matrix import SIGNS
from analysis.present.palette import Class
from analysis.present.words import listed
from analysis.services import CELLS, DIFFERENCES, LIFE_STAGES, NOT_NAMED, OTHERS

STATES = {
    "covered": Class(CELLS["covered"], SIGNS["covered"], "#dcebec", "#1f3d44"),
    "uncovered": Class(CELLS["uncovered"], SIGNS["uncovered"], "#a33b0b", "#ff8a4c"),
    "unclear": Class(CELLS["unclear"], SIGNS["unclear"], "#ffffff", "#1b242b", hatched=True),
    "not_applicable": Class(CELLS["not_applicable"], SIGNS["not_applicable"], "#fcfbf8", "#12191e"),
}

OTHERS_ONLY = Class("A service is listed, of other providers only", SIGNS[OTHERS], "#eef0ee", "#1a2429")

ABBREVIATIONS = {
    "AWP": "Avon and Wiltshire Mental Health Partnership NHS Trust",
    "PCSOs": "police community support officers",
    "SEND": "special educational needs and disabilities",
}


def headline(cells: pd.DataFrame) -> tuple[str, str]:
    """How many of the cells hold a service, and which needs have none."""
    counts = cells["cell"].value_counts()
    first = (
        f"Of {len(cells)} pairings of a need with a life stage, {counts['covered']} have a service listed and "
        f"{counts['uncovered']} are a need with none: {listed(uncovered(cells))}."
    )
    more = (
        f"{counts['unclear']} more cannot be read, because the text lost the table's merged cells; they may or may not "
        f"be covered. {counts['not_applicable']} are not named as a need. A listed service says nothing of how much "
        "of it there is, where, or whether it is enough."
    )
    return first, more


def uncovered(cells: pd.DataFrame) -> list[str]:
    """The cells with a need and no service, as words."""
    found = cells[cells["cell"] == "uncovered"]
    return [_cell(row) for row in found.to_dict("records")]


def counts(cells: pd.DataFrame) -> dict[Class, int]:
    """The key of the matrix: every state with how many cells are in it."""
    found = cells["cell"].value_counts()
    others = {OTHERS: OTHERS_ONLY} if OTHERS in found else {}
    return {item: int(found.get(state, 0)) for state, item in (STATES | others).items()}


def shown(cells: pd.DataFrame, provider: str | None) -> str:
    """What the choices of need, life stage and provider leave, in a sentence or two."""
    many, needs = len(cells), cells["need_id"].nunique()
    first = f"Showing {many} of the 72 pairings, of {needs} need{'' if needs == 1 else 's'}."
    if provider is None:
        return first
    told = cells[cells["names"].map(len).gt(0)]
    if told.empty:
        return f"{_subject(provider)} listed nowhere among the needs and life stages chosen."
    alone = [_cell(row) for row in told[told["alone"]].to_dict("records")]
    only = f"In {len(alone)} of them no other provider is listed: {listed(alone)}." if alone else ""
    return f"{first} {_subject(provider)} listed in {len(told)} of them. {only}".strip()


def _subject(provider: str) -> str:
    return "Services whose provider is not named are" if provider == NOT_NAMED else f"{provider} is"


def _cell(row: Mapping[Hashable, Any]) -> str:
    return f"{row['need'].lower()} ({LIFE_STAGES[row['life_stage']].lower()})"


def services(rows: pd.DataFrame) -> pd.DataFrame:
    """The services of one cell as words, every blank with its reason."""
    return pd.DataFrame(
        {
            "Service": rows["service"],
            "Provider": rows["provider"].fillna("not named"),
            "Commissioned": rows["commissioned"].map({"yes": "marked", "not marked": "not marked"}),
            "How it was read": rows["reading"].fillna("as printed"),
            "Where in the assessment": rows["locator"],
        }
    )


def abbreviations(rows: pd.DataFrame) -> str:
    """The abbreviations that a table of services uses, written out."""
    words = " ".join(rows[["service", "provider"]].fillna("").to_numpy().ravel())
    return " ".join(f"{short}: {full}." for short, full in ABBREVIATIONS.items() if short in words)


def why_empty(cell: pd.Series) -> str:
    """Why a cell lists no service."""
    return {
        "uncovered": f"Named as a need at this life stage, and no service is listed. {cell['reading']}",
        "unclear": f"This cell cannot be read. {cell['reading']}",
        "not_applicable": "Neither the service map nor section 7 names this as a need at this life stage.",
    }[str(cell["cell"])]


def download(cells: pd.DataFrame) -> pd.DataFrame:
    """The matrix for a spreadsheet, one row a cell."""
    return cells.assign(
        life_stage=cells["life_stage"].map(LIFE_STAGES),
        cell=cells["cell"].map({**CELLS, OTHERS: OTHERS_ONLY.label}),
        names=cells["names"].map("; ".join),
        marks=cells["marks"].map("; ".join),
        providers=cells["providers"].map(lambda run: "; ".join(one or "not named" for one in run)),
        reading=cells["reading"].fillna(""),
    ).rename(columns={"marked": "marked_in_section_7"})


def section7(marked: pd.DataFrame) -> pd.DataFrame:
    """Needs by life stage as section 7 marks them: a sign and a word."""
    words = marked.map(lambda mark: "✓ marked" if mark else "– not marked")
    return words.rename(columns=LIFE_STAGES).rename_axis(columns=None).rename_axis("Need (section 7)").reset_index()


def differences(rows: pd.DataFrame) -> pd.DataFrame:
    """Where the two tables differ: one row a kind of difference and need, with its life stages."""
    joined = rows.groupby(["difference", "need"], sort=False)["life_stage"].agg(
        lambda stages: listed([LIFE_STAGES[stage].lower() for stage in LIFE_STAGES if stage in set(stages)])
    )
    table = joined.reset_index()
    return pd.DataFrame(
        {
            "Need": table["need"],
            "Life stages": table["life_stage"].str.capitalize(),
            "Difference": table["difference"].map(DIFFERENCES),
        }
    )
