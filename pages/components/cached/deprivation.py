"""Answers on deprivation and low income, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import clusters, deprivation, deprivation_change, five_measures, idaci_check, low_income
from pages.components.cached import answers, library


@answers()
def neighbourhoods(year: int, domain: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation by neighbourhood."""
    return deprivation.neighbourhoods(library(), year, domain)


@answers()
def deprivation_by_ward(year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation summed to wards."""
    return deprivation.by_ward(library(), year, domain, ward_column)


@answers()
def why_not_summed(year: int, ward_column: str) -> str:
    """Why an edition of the indices is not summed to wards, or blank."""
    return deprivation.why_not_summed(library(), year, ward_column) or ""


@answers()
def placed_neighbourhoods(year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation by neighbourhood, each with its name and ward."""
    return deprivation.placed(library(), year, domain, ward_column)


@answers()
def council_score(year: int, domain: str) -> float | None:
    """The council's published average score, where there is one."""
    return deprivation.council_score(library(), year, domain)


@answers()
def decile_counts(year: int) -> pd.DataFrame:
    """Neighbourhoods in each national tenth, domain by domain."""
    return deprivation.decile_counts(library(), year)


@answers()
def deprivation_moves(earlier: int, later: int, domain: str, ward_column: str) -> pd.DataFrame:
    """Neighbourhoods that are the same place in two editions of the indices, and how far each moved."""
    return deprivation_change.moves(library(), earlier, later, domain, ward_column)


@answers()
def idaci_printed_and_rebuilt() -> pd.DataFrame:
    """IDACI 2015 by ward as printed in 2020 beside what neighbourhoods give."""
    return idaci_check.printed_and_rebuilt(library())


@answers()
def low_income_series(housing_costs: str) -> pd.DataFrame:
    """Children in relative low income by ward and year."""
    return low_income.series(library(), housing_costs)


@answers()
def council_by_measures(year: int, domain: str) -> pd.DataFrame:
    """The council by each of the five summary measures, ours beside what was published."""
    return five_measures.of_council(library(), year, domain)


@answers(show_spinner="Shuffling the neighbourhoods")
def clusters_of(year: int, domain: str, ward_column: str) -> clusters.Clusters:
    """Whether deprived neighbourhoods cluster, and where. Raises ValueError as `analysis.clusters.clusters` does."""
    return clusters.clusters(library(), year, domain, ward_column)
