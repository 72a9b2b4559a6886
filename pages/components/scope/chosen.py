"""What the reader is looking at: edition, need, provision, and a ward or a locality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analysis.editions import EDITIONS, Edition, editions_of
from analysis.gap import lenses
from analysis.localities import Locality, Set, of_edition
from analysis.need import NEEDS, NeedLens, as_held
from analysis.provision import PROVISIONS, ProvisionLens, as_returned
from analysis.refusal import Refusal
from analysis.sources.council import HOME, Council
from analysis.sources.library import Library
from pages.components import cached
from pages.components.cached import councils as cached_councils
from pages.components.cached import localities as cached_localities
from pages.components.scope.controls import option, text
from pages.components.scope.council import choose_council
from pages.components.scope.link import current, say_notes, the_link
from pages.components.scope.small_counts import small_counts

DEFAULT_EDITION = "2026"
NO_WARD = ""
LOCALITIES = "groups"


@dataclass(frozen=True)
class Scope:
    """An edition, a need, a provision and perhaps a ward or a locality; every value comes from an allow-list.

    `provision_id` is blank for another council than the atlas's own, of which no provision is held.
    `small_counts` says that an analyst asked to see the counts withheld from viewers; no link can.
    `localities` are all those of the edition; `locality` is the one looked at, and then `ward` is None.
    """

    edition_id: str
    need_id: str
    provision_id: str
    ward: str | None
    council: Council = HOME
    localities: Set = ()
    locality: Locality | None = None
    small_counts: bool = False

    @property
    def edition(self) -> Edition:
        """The edition shown, in the words of its council."""
        return editions_of(self.council)[self.edition_id]

    @property
    def need(self) -> NeedLens:
        """The need lens shown."""
        return as_held(cached.library(), NEEDS[self.need_id])

    @property
    def provision(self) -> ProvisionLens:
        """The provision lens shown."""
        return PROVISIONS[self.provision_id]

    @property
    def marked(self) -> tuple[str, ...]:
        """The codes of the wards to mark on a map: the one looked at, or those of the locality."""
        return self.locality.wards if self.locality else (self.ward,) if self.ward else ()


def edition() -> str:
    """The edition this run is about, before its control is drawn."""
    return current("edition", EDITIONS.__contains__, DEFAULT_EDITION, st.session_state.get("edition"))


def choose() -> Scope:
    """Draw the sidebar shared by all pages and return what it says; unknown values in the link fall back."""
    _through_app()
    library = cached.library()
    with st.sidebar:
        st.markdown("#### What you are looking at")
        choose_council()
        if library.council != HOME:
            return _of_another(library)
        shown = option("edition", "Edition", [*EDITIONS], DEFAULT_EDITION, _named(EDITIONS))
        _which_tables(library)
        needs, provisions = lenses(shown)
        comparable = [lens for lens in needs if lens.table is not None]
        need = option("need", "Need", [lens.id for lens in comparable], comparable[0].id, _titles(comparable))
        provided = option(
            "provision", "Provision", [lens.id for lens in provisions], provisions[0].id, _provided(provisions, shown)
        )
        localities = of_edition(every_locality(), shown)
        place = _place(EDITIONS[shown], "Ward or locality", localities)
        say_notes()
    locality = next((one for one in localities if one.name == place), None)
    ward = None if locality else place or None
    return Scope(shown, need, provided, ward, HOME, localities, locality, small_counts())


def _of_another(library: Library) -> Scope:
    """What can be chosen of another council: its need and its wards."""
    offered = {name: editions_of(library.council)[name] for name in cached_councils.editions()}
    shown = option("edition", "Edition", [*offered], next(reversed(offered)), _named(offered))
    _which_tables(library)
    needs = [NEEDS[name] for name in cached_councils.needs(shown)]
    need = option("need", "Need", [lens.id for lens in needs], needs[0].id, _titles(needs))
    place = _place(offered[shown], "Ward")
    say_notes()
    return Scope(shown, need, "", place or None, library.council, small_counts=small_counts())


def _which_tables(library: Library) -> None:
    st.html(f'<p class="atlas-which">Tables {escape(library.titled)}</p>')


def _named(editions: Mapping[str, Edition]) -> dict[str, str]:
    return {name: edition.title for name, edition in editions.items()}


def every_locality() -> Set:
    """The localities of the session in both editions: those of the link, or else those kept with the editions.

    A link that names any names them all, so it restores what its sender saw whatever has been kept since.
    """
    try:
        usual = cached_localities.kept_text()
    except Refusal as refused:
        st.sidebar.error(f"The localities kept with the atlas cannot be used. {refused}")
        usual = cached_localities.NONE
    return cached_localities.localities_of(text(LOCALITIES, cached_localities.lawful, usual))


def _through_app() -> None:
    """Run the page from app.py.

    Streamlit runs files of a folder called pages by themselves until the first `st.navigation` of the server, so the
    first link into a page would miss the navigation, the style and the address that app.py sets up. The switch has no
    public name; `st.navigation` itself would tell the browser that the page asked for does not exist.
    """
    if not the_link().whole:
        PagesManager.uses_pages_directory = False
        st.rerun()


def _place(edition: Edition, words: str, localities: Set = ()) -> str:
    codes = cached.library().codes(edition.ward_type)
    names = cached.library().names
    ordered = sorted(codes, key=lambda code: names[code])
    titles = {
        NO_WARD: "All wards",
        **{one.name: f"{one.name} (locality, {len(one.wards)} wards)" for one in localities},
        **{code: names[code] for code in ordered},
    }
    return option("ward", words, list(titles), NO_WARD, titles)


def _provided(offered: Sequence[ProvisionLens], edition: str) -> dict[str, str]:
    activity = cached.library().table("ACTIVITY")
    activity = activity[activity["edition"] == edition]
    return {lens.id: (as_returned(lens, activity) if lens.kind == "caseload" else lens).title for lens in offered}


def _titles(lenses_offered: Sequence[NeedLens] | Sequence[ProvisionLens]) -> dict[str, str]:
    return {lens.id: lens.title for lens in lenses_offered}
