"""Check: every fault of the file at once, how cells were read, and putting a file without fault into the draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from analysis.present import return_view, update_view
from analysis.sources.tables import CONTRACTS
from analysis.store.drafts import put_table
from analysis.store.mappings import remember
from analysis.uploads.annotated import annotated
from analysis.uploads.check import Checked, checked
from pages.components import evidence, plain, scope, update_details, update_state
from pages.components.update_state import Desk, Draft
from pages.components.update_template import WORKBOOK
from pages.components.update_upload import CHECKED, Given, take_away

SECTION = "check"
ON_SCREEN = 100


def show(desk: Desk, given: Given | None) -> None:
    """What was found in the file; where that is nothing, what is said of it and the button that puts it in."""
    st.header("3. Check", anchor=False)
    update_state.told(SECTION)
    if given is None:
        evidence.nothing("Upload a file, and every fault in it is named here at once, by row and column.")
        return
    found = _checked(given)
    plain.words(*update_view.found(found, given.name))
    if not found.lawful:
        _faults(given, found)
    _notes(found)
    if found.lawful and desk.draft is None:
        evidence.nothing("Start a draft, or choose one, under Your draft: then this table can be put into it.")
    elif found.lawful and desk.draft:
        details = update_details.ask(desk.draft, given.contract)
        st.button(
            "Put this table into the draft",
            key="update_put",
            on_click=_put,
            args=(desk, desk.draft, given, found, details),
        )


def _checked(given: Given) -> Checked:
    name = (given.digest, given.contract, tuple(given.mapping.items()))
    held = scope.kept(CHECKED)
    if held and held[0] == name:
        return held[1]
    place = st.empty()
    bar = place.progress(0.0, "Beginning")

    def tell(part: float, words: str) -> None:
        bar.progress(part, plain.inert(words))

    found = checked(
        given.opened,
        given.located,
        CONTRACTS[given.contract],
        given.mapping,
        given.name,
        tell,
    )
    place.empty()
    scope.keep(CHECKED, (name, found))
    return found


def _faults(given: Given, found: Checked) -> None:
    plain.table(return_view.listing(found.faults[:ON_SCREEN]), "Faults of this file")
    more = update_view.more_faults(found, ON_SCREEN)
    if more:
        st.caption(more)
    with st.container(horizontal=True, key="update_faults_saved"):
        st.download_button(
            "Download your file with every fault marked (Excel)",
            partial(annotated, given.opened, given.located, found),
            "your_file_with_its_faults.xlsx",
            WORKBOOK,
            key="update_annotated",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download the faults (CSV)",
            partial(update_view.remarks_csv, found.faults),
            "faults_of_the_file.csv",
            "text/csv",
            key="update_faults_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _notes(found: Checked) -> None:
    if found.notes:
        with st.expander(f"How some cells were read ({len(found.notes)})"):
            plain.table(return_view.listing(found.notes[:ON_SCREEN]), "Cells read differently")


def _put(desk: Desk, draft: Draft, given: Given, found: Checked, details: Mapping[str, str]) -> None:
    frame = found.frame
    if frame is None:
        return

    def work() -> str:
        who = update_state.who()
        rows = put_table(desk.store, draft.number, given.contract, frame, details, given.name, who)
        chosen = {column: header for column, header in given.mapping.items() if header and header != column}
        if chosen:
            remember(desk.store, given.contract, chosen, who)
        take_away()
        return (
            f"{rows:,} rows of {CONTRACTS[given.contract].title} are in the draft. Look at the warnings, then compare."
        )

    update_state.act(SECTION, work)
