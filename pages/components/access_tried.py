"""Sites the reader adds to try them out: by postcode, by coordinates, or by a click on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import streamlit as st

from analysis import added_sites, postcodes
from analysis.added_sites import AddedSite
from analysis.present.words import number
from analysis.refusal import Refusal
from analysis.sites import Sought
from pages.components import cached, scope

LINKED = "added"
USUAL_PLACES = 20


@dataclass(frozen=True)
class Trial:
    """Sites tried, as text of the link, and the name and places of the one that a click on the map would add."""

    text: str
    name: str
    places: int


def choose(sought: Sought) -> Trial:
    """Draw the panel and return what it holds."""
    text = scope.held(LINKED, added_sites.LAWFUL, "")
    tried = added_sites.read(text)
    with st.expander("Try a site: what would one more change?", icon=":material/add_location:", expanded=bool(tried)):
        st.caption(
            "A site you add is a trial. It is kept in the link and nowhere else, changes no table, and says nothing of "
            "what it would cost or who would work there."
        )
        left, middle, right = st.columns([3, 2, 4], vertical_alignment="bottom")
        with left:
            name = st.text_input("Name of the site", _unused(tried), max_chars=40)
        with middle:
            places = _places(sought)
        with right:
            where = st.text_input(
                "Postcode, or latitude and longitude",
                key=f"where_{len(tried)}",
                placeholder="BA2 1EA or 51.3769, -2.3927",
            )
        if st.button("Add it there", icon=":material/add:"):
            _add_at(where, text, name, places)
        st.caption("Or switch on *Add a site by clicking the map* beside the map below.")
        _list(text, sought)
    return Trial(text, name, places)


def add(trial: Trial, latitude: float, longitude: float) -> None:
    """Add the site being placed at a point and run the page again, or say why it cannot be."""
    _add(trial.text, latitude, longitude, trial.name, trial.places)


def _unused(tried: Sequence[AddedSite]) -> str:
    taken = {site.name for site in tried}
    return next(name for number in count(1) if (name := f"Site {number}") not in taken)


def _places(sought: Sought) -> int:
    if sought.served is None:
        st.caption(f"Counts as one {sought.one}.")
        return USUAL_PLACES
    return int(st.number_input("Places", 1, added_sites.MOST_PLACES, USUAL_PLACES, step=5))


def _add_at(where: str, text: str, name: str, places: int) -> None:
    point = added_sites.coordinates(where)
    try:
        found = postcodes.located(cached.library(), where) if point is None else point
    except Refusal as refused:
        st.error(str(refused))
        return
    _add(text, *found, name, places)


def _add(text: str, latitude: float, longitude: float, name: str, places: int) -> None:
    try:
        longer = added_sites.with_site(text, latitude, longitude, places, name)
    except Refusal as refused:
        st.error(str(refused))
        return
    scope.hold(LINKED, longer)
    st.rerun()


def _list(text: str, sought: Sought) -> None:
    for place, site in enumerate(added_sites.read(text)):
        left, right = st.columns([2, 1], vertical_alignment="center")
        counted = f"{number(site.capacity)} places" if sought.served else f"counts as one {sought.one}"
        left.text(f"★ {site.name}: {counted}, at {site.latitude:.4f}, {site.longitude:.4f}")
        shorter = added_sites.without_site(text, place)
        right.button(f"Remove {site.name}", key=f"remove_{place}", on_click=scope.hold, args=(LINKED, shorter))
