"""A refresh put into a draft of the store: all of its tables or none, and never straight to viewers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.build.refresh.drafted import Drafted
from analysis.sources.catalogue import LAYER
from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.drafts import drop_draft, put_table, start_draft
from analysis.store.reading import of_version, published

NOT_TAKEN = (
    "{path}: boundaries cannot be put into a draft, so the map stays as it is. Fetch them again with --to to have them "
    "as a file."
)


@dataclass(frozen=True)
class Taken:
    """The draft that holds the tables, and what could not be put in it, in sentences."""

    draft: int
    left_out: tuple[str, ...]


def take(
    store: Store, fetched: Callable[[Library], Sequence[Drafted]], base: str, draft: int | None, source: str, who: str
) -> tuple[Taken, Sequence[Drafted]]:
    """Fetch against what is published of a base, or against a draft, and put every table into that draft, or a new one.

    Raises what fetching and putting raise; a draft started here is then deleted again.
    """
    tables = fetched(published(store, base) if draft is None else of_version(store, draft))
    number = start_draft(store, base, _name(source), who) if draft is None else draft
    try:
        for table in tables:
            if table.contract != LAYER:
                put_table(store, number, table.contract, table.frame, table.details, table.path, who)
    except BaseException:
        if draft is None:
            drop_draft(store, number, who)
        raise
    return Taken(number, tuple(NOT_TAKEN.format(path=one.path) for one in tables if one.contract == LAYER)), tables


def _name(source: str) -> str:
    today = date.today()
    return f"Refresh from {source}, {today.day} {today:%B %Y}"
