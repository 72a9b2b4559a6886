"""Which services answer which need at which life stage, as the 2020 assessment maps them."""

from __future__ import annotations

import pandas as pd

from analysis.sources.library import Library

LIFE_STAGES = {
    "pre_birth_to_4": "Before birth to age 4",
    "age_5_to_11": "Ages 5 to 11",
    "age_11_to_19": "Ages 11 to 19 (25 with SEND)",
    "parents": "Parents and carers",
}

CELLS = {
    "covered": "A service is listed",
    "uncovered": "A need, and no service listed",
    "unclear": "Cannot be read: the table lost its merged cells",
    "not_applicable": "Not named as a need at this life stage",
}


def matrix(library: Library) -> pd.DataFrame:
    """State of every cell: one row a need (18, in the order printed), one column a life stage."""
    rows = library.table("SERVICES").drop_duplicates(["need_id", "life_stage"])
    order = rows["need"].drop_duplicates()
    return rows.pivot(index="need", columns="life_stage", values="cell").loc[order, list(LIFE_STAGES)]


def services_in(library: Library, need: str, life_stage: str) -> pd.DataFrame:
    """The services of one cell: service, provider, commissioned, locator, reading; empty when none is listed."""
    rows = library.table("SERVICES")
    chosen = rows[(rows["need"] == need) & (rows["life_stage"] == life_stage) & rows["service"].notna()]
    return chosen[["service", "provider", "commissioned", "locator", "reading"]].reset_index(drop=True)


def needs_by_life_stage(library: Library) -> pd.DataFrame:
    """Section 7 of the assessment: one row a need (19), one column a life stage, True where marked."""
    rows = library.table("NEEDS_BY_LIFE_STAGE")
    order = rows["need"].drop_duplicates()
    return rows.pivot(index="need", columns="life_stage", values="marked").loc[order, list(LIFE_STAGES)]


def counted(library: Library) -> dict[str, int]:
    """How many of the 72 cells are in each state."""
    return matrix(library).stack().value_counts().reindex(list(CELLS), fill_value=0).to_dict()
