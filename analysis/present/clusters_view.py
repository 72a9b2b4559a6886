"""Clusters of deprivation as a sentence, map classes and tables, for readers who know spatial statistics."""

from __future__ import annotations

import pandas as pd

from analysis.clusters import Clusters
from analysis.present.bands import Banded
from analysis.present.deprivation_view import PHRASES
from analysis.present.palette import Class
from analysis.present.words import listed, number

KINDS = {
    "High-High": Class("Deprived, among deprived neighbours", "●", "#a33b0b", "#ff8a4c"),
    "High-Low": Class("Deprived, among better-off neighbours", "◐", "#f0a868", "#b5652a"),
    "Low-High": Class("Better off, among deprived neighbours", "◑", "#8ec6cf", "#2f7f8c"),
    "Low-Low": Class("Better off, among better-off neighbours", "○", "#14697a", "#7fd6e2"),
}
BY_CHANCE = Class("Not told apart from chance", "", "#f4f1ea", "#3a444c")
WARDS = (
    "**Wards are not tested for clusters.** With 33 or 37 of them such a test finds little that is there, and a ward "
    "average hides the pockets in which need sits: the 2020 assessment's IDACI gives no evidence that its wards "
    "cluster. Figures are never smoothed with those of neighbouring wards either."
)


def sentence(result: Clusters, year: int, domain: str) -> str:
    """What the global test says, in plain words."""
    where = f"{PHRASES[domain]}, {year}"
    if not result.shown:
        return (
            f"There is no evidence that deprived neighbourhoods lie next to each other more than chance would have it "
            f"({where})."
        )
    if result.found.value > result.found.expected:
        return f"Deprived neighbourhoods lie next to each other more than chance would have it ({where})."
    return (
        f"Deprived and better-off neighbourhoods lie next to each other more than chance would have it: need sits in "
        f"isolated pockets ({where})."
    )


def local_sentence(result: Clusters) -> str:
    """Which neighbourhoods stand out by themselves; or why none may be shown."""
    if not result.shown:
        return (
            "Local clusters are not shown: when the test of the whole council finds nothing, those that seem to stand "
            "out are what chance would give."
        )
    found = result.local[result.local["stands_out"]]
    if found.empty:
        return (
            f"No single neighbourhood of the {len(result.local)} stands out for certain, once it is allowed for that "
            "so many were looked at."
        )
    told = [
        f"{KINDS[str(kind)].label}: {listed(list(rows['name'] + ' in ' + rows['ward_name']), most=6)}."
        for kind, rows in found.groupby("quadrant", sort=False)
    ]
    stands = "stands" if len(found) == 1 else "stand"
    return f"{len(found)} of {len(result.local)} neighbourhoods {stands} out. {' '.join(told)}"


def global_table(result: Clusters) -> pd.DataFrame:
    """The figures of the global test, one row each."""
    found = result.found
    measured = "scores" if result.measure == "score" else "reversed ranks (scores are blank)"
    rows = {
        "Moran's I": number(found.value, 3),
        "Expected by chance": number(found.expected, 3),
        "z (values changing places)": number(found.z, 2),
        "p, two-sided, worked out": _p(found.p),
        f"p, two-sided, from {found.permutations:,} shuffles (seed {found.seed})": _p(found.p_permuted),
        "Geary's C (1 by chance, below 1 where like lies beside like)": number(found.geary, 3),
        "Neighbourhoods": f"{found.areas}, by their {measured}",
        "Neighbours": f"{result.links} pairs that share a border or a corner",
    }
    return pd.DataFrame({"Figure": list(rows), "Value": list(rows.values())})


def _p(value: float) -> str:
    return "under 0.0001" if value < 0.0001 else f"{value:.4f}"


def banded(local: pd.DataFrame) -> Banded:
    """Map classes of neighbourhoods: the four kinds where they stand out, else not told apart from chance."""
    kinds = [KINDS[kind] if out else BY_CHANCE for kind, out in local[["quadrant", "stands_out"]].to_numpy()]
    return Banded((*KINDS.values(), BY_CHANCE), dict(zip(local["area_code"], kinds, strict=True)))


def tooltips(local: pd.DataFrame) -> dict[str, list[str]]:
    """What a neighbourhood says when pointed at."""
    members = banded(local).members
    return {
        row["area_code"]: [
            row["name"],
            f"In {row['ward_name']} ward (best fit)",
            f"National tenth {row['decile']}",
            members[row["area_code"]].label,
        ]
        for row in local.to_dict("records")
    }


def local_table(local: pd.DataFrame) -> pd.DataFrame:
    """Neighbourhoods with what surrounds them, those that stand out first."""
    members = banded(local).members
    return pd.DataFrame(
        {
            "Neighbourhood": local["name"] + ", " + local["ward_name"],
            "It, and those around it": [members[code].label for code in local["area_code"]],
            "National tenth": local["decile"],
            "p, held to 5% false discoveries": [_p(value) for value in local["p_adjusted"]],
            "Code": local["area_code"],
        }
    )


METHOD = (
    "**Moran's I** is the likeness of neighbourhoods that touch, by border or corner (queen contiguity, every "
    "neighbour weighing the same). Its expectation and spread let the values change places among the neighbourhoods. "
    "**Local clusters** (local Moran's I, LISA) compare each neighbourhood and its neighbours with 9,999 seeded "
    "shuffles of the others; deprived and better off are meant against the council's own mean. The Benjamini-Hochberg "
    "rule keeps false discoveries to 5%. The smallest chance that so many shuffles can show is 1 in 5,000, and a "
    "neighbourhood near the edge could fall on its other side with other shuffles. Neighbourhoods across the council's "
    "border are not known here, so those at the edge have fewer neighbours. A score is made by a model from many "
    "sources, so this is a hint of pattern and never proof of a cause."
)
