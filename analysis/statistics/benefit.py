"""What meeting a need may be worth, as a range: simulated, with the closed form and the break-even beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.intervals import Floats

FEWEST_DRAWS = 10_000
GREEN_BOOK_RATE = 0.035
LIMITS = (5, 50, 95)


@dataclass(frozen=True)
class Range:
    """A triangular range: the lowest, the central (most likely) and the highest value. All three may be the same.

    Raises ValueError unless they are known and in that order.
    """

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not (self.low <= self.central <= self.high and np.isfinite(self.low) and np.isfinite(self.high)):
            raise ValueError(
                f"A range of {self.low:g}, {self.central:g}, {self.high:g} is not in order; "
                "give the low, central and high value."
            )

    @classmethod
    def fixed(cls, value: float) -> Range:
        """A value taken as certain."""
        return cls(value, value, value)

    @property
    def mean(self) -> float:
        """The mean of the triangle, which is not its central value when it is lopsided."""
        return (self.low + self.central + self.high) / 3

    def at(self, chance: Floats) -> Floats:
        """The values that are reached with each `chance` between 0 and 1."""
        width, rise, fall = self.high - self.low, self.central - self.low, self.high - self.central
        return np.where(
            chance * width < rise,
            self.low + np.sqrt(chance * width * rise),
            self.high - np.sqrt((1 - chance) * width * fall),
        )


@dataclass(frozen=True)
class Programme:
    """What a programme does in a year, each input a range.

    `people` served; `effect`, the share of them with a better outcome because of it (a risk difference, not a
    relative one); `value` avoided by each better outcome and `cost` a person, in pounds of one year; `deadweight`,
    the share that would have happened anyway, and `optimism`, the correction for weak evidence, both fractions;
    `years` over which the value falls, discounted at `discount_rate` a year.
    Raises ValueError when an input lies where it cannot.
    """

    people: Range
    effect: Range
    value: Range
    cost: Range
    deadweight: Range
    optimism: Range
    years: int
    discount_rate: float = GREEN_BOOK_RATE

    def __post_init__(self) -> None:
        for name in ("people", "value", "cost"):
            if self.ranges[name].low < 0:
                raise ValueError(f"A {name} of {self.ranges[name].low:g} is below 0; give 0 or more.")
        for name, least in (("effect", -1), ("deadweight", 0), ("optimism", 0)):
            if self.ranges[name].low < least or self.ranges[name].high > 1:
                held = f"{self.ranges[name].low:g} to {self.ranges[name].high:g}"
                raise ValueError(f"A range of {name} of {held} leaves {least} to 1; give it as a fraction.")
        discount_factor(self.years, self.discount_rate)

    @property
    def ranges(self) -> dict[str, Range]:
        """The inputs that are ranges, by name."""
        return {field.name: held for field in fields(self) if isinstance(held := getattr(self, field.name), Range)}


@dataclass(frozen=True)
class NetBenefit:
    """Pounds a year after costs: the simulated median, 5% and 95% points, mean, and chance of more than 0.

    `mean_benefit`, `mean_cost` and `mean_net` are the closed form, which the simulated `mean` must come near.
    `break_even` is the success rate at which value pays for cost, `break_even_corrected` the same after deadweight,
    optimism and discounting, both at central values and missing where nothing is avoided. `tornado` has a row an
    input, the one that matters most first: net_at_low and net_at_high with the others central, and their swing.
    """

    median: float
    lower: float
    upper: float
    chance_above_zero: float
    mean: float
    mean_benefit: float
    mean_cost: float
    mean_net: float
    break_even: float
    break_even_corrected: float
    tornado: pd.DataFrame
    draws: int
    seed: int
    confidence: float = 0.90
    method: str = "independent triangular inputs, simulated"


def net_benefit(programme: Programme, draws: int = FEWEST_DRAWS, seed: int = 0) -> NetBenefit:
    """The net benefit of a programme with its range; never to be shown without it, nor without "illustrative".

    Raises ValueError for fewer than 10,000 draws. Source: HM Treasury Green Book; GMCA cost benefit guidance 2014.
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"A net benefit needs at least {FEWEST_DRAWS:,} draws; {draws:,} were asked for.")
    random = np.random.default_rng(seed)
    drawn = {name: held.at(random.random(draws)) for name, held in programme.ranges.items()}
    factor = discount_factor(programme.years, programme.discount_rate)
    net = _benefit(drawn, factor) - _cost(drawn)
    lower, median, upper = (float(point) for point in np.percentile(net, LIMITS))
    means = {name: held.mean for name, held in programme.ranges.items()}
    central = {name: held.central for name, held in programme.ranges.items()}
    mean_benefit, mean_cost = _benefit(means, factor), _cost(means)
    return NetBenefit(
        *(median, lower, upper, float((net > 0).mean()), float(net.mean())),
        *(mean_benefit, mean_cost, mean_benefit - mean_cost),
        break_even=break_even(central["cost"], central["value"]),
        break_even_corrected=break_even(central["cost"], _benefit(central | {"people": 1, "effect": 1}, factor)),
        tornado=_tornado(programme, factor),
        draws=draws,
        seed=seed,
    )


def discount_factor(years: int, rate: float = GREEN_BOOK_RATE) -> float:
    """What a pound is worth today on average when it falls evenly over years 0 to `years` - 1.

    Raises ValueError for less than one whole year or a rate at or below -1. Source: HM Treasury Green Book.
    """
    if not 1 <= years < np.inf or years != int(years):
        raise ValueError(f"Benefits over {years:g} years cannot be discounted; give whole years, 1 or more.")
    if not rate > -1:
        raise ValueError(f"A discount rate of {rate:g} leaves nothing; give one above -1, such as {GREEN_BOOK_RATE}.")
    return float(np.mean((1 + rate) ** -np.arange(int(years), dtype=float)))


def break_even(cost: float, value: float) -> float:
    """The success rate at which the value of successes pays for the cost of all; missing where nothing is avoided.

    Above 1 it can never pay. Raises ValueError when either is not a number from 0 upwards.
    """
    if not (0 <= cost < np.inf and 0 <= value < np.inf):
        raise ValueError(f"A cost of {cost:g} and a value of {value:g} cannot be below 0; both must be known.")
    return cost / value if value > 0 else float("nan")


def _benefit(given: Mapping[str, Any], factor: float) -> Any:
    kept = (1 - given["deadweight"]) * (1 - given["optimism"]) * factor
    return given["people"] * given["effect"] * given["value"] * kept


def _cost(given: Mapping[str, Any]) -> Any:
    return given["people"] * given["cost"]


def _tornado(programme: Programme, factor: float) -> pd.DataFrame:
    central = {name: held.central for name, held in programme.ranges.items()}

    def net(name: str, value: float) -> float:
        given = central | {name: value}
        return float(_benefit(given, factor) - _cost(given))

    rows = [(name, net(name, held.low), net(name, held.high)) for name, held in programme.ranges.items()]
    frame = pd.DataFrame(rows, columns=["input", "net_at_low", "net_at_high"])
    frame["swing"] = (frame["net_at_high"] - frame["net_at_low"]).abs()
    return frame.sort_values("swing", ascending=False, kind="stable", ignore_index=True)
