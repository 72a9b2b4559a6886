"""Illustrative activity of the council broken down, held to what the 2020 assessment publishes.

Published anchors (section 10.3): 187 own agency and 13 Early Help Assessments in quarter 2 of 2019/20, 233 and 17 in
quarter 3; 13 referrals to safeguarding in quarter 2, of which 10 were not accepted; about 40% of support lasting seven
months or more; health visitors and then early years settings refer most to children's centres, secondary schools to
youth services, and primary schools, the allocation panel and families themselves to family support; few cases move to
or from social care. Every other figure is invented, and every row is marked illustrative: the published figures
cover all services together, and how they fall to each is not known. The 2026 edition reuses the same anchors.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.build.sharing import in_proportion
from analysis.sources.tables.activity_detail import CATEGORIES, EARLY_HELP_ASSESSMENT, OWN_AGENCY

SEED = 20200504
ASSESSMENTS = {"Q2": {OWN_AGENCY: 187, EARLY_HELP_ASSESSMENT: 13}, "Q3": {OWN_AGENCY: 233, EARLY_HELP_ASSESSMENT: 17}}
EARLY_HELP_SHARE = (13 + 17) / (200 + 250)
SAFEGUARDING = {"Q2": {"Accepted": 2, "Not accepted": 10, "Pending": 1}}
USUAL_SAFEGUARDING = {"Accepted": 3, "Not accepted": 7, "Pending": 1}
STEP_RATES = {"step_up": 0.012, "step_down": 0.03}
MADE_UP = "Made up to show the tool."
AGES = {
    "children_centres": (0.97, 0.01, 0, 0, 0, 0.02),
    "family_support": (0.15, 0.5, 0.2, 0.11, 0, 0.04),
    "youth": (0, 0, 0.52, 0.38, 0.06, 0.04),
}
REFERRERS = {
    "children_centres": (38, 17, 2, 0, 0, 7, 0, 2, 2, 9, 5, 4, 9, 0, 3, 2),
    "family_support": (5, 3, 26, 6, 3, 3, 2, 2, 2, 8, 19, 3, 15, 0, 2, 1),
    "youth": (0, 0, 3, 43, 3, 4, 5, 5, 1, 7, 9, 4, 7, 6, 2, 1),
}
SENDS = {
    "children_centres": (0.86, 0.07, 0.01, 0.06),
    "family_support": (0.68, 0.2, 0.08, 0.04),
    "youth": (0.55, 0.27, 0.14, 0.04),
}
SEXES = {"children_centres": (0.48, 0.51, 0.01), "family_support": (0.46, 0.53, 0.01), "youth": (0.45, 0.52, 0.03)}
ETHNIC_GROUPS = (0.025, 0.015, 0.05, 0.84, 0.01, 0.06)
LENGTHS = (0.29, 0.3, 0.27, 0.13, 0.01)
OUTCOMES = (0.5, 0.22, 0.08, 0.02, 0.1, 0.05, 0.03)
ROW = ["edition", "quarter", "service_group"]


def detail(activity: pd.DataFrame) -> pd.DataFrame:
    """The rows of ACTIVITY_DETAIL from activity by ward, quarter and service group; always the same from the same."""
    rng = np.random.default_rng(SEED)
    totals = activity.groupby([*ROW, "case_unit"])[["supported", "new", "closed"]].sum().reset_index()
    broken = [_group(row, rng) for _, row in totals.iterrows()]
    council = [_council(rows, rng) for _, rows in totals.groupby(["edition", "quarter"], sort=True)]
    return pd.concat([*broken, *council], ignore_index=True).assign(basis="illustrative", note=MADE_UP)


def _group(row: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """Cases of one service group and quarter by who is reached, who referred, how long and what came of it."""
    group = str(row["service_group"])
    shares = {
        "age_band": (row["supported"], AGES[group]),
        "sex": (row["supported"], SEXES[group]),
        "ethnic_group": (row["supported"], ETHNIC_GROUPS),
        "send": (row["supported"], SENDS[group]),
        "referral_source": (row["new"], REFERRERS[group]),
        "length_of_support": (row["closed"], LENGTHS),
        "closure_outcome": (row["closed"], OUTCOMES),
    }
    counted = [_rows(row, name, in_proportion(int(total), _jittered(by, rng))) for name, (total, by) in shares.items()]
    steps = [_rows(row, name, [rng.poisson(rate * row["supported"])]) for name, rate in STEP_RATES.items()]
    return pd.concat([*counted, *steps], ignore_index=True)


def _jittered(shares: tuple[float, ...], rng: np.random.Generator) -> np.ndarray:
    given = np.array(shares, float)
    return given * rng.lognormal(0, 0.05, len(given))


def _council(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Assessments and referrals to safeguarding: totals of the council, shared between the groups by new cases."""
    quarter, new = str(rows["quarter"].iloc[0])[-2:], rows["new"].to_numpy()
    early = round(EARLY_HELP_SHARE * new.sum())
    assessments = ASSESSMENTS.get(quarter, {OWN_AGENCY: int(new.sum()) - early, EARLY_HELP_ASSESSMENT: early})
    usual = {name: int(rng.poisson(count)) for name, count in USUAL_SAFEGUARDING.items()}
    totals = {"assessment_type": assessments, "safeguarding_outcome": SAFEGUARDING.get(quarter, usual)}
    parts = []
    for dimension, counts in totals.items():
        by_group = np.array([in_proportion(counts[name], new) for name in CATEGORIES[dimension]])
        parts += [_rows(row, dimension, by_group[:, place]) for place, (_, row) in enumerate(rows.iterrows())]
    return pd.concat(parts, ignore_index=True)


def _rows(row: pd.Series, dimension: str, counts: object) -> pd.DataFrame:
    given = {name: row[name] for name in (*ROW, "case_unit")}
    return pd.DataFrame({"category": CATEGORIES[dimension], "count": counts}).assign(**given, dimension=dimension)
