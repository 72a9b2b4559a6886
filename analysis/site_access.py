"""Access to sites: places within reach for each child or child in need, and minutes to the nearest site, by ward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from analysis.added_sites import AddedSite
from analysis.gap import BASIS_ORDER
from analysis.need import NEEDS, need_table
from analysis.reach import demand
from analysis.refusal import Refusal
from analysis.sites import Sought, sites_of
from analysis.sources.library import Library
from analysis.statistics.access import Decay, Trips, gaussian, stepped, two_step, unreached
from analysis.statistics.intervals import Floats
from analysis.travel import Mode, journeys

ALL_CHILDREN = "children"
LIMIT_MINUTES = 30
NEAR_MINUTES = 15
LOWEST = 5
SAME = 1e-9
Differences = TypeVar("Differences", pd.Series, pd.DataFrame)


@dataclass(frozen=True)
class Setting:
    """One way to say how much a journey counts. `decay` gives the weight of a journey by its minutes."""

    id: str
    title: str
    decay: Decay


SETTINGS = {
    setting.id: setting
    for setting in (
        Setting("slow", "30 minutes, nearer counts more", stepped((10, 20, 30), (1, 0.68, 0.22))),
        Setting("fast", "30 minutes, nearer counts much more", stepped((10, 20, 30), (1, 0.42, 0.03))),
        Setting("within20", "20 minutes, all alike", stepped((20,), (1,))),
        Setting("gaussian", "30 minutes, falling like a bell", gaussian(LIMIT_MINUTES)),
    )
}
USUAL = "slow"


@dataclass(frozen=True)
class Access:
    """Access to one service or kind of place by one mode.

    `wards`, one row a ward: area_code, children (aged 0-15), demand, places (demand times access: the ward's part of
    all places anybody can reach), rate (places for each `sought.per` of demand; fewer is worse; 0 where nothing is
    within reach, missing where there is no demand), rate_lowest and rate_highest over all settings, minutes (median
    over children to the nearest site; more is worse), within_15 and within_30 (per cent of children with a site that
    near), beyond_30 (children with none), located (places that stand in the ward). `settings` holds the rate under
    each setting. `sites` has a column reached: False where nobody is near enough. `from_table` is the share of
    journeys that a travel-time table gave.
    """

    sought: Sought
    edition: str
    mode: Mode
    demand_id: str
    wards: pd.DataFrame
    settings: pd.DataFrame
    sites: pd.DataFrame
    from_table: float
    basis: str


def access(
    library: Library,
    sought: Sought,
    edition: str,
    mode: Mode,
    demand_id: str = ALL_CHILDREN,
    added: Sequence[AddedSite] = (),
    times: pd.DataFrame | None = None,
) -> Access:
    """Access by ward (E2SFCA with slow decay, Luo and Qi 2009), and how far it hangs on the setting.

    `demand_id` is a need of the edition, or ALL_CHILDREN. Raises Refusal when there is no site or the need of a ward
    is not known.
    """
    points, sites = demand_points(library, edition, demand_id), sites_of(library, sought, edition, added)
    return access_over(points, sites, sought, edition, mode, demand_id, times)


def access_over(
    points: pd.DataFrame,
    sites: pd.DataFrame,
    sought: Sought,
    edition: str,
    mode: Mode,
    demand_id: str = ALL_CHILDREN,
    times: pd.DataFrame | None = None,
) -> Access:
    """`access` over demand as `demand_points` and sites as `sites_of` give them."""
    found = journeys(points, sites, mode, times)
    trips = Trips.from_matrix(found.minutes)
    scores = {
        name: two_step(points["demand"], sites["capacity"], trips, setting.decay) for name, setting in SETTINGS.items()
    }
    settings = pd.DataFrame({name: _rate(points, score, sought.per) for name, score in scores.items()})
    located = sites.groupby("ward")["capacity"].sum()
    wards = _by_ward(points, scores[USUAL], found.minutes.min(axis=1)).assign(
        rate=settings[USUAL],
        rate_lowest=settings.min(axis=1),
        rate_highest=settings.max(axis=1),
        located=located.reindex(settings.index, fill_value=0.0),
    )
    return Access(
        sought,
        edition,
        mode,
        demand_id,
        wards.rename_axis("area_code").reset_index(),
        settings.rename_axis("area_code").reset_index(),
        sites.assign(reached=~unreached(points["demand"], trips, SETTINGS[USUAL].decay)),
        found.share_from_table,
        _basis(sites, demand_id),
    )


def demand_points(library: Library, edition: str, demand_id: str) -> pd.DataFrame:
    """Where demand is: area_code (neighbourhood), ward, latitude, longitude, children, demand.

    The need of a ward is spread over its neighbourhoods as its children aged 0-15 are. Raises Refusal when the need
    is of another edition, or not known for a ward.
    """
    points = demand(library, edition)
    if demand_id == ALL_CHILDREN:
        return points.assign(demand=points["children"])
    lens = NEEDS.get(demand_id)
    if lens is None or lens.edition != edition or lens.table is None:
        raise Refusal(f"The need {demand_id!r} is not one of the {edition} edition. Choose all children instead.")
    need = need_table(library, lens).set_index("area_code")["need"]
    if need.isna().any():
        blank = ", ".join(library.names[code] for code in need.index[need.isna()])
        raise Refusal(
            f"The number of {lens.short} is not known for {blank}, so the places cannot be shared out by it. "
            "Choose all children, or another need."
        )
    in_ward = points.groupby("ward")["children"].transform("sum")
    share = (points["children"] / in_ward).where(in_ward > 0, 0.0)
    return points.assign(demand=share * points["ward"].map(need))


def changed(before: Access, after: Access) -> pd.DataFrame:
    """What added sites change: area_code, before, after, gained, gained_lowest, gained_highest, places_gained.

    All but the last are rates, the lowest and highest over all settings. A site takes nothing from a ward, so no row
    falls; places_gained sums to the capacity of the added sites that somebody can reach.
    """
    names = list(SETTINGS)
    under = _tidy(after.settings[names] - before.settings[names])
    rows = before.wards[["area_code", "rate", "places"]].merge(
        after.wards[["area_code", "rate", "places"]], on="area_code", suffixes=("_before", "_after")
    )
    return pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "before": rows["rate_before"],
            "after": rows["rate_after"],
            "gained": _tidy(rows["rate_after"] - rows["rate_before"]),
            "gained_lowest": under.min(axis=1),
            "gained_highest": under.max(axis=1),
            "places_gained": _tidy(rows["places_after"] - rows["places_before"]),
        }
    )


def deserts(found: Access) -> list[str]:
    """Codes of the wards from which nothing at all is within reach."""
    return list(found.wards.loc[found.wards["rate"] == 0, "area_code"])


def always_lowest(found: Access, count: int = LOWEST) -> list[str]:
    """Codes of the wards among the `count` with least within reach under every setting, ties counted in."""
    ranks = found.settings.set_index("area_code").rank(method="min")
    return sorted(ranks.index[(ranks <= count).all(axis=1)])


def capacity_reached(found: Access) -> float:
    """Places that somebody can reach, which is what all wards' places sum to."""
    return float(found.sites.loc[found.sites["reached"], "capacity"].sum())


