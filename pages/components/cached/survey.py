"""Answers on the practitioner survey, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import survey
from pages.components.cached import answers, library
from pages.components.cached.services import service_cells


@answers()
def survey_standing() -> survey.Standing:
    """How many replied to the practitioner survey and answered its questions."""
    return survey.standing(library())


@answers()
def survey_counted() -> pd.DataFrame:
    """The counted answers of the practitioner survey, checked against their bases."""
    return survey.counted(library().table("SURVEY"))


@answers()
def survey_gaps(respondents: str) -> pd.DataFrame:
    """Answers on why needs go unmet, by kind of gap."""
    return survey.gaps(library().table("SURVEY"), respondents)


@answers()
def survey_needs(respondents: str) -> pd.DataFrame:
    """Needs respondents named, beside what the service map lists for them."""
    return survey.needs_named(library().table("SURVEY"), service_cells(), respondents)
