"""What editors look at: versions of an edition as they were read, and how two of them differ.

Versions and comparisons are kept by number, revision and the moment a version was begun, so a draft that was changed is
read again. Drafts are asked for by editors' pages alone.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.present import differences_view
from analysis.present.differences_view import Headline
from analysis.store.cautions import Caution, cautions
from analysis.store.differences import TableDifference, differences
from analysis.store.findings import flips
from analysis.store.reading import StoreLibrary, of_version
from pages.components.cached import readers

KEPT = 6


class Seen(NamedTuple):
    """A version as it stood at one moment."""

    version: int
    revision: int
    started_at: str


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def version_of(seen: Seen) -> StoreLibrary:
    """The tables of a version. Raises StoreRefusal when there is none."""
    return of_version(readers().store, seen.version)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def differences_of(before: Seen, after: Seen) -> list[TableDifference]:
    """How the tables of two versions differ."""
    return differences(version_of(before), version_of(after))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def headlines_of(before: Seen, after: Seen, base: str) -> list[Headline]:
    """The sentence the overview opens with, before and after."""
    return differences_view.headlines(version_of(before), version_of(after), base)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def flips_of(before: Seen, after: Seen, base: str) -> pd.DataFrame:
    """The findings that flip."""
    return flips(version_of(before), version_of(after), base)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def cautions_of(before: Seen, after: Seen, base: str) -> list[Caution]:
    """The warnings about what differs."""
    return cautions(version_of(before), version_of(after), base)
