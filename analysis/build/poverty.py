"""Children in low-income families: wards since 2019, and the councils, regions and country around them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.geography import COUNCIL
from analysis.sources.tables.poverty import CHILD_POVERTY_AREA, CHILD_POVERTY_WARD
from analysis.sources.write import write_table

NAMES = {"ward_code": "ward19_code", "fye": "year_ending", "children": "count", "pct": "percent"}
SERIES = ["year_ending", "measure", "housing_costs"]
TOLERANCE = 25


def build(raw: Path, root: Path) -> None:
    """Write the ward and area tables to `root`/data/published; refuse wards that do not add up."""
    source, out = raw / "data" / "poverty", root / "data" / "published"
    wards = families(pd.read_csv(source / "cilif_ward2019.csv"))
    areas = families(pd.read_csv(source / "cilif_la_region.csv")).drop_duplicates(["area_code", *SERIES])
    refuse_wrong_sums(differences(wards, areas))
    write_table(wards, CHILD_POVERTY_WARD, out / "child_poverty_ward19.csv")
    write_table(areas, CHILD_POVERTY_AREA, out / "child_poverty_area.csv")


def families(published: pd.DataFrame) -> pd.DataFrame:
    """Children under 16 (count) and their share of all children (percent); high is worse."""
    frame = published.rename(columns=NAMES).drop_duplicates()
    given = frame["count"].notna() & frame["percent"].notna()
    return frame.assign(count=frame["count"].astype("Int64"), status=given.map({True: "ok", False: "missing"}))


def differences(wards: pd.DataFrame, areas: pd.DataFrame, council_code: str = COUNCIL) -> pd.Series:
    """Wards' sum less the council's own figure, in children, for each year and measure."""
    council = areas[areas["area_code"].eq(council_code)].set_index(SERIES)["count"]
    return wards.groupby(SERIES)["count"].sum() - council


def refuse_wrong_sums(difference: pd.Series) -> None:
    """Disclosure control moves single cells a little, so sums may differ by a few children, never by many.

    Raises ValueError naming the years and measures in which they do.
    """
    wrong = difference[difference.isna() | difference.abs().gt(TOLERANCE)]
    if len(wrong):
        raise ValueError(f"Wards do not add up to the council: {wrong.to_dict()}.")
