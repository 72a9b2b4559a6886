"""Open data beside the Local Authority Interactive Tool, gathered into one table of observations."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.census_tables import censuses
from analysis.build.health_tables import health
from analysis.build.lawful import require_lawful
from analysis.build.local_tables import CRIME, SUPPORT, crime, residents_by_ward, support
from analysis.build.observed import in_file_order
from analysis.build.social_care_tables import social_care
from analysis.build.source_text import by_hand
from analysis.sources.tables.observations import OPEN_INDICATORS, OPEN_OBSERVATIONS
from analysis.sources.write import write_table


def build(raw: Path, root: Path) -> None:
    """Write data/published/open_observations.csv, held against the hand-written open_indicators.csv beside it.

    Raises ContractBroken on a figure without its indicator, an indicator without a figure, or one out of its range.
    """
    out = root / "data" / "published"
    indicators = by_hand(out / "open_indicators.csv", OPEN_INDICATORS)
    table = in_file_order(gathered(raw / "data"), OPEN_OBSERVATIONS)
    require_lawful(table, indicators, "open_observations.csv")
    write_table(table, OPEN_OBSERVATIONS, out / "open_observations.csv")


def gathered(data: Path) -> pd.DataFrame:
    """Every observation of the open tables under `data`."""
    ward11 = pd.read_csv(data / "lookup" / "lsoa11_to_wards.csv").set_index("lsoa11cd")["wd11cd"]
    ward19 = pd.read_csv(data / "lookup" / "lsoa21_to_ward24.csv").set_index("lsoa21cd")["wd24cd"]
    residents = residents_by_ward(data / "population" / "pop_lsoa21_total_mid2011_2022.csv", ward19)
    parts = [
        social_care(data / "la"),
        health(data / "fingertips"),
        censuses(data / "census", ward19),
        crime(pd.read_csv(data / "crime" / CRIME), residents),
        support(pd.read_csv(data / "local" / SUPPORT), ward11),
    ]
    return pd.concat(parts, ignore_index=True)[OPEN_OBSERVATIONS.columns]
