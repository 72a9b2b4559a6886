"""Facts of one ward about its children, the places near them and the ground it covers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from analysis import low_income as low
from analysis.deprivation import no_best_fit
from analysis.editions import EDITIONS
from analysis.reach import CATCHMENTS, PLACE_KINDS, Catchment, places_within_reach, sites
from analysis.sources.library import Library
from analysis.ward_facts import Facts, fact, source, under
from analysis.ward_overlaps import SHARES, SLIVER, overlaps
from analysis.ward_together import Together

AGES = ("0-4", "5-11", "12-15", "16-18", "19-25", "0-15", "0-17")
MID_YEAR = {"2020": 2019, "2026": 2020}
SAME_PLACE = 0.7


def children(library: Library, edition: str, ward: str) -> Facts:
    """Children and young people by age band, and their share of residents beside the council's."""
    return residents(library, edition, [ward])


def residents(library: Library, edition: str, wards: Sequence[str]) -> Facts:
    """The same for several wards together.

    One blank fact, with the reason, where no best fit of neighbourhoods to the wards' vintage is published.
    """
    rows = library.table("POPULATION_LSOA11")
    mid = MID_YEAR[edition] if MID_YEAR[edition] in set(rows["mid_year"]) else int(rows["mid_year"].max())
    behind = source(library, ("POPULATION_LSOA11", "LOOKUP_LSOA11"))
    shared = {"period": f"mid-{mid}", "basis": "modelled", "source": behind}
    reason = no_best_fit(library, "lsoa11_code", EDITIONS[edition].ward_column)
    if reason:
        return under("children", "Residents", [fact("All ages", np.nan, "residents", note=reason)], **shared)
    rows = rows[rows["mid_year"] == mid]
    lookup = library.table("LOOKUP_LSOA11").set_index("lsoa11_code")[EDITIONS[edition].ward_column]
    bands = (
        rows.assign(ward=rows["lsoa11_code"].map(lookup))
        .pivot_table(index="ward", columns="age_band", values="population", aggfunc="sum")
        .astype(float)
    )
    here, everywhere = bands.loc[list(wards)].sum(), bands.sum()
    facts = [
        item
        for band in AGES
        if band in bands
        for item in (
            fact(f"Ages {band}", here[band], "residents", council=everywhere[band]),
            fact(
                f"Ages {band}, share of residents",
                100 * here[band] / here.get("all", np.nan),
                "%",
                council=100 * everywhere[band] / everywhere.get("all", np.nan),
                note="" if "all" in here else "not known: residents of all ages are not held",
            ),
        )
    ]
    return under("children", "Residents", facts, **shared)


def located(library: Library, edition: str, ward: str) -> Facts:
    """Places that stand in the ward, by kind, with their names; standing in a ward is not the same as serving it."""
    facts: Facts = []
    for kind, title in PLACE_KINDS.items():
        listed = sites(library, kind, edition)
        inside = listed[listed[EDITIONS[edition].ward_column] == ward].sort_values("name")
        count = fact("Located in the ward", len(inside), "places", council=len(listed), note="; ".join(inside["name"]))
        facts += under(
            "located",
            title,
            [count],
            period=f"list of {listed['list_year'].max()}",
            basis="published",
            source=source(library, ("SITES",)),
        )
    return facts


def within_reach(together: Together, ward: str) -> Facts:
    """Places per 1,000 children within reach and minutes to the nearest, by kind and catchment."""
    return _once(_reached(together, ward, list(CATCHMENTS.values())))


def nearest(together: Together, ward: str) -> Facts:
    """Minutes to the nearest place by kind and speed; `within_reach` without what differs between catchments."""
    of_a_speed = {catchment.km_per_hour: catchment for catchment in CATCHMENTS.values()}
    reached = _reached(together, ward, list(of_a_speed.values()))
    return [item for item in reached if str(item["label"]).startswith("Minutes")]


