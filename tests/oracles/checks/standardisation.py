"""Standardised rates and funnels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.funnel import (
    overdispersion,
    proportion_errors,
    proportion_funnel,
    proportion_lines,
    ratio_funnel,
)
from analysis.statistics.standardisation import directly_standardised, indirectly_standardised
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

LIMITS = {"95_0cl": "", "99_8cl": "_998"}
ISR = {
    "observed": "observed",
    "expected": "expected",
    "value": "ratio",
    **{f"{end}{theirs}": f"ratio_{end}{ours}" for theirs, ours in LIMITS.items() for end in ("lower", "upper")},
    "method": "method",
    "israte": "rate",
    "israte_lo": "rate_lower",
    "israte_hi": "rate_upper",
    "ref_rate": "reference_rate",
}
DSR = {
    "total_count": "count",
    "total_pop": "population",
    "value": "value",
    **{f"{end}{theirs}": f"{end}{ours}" for theirs, ours in LIMITS.items() for end in ("lower", "upper")},
    "statistic": "statistic",
}
OVERDISPERSION = {
    "theta": "theta",
    "z_naive": "z",
    "phi": "phi",
    "tau2": "tau2",
    "z_add": "z_additive",
    "z_mult": "z_multiplicative",
    "lo95_mult": "lower_multiplicative",
    "hi95_mult": "upper_multiplicative",
    "lo95_add": "lower_additive",
    "hi95_add": "upper_additive",
}


def indirect(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    area = want.columns[0]
    bands = folder.input_for(name, area, "x", "n", "x_ref", "n_ref")
    got = indirectly_standardised(bands, area, per=1_000)
    return compared(got.loc[want[area]], want, ISR, folder.tolerance(name), label=[area])


def direct(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    area = want.columns[0]
    bands = folder.input_for(name, area, "x", "n", "stdpop")
    got = directly_standardised(bands.rename(columns={"stdpop": "standard"}), area)
    got["statistic"] = np.where(got["count"] < 10, "dsr NA for total count < 10", "dsr per 100000")
    got["statistic"] = got["statistic"].where(got["value"].notna() == (got["reason"] == ""), "no reason given")
    return compared(got.loc[want[area]], want, DSR, folder.tolerance(name), label=[area])


def ratio_labels(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    got = ratio_funnel(want["observed"], want["expected"], ohid=True)
    return compared(got, want, {"significance": "label"}, folder.tolerance(name), label=[want.columns[0]])


def proportion_labels(folder: Folder, name: str) -> list[Cell]:
    """The average, which areas share, is held to the one of its neighbours; its areas need not all be here."""
    want, tolerance = folder.rows(name), folder.tolerance(name)
    times = want["average"].value_counts()
    shared = times.index[times > 1].to_numpy(float)
    centres = [float(min(shared, key=lambda centre: abs(centre - own), default=own)) for own in want["average"]]
    parts = [
        proportion_funnel(rows["x"], rows["n"], average).set_index(rows.index)
        for average, rows in want.groupby(centres, sort=False)
    ]
    got = pd.concat(parts).loc[want.index].assign(average=centres)
    columns = {"significance": "label", "average": "average"}
    return compared(got, want, columns, tolerance, label=[want.columns[0]])


def proportion_points(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    lines = [proportion_lines(n, average / 100) for n, average in zip(want["n"], want["average"], strict=True)]
    got = 100 * pd.DataFrame(lines, columns=["lo95", "hi95", "lo998", "hi998"], dtype=float)
    return compared(got, want, list(got), folder.tolerance(name), label=["n"])


def dispersion(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    parts = [_dispersion(rows) for _, rows in want.groupby("set", sort=False)]
    return compared(
        pd.concat(parts).loc[want.index], want, OVERDISPERSION, folder.tolerance(name), label=["set", "area"]
    )


def _dispersion(rows: pd.DataFrame) -> pd.DataFrame:
    theta = rows["x"].sum() / rows["n"].sum()
    found = overdispersion(rows["x"] / rows["n"], proportion_errors(rows["n"], theta), theta)
    return found.areas.set_index(rows.index).assign(theta=theta, phi=found.phi, tau2=found.tau2)


CHECKS = [
    Check("isr_expected", frozenset({"observed", "expected", "israte", "ref_rate"}), indirect),
    Check("dsr_expected", frozenset({"total_count", "total_pop", "value", "statistic"}), direct),
    Check("funnel_ratio_signif", frozenset({"observed", "expected", "significance"}), ratio_labels),
    Check("funnel_prop_signif", frozenset({"x", "n", "significance", "average"}), proportion_labels),
    Check("funnel_prop_points", frozenset({"n", "lo95", "hi95", "lo998", "hi998", "average"}), proportion_points),
    Check("funnel_overdispersion", frozenset({"set", "x", "n", "z_naive", "phi", "tau2"}), dispersion),
]
