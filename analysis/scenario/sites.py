"""What sites can reach: who has a place near enough, and which sites are nearest to most need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reach import travel_minutes
from analysis.refusal import Refusal
from analysis.scenario.outcome import Outcome
from analysis.statistics.intervals import Floats
from analysis.statistics.location import Sites, cover_most, least_travel
from analysis.statistics.transport import transport
from analysis.travel import MODES

MINUTES = 30


@dataclass(frozen=True)
class Reached:
    """Places needed, set against the places of sites within 30 minutes.

    Columns of `wards`, in code order: area_code, area_name, needed, served, too_far (no site near enough) and full
    (sites near enough have no place left), which add to `needed`. Columns of `sites`: site_id, name, places, used.
    `minutes` is the mean of those served; not a number when nobody is.
    """

    way: str
    wards: pd.DataFrame
    sites: pd.DataFrame
    minutes: float

    @property
    def share(self) -> float:
        """The share of need, 0 to 1, that a site can serve; less is worse."""
        return float(self.wards["served"].sum() / self.wards["needed"].sum())


@dataclass(frozen=True)
class Choice:
    """Sites chosen among the candidates: `covering` puts most need within 30 minutes, `nearest` makes travel least.

    `minutes` is the mean travel of need to the nearest of `nearest`; `covered` and `covered_now` are shares of need.
    """

    covering: tuple[str, ...]
    covered: float
    covered_now: float
    nearest: tuple[str, ...]
    minutes: float
    minutes_now: float


def reached(result: Outcome, sites: pd.DataFrame, way: str) -> Reached:
    """Need of an outcome sent to the places of `sites` (columns of `Today.sites`): the most people, then least travel.

    Need of a ward is spread over its neighbourhoods by children aged 0-15; minutes are a straight line times 1.3.
    Raises Refusal when there is no site with a place. Source: methods A9.3.
    """
    open_sites = sites[sites["places"] > 0].reset_index(drop=True)
    if open_sites.empty:
        raise Refusal("No site of this service has a place, so nobody can be reached from one.")
    points, demand = _demand(result)
    minutes = travel_minutes(points, open_sites, MODES[way].km_per_hour)
    sent = transport(demand, open_sites["places"].to_numpy(float), minutes, MINUTES)
    far = ~(minutes <= MINUTES).any(axis=1)
    by_point = pd.DataFrame(
        {
            "area_code": points["ward"],
            "needed": demand,
            "served": demand - sent.unmet,
            "too_far": np.where(far, sent.unmet, 0.0),
            "full": np.where(far, 0.0, sent.unmet),
        }
    )
    wards = by_point.groupby("area_code")[["needed", "served", "too_far", "full"]].sum()
    named = result.today.wards[["area_code", "area_name"]].merge(wards.reset_index(), on="area_code")
    used = open_sites[["site_id", "name", "places"]].assign(used=sent.flows.sum(axis=0))
    mean = sent.total_minutes / sent.served if sent.served else float("nan")
    return Reached(way, named, used, mean)


def chosen_sites(result: Outcome, candidates: pd.DataFrame, number: int, way: str) -> Choice:
    """The `number` best of the candidate sites (columns site_id, latitude, longitude), beside the sites of the outcome.

    Raises ValueError when there are fewer candidates than that. Source: MCLP and p-median, methods A9.4.
    """
    points, demand = _demand(result)
    minutes = travel_minutes(points, candidates, MODES[way].km_per_hour)
    covering = cover_most(demand, minutes, MINUTES, number)
    nearest = least_travel(demand, minutes, number)
    here = result.changed.sites[result.changed.sites["places"] > 0]
    now = travel_minutes(points, here, MODES[way].km_per_hour)
    return Choice(
        _named(covering, candidates),
        float(covering.share or 0.0),
        _within(demand, now),
        _named(nearest, candidates),
        float(nearest.value or 0.0) / float(demand.sum()),
        _mean(demand, now),
    )


def _within(demand: Floats, minutes: Floats) -> float:
    return float(demand[(minutes <= MINUTES).any(axis=1)].sum() / demand.sum()) if minutes.size else 0.0


def _mean(demand: Floats, minutes: Floats) -> float:
    return float((demand * minutes.min(axis=1)).sum() / demand.sum()) if minutes.size else float("nan")


def _named(found: Sites, candidates: pd.DataFrame) -> tuple[str, ...]:
    return tuple(map(str, candidates["site_id"].iloc[found.chosen]))


def _demand(result: Outcome) -> tuple[pd.DataFrame, Floats]:
    needed = result.table.set_index("area_code")["needed"].dropna()
    points = result.today.points[result.today.points["ward"].isin(needed.index)].reset_index(drop=True)
    inside = points.groupby("ward")["children"].transform("sum")
    share = points["children"].div(inside.where(inside > 0)).fillna(0.0)
    return points, (points["ward"].map(needed) * share).to_numpy(float)