def _reached(together: Together, ward: str, catchments: Sequence[Catchment]) -> Facts:
    facts: Facts = []
    library, edition = together.library, together.edition
    for kind, title in PLACE_KINDS.items():
        period = f"list of {together.once(('sites', kind), partial(sites, library, kind, edition))['list_year'].max()}"
        for catchment in catchments:
            reached = partial(places_within_reach, library, kind, edition, catchment)
            table = together.once(("reach", kind, catchment.id), reached)
            row, children_all = table.set_index("area_code").loc[ward], table["children"].sum()
            minutes = (table["minutes_to_nearest"] * table["children"]).sum() / children_all
            facts += under(
                "reach",
                title,
                [
                    fact(
                        catchment.title,
                        row["per_1000"],
                        "per 1,000 children",
                        council=1000 * table["places"].sum() / children_all,
                    ),
                    fact(
                        f"Minutes to the nearest at {catchment.km_per_hour:g} km/h",
                        row["minutes_to_nearest"],
                        "minutes",
                        council=minutes,
                    ),
                ],
                period=period,
                basis="modelled",
                source=source(library, ("SITES", "POPULATION_LSOA11", "POPULATION_LSOA21")),
            )
    return facts


def _once(facts: Facts) -> Facts:
    """The same minutes belong to every catchment of one speed; keep them once."""
    return list({(item["group"], item["label"]): item for item in facts}.values())


def low_income(library: Library, ward: str) -> Facts:
    """Children in relative low income in each year published, before and after housing costs, beside the council."""
    facts: Facts = []
    for costs, title in low.HOUSING_COSTS.items():
        rows = low.series(library, costs).astype({"count": float, "percent": float})
        council = rows[rows["area_code"] == library.council.code].set_index("year_ending")
        for row in rows[rows["area_code"] == ward].to_dict("records"):
            told = {
                "note": "" if row["status"] == "ok" else str(row["status"]).replace("_", " "),
                "period": f"year to March {row['year_ending']} (provisional)",
            }
            facts += under(
                "low_income",
                title,
                [
                    fact(
                        f"Per cent in {row['year_ending']}",
                        row["percent"],
                        "%",
                        lower=row["percent_lower"],
                        upper=row["percent_upper"],
                        council=council.loc[row["year_ending"], "percent"],
                        **told,
                    ),
                    fact(
                        f"Children in {row['year_ending']}",
                        row["count"],
                        "children",
                        council=council.loc[row["year_ending"], "count"],
                        **told,
                    ),
                ],
                basis="published",
                source=source(library, ("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA")),
            )
    return facts


def same_ground(library: Library, edition: str, ward: str) -> Facts:
    """Which wards of the other vintage cover the same ground, by postcodes and land; slivers under 1% left out."""
    facts: Facts = []
    found = overlaps(library, edition, ward)
    for row in found[found[SHARES].max(axis=1) >= SLIVER].to_dict("records"):
        told = {"note": "same name" if row["same_name"] else ""}
        facts += under(
            "same_ground",
            f"{row['other_name']} ({row['other_code']})",
            [
                fact("Holds of this ward's postcodes", 100 * row["postcodes_here"], "%", **told),
                fact("Holds of this ward's land", 100 * row["land_here"], "%", **told),
                fact("Of its own postcodes, in this ward", 100 * row["postcodes_there"], "%", **told),
                fact("Of its own land, in this ward", 100 * row["land_there"], "%", **told),
            ],
            period="2013 and 2025 boundaries, 2014 to 2017 postcodes",
            basis="modelled",
            source=source(library, ("LOOKUP_WARD11_WARD19",)),
        )
    return facts


def same_name_elsewhere(library: Library, edition: str, ward: str) -> float | None:
    """Overlap (0 to 1) with the ward of the same name in the other vintage; None when no ward bears the name.

    None too where no overlap of the two vintages is held; 0.0 when the name is borne by a ward that shares no ground.
    Below SAME_PLACE the name means another place.
    """
    other = "ward19" if edition == "2020" else "ward11"
    if not library.holds("LOOKUP_WARD11_WARD19"):
        return None
    if library.names[ward] not in {library.names[code] for code in library.codes(other)}:
        return None
    found = overlaps(library, edition, ward)
    same = found.loc[found["same_name"], "overlap"]
    return float(same.iloc[0]) if len(same) else 0.0
