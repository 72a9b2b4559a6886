"""Illustrative Early Help activity and sites: made up by a seeded script, held to the totals that are published.

Published anchors (2020 assessment, section 10.3-10.4): 200 and 250 assessments in quarters 2 and 3 of
2019/20, about 40% of support lasting seven months or more, family support over capacity at the end of
two of three quarters while children's centres and youth services stay below it; the year's new cases
leave room for the 372 applications to the allocation panel. Everything else, and every figure by ward,
is invented and says so in its `basis`. The 2026 edition reuses the same anchors. Places are spread more evenly than
need (as its power 0.8), so that there is something to even out. The counts of a ward and service
group are shared out between services in `illustrative_services`, and broken down for the council in
`illustrative_detail`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.build.illustrative_detail import detail
from analysis.build.illustrative_services import shared
from analysis.build.sharing import in_proportion
from analysis.sources.tables.activity import ACTIVITY, CASE_UNITS, COMMISSIONED_SITES, SERVICE_GROUPS
from analysis.sources.tables.activity_detail import ACTIVITY_DETAIL
from analysis.sources.write import write_table

SEED = 20200501
ANCHORED_NEW = {"Q2": 200, "Q3": 250}
UNPUBLISHED_QUARTER_MEAN = 225
GROUP_SHARES = {"children_centres": 0.41, "family_support": 0.27, "youth": 0.32}
SITES = {"children_centres": 6, "family_support": 4, "youth": 5}
SITE_NAMES = {"children_centres": "family hub", "family_support": "family support base", "youth": "youth base"}
WAITING_RATE = {"children_centres": 0.04, "family_support": 0.12, "youth": 0.08}
_YEARS = {"2020": "2019-20", "2026": "2025-26"}
_WARD_COLUMNS = {"2020": "wd11cd", "2026": "wd19cd"}
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_REACH = (0.4, 1.0, 1.9)
_REACH_SHARES = (0.2, 0.6, 0.2)


@dataclass(frozen=True)
class Stay:
    """A kind of support: its share of new cases and the chance that a case closes within a quarter."""

    share: float
    closing: float


# 0.51 x (1 - 0.125)^(7/3) + 0.49 x (1 - 0.7)^(7/3) = 0.40 of cases last seven months or more.
STAYS = (Stay(0.51, 0.125), Stay(0.49, 0.7))


def build(raw: Path, root: Path) -> None:
    """Write the activity, its detail and the sites to data/illustrative; the same seed gives the same bytes."""
    need = needs(raw, root)
    folder = root / "data" / "illustrative"
    activity = pd.concat([_edition_activity(edition, need[edition], SEED + int(edition)) for edition in need])
    write_table(shared(activity), ACTIVITY, folder / "activity.csv")
    write_table(detail(activity), ACTIVITY_DETAIL, folder / "activity_detail.csv")
    postcodes = pd.read_csv(raw / "data" / "sites" / "postcodes.csv")
    write_table(sites(postcodes, activity, need["2020"]), COMMISSIONED_SITES, folder / "commissioned_sites.csv")


def needs(raw: Path, root: Path) -> dict[str, pd.Series]:
    """Children in low-income families by ward code, for each edition: the weights activity is spread by."""
    printed = pd.read_csv(root / "data" / "published" / "idaci2015_ward11_printed.csv")
    wards = printed[printed["area_code"].str.startswith("E05")].set_index("area_code")["count"]
    low_income = pd.read_csv(raw / "data" / "poverty" / "cilif_ward2019.csv").query(
        "fye == 2025 and measure == 'relative' and housing_costs == 'BHC'"
    )
    return {"2020": wards.sort_index(), "2026": low_income.set_index("ward_code")["children"].sort_index()}


def sites(postcodes: pd.DataFrame, activity: pd.DataFrame, need: pd.Series) -> pd.DataFrame:
    """Made-up sites at real postcode centroids: the same places in both editions, with each edition's ward.

    `need` is children in income-deprived families by 2011 ward. Places of a service group share its
    capacity as evenly as whole numbers allow.
    """
    rng = np.random.default_rng(SEED)
    places = pd.concat([_places(group, postcodes, need, rng) for group in SERVICE_GROUPS])
    capacity = activity.query("quarter.str.endswith('Q4')").groupby(["edition", "service_group"])["capacity"].sum()
    return pd.concat([_edition_sites(edition, places, capacity[edition]) for edition in _YEARS])


def _edition_activity(edition: str, need: pd.Series, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    new = _new_cases(rng)
    reach = rng.permutation(np.repeat(_REACH, in_proportion(len(need), np.array(_REACH_SHARES))))
    groups = [_group_activity(group, new[group], need, reach, rng) for group in SERVICE_GROUPS]
    activity = pd.concat(groups, ignore_index=True)
    quarter = _YEARS[edition] + " " + activity["quarter"]
    return activity.assign(edition=edition, quarter=quarter, basis="illustrative")


def _new_cases(rng: np.random.Generator) -> pd.DataFrame:
    """New cases by quarter and service group; the published quarters keep their totals exactly."""
    totals = [ANCHORED_NEW.get(quarter) or int(rng.poisson(UNPUBLISHED_QUARTER_MEAN)) for quarter in _QUARTERS]
    drawn = [rng.multinomial(total, list(GROUP_SHARES.values())) for total in totals]
    return pd.DataFrame(drawn, index=list(_QUARTERS), columns=list(GROUP_SHARES))


def _group_activity(
    group: str, new: pd.Series, need: pd.Series, reach: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    weights = need.to_numpy() * reach * rng.lognormal(0, 0.1, len(need))
    shares = weights / weights.sum()
    quarters = _flow(new, shares, rng)
    flow = pd.concat({quarter: pd.DataFrame(cases, index=need.index) for quarter, cases in quarters.items()})
    flow = flow.rename_axis(["quarter", "area_code"]).reset_index()
    return flow.assign(
        service_group=group,
        case_unit=CASE_UNITS[group],
        waiting=rng.poisson(WAITING_RATE[group] * flow["supported"]),
        capacity=np.tile(in_proportion(_capacity(group, flow), need.to_numpy() ** 0.8), len(_QUARTERS)),
    )


def _flow(new: pd.Series, shares: np.ndarray, rng: np.random.Generator) -> dict[str, dict[str, np.ndarray]]:
    """Supported, new and closed cases by ward, quarter by quarter, from a caseload already in balance."""
    balance = [new.mean() * stay.share * (1 - stay.closing) / stay.closing for stay in STAYS]
    open_cases = [rng.multinomial(round(cases), shares) for cases in balance]
    quarters = {}
    for quarter, total in new.items():
        arrivals = _split_by_stay(rng.multinomial(total, shares), rng)
        supported = [cases + came for cases, came in zip(open_cases, arrivals, strict=True)]
        closed = [rng.binomial(cases, stay.closing) for cases, stay in zip(supported, STAYS, strict=True)]
        open_cases = [cases - left for cases, left in zip(supported, closed, strict=True)]
        quarters[str(quarter)] = {"supported": sum(supported), "new": sum(arrivals), "closed": sum(closed)}
    return quarters


def _split_by_stay(cases: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    long = rng.binomial(cases, STAYS[0].share)
    return [long, cases - long]


def _capacity(group: str, flow: pd.DataFrame) -> int:
    """Places for the whole council, set against the caseload at quarter ends as the assessment describes it."""
    totals = flow.groupby("quarter")[["supported", "closed"]].sum()
    at_end = totals["supported"] - totals["closed"]
    if group == "family_support":
        least, middle, _ = sorted(at_end.loc["Q1":"Q3"])
        return int((least + middle) // 2)
    return int((at_end.max() + totals["supported"].min()) // 2)


def _places(group: str, postcodes: pd.DataFrame, need: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    wards = rng.choice(need.index, SITES[group], replace=False, p=need / need.sum())
    chosen = pd.DataFrame([_postcode_in(ward, postcodes, rng) for ward in wards])
    letters = [chr(ord("A") + place) for place in range(SITES[group])]
    return chosen.assign(
        service_group=group,
        site_id=[f"illustrative_{group}_{letter.lower()}" for letter in letters],
        name=[f"Illustrative {SITE_NAMES[group]} {letter}" for letter in letters],
    )


def _postcode_in(ward: str, postcodes: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    inside = postcodes[postcodes["wd11cd"].eq(ward)].sort_values("postcode")
    return inside.iloc[int(rng.integers(len(inside)))]


def _edition_sites(edition: str, places: pd.DataFrame, capacity: pd.Series) -> pd.DataFrame:
    shared = [in_proportion(int(capacity[group]), np.ones(SITES[group])) for group in SERVICE_GROUPS]
    return places.assign(
        edition=edition,
        area_code=places[_WARD_COLUMNS[edition]],
        capacity=np.concatenate(shared),
        basis="illustrative",
    )
