"""What must hold of hidden counts whatever the table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.attack import feasible_ranges
from analysis.statistics.count_tables import Table, equations, nested, one_way, two_way
from analysis.statistics.suppression import suppress

MOST = 9
counts = st.integers(0, MOST)


@st.composite
def tiny(draw: st.DrawFn) -> Table:
    """One row, two by two, two by three, or cells under up to four totals that may overlap in any way."""
    rows, columns = draw(st.sampled_from([(1, 3), (1, 4), (2, 2), (2, 3), (0, 4)]))
    if rows:
        return two_way(np.reshape(draw(st.lists(counts, min_size=rows * columns, max_size=rows * columns)), (rows, -1)))
    sums = draw(st.lists(st.lists(st.booleans(), min_size=4, max_size=4).filter(any), min_size=1, max_size=4))
    values = draw(st.lists(counts, min_size=4, max_size=4))
    return Table(np.array(values), np.array(sums), tuple(f"total {number}" for number in range(len(sums))))


@st.composite
def larger(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    values = draw(st.lists(st.integers(0, 20), min_size=rows * columns, max_size=rows * columns))
    return two_way(np.reshape(values, (rows, columns)))


def fitting(table: Table, hidden: np.ndarray, withheld: np.ndarray, lowest: int) -> Iterator[np.ndarray]:
    """Every table of whole counts, near the true one, that fits what is published; as cells and then totals."""
    choices = [
        range(lowest, value + MOST) if hide else [value] for value, hide in zip(table.values, hidden, strict=True)
    ]
    shown = ~withheld
    for cells in product(*choices):
        totals = table.sums.astype(int) @ np.array(cells)
        if (totals[shown] == table.totals[shown]).all():
            yield np.array([*cells, *totals])


@given(table=tiny())
def test_suppression_is_never_undone_by_any_published_combination(table: Table) -> None:
    found = suppress(table)
    kept = np.concatenate([found.hidden, found.withheld])
    assume(found.hidden.sum() <= 4)
    possible = np.array(list(fitting(table, found.hidden, found.withheld, 1)))
    apart = possible.max(axis=0) - possible.min(axis=0)
    assert (apart[kept] >= 3).all()
    assert found.safe


@given(table=tiny(), data=st.data(), lowest=st.integers(0, 1))
def test_the_attack_finds_what_trying_every_table_finds(table: Table, data: st.DataObject, lowest: int) -> None:
    size = len(table.values)
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))) & (table.values >= lowest)
    covered = table.sums[:, hidden].any(axis=0)
    assume(covered.all() and hidden.sum() <= 4)
    left = feasible_ranges(table, hidden, lowest)
    assume((left.greatest < table.values + MOST).all())
    possible = np.array(list(fitting(table, hidden, np.zeros(len(table.names), bool), lowest)))[:, :size]
    np.testing.assert_array_equal(left.least, possible.min(axis=0))
    np.testing.assert_array_equal(left.greatest, possible.max(axis=0))


@given(table=larger() | tiny())
def test_a_zero_is_never_hidden_and_a_small_count_always_is(table: Table) -> None:
    found = suppress(table)
    assert not found.hidden[table.values == 0].any()
    assert not found.withheld[table.totals == 0].any()
    assert found.hidden[(table.values > 0) & (table.values < 5)].all()
    assert found.withheld[(table.totals > 0) & (table.totals < 5)].all()
    assert found.cells["published"].isna().equals(found.cells["hidden"])
    assert found.totals["published"].isna().equals(found.totals["hidden"])


@given(table=larger())
def test_each_hidden_count_lies_within_its_range_and_the_range_is_wide(table: Table) -> None:
    found = suppress(table)
    assert (found.cells["least"] <= table.values).all()
    assert (found.cells["greatest"] >= table.values).all()
    hidden = found.cells[found.cells["hidden"]]
    assert (hidden["greatest"] - hidden["least"] >= 3).all()


@given(values=st.lists(st.sampled_from([0, 5, 6, 12, 400]), min_size=1, max_size=12))
def test_everything_is_published_when_nothing_is_small(values: list[int]) -> None:
    found = suppress(one_way(values))
    assert not found.hidden.any()
    assert not found.withheld.any()
    assert found.cells["published"].to_list() == values


@given(table=larger(), data=st.data())
def test_adding_totals_never_makes_the_attacker_less_certain(table: Table, data: st.DataObject) -> None:
    size = len(table.values)
    masks = st.lists(st.booleans(), min_size=size, max_size=size)
    hidden, extra = np.array(data.draw(masks)), data.draw(masks)
    before, after = feasible_ranges(table, hidden), feasible_ranges(nested(table, {"more": extra}), hidden)
    assert (after.least >= before.least).all()
    assert (after.greatest <= before.greatest).all()


@given(table=larger(), data=st.data())
def test_hiding_more_never_makes_the_attacker_more_certain(table: Table, data: st.DataObject) -> None:
    size = len(table.values)
    masks = st.lists(st.booleans(), min_size=size, max_size=size)
    hidden, more = np.array(data.draw(masks)), np.array(data.draw(masks))
    few, many = feasible_ranges(table, hidden), feasible_ranges(table, hidden | more)
    assert (many.least <= few.least).all()
    assert (many.greatest >= few.greatest).all()


@given(table=larger())
def test_an_attacker_who_knows_that_zeros_are_shown_knows_no_less(table: Table) -> None:
    hidden = table.values > 0
    ignorant, informed = feasible_ranges(table, hidden, 0), feasible_ranges(table, hidden, 1)
    assert (informed.least >= ignorant.least).all()
    assert (informed.greatest <= ignorant.greatest).all()


@given(data=st.data(), rows=st.integers(2, 4), columns=st.integers(2, 4))
def test_a_permutation_of_wards_permutes_the_answer(data: st.DataObject, rows: int, columns: int) -> None:
    size = rows * columns
    values = np.reshape(data.draw(st.lists(st.integers(0, 20), min_size=size, max_size=size)), (rows, columns))
    assume(len({tuple(sorted(line)) for line in values}) == rows and len(set(values.sum(axis=0))) == columns)
    assume(len(set(values.sum(axis=1))) == rows)
    down, across = data.draw(st.permutations(range(rows))), data.draw(st.permutations(range(columns)))
    before = suppress(two_way(values)).hidden.reshape(rows, columns)
    after = suppress(two_way(values[np.ix_(down, across)])).hidden.reshape(rows, columns)
    np.testing.assert_array_equal(after, before[np.ix_(down, across)])


@given(table=larger())
def test_the_same_table_gives_the_same_answer(table: Table) -> None:
    first, again = suppress(table), suppress(table)
    assert first.cells.equals(again.cells)
    assert first.totals.equals(again.totals)
    assert first.message == again.message


@given(table=larger() | tiny())
def test_every_equation_holds_for_the_true_counts(table: Table) -> None:
    assert not (equations(table) @ table.entries).any()


@given(values=st.lists(counts, min_size=2, max_size=8), stricter=st.integers(6, 12))
def test_a_stricter_threshold_hides_every_count_below_it(values: list[int], stricter: int) -> None:
    found = suppress(one_way(values), smallest=stricter)
    small = [0 < value < stricter for value in values]
    assert found.hidden[small].all()
    assert found.safe
    assert found.width == stricter - 2
