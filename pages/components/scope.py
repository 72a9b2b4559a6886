"""What the reader is looking at: the one place that reads and writes the session and the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.editions import EDITIONS, Edition
from analysis.gap import lenses
from analysis.need import NEEDS, NeedLens
from analysis.provision import PROVISIONS, ProvisionLens
from pages.components import cached

DEFAULT_EDITION = "2026"
KEPT = "kept"
WRITTEN = "written"
NO_WARD = ""


@dataclass(frozen=True)
class Scope:
    """An edition, a need, a provision and perhaps a ward; every value comes from an allow-list."""

    edition_id: str
    need_id: str
    provision_id: str
    ward: str | None

    @property
    def edition(self) -> Edition:
        """The edition shown."""
        return EDITIONS[self.edition_id]

    @property
    def need(self) -> NeedLens:
        """The need lens shown."""
        return NEEDS[self.need_id]

    @property
    def provision(self) -> ProvisionLens:
        """The provision lens shown."""
        return PROVISIONS[self.provision_id]


def choose() -> Scope:
    """Draw the sidebar shared by all pages and return what it says; unknown values in the link fall back."""
    with st.sidebar:
        st.markdown("#### What you are looking at")
        edition = option(
            "edition", "Edition", [*EDITIONS], DEFAULT_EDITION, {key: value.title for key, value in EDITIONS.items()}
        )
        needs, provisions = lenses(edition)
        comparable = [lens for lens in needs if lens.table is not None]
        need = option("need", "Need", [lens.id for lens in comparable], comparable[0].id, _titles(comparable))
        provided = option(
            "provision", "Provision", [lens.id for lens in provisions], provisions[0].id, _titles(provisions)
        )
        ward = _ward(EDITIONS[edition])
        _say_notes()
    return Scope(edition, need, provided, ward or None)


def option(
    name: str,
    words: str,
    allowed: Sequence[str],
    default: str,
    titles: Mapping[str, str] | None = None,
    draw: Callable[..., object] = st.selectbox,
    help: str | None = None,
) -> str:
    """One choice kept in the session and in the address bar as `name`; anything not allowed falls back to `default`.

    `draw` is the Streamlit widget (select box, radio or segmented control); `titles` are the words for each value.
    """
    shown = dict(titles or {})
    st.session_state[name] = _current(name, allowed, default)
    kept = {"required": True} if draw is st.segmented_control else {}
    value = draw(words, list(allowed), key=name, format_func=lambda key: shown.get(key, key), help=help, **kept)
    chosen = str(value) if value in allowed else default
    _keep(name, chosen)
    return chosen


def select_ward(code: str) -> None:
    """Make a ward the one looked at from the next run on."""
    _kept()["ward"] = code
    st.session_state.pop("ward", None)


def _ward(edition: Edition) -> str:
    codes = cached.library().codes(edition.ward_type)
    names = cached.library().names
    ordered = sorted(codes, key=lambda code: names[code])
    titles = {NO_WARD: "All wards", **{code: names[code] for code in ordered}}
    return option("ward", "Ward", [NO_WARD, *ordered], NO_WARD, titles)


def _current(name: str, allowed: Sequence[str], default: str) -> str:
    asked = st.query_params.get(name)
    written = st.session_state.setdefault(WRITTEN, {}).get(name)
    if name in st.session_state and (asked is None or asked == written):
        value = st.session_state[name]
    else:
        value = asked if asked is not None and asked != written else _kept().get(name, default)
    if value in allowed:
        return str(value)
    if asked is not None and asked != written:
        _note(name)
    return default


def _keep(name: str, value: str) -> None:
    _kept()[name] = value
    st.session_state.setdefault(WRITTEN, {})[name] = value
    if value == NO_WARD:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _kept() -> dict[str, str]:
    return st.session_state.setdefault(KEPT, {})


def _note(name: str) -> None:
    st.session_state.setdefault("link_notes", []).append(name)


def _say_notes() -> None:
    for name in dict.fromkeys(st.session_state.pop("link_notes", [])):
        st.caption(f"The link asked for a value of “{name}” that is not offered here, so the usual one is shown.")


def _titles(lenses_offered: Sequence[NeedLens] | Sequence[ProvisionLens]) -> dict[str, str]:
    return {lens.id: lens.title for lens in lenses_offered}
