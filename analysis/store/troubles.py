"""What the store says when it will not, or cannot, do what was asked: one sentence each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from analysis.refusal import Refusal

_TOLD = (
    (
        ("append-only", "published and never changes", "foreign key"),
        "What is published and what is in the audit log never changes.",
    ),
    (
        ("readonly", "read-only"),
        "The store may only be read here, so nothing was saved. Ask whoever runs the atlas to let it be written.",
    ),
    (
        ("disk is full", "no space left", "could not extend", "disk i/o error", "file too large", "could not write"),
        "The disk is full or cannot be written, so nothing was saved. Free some space and do it again; drafts are as "
        "they were.",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        "The store is damaged and cannot be read. Restore it with `python -m analysis edition restore`.",
    ),
    (("locked", "busy"), "Somebody else is saving to the store, and it did not become free. Do it again in a minute."),
    (
        ("unable to open", "no such table", "undefinedtable", "relation"),
        "The store is missing or cannot be opened. Restore it, or start the atlas anew to make one.",
    ),
)
_LOST = "The database cannot be reached, so nothing was saved. Do it again when it is back; drafts are as they were."


class StoreRefusal(Refusal):
    """What was asked is not lawful: the message says why and what to do instead."""


class Overtaken(StoreRefusal):
    """Somebody published after the publication an editor compared with; the draft is kept."""


class StoreUnavailable(StoreRefusal):
    """The database is missing, read-only, full, damaged or out of reach; nothing was half done."""


@contextmanager
def told() -> Iterator[None]:
    """Turn what a database complains of into one sentence."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        _tell(error)


def _tell(error: SQLAlchemyError | sqlite3.Error) -> NoReturn:
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for signs, sentence in _TOLD:
        if any(sign in said for sign in signs):
            lawful = "never changes" in sentence
            raise (StoreRefusal if lawful else StoreUnavailable)(sentence) from error
    if isinstance(error, sqlite3.Error | OperationalError | InterfaceError | NoConnectionFree | DisconnectionError):
        raise StoreUnavailable(_LOST) from error
    raise error
