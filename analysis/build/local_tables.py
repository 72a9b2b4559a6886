"""Recorded crime by ward (police.uk, 2023) and council tax support by neighbourhood (June 2015)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.geography import COUNCIL
from analysis.build.observed import observed, percent, rows

CRIME, SUPPORT = "police_ward2019_calendar2023.csv", "council_tax_support_lsoa11_june2015.csv"
CRIME_YEAR, SUPPORT_YEAR, RESIDENTS_YEAR = "2023", "2015", "2022"
PER_PERSON = 1000
OTHER_YEAR = f"over residents of mid-{RESIDENTS_YEAR}, the nearest year there is"
WHOLE_COUNCIL = "the sum of the 33 wards"
BEST_FIT = "the sum of the neighbourhoods of the ward of 2011"
SUMMED = "the sum of the 115 neighbourhoods"


def crime(wide: pd.DataFrame, residents: pd.Series, year: str = CRIME_YEAR, file: str = CRIME) -> pd.DataFrame:
    """Offences of each type in each ward and the council in a year, as counts and per 1,000 residents.

    `residents` is indexed by ward. No later residents are published for these wards, so each rate is ours and says
    which year it is out of. Raises ValueError where the types do not add up to all crime.
    """
    numbered = wide.assign(row=file + " row " + rows(wide)).set_index("ward_code")
    counts = numbered.drop(columns=["ward_name", "row"])
    _refuse_wrong_total(counts, file)
    counts.loc[COUNCIL] = counts.sum()
    people = residents.reindex(counts.index.drop(COUNCIL))
    people.loc[COUNCIL] = people.sum()
    places = numbered["row"].reindex(counts.index).fillna(f"{file}, {len(wide)} rows summed")
    return observed(
        pd.concat([_counted(counts, places, year), _rated(counts, people, places, year)], ignore_index=True)
    )


def support(wide: pd.DataFrame, wards_of: pd.Series) -> pd.DataFrame:
    """Claims by neighbourhood (LSOA 2011), by ward of 2011 and in the council; `wards_of` gives each one's ward."""
    numbered = wide.assign(row=SUPPORT + " row " + rows(wide)).set_index("lsoa11cd")
    counts = numbered.drop(columns="row")
    wards = wards_of.reindex(counts.index)
    parts = [
        _long(counts, numbered["row"]),
        _long(
            counts.groupby(wards).sum(), f"{SUPPORT}, " + wards.value_counts().astype(str) + " rows summed", BEST_FIT
        ),
        _long(counts.sum().to_frame(COUNCIL).T, pd.Series({COUNCIL: f"{SUPPORT}, 115 rows summed"}), SUMMED),
    ]
    table = pd.concat(parts, ignore_index=True)
    return observed(table.assign(indicator_id="ctax_support_" + table["type"].str.removeprefix("cts_")))


def residents_by_ward(populations: Path, wards_of: pd.Series) -> pd.Series:
    """Residents at mid-2022 of each ward since 2019, by the neighbourhoods (LSOA 2021) that fit it best."""
    people = pd.read_csv(populations).set_index("lsoa21cd")[f"pop_mid{RESIDENTS_YEAR}"]
    return people.groupby(wards_of.reindex(people.index)).sum()


def _counted(counts: pd.DataFrame, places: pd.Series, year: str) -> pd.DataFrame:
    table = _melted(counts, "value")
    council = table["area_code"].eq(COUNCIL).map({True: WHOLE_COUNCIL, False: ""})
    return table.assign(
        indicator_id="crime_" + table["type"],
        period=year,
        note=council,
        locator=table["area_code"].map(places),
    )


def _rated(counts: pd.DataFrame, people: pd.Series, places: pd.Series, year: str) -> pd.DataFrame:
    table = _melted(counts, "numerator")
    denominator = table["area_code"].map(people)
    return table.assign(
        indicator_id="crime_" + table["type"] + "_rate",
        period=year,
        denominator=denominator,
        value=percent(table["numerator"], denominator, PER_PERSON),
        basis="modelled",
        note=f"offences of {year} {OTHER_YEAR}",
        locator=table["area_code"].map(places),
    )


def _long(counts: pd.DataFrame, places: pd.Series, note: str = "") -> pd.DataFrame:
    table = _melted(counts, "value")
    return table.assign(period=SUPPORT_YEAR, note=note, locator=table["area_code"].map(places))


def _melted(counts: pd.DataFrame, figure: str) -> pd.DataFrame:
    tidy = counts.rename_axis("area_code").reset_index()
    return tidy.melt("area_code", var_name="type", value_name=figure)


def _refuse_wrong_total(counts: pd.DataFrame, file: str) -> None:
    gap = counts.drop(columns="all_crime").sum(axis=1) - counts["all_crime"]
    if gap.any():
        raise ValueError(
            f"{file}: the types of {gap[gap.ne(0)].index[0]} do not add up to its all_crime; mend the row."
        )
