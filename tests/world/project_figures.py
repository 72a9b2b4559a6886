"""Every Plotly figure of the project, made from the shipped files, by module and function of analysis.present."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from analysis import activity, compare, deprivation, deprivation_change, five_measures, low_income, reach, toxic_trio
from analysis.indicators import Indicators
from analysis.present import (
    access_chart,
    activity_figures,
    compare_figures,
    deprivation_figures,
    factor_series_view,
    five_measures_figures,
    indicators_figures,
    reach_view,
    toxic_trio_figures,
)
from analysis.site_access import ALL_CHILDREN, access
from analysis.sites import SOUGHT
from analysis.sources.library import Library
from analysis.travel import MODES, declared_times

Make = Callable[[Library, Indicators, bool], go.Figure]
WARDS = "ward19_code"
USUAL = compare.OPENING["social care"]
FACTOR = "domestic_abuse_parent"


def _access(library: Library, held: Indicators, dark: bool) -> go.Figure:
    found = access(library, SOUGHT["library"], "2026", MODES["foot"], ALL_CHILDREN, (), declared_times(library))
    return access_chart.by_ward(found, library.names, reach.edge_wards(library, "2026"), dark)


def _averages(library: Library, held: Indicators, dark: bool) -> go.Figure:
    wards = deprivation.by_ward(library, 2019, "imd", WARDS)
    named = wards.assign(area_name=wards["area_code"].map(library.names))
    return deprivation_figures.averages(named, "imd", deprivation.council_score(library, 2019, "imd"), dark)


def _places(library: Library, held: Indicators, dark: bool) -> go.Figure:
    placed = five_measures.places(deprivation.by_ward(library, 2019, "imd", WARDS))
    return five_measures_figures.places(placed, library.names, placed["measure"].iloc[0], dark)


def _beside(library: Library, held: Indicators, dark: bool) -> go.Figure:
    codes = compare.places(held, compare.GROUPS)
    period = compare.usual_period(held.of(USUAL), codes)
    found = compare.compared(held, USUAL, str(period), codes)
    return compare_figures.side_by_side(held, USUAL, found, library.names, dark)


def _reach(library: Library, held: Indicators, dark: bool) -> go.Figure:
    rows = reach.by_catchment(library, "library", "2026", next(iter(reach.CATCHMENTS)))
    return reach_view.by_ward(rows, library.names, "library", dark)


def _trio(library: Library, held: Indicators, dark: bool) -> go.Figure:
    base = toxic_trio.published(library, "one_or_more")[0]
    rows = toxic_trio.ward_estimates(library, "one_or_more", next(iter(toxic_trio.COVARIATES)))
    return toxic_trio_figures.by_ward(rows, library.names, base, dark)


def _factor(library: Library, held: Indicators, dark: bool) -> go.Figure:
    rows = toxic_trio.factor_series(library, FACTOR)
    arrows = factor_series_view.arrows(toxic_trio.factor_trends(rows))
    return toxic_trio_figures.over_years(rows, library.names, dark, arrows)


def _longest(held: Indicators) -> str:
    """An indicator that may be compared, held for the most periods."""
    lawful = held.table.index[held.table["comparable"].astype(bool)]
    counts = held.observations[held.observations["indicator_id"].isin(lawful)].groupby("indicator_id")["period"]
    return str(counts.nunique().idxmax())


FIGURES: dict[str, Make] = {
    "access_chart.by_ward": _access,
    "activity_figures.over_quarters": lambda library, held, dark: activity_figures.over_quarters(
        activity.by_service(library, "2026"), dark
    ),
    "compare_figures.side_by_side": _beside,
    "compare_figures.over_years": lambda library, held, dark: compare_figures.over_years(
        held, USUAL, library.names, dark
    ),
    "deprivation_figures.standing": lambda library, held, dark: deprivation_figures.standing(
        deprivation.placed(library, 2025, "imd", WARDS), dark
    ),
    "deprivation_figures.averages": _averages,
    "deprivation_figures.shifts": lambda library, held, dark: deprivation_figures.shifts(
        deprivation_change.moves(library, 2015, 2019, "imd", WARDS), dark
    ),
    "deprivation_figures.low_income": lambda library, held, dark: deprivation_figures.low_income(
        low_income.series(library, "BHC"), library.names, dark
    ),
    "five_measures_figures.places": _places,
    "indicators_figures.over_years": lambda library, held, dark: indicators_figures.over_years(
        held, _longest(held), library.names, dark
    ),
    "reach_view.by_ward": _reach,
    "toxic_trio_figures.by_ward": _trio,
    "toxic_trio_figures.over_years": _factor,
}
