"""English Indices of Deprivation 2019 and 2025 from File 7: every score, rank and tenth, and the people behind them.

The names of the columns were read from public programs that use these files; the files themselves were not reached.
File 7 of 2025 is known to cut one heading short, so a heading is told by how it begins.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.build.deprivation import neighbourhoods, populations
from analysis.build.refresh.drafted import Drafted, drafted, merged
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.shape import changed, numbers, require_columns, text_table, worked
from analysis.sources.library import Library
from analysis.sources.tables.deprivation import DOMAINS, IOD_POPULATION, LSOAS_2011, LSOAS_2021

TITLES = {
    "Index of Multiple Deprivation (IMD)": "imd",
    "Income": "income",
    "Employment": "employment",
    "Education, Skills and Training": "education",
    "Health Deprivation and Disability": "health",
    "Crime": "crime",
    "Barriers to Housing and Services": "barriers",
    "Living Environment": "living_env",
    "Income Deprivation Affecting Children Index (IDACI)": "idaci",
    "Income Deprivation Affecting Older People (IDAOPI)": "idaopi",
    "Income Deprivation Affecting Older People Index (IDAOPI)": "idaopi",
    "Children and Young People Sub-domain": "cyp_sub",
    "Adult Skills Sub-domain": "adult_skills_sub",
    "Geographical Barriers Sub-domain": "geog_barriers_sub",
    "Wider Barriers Sub-domain": "wider_barriers_sub",
    "Indoors Sub-domain": "indoors_sub",
    "Outdoors Sub-domain": "outdoors_sub",
}
PEOPLE = {
    "Total population": "pop_total",
    "Dependent Children aged 0-15": "pop_0_15",
    "Population aged 16-59": "pop_16_59",
    "Older population aged 60 and over": "pop_60plus",
    "Working age population": "pop_working_age",
}
FIGURE = re.compile(rf"({'|'.join(map(re.escape, TITLES))}) (Score|Rank|Decile)\b.*")
FIGURES = tuple(f"{domain}_{figure}" for domain in DOMAINS for figure in ("score", "rank", "decile"))
WHOLE = ("rank", "decile")
EDITIONS = {2019: ("2011", "2019", LSOAS_2011), 2025: ("2021", "2024", LSOAS_2021)}


def draft(of_2019: Fetched, of_2025: Fetched, library: Library) -> list[Drafted]:
    """Both editions for the council, and the people of 2019. Published scores replace our estimates."""
    wide_2019, wide_2025 = wide(of_2019, 2019, library.council.code), wide(of_2025, 2025, library.council.code)
    people = worked(of_2019, lambda: populations({2019: wide_2019}))
    everybody = merged(library.table("IOD_POPULATION"), people, IOD_POPULATION)
    told = {"caveat": "Ranks compare neighbourhoods in England at one time and do not say how far apart two are."}
    return [
        drafted(library, "IOD2019", worked(of_2019, lambda: neighbourhoods(wide_2019, "")), (of_2019,), told),
        drafted(library, "IOD2025", worked(of_2025, lambda: neighbourhoods(wide_2025, "")), (of_2025,), told),
        drafted(library, "IOD_POPULATION", everybody, (of_2019,), {}),
    ]


def wide(fetched: Fetched, year: int, council: str) -> pd.DataFrame:
    """One row a neighbourhood of the council in the names the build uses. Raises SourceTrouble on another shape."""
    lsoa, district, areas = EDITIONS[year]
    table = text_table(fetched)
    code, lad = f"LSOA code ({lsoa})", f"Local Authority District code ({district})"
    require_columns(fetched, table.columns, (code, lad))
    named = table.rename(columns={code: f"lsoa{lsoa[2:]}cd", **{name: _ours(name) for name in table.columns[4:]}})
    needed = (*FIGURES, *(PEOPLE.values() if year == 2019 else ()))
    _require(fetched, table, named, needed)
    if len(named) != areas:
        raise changed(fetched, f"it has {len(named):,} neighbourhoods, not the {areas:,} of England")
    ours = named[table[lad].eq(council)].reset_index(drop=True)
    if ours.empty:
        raise changed(fetched, f"it has no neighbourhood of {council}")
    figures = {name: numbers(fetched, ours[name]) for name in needed}
    whole = {name: cells.astype("Int64") for name, cells in figures.items() if _is_whole(name)}
    return ours[[f"lsoa{lsoa[2:]}cd"]].assign(**{**figures, **whole})


def _ours(heading: str) -> str:
    match = FIGURE.fullmatch(heading.strip())
    if match:
        return f"{TITLES[match.group(1)]}_{match.group(2).lower()}"
    return next((name for begins, name in PEOPLE.items() if heading.strip().startswith(begins)), heading)


def _require(fetched: Fetched, table: pd.DataFrame, named: pd.DataFrame, needed: tuple[str, ...]) -> None:
    gone = [name for name in needed if name not in named.columns]
    strange = [given for given, ours in zip(table.columns[4:], named.columns[4:], strict=True) if given == ours]
    if gone:
        new = f"; not known: {', '.join(map(repr, strange))}" if strange else ""
        raise changed(fetched, f"gone: {', '.join(gone)}{new}")
    twice = named.columns[named.columns.duplicated()]
    if len(twice):
        raise changed(fetched, f"two of its columns read as {twice[0]}")


def _is_whole(name: str) -> bool:
    """Ranks, tenths and people; the working-age count of earlier editions is in halves."""
    return name.endswith(WHOLE) or (name.startswith("pop_") and name != "pop_working_age")
