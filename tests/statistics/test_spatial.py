"""Moran, Geary and local clusters worked by hand on a ring, their edges, and what is refused."""

from __future__ import annotations

import math
import warnings
from itertools import combinations

import numpy as np
import pytest
from libpysal.graph import Graph

from analysis.statistics.spatial import adjusted, clusters_shown, moran, moran_local, neighbours

NAN = math.nan
TEN = list("abcdefghij")
RING = [(area, TEN[(place + 1) % 10]) for place, area in enumerate(TEN)]
BLOCKS = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
PATCHY = [9.0, 8.5, 9.2, 3.1, 2.2, 1.4, 2.6, 7.7, 4.4, 8.0]


@pytest.fixture(scope="module")
def ring() -> Graph:
    """Ten areas, each between two others."""
    return neighbours(TEN, RING)


def test_a_border_counts_both_ways_and_once(ring: Graph) -> None:
    once, twice = ring.sparse.toarray(), neighbours(TEN, RING + [(b, a) for a, b in RING] + RING).sparse.toarray()
    assert (once == twice).all()
    assert once[0].tolist() == [0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0.5]
    assert once.sum(axis=1).tolist() == [1] * 10


def test_weights_stand_in_the_order_of_the_areas_and_not_of_the_alphabet() -> None:
    assert neighbours(["c", "a", "b"], [("a", "b"), ("c", "a")]).sparse.toarray().tolist() == [
        [0, 1, 0],
        [0.5, 0, 0.5],
        [0, 1, 0],
    ]


