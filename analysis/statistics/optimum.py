"""What may be shared out, and the solver behind every plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.intervals import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

INFEASIBLE = 2
NEARLY_WHOLE = 1e-5


@dataclass(frozen=True)
class Programme:
    """Least `cost` over values between `lowest` and `highest`, the rows of `rules` between `least` and `most`.

    `whole` is 1 for a value that must be a whole number and 0 for one that need not be.
    """

    cost: Floats
    rules: Any
    least: ArrayLike
    most: ArrayLike
    whole: ArrayLike
    lowest: ArrayLike = 0.0
    highest: ArrayLike = np.inf

    def solved(self) -> Floats | None:
        """The values of an optimum proved to be one (no gap is left open), or None when none keep the rules."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        found = milp(
            self.cost,
            integrality=np.broadcast_to(self.whole, self.cost.shape),
            bounds=Bounds(self.lowest, self.highest),
            constraints=LinearConstraint(self.rules, self.least, self.most),
            options={"mip_rel_gap": 0},
        )
        if found.status == INFEASIBLE:
            return None
        if not found.success:
            raise ArithmeticError(f"The solver found no optimum: {found.message}")
        return np.asarray(found.x, float)


def rounded(values: ArrayLike) -> Ints:
    """A solver's whole numbers as integers. Raises ArithmeticError when one of them is not whole after all."""
    array = np.asarray(values, float)
    nearest = np.rint(array)
    if (np.abs(array - nearest) > NEARLY_WHOLE).any():
        raise ArithmeticError("The solver left a value that is not a whole number.")
    return nearest.astype(np.int64)


def amounts(values: ArrayLike, what: str) -> Floats:
    """The values as floats. Raises ValueError when one is missing, infinite or below zero."""
    array = np.asarray(values, float)
    _refuse(array, ~np.isfinite(array), what, "known and finite")
    _refuse(array, array < 0, what, "0 or more")
    return array


def whole_numbers(values: ArrayLike, what: str) -> Ints:
    """The values as integers. Raises ValueError when one is missing, below zero or not whole."""
    array = amounts(values, what)
    _refuse(array, array != np.rint(array), what, "a whole number")
    return array.astype(np.int64)


def _refuse(array: Floats, broken: Bools, what: str, rule: str) -> None:
    if broken.any():
        subject, found = ("Every", "one is") if array.ndim else ("The", "is")
        raise ValueError(f"{subject} {what} must be {rule}, but {found} {array[broken].flat[0]:g}.")


def one_each(lengths: dict[str, int]) -> None:
    """Raises ValueError when lists that should hold one value an area differ in length."""
    if len(set(lengths.values())) > 1:
        held = ", ".join(f"{length} for {what}" for what, length in lengths.items())
        raise ValueError(f"Every area needs one value of each, but there are {held}.")
    if not all(lengths.values()):
        raise ValueError("There are 0 areas; give at least one.")


def travel_times(minutes: ArrayLike) -> Floats:
    """Minutes shaped (areas, sites); missing means no way there and becomes infinite.

    Raises ValueError when the shape is another, there is no area or no site, or a time is below zero.
    """
    times = np.asarray(minutes, float)
    if times.ndim != 2 or not times.size:
        raise ValueError(f"Minutes must have a row an area and a column a site, but have the shape {times.shape}.")
    _refuse(times, times < 0, "travel time", "0 or more")
    return np.where(np.isnan(times), np.inf, times)


def cut_off(minutes: float, what: str) -> float:
    """A greatest travel time. Raises ValueError when it is missing, infinite or below zero."""
    if not 0 <= minutes < np.inf:
        raise ValueError(f"The {what} must be a number of minutes, 0 or more, but is {minutes:g}.")
    return float(minutes)
