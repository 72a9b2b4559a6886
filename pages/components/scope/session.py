"""What is kept for one session alone and never goes into the address bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.scope.link import the_link

Draw = Callable[[str], str]
Tick = Callable[[str], bool]
GivenFile = tuple[str, bytes]


def for_session(name: str, usual: str, draw: Draw) -> str:
    """What a control says, kept for this session alone, on other pages too, and never put in the address bar.

    `draw` draws the control under the key it is given and returns its value.
    """
    kept = the_link().own
    if name not in st.session_state:
        st.session_state[name] = kept.get(name, usual)
    kept[name] = draw(name)
    return kept[name]


def ticked(name: str, draw: Tick) -> bool:
    """Whether a box is ticked, kept for this session as `for_session` keeps a text. `draw` draws it under its key."""
    worked = the_link().worked
    if name not in st.session_state:
        st.session_state[name] = bool(worked.get(name))
    worked[name] = draw(name)
    return bool(worked[name])


def is_ticked(name: str) -> bool:
    """Whether a box that `ticked` keeps is ticked, without drawing it."""
    return bool(st.session_state.get(name, the_link().worked.get(name)))


def tick(name: str) -> None:
    """Tick a box that `ticked` keeps; for callbacks, before it is drawn."""
    the_link().worked[name] = True
    st.session_state[name] = True


def loaded(name: str, draw: Callable[[str], GivenFile | None]) -> GivenFile | None:
    """The name and content of a file the reader gave, kept for this session alone and on other pages too, or None.

    `draw` draws the control under the key it is given and returns what is fit to be kept, or None.
    """
    turn = st.session_state.setdefault(f"{name}_turn", 0)
    given = draw(f"{name}_{turn}")
    if given is not None:
        st.session_state[f"{name}_kept"] = given
    return st.session_state.get(f"{name}_kept")


def unload(name: str) -> None:
    """Forget a file the reader gave, and empty the control it was given in; for callbacks."""
    st.session_state.pop(f"{name}_kept", None)
    st.session_state[f"{name}_turn"] = st.session_state.get(f"{name}_turn", 0) + 1


def kept_for_session(name: str, usual: str) -> str:
    """What `for_session` keeps under a name, or its control says now, without drawing it."""
    said_now = st.session_state.get(name)
    return the_link().own.get(name, usual) if said_now is None else str(said_now)


def keep_for_session(name: str, value: str) -> None:
    """Put a value in place of what `for_session` keeps; for callbacks, before its control is drawn."""
    the_link().own[name] = value
    st.session_state[name] = value


def kept(name: str) -> Any:
    """What `keep` last kept under this name, or None."""
    return the_link().worked.get(name)


def keep(name: str, value: object) -> None:
    """Keep something worked out or uploaded for this session alone, on other pages too; never in the address bar."""
    the_link().worked[name] = value


def said(name: str) -> Any:
    """What a control says, for callbacks."""
    return st.session_state.get(name)
