"""Answers on service activity, each once for the names it was asked by; an analyst's are kept apart from a viewer's."""

from __future__ import annotations

import pandas as pd

from analysis import activity
from pages.components.cached import answers, library


@answers()
def quarters(edition: str) -> list[str]:
    """The quarters of the return, newest first. Raises Refusal as `analysis.activity.quarters` does."""
    return activity.quarters(library(), edition)


@answers()
def by_service(edition: str, *, small_counts: bool = False) -> pd.DataFrame:
    """Places and cases by service and quarter."""
    return activity.by_service(library(), edition, small_counts=small_counts)


@answers(max_entries=500)
def breakdowns(edition: str, quarter: str, dimension: str, *, small_counts: bool = False) -> list[activity.Breakdown]:
    """One dimension of the return in one quarter, families and children apart."""
    return activity.breakdowns(library(), edition, quarter, dimension, small_counts=small_counts)


@answers()
def who_lives_here(edition: str, dimension: str) -> pd.DataFrame:
    """The council's children by one dimension, where it is held."""
    return activity.who_lives_here(library(), edition, dimension)


@answers()
def published(subject: str) -> pd.DataFrame:
    """What the 2020 assessment prints of one subject."""
    return activity.published(library(), subject)


@answers()
def statements(subject: str) -> pd.DataFrame:
    """What the 2020 assessment says of one subject without a figure."""
    return activity.statements(library(), subject)
