"""Answers on localities, each once for the text that names them in the address bar."""

from __future__ import annotations

import pandas as pd

from analysis import localities, locality_file, locality_profile
from analysis.gap import Gap, gap
from analysis.refusal import Refusal
from pages.components.cached import answers, library

NONE = localities.NONE


@answers()
def kept_text() -> str:
    """The localities kept with the editions, as text. Raises Refusal as `analysis.locality_file.kept` does."""
    return localities.to_text(locality_file.kept(library()))


@answers(max_entries=500)
def localities_of(text: str) -> localities.Set:
    """The localities that some text names. Raises Refusal as `analysis.localities.from_text` does."""
    return localities.from_text(library(), text)


def lawful(text: str) -> bool:
    """Whether text names localities that may be made."""
    try:
        localities_of(text)
    except Refusal:
        return False
    return True


@answers(max_entries=500)
def gap_of(edition: str, need: str, provision: str, text: str, *, small_counts: bool = False) -> Gap:
    """The comparison with the localities of the edition, and the wards in none, each as one area."""
    own = localities.with_rest(library(), edition, localities_of(text))
    return gap(library(), edition, need, provision, own, small_counts=small_counts)


@answers(max_entries=200)
def locality_profile_of(text: str, edition: str, name: str, need: str, *, small_counts: bool = False) -> pd.DataFrame:
    """Everything known of one locality, one row a fact."""
    own = localities.of_edition(localities_of(text), edition)
    one = next(one for one in own if one.name == name)
    return locality_profile.profile(library(), one, need, small_counts=small_counts)
