"""The audit log, and the words people give that go into it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.store.database import Store
from analysis.store.models import AuditLine, Version
from analysis.store.troubles import StoreRefusal

THE_ATLAS = "the atlas"
LONGEST_NAME, LONGEST_NOTE = 120, 4000
AUDIT_COLUMNS = [column.key for column in AuditLine.__table__.columns]


def now() -> str:
    """This moment as it is recorded: UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def line(text: str, what: str) -> str:
    """A name people gave, as one printable line. Raises StoreRefusal when nothing is left of it or it is too long."""
    kept = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not kept:
        raise StoreRefusal(f"Give {what}.")
    if len(kept) > LONGEST_NAME:
        raise StoreRefusal(f"Shorten {what} to {LONGEST_NAME} letters.")
    return kept


def person(name: str) -> str:
    """The name of who does something. Raises StoreRefusal for a blank one, and for the atlas's own."""
    named = line(name, "the name of who does this")
    if named.casefold() == THE_ATLAS:
        raise StoreRefusal("Give the name of a person: what the atlas does itself is recorded under its own name.")
    return named


def note(text: str) -> str:
    """A text people gave, of any number of lines, without letters that cannot be kept."""
    if len(text) > LONGEST_NOTE:
        raise StoreRefusal(f"Shorten the note to {LONGEST_NOTE} letters.")
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable()).strip()


def file_name(text: str) -> str:
    """The last part of a file's name, without its folders."""
    last = PureWindowsPath(PurePosixPath(text).name).name
    return "".join(letter for letter in last if letter.isprintable())[:200] or "(no name)"


def record(
    session: Session,
    who: str,
    what: str,
    version: Version | None = None,
    *,
    base: str = "",
    publication: int | None = None,
    table: Mapping[str, object] | None = None,
    warnings: Sequence[str] = (),
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Add a line to the audit log. `table` holds contract, file_name, sha256 and rows where one table is meant."""
    blank: dict[str, object] = {"contract": "", "file_name": "", "sha256": "", "rows": None}
    session.add(
        AuditLine(
            at=now(),
            by=who,
            what=what,
            base=version.base if version else base,
            version_id=version.id if version else None,
            version_name=version.name if version else "",
            publication_id=publication,
            warnings=json.dumps([note(warning) for warning in warnings], ensure_ascii=False),
            reasons=json.dumps({note(key): note(why) for key, why in (reasons or {}).items()}, ensure_ascii=False),
            **{**blank, **(table or {})},
        )
    )


def audit(store: Store, *, base: str | None = None, version: int | None = None) -> pd.DataFrame:
    """The audit log, newest first: at, by, what, base, version, publication, file, checksum, warnings, reasons.

    `warnings` are lists of sentences and `reasons` texts by finding. Narrowed to a base or a version where given.
    """
    asked = select(AuditLine).order_by(AuditLine.id.desc())
    if base is not None:
        asked = asked.where(AuditLine.base == base)
    if version is not None:
        asked = asked.where(AuditLine.version_id == version)
    with store.reading() as session:
        rows = [{name: getattr(found, name) for name in AUDIT_COLUMNS} for found in session.scalars(asked)]
    frame = pd.DataFrame(rows, columns=AUDIT_COLUMNS)
    return frame.assign(warnings=frame["warnings"].map(json.loads), reasons=frame["reasons"].map(json.loads))
