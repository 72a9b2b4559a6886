"""Where values stand along an axis: numbers as they are, categories in the order Plotly gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.pictures.parts import NotDrawn, Part


@dataclass
class Scale:
    """One axis: `places` holds the place of every category, and is empty where the axis counts."""

    name: str
    settings: Part
    log: bool = False
    places: dict[str, int] = field(default_factory=dict)

    @property
    def side(self) -> str:
        """Which of the two: x or y."""
        return "x" if self.name.removeprefix("axis ").startswith("x") else "y"

    def at(self, values: Any) -> np.ndarray:
        """The places of values, NaN for a gap. Raises NotDrawn for words on an axis that counts."""
        if self.places:
            found = [np.nan if pd.isna(value) else self.places[str(value)] for value in values]
            return np.asarray(found, float)
        try:
            return np.asarray([np.nan if pd.isna(value) else float(value) for value in values], float)
        except (TypeError, ValueError) as error:
            raise NotDrawn(f"{self.name}: no picture shows {error}.") from error


def scale(name: str, settings: Part, data: Iterable[Sequence[Any]]) -> Scale:
    """The axis for some data: of categories where it is said so or words stand on it. Raises NotDrawn for dates."""
    kind = settings.get("type", "-")
    if kind not in ("-", "linear", "log", "category"):
        raise NotDrawn(f"{name}: no picture shows an axis of type {kind!r}.")
    if settings.get("categoryorder", "trace") not in ("trace", "array"):
        raise NotDrawn(f"{name}: no picture shows the order {settings['categoryorder']!r}.")
    given = settings.get("categoryarray")
    seen = [value for values in data for value in values if not pd.isna(value)]
    words = given is not None or kind == "category" or (kind == "-" and any(isinstance(one, str) for one in seen))
    if not words:
        return Scale(name, settings, log=kind == "log")
    order = dict.fromkeys(str(value) for value in [*(given if given is not None else ()), *seen])
    return Scale(name, settings, places={value: place for place, value in enumerate(order)})
