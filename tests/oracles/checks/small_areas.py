"""Small areas summarised over larger ones, and figures moved between areas."""

from __future__ import annotations

from typing import Any

import pandas as pd
from shapely.geometry import box

from analysis.statistics.aggregate import interpolated, rebase, share_matrix
from analysis.statistics.deprivation_measures import iod_exponential, summary_measures
from tests.oracles.agreement import Cell, Check, cell, compared
from tests.oracles.folder import Folder, Tolerance

RANKED = {"2019": 32_844, "2025": 33_755}
OURS = {
    "n_lsoa": "small_areas",
    "proportion_lsoa_most_deprived_10pct": "proportion_most_deprived_10pct",
    "pop_share_decile1": "population_share_decile_1",
    "pop_share_quintile1": "population_share_quintile_1",
}
PRINTED = {
    "pub_average_score": ("average_score", 3),
    "pub_average_rank": ("average_rank", 2),
    "pub_proportion": ("proportion_most_deprived_10pct", 4),
    "pub_extent": ("extent", 4),
    "pub_local_concentration": ("local_concentration", 2),
}
FLOATING = Tolerance(rtol=1e-12, atol=1e-12)
RATES = {
    "extensive_count": "count",
    "intensive_area_weighted": "rate_by_area",
    "intensive_population_weighted": "rate_by_population",
    "coverage": "coverage",
}


def exponential(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    got = pd.DataFrame(
        {
            "R": (want["N"] + 1 - want["rank"]) / want["N"],
            "X": [float(iod_exponential(rank, ranked)) for ranked, rank in zip(want["N"], want["rank"], strict=True)],
        }
    )
    return compared(got, want, list(got), folder.tolerance(name), label=["N", "rank"])


def measures(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    key = want.columns[0]
    small = folder.input_for(name, key, "imd_rank", "imd_dec", "imd_score", "pop").dropna(subset=[key])
    areas = small.rename(columns={"imd_rank": "rank", "imd_dec": "decile", "imd_score": "score", "pop": "population"})
    got = summary_measures(areas, key, ranked(name, areas["rank"])).join(areas.groupby(key)[["lanm"]].first())
    got = got.loc[want[key]].reset_index(drop=True)
    theirs = {column: OURS.get(column, column) for column in want if column != key and column not in PRINTED}
    cells = compared(got, want, theirs, folder.tolerance(name), label=[key])
    for column in [column for column in want if column in PRINTED]:
        ours, decimals = PRINTED[column]
        half_of_the_last = Tolerance(atol=0.5 * 10.0**-decimals + 1e-12)
        cells += compared(got, want, {column: ours}, half_of_the_last, label=[key])
    return cells


def ranked(name: str, ranks: pd.Series) -> int:
    """How many small areas of England an edition ranked: that of the file's name, or else the first that can be."""
    named = (count for year, count in RANKED.items() if year in name)
    return next(named, RANKED["2025" if ranks.max() > RANKED["2019"] else "2019"])


def areal(folder: Folder, name: str) -> list[Cell]:
    found = folder.facts(name)
    tolerance = folder.tolerance(name)
    return [answer for case in _listed(found) for answer in _one_areal(case, tolerance)]


def _one_areal(case: dict[str, Any], tolerance: Tolerance) -> list[Cell]:
    sources = pd.DataFrame(case["source"]).set_index("id").rename(columns={"pop": "population"})
    overlaps = pd.DataFrame([_overlap(source, target) for source in case["source"] for target in case["target"]])
    got = interpolated(sources[["count", "population", "rate"]].astype(float), overlaps).targets
    want = pd.DataFrame(case["expected"]).set_index("id")
    return [
        cell(
            f"{case['case']} {target}",
            column,
            float(got.loc[target, RATES[column]]),
            want.loc[target, column],
            tolerance,
        )
        for target in want.index
        for column in want
    ]


def _overlap(source: dict[str, Any], target: dict[str, Any]) -> dict[str, object]:
    one, other = box(*source["box"]), box(*target["box"])
    return {
        "source": source["id"],
        "target": target["id"],
        "overlap": one.intersection(other).area,
        "source_area": one.area,
        "target_area": other.area,
    }


def crosswalk(folder: Folder, name: str) -> list[Cell]:
    """Exact but for the last digit of floating point: 0.1 + 0.2 is taken for 0.3."""
    return [answer for case in _listed(folder.facts(name)) for answer in _one_crosswalk(case)]


def _one_crosswalk(case: dict[str, Any]) -> list[Cell]:
    links = pd.DataFrame(case["weights"], columns=["old", "new", "share"])
    got = rebase(pd.Series(case["old_counts"], dtype=float), share_matrix(links, "old", "new", "share"))
    return [
        cell(f"{case['case']} {new}", "count", float(got[new]), want, FLOATING)
        for new, want in case["expected"].items()
    ]


def _listed(found: Any) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else [found]


MEASURES = frozenset({"n_lsoa", "average_score", "average_rank", "extent", "local_concentration"})
CHECKS = [
    Check("iod_exponential", frozenset({"N", "rank", "R", "X"}), exponential),
    Check("iod2019_la_expected", MEASURES | {"la"}, measures),
    Check("iod2019_bnes_ward17_expected", MEASURES, measures),
    Check("areal_interpolation", frozenset({"source", "target", "expected"}), areal),
    Check("crosswalk", frozenset({"old_counts", "weights", "expected"}), crosswalk),
]