def test_islands_are_joined_to_their_nearest_both_ways() -> None:
    """c lies nearest to b; d nearest to the island c."""
    found = neighbours(["a", "b", "c", "d"], [("a", "b")], [[0, 0], [1, 0], [3, 0], [6, 0]])
    assert found.sparse.toarray().tolist() == [[0, 1, 0, 0], [0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [0, 0, 1, 0]]


def test_areas_without_any_border_are_all_joined_to_their_nearest() -> None:
    found = neighbours(["a", "b", "c"], [], [[0, 0], [1, 0], [3, 0]])
    assert found.sparse.toarray().tolist() == [[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]]


@pytest.mark.parametrize(
    ("areas", "borders", "centroids", "said"),
    [
        (["a", "b"], [("a", "z")], None, "A border names z, which is not among the areas"),
        (["a", "b"], [("a", "a")], None, "A border joins a to itself"),
        (["a", "a"], [("a", "a")], None, "at least 2 areas, each listed once"),
        (["a"], [], None, "at least 2 areas"),
        (["a", "b", "c"], [("a", "b")], None, "c touches no other area; give every area's centroid"),
        (["a", "b", "c"], [("a", "b")], [[0, 0], [NAN, 1], [1, 1]], "c touches no other area"),
        (["a", "b", "c"], [("a", "b")], [[0, 0], [1, 1]], "c touches no other area"),
    ],
)
def test_neighbours_that_cannot_be_are_refused(areas: list, borders: list, centroids: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        neighbours(areas, borders, centroids)


def test_two_blocks_on_a_ring(ring: Graph) -> None:
    """Six of ten areas lie between their likes and four on the edge of a block, where the neighbours cancel out.

    I = 6 x 0.25 / (10 x 0.25) = 0.6; C = 9 x (4 x 1/2 x 1) / (2 x 10 x 2.5) = 0.36. Of the 252 ways of laying out five
    ones, 10 are one block and none is more alike, so the one-sided p is 10 / 252 and the other twice that.
    """
    found = moran(BLOCKS, ring, seed=1, permutations=99_999)
    assert (found.value, found.geary, found.expected) == pytest.approx((0.6, 0.36, -1 / 9))
    assert found.p_permuted_greater == pytest.approx(10 / 252, abs=0.003)
    assert found.p_permuted == pytest.approx(20 / 252, abs=0.006)
    assert (found.areas, found.permutations, found.seed) == (10, 99_999, 1)


def test_the_moments_of_the_ring(ring: Graph) -> None:
    """Cliff and Ord: n = 10, S0 = 10, S1 = 10, S2 = 40.

    Under normality (100 x 10 - 10 x 40 + 300) / (99 x 100) - 1/81. Under randomisation, kurtosis 1 for halves of ones
    and noughts: (10 (73 x 10 - 400 + 300) - (900 - 800 + 600)) / (9 x 8 x 7 x 100) - 1/81.
    """
    found = moran(BLOCKS, ring, seed=1)
    assert found.variance_normal == pytest.approx(900 / 9900 - 1 / 81)
    assert found.variance == pytest.approx((6300 - 700) / 50400 - 1 / 81)
    assert found.z == pytest.approx((0.6 + 1 / 9) / math.sqrt(found.variance))
    assert found.p == pytest.approx(math.erfc(found.z / math.sqrt(2)))
    assert found.z_normal == pytest.approx((0.6 + 1 / 9) / math.sqrt(found.variance_normal))
    assert found.p_normal == pytest.approx(math.erfc(found.z_normal / math.sqrt(2)))


def test_unlike_beside_unlike_is_minus_one_and_as_far_out_on_the_other_side(ring: Graph) -> None:
    """Only 2 of the 252 layouts alternate."""
    found = moran([0, 1] * 5, ring, seed=1, permutations=99_999)
    assert (found.value, found.geary) == pytest.approx((-1, 1.8))
    assert found.p_permuted_greater == 1
    assert found.p_permuted == pytest.approx(4 / 252, abs=0.002)
    assert found.z < 0 < found.p < 0.05


def test_local_moran_between_two_likes(ring: Graph) -> None:
    """Own value 0.5 from the mean, both neighbours too: I = 0.5 x 0.5 x 9 / 2.5 = 0.9.

    The other nine are 4 ones and 5 noughts: both neighbours are ones in 6 of 36 pairs, so p = 2/6. The mean of the
    others is -1/18, so I is expected at 0.5 x -1/18 x 3.6 = -0.1; the variance of a mean of two of the nine is
    (1/4 - 1/324) / 2 x 7/8, times 1.8 squared 0.35.
    """
    found = moran_local(BLOCKS, ring, seed=1, permutations=99_999)
    assert found["value"].tolist() == pytest.approx([0, 0.9, 0.9, 0.9, 0, 0, 0.9, 0.9, 0.9, 0])
    assert found["expected"].to_numpy() == pytest.approx(-0.1)
    assert found["variance"].to_numpy() == pytest.approx(0.35)
    assert found.loc[1, "z"] == pytest.approx(1 / math.sqrt(0.35))
    assert found.loc[1, "p"] == pytest.approx(math.erfc(found.loc[1, "z"] / math.sqrt(2)))
    assert found.loc[1, "p_permuted"] == pytest.approx(1 / 3, abs=0.01)
    assert found["lag"].tolist() == [0.5, 1, 1, 1, 0.5, 0.5, 0, 0, 0, 0.5]


def test_picking_an_area_twice_makes_the_shuffles_wider(ring: Graph) -> None:
    """Two ones among 4 of nine, put back in between: (4/9) squared, twice."""
    found = moran_local(BLOCKS, ring, seed=1, permutations=99_999, repeats=True)
    assert found.loc[1, "p_permuted"] == pytest.approx(2 * 16 / 81, abs=0.01)


def test_quadrants_put_own_value_and_neighbours_beside_their_means(ring: Graph) -> None:
    found = moran_local(BLOCKS, ring, seed=1)["quadrant"].tolist()
    assert found[1:4] + found[6:9] == ["High-High"] * 3 + ["Low-Low"] * 3
    assert [found[0], found[5]] == ["High-Low", "Low-Low"]
    spike = moran_local([9] + [1] * 9, ring, seed=1)["quadrant"].tolist()
    assert spike == ["High-Low", "Low-High", *["Low-Low"] * 7, "Low-High"]


def test_an_area_at_the_mean_has_no_local_test(ring: Graph) -> None:
    found = moran_local([0, 1, 2, 3, 4, 5, 6, 7, 8, 4], ring, seed=1)
    at_mean = found[found["expected"] == 0]
    assert list(at_mean.index) == [4, 9]
    assert at_mean["value"].tolist() == [0, 0]
    assert at_mean[["z", "p", "p_adjusted"]].isna().all(axis=None)
    assert at_mean["p_permuted"].tolist() == [1, 1]
    assert found.drop(index=[4, 9])["p_adjusted"].notna().all()


def test_an_area_that_touches_all_others_has_no_local_test() -> None:
    star = neighbours(TEN, [("a", other) for other in TEN[1:]])
    found = moran_local(PATCHY, star, seed=1)
    assert np.isnan(found.loc[0, "p"])
    assert found.loc[1:, "p"].notna().all()


def test_the_figures_are_those_of_esda(ring: Graph) -> None:
    from esda.moran import Moran, Moran_Local

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = Moran_Local(PATCHY, ring, permutations=0)
    assert moran_local(PATCHY, ring, seed=5)["value"].to_numpy() == pytest.approx(theirs.Is)
    assert moran(PATCHY, ring, seed=5).p == pytest.approx(Moran(PATCHY, ring, permutations=0).p_rand)


def test_shuffles_come_near_to_every_pair_of_neighbours_there_could_be(ring: Graph) -> None:
    found = moran_local(PATCHY, ring, seed=5, permutations=99_999)
    for area, own in enumerate(np.array(PATCHY) - np.mean(PATCHY)):
        others = [value for place, value in enumerate(PATCHY) if place != area]
        lags = own * np.array([sum(pair) / 2 - np.mean(PATCHY) for pair in combinations(others, 2)])
        here = own * (found.loc[area, "lag"] - np.mean(PATCHY))
        exact = 2 * min((lags >= here - 1e-9).mean(), (lags <= here + 1e-9).mean())
        assert found.loc[area, "p_permuted"] == pytest.approx(min(1, exact), abs=0.01)
        assert found.loc[area, "variance"] == pytest.approx(lags.var() * (9 / np.var(PATCHY) / 10) ** 2)


def test_false_discoveries_are_held_down_as_benjamini_and_hochberg_do() -> None:
    """Of four p values the least is times 4, the next 4/2, and so on, none above a later one."""
    assert adjusted([0.01, 0.04, 0.03, 0.5]).tolist() == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert adjusted([0.01, NAN, 0.04]).tolist() == pytest.approx([0.02, NAN, 0.04], nan_ok=True)
    assert np.isnan(adjusted([NAN, NAN])).all()


def test_clusters_are_shown_only_where_the_whole_is_clustered(ring: Graph) -> None:
    assert clusters_shown(moran(BLOCKS, ring, seed=1))
    assert not clusters_shown(moran([1, 0, 0, 1, 1, 0, 1, 0, 0, 1], ring, seed=1))


def test_the_same_seed_gives_the_same_answer_and_another_does_not(ring: Graph) -> None:
    assert moran(PATCHY, ring, seed=7) == moran(PATCHY, ring, seed=7)
    assert moran(PATCHY, ring, seed=7).p_permuted != moran(PATCHY, ring, seed=8).p_permuted
    first, second = moran_local(PATCHY, ring, seed=7), moran_local(PATCHY, ring, seed=7)
    assert first.equals(second)


def test_shuffles_leave_the_random_numbers_of_others_alone(ring: Graph) -> None:
    np.random.seed(3)
    before = np.random.get_state()[1].tolist()
    moran(PATCHY, ring, seed=7)
    moran_local(PATCHY, ring, seed=7)
    assert np.random.get_state()[1].tolist() == before


def test_nothing_is_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ring = neighbours([*TEN, "k"], RING, np.column_stack([np.arange(11), np.zeros(11)]))
        moran([*PATCHY, 5.0], ring, seed=1)
        moran_local([*PATCHY, 5.0], ring, seed=1)


@pytest.mark.parametrize("method", [moran, moran_local])
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, 2, NAN, *range(7)], "The value in row 3 is missing"),
        ([1, 2, 3, math.inf, *range(6)], "The value in row 4 is missing"),
        ([7] * 10, "Every value is 7; a test of clustering needs values that differ"),
        ([0.1 + 0.2, *[0.3] * 9], "Every value is 0.3"),
        ([1, 2], r"Values have the shape \(2,\) and the weights 10 areas"),
    ],
)
def test_values_that_cannot_be_tested_are_refused(method: object, values: list, said: str, ring: Graph) -> None:
    with pytest.raises(ValueError, match=said):
        method(values, ring, seed=1)


@pytest.mark.parametrize("method", [moran, moran_local])
def test_too_few_areas_shuffles_or_weights_are_refused(method: object, ring: Graph) -> None:
    nine = neighbours(TEN[:9], RING[:8])
    with pytest.raises(ValueError, match="There are 9 areas; a test of clustering needs at least 10"):
        method(range(9), nine, seed=1)
    with pytest.raises(ValueError, match="999 permutations are too few for small p values; give 9,999 or more"):
        method(PATCHY, ring, seed=1, permutations=999)
    with pytest.raises(ValueError, match="do not sum to 1; make them with `neighbours`"):
        method(PATCHY, ring.transform("b"), seed=1)


def test_weights_that_tell_no_areas_apart_are_refused() -> None:
    everybody = neighbours(TEN, [(a, b) for a in TEN for b in TEN if a < b])
    with pytest.raises(ValueError, match="the same wherever the values lay"):
        moran(PATCHY, everybody, seed=1)
