"""What must hold of the best sites whatever the map."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.location import cover_most, fewest_sites, least_longest_travel, least_travel


@st.composite
def maps(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """People an area and minutes from every area to every candidate."""
    areas, candidates = draw(st.integers(1, 8)), draw(st.integers(2, 6))
    people = draw(st.lists(st.integers(0, 400), min_size=areas, max_size=areas).filter(any))
    minutes = draw(st.lists(st.integers(0, 60), min_size=areas * candidates, max_size=areas * candidates))
    return np.array(people), np.reshape(minutes, (areas, candidates))


def every_choice(minutes: np.ndarray, sites: int) -> np.ndarray:
    """Minutes to the nearest site, one choice of sites a row."""
    return np.array([minutes[:, list(sites_)].min(axis=1) for sites_ in combinations(range(minutes.shape[1]), sites)])


@given(given_map=maps(), data=st.data(), radius=st.integers(0, 60))
def test_no_choice_of_all_there_are_is_better(given_map: tuple, data: st.DataObject, radius: int) -> None:
    people, minutes = given_map
    sites = data.draw(st.integers(1, minutes.shape[1]))
    nearest = every_choice(minutes, sites)
    assert cover_most(people, minutes, radius, sites).value == ((nearest <= radius) * people).sum(axis=1).max()
    assert least_travel(people, minutes, sites).value == (nearest * people).sum(axis=1).min()
    assert least_longest_travel(minutes, sites).value == nearest.max(axis=1).min()


@given(given_map=maps(), radius=st.integers(0, 60))
def test_fewer_sites_never_cover_everybody(given_map: tuple, radius: int) -> None:
    _, minutes = given_map
    enough = [
        sites for sites in range(1, minutes.shape[1] + 1) if (every_choice(minutes, sites) <= radius).all(axis=1).any()
    ]
    found = fewest_sites(minutes, radius)
    assert found.value == (min(enough) if enough else None)
    assert found.uncovered.tolist() == np.flatnonzero((minutes > radius).all(axis=1)).tolist()


@given(given_map=maps(), radius=st.integers(0, 60))
def test_the_sites_named_attain_the_value(given_map: tuple, radius: int) -> None:
    people, minutes = given_map
    covered, median = cover_most(people, minutes, radius, 2), least_travel(people, minutes, 2)
    centre = least_longest_travel(minutes, 2)
    assert len(covered.chosen) == len(median.chosen) == 2
    assert len(centre.chosen) <= 2
    near = (minutes[:, covered.chosen] <= radius).any(axis=1)
    assert people[near].sum() == covered.value
    assert np.flatnonzero(~near).tolist() == covered.uncovered.tolist()
    assert covered.share == pytest.approx(covered.value / people.sum())
    assert (people * minutes[:, median.chosen].min(axis=1)).sum() == median.value
    assert minutes[:, centre.chosen].min(axis=1).max() == centre.value


@given(given_map=maps())
def test_more_sites_cover_no_fewer_and_send_nobody_further(given_map: tuple) -> None:
    people, minutes = given_map
    numbers = range(1, minutes.shape[1] + 1)
    covered = [cover_most(people, minutes, 15, sites).value for sites in numbers]
    travel = [least_travel(people, minutes, sites).value for sites in numbers]
    longest = [least_longest_travel(minutes, sites).value for sites in numbers]
    assert covered == sorted(covered)
    assert travel == sorted(travel, reverse=True)
    assert longest == sorted(longest, reverse=True)


@given(given_map=maps())
def test_the_longest_travel_is_the_least_radius_its_sites_can_cover(given_map: tuple) -> None:
    _, minutes = given_map
    longest = least_longest_travel(minutes, 2).value
    assert fewest_sites(minutes, longest).value <= 2


@given(given_map=maps(), data=st.data())
def test_areas_and_candidates_in_another_order_reach_the_same_values(given_map: tuple, data: st.DataObject) -> None:
    people, minutes = given_map
    areas = np.array(data.draw(st.permutations(range(minutes.shape[0]))))
    candidates = np.array(data.draw(st.permutations(range(minutes.shape[1]))))
    turned = minutes[np.ix_(areas, candidates)]
    assert cover_most(people[areas], turned, 15, 2).value == cover_most(people, minutes, 15, 2).value
    assert least_travel(people[areas], turned, 2).value == least_travel(people, minutes, 2).value
    assert least_longest_travel(turned, 2).value == least_longest_travel(minutes, 2).value
    assert fewest_sites(turned, 15).value == fewest_sites(minutes, 15).value
