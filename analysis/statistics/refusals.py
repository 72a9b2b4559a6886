"""Refusals that name the value found, and where it helps the row it stands in."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def refuse_rows(bad: ArrayLike, values: ArrayLike, rule: str) -> None:
    """Nothing when no row is `bad`; otherwise ValueError with the rule, the first bad row (from 1) and its value."""
    rows = np.flatnonzero(bad)
    if rows.size == 0:
        return
    held = float(np.broadcast_to(np.asarray(values, float), np.shape(bad)).flat[rows[0]])
    shown = "nothing" if np.isnan(held) else f"{held:.12g}"
    raise ValueError(f"{rule}; row {rows[0] + 1} holds {shown}, so correct it or leave that row out.")


def known_amounts(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """`values` as floats. Raises ValueError when one is missing, negative or infinite; `name` begins the sentence."""
    amounts = np.asarray(values, float)
    refuse_rows(~((amounts >= 0) & np.isfinite(amounts)), amounts, f"{name} must be known and not negative")
    return amounts


def refuse(wrong: NDArray[np.bool_], sentence: str, *values: ArrayLike) -> None:
    """Raise ValueError of `sentence` with the values at the first place that is wrong, if there is one."""
    if wrong.any():
        place = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
        raise ValueError(
            sentence.format(
                *(f"{np.broadcast_to(np.asarray(found, float), wrong.shape)[place]:.15g}" for found in values)
            )
        )
