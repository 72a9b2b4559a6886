"""Everything known of a locality: counts added by hand from those of its wards."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.deprivation import measured, ward_of
from analysis.localities import Locality
from analysis.locality_profile import profile
from analysis.low_income import series
from analysis.sources.library import Library
from analysis.statistics.intervals import wilson
from analysis.toxic_trio import published

TWERTON_19, RADSTOCK_19 = "E05012488", "E05012484"
BOTH = Locality("Both", "2026", (RADSTOCK_19, TWERTON_19))


@pytest.fixture(scope="module")
def facts(shipped: Library) -> pd.DataFrame:
    return profile(shipped, BOTH, "low_income_bhc2025")


def one(facts: pd.DataFrame, section: str, label: str, group: str = "") -> pd.Series:
    found = facts[(facts["section"] == section) & (facts["label"] == label) & facts["group"].str.startswith(group)]
    return found.iloc[0]


def old(shipped: Library, *names: str) -> Locality:
    codes = {shipped.names[code]: code for code in shipped.codes("ward11")}
    return Locality("Old", "2020", tuple(sorted(codes[name] for name in names)))


def test_low_income_is_the_sum_of_the_wards_with_limits_of_the_sum(shipped: Library, facts: pd.DataFrame) -> None:
    rows = series(shipped, "BHC")
    rows = rows[rows["area_code"].isin(BOTH.wards) & (rows["year_ending"] == 2025)]
    count, children = float(rows["count"].sum()), float(rows["children"].sum())
    lower, upper = wilson(count, children)
    row = one(facts, "low_income", "Per cent in 2025", "Before")
    assert row[["value", "lower", "upper"]].tolist() == pytest.approx(
        [100 * count / children, 100 * float(lower), 100 * float(upper)]
    )
    assert one(facts, "low_income", "Children in 2025", "Before")["value"] == count
    assert one(facts, "need", "Count", "Children in low-income families, before")["value"] == count


def test_every_fact_has_its_basis_source_and_period(facts: pd.DataFrame) -> None:
    assert facts[["basis", "source", "period"]].ne("").all(axis=None)
    assert set(facts["basis"]) == {"modelled", "illustrative"}
    assert set(facts.loc[facts["basis"] == "illustrative", "section"]) == {"provision"}


def test_the_average_score_is_weighted_by_people_and_pockets_are_named(shipped: Library, facts: pd.DataFrame) -> None:
    rows = measured(shipped, 2025, "imd")
    inside = rows[rows.index.to_series().map(ward_of(shipped, 2025, "ward19_code")).isin(BOTH.wards)]
    assert one(facts, "deprivation", "Average score", "IMD 2025")["value"] == pytest.approx(
        np.average(inside["score"], weights=inside["population"])
    )
    fifth = one(facts, "deprivation", "In England's most deprived fifth", "IMD 2025")
    assert (fifth["value"], fifth["council"]) == (4, 5)
    assert fifth["note"].count("(E01") == 4


def test_a_score_with_a_neighbourhood_that_has_none_is_missing_with_the_reason(facts: pd.DataFrame) -> None:
    row = one(facts, "deprivation", "Average score", "IDACI 2025")
    assert np.isnan(row["value"])
    assert row["note"] == "a neighbourhood has no score"


def test_an_indicator_is_worked_out_anew_from_numerators_and_denominators(
    shipped: Library, facts: pd.DataFrame
) -> None:
    rows = shipped.table("OPEN_OBSERVATIONS")
    rows = rows[rows["area_code"].isin(BOTH.wards) & (rows["indicator_id"] == "census2021_aged_15_and_under")]
    row = one(facts, "indicators", "Residents aged 15 and under, 2021")
    assert len(rows) == 2
    assert row["value"] == pytest.approx(100 * rows["numerator"].sum() / rows["denominator"].sum())
    assert row["lower"] < row["value"] < row["upper"]
    labels = set(facts.loc[facts["section"] == "indicators", "label"])
    assert "Residents, 2021" not in labels


def test_children_by_age_are_added(shipped: Library, facts: pd.DataFrame) -> None:
    people = shipped.table("POPULATION_LSOA11").query("mid_year == 2020 and age_band == '0-15'")
    ward = people["lsoa11_code"].map(shipped.table("LOOKUP_LSOA11").set_index("lsoa11_code")["ward19_code"])
    assert one(facts, "children", "Ages 0-15")["value"] == people.loc[ward.isin(BOTH.wards), "population"].sum()


def test_listed_parents_are_added_and_the_others_only_bounded(shipped: Library) -> None:
    base, listed = published(shipped, "one_or_more")
    names = listed.index.map(shipped.names)
    every = profile(shipped, old(shipped, *names), "idaci2015")
    row = one(every, "toxic_trio", "Parents known to services", "One or more")
    assert row["value"] == listed["parents"].sum() == 224
    assert row["council"] == base
    part = profile(shipped, old(shipped, "Twerton", "Paulton"), "idaci2015")
    assert np.isnan(one(part, "toxic_trio", "Parents known to services", "One or more")["value"])
    least, most = (one(part, "toxic_trio", label, "One or more")["value"] for label in ("At least", "At most"))
    assert (least, most) == (95, 101 + 38)
