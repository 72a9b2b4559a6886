"""A council of three wards, small enough to do by hand, as a folder of lawful files.

2020 edition: Ash, Birch and Cedar with 10, 20 and 30 children in need out of 100 each. Ash and Birch lie at one
spot, Cedar (two neighbourhoods of 60 and 40 children) 3 km away: too far to walk, 19.5 minutes by bus.
2026 edition: Elm, Fir and Gorse, in the same places with the same children.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

ASH, BIRCH, CEDAR = "E05001901", "E05001902", "E05001903"
ELM, FIR, GORSE = "E05012401", "E05012402", "E05012403"
A, B, C1, C2 = "E01014001", "E01014002", "E01014003", "E01014004"
NEAR, FAR, NOWHERE = "51.35,-2.5", "51.37698,-2.5", "51.21,-2.79"

_PLACES = ((A, ASH, ELM, NEAR), (B, BIRCH, FIR, NEAR), (C1, CEDAR, GORSE, FAR), (C2, CEDAR, GORSE, FAR))
_CHILDREN = {A: 100, B: 100, C1: 60, C2: 40}
_IDACI = {A: (0.1, 20000, 7), B: (0.2, 10000, 4), C1: (0.2, 10000, 4), C2: (0.45, 1000, 1)}


def _lines(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def _iod(code: str, year: str) -> str:
    width = "0.01,modelled" if year == "2019" else ",published"
    return _lines(
        f"{code},domain,score,score_half_width,basis,status,blank_reason,rank,decile",
        *(f"{area},idaci,{score},{width},ok,,{rank},{decile}" for area, (score, rank, decile) in _IDACI.items()),
    )


def _sites() -> str:
    rows = (
        ("library-near", "library", NEAR, ASH, ELM, A),
        ("school-near", "school", NEAR, ASH, ELM, A),
        ("school-far", "school", FAR, CEDAR, GORSE, C1),
        ("gp-far", "gp", FAR, CEDAR, GORSE, C1),
        ("gp-nowhere", "gp", NOWHERE, CEDAR, GORSE, C1),
        ("play-near", "play", NEAR, BIRCH, FIR, B),
    )
    return _lines(
        "site_id,kind,edition,subtype,name,list_year,latitude,longitude,size,size_unit,"
        "ward11_code,ward19_code,lsoa11_code,source_title",
        *(
            f"{name},{kind},both,,{name},2017,{spot},,,{old},{new},{area},World"
            for name, kind, spot, old, new, area in rows
        ),
    )


def activity_line(edition: str, quarter: str, group: str, unit: str, ward: str, supported: int) -> str:
    """A line of the world's return: cases that stay open all quarter, nobody new or waiting, and a hundred places."""
    place = f"{edition},{quarter},{group},{unit},{ward},{supported}"
    return f"{place},0,0,0,100,illustrative,{supported},World service,,pre_birth_to_4,,not_applicable,ok\n"


def _activity() -> str:
    rows = (
        *(("2020", "2019-20 Q3", "children_centres", "family", ward, 99) for ward in (ASH, BIRCH, CEDAR)),
        ("2020", "2019-20 Q4", "children_centres", "family", ASH, 15),
        ("2020", "2019-20 Q4", "family_support", "family", ASH, 5),
        ("2020", "2019-20 Q4", "children_centres", "family", BIRCH, 20),
        ("2020", "2019-20 Q4", "children_centres", "family", CEDAR, 20),
        ("2020", "2019-20 Q4", "youth", "child", ASH, 0),
        ("2020", "2019-20 Q4", "youth", "child", BIRCH, 0),
        ("2020", "2019-20 Q4", "youth", "child", CEDAR, 6),
        ("2026", "2025-26 Q1", "children_centres", "family", ELM, 40),
        ("2026", "2025-26 Q1", "children_centres", "family", FIR, 20),
        ("2026", "2025-26 Q1", "children_centres", "family", GORSE, 0),
    )
    header = (
        "edition,quarter,service_group,case_unit,area_code,supported,new,closed,waiting,capacity,basis,"
        "open_at_end,service,provider,life_stage,weeks_waited,weeks_status,capacity_status\n"
    )
    return header + "".join(activity_line(*row) for row in rows)


def _commissioned_sites() -> str:
    rows = (
        ("hub_near", "children_centres", NEAR, ASH, ELM, 40),
        ("hub_far", "children_centres", FAR, CEDAR, GORSE, 10),
        ("support_near", "family_support", NEAR, BIRCH, FIR, 30),
        ("youth_nowhere", "youth", NOWHERE, CEDAR, GORSE, 25),
    )
    return _lines(
        "edition,site_id,service_group,name,latitude,longitude,area_code,capacity,basis",
        *(
            f"{edition},{name},{group},{name},{spot},{ward},{places},illustrative"
            for edition in ("2020", "2026")
            for name, group, spot, old, new, places in rows
            for ward in [old if edition == "2020" else new]
        ),
    )


ROOMY_SITES = _lines(
    "edition,site_id,service_group,name,latitude,longitude,area_code,capacity,basis",
    f"2020,hub_near,children_centres,Hub near,{NEAR},{ASH},60,illustrative",
    f"2020,hub_far,children_centres,Hub far,{FAR},{CEDAR},240,illustrative",
    f"2026,hub_near,children_centres,Hub near,{NEAR},{ELM},60,illustrative",
)


