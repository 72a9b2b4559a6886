"""What a meeting is asked to decide: questions that follow from the verdicts, never an answer."""

from __future__ import annotations

from analysis.comparison import Verdict
from analysis.gap import Gap
from analysis.present.words import listed, worst_first
from analysis.reports.pack.gathered import Gathered
from analysis.reports.pack.model import Slide

MADE_UP = (
    "Nothing may be decided about these wards on these figures, for they were made up. Is the council to load its own "
    "return?"
)
PLACES_MADE_UP = "The places in What if were made up, so no move may be decided on them. Who can give the real ones?"
WORKED_UP = "Are the changes tried in What if to be worked up, altered or dropped?"
AGAIN = "When do we look at this again, and what should have changed by then?"
NOTES = (
    "How to use it: record what is decided, and why, on the screen “What do we decide?” of the meeting view; the "
    "figures shown are kept with it, and the page Decisions says later what became of them."
)


def asked_of_the_meeting(told: Gathered) -> Slide:
    """The decisions asked for: about what is certain, what is likely, what is not known, and when to look again."""
    result = told.result
    points = [question for question in (_certain(result), _likely(result), _unknown(result), _tried(told)) if question]
    if result.basis == "illustrative":
        points = [MADE_UP, *(point for point in (_unknown(result), _tried(told)) if point)]
    asked = [*points, AGAIN]
    count = ("one decision", "two decisions", "three decisions", "four decisions", "five decisions")[len(asked) - 1]
    (screen,) = told.screens_of("decision")
    return Slide("decisions", f"The meeting is asked for {count}", tuple(asked), None, screen.basis or "", (NOTES,))


def _certain(result: Gap) -> str:
    names = worst_first(result, Verdict.UNDER_CERTAIN)
    if not names:
        return ""
    return f"What is to be done for {listed(names)}, under-provided for certain?"


def _likely(result: Gap) -> str:
    names = worst_first(result, Verdict.UNDER_LIKELY)
    if not names:
        return ""
    return f"What would have to be found out about {listed(names)}, likely under-provided, before anything is moved?"


def _unknown(result: Gap) -> str:
    count = int(result.wards["verdict"].isin([Verdict.NOT_KNOWN, Verdict.NOT_SHOWN, Verdict.TOO_FEW]).sum())
    if not count:
        return ""
    wards = "one ward" if count == 1 else f"{count} wards"
    return f"Is there another way to learn of the {wards} that these figures cannot speak of?"


def _tried(told: Gathered) -> str:
    if not told.tried:
        return ""
    return PLACES_MADE_UP if told.asked.options[2] == "illustrative" else WORKED_UP
