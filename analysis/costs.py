"""What early help costs and is said to save: printed figures with their sums checked, break-even rates, one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.refusal import Refusal
from analysis.statistics.benefit import NetBenefit, Programme, Range, break_even, net_benefit

SEED = 2026
ROUGHLY = 0.05
NOT_STATED = "not stated"
HEDGED = ("about", "nearly")
AGREES, ROUNDED, DIFFERS = "agrees", "agrees as rounded", "does not agree"
Row = dict[str, Any]
Ends = tuple[float, float]
Blank = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Pair:
    """A programme whose `cost` for each person and whose `worth` of each success are both printed (ids of rows)."""

    id: str
    title: str
    each: str
    success: str
    cost: str
    worth: str


PAIRS = (
    Pair(
        *("incredible_years", "Incredible Years, six months of parenting classes", "child"),
        *("a child kept from a conduct disorder", "incredible_years_cost", "conduct_disorder_cost"),
    ),
    Pair(
        *("parent_training", "Parent training", "child"),
        *("a child kept from a severe conduct disorder", "parent_training_cost", "severe_conduct_cost"),
    ),
    Pair(
        *("reading_recovery", "Reading Recovery", "pupil"),
        *("a pupil kept from poor literacy for life", "reading_recovery_cost", "poor_literacy_cost"),
    ),
    Pair(
        *("assessment", "Common assessment, most cases", "family"),
        *("a family for which the saving is made", "quoted_caf_cost", "quoted_saving_family"),
    ),
    Pair(
        *("assessment_complex", "Common assessment, complex cases", "family"),
        *("a family for which the saving is made", "quoted_caf_cost_complex", "quoted_saving_family"),
    ),
)


@dataclass(frozen=True)
class Input:
    """One figure a reader gives: its words, unit, step, the most it may be, and an example that is made up."""

    title: str
    unit: str
    step: float
    most: float
    example: tuple[float, float, float]

    @property
    def percent(self) -> bool:
        """Whether it is given in per cent and worked with as a fraction."""
        return self.unit == "%"


INPUTS = {
    "people": Input("People helped in a year", "people", 5, 100_000, (40, 50, 60)),
    "effect": Input("Success it brings about", "%", 0.5, 100, (1, 4, 8)),
    "value": Input("Cost avoided by each success", "£", 1000, 10_000_000, (30_000, 60_000, 90_000)),
    "cost": Input("Cost for each person helped", "£", 50, 1_000_000, (1_000, 1_344, 1_800)),
    "deadweight": Input("Would have happened anyway", "%", 5, 100, (10, 20, 30)),
    "optimism": Input("Taken off for weak evidence", "%", 5, 100, (10, 25, 40)),
}
EXAMPLE_YEARS = 20
LONGEST = 80


@dataclass(frozen=True)
class Worth:
    """What a reader's own programme may be worth: `net` after its cost, and `unmet`, what its need costs if left."""

    programme: Programme
    net: NetBenefit
    unmet: NetBenefit


def services(spending: pd.DataFrame) -> pd.DataFrame:
    """The services of Wiltshire, the dearest first, with `share`, the per cent of what they come to together."""
    rows = spending[spending["kind"].eq("service")]
    shares = rows.assign(share=100 * rows["value"] / rows["value"].sum())
    return shares.sort_values(["value", "service"], ascending=[False, True], ignore_index=True)


def others(spending: pd.DataFrame) -> pd.DataFrame:
    """What Wiltshire prints of spending that is neither one of the services nor a total."""
    rows = spending[~spending["kind"].isin(["service", "total"])]
    return rows.sort_values(["kind", "service"], ignore_index=True)


def sums(spending: pd.DataFrame, benefit: pd.DataFrame) -> pd.DataFrame:
    """Every printed figure its own parts give again: statement, unit, printed, lower, upper, how, verdict, locator.

    `lower` and `upper` are what the parts come to, the same where the parts are no range; `verdict` is AGREES,
    ROUNDED where the source says "about" or "nearly" and is within 5%, or DIFFERS.
    """
    figures = _figures(spending, benefit)
    totals = {kind: spending.loc[spending["kind"].eq(kind), "value"].sum() for kind in ("service", "entitlement")}
    at = {name: _ends(figures, name) for name in figures.index}
    whole = totals["service"] + at["entitlement_age_2"][0]
    copd = sum(at[f"copd_{part}_saving"][0] for part in ("admissions", "gp", "matron", "emergency"))
    fallen = _times(at["hip_fractures"], at["falls_adaptations_effect"][0] / 100)
    hips = at["hip_fracture_cost"][0]
    worked = (
        ("total_services", _one(totals["service"]), "the nineteen services added up"),
        ("total_entitlements", _one(totals["entitlement"]), "both lines added up"),
        ("early_help_resource", _one(whole), "the services and funded childcare at age 2"),
        ("copd_saving", _one(copd), "its four parts added up"),
        ("copd_saving_halton", _times(at["copd_patients"], at["copd_saving"][0]), "people times the saving for each"),
        (
            "pause_recurrent_share",
            _one(100 * at["pause_recurrent_mothers"][0] / at["pause_mothers"][0]),
            "women in recurrent applications, of all",
        ),
        ("falls_prevented", fallen, "26% of the hip fractures, which are not falls"),
        ("falls_saving", _times(at["falls_prevented"], hips), "falls prevented times the cost of a hip fracture"),
        ("hip_fractures_cost", _times(at["hip_fractures"], hips), "hip fractures times the cost of each"),
    )
    return pd.DataFrame([_checked(_row(figures, name), *ours, how) for name, ours, how in worked])


