"""What the reader is looking at: the one place that reads and writes the session and the address bar."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analysis.editions import EDITIONS, Edition
from analysis.gap import lenses
from analysis.need import NEEDS, NeedLens
from analysis.provision import PROVISIONS, ProvisionLens, as_returned
from analysis.roles import Role
from pages.components import cached, link_text, roles

DEFAULT_EDITION = "2026"
NO_WARD = ""
ON = "on"
Draw = Callable[[str], str]
GivenFile = tuple[str, bytes]
SHARED = ("edition", "need", "provision")
SMALL_COUNTS = "small_counts"


@dataclass
class Link:
    """What the address bar should say, and what is remembered while it cannot.

    `kept` holds every choice of the session, `own` what never goes into the address; `written` what this page last put
    in the address; `shown` the choices drawn in this run; `usual` their defaults, which nobody chose and which give way
    to those of another edition; `switched` that the reader came from another page, whose address had its own choices;
    `whole` that the whole page is being run, so the address is written once at its end.
    """

    kept: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    page: str | None = None
    switched: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Scope:
    """An edition, a need, a provision and perhaps a ward; every value comes from an allow-list.

    `small_counts` says that an analyst asked to see the counts withheld from viewers; no link can.
    """

    edition_id: str
    need_id: str
    provision_id: str
    ward: str | None
    small_counts: bool = False

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
    _through_app()
    with st.sidebar:
        st.markdown("#### What you are looking at")
        edition = option(
            "edition", "Edition", [*EDITIONS], DEFAULT_EDITION, {key: value.title for key, value in EDITIONS.items()}
        )
        needs, provisions = lenses(edition)
        comparable = [lens for lens in needs if lens.table is not None]
        need = option("need", "Need", [lens.id for lens in comparable], comparable[0].id, _titles(comparable))
        provided = option(
            "provision", "Provision", [lens.id for lens in provisions], provisions[0].id, _provided(provisions, edition)
        )
        ward = _ward(EDITIONS[edition])
        _say_notes()
    return Scope(edition, need, provided, ward or None, small_counts())


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
    st.session_state[name] = _current(name, allowed.__contains__, default, st.session_state.get(name))
    kept = {"required": True} if draw is st.segmented_control else {}
    value = draw(words, list(allowed), key=name, format_func=lambda key: shown.get(key, key), help=help, **kept)
    chosen = str(value) if value in allowed else default
    _keep(name, chosen, default)
    return chosen


def several(
    name: str,
    words: str,
    allowed: Sequence[str],
    default: Sequence[str],
    titles: Mapping[str, str],
    help: str | None = None,
) -> tuple[str, ...]:
    """Any number of choices in the order of `allowed`, kept in the address bar as `name` with dots between them.

    A link with one that is not allowed falls back to `default`; those another edition offered are left behind.
    """
    usual = link_text.dotted(default, allowed)
    text = _current(name, lambda asked: set(link_text.undotted(asked)) <= set(allowed), usual, _held(name, allowed))
    st.session_state[name] = [value for value in allowed if value in link_text.undotted(text)]
    value = st.pills(
        words, list(allowed), selection_mode="multi", key=name, format_func=lambda key: titles.get(key, key), help=help
    )
    chosen = link_text.dotted(value, allowed)
    _keep(name, chosen, usual)
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
    text = _current(name, lambda asked: link_text.unpaired(asked, allowed, most) is not None, "", held)
    asked = link_text.unpaired(text, allowed, most) or {}
    for one, key in keys.items():
        st.session_state[key] = asked.get(one, usual)
    chosen = dict(draw({one: asked.get(one, usual) for one in ids}, keys.__getitem__))
    _keep(name, link_text.paired(chosen, usual), "")
    return chosen


def switch(name: str, words: str, help: str | None = None) -> bool:
    """Something shown only when asked for, kept in the session and in the address bar as `name` while it is on."""
    drawn = st.session_state.get(name)
    held = None if drawn is None else ON if drawn else ""
    st.session_state[name] = _current(name, ("", ON).__contains__, "", held) == ON
    shown = st.toggle(words, key=name, help=help)
    _keep(name, ON if shown else "", "")
    return shown


def held(name: str, allowed: Container[str], default: str) -> str:
    """A choice as `option` keeps it, made by `hold` and not by a control of Streamlit's."""
    st.session_state[name] = _current(name, allowed.__contains__, default, st.session_state.get(name))
    _keep(name, st.session_state[name], default)
    return str(st.session_state[name])


def hold(name: str, value: str) -> None:
    """Make a choice in the reader's place before the next run; for callbacks."""
    st.session_state[name] = value


def for_session(name: str, usual: str, draw: Draw) -> str:
    """What a control says, kept for this session alone, on other pages too, and never put in the address bar.

    `draw` draws the control under the key it is given and returns its value.
    """
    kept = _link().own
    if name not in st.session_state:
        st.session_state[name] = kept.get(name, usual)
    kept[name] = draw(name)
    return kept[name]


def small_counts() -> bool:
    """Whether this session asked for the counts withheld from viewers, and may see them.

    A session that no longer may, because its sign-in lapsed or its person was taken off the list, is run again whole,
    so that nothing worked out before stays on its screen.
    """
    own = _link().own
    if own.get(SMALL_COUNTS) != ON:
        return False
    if not roles.current().role.may(Role.ANALYST):
        own[SMALL_COUNTS] = ""
        st.rerun()
    return True


