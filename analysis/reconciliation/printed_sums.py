"""Figures that documents print beside their parts: costs, savings, plans, referrals, and a year from two months."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.costs import AGREES as ADDS_UP
from analysis.costs import ROUNDED as ROUGHLY
from analysis.costs import sums
from analysis.reconciliation.observed import Held
from analysis.reconciliation.verdicts import AGREES, DISAGREES, ROUNDED, judged

KIND, RATE, YEAR = "figure beside its parts", "rate beside its count", "year from two months"
ASSESSMENT, SAFEGUARDING = "ASSESSMENT_OBSERVATIONS", "WILTSHIRE_SAFEGUARDING"
COUNCIL_SERIES = ("year before", "provisional year", "estimate for the year")
FLOWS = ("contacts", "referrals", "protection_plans", "started_looked_after", "ceased_looked_after")
MONTHS = 6
PER = 10_000


def checks(held: Held) -> pd.DataFrame:
    """Costs and savings, ratios of the assessment, and the safeguarding table of Wiltshire."""
    parts = [_costs(held), _ratios(held), _safeguarding_rates(held), _safeguarding_years(held)]
    return pd.concat(parts, ignore_index=True)


def _costs(held: Held) -> pd.DataFrame:
    """The sums of `analysis.costs`, whose verdict they keep: a hedged figure may be 5% away."""
    table = sums(held.table("WILTSHIRE_SPENDING"), held.table("HALTON_COST_BENEFIT"))
    named = table.assign(
        what=table["statement"] + ": " + table["how"], row=table["statement"], printed=table["printed"].astype(float)
    )
    ours = np.clip(table["printed"], table["lower"], table["upper"])
    halton = table["locator"].str.startswith("Halton")
    verdict = table["verdict"].map({ADDS_UP: AGREES, ROUGHLY: ROUNDED}).fillna(DISAGREES)
    made = judged(KIND, "HALTON_COST_BENEFIT", named, ours, half=0.0)
    made["source"] = np.where(halton, "HALTON_COST_BENEFIT", "WILTSHIRE_SPENDING")
    return made.assign(verdict=verdict.to_numpy(), tolerance=np.where(verdict.eq(ROUNDED), 0.05 * ours, 0.0))


def _ratios(held: Held) -> pd.DataFrame:
    rows = held.observations("ASSESSMENT")
    value = rows.drop_duplicates("indicator_id").set_index("indicator_id")["value"]
    through = value["na2020_ehap_through_duty"] + value["na2020_ehap_through_connecting_families"]
    ours = {
        "na2020_ehcp_rate": (1000 * value["na2020_ehcp"] / value["na2020_children_0_19"], 0.5),
        "na2020_ehap_through_duty_percent": (100 * value["na2020_ehap_through_duty"] / through, 0.05),
        "na2020_ehap_through_connecting_families_percent": (
            100 * value["na2020_ehap_through_connecting_families"] / through,
            0.05,
        ),
    }
    named = rows[rows["indicator_id"].isin(ours)]
    worked = [ours[name] for name in named["indicator_id"]]
    return judged(KIND, ASSESSMENT, named, [pair[0] for pair in worked], half=[pair[1] for pair in worked])


def _safeguarding_rates(held: Held) -> pd.DataFrame:
    """Rates of one year rest on one number of children, which is not printed: each against what most rates allow.

    A rate and its count allow a range of that number. The recomputed rate is the count over the number nearest to its
    own range that the most rates of the year allow.
    """
    table = held.table(SAFEGUARDING)
    kept = table[table["series"].isin(COUNCIL_SERIES) & table["value"].notna()]
    kept = kept.assign(of=kept["safeguarding_id"].str.removesuffix("_rate"))
    rates = kept[kept["safeguarding_id"].str.endswith("_rate")]
    both = rates.merge(kept[~kept["safeguarding_id"].str.endswith("_rate")], on=["of", "series"], suffixes=("", "_n"))
    both = both.assign(
        least=PER * both["value_n"] / (both["value"] + 0.5), most=PER * both["value_n"] / (both["value"] - 0.5)
    )
    agreed = {str(series): _most_allowed(year) for series, year in both.groupby("series")}
    low, high = (both["series"].map(lambda series, end=end: agreed[series][end]) for end in (0, 1))
    children = (PER * both["value_n"] / both["value"]).clip(low, high)
    named = both.assign(
        what=both["statement"] + ", " + both["period"] + ": over the children that the other rates of the year allow",
        row=both["safeguarding_id"] + " " + both["series"],
        printed=both["value"],
    )
    return judged(RATE, SAFEGUARDING, named, PER * both["value_n"] / children, half=0.5)


def _most_allowed(year: pd.DataFrame) -> tuple[float, float]:
    """The range of numbers that the most of the ranges least to most hold."""
    ends = np.sort(np.concatenate([year["least"], year["most"]]))
    middles = (ends[1:] + ends[:-1]) / 2
    held = [int((year["least"].le(middle) & year["most"].ge(middle)).sum()) for middle in middles]
    best = int(np.argmax(held))
    return float(ends[best]), float(ends[best + 1])


def _safeguarding_years(held: Held) -> pd.DataFrame:
    """The estimate for 2013/14 is six times its first two months, where it counts what happened in them."""
    table = held.table(SAFEGUARDING)
    kept = table[table["safeguarding_id"].isin(FLOWS)]
    months = kept[kept["series"].eq("April and May")].set_index("safeguarding_id")["value"]
    year = kept[kept["series"].eq("estimate for the year")]
    named = year.assign(
        what=year["statement"] + ", " + year["period"] + ": six times April and May",
        row=year["safeguarding_id"] + " " + year["series"],
        printed=year["value"],
    )
    return judged(YEAR, SAFEGUARDING, named, MONTHS * months.reindex(year["safeguarding_id"]), half=0.0)
