"""Inequality across areas and across groups."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

from analysis.statistics.inequality import (
    concentration_error,
    concentration_index,
    gini,
    hoover,
    horizontal_inequity,
    places_to_move,
)
from analysis.statistics.slope_index import Kind, slope_index
from tests.oracles.agreement import Cell, Check, cell, compared
from tests.oracles.folder import Folder

KINDS: dict[int, Kind] = {0: "mean", 1: "rate", 2: "proportion"}
EXACT = {"sii": "sii", "rii": "rii", "intercept": "intercept"}
ANALYTIC = {"sii_analytic_lower": "analytic_lower", "sii_analytic_upper": "analytic_upper"}


def areas(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    given = folder.input_for(name, "set", "pop", "need", "provision", "deprivation")
    got = pd.DataFrame([_measures(given[given["set"] == group]) for group in want["set"]])
    got["conc_prov_se_group"] = got["conc_prov_se_group"].where(want["se_valid"])
    columns = [column for column in want.columns if column in got]
    return compared(got, want, columns, folder.tolerance(name), label=["set"])


def _measures(rows: pd.DataFrame) -> dict[str, float | bool]:
    people, need, provision, deprivation = (rows[name] for name in ("pop", "need", "provision", "deprivation"))
    error = concentration_error(provision, people, deprivation)
    return {
        "gini_prov_per_head": gini(provision, people),
        "conc_prov": concentration_index(provision, people, deprivation),
        "conc_prov_se_group": error,
        "conc_prov_regression": _by_regression(people, provision, deprivation),
        "conc_need": concentration_index(need, people, deprivation),
        "HI": horizontal_inequity(provision, need, people, deprivation),
        "conc_prov_on_need_axis": concentration_index(provision, need, deprivation),
        "gini_prov_on_need_axis": gini(provision, need),
        "hoover_prov_vs_pop": hoover(provision, people),
        "hoover_prov_vs_need": hoover(provision, need),
        "places_to_move_for_parity": places_to_move(provision, need),
        "se_valid": not math.isnan(error),
    }


def _by_regression(people: pd.Series, provision: pd.Series, deprivation: pd.Series) -> float:
    """The convenient regression of 2 var(R) y / mean on the fractional rank R, each area weighted by its people."""
    share = (people / people.sum()).groupby(-deprivation).sum()
    rank = (-deprivation).map(share.cumsum() - share / 2)
    spread = np.average((rank - np.average(rank, weights=people)) ** 2, weights=people)
    outcome = 2 * spread * (provision / people) / (provision.sum() / people.sum())
    return float(np.polyfit(rank, outcome, 1, w=np.sqrt(people))[0])


def published_concentration(folder: Folder, name: str) -> list[Cell]:
    facts, tolerance = folder.facts(name), folder.tolerance(name)
    births = np.array(facts["births"], float)
    poorest_first = np.arange(births.size)[:: -1 if facts["order"].startswith("poorest") else 1]
    given = births * facts["u5mr"], births, poorest_first
    printed = re.search(r"Published C = (-?[\d.]+)", facts["source"])
    cells = [
        cell("all", "C", concentration_index(*given), facts["C"], tolerance),
        cell("all", "se_group_formula_T", concentration_error(*given), facts["se_group_formula_T"], tolerance),
    ]
    return cells + [
        cell("all", "source", concentration_index(*given), float(printed[1]), tolerance) for _ in [0] if printed
    ]


def slopes(folder: Folder, name: str) -> list[Cell]:
    want, tolerance = folder.rows(name), folder.tolerance(name)
    given = folder.input_for(name, "set", "q", "pop", "y", "value_type", "multiplier", "transform")
    got = pd.DataFrame([vars(_slope(given[given["set"] == group], tolerance.draws)) for group in want["set"]])
    exact = compared(got, want, EXACT | ANALYTIC, tolerance, label=["set"])
    part = tolerance.of_simulated()
    return exact + [
        Cell(row["set"], f"{index}_{end}", ours[f"{index}_{end}"], row[f"{index}_{end}"], part * _width(row, index))
        for (_, row), (_, ours) in zip(want.iterrows(), got.iterrows(), strict=True)
        for index in ("sii", "rii")
        for end in ("lower", "upper")
    ]


def _width(row: pd.Series, index: str) -> float:
    width = abs(row[f"{index}_upper"] - row[f"{index}_lower"])
    return 0.0 if math.isnan(width) else width


def _slope(rows: pd.DataFrame, draws: int) -> object:
    rows = rows.sort_values("q")
    kind, transform, multiplier = rows.iloc[0][["value_type", "transform", "multiplier"]]
    return slope_index(
        *(rows[name] for name in ("pop", "y", "lo", "hi")),
        kind=KINDS[int(kind)],
        transform=bool(transform),
        multiplier=float(multiplier),
        draws=max(draws, 100_000),
        seed=1,
    )


CHECKS = [
    Check("inequality_expected", frozenset({"set", "conc_prov", "conc_need", "HI", "se_valid"}), areas),
    Check("concentration_published_india", frozenset({"births", "u5mr", "order", "C"}), published_concentration),
    Check("sii_expected", frozenset({"set", "sii", "rii", "sii_lower", "sii_upper"}), slopes),
]
