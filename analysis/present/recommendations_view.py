"""Recommendations and what a group says of them, as a sentence and a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.present.words import listed
from analysis.recommendations import BASIS, DONE, GIVEN_UP, NOT_KNOWN, NOT_STARTED, UNDER_WAY, Entry, counted, overdue

SYMBOLS = {NOT_KNOWN: "?", NOT_STARTED: "○", UNDER_WAY: "◐", DONE: "●", GIVEN_UP: "✕"}
NOT_SAID = "Nothing"


def numbered(recommendation_id: str) -> str:
    """The number of a recommendation as it is counted: r04a is 4a."""
    return recommendation_id.removeprefix("r").lstrip("0")


def titles(recommendations: pd.DataFrame) -> dict[str, str]:
    """Each recommendation by its identifier, with its number and what it asks for."""
    named = zip(recommendations["recommendation_id"], recommendations["action"], strict=True)
    return {name: f"{numbered(name)}. {action}" for name, action in named}


def status(name: str) -> str:
    """A status with its symbol."""
    return f"{SYMBOLS[name]} {name[0].upper()}{name[1:]}"


def sentence(entries: Mapping[str, Entry], today: date) -> str:
    """How many are done, under way, not started, given up and not known, and how many reviews are overdue."""
    counts = counted(entries)
    if counts[NOT_KNOWN] == len(entries):
        return f"Nothing has been entered for any of the {len(entries)} recommendations and steps."
    named = listed([f"{counts[name]} {name}" for name in (DONE, UNDER_WAY, NOT_STARTED, GIVEN_UP, NOT_KNOWN)], most=5)
    late = overdue(entries, today)
    review = f" The review date of {late} has passed." if late else ""
    return f"Of {len(entries)} recommendations and steps: {named}.{review} These are {BASIS}."


def table(recommendations: pd.DataFrame, answers: pd.DataFrame, entries: Mapping[str, Entry]) -> pd.DataFrame:
    """Every recommendation with the group's own entries, what the strategy of 2021 says, and where; Note is theirs."""
    said = answers.set_index("recommendation_id")
    ids = recommendations["recommendation_id"]
    owners = recommendations["owner"].fillna("")
    return pd.DataFrame(
        {
            "Recommendation": [f"{numbered(name)}. {action}" for name, action in titled(recommendations)],
            "Your status": [status(entries[name].status) for name in ids],
            "Owner": [_owner(entries[name].owner, printed) for name, printed in zip(ids, owners, strict=True)],
            "Review by": [_day(entries[name].review_date) for name in ids],
            "The strategy of 2021": [_said(name, said) for name in ids],
            "Where": [_where(name, place, said) for name, place in zip(ids, recommendations["locator"], strict=True)],
            "Note": [entries[name].note for name in ids],
        }
    )


def titled(recommendations: pd.DataFrame) -> list[tuple[str, str]]:
    """Identifier and action of each recommendation."""
    return list(zip(recommendations["recommendation_id"], recommendations["action"], strict=True))


def _owner(own: str, printed: str) -> str:
    if own:
        return own
    return f"{printed} (named in 2020)" if printed else "None named"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%-d %B %Y}" if iso else "None set"


def _said(name: str, said: pd.DataFrame) -> str:
    return str(said["statement"].loc[name]) if name in said.index else NOT_SAID


def _where(name: str, place: str, said: pd.DataFrame) -> str:
    if name not in said.index:
        return place
    return f"{place}; strategy, {str(said['locator'].loc[name]).split(', ', 1)[1]}"
