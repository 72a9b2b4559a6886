"""Differences, ratios, comparisons with a benchmark, and equal-count bands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.bands import quantile_bands
from analysis.statistics.benchmark import Outcome, Polarity, against_benchmark
from analysis.statistics.differences import newcombe, rate_ratio
from analysis.statistics.intervals import z_of
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

FEW = 10
RATIOS = {
    "rr": "ratio",
    "lo_exact": "lower",
    "hi_exact": "upper",
    "p_exact": "p",
    "lo_log": "lower_log",
    "hi_log": "upper_log",
}


def differences(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    usual, strict = (newcombe(want["x1"], want["n1"], want["x2"], want["n2"], level) for level in (0.95, 0.998))
    got = usual.assign(lower_998=strict["lower"], upper_998=strict["upper"])
    columns = {"d": "difference", "lo": "lower", "hi": "upper", "lo998": "lower_998", "hi998": "upper_998"}
    return compared(got, want, columns, folder.tolerance(name), label=["case"])


def ratios(folder: Folder, name: str) -> list[Cell]:
    """An infinite ratio or limit is missing in ours, and so are log-normal limits of fewer than 10.

    Where the answers give those of fewer all the same, they are computed here, for these columns only.
    """
    want = folder.rows(name).replace([np.inf, -np.inf], np.nan)
    got = rate_ratio(want["x1"], want["n1"], want["x2"], want["n2"])
    for column, side in (("lo_log", -1), ("hi_log", 1)):
        given = want[column].notna() & (want[["x1", "x2"]].min(axis=1) < FEW)
        got[RATIOS[column]] = got[RATIOS[column]].mask(given, _log_limit(want, side))
    return compared(got, want, RATIOS, folder.tolerance(name), label=["x1", "n1", "x2", "n2"])


def _log_limit(counts: pd.DataFrame, side: int) -> pd.Series:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (counts["x1"] / counts["n1"]) / (counts["x2"] / counts["n2"])
        return ratio * np.exp(side * z_of(0.95) * np.sqrt(1 / counts["x1"] + 1 / counts["x2"]))


def benchmarks(folder: Folder, name: str) -> list[Cell]:
    """A blank outcome, or one written NotCompared, is our Not compared."""
    want = folder.rows(name)
    want["outcome"] = want["outcome"].fillna(str(Outcome.NOT_COMPARED)).replace("NotCompared", Outcome.NOT_COMPARED)
    got = pd.DataFrame({"outcome": None}, index=want.index, dtype=object)
    for polarity, rows in want.groupby("polarity"):
        outcomes = against_benchmark(rows["lo"], rows["hi"], rows["benchmark"], Polarity(polarity))
        got.loc[rows.index, "outcome"] = outcomes
    return compared(got, want, ["outcome"], folder.tolerance(name), label=["kind", "polarity", "level"])


def bands(folder: Folder, name: str) -> list[Cell]:
    """Each set, number of bands and direction apart. The SQL bands are computed here only, to check their column."""
    want = folder.rows(name)
    keys = ["set", "nquantiles", "invert"]
    got = pd.DataFrame(np.nan, index=want.index, columns=["quantile", "ntile_asc"])
    for (_, groups, invert), rows in want.groupby(keys):
        got.loc[rows.index, "quantile"] = quantile_bands(rows["v"], int(groups), invert=bool(invert))
        got.loc[rows.index, "ntile_asc"] = sql_ntile(rows["v"], int(groups))
    return compared(got, want, ["quantile", "ntile_asc"], folder.tolerance(name), label=[*keys, "area"])


def sql_ntile(values: pd.Series, groups: int) -> pd.Series:
    """NTILE of SQL, which is dplyr's: the first bands are one larger, and ties fall where their rows stand."""
    place = values.rank(method="first") - 1
    small, large = divmod(int(values.notna().sum()), groups)
    in_large = np.floor(place / (small + 1))
    in_small = np.floor((place - large * (small + 1)) / max(small, 1)) + large
    return 1 + in_large.where(place < large * (small + 1), in_small)


CHECKS = [
    Check("diff_proportion_newcombe", frozenset({"x1", "n1", "x2", "n2", "d", "lo", "hi", "lo998"}), differences),
    Check("rate_ratio", frozenset({"x1", "n1", "x2", "n2", "rr", "lo_exact", "p_exact", "lo_log"}), ratios),
    Check("benchmark_rag", frozenset({"polarity", "level", "benchmark", "lo", "hi", "outcome"}), benchmarks),
    Check("quantile_phe_and_ntile", frozenset({"set", "area", "nquantiles", "v", "invert", "quantile"}), bands),
]
