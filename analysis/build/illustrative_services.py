"""Illustrative activity of service groups shared out between the services and life stages named in the assessment.

Services, providers and life stages are those of Appendix 3 and section 10.3 of the 2020 assessment; how many cases each
has is invented. The counts of a ward, quarter and service group stay exactly as they were before they were shared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.build.sharing import in_proportion

SEED = 20200503
PLACE = ["edition", "service_group", "area_code"]
NAMED = ["service", "provider", "life_stage"]
TYPICAL_WEEKS = {"children_centres": 3.0, "family_support": 9.0, "youth": 6.0}


@dataclass(frozen=True)
class Part:
    """A service at one life stage, with its invented share of the cases of its group."""

    service: str
    provider: str
    life_stage: str
    share: float


PARTS = {
    "children_centres": (
        Part("Children's Centre Services", "Action for Children", "pre_birth_to_4", 0.45),
        Part("Children's Centre Services (Bright Start)", "Bright Start", "pre_birth_to_4", 0.55),
    ),
    "family_support": (
        Part("Connecting Families", "", "age_5_to_11", 0.2),
        Part("Connecting Families", "", "age_11_to_19", 0.2),
        Part("Family Support and Play Service", "Southside and Bath Area Play Project (BAPP)", "pre_birth_to_4", 0.15),
        Part("Family Support and Play Service", "Southside and Bath Area Play Project (BAPP)", "age_5_to_11", 0.45),
    ),
    "youth": (
        Part("Compass", "", "age_11_to_19", 0.25),
        Part("Mentoring Service", "Mentoring Plus", "age_11_to_19", 0.25),
        Part("Targeted Youth Support", "Youth Connect SW", "age_11_to_19", 0.5),
    ),
}


def shared(activity: pd.DataFrame) -> pd.DataFrame:
    """One row a service and life stage from one row a ward, quarter and service group.

    Every count of the row given is the sum of the rows made from it, and each quarter's cases are carried into the
    next. The same rows give the same answer.
    """
    rng = np.random.default_rng(SEED)
    ordered = activity.sort_values([*PLACE, "quarter"], kind="stable", ignore_index=True)
    rows = [_ward(quarters, rng) for _, quarters in ordered.groupby(PLACE, sort=True)]
    return pd.concat(rows, ignore_index=True)


def _ward(quarters: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    parts = PARTS[str(quarters["service_group"].iloc[0])]
    shares = np.array([part.share for part in parts])
    named = pd.DataFrame([(part.service, part.provider, part.life_stage) for part in parts], columns=NAMED)
    first = quarters.iloc[0]
    open_cases = rng.multinomial(int(first["supported"] - first["new"]), shares)
    rows = []
    for _, quarter in quarters.iterrows():
        new = rng.multinomial(int(quarter["new"]), shares)
        supported = open_cases + new
        closed = rng.multivariate_hypergeometric(supported, int(quarter["closed"]))
        open_cases = supported - closed
        counts = {"supported": supported, "open_at_end": open_cases, "new": new, "closed": closed}
        given = {name: quarter[name] for name in (*PLACE, "quarter", "case_unit", "basis")}
        rows.append(named.assign(**given, **counts, **_queue(quarter, shares, rng)))
    return pd.concat(rows, ignore_index=True)


def _queue(quarter: pd.Series, shares: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray | str]:
    """Who waits, how long, and the places there are: places follow the shares and do not change in a year."""
    waiting = rng.multinomial(int(quarter["waiting"]), shares)
    weeks = np.round(rng.gamma(4, TYPICAL_WEEKS[str(quarter["service_group"])] / 4, len(shares)) * 2) / 2
    return {
        "waiting": waiting,
        "weeks_waited": np.where(waiting > 0, weeks, np.nan),
        "weeks_status": np.where(waiting > 0, "ok", "not_applicable"),
        "capacity": in_proportion(int(quarter["capacity"]), shares),
        "capacity_status": "ok",
    }
