"""Answers on the service map, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import service_gaps, services
from pages.components.cached import answers, library


@answers()
def service_cells() -> pd.DataFrame:
    """Every cell of the service map with its services counted and what section 7 marks."""
    return services.cells(library())


@answers()
def service_differences() -> pd.DataFrame:
    """Cells on which the service map and section 7 do not agree."""
    return services.differences(library())


@answers()
def gap_figures(need_id: str, edition: str) -> pd.DataFrame | None:
    """The ward figures behind a need of the service map, greatest first; None where an edition holds none."""
    measure = service_gaps.measure_of(need_id, edition)
    return service_gaps.ward_figures(library(), measure) if measure else None
