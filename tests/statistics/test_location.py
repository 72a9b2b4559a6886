"""Where to open sites: small maps, areas nobody can reach, what is refused, and the solver's own edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.location import cover_most, fewest_sites, least_longest_travel, least_travel
from analysis.statistics.optimum import Programme, rounded

NAN = math.nan
PEOPLE = [100, 10, 10, 10]
# A line of four areas, ten minutes apart, with a candidate in each.
LINE = [[10 * abs(area - site) for site in range(4)] for area in range(4)]


def test_one_site_covers_the_most_people_not_the_most_areas() -> None:
    # Within 10 minutes of the first candidate live 100 + 10 people, of the second 100 + 10 + 10.
    best = cover_most(PEOPLE, LINE, 10, 1)
    assert best.chosen.tolist() == [1]
    assert best.value == 120
    assert best.share == pytest.approx(120 / 130)
    assert best.uncovered.tolist() == [3]


def test_a_radius_exactly_reached_covers() -> None:
    assert cover_most([1], [[10]], 10, 1).value == 1
    assert cover_most([1], [[10]], 9.99, 1).value == 0


def test_nobody_covered_is_nought_not_an_error() -> None:
    best = cover_most([5, 5], [[30, 40], [50, 60]], 10, 1)
    assert (best.value, best.share) == (0, 0)
    assert best.uncovered.tolist() == [0, 1]


def test_the_least_travel_of_one_site_is_from_where_most_people_are() -> None:
    # From the first area: 10 x 10 + 10 x 20 + 10 x 30 = 600; from the second 100 x 10 + 100 + 200.
    best = least_travel(PEOPLE, LINE, 1)
    assert best.chosen.tolist() == [0]
    assert best.value == 600
    assert best.note == "With 1 site everybody travels 4.6 minutes on average."


def test_two_sites_halve_the_line() -> None:
    # The first and the third: only areas two and four travel, 10 people for 10 minutes each.
    best = least_travel(PEOPLE, LINE, 2)
    assert best.value == 200
    assert 0 in best.chosen
    assert "With 2 sites" in best.note


def test_shares_of_people_give_the_same_sites_as_counts() -> None:
    shares = np.array(PEOPLE) / 1e9
    assert least_travel(shares, LINE, 1).chosen.tolist() == [0]
    assert cover_most(shares, LINE, 10, 1).chosen.tolist() == [1]


def test_the_longest_travel_counts_every_area_however_few_live_there() -> None:
    best = least_longest_travel(LINE, 1)
    assert best.value == 20
    assert best.chosen.tolist()[0] in (1, 2)
    assert least_longest_travel(LINE, 2).value == 10
    assert least_longest_travel(LINE, 4).value == 0


def test_the_fewest_sites_for_a_radius() -> None:
    assert fewest_sites(LINE, 10).value == 2
    assert fewest_sites(LINE, 20).value == 1
    assert fewest_sites(LINE, 0).value == 4


def test_an_area_near_no_candidate_leaves_no_answer_and_is_named() -> None:
    found = fewest_sites([[5, 6], [50, 60], [NAN, NAN]], 10)
    assert found.value is None
    assert not found.chosen.size
    assert found.uncovered.tolist() == [1, 2]
    assert found.note == (
        "No choice of sites is within 10 minutes of every area; near none of the candidates: 2 of 3 areas."
    )


def test_an_area_that_cannot_be_reached_leaves_no_least_travel() -> None:
    minutes = [[5, 6], [NAN, NAN]]
    for found in (least_travel([1, 1], minutes, 1), least_longest_travel(minutes, 2)):
        assert found.value is None
        assert found.uncovered.tolist() == [1]
        assert "near none of the candidates: 1 of 2 areas" in found.note


def test_too_few_sites_for_islands_leave_no_answer_though_each_could_be_reached() -> None:
    islands = [[5, NAN], [NAN, 5]]
    for found in (least_travel([1, 1], islands, 1), least_longest_travel(islands, 1)):
        assert found.value is None
        assert not found.uncovered.size
        assert found.note == "1 site cannot reach every area."
    assert least_longest_travel(islands, 2).value == 5


def test_nowhere_to_go_at_all_is_no_answer() -> None:
    nowhere = [[NAN, NAN]]
    assert least_travel([1], nowhere, 1).value is None
    assert least_longest_travel(nowhere, 1).value is None
    assert fewest_sites(nowhere, 10).value is None


@pytest.mark.parametrize(
    ("sites", "text"),
    [
        (5, "5 sites cannot be chosen from 4 candidates; ask for 1 to 4"),
        (0, "0 sites cannot be chosen from 4 candidates"),
        (1.5, "The number of sites must be a whole number, but is 1.5"),
        (-1, "The number of sites must be 0 or more, but is -1"),
        (NAN, "The number of sites must be known"),
    ],
)
def test_a_number_of_sites_that_cannot_be_opened_is_refused(sites: float, text: str) -> None:
    for asked in (
        lambda: cover_most(PEOPLE, LINE, 10, sites),
        lambda: least_travel(PEOPLE, LINE, sites),
        lambda: least_longest_travel(LINE, sites),
    ):
        with pytest.raises(ValueError, match=text):
            asked()


@pytest.mark.parametrize(
    ("weights", "minutes", "text"),
    [
        ([1, -1], [[1], [2]], "Every weight must be 0 or more, but one is -1"),
        ([1, NAN], [[1], [2]], "Every weight must be known and finite"),
        ([0, 0], [[1], [2]], "The weights add to 0"),
        ([1, 1, 1], [[1], [2]], "there are 3 for weights, 2 for rows of minutes"),
        ([1, 1], [[1], [-2]], "Every travel time must be 0 or more, but one is -2"),
        ([1, 1], [1, 2], r"but have the shape \(2,\)"),
    ],
)
def test_people_and_times_that_mean_nothing_are_refused(weights: list, minutes: list, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        least_travel(weights, minutes, 1)
    with pytest.raises(ValueError, match=text):
        cover_most(weights, minutes, 10, 1)


@pytest.mark.parametrize("radius", [-1, NAN, math.inf])
def test_a_radius_that_is_no_time_is_refused(radius: float) -> None:
    with pytest.raises(ValueError, match="The radius must be a number of minutes, 0 or more"):
        fewest_sites(LINE, radius)


def test_a_programme_nobody_can_keep_has_no_solution() -> None:
    assert Programme(np.ones(1), np.ones((1, 1)), 3, 3, 1, highest=2).solved() is None


def test_a_programme_without_a_least_value_is_an_error() -> None:
    with pytest.raises(ArithmeticError, match="The solver found no optimum"):
        Programme(-np.ones(1), np.ones((1, 1)), 0, np.inf, 0).solved()


def test_a_value_that_is_not_whole_is_never_rounded_away() -> None:
    assert rounded([1.999999, 3]).tolist() == [2, 3]
    with pytest.raises(ArithmeticError, match="not a whole number"):
        rounded([1.5])
