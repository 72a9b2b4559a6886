"""Schools of the two editions: Ordnance Survey's sites of 2017 and the register of May 2025."""

from __future__ import annotations

from math import cos, radians

import pandas as pd

from analysis.build.names import slug

SCHOOL_CLASSES = "Primary Education|Secondary Education|Special Needs Education"
# Classed as further education, yet a studio school for ages 14 to 19.
SCHOOLS_CLASSED_OTHERWISE = ("IKB Studio School",)
# Classed as schools, yet playing fields of a school that is listed too.
NOT_SCHOOLS = ("Kingswood School Upper Sports Fields",)
# Classed otherwise than the register of 2025 has them: a state special school, and a branch of an independent one.
MENDED_SUBTYPES = {"Fosse Way School": "Special", "King Edwards School": "Independent"}
MENDED_SPELLING = {"Cof E": "CofE", "C Of E": "CofE", " Of Engand ": " of England ", " Of ": " of ", " And ": " and "}
SAME_PLACE_METRES = 500
METRES_A_DEGREE = 111_200

AFTER_SCHOOL = ("Universities", "Colleges")
AFTER_16 = ("Special post 16 institution",)


def schools_2017(sites: pd.DataFrame) -> pd.DataFrame:
    """Schools among the functional sites of 2017, by classification; the list gives no number of pupils.

    Sites of one name within 500 metres are one school, placed at their mean.
    """
    by_class = sites["classification"].str.contains(SCHOOL_CLASSES) & ~sites["name"].isin(NOT_SCHOOLS)
    listed = sites[by_class | sites["name"].isin(SCHOOLS_CLASSED_OTHERWISE)].reset_index(drop=True)
    schools = _one_a_school(listed.assign(name=listed["name"].replace(MENDED_SPELLING, regex=True)))
    return pd.DataFrame(
        {
            "site_id": "school-os-" + slug(schools["name"]) + "-" + schools["lsoa11cd"].str.lower(),
            "kind": "school",
            "edition": "2020",
            "subtype": _os_subtype(schools),
            "name": schools["name"],
            "list_year": 2017,
            "latitude": schools["latitude"],
            "longitude": schools["longitude"],
            "source_title": "Functional sites (OS OpenMap Local)",
        }
    )


def schools_2025(register: pd.DataFrame) -> pd.DataFrame:
    """Open state and independent schools of May 2025 with pupils on roll; no university or place for over-16s."""
    after = register["establishment_type_group"].isin(AFTER_SCHOOL) | register["establishment_type"].isin(AFTER_16)
    schools = register[~after]
    pupils = schools["number_of_pupils"]
    return pd.DataFrame(
        {
            "site_id": "school-" + schools["urn"].astype("str"),
            "kind": "school",
            "edition": "2026",
            "subtype": _register_subtype(schools),
            "name": schools["establishment_name"],
            "list_year": 2025,
            "latitude": schools["latitude"],
            "longitude": schools["longitude"],
            "size": pupils,
            "size_unit": pupils.notna().map({True: "pupils", False: None}),
            "source_title": "Get Information about Schools",
        }
    )


def _one_a_school(listed: pd.DataFrame) -> pd.DataFrame:
    groups = [_first_near(listed, row) for row in range(len(listed))]
    points = listed.groupby(groups)[["latitude", "longitude"]].mean()
    return listed.drop(columns=["latitude", "longitude"]).join(points, how="inner")


def _first_near(listed: pd.DataFrame, row: int) -> int:
    """The first row with the same name within the limit: the row itself when there is none before it."""
    names = slug(listed["name"])
    twins = names.eq(names[row]) & _metres(listed, row).le(SAME_PLACE_METRES)
    return int(twins.to_numpy().argmax())


def _metres(places: pd.DataFrame, row: int) -> pd.Series:
    """Straight-line metres from one place to all, good to a metre at these lengths."""
    north = (places["latitude"] - places["latitude"][row]) * METRES_A_DEGREE
    east = (places["longitude"] - places["longitude"][row]) * METRES_A_DEGREE * cos(radians(places["latitude"][row]))
    distance: pd.Series = (north**2 + east**2) ** 0.5
    return distance


def _os_subtype(schools: pd.DataFrame) -> pd.Series:
    classes = schools["classification"]
    subtype = pd.Series("Secondary", index=schools.index)
    subtype = subtype.mask(classes.eq("Primary Education"), "Primary")
    subtype = subtype.mask(classes.str.contains("Special Needs"), "Special")
    subtype = subtype.mask(classes.str.contains("Non State"), "Independent")
    return schools["name"].map(MENDED_SUBTYPES).fillna(subtype)


def _register_subtype(schools: pd.DataFrame) -> pd.Series:
    special = schools["establishment_type"].str.contains("special")
    independent = schools["establishment_type_group"].eq("Independent schools")
    return schools["education_phase"].mask(independent, "Independent").mask(special, "Special")
