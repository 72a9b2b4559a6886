"""Where the needs without a service are greatest: links, ward figures, limits and the wards named."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import service_gaps, services
from analysis.editions import EDITIONS
from analysis.service_gaps import MEASURES, NEAR, PART, Measure
from analysis.sources.library import Library

measures = pytest.mark.parametrize("measure", MEASURES, ids=[measure.id for measure in MEASURES])


def figures(against: list[str], values: list[float]) -> pd.DataFrame:
    """Ward figures by hand, the greatest first."""
    return pd.DataFrame({"area_name": list("ABCDEF")[: len(values)], "value": values, "against_rest": against})


@measures
def test_a_measure_covers_every_ward_of_its_edition_once(shipped: Library, measure: Measure) -> None:
    found = service_gaps.ward_figures(shipped, measure)
    assert sorted(found["area_code"]) == shipped.codes(EDITIONS[measure.edition].ward_type)
    assert found["value"].is_monotonic_decreasing


@measures
def test_every_figure_lies_in_its_range(shipped: Library, measure: Measure) -> None:
    found = service_gaps.ward_figures(shipped, measure)
    assert (found["lower"] <= found["value"] + 0.05).all()
    assert (found["value"] <= found["upper"] + 0.05).all()


@measures
def test_a_measure_names_needs_of_the_service_map_and_says_what_it_leaves_out(
    shipped: Library, measure: Measure
) -> None:
    assert set(measure.needs) <= set(services.cells(shipped)["need_id"])
    assert measure.link in (PART, NEAR)
    assert any(digit.isdigit() for digit in service_gaps.held(shipped, measure).period)
    assert measure.beware.endswith(".")
    assert all(shipped.entry(name) for name in measure.sources)


def test_no_need_has_two_figures_in_one_edition() -> None:
    pairs = [(need, measure.edition) for measure in MEASURES for need in measure.needs]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("need", ["bereavement", "family_breakdown", "send", "carers", "domestic_abuse"])
def test_a_need_without_an_honest_figure_has_none(need: str) -> None:
    assert service_gaps.measure_of(need, "2020") is None
    assert service_gaps.measure_of(need, "2026") is None


def test_families_without_work_are_counted_out_of_families_with_children(shipped: Library) -> None:
    measure = service_gaps.measure_of("worklessness", "2020")
    assert measure is not None
    found = service_gaps.ward_figures(shipped, measure).set_index("area_name")
    assert found.loc["Abbey", "value"] == pytest.approx(100 * 43 / 247)
    assert found.loc["Twerton", "against_rest"] == "certain"


def test_overcrowding_adds_one_bedroom_short_and_two(shipped: Library) -> None:
    measure = service_gaps.measure_of("housing", "2026")
    assert measure is not None
    found = service_gaps.ward_figures(shipped, measure).set_index("area_name")
    assert found.loc["Bathavon North", "value"] == pytest.approx(100 * (38 + 4) / 3148)


def test_recorded_behaviour_is_for_each_1000_residents(shipped: Library) -> None:
    measure = service_gaps.measure_of("antisocial_behaviour", "2026")
    assert measure is not None
    found = service_gaps.ward_figures(shipped, measure).set_index("area_name")
    assert found.loc["Bathavon North", "value"] == pytest.approx(1000 * 20 / 7619)
    assert measure.link == NEAR


def test_rates_of_the_indices_are_per_cent(shipped: Library) -> None:
    measure = service_gaps.measure_of("worklessness", "2026")
    assert measure is not None
    found = service_gaps.ward_figures(shipped, measure)
    assert found["value"].max() == pytest.approx(24.0, abs=0.05)
    assert set(found["against_rest"]) == {"untested"}


def test_only_wards_above_the_rest_are_named() -> None:
    given = figures(["certain", "unclear", "likely", "lower"], [9.0, 8.0, 7.0, 1.0])
    assert list(service_gaps.greatest(given, 5)["area_name"]) == ["A", "C"]
    assert list(service_gaps.greatest(given, 1)["area_name"]) == ["A"]


def test_scores_name_the_highest_and_leave_out_the_missing() -> None:
    given = figures(["untested"] * 4, [9.0, 8.0, 7.0, float("nan")])
    assert list(service_gaps.greatest(given, 2)["area_name"]) == ["A", "B"]
    assert len(service_gaps.greatest(given, 9)) == 3


def test_nobody_is_named_where_no_ward_stands_out() -> None:
    assert service_gaps.greatest(figures(["unclear", "lower"], [2.0, 1.0]), 5).empty


def test_gaps_come_in_printed_order_with_their_life_stages(shipped: Library) -> None:
    cells = services.cells(shipped)
    assert list(service_gaps.gaps(cells, "uncovered")["need_id"]) == ["worklessness", "missing_education"]
    unclear = service_gaps.gaps(cells, "unclear").set_index("need_id")
    assert len(unclear) == 7
    assert unclear["life_stages"].map(len).sum() == 16
    assert unclear.loc["housing", "life_stages"] == ("age_5_to_11", "age_11_to_19", "parents")
    assert service_gaps.gaps(services.at(cells, "neet"), "uncovered").empty
