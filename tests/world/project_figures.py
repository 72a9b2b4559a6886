"""Every Plotly figure of the project, made from the shipped files, by module and function of analysis.present."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from analysis import (
    activity,
    compare,
    costs,
    deprivation,
    deprivation_change,
    five_measures,
    low_income,
    need_index,
    need_indicators,
    outcomes,
    reach,
    survey,
    toxic_trio,
)
from analysis.equity import Equity, equity
from analysis.gap import Gap, gap
from analysis.indicators import Indicators
from analysis.present import (
    access_chart,
    activity_figures,
    compare_figures,
    deprivation_figures,
    factor_series_view,
    five_measures_figures,
    indicators_figures,
    plain_figures,
    reach_view,
    share_figure,
    survey_view,
    toxic_trio_figures,
)
from analysis.scenario.fair import fair
from analysis.scenario.outcome import outcome
from analysis.scenario.steps import MovePlaces, Scenario
from analysis.scenario.today import services, today
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
    return deprivation_figures.averages(named, "imd", deprivation.council_score(library, 2019, "imd"), dark, "B&NES")


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


def _gap(library: Library) -> Gap:
    return gap(library, "2020", "idaci2015", "contact2017")


def _equity(library: Library) -> Equity:
    return equity(library, gap(library, "2026", "low_income_bhc2025", "access_library"))


def _moved(library: Library, held: Indicators, dark: bool) -> go.Figure:
    now = today(library, "2026", next(iter(services(library, "2026"))))
    first, second = now.wards["area_code"].iloc[:2]
    steps = (MovePlaces(str(first), str(second), 1),)
    judged = outcome(now, Scenario("2026", now.service, "", steps), fair(library, "2026", "low_income_bhc2025", 1.0))
    return share_figure.places(judged, dark)


def _ranks(library: Library, held: Indicators, dark: bool) -> go.Figure:
    rows = need_indicators.indicator_table(library, "2026")
    names = list(dict.fromkeys(rows["indicator"]))[:3]
    found = need_index.index_of(rows, "2026", dict.fromkeys(names, 1), need_index.WAYS[0])
    return share_figure.ranks(found, 5, dark)


def _answers(library: Library, held: Indicators, dark: bool) -> go.Figure:
    rows = survey.counted(library.table("SURVEY"))
    asked = rows[rows["respondents"].eq("all") & rows["status"].eq("ok")]
    first = asked[asked["question_id"].eq(asked["question_id"].iloc[0])]
    return plain_figures.survey_bars(survey_view.in_order(first), dark)


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
        low_income.series(library, "BHC"), library.names, dark, library.council
    ),
    "five_measures_figures.places": _places,
    "indicators_figures.over_years": lambda library, held, dark: indicators_figures.over_years(
        held, _longest(held), library.names, dark
    ),
    "plain_figures.curve": lambda library, held, dark: plain_figures.curve(_equity(library).wards, dark),
    "plain_figures.break_even": lambda library, held, dark: plain_figures.break_even(
        costs.break_even_rates(library.table("WILTSHIRE_SPENDING"), library.table("HALTON_COST_BENEFIT")), dark
    ),
    "plain_figures.spending": lambda library, held, dark: plain_figures.spending(
        costs.services(library.table("WILTSHIRE_SPENDING")), dark
    ),
    "plain_figures.survey_bars": _answers,
    "plain_figures.told": lambda library, held, dark: plain_figures.told(
        outcomes.told(outcomes.population(library), "life_group"), "life_group", dark
    ),
    "share_figure.shares": lambda library, held, dark: share_figure.shares(_gap(library), dark),
    "share_figure.places": _moved,
    "share_figure.ranks": _ranks,
    "reach_view.by_ward": _reach,
    "toxic_trio_figures.by_ward": _trio,
    "toxic_trio_figures.over_years": _factor,
}
