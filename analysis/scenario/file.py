"""A scenario as a small JSON file: written, and read with every fault told."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from typing import Any, get_args

from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.scenario.fair import Fair
from analysis.scenario.moves import applied
from analysis.scenario.steps import (
    MOST_NAME,
    MOST_PLACES,
    MOST_STEPS,
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    Scenario,
    SetTotal,
    Step,
)
from analysis.scenario.today import Today

VERSION = 1
MOST_BYTES = 100_000
DEEPEST = 4
KEYS = ("atlas_scenario", "name", "edition", "service", "steps", "basis", "children")
OPTIONAL = ("basis", "children")
WORDS: dict[str, type[Any]] = {
    "move": MovePlaces,
    "move between sites": MoveBetweenSites,
    "open site": OpenSite,
    "close site": CloseSite,
    "resize site": ResizeSite,
    "set total": SetTotal,
    "grow need": GrowNeed,
}
_WORD_OF = {kind: word for word, kind in WORDS.items()}
_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float)}


def written(scenario: Scenario, basis: str = "") -> str:
    """The scenario as JSON; `basis` is that of the places it changes, said to whoever opens the file elsewhere."""
    content: dict[str, Any] = {
        "atlas_scenario": VERSION,
        "name": scenario.name,
        "edition": scenario.edition,
        "service": scenario.service,
        "steps": [{"do": _WORD_OF[type(step)], **asdict(step)} for step in scenario.steps],
    }
    if basis:
        content["basis"] = basis
    if scenario.children:
        content["children"] = dict(sorted(scenario.children.items()))
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read(content: bytes | str) -> Scenario:
    """The scenario that `written` wrote, held to its schema but not yet to the wards and sites of a service.

    Raises Refusal with one sentence for the first fault: not JSON, too large, too deep, a key twice, unknown or
    missing, a value that is not what it should be, or a version from the future.
    """
    raw = content.encode() if isinstance(content, str) else content
    if len(raw) > MOST_BYTES:
        raise Refusal(f"The file holds {len(raw):,} bytes; a saved scenario has at most {MOST_BYTES:,}.")
    found = _parsed(raw)
    _refuse_other_keys(found, KEYS, OPTIONAL, "The file")
    _refuse_version(found["atlas_scenario"])
    name, edition, service = (_text(found[key], key) for key in ("name", "edition", "service"))
    _text(found.get("basis", ""), "basis")
    if edition not in EDITIONS:
        raise Refusal(f"The file is for an edition {edition!r}; the editions are {', '.join(EDITIONS)}.")
    if not isinstance(found["steps"], list):
        raise Refusal("The steps of the file are not a list.")
    if len(found["steps"]) > MOST_STEPS:
        raise Refusal(f"The file holds {len(found['steps'])} steps; a scenario may hold {MOST_STEPS}.")
    steps = tuple(_step(each, number) for number, each in enumerate(found["steps"], start=1))
    return Scenario(edition, service, name, steps, _children(found.get("children", {})))


def reopened(content: bytes | str, today: Today, fair: Fair) -> Scenario:
    """A scenario read and found possible on today's places.

    Raises Refusal as `read` and `applied` do, also for a file of another edition or service, and for projected
    children of wards that are not there.
    """
    scenario = read(content)
    applied(today, scenario, fair)
    unknown = sorted(set(scenario.children) - set(today.wards["area_code"]))
    if unknown:
        raise Refusal(
            f"The file projects children for {unknown[0]}, which is not a ward of the {today.edition} edition."
        )
    return scenario


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8-sig")
        _refuse_depth(text)
        found = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse_constant)
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise Refusal("The file is not JSON. Choose a file that this page saved.") from None
    except ValueError as fault:
        raise fault if isinstance(fault, Refusal) else Refusal("The file holds a number too long to read.") from None
    if not isinstance(found, dict):
        raise Refusal("The file is JSON, but not a saved scenario. Choose a file that this page saved.")
    return found


def _refuse_depth(text: str) -> None:
    depth = deepest = 0
    for sign in text:
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refusal(f"The file is nested {deepest} deep; a saved scenario is never deeper than {DEEPEST}.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise Refusal(f"The file gives {twice[:40]!r} twice, so it cannot be told which one is meant.")
    return dict(pairs)


def _refuse_constant(word: str) -> None:
    raise Refusal(f"The file holds {word}, which is not a number that can be used.")


def _refuse_version(version: object) -> None:
    if type(version) is not int or version < 1:
        raise Refusal(f"The version of the file is {version!r:.40}, which no atlas has written.")
    if version > VERSION:
        raise Refusal(
            f"The file has version {version} and was saved by a newer atlas; this one reads version {VERSION}. Open it "
            "there."
        )


def _refuse_other_keys(found: dict[str, Any], known: tuple[str, ...], optional: tuple[str, ...], what: str) -> None:
    unknown = next((key for key in found if key not in known), None)
    if unknown is not None:
        raise Refusal(f"{what} has an entry {unknown[:40]!r} that a scenario does not have. Take it out.")
    missing = next((key for key in known if key not in found and key not in optional), None)
    if missing is not None:
        raise Refusal(f"{what} has no entry {missing!r}. Choose a file that this page saved.")


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or len(value) > MOST_NAME or not value.isprintable():
        raise Refusal(f"The {what} of the file must be one line of at most {MOST_NAME} characters.")
    return value


def _step(found: object, number: int) -> Step:
    if not isinstance(found, dict):
        raise Refusal(f"Step {number} of the file is not an entry with names and values.")
    word = found.get("do")
    if not isinstance(word, str) or word not in WORDS:
        raise Refusal(f"Step {number} of the file asks to do {word!r:.40}; it may be one of: {', '.join(WORDS)}.")
    kind = WORDS[word]
    named = {item.name: str(item.type) for item in fields(kind)}
    _refuse_other_keys(found, ("do", *named), (), f"Step {number} of the file")
    step: Step = kind(**{name: _value(found[name], type_, number, name) for name, type_ in named.items()})
    if not isinstance(step, get_args(Step)):
        raise TypeError(f"{kind} is not a step of a scenario.")
    return step


def _value(value: Any, wanted: str, number: int, name: str) -> Any:
    right = type(value) in _TYPES[wanted]
    if wanted == "str":
        return _text(value, f"{name} of step {number}")
    if not right or not math.isfinite(value) or abs(value) > MOST_PLACES:
        kind = "a whole number" if wanted == "int" else "a number"
        raise Refusal(f"The {name} of step {number} must be {kind} up to {MOST_PLACES:,}, but is {value!r:.40}.")
    if wanted == "int" and value < 0:
        raise Refusal(f"The {name} of step {number} is {value}; it must be 0 or more.")
    return float(value) if wanted == "float" else value


def _children(found: object) -> dict[str, int]:
    if not isinstance(found, dict):
        raise Refusal("The projected children of the file are not numbers by ward.")
    for code, children in found.items():
        if type(children) is not int or not 0 <= children <= MOST_PLACES:
            raise Refusal(
                f"The file projects {children!r:.40} children for {code[:40]!r}; it must be a whole number, 0 or more."
            )
    return dict(found)
