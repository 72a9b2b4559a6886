"""The five measures of deprivation: by hand in the three-ward world, and what is shipped beside what was published."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.deprivation import DOMAINS, YEARS, by_ward, weights
from analysis.five_measures import COUNCILS_IN_ENGLAND, MEASURES, PEOPLE, leaders, moved_furthest, of_council, places
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR

RANKED = 32_844
PUBLISHED = ("average_score", "average_rank", "proportion_bottom_decile")


def measured(**columns: list[float]) -> pd.DataFrame:
    """Wards A, B, C... with the same figure by every measure but those given."""
    count = len(next(iter(columns.values())))
    level = {measure.column: [1.0] * count for measure in MEASURES.values()}
    return pd.DataFrame({"area_code": list("ABCDEF"[:count]), **level, **columns})


def test_the_three_wards_by_every_measure(world: Library) -> None:
    wards = by_ward(world, 2015, "idaci", "ward11_code").set_index("area_code")
    far, near = RANKED + 1 - 10_000, RANKED + 1 - 1_000
    assert wards.loc[ASH, "average_rank"] == RANKED + 1 - 20_000
    assert wards.loc[CEDAR, "average_rank"] == pytest.approx((60 * far + 40 * near) / 100)
    assert wards["proportion_most_deprived_10pct"].tolist() == [0, 0, 0.5]
    assert wards["population_share_decile_1"].tolist() == [0, 0, 0.4]
    assert wards.loc[CEDAR, "local_concentration"] == near
    assert wards.loc[BIRCH, "local_concentration"] == far


def test_the_extent_of_a_ward_weighs_the_second_and_third_tenths_less(world: Library) -> None:
    wards = by_ward(world, 2015, "idaci", "ward11_code").set_index("area_code")
    assert wards.loc[BIRCH, "extent"] == 0
    assert wards.loc[CEDAR, "extent"] == pytest.approx(0.4)


def test_equal_wards_share_the_first_of_their_places_and_none_of_a_share_has_no_place() -> None:
    placed = places(measured(score=[3.0, 5.0, 5.0, 1.0], extent=[0.0, 0.5, 0.0, 0.2]))
    found = placed.set_index(["measure", "area_code"])["place"]
    assert found["score"].to_dict() == {"A": 3, "B": 1, "C": 1, "D": 4}
    assert found["extent"].to_dict() == {"B": 1, "D": 2}
    assert set(found["rank"]) == {1}


def test_a_missing_figure_has_no_place() -> None:
    placed = places(measured(score=[float("nan")] * 3))
    assert "score" not in set(placed["measure"])
    assert set(placed["measure"]) == set(MEASURES) - {"score"}


def test_leaders_are_told_by_measure_with_their_ties() -> None:
    found = leaders(places(measured(score=[1.0, 2.0], extent=[0.0, 0.0], average_rank=[9.0, 8.0])))
    assert found["score"] == ["B"]
    assert found["rank"] == ["A"]
    assert found["concentration"] == ["A", "B"]
    assert "extent" not in found


def test_the_ward_moved_furthest_comes_with_its_highest_place_first() -> None:
    wards = measured(score=[4.0, 3.0, 2.0, 1.0], average_rank=[1.0, 3.0, 2.0, 4.0])
    rows = moved_furthest(places(wards.assign(extent=0.0, proportion_most_deprived_10pct=0.0, local_concentration=0.0)))
    assert rows is not None
    assert rows["area_code"].unique().tolist() in (["A"], ["D"])
    assert rows["place"].iloc[0] == 1
    assert rows["place"].iloc[-1] == 4


def test_when_every_measure_agrees_no_ward_moves() -> None:
    same = {measure.column: [3.0, 2.0, 1.0] for measure in MEASURES.values()}
    assert moved_furthest(places(measured(**same))) is None


def test_a_permutation_of_the_wards_permutes_the_places(shipped: Library) -> None:
    wards = by_ward(shipped, 2025, "crime", "ward19_code")
    first = places(wards).sort_values(["measure", "area_code"], ignore_index=True)
    other = places(wards.iloc[::-1]).sort_values(["measure", "area_code"], ignore_index=True)
    pd.testing.assert_frame_equal(first, other)


@pytest.mark.parametrize("domain", list(DOMAINS))
def test_2019_and_2025_agree_with_what_was_published_for_the_council(shipped: Library, domain: str) -> None:
    for year, average_rank, score in ((2019, 1, 0.002), (2025, 60, 0.02)):
        found = of_council(shipped, year, domain).set_index("measure")
        assert abs(found.loc["rank", "worked_out"] - found.loc["rank", "published"]) < average_rank
        assert abs(found.loc["tenth", "worked_out"] - found.loc["tenth", "published"]) < 0.0001
        if pd.notna(found.loc["score", "worked_out"]):
            assert abs(found.loc["score", "worked_out"] - found.loc["score", "published"]) < score


def test_the_council_in_2025_by_each_measure_with_its_published_ranks(shipped: Library) -> None:
    found = of_council(shipped, 2025, "imd").set_index("measure")
    assert list(found.index) == list(MEASURES)
    assert found["rank"].dropna().to_dict() == {"score": 245, "rank": 252, "tenth": 151}
    assert set(found["councils"]) == {296}
    assert found.loc["extent", "worked_out"] == pytest.approx(0.0384, abs=0.001)
    assert found.loc["concentration", "worked_out"] == pytest.approx(26_239.75, abs=60)
    assert found.loc["extent", "reason"] == "not in the copies we could read"


def test_2019_extent_as_mhclg_gives_it(shipped: Library) -> None:
    found = of_council(shipped, 2019, "imd").set_index("measure")
    assert round(found.loc["extent", "worked_out"], 4) == 0.0402
    assert round(found.loc["score", "worked_out"], 3) == found.loc["score", "published"] == 11.745


def test_a_blank_says_why(shipped: Library) -> None:
    found = of_council(shipped, 2015, "imd").set_index("measure")
    assert found["rank"].dropna().to_dict() == {"score": 255}
    assert "gives only the rank of the average score" in found.loc["score", "reason"]
    assert found.loc["tenth", "reason"] == ""
    crime = of_council(shipped, 2025, "crime").set_index("measure")
    assert crime.loc["extent", "reason"] == "published for all domains together only"


def test_measures_of_ranks_work_where_scores_are_blank(shipped: Library) -> None:
    wards = by_ward(shipped, 2019, "education", "ward19_code")
    assert wards["score"].isna().all()
    of_ranks = [measure.column for measure in (*MEASURES.values(), PEOPLE) if measure.id != "score"]
    assert wards[of_ranks].notna().all(axis=None)
    council = of_council(shipped, 2019, "education").set_index("measure")
    assert council.loc["rank", "worked_out"] == pytest.approx(11_553.29, abs=0.01)


@pytest.mark.parametrize("year", YEARS)
def test_wards_add_up_to_the_council(shipped: Library, year: int) -> None:
    wards = by_ward(shipped, year, "imd", "ward19_code")
    council = of_council(shipped, year, "imd").set_index("measure")["worked_out"]
    people = wards["population"] / wards["population"].sum()
    for measure in ("score", "rank", "extent"):
        assert (wards[MEASURES[measure].column] * people).sum() == pytest.approx(council[measure])
    counted = (wards["proportion_most_deprived_10pct"] * wards["neighbourhoods"]).sum() / wards["neighbourhoods"].sum()
    assert counted == pytest.approx(council["tenth"])


def test_crime_2025_puts_bathwick_first_by_one_measure_and_31st_by_another(shipped: Library) -> None:
    rows = moved_furthest(places(by_ward(shipped, 2025, "crime", "ward19_code")))
    assert rows is not None
    assert [shipped.names[code] for code in rows["area_code"].unique()] == ["Bathwick"]
    assert rows.iloc[[0, -1]][["measure", "place"]].to_numpy().tolist() == [["concentration", 1], ["score", 31]]


def test_the_people_of_2025_are_those_the_domain_is_about(shipped: Library) -> None:
    residents = shipped.table("POPULATION_LSOA21")
    total = residents.groupby("age_band")["population"].sum()
    assert weights(shipped, 2025, "idaci").sum() == total["0-15"]
    assert weights(shipped, 2025, "idaopi").sum() == total["65+"]
    assert weights(shipped, 2025, "employment").sum() == total[["16-24", "25-34", "35-49", "50-64"]].sum()
    assert weights(shipped, 2025, "imd").sum() == total["all"]


def test_every_edition_says_how_many_councils_it_ranks() -> None:
    assert set(COUNCILS_IN_ENGLAND) == set(YEARS)
