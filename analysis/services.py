"""Which services answer which need at which life stage, as the 2020 assessment maps them."""

from __future__ import annotations

import pandas as pd

from analysis.sources.library import Library

LIFE_STAGES = {
    "pre_birth_to_4": "Before birth to age 4",
    "age_5_to_11": "Ages 5 to 11",
    "age_11_to_19": "Ages 11 to 19",
    "parents": "Parents and carers",
}

CELLS = {
    "covered": "A service is listed",
    "uncovered": "A need, and no service listed",
    "unclear": "Cannot be read: merged cells lost",
    "not_applicable": "Not named as a need at this life stage",
}

DIFFERENCES = {
    "marked_uncovered": "Section 7 marks the need, and no service is listed",
    "served_unmarked": "A service is listed, though section 7 does not mark the need",
    "marked_unclear": "Section 7 marks the need; the service map cannot be read",
}


def cells(library: Library) -> pd.DataFrame:
    """One row a cell (72): need_id, need, life_stage, cell, services, commissioned, names, marks, reading, marked.

    `services` counts the services listed and `commissioned` those of them with an asterisk (a missing asterisk may
    be an omission, so the rest are not known to be uncommissioned); `names` lists them and `marks` says of each
    `yes` or `not marked`; `marked` is whether section 7 names the need at that life stage. In an unclear cell the
    counts are missing, not zero.
    """
    rows = in_printed_order(library.table("SERVICES"))
    grouped = rows.groupby(["need_id", "need", "life_stage"], sort=False)
    found = grouped.agg(
        cell=("cell", "first"),
        services=("service", "count"),
        commissioned=("commissioned", lambda marks: int(marks.eq("yes").sum())),
        names=("service", lambda names: tuple(names.dropna())),
        marks=("commissioned", lambda marks: tuple(marks.dropna())),
        reading=("reading", "first"),
    ).reset_index()
    known = found["cell"].ne("unclear")
    counts = found[["services", "commissioned"]].astype("Int64").where(known)
    return found.assign(**counts).merge(_marked(library), on=["need_id", "life_stage"], how="left")


def services_in(library: Library, need: str, life_stage: str) -> pd.DataFrame:
    """The services of one cell: service, provider, commissioned, locator, reading; empty when none is listed.

    `need` is the identifier or the name of a need of the service map.
    """
    rows = library.table("SERVICES")
    here = (rows["need_id"].eq(need) | rows["need"].eq(need)) & rows["life_stage"].eq(life_stage)
    chosen = rows[here & rows["service"].notna()]
    return chosen[["service", "provider", "commissioned", "locator", "reading"]].reset_index(drop=True)


def needs_by_life_stage(library: Library) -> pd.DataFrame:
    """Section 7 of the assessment: one row a need (19), one column a life stage, True where marked."""
    rows = in_printed_order(library.table("NEEDS_BY_LIFE_STAGE"))
    order = rows["need"].drop_duplicates()
    return rows.pivot(index="need", columns="life_stage", values="marked").loc[order, list(LIFE_STAGES)]


def differences(library: Library) -> pd.DataFrame:
    """Cells on which the service map and section 7 do not agree: need, life_stage, cell, marked, difference.

    `difference` is a key of DIFFERENCES. Cells that agree are left out.
    """
    found = cells(library)
    kind = pd.Series("", index=found.index)
    kind = kind.mask(found["cell"].eq("covered") & ~found["marked"], "served_unmarked")
    kind = kind.mask(found["cell"].eq("uncovered") & found["marked"], "marked_uncovered")
    kind = kind.mask(found["cell"].eq("unclear") & found["marked"], "marked_unclear")
    chosen = found.assign(difference=kind)[kind.ne("")]
    order = chosen["difference"].map({name: place for place, name in enumerate(DIFFERENCES)})
    return chosen.loc[
        order.sort_values(kind="stable").index, ["need", "life_stage", "cell", "marked", "difference"]
    ].reset_index(drop=True)


def in_printed_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the line of the source that their `locator` names first."""
    line = rows["locator"].str.extract(r"lines? (\d+)", expand=False).astype(int)
    return rows.loc[line.sort_values(kind="stable").index].reset_index(drop=True)


def _marked(library: Library) -> pd.DataFrame:
    """Section 7 by need of the service map; a need it splits in two is marked where either half is."""
    rows = library.table("NEEDS_BY_LIFE_STAGE").rename(columns={"services_need_id": "need_id"})
    return rows.groupby(["need_id", "life_stage"])["marked"].any().reset_index()
