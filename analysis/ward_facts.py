"""Facts of one ward: a figure with its limits, unit, period, basis, source and place in the source, in one shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.sources.library import Library

COLUMNS = (
    "section",
    "group",
    "label",
    "value",
    "lower",
    "upper",
    "unit",
    "council",
    "period",
    "basis",
    "source",
    "locator",
    "note",
)
BLANK = {"lower": np.nan, "upper": np.nan, "council": np.nan, "locator": "", "note": ""}

Facts = list[dict[str, object]]


def fact(label: str, value: Any, unit: str, **more: object) -> dict[str, object]:
    """One fact; what is not given stays blank. `council` is the same figure for the whole council."""
    return {**BLANK, "label": label, "value": value, "unit": unit, **more}


def under(section: str, group: str, facts: Facts, **shared: object) -> Facts:
    """Facts filed under a section and a group, with what they share (period, basis, source)."""
    return [{**shared, **item, "section": section, "group": group} for item in facts]


def frame(facts: Facts) -> pd.DataFrame:
    """Facts as a table with the columns of COLUMNS, in the order given."""
    return pd.DataFrame(facts, columns=list(COLUMNS)).astype(
        {"value": float, "lower": float, "upper": float, "council": float}
    )


def source(library: Library, contracts: Sequence[str]) -> str:
    """The titles and publishers of the files behind a fact."""
    entries = [library.entry(contract) for contract in contracts]
    return "; ".join(dict.fromkeys(f"{entry.title} ({entry.publisher})" for entry in entries))
