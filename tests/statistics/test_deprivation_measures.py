"""The MHCLG summary measures worked by hand, their edges, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.deprivation_measures import (
    DOMAIN_WEIGHTS,
    deciles,
    extent_weights,
    imd_score,
    iod_exponential,
    summary_measures,
)

NAN = math.nan
RANKED = 1000
RANKED_IN_2019 = 32_844

PUBLISHED_2019 = pd.DataFrame(
    [
        ("E01014370", 22.795, 13359, 12347, 25432, 5119, 8830, 20301, 7060),
        ("E01014371", 17.783, 17456, 14491, 28928, 17776, 6975, 22574, 4341),
        ("E01014373", 10.707, 17291, 21789, 16282, 25549, 25266, 28631, 15266),
        ("E01014376", 2.918, 31486, 30632, 32355, 30407, 31586, 13740, 30510),
        ("E01014379", 14.639, 26729, 28846, 18244, 31528, 23382, 1244, 4957),
        ("E01014382", 7.065, 27991, 29642, 27344, 31637, 20559, 12503, 12377),
    ],
    columns=["lsoa", "imd_score", *DOMAIN_WEIGHTS],
)


def small_areas(**changed: list[float]) -> pd.DataFrame:
    columns = {
        "ward": ["A", "A", "B"],
        "rank": [100, 500, 110],
        "score": [40.0, 10.0, 38.0],
        "population": [50, 150, 80],
    }
    return pd.DataFrame({**columns, **changed})


@pytest.fixture
def measures() -> pd.DataFrame:
    return summary_measures(small_areas(), "ward", RANKED)


def test_one_row_a_ward_with_its_small_areas_and_people(measures: pd.DataFrame) -> None:
    assert measures.index.tolist() == ["A", "B"]
    assert measures["small_areas"].tolist() == [2, 1]
    assert measures["population"].tolist() == [200, 80]


def test_average_score_is_weighted_by_people(measures: pd.DataFrame) -> None:
    assert measures.loc["A", "average_score"] == pytest.approx((50 * 40 + 150 * 10) / 200)


def test_average_rank_reverses_the_ranks(measures: pd.DataFrame) -> None:
    assert measures.loc["A", "average_rank"] == pytest.approx((50 * 901 + 150 * 501) / 200)
    assert measures.loc["B", "average_rank"] == 891


def test_the_proportion_counts_areas_and_the_share_counts_people(measures: pd.DataFrame) -> None:
    assert measures["proportion_most_deprived_10pct"].tolist() == [0.5, 0.0]
    assert measures["population_share_decile_1"].tolist() == [0.25, 0.0]
    assert measures["population_share_quintile_1"].tolist() == [0.25, 1.0]


def test_extent_counts_the_eleventh_percentile_for_95_hundredths(measures: pd.DataFrame) -> None:
    assert measures["extent"].tolist() == pytest.approx([0.25, 0.95])


def test_local_concentration_takes_exactly_a_tenth_of_people_the_last_area_in_part() -> None:
    areas = small_areas(ward=["A", "A", "A"], rank=[1, 11, 500], population=[15, 20, 165])
    found = summary_measures(areas, "ward", RANKED)
    assert found.loc["A", "local_concentration"] == pytest.approx((15 * 1000 + 5 * 990) / 20)


def test_local_concentration_of_one_small_area_is_its_reversed_rank(measures: pd.DataFrame) -> None:
    assert measures.loc["B", "local_concentration"] == pytest.approx(891)


def test_lowest_and_highest_scores_show_what_the_mean_hides(measures: pd.DataFrame) -> None:
    assert measures.loc["A", ["min_score", "max_score"]].tolist() == [10, 40]


def test_a_published_decile_goes_before_one_worked_out_from_the_rank() -> None:
    found = summary_measures(small_areas(decile=[2, NAN, 1]), "ward", RANKED)
    assert found["proportion_most_deprived_10pct"].tolist() == [0.0, 1.0]
    assert found["population_share_quintile_1"].tolist() == [0.25, 1.0]


def test_a_missing_rank_spoils_the_rank_measures_of_its_own_ward_only() -> None:
    found = summary_measures(small_areas(rank=[100, NAN, 110]), "ward", RANKED)
    by_rank = ["average_rank", "proportion_most_deprived_10pct", "population_share_decile_1", "extent"]
    assert found.loc["A", [*by_rank, "local_concentration"]].isna().all()
    assert found.loc["A", ["average_score", "min_score", "max_score"]].notna().all()
    assert found.loc["B"].notna().all()


def test_a_missing_score_spoils_the_score_measures_of_its_own_ward_only() -> None:
    found = summary_measures(small_areas(score=[NAN, 10.0, 38.0]), "ward", RANKED)
    assert found.loc["A", ["average_score", "min_score", "max_score"]].isna().all()
    assert found.loc["A", ["average_rank", "extent", "local_concentration"]].notna().all()
    assert found.loc["B"].notna().all()


def test_a_missing_population_spoils_what_is_weighted_by_it() -> None:
    found = summary_measures(small_areas(population=[NAN, 150, 80]), "ward", RANKED)
    assert found.loc["A", ["population", "average_score", "average_rank", "extent", "local_concentration"]].isna().all()
    assert found.loc["A", "proportion_most_deprived_10pct"] == 0.5


@pytest.mark.parametrize("people", [0, -1, math.inf])
def test_a_population_of_nobody_is_refused(people: float) -> None:
    with pytest.raises(
        ValueError, match=f"A population of {people:g} cannot weight the small area 1; it must be above"
    ):
        summary_measures(small_areas(population=[50, people, 80]), "ward", RANKED)


@pytest.mark.parametrize("rank", [0, 1001, -5])
def test_a_rank_outside_those_ranked_is_refused(rank: float) -> None:
    with pytest.raises(ValueError, match=f"A rank of {rank} lies outside 1 to 1000"):
        summary_measures(small_areas(rank=[100, rank, 110]), "ward", RANKED)


def test_a_decile_outside_one_to_ten_is_refused() -> None:
    with pytest.raises(ValueError, match="A decile of 11 lies outside 1 to 10"):
        summary_measures(small_areas(decile=[1, 11, 2]), "ward", RANKED)


def test_a_small_area_that_belongs_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="The small area 2 has no ward; every small area must belong to one"):
        summary_measures(small_areas(ward=["A", "A", None]), "ward", RANKED)


def test_deciles_round_up() -> None:
    assert deciles([1, 100, 101, 1000, NAN], RANKED)[:4].tolist() == [1, 1, 2, 10]
    assert math.isnan(deciles(NAN, RANKED))


def test_deciles_hold_where_a_tenth_of_the_ranks_is_no_whole_number() -> None:
    assert deciles([3375, 3376, 6751, 6752], 33_755).tolist() == [1, 2, 2, 3]


def test_the_steps_of_the_extent() -> None:
    weights = extent_weights([100, 101, 110, 111, 300, 301, 1000], RANKED)
    assert weights.tolist() == pytest.approx([1, 0.95, 0.95, 0.95 - 0.9 / 19, 0.05, 0, 0])


def test_percentiles_of_the_extent_are_not_bins_of_equal_count() -> None:
    assert extent_weights([3, 4], 33).tolist() == pytest.approx([1, 0.95 - 0.9 / 19 * 2])
    assert math.isnan(extent_weights(NAN, 33))


def test_the_first_rank_scores_100_and_the_tenth_about_50() -> None:
    assert iod_exponential(1, RANKED_IN_2019) == pytest.approx(100)
    assert iod_exponential(3285, RANKED_IN_2019) == pytest.approx(50.429, abs=0.001)
    assert math.isnan(iod_exponential(NAN, 10))


def test_among_33_areas_the_first_two_stand_27_points_apart() -> None:
    first, second = iod_exponential([1, 2], 33)
    assert first - second == pytest.approx(27.5, abs=0.1)


@pytest.mark.parametrize("function", [deciles, extent_weights, iod_exponential])
def test_a_rank_beyond_the_last_is_refused_everywhere(function) -> None:
    with pytest.raises(ValueError, match="A rank of 34 lies outside 1 to 33; give the number of areas ranked with it"):
        function([1, 34], 33)


def test_the_weights_of_the_domains_sum_to_99_9() -> None:
    assert sum(DOMAIN_WEIGHTS.values()) == pytest.approx(99.9)


def test_published_scores_follow_from_the_ranks_of_the_domains() -> None:
    worked_out = imd_score(PUBLISHED_2019, RANKED_IN_2019)
    assert np.abs(worked_out - PUBLISHED_2019["imd_score"]).max() <= 0.0007


def test_weights_made_to_sum_to_100_would_miss_the_published_scores() -> None:
    stretched = {name: weight / 0.999 for name, weight in DOMAIN_WEIGHTS.items()}
    assert np.abs(imd_score(PUBLISHED_2019, RANKED_IN_2019, stretched) - PUBLISHED_2019["imd_score"]).max() > 0.01


def test_a_missing_domain_makes_the_score_missing() -> None:
    ranks = pd.DataFrame({name: [1.0, 1.0] for name in DOMAIN_WEIGHTS})
    ranks.loc[1, "crime"] = NAN
    scores = imd_score(ranks, 10)
    assert scores[0] == pytest.approx(99.9)
    assert math.isnan(scores[1])
