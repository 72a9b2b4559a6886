"""Need, places, met, unmet, how full and fair share: the report grammar of facilities planning, for one caseload."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fair_share import at_weight
from analysis.gap import Gap, gap
from analysis.provision import latest_rows
from analysis.reach import commissioned_sites, demand, travel_minutes
from analysis.refusal import Refusal
from analysis.small_counts import held_back
from analysis.sources.library import Library
from analysis.statistics.bands import quantile_bands
from analysis.travel import MODES

TOO_FAR_MINUTES = 30
FIFTHS = 5
WEIGHTS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class MetNeed:
    """What is met of a need, ward by ward; `result` is the comparison at the weight asked for.

    Columns of `table`, one row a ward: area_code, area_name, verdict, status, children, need, capacity (commissioned
    places for its residents), places_per_100 (places for every 100 in need), fair_places and places_short (above 0:
    fewer than its fair share), met (cases supported), met_per_100, used (cases supported for every 100 places), fair
    (cases at its fair share of all supported or waiting), unmet (short of that; never below 0), waiting, full, far and
    not_referred (the parts of unmet, which add to it), far_share (children beyond 30 minutes by bus of every site),
    extra (cases more at the rate of the best fifth), located (places at sites that stand in the ward). A figure that
    may not be shown is missing, with all it could be worked out from. `unmet` and `extra` of the whole council count
    the wards held back as one area; `places` is missing where a ward has none given. Nothing is held back where
    `result.small_counts` says so.
    """

    result: Gap
    weight: int
    quarter: str
    table: pd.DataFrame
    places: float
    waiting: float
    unmet: float
    extra: float
    best_rate: float
    best_wards: tuple[str, ...]


def met_need(
    library: Library, edition: str, need_id: str, provision_id: str, weight: int, *, small_counts: bool = False
) -> MetNeed:
    """What is met of a need by one caseload. `weight` is the share in per cent that follows need and not population.

    Counts that may not be published are withheld unless `small_counts`, which is for analysts alone. Raises
    Refusal where the two may not be compared, or the provision is no caseload: only a return tells who was helped, who
    waits and how many places there are.
    """
    result = gap(library, edition, need_id, provision_id, small_counts=small_counts)
    if result.provision.kind != "caseload":
        raise Refusal(
            f"{result.provision.title} counts no cases, places or people waiting, so what is met of a need cannot be "
            "told from it. Choose families or young people supported by Early Help as the provision."
        )
    weighed = at_weight(library, result, weight / 100)
    rows = latest_rows(library, result.provision, edition)
    waiting = _waiting(rows, weighed.wards["area_code"], small_counts=small_counts)
    waits = np.nan if waiting is None else float(waiting["waiting"].sum())
    asking = result.total + (0.0 if waiting is None else waits)
    table = _worked_out(_counted(library, weighed, rows, waiting), asking)
    best = _best_fifth(table)
    rate = table.loc[best, "met"].sum() / table.loc[best, "need"].sum() if best.any() else np.nan
    return MetNeed(
        weighed,
        weight,
        str(rows["quarter"].iloc[0]),
        table.assign(extra=(rate * table["need"] - table["met"]).clip(lower=0)),
        float(rows["capacity"].astype(float).sum(skipna=False)),
        waits,
        _over_all(table, table["fair"], result.total),
        _over_all(table, rate * table["need"], result.total),
        100 * rate,
        tuple(table.loc[best, "area_name"]),
    )


def _counted(library: Library, weighed: Gap, rows: pd.DataFrame, waiting: pd.DataFrame | None) -> pd.DataFrame:
    """What is counted or commissioned in each ward, before anything is worked out."""
    wards = weighed.wards
    groups = rows["service_group"].unique()
    sites = commissioned_sites(library, weighed.edition)
    sites = sites[sites["service_group"].isin(groups)]
    code = wards["area_code"]
    return pd.DataFrame(
        {
            "area_code": code,
            "area_name": wards["area_name"],
            "verdict": wards["verdict"],
            "status": wards["status"],
            "children": wards["denominator"],
            "need": wards["need"],
            "share": wards["expected"] / weighed.total,
            "capacity": code.map(rows.groupby("area_code")["capacity"].sum(skipna=False)).astype(float),
            "met": wards["observed"],
            "waiting": np.nan if waiting is None else waiting["shown"],
            "located": code.map(sites.groupby("area_code")["capacity"].sum()).fillna(0).astype(float),
            "far_share": code.map(far_share(library, weighed.edition, sites)),
        }
    )


def _waiting(rows: pd.DataFrame, codes: pd.Series, *, small_counts: bool) -> pd.DataFrame | None:
    """Cases waiting in each ward, and those that may be shown; None where so few wait that their total may not be."""
    counts = codes.map(rows.groupby("area_code")["waiting"].sum()).astype(float)
    hidden = pd.Series(False, index=counts.index) if small_counts else held_back(counts)
    return None if hidden is None else pd.DataFrame({"waiting": counts, "shown": counts.mask(hidden)})


def _worked_out(table: pd.DataFrame, asking: float) -> pd.DataFrame:
    """The parts of the grammar that follow from what is counted; `asking` are all cases supported or waiting."""
    need, capacity = table["need"].where(table["need"] > 0), table["capacity"].where(table["capacity"] > 0)
    fair, fair_places = table["share"] * asking, table["share"] * table["capacity"].sum(skipna=False)
    unmet = (fair - table["met"]).clip(lower=0)
    full = unmet.where(unmet.le(table["waiting"]) | unmet.eq(0), table["waiting"]).mask(unmet.isna())
    far = (unmet - full) * table["far_share"]
    return table.assign(
        places_per_100=100 * table["capacity"] / need,
        fair_places=fair_places,
        places_short=fair_places - table["capacity"],
        met_per_100=100 * table["met"] / need,
        used=100 * table["met"] / capacity,
        fair=fair,
        unmet=unmet,
        full=full,
        far=far,
        not_referred=unmet - full - far,
    ).drop(columns="share")


def _over_all(table: pd.DataFrame, wanted: pd.Series, total: float) -> float:
    """Short of what is wanted over the council: ward by ward, and the wards held back together as one."""
    shown = table["met"].notna()
    together = wanted[~shown].sum() - (total - table.loc[shown, "met"].sum())
    return float((wanted - table["met"])[shown].clip(lower=0).sum() + max(0.0, together))


def _best_fifth(table: pd.DataFrame) -> pd.Series:
    """Wards in the fifth with most cases supported for its need, among those whose count is shown."""
    return pd.Series(quantile_bands(table["met_per_100"], FIFTHS, invert=True) == 1, index=table.index)


def far_share(library: Library, edition: str, sites: pd.DataFrame) -> pd.Series:
    """The share of each ward's children who live more than 30 minutes by bus from every one of the sites.

    Indexed by ward; high is worse. Straight line times 1.3 at 12 km/h, door to door, stands in for the journey.
    """
    points = demand(library, edition)
    nearest = travel_minutes(points, sites, MODES["bus"].km_per_hour).min(axis=1, initial=np.inf)
    far = points["children"].mask(pd.Series(nearest <= TOO_FAR_MINUTES), 0.0).groupby(points["ward"]).sum()
    return far / points.groupby("ward")["children"].sum()