def ask_for_small_counts(words: str, help: str) -> None:
    """A switch for small counts, off in each new session and never in the address bar; draw it only for analysts."""
    st.session_state[SMALL_COUNTS] = small_counts()
    st.toggle(words, key=SMALL_COUNTS, help=help, on_change=_small_counts_asked)


def _small_counts_asked() -> None:
    shown = bool(st.session_state[SMALL_COUNTS]) and roles.current().role.may(Role.ANALYST)
    _link().own[SMALL_COUNTS] = ON if shown else ""
    roles.log("small counts shown" if shown else "small counts put away")


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


def select_ward(code: str) -> dict[str, str]:
    """Make a ward, and the edition its code belongs to, the ones looked at from the next run on.

    Returns what the address should say, so that Back finds the page as it was left.
    """
    _remember("ward", code)
    for edition in EDITIONS.values():
        if code in cached.library().codes(edition.ward_type):
            _remember("edition", edition.id)
    kept = _link().kept
    return {**st.query_params.to_dict(), "edition": kept["edition"], "ward": code}


def address_of_ward(code: str) -> str:
    """The link to the Ward page for a ward of the edition shown, with the other choices kept."""
    return _address("ward", ward=code)


def address_of_need(need: str) -> str:
    """The link to one need on the Service coverage page, with the other choices kept."""
    return _address("coverage", of=need)


def _address(page: str, **chosen: str) -> str:
    kept = {name: value for name, value in _link().shown.items() if value and name in SHARED}
    return f"{page}?{urlencode({**kept, **chosen})}"


def put(name: str, value: str) -> None:
    """Choose a value in the reader's place, as following a link would, and run the page again."""
    st.query_params[name] = value
    st.rerun()


def reset(name: str) -> None:
    """Go back to the usual value, as following a link without it would, and run the page again."""
    st.query_params.pop(name, None)
    st.rerun()


def _remember(name: str, value: str) -> None:
    _link().kept[name] = value
    _link().written.pop(name, None)
    st.session_state.pop(name, None)


def begin(page: str) -> None:
    """Start the run of a page, named by its path."""
    link = _link()
    link.switched, link.page = link.page is not None and link.page != page, page
    link.whole, link.shown = True, {}


def end() -> None:
    """Finish the run of a page: write its choices to the address bar in one step, so that Back is one step too."""
    link = _link()
    link.whole = False
    _write(link)
    with st.sidebar:
        _say_notes()


def _through_app() -> None:
    """Run the page from app.py.

    Streamlit runs files of a folder called pages by themselves until the first `st.navigation` of the server, so the
    first link into a page would miss the navigation, the style and the address that app.py sets up. The switch has no
    public name; `st.navigation` itself would tell the browser that the page asked for does not exist.
    """
    if not _link().whole:
        PagesManager.uses_pages_directory = False
        st.rerun()


def _ward(edition: Edition) -> str:
    codes = cached.library().codes(edition.ward_type)
    names = cached.library().names
    ordered = sorted(codes, key=lambda code: names[code])
    titles = {NO_WARD: "All wards", **{code: names[code] for code in ordered}}
    return option("ward", "Ward", [NO_WARD, *ordered], NO_WARD, titles)


def _current(name: str, lawful: Callable[[str], bool], default: str, held: str | None) -> str:
    link, asked = _link(), st.query_params.get(name)
    if asked == link.written.get(name):
        value = _unless_usual(name, link.kept.get(name) if held is None else held, default)
    elif asked is None and link.switched:
        value = _unless_usual(name, link.kept.get(name), default)
    else:
        value = default if asked is None else asked
        link.refused += [] if lawful(value) else [name]
    return value if lawful(value) else default


def _held(name: str, allowed: Sequence[str]) -> str | None:
    """The choices of the control, or those kept from another page, as far as they are offered here."""
    kept = _link().kept.get(name)
    chosen = st.session_state.get(name, None if kept is None else link_text.undotted(kept))
    found = [value for value in chosen or () if value in allowed]
    return None if chosen is None or (chosen and not found) else link_text.dotted(found, allowed)


def _unless_usual(name: str, value: str | None, default: str) -> str:
    return default if value in (None, _link().usual.get(name)) else str(value)


def _keep(name: str, value: str, default: str) -> None:
    link = _link()
    link.kept[name], link.usual[name] = value, default
    link.shown[name] = "" if value == default else value
    if not link.whole:
        _write(link)


def _write(link: Link) -> None:
    wanted = {name: value for name, value in link.shown.items() if value}
    link.written = wanted
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def _link() -> Link:
    return st.session_state.setdefault("link", Link())


def _say_notes() -> None:
    link = _link()
    for name in dict.fromkeys(link.refused):
        st.caption(f"The link asked for a value of “{name}” that is not offered here, so the usual one is shown.")
    link.refused = []


def _provided(offered: Sequence[ProvisionLens], edition: str) -> dict[str, str]:
    activity = cached.library().table("ACTIVITY")
    activity = activity[activity["edition"] == edition]
    return {lens.id: (as_returned(lens, activity) if lens.kind == "caseload" else lens).title for lens in offered}


def _titles(lenses_offered: Sequence[NeedLens] | Sequence[ProvisionLens]) -> dict[str, str]:
    return {lens.id: lens.title for lens in lenses_offered}
