"""Small tables whose hidden counts anybody can try to work out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.attack import Attacker, feasible_ranges
from analysis.statistics.count_tables import MOST, Table, equations, nested, one_way, two_way
from analysis.statistics.suppression import COMPANION, SMALL, suppress


def test_a_single_hidden_cell_is_the_total_less_the_rest() -> None:
    left = feasible_ranges(one_way([3, 12, 7]), [True, False, False])
    assert (left.least[0], left.greatest[0]) == (3, 3)


def test_two_hidden_cells_share_what_is_left_of_the_total() -> None:
    left = feasible_ranges(one_way([1, 2, 30]), [True, True, False])
    assert left.least.tolist() == [0, 0, 30]
    assert left.greatest.tolist() == [3, 3, 30]


def test_who_knows_that_zeros_are_shown_narrows_a_sum_of_three_to_one_or_two() -> None:
    left = feasible_ranges(one_way([1, 2, 30]), [True, True, False], lowest=1)
    assert left.least.tolist() == [1, 1, 30]
    assert left.greatest.tolist() == [2, 2, 30]


def test_a_square_of_hidden_cells_moves_by_the_smaller_of_each_diagonal() -> None:
    # 3 8 / 9 6: up by min(8, 9) = 8 and down by min(3, 6) = 3.
    left = feasible_ranges(two_way([[3, 8, 1], [9, 6, 2], [4, 5, 7]]), [1, 1, 0, 1, 1, 0, 0, 0, 0])
    assert left.least[[0, 1, 3, 4]].tolist() == [0, 0, 1, 3]
    assert left.greatest[[0, 1, 3, 4]].tolist() == [11, 11, 12, 14]


def test_two_hidden_cells_of_one_row_alone_in_their_columns_are_known() -> None:
    left = feasible_ranges(two_way([[3, 8], [9, 6]]), [True, True, False, False])
    assert left.least.tolist() == left.greatest.tolist() == [3, 8, 9, 6]


def test_nothing_limits_a_hidden_cell_whose_total_is_withheld() -> None:
    left = feasible_ranges(one_way([3, 5]), [True, False], withheld=[True])
    assert (left.least[0], left.greatest[0]) == (0, math.inf)
    assert (left.total_least[0], left.total_greatest[0]) == (5, math.inf)


def test_a_withheld_total_of_shown_cells_is_their_sum() -> None:
    left = feasible_ranges(one_way([3, 5]), [False, False], withheld=[True])
    assert (left.total_least[0], left.total_greatest[0]) == (8, 8)


def test_a_cell_in_no_total_is_limited_by_nothing() -> None:
    left = feasible_ranges(Table([3, 5], [[False, True]], ("second",)), [True, False])
    assert (left.least[0], left.greatest[0]) == (0, math.inf)


def three_ways(counts: np.ndarray) -> Table:
    """Every pair of the three dimensions is published summed over the third: no two hierarchies, so a programme."""
    places = np.indices(counts.shape).reshape(3, -1)
    sums = [
        (places[one] == first) & (places[other] == second)
        for one, other in ((0, 1), (0, 2), (1, 2))
        for first in range(counts.shape[one])
        for second in range(counts.shape[other])
    ]
    return Table(counts.ravel(), np.array(sums), tuple(str(number) for number in range(len(sums))))


def test_a_cube_moves_only_as_a_whole() -> None:
    # Eight cells with every pair of margins: one way up +1 at the even corners and -1 at the odd, and only so.
    counts = np.array([[[3, 6], [7, 2]], [[8, 4], [5, 9]]])
    table = three_ways(counts)
    assert Attacker(table).arcs is None
    left = feasible_ranges(table, np.ones(8, bool))
    # The even corners 3, 2, 4, 5 can fall by 2 and the odd ones 6, 7, 8, 9 by 6.
    assert left.least.tolist() == [1, 0, 1, 0, 2, 2, 3, 3]
    assert left.greatest.tolist() == [9, 8, 9, 8, 10, 10, 11, 11]


def test_a_cube_with_one_corner_shown_is_known() -> None:
    table = three_ways(np.array([[[3, 6], [7, 2]], [[8, 4], [5, 9]]]))
    left = feasible_ranges(table, [True] * 7 + [False])
    assert left.least.tolist() == left.greatest.tolist() == table.values.tolist()


def test_a_cube_is_suppressed_as_a_whole() -> None:
    found = suppress(three_ways(np.array([[[3, 16], [17, 12]], [[18, 14], [15, 19]]])))
    assert found.hidden.all()
    assert not found.withheld.any()
    assert found.safe


def test_endless_room_is_found_by_the_programme_too() -> None:
    table = three_ways(np.array([[[3, 6], [7, 2]], [[8, 4], [5, 9]]]))
    hidden = np.zeros(8, bool)
    hidden[0] = True
    withheld = table.sums[:, 0]
    left = feasible_ranges(table, hidden, withheld=withheld)
    assert left.greatest[0] == math.inf
    assert left.least[0] == 0


def test_the_smallest_companion_with_people_is_hidden() -> None:
    found = suppress(one_way([3, 12, 7, 25, 40, 9]))
    assert found.hidden.tolist() == [True, False, True, False, False, False]
    assert found.cells["reason"].to_list() == [SMALL, "", COMPANION, "", "", ""]
    assert found.message == "2 counts are hidden, because each is from 1 to 4 or would let such a count be worked out."


def test_two_small_cells_with_a_sum_of_three_need_a_third() -> None:
    found = suppress(one_way([1, 2, 30, 11, 6]))
    assert found.hidden.tolist() == [True, True, False, False, True]
    assert suppress(one_way([1, 2, 30, 11, 6]), lowest=0).hidden.tolist() == [True, True, False, False, False]


def test_zeros_are_no_companions_so_the_total_goes() -> None:
    found = suppress(one_way([3, 0, 0], "Twerton"))
    assert found.hidden.tolist() == [True, False, False]
    assert found.withheld.tolist() == [True]
    assert "Withheld too, as hiding cells alone would not be enough: Twerton." in found.message
    assert "Combining areas or years would let more be published." in found.message
    assert found.safe


def test_a_total_of_three_is_withheld_with_both_its_parts() -> None:
    found = suppress(one_way([1, 2]))
    assert found.hidden.all()
    assert found.withheld.all()
    assert found.cells["greatest"].to_list() == [math.inf, math.inf]


def test_a_small_row_total_is_hidden_and_so_is_another_that_would_reveal_it() -> None:
    found = suppress(two_way([[3, 0, 0], [20, 30, 40], [50, 60, 70]], rows=["A", "B", "C"]))
    assert found.totals.loc[found.withheld, "name"].tolist()[0] == "A"
    assert found.withheld[:3].sum() >= 2 or found.withheld[-1]
    assert found.safe


def test_everything_small_is_still_safe() -> None:
    found = suppress(two_way([[1, 1], [1, 1]]))
    assert found.hidden.all()
    assert found.safe


def test_a_table_of_zeros_is_published() -> None:
    found = suppress(two_way([[0, 0], [0, 0]]))
    assert found.message == "No count is from 1 to 4, so every count is published."
    assert found.totals["published"].to_list() == [0, 0, 0, 0, 0]


def test_a_parent_area_that_would_give_a_cell_away_counts_as_a_total() -> None:
    wards = one_way([3, 12, 7, 25], "all")
    locality = nested(wards, {"north": [True, False, True, False]})
    assert suppress(wards).hidden.tolist() == [True, False, True, False]
    found = suppress(locality)
    assert found.hidden.tolist() == [True, False, True, False]
    nearer = nested(wards, {"north": [True, True, False, False]})
    assert suppress(nearer).hidden.tolist()[:2] == [True, True]


def test_everything_but_one_ward_is_that_ward() -> None:
    wards = nested(one_way([3, 12, 7, 25], "all"), {"all but the first": [False, True, True, True]})
    assert feasible_ranges(wards, [True, True, True, True]).greatest[0] == 3
    found = suppress(wards)
    assert found.hidden[0]
    assert found.withheld.any()
    assert found.safe


def test_the_threshold_sets_the_width() -> None:
    found = suppress(one_way([9, 30, 12, 50]), smallest=10)
    assert found.width == 8
    assert found.hidden.tolist() == [True, False, True, False]
    assert "from 1 to 9" in found.message


def test_a_threshold_of_two_hides_ones_only() -> None:
    found = suppress(one_way([1, 2, 3]), smallest=2)
    assert found.hidden.tolist() == [True, True, False]
    assert found.width == 1
    assert "each is 1 or" in found.message


def test_a_square_of_small_cells_needs_no_companion() -> None:
    # Four small cells at the corners of a square move by 3 either way round it, so nothing beside them need go.
    found = suppress(two_way([[4, 4, 90], [4, 4, 80], [70, 60, 50]]))
    assert found.hidden.tolist() == [True, True, False, True, True, False, False, False, False]


def test_a_hidden_total_never_shows_its_count() -> None:
    found = suppress(one_way([3, 0]))
    assert found.totals["published"].isna().all()
    assert found.cells["published"].to_list()[1] == 0


def test_a_list_stands_for_a_table_of_one_column() -> None:
    assert two_way([[3], [12], [7]]).sums.tolist() == [[True, True, True]]
    assert two_way([[3, 12, 7]]).sums.tolist() == [[True, True, True]]


def test_the_totals_of_a_table_come_rows_first_then_columns_then_all() -> None:
    table = two_way([[1, 2, 3], [4, 5, 6]], rows=["a", "b"], columns=["x", "y", "z"])
    assert table.names == ("a", "b", "x", "y", "z", "the grand total")
    assert table.totals.tolist() == [6, 15, 5, 7, 9, 21]
    assert table.entries.tolist() == [1, 2, 3, 4, 5, 6, 6, 15, 5, 7, 9, 21]


def test_the_grand_total_is_the_sum_of_other_totals() -> None:
    assert equations(two_way([[1, 2, 3], [4, 5, 6]]))[-1].tolist() == [0] * 6 + [1, 1, 0, 0, 0, -1]


def test_a_total_of_totals_stays_a_network() -> None:
    table = two_way(np.arange(24).reshape(8, 3))
    row = np.repeat(np.arange(8), 3)
    column = np.tile(np.arange(3), 8)
    views = {"south": row < 4} | {f"south {number}": (row < 4) & (column == number) for number in range(3)}
    assert Attacker(nested(table, views)).arcs is not None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1, math.nan], "Cell 2 is missing; nothing can be proved about a table with a gap"),
        ([1, -2], "A count must be a whole number of 0 or more, but one is -2"),
        ([1, 2.5], "A count must be a whole number of 0 or more, but one is 2.5"),
        ([1, math.inf], "A count must be a whole number of 0 or more, but one is inf"),
        ([], "The table has 0 cells; give at least one count"),
        ([MOST, 1], f"The counts come to 1000000001; the attack handles tables of up to {MOST}"),
    ],
)
def test_counts_that_are_none_are_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        one_way(values)


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"A two-way table needs rows and columns, but its shape is \(3,\)"):
        two_way([1, 2, 3])


def test_names_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="1 names were given for 2 rows; name each one or none"):
        two_way([[1, 2], [3, 4]], rows=["a"])
    with pytest.raises(ValueError, match="2 names were given for 1 totals; name each one"):
        Table([1, 2], [[True, True]], ("a", "b"))


def test_totals_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="Each total must say which of the 2 cells are part of it"):
        Table([1, 2], [[True, True, False]], ("a",))
    with pytest.raises(ValueError, match="north marks 3 cells of a table that has 2; mark each one"):
        nested(one_way([1, 2]), {"north": [True, True, False]})


def test_marks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="1 marks were given for 2 cells; mark each cell as hidden or not"):
        feasible_ranges(one_way([1, 2]), [True])
    with pytest.raises(ValueError, match="2 marks were given for 1 totals; mark each total as hidden or not"):
        feasible_ranges(one_way([1, 2]), [True, True], withheld=[True, False])


def test_a_hidden_zero_is_refused_when_the_attacker_knows_of_none() -> None:
    with pytest.raises(ValueError, match="A hidden count is 0, but the attacker is told that each is 1 or more"):
        feasible_ranges(one_way([0, 2]), [True, True], lowest=1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"smallest": 1}, "A threshold of 1 hides nothing; give 2 or more, such as 5 to hide 1 to 4"),
        ({"width": 0}, "A width of 0 would leave hidden counts exactly known; give 1 or more"),
        ({"lowest": 2}, "an attacker can know of 0 or 1 as the lowest, not 2"),
    ],
)
def test_settings_that_protect_nothing_are_refused(options: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        suppress(one_way([1, 2]), **options)


def test_the_sentence_does_not_say_how_many_of_the_hidden_are_small() -> None:
    # Two fours, or a three with a seven: told that both are small, a reader would know a sum of 8 to be 4 and 4.
    both, one = suppress(one_way([4, 4, 30])), suppress(one_way([3, 7, 30]))
    assert both.hidden.tolist() == one.hidden.tolist() == [True, True, False]
    assert both.message == one.message


def test_zeros_beside_a_small_count_stay_and_the_smallest_other_goes() -> None:
    found = suppress(one_way([3, 0, 7, 9, 0]))
    assert found.hidden.tolist() == [True, False, True, False, False]
    assert not found.withheld.any()


def test_a_small_total_is_hidden_even_from_who_could_not_work_out_its_parts() -> None:
    found = suppress(one_way([1, 3]), lowest=0)
    assert found.withheld.tolist() == [True]
    assert found.totals["reason"].to_list() == [SMALL]


def test_a_companion_that_others_make_needless_is_shown_again() -> None:
    # The 7 was hidden for one small count and is not needed once 13, 9, 8 and 3 are hidden for the others.
    found = suppress(two_way([[4, 2, 4], [0, 13, 9], [8, 3, 7]]))
    assert found.hidden.reshape(3, 3).tolist() == [[True, True, True], [False, True, True], [True, True, False]]
    assert found.safe