def _rate(points: pd.DataFrame, score: Floats, per: int) -> pd.Series:
    sums = points.assign(places=points["demand"] * score).groupby("ward")[["places", "demand"]].sum()
    return (per * sums["places"] / sums["demand"]).where(sums["demand"] > 0)


def _by_ward(points: pd.DataFrame, score: Floats, nearest: Floats) -> pd.DataFrame:
    rows = points.assign(
        places=points["demand"] * score,
        nearest=nearest,
        near=points["children"].where(nearest <= NEAR_MINUTES, 0.0),
        reach=points["children"].where(nearest <= LIMIT_MINUTES, 0.0),
    )
    sums = rows.groupby("ward")[["children", "demand", "places", "near", "reach"]].sum()
    some = sums["children"] > 0
    return pd.DataFrame(
        {
            "children": sums["children"],
            "demand": sums["demand"],
            "places": sums["places"],
            "minutes": _medians(rows),
            "within_15": (100 * sums["near"] / sums["children"]).where(some),
            "within_30": (100 * sums["reach"] / sums["children"]).where(some),
            "beyond_30": sums["children"] - sums["reach"],
        }
    )


def _medians(rows: pd.DataFrame) -> pd.Series:
    """Minutes within which half of a ward's children have their nearest site; missing where no children live."""
    ordered = rows.sort_values(["ward", "nearest"])
    so_far = ordered.groupby("ward")["children"].cumsum()
    half = ordered["ward"].map(ordered.groupby("ward")["children"].sum()) / 2
    reached = ordered[(so_far >= half * (1 - SAME)) & (half > 0)]
    return reached.groupby("ward")["nearest"].first().reindex(sorted(rows["ward"].unique()))


def _tidy(differences: Differences) -> Differences:
    return differences.where(differences.abs() > SAME, 0.0)


def _basis(sites: pd.DataFrame, demand_id: str) -> str:
    known = sites.loc[~sites["added"], "basis"]
    need = "modelled" if demand_id == ALL_CHILDREN else NEEDS[demand_id].basis
    return max([*known.unique(), need, "modelled"], key=BASIS_ORDER.index)
