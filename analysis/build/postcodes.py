"""Centres of the council's postcodes, by which a return's postcodes are turned into wards."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.tables.postcodes import POSTCODES
from analysis.sources.write import write_table


def build(raw: Path, root: Path) -> None:
    """Write postcodes.csv to `root`/geo from the centres of 2014 and 2017, to six decimal places."""
    centres = pd.read_csv(raw / "data" / "sites" / "postcodes.csv")
    write_table(centres.round({"latitude": 6, "longitude": 6}), POSTCODES, root / "geo" / "postcodes.csv")
