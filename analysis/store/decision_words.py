"""What people say of a decision, held to plain text, to lengths and to dates that can be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from analysis.store import records
from analysis.store.troubles import StoreRefusal

LONGEST_WHAT, LONGEST_WHY = 1000, 2000


@dataclass(frozen=True)
class Words:
    """What people say of a decision."""

    what: str
    why: str
    meeting: str
    met_on: date
    review_on: date


def plain_words(words: Words) -> Words:
    """The words as they may be kept. Raises StoreRefusal for the first that may not be."""
    meeting = plain_text(words.meeting, "the name of the meeting", records.LONGEST_NAME)
    if "\n" in meeting:
        raise StoreRefusal("Write the name of the meeting on one line.")
    what, why = plain_text(words.what, "what was decided", LONGEST_WHAT), plain_text(words.why, "why", LONGEST_WHY)
    if words.met_on > datetime.now(UTC).date() + timedelta(days=1):
        raise StoreRefusal("The meeting lies in the future. Give the day on which it was held.")
    if words.review_on <= words.met_on:
        raise StoreRefusal("The review date must be after the day of the meeting.")
    return Words(what, why, meeting, words.met_on, words.review_on)


def plain_text(text: str, what: str, most: int) -> str:
    """A text of people, spaces of every kind made plain. Raises StoreRefusal for letters that cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in lines).strip()
    if not kept:
        raise StoreRefusal(f"Write {what}.")
    if len(kept) > most:
        raise StoreRefusal(f"Shorten {what} to {most:,} letters; it has {len(kept):,}.")
    hidden = next((letter for letter in kept if letter != "\n" and not letter.isprintable()), None)
    if hidden is not None:
        raise StoreRefusal(f"Take the letter out of {what} that cannot be seen (U+{ord(hidden):04X}), then try again.")
    return kept