def break_even_rates(spending: pd.DataFrame, benefit: pd.DataFrame) -> pd.DataFrame:
    """How many successes pay for a programme, where both figures are printed: one row a pair of PAIRS.

    `rate_lower` goes with the highest worth printed and `rate_upper` with the lowest; the same where one is printed.
    Above 1 it could never pay. `at_most` says that the cost is printed as a ceiling.
    """
    figures = _figures(spending, benefit)
    return pd.DataFrame([_rate(pair, figures) for pair in PAIRS])


def worth(given: Mapping[str, Blank], years: int | None) -> Worth:
    """The worth of a reader's own programme by the method of A10, simulated with a fixed seed.

    `given` has low, central and high by name of INPUTS, per cents as per cents. Raises Refusal naming the input that
    is blank, out of order or cannot be.
    """
    if years is None:
        raise Refusal("Years over which the costs are avoided: give a whole number of years, 1 or more.")
    ranges: dict[str, Any] = {name: _range(INPUTS[name], ends) for name, ends in given.items()}
    programme = Programme(**ranges, years=years)
    free = replace(programme, cost=Range.fixed(0))
    return Worth(programme, net_benefit(programme, seed=SEED), net_benefit(free, seed=SEED))


def _range(item: Input, ends: Blank) -> Range:
    if any(end is None for end in ends):
        raise Refusal(f"{item.title}: give the low, the central and the high figure, so that the answer has a range.")
    low, central, high = (float(end or 0) / (100 if item.percent else 1) for end in ends)
    if not low <= central <= high:
        raise Refusal(f"{item.title}: the low figure may not be above the central one, nor that above the high one.")
    return Range(low, central, high)


def _figures(spending: pd.DataFrame, benefit: pd.DataFrame) -> pd.DataFrame:
    """Both tables as one, by id of the row; what Wiltshire's has no column for is not stated."""
    first = spending.rename(columns={"spending_id": "figure_id", "service": "statement"})
    first = first.assign(price_year=NOT_STATED, horizon=NOT_STATED, payer=NOT_STATED)
    return pd.concat([first, benefit], join="inner", ignore_index=True).set_index("figure_id")


def _ends(figures: pd.DataFrame, name: str) -> Ends:
    row = _row(figures, name)
    return _one(row["value"]) if pd.notna(row["value"]) else (float(row["lower"]), float(row["upper"]))


def _one(value: float) -> Ends:
    return float(value), float(value)


def _times(ends: Ends, by: float) -> Ends:
    return ends[0] * by, ends[1] * by


def _checked(row: Row, lower: float, upper: float, how: str) -> Row:
    kept = {name: row[name] for name in ("statement", "unit", "approximation", "locator")}
    ours = {"printed": float(row["value"]), "lower": lower, "upper": upper, "how": how}
    return kept | ours | {"verdict": _verdict(row, lower, upper)}


def _verdict(row: Row, lower: float, upper: float) -> str:
    printed = float(row["value"])
    decimals = 0 if printed == round(printed) else 1
    if round(lower, decimals) <= printed <= round(upper, decimals):
        return AGREES
    nearest = float(np.clip(printed, lower, upper))
    hedged = row["approximation"] in HEDGED and abs(printed - nearest) <= ROUGHLY * nearest
    return ROUNDED if hedged else DIFFERS


def _rate(pair: Pair, figures: pd.DataFrame) -> Row:
    cost, gain = _row(figures, pair.cost), _row(figures, pair.worth)
    least, most = _ends(figures, pair.worth)
    caveats = [text for text in dict.fromkeys([cost["caveat"], gain["caveat"]]) if pd.notna(text)]
    return {
        "pair": pair.id,
        "title": pair.title,
        "each": pair.each,
        "success": pair.success,
        "cost": float(cost["value"]),
        "at_most": cost["approximation"] == "up to",
        "worth_lower": least,
        "worth_upper": most,
        "rate_lower": break_even(float(cost["value"]), most),
        "rate_upper": break_even(float(cost["value"]), least),
        **{name: gain[name] for name in ("payer", "horizon", "price_year")},
        "caveat": " ".join(caveats),
        "locator": "; ".join(dict.fromkeys([cost["locator"], gain["locator"]])),
    }


def _row(figures: pd.DataFrame, name: str) -> Row:
    return dict(figures.loc[name])
