"""How one column is named and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Polarity = Literal["high is worse", "low is worse", "neither"]


@dataclass(frozen=True)
class Column:
    """How a column is named and read. `decimals` is for display only; figures are stored unrounded."""

    name: str
    label: str
    meaning: str
    unit: str = ""
    decimals: int | None = None
    polarity: Polarity = "neither"
