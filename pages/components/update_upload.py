"""Upload: a filled-in file, what was taken as its headings, and which heading each column is taken from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.present import update_view
from analysis.sources.columns import COLUMNS
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.mappings import remembered
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import Opened, read
from analysis.uploads.remarks import Unreadable
from analysis.uploads.table import Located, located
from pages.components import evidence, plain, scope
from pages.components.update_state import Desk

FILE, HELD, CHECKED, NOT_THERE = "update_file", "update_opened", "update_checked", ""
MOST_MEGABYTES = 10


@dataclass(frozen=True)
class Given:
    """A file as read for one table; `digest` names its bytes, `mapping` the heading each column is taken from."""

    name: str
    digest: str
    contract: str
    opened: Opened
    located: Located
    mapping: Mapping[str, str | None]


def show(desk: Desk, contract: str) -> Given | None:
    """The file given for a table and how it is read, or None while there is none that can be."""
    st.header("2. Upload", anchor=False)
    plain.words(CONTRACTS[contract].title, "The table this file is for; choose another under Template")
    file = scope.loaded(FILE, _uploader)
    if file is None:
        return None
    name, content = file
    with st.container(horizontal=True, vertical_alignment="center", key="update_file_given"):
        plain.words(name, f"{len(content):,} bytes, kept in this session until it is taken away")
        st.button("Take the file away", key="update_unload", on_click=take_away)
    try:
        opened, where, digest = _read(name, content, contract)
    except Unreadable as refused:
        st.error(plain.inert(f"This file cannot be read. {refused}"))
        return None
    plain.words(*update_view.located(where))
    return Given(name, digest, contract, opened, where, _mapping(desk.store, contract, where))


def take_away() -> None:
    """Forget the file and everything read from it; for callbacks."""
    scope.unload(FILE)
    scope.keep(HELD, None)
    scope.keep(CHECKED, None)


def _uploader(key: str) -> scope.GivenFile | None:
    file = st.file_uploader(
        "The filled-in table, as .xlsx, .ods or .csv",
        key=key,
        max_upload_size=MOST_MEGABYTES,
        help="At most 10 MB. Nothing in it is run, and nothing is stored until you put it into the draft.",
    )
    return None if file is None else (file.name, file.getvalue())


def _read(name: str, content: bytes, contract: str) -> tuple[Opened, Located, str]:
    digest = hashlib.sha256(content).hexdigest()
    held = scope.kept(HELD)
    if held and held[0] == (digest, name, contract):
        return held[1], held[2], digest
    place = st.empty()
    bar = place.progress(0.0, "1 of 2: reading the file")
    opened = read(content, name)
    bar.progress(0.5, "2 of 2: looking for its headings")
    where = located(opened, CONTRACTS[contract])
    place.empty()
    scope.keep(HELD, ((digest, name, contract), opened, where))
    return opened, where, digest


def _mapping(store: Store, contract: str, where: Located) -> dict[str, str | None]:
    """The heading of every column: as written where it is the column's own, else as chosen here."""
    usual = suggested(where, CONTRACTS[contract], remembered(store, contract))
    unlike = [column for column, header in usual.items() if header != column]
    if not unlike:
        return usual
    st.subheader("Which heading is which column", anchor=False)
    st.markdown(
        "These headings differ from the template. Say for each column which heading it is taken from; it is remembered "
        "for the next file once the table is in a draft. A column whose heading is not in the file is a fault."
    )
    chosen, own = dict(usual), [header for column, header in usual.items() if header == column]
    free = [header for header in where.headers if header not in own]
    for place, column in zip(plain.in_two(len(unlike)), unlike, strict=True):
        with place:
            chosen[column] = _header(contract, column, free, usual[column]) or None
    unused = [header for header in where.headers if header not in chosen.values()]
    if unused:
        evidence.nothing(plain.inert(f"Nothing is taken from: {', '.join(unused)}."))
    return chosen


def _header(contract: str, column: str, free: Sequence[str], usual: str | None) -> str:
    name, offered = f"update_header_{contract}_{column}", [NOT_THERE, *free]
    if scope.kept_for_session(name, NOT_THERE) not in free:
        scope.keep_for_session(name, usual or NOT_THERE)

    def draw(key: str) -> str:
        return str(
            st.selectbox(
                plain.inert(f"{COLUMNS[column].label} ({column})"),
                offered,
                format_func=lambda header: header or "Choose a heading",
                key=key,
                help=plain.inert(COLUMNS[column].meaning),
            )
        )

    return scope.for_session(name, usual or NOT_THERE, draw)
