"""Answers on the toxic trio, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import toxic_trio
from pages.components.cached import answers, library


@answers()
def toxic_trio_wards(group: str, covariate: str) -> pd.DataFrame:
    """Parents known to services by ward, published and modelled."""
    return toxic_trio.ward_estimates(library(), group, covariate)


@answers()
def toxic_trio_base(group: str) -> int:
    """How many parents and carers the published shares are of."""
    return toxic_trio.published(library(), group)[0]


@answers()
def toxic_trio_quotients(group: str) -> pd.DataFrame:
    """Published shares of parents over shares of children, listed wards only."""
    return toxic_trio.location_quotients(library(), group)


@answers()
def factor_series(factor: str) -> pd.DataFrame:
    """One factor at the end of assessment, by area and year."""
    return toxic_trio.factor_series(library(), factor)
