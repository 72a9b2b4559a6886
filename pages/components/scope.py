"""What the reader is looking at: the one place that reads and writes the session and the address bar."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analysis.editions import EDITIONS, Edition
from analysis.gap import lenses
from analysis.localities import Locality, Set, of_edition
from analysis.need import NEEDS, NeedLens
from analysis.provision import PROVISIONS, ProvisionLens, as_returned
from analysis.refusal import Refusal
from pages.components import cached, link_text
from pages.components.cached import localities as cached_localities

DEFAULT_EDITION = "2026"
NO_WARD = ""
ON = "on"
Draw = Callable[[str], str]
GivenFile = tuple[str, bytes]
LOCALITIES = "groups"
SHARED = ("edition", "need", "provision", LOCALITIES)


@dataclass
class Link:
    """What the address bar should say, and what is remembered while it cannot.

    `kept` holds every choice of the session, `own` and `worked` what never goes into the address; `written` what this
    page last put in the address; `shown` the choices drawn in this run; `usual` their defaults, which nobody chose and
    which give way to those of another edition; `switched` that the reader came from another page, whose address had its
    own choices; `whole` that the whole page is being run, so the address is written once at its end.
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


@dataclass(frozen=True)
class Scope:
    """An edition, a need, a provision and perhaps a ward or a locality; every value comes from an allow-list.

    `localities` are all those of the edition; `locality` is the one looked at, and then `ward` is None.
    """

    edition_id: str
    need_id: str
    provision_id: str
    ward: str | None
    localities: Set = ()
    locality: Locality | None = None

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

    @property
    def marked(self) -> tuple[str, ...]:
        """The codes of the wards to mark on a map: the one looked at, or those of the locality."""
        return self.locality.wards if self.locality else (self.ward,) if self.ward else ()


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
        localities = of_edition(every_locality(), edition)
        place = _place(EDITIONS[edition], localities)
        _say_notes()
    locality = next((one for one in localities if one.name == place), None)
    return Scope(edition, need, provided, None if locality else place or None, localities, locality)


def every_locality() -> Set:
    """The localities of the session in both editions: those of the link, or else those kept with the editions.

    A link that names any names them all, so it restores what its sender saw whatever has been kept since.
    """
    try:
        usual = cached_localities.kept_text()
    except Refusal as refused:
        st.sidebar.error(f"The localities kept with the atlas cannot be used. {refused}")
        usual = cached_localities.NONE
    return cached_localities.localities_of(_text(LOCALITIES, cached_localities.lawful, usual))


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
    draw: Callable[..., object] = st.pills,
) -> tuple[str, ...]:
    """Any number of choices in the order of `allowed`, kept in the address bar as `name` with dots between them.

    `draw` is the Streamlit widget (pills, or a multiselect where there are too many to see at once). A link with
    one that is not allowed falls back to `default`; those another edition offered are left behind.
    """
    usual = link_text.dotted(default, allowed)
    text = _current(name, lambda asked: set(link_text.undotted(asked)) <= set(allowed), usual, _held(name, allowed))
    st.session_state[name] = [value for value in allowed if value in link_text.undotted(text)]
    many = {"selection_mode": "multi"} if draw is st.pills else {}
    value = draw(words, list(allowed), key=name, format_func=lambda key: titles.get(key, key), help=help, **many)
    chosen = link_text.dotted(value if isinstance(value, list) else [], allowed)
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
    """A choice as `option` keeps it, made by `hold` and not by a control of Streamlit's.

    `allowed` may be anything that can say whether it holds a text, such as a grammar.
    """
    return _text(name, allowed.__contains__, default)


def _text(name: str, lawful: Callable[[str], bool], default: str) -> str:
    st.session_state[name] = _current(name, lawful, default, st.session_state.get(name))
    _keep(name, st.session_state[name], default)
    return str(st.session_state[name])


def hold(name: str, value: str | int) -> None:
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
    """What `for_session` keeps under a name, without drawing its control."""
    return _link().own.get(name, usual)


def keep_for_session(name: str, value: str) -> None:
    """Put a value in place of what `for_session` keeps; for callbacks, before its control is drawn."""
    _link().own[name] = value
    st.session_state[name] = value


def kept(name: str) -> Any:
    """What `keep` last kept under this name, or None."""
    return _link().worked.get(name)


def keep(name: str, value: object) -> None:
    """Keep something worked out or uploaded for this session alone, on other pages too; never in the address bar."""
    _link().worked[name] = value


def said(name: str) -> Any:
    """What a control says, for callbacks."""
    return st.session_state.get(name)


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


def address_of_locality(name: str) -> str:
    """The link to the Localities page for a locality of the edition shown, with the other choices kept."""
    return _address("localities", ward=name)


def address_of_need(need: str) -> str:
    """The link to one need on the Service coverage page, with the other choices kept."""
    return _address("coverage", of=need)


def address_of_indicator(indicator: str) -> str:
    """The link to one indicator on the Indicators page, with the other choices kept."""
    return _address("indicators", indicator=indicator)


def _address(page: str, **chosen: str) -> str:
    kept = {name: value for name, value in _link().shown.items() if value and name in SHARED}
    return f"{page}?{urlencode({**kept, **chosen})}"


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


def reset(name: str) -> None:
    """Go back to the usual value, as following a link without it would, and run the page again."""
    follow({name: ""})


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


def _place(edition: Edition, localities: Set) -> str:
    codes = cached.library().codes(edition.ward_type)
    names = cached.library().names
    ordered = sorted(codes, key=lambda code: names[code])
    titles = {
        NO_WARD: "All wards",
        **{one.name: f"{one.name} (locality, {len(one.wards)} wards)" for one in localities},
        **{code: names[code] for code in ordered},
    }
    return option("ward", "Ward or locality", list(titles), NO_WARD, titles)


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
