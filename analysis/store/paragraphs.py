"""Paragraphs of the council's own in the report on a base, and the sections it leaves out.

They belong to the base, not to a version of it, so a new publication and a new report keep them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.editions import EDITIONS
from analysis.store import records
from analysis.store.database import Store
from analysis.store.decision_words import plain_text
from analysis.store.models import ReportPart
from analysis.store.troubles import Overtaken, StoreRefusal

BEFORE, AFTER, LEFT_OUT = "before", "after", "left_out"
PLACES = (BEFORE, AFTER)
LONGEST = 6000
SECTION = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True)
class Kept:
    """What is kept of a base: paragraphs by section and place, and the sections left out, by the alphabet."""

    paragraphs: dict[tuple[str, str], str]
    left_out: tuple[str, ...]


def kept(store: Store, base: str) -> Kept:
    """Everything a registrar settled of the report on a base. Raises StoreUnavailable when it cannot be read."""
    with store.reading() as session:
        rows = list(session.scalars(select(ReportPart).where(ReportPart.base == base)))
    paragraphs = {(row.section, row.place): row.text for row in rows if row.place in PLACES}
    return Kept(paragraphs, tuple(sorted(row.section for row in rows if row.place == LEFT_OUT)))


def write(store: Store, base: str, section: str, place: str, text: str, who: str, *, seen: str) -> None:
    """Put a paragraph before or after the generated text of a section, in place of `seen`; a blank one takes it away.

    Raises StoreRefusal when the text is too long or holds letters that cannot be seen, and Overtaken when somebody
    else changed the paragraph since it was `seen`.
    """
    by = records.person(who)
    _refuse_unknown(base, [section])
    if place not in PLACES:
        raise StoreRefusal(f"There is no place {place!r}. Choose one of: {', '.join(PLACES)}.")
    plain = plain_text(text, "the paragraph", LONGEST) if text.strip() else ""
    with store.writing() as session:
        held = session.get(ReportPart, (base, section, place))
        if (held.text if held else "") != seen:
            raise Overtaken("Somebody else changed this paragraph while you were writing. Read theirs, then try again.")
        if plain == seen:
            return
        if held:
            session.delete(held)
            session.flush()
        if plain:
            _add(session, base, section, place, plain, by)
        done = "paragraph written" if plain else "paragraph removed"
        records.record(session, by, done, base=base, reasons={"section": section, "place": place})


def leave_out(store: Store, base: str, sections: Collection[str], who: str) -> None:
    """Leave out exactly these sections of the report on a base. Raises StoreRefusal for one that is none."""
    by = records.person(who)
    wanted = sorted(set(sections))
    _refuse_unknown(base, wanted)
    with store.writing() as session:
        ours = (ReportPart.base == base) & (ReportPart.place == LEFT_OUT)
        if sorted(session.scalars(select(ReportPart.section).where(ours))) == wanted:
            return
        session.execute(delete(ReportPart).where(ours))
        for section in wanted:
            _add(session, base, section, LEFT_OUT, "", by)
        told = {"sections": ", ".join(wanted) or "none"}
        records.record(session, by, "sections left out", base=base, reasons=told)


def _add(session: Session, base: str, section: str, place: str, text: str, by: str) -> None:
    session.add(ReportPart(base=base, section=section, place=place, text=text, at=records.now(), by=by))
    session.flush()


def _refuse_unknown(base: str, sections: Collection[str]) -> None:
    if base not in EDITIONS:
        raise StoreRefusal(f"There is no edition {base!r}. Choose one of: {', '.join(EDITIONS)}.")
    wrong = next((section for section in sections if not SECTION.fullmatch(section)), None)
    if wrong is not None:
        raise StoreRefusal(f"There is no section {wrong!r}.")
