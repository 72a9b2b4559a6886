"""The only caching: the files once a server, and each answer once for the names it was asked by."""

from __future__ import annotations

import gc
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis import (
    clusters,
    costs,
    deprivation,
    deprivation_change,
    five_measures,
    idaci_check,
    indicators,
    low_income,
    need_index,
    need_indicators,
    outcomes,
    reach,
    service_gaps,
    services,
    survey,
    toxic_trio,
    ward,
)
from analysis.equity import Equity, equity
from analysis.gap import Gap, gap
from analysis.need import NEEDS, need_table
from analysis.present import gap_view, layers
from analysis.present.maps import MapLayer
from analysis.sources import assets
from analysis.sources.library import ROOT, Library
from analysis.worst_five import WorstFive, worst_five


@st.cache_resource(show_spinner="Checking the data files")
def library() -> Library:
    """The checked files, shared by every session and never changed; the static files the browser needs beside them."""
    opened = Library()
    assets.ensure(ROOT / "static")
    gc.collect()
    gc.freeze()
    return opened


@st.cache_data(show_spinner=False)
def gap_of(edition: str, need: str, provision: str) -> Gap:
    """The comparison of one need with one provision. Raises Refusal as `analysis.gap.gap` does."""
    return gap(library(), edition, need, provision)


@st.cache_data(show_spinner=False)
def gap_map(edition: str, need: str, provision: str, measure: str, dark: bool) -> gap_view.MapView:
    """The map of a comparison in one measure and theme."""
    return gap_view.map_view(gap_of(edition, need, provision), measure, dark)


@st.cache_data(show_spinner=False)
def gap_table(edition: str, need: str, provision: str) -> pd.DataFrame:
    """The table of a comparison, as people read it."""
    return gap_view.table(gap_of(edition, need, provision))


