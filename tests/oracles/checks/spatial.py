"""Moran's and Geary's tests, local clusters, and empirical Bayes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from libpysal.graph import Graph

from analysis.statistics.intervals import Floats
from analysis.statistics.smoothing import empirical_bayes
from analysis.statistics.spatial import PERMUTATIONS, moran, moran_local, neighbours
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder, Tolerance

SEED = 20_250
GLOBAL = {
    "n": "areas",
    "I": "value",
    "EI": "expected",
    "VI_rand": "variance",
    "z_rand": "z",
    "p_rand_two": "p",
    "VI_norm": "variance_normal",
    "z_norm": "z_normal",
    "p_norm_two": "p_normal",
    "geary_C": "geary",
}
LOCAL = {
    "y": "y",
    "lag": "lag",
    "Ii_esda": "value",
    "Ii_spdep": "value_spdep",
    "E_cond": "expected_spdep",
    "V_cond": "variance_spdep",
    "Z": "z",
    "p_two": "p",
    "p_two_bh": "p_adjusted",
    "quadrant": "quadrant",
}


def moran_global(folder: Folder, name: str) -> list[Cell]:
    want, tolerance = folder.rows(name), folder.tolerance(name)
    found = []
    for variable, areas in zip(want["var"], want["n"], strict=True):
        values = _values(folder, variable, areas)
        found.append(vars(moran(values, _weights(folder, name, values.index), SEED, _draws(tolerance))))
    got = pd.DataFrame(found)
    permuted = next(column for column in want if column.startswith("p_perm"))
    shuffled = {permuted: "p_permuted_greater" if "greater" in permuted else "p_permuted"}
    return compared(got, want, GLOBAL, tolerance, label=["var"]) + compared(
        got, want, shuffled, _simulated(tolerance), label=["var"]
    )


def local_moran(folder: Folder, name: str) -> list[Cell]:
    """The shuffles are those of R's spdep, which may pick an area twice."""
    want, tolerance = folder.rows(name), folder.tolerance(name)
    permuted = next(column for column in want if column.startswith("p_perm"))
    cells = []
    for variable, right in want.groupby("var", sort=False):
        values = _values(folder, variable, len(right)).reindex(right["code"])
        found = moran_local(values, _weights(folder, name, values.index), SEED, _draws(tolerance), repeats=True)
        got = _on_the_scale_of_spdep(found).assign(y=values.to_numpy())
        cells += compared(got, right, LOCAL, tolerance, label=["var", "code"])
        cells += compared(got, right, {permuted: "p_permuted"}, _simulated(tolerance), label=["var", "code"])
    return cells


def smoothed(folder: Folder, name: str) -> list[Cell]:
    want, tolerance = folder.rows(name), folder.tolerance(name)
    cells = []
    for _, right in want.groupby("set", sort=False):
        found = empirical_bayes(right["x"], right["n"])
        got = pd.DataFrame({"raw": right["x"] / right["n"], "eb_global": found.estimate})
        got = got.assign(a=found.between, m=found.mean)
        cells += compared(got, right, list(got), tolerance, label=["set", "code"])
        if "eb_local" in right and set(right["code"]) & set((edges := _edges(folder, name, right["code"]))["from"]):
            local = pd.DataFrame({"eb_local": _smoothed_by_neighbours(right, edges)})
            cells += compared(local, right, ["eb_local"], tolerance, label=["set", "code"])
    return cells


def _values(folder: Folder, variable: str, areas: int) -> pd.Series:
    """One value an area: the column of that name beside area codes, or else `y` of the local answers."""
    found = []
    for file in [file for file in folder.manifest["file"] if file.endswith(".csv") and (folder.path / file).is_file()]:
        held = folder.contents(file)
        if {"code", variable} <= held:
            found.append(folder.rows(file).set_index("code")[variable])
        elif {"var", "code", "y"} <= held:
            rows = folder.rows(file)
            found.append(rows[rows["var"] == variable].set_index("code")["y"])
    fitting = [values for values in found if len(values) == areas] or [values for values in found if len(values)]
    if not fitting:
        raise ValueError(f"No file beside these answers holds the values of {variable}.")
    return fitting[0]


def _weights(folder: Folder, name: str, codes: pd.Index) -> Graph:
    edges = _edges(folder, name, codes)
    inside = edges[edges["from"].isin(codes) & edges["to"].isin(codes)]
    centroids = None
    if set(codes) - set(inside["from"]):
        places = folder.input_for(name, "code", "x_centroid", "y_centroid").set_index("code")
        centroids = places.reindex(codes)[["x_centroid", "y_centroid"]]
    return neighbours(list(codes), inside[["from", "to"]].to_numpy(), centroids)


def _edges(folder: Folder, name: str, codes: pd.Index | pd.Series) -> pd.DataFrame:
    """The list of neighbours that knows most of these areas."""
    inputs = folder.manifest.loc[folder.manifest["kind"] == "input", "file"]
    lists = [
        folder.rows(file)
        for file in inputs
        if file.endswith(".csv") and (folder.path / file).is_file() and {"from", "to"} <= folder.contents(file)
    ]
    if not lists:
        raise ValueError(f"No list of neighbours stands beside {name}.")
    return max(lists, key=lambda rows: len(set(codes) & set(rows["from"])))


def _draws(tolerance: Tolerance) -> int:
    """Ten times the draws asked for, so that the noise left is that of the right answers."""
    return 10 * max(tolerance.draws, PERMUTATIONS)


def _simulated(tolerance: Tolerance) -> Tolerance:
    return Tolerance(atol=tolerance.of_simulated())


def _on_the_scale_of_spdep(found: pd.DataFrame) -> pd.DataFrame:
    scale = len(found) / (len(found) - 1)
    return found.assign(
        value_spdep=scale * found["value"],
        expected_spdep=scale * found["expected"],
        variance_spdep=scale**2 * found["variance"],
    )


def _smoothed_by_neighbours(rows: pd.DataFrame, edges: pd.DataFrame) -> Floats:
    """`EBlocal` of spdep: every area with its neighbours has its own mean and variance between areas."""
    place = pd.Index(rows["code"])
    pairs = place.get_indexer(pd.Index(edges["from"])), place.get_indexer(pd.Index(edges["to"]))
    inside = (pairs[0] >= 0) & (pairs[1] >= 0)
    around = np.eye(len(rows))
    around[pairs[0][inside], pairs[1][inside]] = 1
    x, n = rows["x"].to_numpy(float), rows["n"].to_numpy(float)
    people = around @ n
    mean = around @ x / people
    scatter = around @ (n * (x / n - mean) ** 2) / people
    between = np.maximum(0, scatter - mean * around.sum(axis=1) / people)
    with np.errstate(invalid="ignore"):
        return mean + (x / n - mean) * between / (between + mean / n)


CHECKS = [
    Check("moran_global_expected", frozenset({"var", "I", "EI", "VI_rand", "geary_C"}), moran_global),
    Check("moran_local_expected", frozenset({"var", "code", "y", "Ii_esda", "E_cond"}), local_moran),
    Check("eb_expected", frozenset({"set", "code", "x", "n", "eb_global"}), smoothed),
]
