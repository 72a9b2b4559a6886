"""The scenario a reader is trying: its steps in the address, its name and projection in the session."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from analysis.refusal import Refusal
from analysis.scenario import file, link
from analysis.scenario.outcome import Outcome
from analysis.scenario.steps import Scenario, Step
from pages.components import cached, scope
from pages.components.cached import what_if as cached_what_if
from pages.components.cached.what_if import Children

CHANGES, FAULT, NAMED = "changes", "what_if_fault", "what_if_named"
NAME, CHILDREN, BESIDE = "what_if_name", "what_if_children", "what_if_beside"
USUAL_NAME = "My scenario"
MOST_BESIDE = 2


@dataclass(frozen=True)
class Look:
    """What scenarios are judged by: an edition, a service, a need, and per cent of weight on need.

    `small_counts` says that verdicts withheld from viewers protect wards too; no scenario is judged by them.
    """

    edition: str
    service: str
    need: str
    weight: int
    small_counts: bool = False

    def outcome(self, steps: str, children: Children = ()) -> Outcome:
        """A scenario judged, without its name. Raises Refusal when one of its steps cannot be made."""
        return cached_what_if.outcome_of(self.edition, self.service, self.need, self.weight, steps, children)

    @property
    def now(self) -> Outcome:
        """Today, judged."""
        return self.outcome("")


@dataclass(frozen=True)
class Possible:
    """Texts whose steps can be made on today's places."""

    look: Look

    def __contains__(self, text: object) -> bool:
        """Whether the steps can be read and made."""
        try:
            self.look.outcome(str(text), children=children())
        except Refusal:
            return False
        return True


def text(look: Look) -> str:
    """The steps of the scenario being tried, as they stand in the address.

    Those that cannot be made for another service, need or weight give way to today, and the reader is told why.
    """
    before = str(scope.said(CHANGES) or "")
    now = scope.held(CHANGES, Possible(look), "")
    if before and not now:
        try:
            look.outcome(before, children())
        except Refusal as refused:
            scope.keep(FAULT, f"The changes you tried cannot be made here, so today is shown. {refused}")
    return now


def children() -> Children:
    """The projected children of the scenario being tried."""
    return scope.kept(CHILDREN) or ()


def name() -> str:
    """The name of the scenario being tried."""
    return str(scope.kept(NAME) or USUAL_NAME)


def tried(look: Look, steps: str) -> Outcome:
    """The scenario being tried, judged and by its name."""
    result = look.outcome(steps, children())
    return replace(result, scenario=replace(result.scenario, name=name()))


def add(look: Look, now: str, step: Step) -> None:
    """Make one more change, or keep why it cannot be made; for callbacks."""
    longer = link.to_text((*link.from_text(now), step))
    _replace(look, longer)


def undo(now: str) -> None:
    """Take the last change back; for callbacks."""
    scope.keep(FAULT, None)
    scope.hold(CHANGES, link.to_text(link.from_text(now)[:-1]))


def start_again() -> None:
    """Go back to today; for callbacks."""
    scope.keep(FAULT, None)
    scope.keep(CHILDREN, None)
    scope.hold(CHANGES, "")


def use(look: Look, steps: tuple[Step, ...]) -> None:
    """Take other changes in place of those there are; for callbacks."""
    _replace(look, link.to_text(steps))


def open_file(look: Look, content: bytes) -> None:
    """Open a saved scenario in place of the one being tried, or keep why it cannot be opened; for callbacks."""
    try:
        now = look.now
        found = file.reopened(content, now.today, now.fair)
        projected = tuple(sorted(found.children.items()))
        look.outcome(link.to_text(found.steps), children=projected)
    except Refusal as refused:
        scope.keep(FAULT, f"The scenario was not opened. {refused}")
        return
    scope.keep(FAULT, None)
    scope.keep(NAME, found.name)
    scope.hold(NAMED, found.name)
    scope.keep(CHILDREN, projected)
    scope.hold(CHANGES, link.to_text(found.steps))


def beside() -> dict[str, str]:
    """Scenarios kept to compare, saved as files are, by a name of their own."""
    return scope.kept(BESIDE) or {}


def keep_beside(found: Scenario) -> None:
    """Keep a scenario to compare with; for callbacks."""
    kept = beside()
    title = found.name if found.name not in kept else f"{found.name} ({len(kept) + 1})"
    scope.keep(BESIDE, {**kept, title: file.written(found)})


def put_away(title: str) -> None:
    """Compare with a scenario no more; for callbacks."""
    scope.keep(BESIDE, {other: content for other, content in beside().items() if other != title})


def compared(look: Look) -> dict[str, Outcome]:
    """The scenarios kept to compare that can be made for the service, edition and need shown, judged by them."""
    found = {}
    for title, content in beside().items():
        other = file.read(content)
        projected = tuple(sorted(other.children.items()))
        if (other.edition, other.service) == (look.edition, look.service):
            with suppress(Refusal):
                found[title] = look.outcome(link.to_text(other.steps), projected)
    return found


def names(look: Look) -> dict[str, str]:
    """Names of the wards and sites of what is looked at, by code."""
    now = look.now.today
    sites = dict(zip(now.sites["site_id"], now.sites["name"], strict=True))
    return {**{code: cached.library().names[code] for code in now.wards["area_code"]}, **sites}


def _replace(look: Look, steps: str) -> None:
    try:
        look.outcome(steps, children=children())
    except Refusal as refused:
        scope.keep(FAULT, str(refused))
        return
    scope.keep(FAULT, None)
    scope.hold(CHANGES, steps)
