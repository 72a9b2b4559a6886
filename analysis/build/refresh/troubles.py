"""Why a publisher's file was not taken: one sentence that says what happened and what to do."""

from __future__ import annotations

from analysis.refusal import Refusal

NOTHING = "Nothing was taken from it and nothing has changed."


class SourceTrouble(Refusal):
    """A publisher's file was not taken; the message names the file, what happened and what to do."""


class PassingTrouble(SourceTrouble):
    """A trouble that may pass: worth another try."""

    wait: float = 0.0
