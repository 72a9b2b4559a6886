"""What must hold of places within reach wherever they lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.access import e2sfca, stepped, straight_line_km

SLOW = stepped((10, 20, 30), (1, 0.68, 0.22))
Layout = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Demand at some points, supply at some places, minutes between them."""
    points, places = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    demand = draw(st.lists(st.integers(0, 500), min_size=points, max_size=points))
    supply = draw(st.lists(st.integers(0, 20), min_size=places, max_size=places))
    minutes = draw(st.lists(st.floats(0, 60), min_size=points * places, max_size=points * places))
    return np.array(demand, float), np.array(supply, float), np.array(minutes).reshape(points, places)


@given(layout=layouts())
def test_demand_times_access_sums_to_the_supply_anybody_reaches(layout: Layout) -> None:
    demand, supply, minutes = layout
    reached = (demand[:, None] * (minutes <= 30)).sum(axis=0) > 0
    assert (demand * e2sfca(demand, supply, minutes, SLOW)).sum() == pytest.approx(supply[reached].sum())


@given(layout=layouts(), places=st.floats(0, 50), data=st.data())
def test_adding_places_never_lowers_anybodys_access(layout: Layout, places: float, data: st.DataObject) -> None:
    demand, supply, minutes = layout
    more = supply.copy()
    more[data.draw(st.integers(0, len(supply) - 1))] += places
    assert (e2sfca(demand, more, minutes, SLOW) >= e2sfca(demand, supply, minutes, SLOW) - 1e-12).all()


@given(layout=layouts(), data=st.data())
def test_opening_a_new_place_never_lowers_anybodys_access(layout: Layout, data: st.DataObject) -> None:
    demand, supply, minutes = layout
    to_new = np.array(data.draw(st.lists(st.floats(0, 60), min_size=len(demand), max_size=len(demand))))
    wider = e2sfca(demand, np.append(supply, 1.0), np.column_stack([minutes, to_new]), SLOW)
    assert (wider >= e2sfca(demand, supply, minutes, SLOW) - 1e-12).all()


@given(layout=layouts())
def test_nothing_in_reach_is_nought_and_never_missing(layout: Layout) -> None:
    demand, supply, minutes = layout
    access = e2sfca(demand, supply, minutes, SLOW)
    assert not np.isnan(access).any()
    assert (access[(minutes > 30).all(axis=1)] == 0).all()


@given(layout=layouts(), factor=st.floats(0.1, 10))
def test_access_grows_with_supply(layout: Layout, factor: float) -> None:
    demand, supply, minutes = layout
    np.testing.assert_allclose(
        e2sfca(demand, factor * supply, minutes, SLOW), factor * e2sfca(demand, supply, minutes, SLOW), atol=1e-12
    )


@given(
    there=st.tuples(st.floats(51, 52), st.floats(-3, -2)),
    back=st.tuples(st.floats(51, 52), st.floats(-3, -2)),
)
def test_there_and_back_are_as_far(there: tuple[float, float], back: tuple[float, float]) -> None:
    out = straight_line_km([there[0]], [there[1]], [back[0]], [back[1]])
    home = straight_line_km([back[0]], [back[1]], [there[0]], [there[1]])
    assert out[0, 0] == pytest.approx(home[0, 0], abs=1e-9)
