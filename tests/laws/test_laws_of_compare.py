"""Laws of setting the council beside other councils, whatever the counts."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis import compare
from analysis.compare import FOUR
from analysis.editions import COUNCIL
from tests.analysis.test_compare import counted
from tests.analysis.test_indicators import about, world

SHARES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(400, 5000)).map(lambda pair: (float(pair[0]), float(pair[1]))),
    min_size=4,
    max_size=4,
)


def compared(counts: list[tuple[float, float]], limits: str, per: float) -> pd.DataFrame:
    rows = [counted("a", area, x, n, per) for area, (x, n) in zip(FOUR, counts, strict=True)]
    held = world([about("a", "A", limits=limits, per=per, unit="per 1,000" if per > 100 else "%")], rows)
    return compare.compared(held, "a", "2024", FOUR)


@given(SHARES)
def test_a_share_differs_only_with_limits_on_the_side_of_its_gap(counts: list[tuple[float, float]]) -> None:
    found = compared(counts, "wilson", 100.0)
    apart = found[found["differs"].fillna(value=False).astype(bool)]
    assert ((apart["apart_lower"] > 0) == (apart["gap"] > 0)).all()
    assert (found["apart"] - found["gap"]).abs().max() < 1e-6
    assert found.set_index("area_code").loc[COUNCIL, ["gap", "apart", "differs"]].isna().all()


@given(SHARES)
def test_a_rate_differs_only_with_limits_that_leave_one_out(counts: list[tuple[float, float]]) -> None:
    found = compared(counts, "byar", 1000.0).dropna(subset=["apart"])
    holds = (found["apart_lower"] <= 1) & (found["apart_upper"] >= 1)
    assert (holds == ~found["differs"].astype(bool)).all()


@given(SHARES)
def test_sides_add_up_and_turn_when_the_council_changes_places(counts: list[tuple[float, float]]) -> None:
    stands = compare.standing(compared(counts, "wilson", 100.0))
    assert stands.below + stands.same <= stands.councils == 3
    assert stands.differ_below <= stands.below
    assert stands.differ_above <= stands.councils - stands.below - stands.same
    turned = compare.standing(compared(counts[::-1], "wilson", 100.0))
    if stands.below == stands.councils:
        assert turned.below < turned.councils