def _low_income() -> str:
    rows = (
        (ELM, "BHC", "10,10,ok"),
        (FIR, "BHC", "20,20,ok"),
        (GORSE, "BHC", "30,30,ok"),
        (ELM, "AHC", "10,10,ok"),
        (FIR, "AHC", ",,suppressed"),
        (GORSE, "AHC", "30,30,ok"),
    )
    return _lines(
        "ward19_code,year_ending,measure,housing_costs,count,percent,status",
        *(f"{ward},2025,relative,{costs},{rest}" for ward, costs, rest in rows),
    )


def _population(column: str, *, dated: bool) -> str:
    before = [f"{year}," for year in (2019, 2020)] if dated else [""]
    return _lines(
        f"{'mid_year,' if dated else ''}{column},age_band,population",
        *(f"{year}{area},0-15,{count}" for year in before for area, count in _CHILDREN.items()),
    )


def _points(column: str) -> str:
    return _lines(f"{column},latitude,longitude,postcodes", *(f"{area},{spot},10" for area, _, _, spot in _PLACES))


TABLES = {
    "AREAS": _lines(
        "area_code,area_name,area_type,local_name",
        f"{ASH},Ash,ward11,",
        f"{BIRCH},Birch,ward11,",
        f"{CEDAR},Cedar,ward11,",
        f"{ELM},Elm,ward19,",
        f"{FIR},Fir,ward19,",
        f"{GORSE},Gorse,ward19,",
    ),
    "IDACI2015_PRINTED": _lines(
        "area_code,count,percent,percent_lower,percent_upper,locator",
        f'{ASH},10,10,5.5,17.4,"Table, line 1"',
        f'{BIRCH},20,20,13.3,28.9,"Table, line 2"',
        f'{CEDAR},30,30,21.9,39.6,"Table, line 3"',
        'E06000022,60,20,15.9,24.9,"Table, line 4"',
        'E92000001,2000,20,19.2,20.8,"Table, line 5"',
    ),
    "TOXIC_TRIO_LISTS": _lines(
        "needs_group,base,ward11_code,share_percent,locator",
        f'one_or_more,120,{CEDAR},30,"List, line 1"',
        f'three,20,{CEDAR},40,"List, line 2"',
    ),
    "IOD2015": _iod("lsoa11_code", "2015"),
    "IOD2019": _iod("lsoa11_code", "2019"),
    "IOD_POPULATION": _lines(
        "iod_year,lsoa11_code,population,children_0_15,adults_60_plus,working_age",
        *(f"{year},{area},500,{count},100,300" for year in (2015, 2019) for area, count in _CHILDREN.items()),
    ),
    "LOOKUP_LSOA11": _lines(
        "lsoa11_code,ward11_code,ward19_code,ward11_area_share,ward19_area_share",
        *(f"{area},{old},{new},1,1" for area, old, new, _ in _PLACES),
    ),
    "LOOKUP_LSOA11_WARD19_SHARES": _lines(
        "lsoa11_code,ward19_code,postcodes,postcode_share", *(f"{area},{new},10,1" for area, _, new, _ in _PLACES)
    ),
    "LOOKUP_WARD11_WARD19": _lines(
        "ward11_code,ward19_code,area_share_of_ward11,area_share_of_ward19,"
        "postcode_share_of_ward11,postcode_share_of_ward19",
        *(f"{old},{new},1,1,1,1" for old, new in ((ASH, ELM), (BIRCH, FIR), (CEDAR, GORSE))),
    ),
    "LOCALITIES": _lines("edition,locality,area_code"),
    "LOOKUP_LSOA21": _lines("lsoa21_code,ward19_code", *(f"{area},{new}" for area, _, new, _ in _PLACES)),
    "POPULATION_LSOA11": _population("lsoa11_code", dated=True),
    "POPULATION_LSOA21": _population("lsoa21_code", dated=False),
    "DEMAND_POINTS_LSOA11": _points("lsoa11_code"),
    "DEMAND_POINTS_LSOA21": _points("lsoa21_code"),
    "SITES": _sites(),
    "ACTIVITY": _activity(),
    "COMMISSIONED_SITES": _commissioned_sites(),
    "CHILD_POVERTY_WARD": _low_income(),
}


def path_of(contract: str) -> str:
    """Where the world keeps the table of a contract."""
    return f"data/{contract.lower()}.csv"


def build(root: Path, replaced: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """Write the world under `root`; `replaced` gives, for a table, some text and what to put instead."""
    for contract, text in TABLES.items():
        old, new = (replaced or {}).get(contract, ("", ""))
        if old not in text:
            raise ValueError(f"{contract} does not hold {old!r}.")
        target = root / path_of(contract)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    declare(root)
    return root


def declare(root: Path) -> None:
    """Write a catalogue that declares every table as it stands."""
    entries = [_entry(contract, (root / path_of(contract)).read_bytes()) for contract in TABLES]
    (root / "data" / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")


def _entry(contract: str, content: bytes) -> str:
    words = {
        "path": path_of(contract),
        "contract": contract,
        **dict.fromkeys(("title", "publisher", "url", "licence", "attribution", "period", "vintage"), "World"),
        "basis": "illustrative",
        "caveat": "Made up [for tests]",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    lines = [f'{name} = "{value}"' for name, value in words.items()]
    return "\n".join(("[[file]]", *lines[:-2], 'derived_from = ["raw/world.csv"]', *lines[-2:], ""))
