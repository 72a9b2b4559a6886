"""The decision log: what a meeting decided, why, and the figures frozen as they were shown to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.store import records
from analysis.store.database import Store
from analysis.store.decision_words import LONGEST_WHY, Words, plain_text, plain_words
from analysis.store.models import DecisionEntry, Publication, Version
from analysis.store.retention import written_anew
from analysis.store.troubles import Overtaken, StoreRefusal

LONGEST_LINK = 20_000
MOST_FIGURES = 400
LISTED = (
    "decision",
    "standing",
    "what",
    "why",
    "meeting",
    "held_on",
    "review_on",
    "recorded_by",
    "recorded_at",
    "replaces",
    "headline_shown",
    "basis",
    "edition",
    "version",
    "version_name",
    "publication",
    "contents",
    "link",
)
IN_FORCE, WITHDRAWN, FORGOTTEN = "in force", "withdrawn", "deleted under the retention rules"


@dataclass(frozen=True)
class Figure:
    """One line of the figures a meeting was shown, each cell as it was written on the screen.

    `code` is that of the area and `label` its name; `value` is provision over its share of need (below 1: less than
    its share) and `limits` its limits; a blank value is explained in `why`. `basis` and `status` are as in
    `analysis.gap.Gap`.
    """

    code: str
    label: str
    verdict: str
    value: str
    limits: str
    need: str
    provision: str
    basis: str
    status: str
    why: str = ""


@dataclass(frozen=True)
class Frozen:
    """What a meeting was shown: of which tables, on which page, and the figures.

    `contents` is the word by which the tables are known (`Library.contents`); `link` are the values of the address
    that reopen the page; `headline` is the sentence over the figures, and `basis` theirs.
    """

    base: str
    version: int
    version_name: str
    publication: int
    contents: str
    page: str
    link: Mapping[str, str]
    headline: str
    basis: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Decision:
    """An entry of the log. `replaces` and `replaced_by` are numbers of entries, or None."""

    id: int
    at: str
    by: str
    words: Words
    frozen: Frozen
    replaces: int | None = None
    replaced_by: int | None = None
    withdrawn: bool = False
    forgotten_at: str | None = field(default=None)

    @property
    def standing(self) -> str:
        """Whether it is in force, and if not what became of it."""
        if self.forgotten_at:
            return FORGOTTEN
        if self.withdrawn:
            return WITHDRAWN
        return IN_FORCE if self.replaced_by is None else f"replaced by {self.replaced_by}"

    @property
    def recorded_on(self) -> date:
        """The day on which it was recorded (UTC)."""
        return datetime.fromisoformat(self.at).date()

    @property
    def address(self) -> str:
        """The link that reopens what the meeting looked at, within the atlas."""
        return f"{self.frozen.page}?{urlencode(dict(self.frozen.link))}"


def record(store: Store, words: Words, frozen: Frozen, who: str, *, replaces: int | None = None) -> int:
    """Add a decision, in place of the one that `replaces` names where it is given; returns its number.

    Raises StoreRefusal when a text is blank, too long or holds letters that cannot be seen, when the dates cannot be,
    or when the entry replaced is not in force; Overtaken when the tables shown are no longer what is published.
    """
    by, plain = records.person(who), plain_words(words)
    _refuse_unfit(frozen)
    with store.writing() as session:
        _refuse_old_figures(session, frozen)
        if replaces is not None:
            _in_force(session, replaces)
        return _add(session, by, plain, frozen, replaces, "decision recorded")


def correct(store: Store, number: int, words: Words, who: str) -> int:
    """Put right the words of a decision by a new entry with the same figures; returns its number.

    Raises StoreRefusal as `record` does.
    """
    by, plain = records.person(who), plain_words(words)
    with store.writing() as session:
        wrong = _read(_in_force(session, number), None)
        return _add(session, by, plain, wrong.frozen, number, "decision corrected")


def withdraw(store: Store, number: int, why: str, who: str) -> int:
    """Take a decision back by a new entry that says why; returns the number of that entry. Raises StoreRefusal."""
    by, reason = records.person(who), plain_text(why, "why it is withdrawn", LONGEST_WHY)
    with store.writing() as session:
        taken_back = _read(_in_force(session, number), None)
        words = Words(**{**asdict(taken_back.words), "why": reason})
        return _add(session, by, words, taken_back.frozen, number, "decision withdrawn", withdrawn=True)


def decisions(store: Store, base: str | None = None) -> list[Decision]:
    """Every entry of the log, newest first; of one base where it is named."""
    asked = select(DecisionEntry).order_by(DecisionEntry.id.desc())
    with store.reading() as session:
        rows = list(session.scalars(asked))
        replaced = {row.replaces: row.id for row in rows if row.replaces is not None}
        return [_read(row, replaced.get(row.id)) for row in rows if base in (None, row.base)]


def due(store: Store, on: date) -> list[Decision]:
    """The decisions in force whose review date has come on a day, the longest due first."""
    found = [one for one in decisions(store) if one.standing == IN_FORCE and one.words.review_on <= on]
    return sorted(found, key=lambda one: (one.words.review_on, one.id))


def forget_decisions(store: Store, before: date, who: str, *, why: str) -> tuple[int, ...]:
    """Blank every entry of a meeting held before a day; returns their numbers.

    That there was an entry, of which publication and when, stays. Raises StoreRefusal without a reason.
    """
    by, reason = records.person(who), records.note(why)
    if not reason:
        raise StoreRefusal("Say why the decisions are deleted.")
    blank = dict.fromkeys(("by", "what", "why", "meeting", "page", "headline", "version_name"), "")
    with store.writing() as session:
        old = DecisionEntry.met_on < before.isoformat()
        gone = tuple(session.scalars(select(DecisionEntry.id).where(old, DecisionEntry.forgotten_at.is_(None))))
        blanked = {**blank, "link": "{}", "figures": "[]", "forgotten_at": records.now()}
        session.execute(update(DecisionEntry).where(DecisionEntry.id.in_(gone)).values(blanked))
        for number in gone:
            records.record(session, by, "decision deleted", reasons={"decision": str(number), "why": reason})
    if gone and not written_anew(store):
        raise StoreRefusal("They are deleted, but there was no room to write the file without them: free some space.")
    return gone


def listed(one: Decision) -> dict[str, object]:
    """An entry as one line of a file: the columns LISTED."""
    words, shown = one.words, one.frozen
    values = (
        one.id,
        one.standing,
        words.what,
        words.why,
        words.meeting,
        words.met_on.isoformat(),
        words.review_on.isoformat(),
        one.by,
        one.at,
        "" if one.replaces is None else str(one.replaces),
        shown.headline,
        shown.basis,
        shown.base,
        shown.version,
        shown.version_name,
        shown.publication,
        shown.contents,
        one.address if shown.page else "",
    )
    return dict(zip(LISTED, values, strict=True))


def _add(
    session: Session, by: str, words: Words, frozen: Frozen, replaces: int | None, done: str, *, withdrawn: bool = False
) -> int:
    entry = DecisionEntry(
        at=records.now(),
        by=by,
        replaces=replaces,
        withdrawn=withdrawn,
        what=words.what,
        why=words.why,
        meeting=words.meeting,
        met_on=words.met_on.isoformat(),
        review_on=words.review_on.isoformat(),
        base=frozen.base,
        version_id=frozen.version,
        version_name=frozen.version_name,
        publication_id=frozen.publication,
        contents=frozen.contents,
        page=frozen.page,
        link=json.dumps(dict(frozen.link), ensure_ascii=False),
        headline=frozen.headline,
        basis=frozen.basis,
        figures=json.dumps([asdict(one) for one in frozen.figures], ensure_ascii=False),
    )
    session.add(entry)
    try:
        session.flush()
    except IntegrityError as error:
        raise Overtaken(f"Somebody else replaced decision {replaces} at the same moment.") from error
    version = session.get_one(Version, frozen.version)
    about = {"decision": str(entry.id)} | ({"replaces": str(replaces)} if replaces else {})
    records.record(session, by, done, version, publication=frozen.publication, reasons=about)
    return entry.id


def _refuse_old_figures(session: Session, frozen: Frozen) -> None:
    """Refuse figures of tables that are not the newest publication of their base."""
    newest = select(Publication).where(Publication.base == frozen.base).order_by(Publication.id.desc()).limit(1)
    last = session.scalars(newest).first()
    if last is None or (last.id, last.version_id) != (frozen.publication, frozen.version):
        raise Overtaken(
            "Other tables were published while you were writing, so the figures shown are no longer the newest. Look "
            "at them again, then record the decision."
        )


def _in_force(session: Session, number: int) -> DecisionEntry:
    entry = session.get(DecisionEntry, number)
    if entry is None or entry.forgotten_at:
        raise StoreRefusal(f"There is no decision {number}.")
    later = session.scalars(select(DecisionEntry.id).where(DecisionEntry.replaces == number)).first()
    if entry.withdrawn or later is not None:
        became = "withdrawn" if entry.withdrawn else f"replaced by entry {later}"
        raise StoreRefusal(f"Decision {number} is no longer in force: it was {became}. Choose the newest entry.")
    return entry


def _read(row: DecisionEntry, replaced_by: int | None) -> Decision:
    held: list[dict[str, Any]] = json.loads(row.figures)
    words = Words(row.what, row.why, row.meeting, date.fromisoformat(row.met_on), date.fromisoformat(row.review_on))
    frozen = Frozen(
        row.base,
        row.version_id,
        row.version_name,
        row.publication_id,
        row.contents,
        row.page,
        json.loads(row.link),
        row.headline,
        row.basis,
        tuple(Figure(**one) for one in held),
    )
    return Decision(row.id, row.at, row.by, words, frozen, row.replaces, replaced_by, row.withdrawn, row.forgotten_at)


def _refuse_unfit(frozen: Frozen) -> None:
    if not frozen.figures or len(frozen.figures) > MOST_FIGURES:
        raise StoreRefusal("There are no figures to keep with the decision, so it was not recorded.")
    if len(json.dumps(dict(frozen.link))) > LONGEST_LINK:
        raise StoreRefusal("The link to what was shown is too long to keep. Look at fewer changes at once.")
