"""Making the pack: from the tables and what is asked for to a PowerPoint or a PDF, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analysis.reports.pack.gathered import gathered
from analysis.reports.pack.map import map_of
from analysis.reports.pack.model import Deck
from analysis.reports.pack.slides import deck
from analysis.reports.registry import Progress
from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.reading import StoreLibrary

STEPS = 4


def pack(library: Library, params: Mapping[str, str], made_on: date, progress: Progress) -> Deck:
    """The slides of a pack: the first three of its four steps, told to `progress`. Raises Refusal as `gathered`."""
    progress(0, STEPS, "working out the figures")
    told = gathered(library, params, _store(library))
    progress(1, STEPS, "drawing the map")
    picture = map_of(library, told.result, told.asked.chosen)
    progress(2, STEPS, "writing the slides")
    return deck(told, picture, made_on)


def powerpoint_of(library: Library, params: Mapping[str, str], made_on: date, progress: Progress) -> bytes:
    """A pack as .pptx. Raises Refusal as `pack`."""
    from analysis.reports.pack.powerpoint import powerpoint

    slides = pack(library, params, made_on, progress)
    progress(3, STEPS, "setting the PowerPoint")
    return powerpoint(slides)


def pdf_of(library: Library, params: Mapping[str, str], made_on: date, progress: Progress) -> bytes:
    """A pack as PDF. Raises Refusal as `pack`."""
    from analysis.reports.pack.document import document

    slides = pack(library, params, made_on, progress)
    progress(3, STEPS, "setting the pages")
    return document(slides)


def _store(library: Library) -> Store | None:
    """Where a library was published, for what came before it and what was decided on it."""
    if not isinstance(library, StoreLibrary):
        return None
    from analysis.store.opening import opened

    return opened(filled=False)
