"""Facts of one ward about its neighbourhoods, its children, the places near them and the ground it covers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import low_income as low
from analysis.deprivation import council_score, no_best_fit, placed
from analysis.deprivation_change import unchanged
from analysis.editions import EDITIONS
from analysis.reach import CATCHMENTS, PLACE_KINDS, places_within_reach, sites
from analysis.sources.library import Library
from analysis.ward_facts import Facts, fact, source, under

YEARS = {"2020": (2015, 2019), "2026": (2019, 2025)}
INDICES = {"imd": "IMD", "idaci": "IDACI"}
POCKET = "in England's most deprived fifth"
AGES = ("0-4", "5-11", "12-15", "16-18", "19-25", "0-15", "0-17")
MID_YEAR = {"2020": 2019, "2026": 2020}
SAME_PLACE = 0.7
SLIVER = 0.01
SHARES = ["postcodes_here", "land_here", "postcodes_there", "land_there"]


def deprivation(library: Library, edition: str, ward: str) -> Facts:
    """National tenth and score on IMD and IDACI of each neighbourhood of the ward, newest indices of the edition last.

    Years before the newest are given only for neighbourhoods whose boundary is the same.
    """
    earlier, later = YEARS[edition]
    same = unchanged(library, later)
    facts: Facts = []
    for index in INDICES:
        now = placed(library, later, index, EDITIONS[edition].ward_column)
        inside = now[now["ward_code"] == ward].sort_values(["decile", "name", "area_code"])
        before = placed(library, earlier, index, EDITIONS[edition].ward_column).set_index("area_code")
        for _, row in inside.iterrows():
            known = [(later, row)] + ([(earlier, before.loc[row["area_code"]])] if row["area_code"] in same else [])
            facts += [item for year, found in known for item in _standing(library, found, row, index, year)]
    return facts


def _standing(library: Library, found: pd.Series, row: pd.Series, index: str, year: int) -> Facts:
    name = f"{row['name']} ({row['area_code']})"
    shared = {"period": f"Indices of Deprivation {year}", "source": source(library, (f"IOD{year}",))}
    council = council_score(library, year, index)
    scored = {"note": "" if pd.isna(found["blank_reason"]) else str(found["blank_reason"]), "basis": found["basis"]}
    width = found["score_half_width"] if found["basis"] == "modelled" else np.nan
    score = fact(
        f"{INDICES[index]} score {year}",
        found["score"],
        f"{index} score",
        lower=found["score"] - width,
        upper=found["score"] + width,
        council=np.nan if council is None else council,
        **scored,
    )
    tenth = fact(
        f"{INDICES[index]} tenth {year}",
        found["decile"],
        "national tenth",
        basis="published",
        note=POCKET if found["pocket"] else "",
    )
    return under("deprivation", name, [tenth, score], **shared)


def children(library: Library, edition: str, ward: str) -> Facts:
    """Children and young people by age band, and their share of residents beside the council's.

    One blank fact, with the reason, where no best fit of neighbourhoods to the ward's vintage is published.
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
    here, everywhere = bands.loc[ward], bands.sum()
    facts = [
        item
        for band in AGES
        if band in bands
        for item in (
            fact(f"Ages {band}", here[band], "residents", council=everywhere[band]),
            fact(
                f"Ages {band}, share of residents",
                100 * here[band] / here["all"],
                "%",
                council=100 * everywhere[band] / everywhere["all"],
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


def within_reach(library: Library, edition: str, ward: str) -> Facts:
    """Places per 1,000 children within reach and minutes to the nearest, by kind and catchment."""
    facts: Facts = []
    for kind, title in PLACE_KINDS.items():
        period = f"list of {sites(library, kind, edition)['list_year'].max()}"
        for catchment in CATCHMENTS.values():
            table = places_within_reach(library, kind, edition, catchment)
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
    return _once(facts)


def _once(facts: Facts) -> Facts:
    """The same minutes belong to every catchment of one speed; keep them once."""
    return list({(item["group"], item["label"]): item for item in facts}.values())


def low_income(library: Library, ward: str) -> Facts:
    """Children in relative low income in each year published, before and after housing costs, beside the council."""
    facts: Facts = []
    for costs, title in low.HOUSING_COSTS.items():
        rows = low.series(library, costs)
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


def overlaps(library: Library, edition: str, ward: str) -> pd.DataFrame:
    """Wards of the other vintage on the same ground, the largest share of postcodes first.

    Columns other_code, other_name, postcodes_here, land_here (shares of this ward inside the other),
    postcodes_there, land_there (shares of the other inside this one), overlap (land in both over land in either)
    and same_name.
    """
    here, there = ("ward11", "ward19") if edition == "2020" else ("ward19", "ward11")
    links = library.table("LOOKUP_WARD11_WARD19")
    links = links[links[f"{here}_code"] == ward]
    land_here, land_there = links[f"area_share_of_{here}"], links[f"area_share_of_{there}"]
    return pd.DataFrame(
        {
            "other_code": links[f"{there}_code"],
            "other_name": links[f"{there}_code"].map(library.names),
            "postcodes_here": links[f"postcode_share_of_{here}"],
            "land_here": land_here,
            "postcodes_there": links[f"postcode_share_of_{there}"],
            "land_there": land_there,
            "overlap": land_here * land_there / (land_here + land_there - land_here * land_there),
            "same_name": links[f"{there}_code"].map(library.names) == library.names[ward],
        }
    ).sort_values("postcodes_here", ascending=False, ignore_index=True)


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

    0.0 when the name is borne by a ward that shares no ground. Below SAME_PLACE the name means another place.
    """
    other = "ward19" if edition == "2020" else "ward11"
    if library.names[ward] not in {library.names[code] for code in library.codes(other)}:
        return None
    found = overlaps(library, edition, ward)
    same = found.loc[found["same_name"], "overlap"]
    return float(same.iloc[0]) if len(same) else 0.0
