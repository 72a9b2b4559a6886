"""Laws of the need index: only shares, distances and order count, and what is told apart can be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.need_index import WAYS, NeedIndex, index_of, untold
from analysis.present.need_index_view import chance, ordinal, places
from pages.components.link_text import dotted, paired, undotted, unpaired

FEW = 200
SCORES = st.lists(st.integers(0, 1000).map(lambda score: score / 10), min_size=4, max_size=8, unique=True)
WEIGHTS = st.tuples(st.integers(1, 5), st.integers(1, 5))
WAY = st.sampled_from(WAYS)
OFFERED = ("children", "education", "living_env", "imd")


def rows(education: list[float], crime: list[float], codes: list[str] | None = None) -> pd.DataFrame:
    """Two scores of some wards as `indicator_table` gives them."""
    named = codes or [f"E0500{place:04}" for place in range(len(education))]
    table = {"area_code": [*named, *named], "value": [*education, *crime]}
    kind = ["education"] * len(named) + ["crime"] * len(named)
    given_by = {"numerator": np.nan, "denominator": np.nan, "basis": "modelled", "reason": ""}
    return pd.DataFrame({**table, "area_name": table["area_code"], "indicator": kind}).assign(**given_by)


def index(table: pd.DataFrame, weights: tuple[int, int], way: str) -> NeedIndex:
    return index_of(table, "2026", {"education": weights[0], "crime": weights[1]}, way, draws=FEW)


def by_code(result: NeedIndex) -> pd.DataFrame:
    return result.wards.set_index("area_code").sort_index()


@given(SCORES, WEIGHTS, WAY, st.integers(2, 9), st.integers(-50, 50))
def test_the_unit_and_the_starting_point_of_a_score_do_not_matter(
    scores: list[float], weights: tuple[int, int], way: str, unit: int, start: int
) -> None:
    other = [*scores[1:], scores[0]]
    plain = by_code(index(rows(scores, other), weights, way))
    turned = by_code(index(rows([unit * score + start for score in scores], other), weights, way))
    assert np.allclose(plain["index"], turned["index"])


@given(SCORES, WEIGHTS, WAY)
def test_a_ward_that_stands_highest_in_everything_always_comes_first(
    scores: list[float], weights: tuple[int, int], way: str
) -> None:
    top = [*scores, 200.0]
    found = index(rows(top, [*scores[1:], scores[0], 300.0]), weights, way).wards.iloc[0]
    assert found["area_code"] == f"E0500{len(scores):04}"
    assert (found["rank_lower"], found["rank_upper"], found["p_worst5"]) == (1, 1, 1)


@given(SCORES, WEIGHTS, WAY, st.randoms(use_true_random=False))
def test_naming_wards_otherwise_gives_each_the_same_index(
    scores: list[float], weights: tuple[int, int], way: str, random: object
) -> None:
    other = [*scores[1:], scores[0]]
    codes = [f"E0500{place:04}" for place in range(len(scores))]
    shuffled = random.sample(codes, len(codes))
    plain = by_code(index(rows(scores, other, codes), weights, way))["index"]
    named = by_code(index(rows(scores, other, shuffled), weights, way))["index"]
    assert np.allclose(plain[codes], named[shuffled])


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 12)), max_size=30))
def test_every_ward_of_a_run_could_hold_every_place_of_the_run_and_no_longer_run_begins_there(
    spans: list[tuple[int, int]],
) -> None:
    wards = pd.DataFrame([(low, low + wide) for low, wide in sorted(spans)], columns=["rank_lower", "rank_upper"])
    wards.insert(0, "area_code", [str(place) for place in range(1, len(wards) + 1)])
    first, codes = untold(wards)
    assert len(codes) != 1
    inside = wards[wards["area_code"].isin(codes)]
    last = first + len(codes) - 1
    assert (inside["rank_lower"] <= first).all()
    assert (inside["rank_upper"] >= last).all()
    longer = wards.iloc[first - 1 : last + 1] if codes else wards.iloc[:0]
    if len(longer) > len(codes):
        assert not ((longer["rank_lower"] <= first) & (longer["rank_upper"] >= last + 1)).all()


@given(st.floats(0, 1))
def test_a_chance_is_never_said_to_be_none_or_certain_and_is_within_two_and_a_half_points(probability: float) -> None:
    said = chance(probability)
    assert "100%" not in said
    assert said != "about 0%"
    if said.startswith("about"):
        assert abs(int(said.removeprefix("about ").removesuffix("%")) - 100 * probability) <= 2.5 + 1e-9


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_range_of_places_names_both_ends(lower: int, upper: int) -> None:
    assume(lower < upper)
    assert places(lower, upper) == f"{ordinal(lower)} to {ordinal(upper)}"


@given(st.sets(st.sampled_from(OFFERED)))
def test_choices_survive_the_address_in_the_order_they_are_offered(chosen: set[str]) -> None:
    back = undotted(dotted([*chosen], OFFERED))
    assert back == [name for name in OFFERED if name in chosen]


@given(st.dictionaries(st.sampled_from(OFFERED), st.integers(0, 5)))
def test_weights_survive_the_address_and_the_usual_one_is_left_out(weights: dict[str, int]) -> None:
    text = paired(weights, 1)
    assert ":1" not in text
    assert unpaired(text, OFFERED, 5) == {name: weight for name, weight in weights.items() if weight != 1}


@given(st.text(max_size=30))
def test_no_address_gives_a_weight_that_is_not_offered(text: str) -> None:
    found = unpaired(text, OFFERED, 5)
    assert found is None or (set(found) <= set(OFFERED) and set(found.values()) <= set(range(6)))
