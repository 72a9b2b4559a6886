"""Everything known of one ward, as facts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import ward, ward_overlaps, ward_places
from analysis.present import ward_sections, ward_tables, ward_view
from analysis.sources.library import Library
from analysis.ward_deprivation import POCKET
from analysis.ward_facts import COLUMNS
from analysis.ward_together import Together

RADSTOCK_11, SOUTHDOWN_11, SALTFORD_11 = "E05001962", "E05001964", "E05001963"
SALTFORD_19, TWERTON_19, COMBE_DOWN_19, HIGH_LITTLETON_19 = "E05012485", "E05012488", "E05012466", "E05012467"

NEED_OF = {"2020": "idaci2015", "2026": "low_income_bhc2025"}


@pytest.fixture(scope="module")
def radstock(wards: dict[str, Together]) -> pd.DataFrame:
    return ward.profile(wards["2020"], RADSTOCK_11, "idaci2015")


def _one(facts: pd.DataFrame, section: str, group: str, label: str) -> pd.Series:
    found = facts[(facts["section"] == section) & facts["group"].str.startswith(group) & (facts["label"] == label)]
    assert len(found) == 1
    return found.iloc[0]


def test_radstock_as_the_issue_checks_it_by_hand(radstock: pd.DataFrame) -> None:
    contact = "Parents in contact"
    assert _one(radstock, "provision", contact, "Provision")["value"] == 35
    assert _one(radstock, "provision", contact, "Expected at its share of need")["value"] == pytest.approx(
        702 * 267 / 3606
    )
    ratio = _one(radstock, "provision", contact, "Provision over its share")
    assert ratio[["value", "lower", "upper"]].round(2).tolist() == [0.67, 0.46, 0.92]
    assert ratio["note"] == "under-provided, likely"
    worst = _one(radstock, "provision", contact, "Provision over its share, worst case of the rounding")
    assert worst[["lower", "upper"]].round(2).tolist() == [0.42, 1.0]


def test_every_fact_says_where_it_comes_from(radstock: pd.DataFrame) -> None:
    assert list(radstock.columns) == list(COLUMNS)
    assert radstock[["label", "unit", "period", "basis", "source"]].ne("").all(axis=None)
    assert set(radstock["basis"]) == {"published", "modelled", "illustrative"}
    assert _one(radstock, "need", "Children in income-deprived families (IDACI 2015, as printed)", "Count")[
        "locator"
    ].endswith("line 831")


def test_a_ward_without_published_contact_gets_a_bound_and_no_verdict(wards: dict[str, Together]) -> None:
    facts = ward.profile(wards["2020"], SOUTHDOWN_11, "idaci2015")
    ratio = _one(facts, "provision", "Parents in contact", "Provision over its share")
    assert np.isnan(ratio["value"])
    assert ratio["upper"] == pytest.approx(0.82, abs=0.005)
    assert ratio["note"] == "not known"
    told = ward_tables.provision_table(facts).set_index("Provision").loc["Parents in contact with services, 2016/17"]
    assert told["Here"].startswith("not published; at most 39")
    assert told["Over its share"] == "at most 0.82"


def test_toxic_trio_says_listed_or_modelled_and_bounds_it(wards: dict[str, Together], radstock: pd.DataFrame) -> None:
    listed = _one(radstock, "toxic_trio", "One or more", "Parents known to services")
    assert (listed["basis"], listed["value"], listed["council"]) == ("published", 35, 702)
    facts = ward.profile(wards["2020"], SOUTHDOWN_11, "idaci2015")
    other = _one(facts, "toxic_trio", "One or more", "Parents known to services")
    assert other["basis"] == "modelled"
    assert other["value"] <= _one(facts, "toxic_trio", "One or more", "At most")["value"]


def test_power_stands_beside_caseload_only(radstock: pd.DataFrame) -> None:
    with_power = radstock[radstock["label"].str.startswith("Chance of noticing")]
    assert set(with_power["group"].str.contains("illustrative")) == {True}
    assert len(with_power) == 2


def test_pockets_of_combe_down(wards: dict[str, Together]) -> None:
    facts = ward.profile(wards["2026"], COMBE_DOWN_19, "low_income_bhc2025")
    fox_hill = _one(facts, "deprivation", "Fox Hill North", "IMD tenth 2025")
    assert (fox_hill["value"], fox_hill["note"]) == (1, POCKET)
    sentence, _ = ward_view.summary(
        facts, "Combe Down", "Children in low-income families, before housing costs", "children in low-income families"
    )
    assert "1 of its 5 neighbourhoods stands in England's most deprived fifth (IMD 2025)" in sentence


def test_places_located_add_up_over_the_wards(shipped: Library) -> None:
    codes = shipped.codes("ward19")
    libraries = [ward_places.located(shipped, "2026", code)[0] for code in codes]
    assert sum(int(str(item["value"])) for item in libraries) == 8
    assert {item["council"] for item in libraries} == {8}


def test_children_of_all_wards_are_the_councils(shipped: Library) -> None:
    facts = [ward_places.children(shipped, "2026", code) for code in shipped.codes("ward19")]
    by_band = pd.DataFrame([item for own in facts for item in own])
    young = by_band[by_band["label"] == "Ages 0-15"]
    assert young["value"].sum() == young["council"].iloc[0]


def test_low_income_years_stand_beside_the_council(shipped: Library) -> None:
    facts = pd.DataFrame(ward_places.low_income(shipped, TWERTON_19))
    last = facts[(facts["group"] == "After housing costs") & (facts["label"] == "Per cent in 2025")].iloc[0]
    assert last[["value", "council"]].tolist() == [36.98, 16.29]
    assert last["lower"] < 36.98 < last["upper"]
    assert not facts["label"].str.contains("2022")[facts["group"] == "After housing costs"].any()


def test_the_same_name_can_be_another_place(shipped: Library) -> None:
    assert ward_places.same_name_elsewhere(shipped, "2026", SALTFORD_19) == pytest.approx(0.168, abs=0.001)
    assert ward_places.same_name_elsewhere(shipped, "2020", SALTFORD_11) == pytest.approx(0.168, abs=0.001)
    assert ward_places.same_name_elsewhere(shipped, "2026", HIGH_LITTLETON_19) == pytest.approx(0.999, abs=0.001)
    different = [
        code
        for code in shipped.codes("ward19")
        if (ward_places.same_name_elsewhere(shipped, "2026", code) or 1) < ward_places.SAME_PLACE
    ]
    assert len(different) == 9


def test_wards_on_the_same_ground_hold_all_of_it(shipped: Library) -> None:
    found = ward_overlaps.overlaps(shipped, "2026", SALTFORD_19)
    assert found["postcodes_here"].sum() == pytest.approx(1, abs=0.001)
    assert found["land_here"].sum() == pytest.approx(1, abs=0.005)
    assert found["other_name"].iloc[0] == "Saltford"


def test_a_ward_of_the_other_vintage_is_refused(wards: dict[str, Together]) -> None:
    with pytest.raises(ValueError, match="is not one of the 33 wards since 2019"):
        ward.profile(wards["2026"], RADSTOCK_11, "low_income_bhc2025")


def test_over_and_short_in_words() -> None:
    fact = pd.Series({"value": -3.2, "lower": -11.4, "upper": 3.1, "unit": "families", "note": ""})
    assert ward_tables.shortfall(fact) == "3 over (11 over to 3 short)"


@pytest.mark.parametrize(("edition", "count"), [("2020", 37), ("2026", 33)])
def test_every_ward_has_every_part(shipped: Library, wards: dict[str, Together], edition: str, count: int) -> None:
    codes = shipped.codes("ward11" if edition == "2020" else "ward19")
    parts = {part.id for part in (ward_sections.NEED, *ward_sections.SECTIONS) if edition in part.editions}
    for code in codes:
        facts = ward.profile(wards[edition], code, NEED_OF[edition])
        assert set(facts["section"]) == {*parts, ward_sections.INDICATORS}, code
        assert facts[["label", "unit", "period", "basis"]].ne("").all(axis=None), code
        assert facts["value"].notna().to_numpy()[facts["section"] == "domains"].any(), code
    assert len(codes) == count


@pytest.mark.parametrize("edition", ["2020", "2026"])
def test_every_table_can_be_read(shipped: Library, wards: dict[str, Together], edition: str) -> None:
    for code in shipped.codes("ward11" if edition == "2020" else "ward19")[::9]:
        facts = ward.profile(wards[edition], code, NEED_OF[edition])
        for part in (ward_sections.NEED, *ward_sections.SECTIONS):
            if edition in part.editions:
                assert not part.table(facts).map(lambda cell: "nan" in str(cell).split()).any(axis=None)
