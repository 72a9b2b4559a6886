"""Places shared out, moved and sited: the values of optima, and that the plan printed beside each attains them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from analysis.statistics.apportionment import apportion
from analysis.statistics.location import cover_most, fewest_sites, least_longest_travel, least_travel
from analysis.statistics.reallocation import Limits, reallocate
from analysis.statistics.transport import transport
from tests.oracles.agreement import Answer, Cell, Check, cell
from tests.oracles.folder import Folder

Answers = dict[str, tuple[Answer, Answer]]
Case = dict[str, Any]


def optima(folder: Folder, name: str) -> list[Cell]:
    tolerance = folder.tolerance(name)
    return [
        cell(f"{section} {case['case']}", column, got, want, tolerance)
        for section, cases in folder.facts(name).items()
        for case in cases
        for column, (got, want) in SECTIONS[section](case).items()
    ]


def apportioned(case: Case) -> Answers:
    plan = apportion(case["need"], case["total"], case["minimum"])
    return each("proportional_target", plan.target, case) | each("allocation", plan.allocation, case)


def reallocated(case: Case) -> Answers:
    limits = Limits(case["minimum"], most_moves=case["max_moves"], total=case["total"])
    plan = reallocate(case["current"], case["need"], limits)
    fair = reallocate(case["current"], case["need"], limits, "relative")
    values = {
        "min_sum_abs_dev": plan.total_deviation,
        "fewest_moves_at_that_optimum": plan.moves,
        "hoover_before": plan.hoover_before,
        "hoover_after": plan.hoover_after,
        "min_max_relative_dev": fair.relative_deviation,
        "fewest_moves_minmax": fair.moves,
    }
    return each("target", plan.target, case) | beside(values, case) | printed(case)


def printed(case: Case) -> Answers:
    """The plan in the file, one of perhaps many: whether it keeps every limit and attains the value beside it."""
    plan, target = np.array(case["one_optimal_allocation"]), np.array(case["target"])
    moves = int(np.maximum(plan - case["current"], 0).sum())
    return {
        "one_optimal_allocation, total": (int(plan.sum()), case["total"]),
        "one_optimal_allocation, below minimum": (int((plan < case["minimum"]).sum()), 0),
        "one_optimal_allocation, moves over": (max(0, moves - case["max_moves"]), 0),
        "one_optimal_allocation, deviation": (float(np.abs(plan - target).sum()), case["min_sum_abs_dev"]),
    }


def transported(case: Case) -> Answers:
    sent = transport(case["demand"], case["capacity"], case["minutes"], case["max_minutes"])
    values = {"max_served": sent.served, "min_total_minutes": sent.total_minutes, "unmet": sent.unmet.sum()}
    without = str(sorted(sent.without_site.tolist())), str(sorted(case["wards_with_no_site"]))
    return beside(values, case) | {"wards_with_no_site": without}


def located(case: Case) -> Answers:
    people, minutes, sites, radius = case["weights"], case["minutes"], case["p"], case["radius"]
    covered = cover_most(people, minutes, radius, sites)
    values = {
        "mclp_covered_weight": covered.value,
        "mclp_share": covered.share,
        "pmedian_total_weighted_minutes": least_travel(people, minutes, sites).value,
        "pcenter_max_minutes": least_longest_travel(minutes, sites).value,
        "lscp_min_sites_or_null": fewest_sites(minutes, radius).value,
    }
    return beside(values, case)


def beside(values: Mapping[str, Answer], case: Case) -> Answers:
    return {column: (got, case[column]) for column, got in values.items()}


def each(column: str, got: np.ndarray, case: Case) -> Answers:
    pairs = zip(got.tolist(), case[column], strict=True)
    return {f"{column} {area}": pair for area, pair in enumerate(pairs, 1)}


SECTIONS: dict[str, Callable[[Case], Answers]] = {
    "apportionment_largest_remainder": apportioned,
    "reallocation_integer_bruteforce": reallocated,
    "transport_maxserved_mincost": transported,
    "location_exhaustive": located,
}
CHECKS = [Check("optimisation", frozenset({section}), optima) for section in SECTIONS]
