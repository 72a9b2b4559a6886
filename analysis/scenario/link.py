"""The steps of a scenario as a compact text for a link, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from analysis.refusal import Refusal
from analysis.scenario.steps import (
    MOST_STEPS,
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    SetTotal,
    Step,
)

BETWEEN = "~"
LONGEST = 6_000
_NUMBER = r"(\d{1,6})"
_NAME = r"([A-Za-z0-9_]{1,80})"
_WORDS: dict[type, str] = {
    MovePlaces: "move",
    MoveBetweenSites: "site",
    OpenSite: "open",
    CloseSite: "close",
    ResizeSite: "size",
    SetTotal: "total",
    GrowNeed: "grow",
}
_GRAMMAR: dict[re.Pattern[str], Callable[..., Any]] = {
    re.compile(rf"move-{_NAME}-{_NAME}-{_NUMBER}"): lambda a, b, n: MovePlaces(a, b, int(n)),
    re.compile(rf"site-{_NAME}-{_NAME}-{_NUMBER}"): lambda a, b, n: MoveBetweenSites(a, b, int(n)),
    re.compile(rf"open-{_NAME}-{_NUMBER}"): lambda a, n: OpenSite(a, int(n)),
    re.compile(rf"close-{_NAME}"): CloseSite,
    re.compile(rf"size-{_NAME}-{_NUMBER}"): lambda a, n: ResizeSite(a, int(n)),
    re.compile(rf"total-{_NUMBER}"): lambda n: SetTotal(int(n)),
    re.compile(r"grow-(n?\d{1,2}(?:\.\d{1,2})?)-(\d{1,2})", re.ASCII): lambda p, y: GrowNeed(_signed(p), int(y)),
}


def to_text(steps: tuple[Step, ...]) -> str:
    """The steps as text for an address, in their order."""
    return BETWEEN.join(map(_word, steps))


def from_text(text: str) -> tuple[Step, ...]:
    """The steps that `to_text` wrote. Raises Refusal for any other text; wards and sites are checked when made."""
    if len(text) > LONGEST or text.count(BETWEEN) >= MOST_STEPS:
        raise Refusal("The link holds more changes than a scenario may.")
    return tuple(map(_step, text.split(BETWEEN))) if text else ()


def _word(step: Step) -> str:
    return "-".join([_WORDS[type(step)], *(_plain(value) for value in astuple(step))])


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}".replace("-", "n")


def _step(word: str) -> Step:
    for pattern, made in _GRAMMAR.items():
        found = pattern.fullmatch(word)
        if found and found.string.isascii():
            return made(*found.groups())
    raise Refusal(f"The link holds a change that cannot be read: {word[:40]!r}.")


def _signed(text: str) -> float:
    return float(text.replace("n", "-"))
