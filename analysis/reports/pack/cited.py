"""Where the figures of a slide come from: each file with its publisher, its period and the place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.equity import sources_for
from analysis.gap import Gap
from analysis.reports.pack.gathered import Gathered
from analysis.reports.pack.layout import paged
from analysis.reports.pack.model import Grid, Slide
from analysis.sources.catalogue import Entry, NotHeld
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS

MOST_PLACES, SIZE = 3, 14
SCENARIO = ("ACTIVITY", "COMMISSIONED_SITES")
HEADS, WIDTHS = ("What it is", "Publisher", "Period", "Basis"), (0.42, 0.3, 0.16, 0.12)
LOCATOR = "locator"
_LINES = re.compile(r",? (lines?|row) [\d,; and–-]+$")


def cited(library: Library, contracts: Iterable[str]) -> tuple[str, ...]:
    """One line for each file behind some figures, in their order; a file that is not held is said to be missing."""
    return tuple(_line(library, contract) for contract in dict.fromkeys(contracts))


def _line(library: Library, contract: str) -> str:
    if not library.holds(contract):
        return f"Source: {contract} is not held, so nothing of it is shown."
    entry = library.entry(contract)
    named = f"{entry.title} ({entry.publisher}, {entry.period}; {entry.basis})"
    return f"Source: {named}. In: {_places(library, entry)}."


def source(entry: Entry) -> str:
    """A file in words: title, publisher, period and licence, and what it asks to have said."""
    caveat = f" {entry.caveat.rstrip('.')}." if entry.caveat else ""
    return f"{entry.title} ({entry.publisher}, {entry.period}; {entry.basis}; {entry.licence}).{caveat}"


def _places(library: Library, entry: Entry) -> str:
    """The places in the source its rows name, without their lines; else the file itself."""
    contract = CONTRACTS.get(entry.contract)
    if contract is None or contract.small_counts or LOCATOR not in {field.column for field in contract.fields}:
        return entry.path
    try:
        named = library.table(entry.contract)[LOCATOR].dropna()
    except NotHeld:
        return entry.path
    places = list(dict.fromkeys(_LINES.sub("", str(one)) for one in named))
    more = f" and {len(places) - MOST_PLACES} more places" if len(places) > MOST_PLACES else ""
    return f"{'; '.join(places[:MOST_PLACES])}{more} ({entry.path})"


def contracts_of(result: Gap) -> tuple[str, ...]:
    """The contracts of the files behind a comparison."""
    return (*result.need.sources, *result.provision.sources_for(result.edition))


def behind(told: Gathered, slide: Slide) -> tuple[str, ...]:
    """The contracts behind the figures of a slide; none where it shows none."""
    if not slide.basis:
        return ()
    own = contracts_of(told.result)
    if slide.id == "equity":
        return (*own, *sources_for(told.result.edition))
    if slide.id != "options":
        return own
    return (*own, *SCENARIO) if told.tried else (*own, *_of_others(told))


def _of_others(told: Gathered) -> tuple[str, ...]:
    others = (one for one in told.others.values() if isinstance(one, Gap))
    return tuple(name for one in others for name in one.provision.sources_for(one.edition))


def sources(told: Gathered, slides: Iterable[Slide]) -> list[Slide]:
    """Every file behind the slides, in as many tables as it takes; the notes say what their licences ask for."""
    names = dict.fromkeys(name for slide in slides for name in behind(told, slide))
    entries = list(dict.fromkeys(told.library.entry(name) for name in names if told.library.holds(name)))
    missing = [f"{name} is not held, so nothing of it is shown." for name in names if not told.library.holds(name)]
    pages = paged(HEADS, [_cells(entry) for entry in entries], WIDTHS, SIZE)
    title = f"These figures rest on {len(entries)} files"
    return [
        Slide(
            f"sources-{place}",
            f"{title} ({place} of {len(pages)})" if len(pages) > 1 else title,
            tuple(missing) if place == 1 else (),
            Grid(HEADS, tuple(page), WIDTHS, f"Table of {len(page)} files.", SIZE),
            "",
            _said([entry for entry in entries if _cells(entry) in page]),
        )
        for place, page in enumerate(pages, start=1)
    ]


def _cells(entry: Entry) -> tuple[str, ...]:
    return entry.title, entry.publisher, entry.period, entry.basis


def _said(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Some files in full, and what their licences ask to have said, each sentence once."""
    thanks = dict.fromkeys(entry.attribution for entry in entries if entry.attribution)
    return (*(source(entry) for entry in entries), *thanks)
