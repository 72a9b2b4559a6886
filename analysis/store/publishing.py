"""Publishing: one step by which everybody sees another version, refused when somebody else took it first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.store.database import Store
from analysis.store.models import DRAFT, PUBLISHED, Blob, HeldTable, Publication, Version
from analysis.store.records import note, now, person, record
from analysis.store.troubles import Overtaken, StoreRefusal


@dataclass(frozen=True)
class Published:
    """One publication: which version, when, by whom, with what note and which warnings accepted."""

    id: int
    base: str
    version: int
    version_name: str
    at: str
    by: str
    note: str
    warnings: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day on which it was made (UTC)."""
        return datetime.fromisoformat(self.at).date()


def newest(session: Session, base: str) -> Publication | None:
    """The publication everybody sees of a base."""
    asked = select(Publication).where(Publication.base == base).order_by(Publication.id.desc()).limit(1)
    return session.scalars(asked).first()


def token(store: Store) -> str:
    """What is published of all bases, in one word: another one after anything is published, or a backup restored."""
    with store.reading() as session:
        return token_of(session)


def token_of(session: Session) -> str:
    """The token as a session sees it."""
    newest_ones = select(func.max(Publication.id)).group_by(Publication.base)
    asked = select(Publication.base, Publication.id, Publication.at).where(Publication.id.in_(newest_ones))
    return " ".join(f"{base}:{number}@{at}" for base, number, at in session.execute(asked.order_by(Publication.base)))


def shown_now(store: Store) -> dict[str, Published]:
    """The publication everybody sees, by base: what an editor compares with."""
    newest_ones: dict[str, Published] = {}
    for one in publications(store):
        newest_ones.setdefault(one.base, one)
    return newest_ones


def publications(store: Store, base: str | None = None) -> list[Published]:
    """Every publication, newest first."""
    asked = select(Publication, Version.name).join(Version).order_by(Publication.id.desc())
    if base is not None:
        asked = asked.where(Publication.base == base)
    with store.reading() as session:
        return [_published(row, name) for row, name in session.execute(asked)]


def publish(
    store: Store,
    draft: int,
    compared_with: int,
    who: str,
    *,
    about: str = "",
    warnings: Sequence[str] = (),
    reasons: Mapping[str, str] | None = None,
    revision: int | None = None,
) -> int:
    """Make a draft what everybody sees of its base; returns the publication.

    `compared_with` is the publication the editor compared with: raises Overtaken, saying who and when, if another came
    since, and keeps the draft. `revision`, where given, is the state of the draft the editor saw. `reasons` are texts
    by finding.
    """
    by = person(who)
    with store.writing() as session:
        version = session.get(Version, draft, with_for_update=True)
        if version is None or version.state != DRAFT:
            raise StoreRefusal(f"There is no draft {draft}: it was published or deleted.")
        if revision is not None and version.revision != revision:
            raise Overtaken("The draft was changed while you were comparing. Compare it again, then publish.")
        refuse_forgotten(session, version)
        version.state = PUBLISHED
        session.flush()
        return announce(session, version, compared_with, by, "published", about, warnings, reasons)


def roll_back(store: Store, version: int, compared_with: int, who: str, *, about: str) -> int:
    """Publish an earlier published version again; returns the publication. Raises as `publish` does."""
    by, why = person(who), note(about)
    if not why:
        raise StoreRefusal("Say why the earlier version is published again.")
    with store.writing() as session:
        earlier = session.get(Version, version)
        if earlier is None or earlier.state != PUBLISHED:
            raise StoreRefusal(f"Version {version} was never published, so it cannot be gone back to.")
        last = newest(session, earlier.base)
        if last is not None and last.version_id == version:
            raise StoreRefusal(f"Version {version} is what is published now.")
        refuse_forgotten(session, earlier)
        return announce(session, earlier, compared_with, by, "rolled back", why, (), None)


def announce(
    session: Session,
    version: Version,
    compared_with: int,
    by: str,
    what: str,
    about: str,
    warnings: Sequence[str],
    reasons: Mapping[str, str] | None,
) -> int:
    """Add the publication of a version, with its audit line. Raises Overtaken when another follows the same one."""
    last = newest(session, version.base)
    if (last.id if last else 0) != compared_with:
        raise _overtaken(last)
    publication = Publication(
        base=version.base,
        previous=compared_with,
        version_id=version.id,
        at=now(),
        by=by,
        note=note(about),
        warnings=json.dumps([note(warning) for warning in warnings], ensure_ascii=False),
    )
    session.add(publication)
    try:
        session.flush()
    except IntegrityError as error:
        raise Overtaken("Somebody else published at the same moment. Compare with what they published.") from error
    why = {**(reasons or {}), **({"note": about} if about else {})}
    record(session, by, what, version, publication=publication.id, warnings=warnings, reasons=why)
    return publication.id


def refuse_forgotten(session: Session, version: Version) -> None:
    """Refuse a version a table of which was deleted under the retention rules."""
    asked = select(HeldTable.contract).join(Blob).where(HeldTable.version_id == version.id, Blob.packed.is_(None))
    gone = sorted(set(session.scalars(asked)))
    if gone:
        raise StoreRefusal(
            f"{', '.join(gone)} of {version.name!r} was deleted under the retention rules, so this version can no "
            "longer be published."
        )


def _overtaken(last: Publication | None) -> Overtaken:
    if last is None:
        return Overtaken("Nothing is published of this edition. Load it with `python -m analysis edition rebuild`.")
    when = last.at[:16].replace("T", " at ")
    return Overtaken(
        f"{last.by} published another version on {when} UTC (publication {last.id}), after the one you compared with. "
        "Your draft is kept: compare it with theirs, then publish."
    )


def _published(row: Publication, name: str) -> Published:
    warnings = tuple(json.loads(row.warnings))
    return Published(row.id, row.base, row.version_id, name, row.at, row.by, row.note, warnings)