@st.cache_data(show_spinner=False)
def neighbourhoods(year: int, domain: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation by neighbourhood."""
    return deprivation.neighbourhoods(library(), year, domain)


@st.cache_data(show_spinner=False)
def deprivation_by_ward(year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation summed to wards."""
    return deprivation.by_ward(library(), year, domain, ward_column)


@st.cache_data(show_spinner=False)
def placed_neighbourhoods(year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation by neighbourhood, each with its name and ward."""
    return deprivation.placed(library(), year, domain, ward_column)


@st.cache_data(show_spinner=False)
def council_score(year: int, domain: str) -> float | None:
    """The council's published average score, where there is one."""
    return deprivation.council_score(library(), year, domain)


@st.cache_data(show_spinner=False)
def decile_counts(year: int) -> pd.DataFrame:
    """Neighbourhoods in each national tenth, domain by domain."""
    return deprivation.decile_counts(library(), year)


@st.cache_data(show_spinner=False)
def deprivation_moves(earlier: int, later: int, domain: str, ward_column: str) -> pd.DataFrame:
    """Neighbourhoods that are the same place in two editions of the indices, and how far each moved."""
    return deprivation_change.moves(library(), earlier, later, domain, ward_column)


@st.cache_data(show_spinner=False)
def idaci_printed_and_rebuilt() -> pd.DataFrame:
    """IDACI 2015 by ward as printed in 2020 beside what neighbourhoods give."""
    return idaci_check.printed_and_rebuilt(library())


@st.cache_data(show_spinner=False)
def need_of(need: str) -> pd.DataFrame:
    """One need by ward, with limits."""
    return need_table(library(), NEEDS[need])


@st.cache_data(show_spinner=False)
def ward_profile(edition: str, code: str, need: str) -> pd.DataFrame:
    """Everything known of one ward, one row a fact."""
    return ward.profile(library(), edition, code, need)


@st.cache_data(show_spinner=False)
def low_income_series(housing_costs: str) -> pd.DataFrame:
    """Children in relative low income by ward and year."""
    return low_income.series(library(), housing_costs)


@st.cache_data(show_spinner=False)
def toxic_trio_wards(group: str, covariate: str) -> pd.DataFrame:
    """Parents known to services by ward, published and modelled."""
    return toxic_trio.ward_estimates(library(), group, covariate)


@st.cache_data(show_spinner=False)
def toxic_trio_base(group: str) -> int:
    """How many parents and carers the published shares are of."""
    return toxic_trio.published(library(), group)[0]


@st.cache_data(show_spinner=False)
def toxic_trio_quotients(group: str) -> pd.DataFrame:
    """Published shares of parents over shares of children, listed wards only."""
    return toxic_trio.location_quotients(library(), group)


@st.cache_data(show_spinner=False)
def factor_series(factor: str) -> pd.DataFrame:
    """One factor at the end of assessment, by area and year."""
    return toxic_trio.factor_series(library(), factor)


@st.cache_data(show_spinner=False)
def places_within_reach(kind: str, edition: str, catchment: str) -> pd.DataFrame:
    """Places of one kind within reach by ward, with the range over all catchments."""
    return reach.by_catchment(library(), kind, edition, catchment)


@st.cache_data(show_spinner=False)
def service_cells() -> pd.DataFrame:
    """Every cell of the service map with its services counted and what section 7 marks."""
    return services.cells(library())


@st.cache_data(show_spinner=False)
def service_differences() -> pd.DataFrame:
    """Cells on which the service map and section 7 do not agree."""
    return services.differences(library())


@st.cache_data(show_spinner=False)
def survey_standing() -> survey.Standing:
    """How many replied to the practitioner survey and answered its questions."""
    return survey.standing(library())


@st.cache_data(show_spinner=False)
def survey_counted() -> pd.DataFrame:
    """The counted answers of the practitioner survey, checked against their bases."""
    return survey.counted(library().table("SURVEY"))


@st.cache_data(show_spinner=False)
def survey_gaps(respondents: str) -> pd.DataFrame:
    """Answers on why needs go unmet, by kind of gap."""
    return survey.gaps(library().table("SURVEY"), respondents)


@st.cache_data(show_spinner=False)
def survey_needs(respondents: str) -> pd.DataFrame:
    """Needs respondents named, beside what the service map lists for them."""
    return survey.needs_named(library().table("SURVEY"), service_cells(), respondents)


@st.cache_data(show_spinner=False)
def need_indicators_of(edition: str) -> pd.DataFrame:
    """Every indicator of need of an edition, one row a ward and indicator."""
    return need_indicators.indicator_table(library(), edition)


@st.cache_data(show_spinner=False, max_entries=200)
def need_index_of(edition: str, weights: tuple[tuple[str, int], ...], method: str) -> need_index.NeedIndex:
    """The need index of indicators with these weights. Raises Refusal as `analysis.need_index.index_of` does."""
    return need_index.index_of(need_indicators_of(edition), edition, dict(weights), method)


@st.cache_resource(show_spinner="Reading the indicators")
def all_indicators() -> indicators.Indicators:
    """Every indicator with its observations, read when a page first asks, shared and never changed."""
    return indicators.collected(library())


@st.cache_resource(show_spinner=False)
def indicator_overview() -> pd.DataFrame:
    """The council's newest figure of each indicator beside England's; shared and never changed."""
    return indicators.overview(all_indicators())


@st.cache_data(show_spinner=False, max_entries=200)
def indicator_areas(indicator: str, period: str) -> pd.DataFrame:
    """The areas of one indicator and period beside England."""
    held = all_indicators()
    about = held.about(indicator)
    return indicators.beside(held.of(indicator), period, about["polarity"], comparable=bool(about["comparable"]))


@st.cache_resource
def indicator_search(script: Path) -> ComponentRenderer:
    """The search box over indicators, registered once a server."""
    return st.components.v2.component("indicator_search", js=script.read_text(encoding="utf-8"), isolate_styles=False)


@st.cache_resource
def map_layer(name: str) -> MapLayer:
    """What does not change on a map."""
    return layers.map_layer(library(), name)


@st.cache_resource
def page_life(script: Path) -> ComponentRenderer:
    """What the page itself notices in the browser, registered once a server."""
    return st.components.v2.component("page_life", js=script.read_text(encoding="utf-8"))


@st.cache_data(show_spinner=False)
def worst_five_of(edition: str, need: str, provision: str) -> WorstFive:
    """How surely each ward is among the five most under-provided. Raises Refusal as `worst_five` does."""
    return worst_five(library(), gap_of(edition, need, provision))


@st.cache_data(show_spinner=False)
def equity_of(edition: str, need: str, provision: str) -> Equity:
    """Whether provision follows need along deprivation. Raises Refusal as `equity` does."""
    return equity(library(), gap_of(edition, need, provision))


@st.cache_data(show_spinner=False)
def council_by_measures(year: int, domain: str) -> pd.DataFrame:
    """The council by each of the five summary measures, ours beside what was published."""
    return five_measures.of_council(library(), year, domain)


@st.cache_data(show_spinner="Shuffling the neighbourhoods")
def clusters_of(year: int, domain: str, ward_column: str) -> clusters.Clusters:
    """Whether deprived neighbourhoods cluster, and where. Raises ValueError as `analysis.clusters.clusters` does."""
    return clusters.clusters(library(), year, domain, ward_column)


@st.cache_data(show_spinner=False)
def spending_by_service() -> pd.DataFrame:
    """Wiltshire's services with what each cost, the dearest first."""
    return costs.services(library().table("WILTSHIRE_SPENDING"))


@st.cache_data(show_spinner=False)
def break_even_rates() -> pd.DataFrame:
    """How many must succeed for each programme to pay, where both figures are printed."""
    return costs.break_even_rates(library().table("WILTSHIRE_SPENDING"), library().table("HALTON_COST_BENEFIT"))


@st.cache_data(show_spinner=False)
def cost_sums() -> pd.DataFrame:
    """Printed costs and savings beside what their own parts give."""
    return costs.sums(library().table("WILTSHIRE_SPENDING"), library().table("HALTON_COST_BENEFIT"))


@st.cache_data(show_spinner=False)
def performance_measures() -> pd.DataFrame:
    """The performance measures of the strategy, each with its figure or why there is none."""
    return outcomes.measures(library())


@st.cache_data(show_spinner=False)
def population_indicators() -> pd.DataFrame:
    """The population indicators of the strategy, each with its figures or why there is none."""
    return outcomes.population(library())


@st.cache_data(show_spinner=False)
def gap_figures(need_id: str, edition: str) -> pd.DataFrame | None:
    """The ward figures behind a need of the service map, greatest first; None where an edition holds none."""
    measure = service_gaps.measure_of(need_id, edition)
    return service_gaps.ward_figures(library(), measure) if measure else None
