"""The address bar and the session behind it: the one place that reads and writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st


@dataclass
class Link:
    """What the address bar should say, and what is remembered while it cannot.

    `kept` holds every choice of the session, `own` and `worked` what never goes into the address; `written` what
    this page last put in the address; `shown` the choices drawn in this run; `usual` their defaults, which nobody
    chose and which give way to those of another edition; `cited` names the files this page rests on; `settled`
    every choice of the page when it was last written; `switched` that the reader came from another page, whose
    address had its own choices; `whole` that the whole page is being run, so the address is written once at its
    end.
    """

    kept: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    worked: dict[str, object] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    page: str | None = None
    switched: bool = False
    whole: bool = False
    cited: list[str] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """What the reader sees, for files made later than the page: its page, its settings then, and what it cites.

    `settings` and `cited` may be asked outside the page; the settings are those of the address last written.
    """

    page: str
    edition: str
    cited: list[str]
    link: Link

    @property
    def settings(self) -> dict[str, str]:
        """Every choice of the page by name, the usual ones too, so that they stay when what is usual changes."""
        return dict(self.link.settled)


def view() -> View:
    """What the reader sees in this run of the page."""
    link = the_link()
    return View(link.page or "", link.kept.get("edition", ""), link.cited, link)


def cite(contracts: Sequence[str]) -> None:
    """Note that the page rests on some files, for the files made of it."""
    the_link().cited.extend(contracts)


def forget() -> None:
    """Forget every choice of the session, so that the next page shows exactly what its address asks."""
    link = the_link()
    for key in [str(key) for key in st.session_state]:
        if any(key == name or key.startswith(f"{name}_") for name in link.kept):
            st.session_state.pop(key)
    link.kept, link.usual, link.written, link.shown, link.page = {}, {}, {}, {}, None


def put(name: str, value: str) -> None:
    """Choose a value in the reader's place, as following a link would, and run the page again."""
    follow({name: value})


def follow(values: Mapping[str, str]) -> None:
    """Choose several values as `put` does; an empty one goes back to the usual."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    st.rerun()


def address() -> dict[str, str]:
    """What the address bar says now."""
    return st.query_params.to_dict()


def reset(name: str) -> None:
    """Go back to the usual value, as following a link without it would, and run the page again."""
    follow({name: ""})


def remember(name: str, value: str) -> None:
    """Keep a choice as if it had been made on the next page, whatever the address now says."""
    the_link().kept[name] = value
    the_link().written.pop(name, None)
    st.session_state.pop(name, None)


def begin(page: str) -> None:
    """Start the run of a page, named by its path."""
    link = the_link()
    link.switched, link.page = link.page is not None and link.page != page, page
    link.whole, link.shown, link.cited = True, {}, []


def end() -> None:
    """Finish the run of a page: write its choices to the address bar in one step, so that Back is one step too."""
    link = the_link()
    link.whole = False
    _write(link)
    with st.sidebar:
        say_notes()


def current(name: str, lawful: Callable[[str], bool], default: str, held: str | None) -> str:
    """What a choice is now: what the address asks, else what the control or the session holds, else `default`."""
    link, asked = the_link(), st.query_params.get(name)
    if asked == link.written.get(name):
        value = _unless_usual(name, link.kept.get(name) if held is None else held, default)
    elif asked is None and link.switched:
        value = _unless_usual(name, link.kept.get(name), default)
    else:
        value = default if asked is None else asked
        link.refused += [] if lawful(value) else [name]
    return value if lawful(value) else default


def _unless_usual(name: str, value: str | None, default: str) -> str:
    return default if value in (None, the_link().usual.get(name)) else str(value)


def keep_choice(name: str, value: str, default: str) -> None:
    """Keep a choice, and write it to the address unless the whole page is being run."""
    link = the_link()
    link.kept[name], link.usual[name] = value, default
    link.shown[name] = "" if value == default else value
    if not link.whole:
        _write(link)


def _write(link: Link) -> None:
    wanted = {name: value for name, value in link.shown.items() if value}
    link.written, link.settled = wanted, {name: link.kept[name] for name in link.shown if link.kept[name]}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def the_link() -> Link:
    """The link of this session."""
    return st.session_state.setdefault("link", Link())


def say_notes() -> None:
    """Say once which values of the address were refused."""
    link = the_link()
    for name in dict.fromkeys(link.refused):
        st.caption(f"The link asked for a value of “{name}” that is not offered here, so the usual one is shown.")
    link.refused = []
