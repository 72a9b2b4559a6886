"""Choices that are kept in the session and in the address bar."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

import streamlit as st

from pages.components import link_text
from pages.components.scope.link import current, keep_choice, the_link

ON = "on"


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
    st.session_state[name] = current(name, allowed.__contains__, default, st.session_state.get(name))
    kept = {"required": True} if draw is st.segmented_control else {}
    value = draw(words, list(allowed), key=name, format_func=lambda key: shown.get(key, key), help=help, **kept)
    chosen = str(value) if value in allowed else default
    keep_choice(name, chosen, default)
    return chosen


def several(
    name: str,
    words: str,
    allowed: Sequence[str],
    default: Sequence[str],
    titles: Mapping[str, str],
    help: str | None = None,
    draw: Callable[..., object] = st.pills,
) -> tuple[str, ...]:
    """Any number of choices in the order of `allowed`, kept in the address bar as `name` with dots between them.

    `draw` is the Streamlit widget (pills, or a multiselect where there are too many to see at once). A link with
    one that is not allowed falls back to `default`; those another edition offered are left behind.
    """
    usual = link_text.dotted(default, allowed)
    text = current(name, lambda asked: set(link_text.undotted(asked)) <= set(allowed), usual, _held(name, allowed))
    st.session_state[name] = [value for value in allowed if value in link_text.undotted(text)]
    many = {"selection_mode": "multi"} if draw is st.pills else {}
    value = draw(words, list(allowed), key=name, format_func=lambda key: titles.get(key, key), help=help, **many)
    chosen = link_text.dotted(value if isinstance(value, list) else [], allowed)
    keep_choice(name, chosen, usual)
    return tuple(link_text.undotted(chosen))


def amounts(
    name: str,
    ids: Sequence[str],
    allowed: Sequence[str],
    usual: int,
    most: int,
    draw: Callable[[Mapping[str, int], Callable[[str], str]], Mapping[str, int]],
) -> dict[str, int]:
    """A whole number from 0 to `most` for each of `ids`, kept in the address bar as `name`: `id:number` between dots.

    Only those that are not `usual` are kept there. `draw` is given the numbers and what to call each control by, and
    returns the numbers chosen. A link that names anything but `allowed` and numbers in range falls back to `usual`.
    """
    keys = {one: f"{name}_{one}" for one in ids}
    drawn = {one: st.session_state[key] for one, key in keys.items() if key in st.session_state}
    held = link_text.paired({one: drawn.get(one, usual) for one in ids}, usual) if drawn else None
    text = current(name, lambda asked: link_text.unpaired(asked, allowed, most) is not None, "", held)
    asked = link_text.unpaired(text, allowed, most) or {}
    for one, key in keys.items():
        st.session_state[key] = asked.get(one, usual)
    chosen = dict(draw({one: asked.get(one, usual) for one in ids}, keys.__getitem__))
    keep_choice(name, link_text.paired(chosen, usual), "")
    return chosen


def switch(name: str, words: str, help: str | None = None) -> bool:
    """Something shown only when asked for, kept in the session and in the address bar as `name` while it is on."""
    drawn = st.session_state.get(name)
    held = None if drawn is None else ON if drawn else ""
    st.session_state[name] = current(name, ("", ON).__contains__, "", held) == ON
    shown = st.toggle(words, key=name, help=help)
    keep_choice(name, ON if shown else "", "")
    return shown


def held(name: str, allowed: Container[str], default: str) -> str:
    """A choice as `option` keeps it, made by `hold` and not by a control of Streamlit's.

    `allowed` may be anything that can say whether it holds a text, such as a grammar.
    """
    return text(name, allowed.__contains__, default)


def text(name: str, lawful: Callable[[str], bool], default: str) -> str:
    """A text as `option` keeps a choice, lawful by a rule and not by a list."""
    st.session_state[name] = current(name, lawful, default, st.session_state.get(name))
    keep_choice(name, st.session_state[name], default)
    return str(st.session_state[name])


def hold(name: str, value: str | int) -> None:
    """Make a choice in the reader's place before the next run; for callbacks."""
    st.session_state[name] = value


def _held(name: str, allowed: Sequence[str]) -> str | None:
    """The choices of the control, or those kept from another page, as far as they are offered here."""
    kept = the_link().kept.get(name)
    chosen = st.session_state.get(name, None if kept is None else link_text.undotted(kept))
    found = [value for value in chosen or () if value in allowed]
    return None if chosen is None or (chosen and not found) else link_text.dotted(found, allowed)
