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
    "england",
    "period",
    "basis",
    "source",
    "locator",
    "note",
    "indicator_id",
)
FIGURES = ("value", "lower", "upper", "council", "england")
BLANK = {**dict.fromkeys(FIGURES, np.nan), **dict.fromkeys(("locator", "note", "indicator_id"), "")}

Facts = list[dict[str, object]]


def fact(label: str, value: Any, unit: str, **more: object) -> dict[str, object]:
    """One fact; what is not given is blank in the end. `council` and `england` are the same figure of those.

    `indicator_id` names the indicator it is of, if it is of one.
    """
    return {"label": label, "value": value, "unit": unit, **more}


def under(section: str, group: str, facts: Facts, **shared: object) -> Facts:
    """Facts filed under a section and a group, with what they share (period, basis, source)."""
    return [{**BLANK, **shared, **item, "section": section, "group": group} for item in facts]


def frame(facts: Facts) -> pd.DataFrame:
    """Facts as a table with the columns of COLUMNS, in the order given."""
    return pd.DataFrame(facts, columns=list(COLUMNS)).astype(dict.fromkeys(FIGURES, float))


def source(library: Library, contracts: Sequence[str]) -> str:
    """The titles and publishers of the files behind a fact."""
    entries = [library.entry(contract) for contract in contracts]
    return "; ".join(dict.fromkeys(f"{entry.title} ({entry.publisher})" for entry in entries))
