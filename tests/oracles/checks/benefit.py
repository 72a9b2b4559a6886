"""Net benefit, and the sums of the Halton appendix."""

from __future__ import annotations

from typing import Any

from analysis.statistics.benefit import NetBenefit, Programme, Range, break_even, discount_factor, net_benefit
from tests.oracles.agreement import Cell, Check, cell
from tests.oracles.folder import Folder, Tolerance

CLOSED_FORM = Tolerance(rtol=1e-9)
DRAWS = 2_000_000
NAMES = {"people": "N", "effect": "eff", "value": "val", "cost": "cost", "deadweight": "dead", "optimism": "optbias"}
HALTON = {
    "copd_per_person": 1250 + 110 + 480 + 30,
    "copd_total_4400": (1250 + 110 + 480 + 30) * 4400,
    "pause_cost_per_child": 20_000_000 / 264,
    "falls_26pct_of_70000": 0.26 * 70_000,
    "falls_26pct_of_75000": 0.26 * 75_000,
    "falls_saving_at_26000": 18_000 * 26_000,
    "recurrent_mothers_pct": 100 * 7_143 / 46_094,
    "parenting_breakeven_success_rate": break_even(1_344, 60_000),
    "bcr_if_all_avoided": 60_000 / 1_344,
    "reading_cost_per_success": 2_609 / 0.79,
    "u18_offence_1pct": 45_000_000,
}


def benefits(folder: Folder, name: str) -> list[Cell]:
    facts, tolerance = folder.facts(name), folder.tolerance(name)
    cells = [found for given in facts["monte_carlo"] for found in _case(given, tolerance)]
    halton = facts.get("halton_appendix_arithmetic", {})
    return cells + [cell("halton", fact, HALTON[fact], right, CLOSED_FORM) for fact, right in halton.items()]


def _case(given: dict[str, Any], tolerance: Tolerance) -> list[Cell]:
    got = net_benefit(_programme(given), max(tolerance.draws, DRAWS), seed=1)
    factor = discount_factor(given["inputs"]["years"], given["discount_rate"])
    closed = {
        "mean_discount_factor": factor,
        "analytic_mean_benefit": got.mean_benefit,
        "analytic_mean_cost": got.mean_cost,
        "analytic_mean_net": got.mean_net,
    }
    exact = [cell(given["id"], column, ours, given[column], CLOSED_FORM) for column, ours in closed.items()]
    return exact + [
        Cell(given["id"], column, ours, given[column], allowed)
        for column, (ours, allowed) in _simulated(got, given, tolerance).items()
    ]


def _simulated(got: NetBenefit, given: dict[str, Any], tolerance: Tolerance) -> dict[str, tuple[float, float]]:
    """Ours and the greatest deviation that passes: a part of the right one, or for a probability itself."""
    part = {word: tolerance.of_simulated(word) for word in ("mean", "percentiles", "probability")}
    points = {"mc_p05": got.lower, "mc_p50": got.median, "mc_p95": got.upper}
    near = {name: (ours, part["percentiles"] * abs(given[name])) for name, ours in points.items()}
    return near | {
        "mc_mean_net": (got.mean, part["mean"] * abs(given["mc_mean_net"])),
        "p_net_positive": (got.chance_above_zero, part["probability"]),
    }


def _programme(given: dict[str, Any]) -> Programme:
    inputs = given["inputs"]
    ranges = {ours: _range(inputs[theirs]) for ours, theirs in NAMES.items()}
    return Programme(**ranges, years=inputs["years"], discount_rate=given["discount_rate"])


def _range(given: float | list[float]) -> Range:
    return Range(*given) if isinstance(given, list) else Range.fixed(given)


CHECKS = [Check("benefit", frozenset({"monte_carlo"}), benefits)]
