"""The places of one service as they are commissioned today, by ward and by site."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import EDITIONS
from analysis.gap import BASIS_ORDER, gap
from analysis.provision import PROVISIONS
from analysis.reach import commissioned_sites, demand
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.sources.tables.activity import GROUP_TITLES

UNDER = (Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY)


@dataclass(frozen=True)
class Today:
    """Commissioned places: `wards` by ward of residence, `sites` by where they stand.

    Columns of `wards`, in code order: area_code, area_name, places. Columns of `sites`, which have a basis of their
    own: site_id, name, latitude, longitude, area_code, places. `points` are where children live (`reach.demand`).
    Places are not people: no count of families supported or waiting is held here, so none can be worked out from a
    scenario.
    """

    edition: str
    service: str
    quarter: str
    basis: str
    wards: pd.DataFrame
    sites: pd.DataFrame
    sites_basis: str
    points: pd.DataFrame

    @property
    def total(self) -> int:
        """All places by ward."""
        return int(self.wards["places"].sum())


def services(library: Library, edition: str) -> dict[str, str]:
    """The services of an edition whose places are known, and what to call them."""
    rows = library.table("ACTIVITY")
    groups = rows.loc[rows["edition"] == edition, "service_group"].unique()
    return {str(group): title_of(str(group)) for group in sorted(groups)}


def title_of(service: str) -> str:
    """What a service group is called."""
    return GROUP_TITLES.get(service, service.replace("_", " ").capitalize())


def today(library: Library, edition: str, service: str) -> Today:
    """The places of a service in the latest quarter of its return.

    Raises Refusal when the edition or the service is not known, or the places of a ward are not.
    """
    if edition not in EDITIONS:
        raise Refusal(f"There is no edition {edition!r}. Choose one of: {', '.join(EDITIONS)}.")
    rows = _rows(library, edition, service)
    if rows.empty:
        raise Refusal(f"The return holds no service {service!r} for the {edition} edition.")
    quarter = str(rows["quarter"].max())
    latest = rows[rows["quarter"] == quarter]
    listed = commissioned_sites(library, edition)
    return Today(
        edition,
        service,
        quarter,
        _weakest(latest["basis"]),
        _by_ward(library, edition, latest),
        _sites(listed, service),
        _weakest(listed["basis"]),
        demand(library, edition),
    )


def protected(library: Library, edition: str, need: str, service: str, *, small_counts: bool = False) -> frozenset[str]:
    """Wards under-provided, likely or for certain, by the verdict the Overview shows for families or young people.

    Only verdicts that may be shown count, so who is protected tells nothing that is withheld; with `small_counts`,
    which is for analysts alone, all count. Raises Refusal as `gap`.
    """
    rows = _rows(library, edition, service)
    unit = str(rows["case_unit"].iloc[0])
    lens = next((lens for lens in PROVISIONS.values() if lens.kind == "caseload" and lens.of == unit), None)
    if lens is None:
        raise Refusal(f"No comparison counts cases by {unit}, so no ward can be called under-provided.")
    wards = gap(library, edition, need, lens.id, small_counts=small_counts).wards
    return frozenset(wards.loc[wards["verdict"].isin(UNDER), "area_code"])


def _rows(library: Library, edition: str, service: str) -> pd.DataFrame:
    rows = library.table("ACTIVITY")
    return rows[(rows["edition"] == edition) & (rows["service_group"] == service)]


def _by_ward(library: Library, edition: str, latest: pd.DataFrame) -> pd.DataFrame:
    codes = library.codes(EDITIONS[edition].ward_type)
    places = latest.groupby("area_code")["capacity"].sum(min_count=1).reindex(codes)
    if places.isna().any():
        missing = library.names[str(places.index[places.isna()][0])]
        raise Refusal(
            f"The return does not say how many places are commissioned for {missing}, so nothing can be moved. "
            "Give the capacity of every ward; 0 where there is none."
        )
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_name": [library.names[code] for code in codes],
            "places": places.to_numpy("int64"),
        }
    )


def _weakest(bases: pd.Series) -> str:
    return max(bases.astype(str), key=BASIS_ORDER.index, default=BASIS_ORDER[0])


def _sites(rows: pd.DataFrame, service: str) -> pd.DataFrame:
    own = rows[rows["service_group"] == service].sort_values("site_id", ignore_index=True)
    return own[["site_id", "name", "latitude", "longitude", "area_code"]].assign(places=own["capacity"].astype("int64"))
