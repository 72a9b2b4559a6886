"""A decision's figures beside what they have become: the same view worked out again on what is published now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from analysis.gap import Gap, gap
from analysis.localities import NONE, from_text, of_edition
from analysis.refusal import Refusal
from analysis.scenario.fair import fair
from analysis.scenario.feasible import Asked
from analysis.scenario.link import from_text as from_steps
from analysis.scenario.outcome import Outcome, outcome
from analysis.scenario.proposal import Job, fair_plan, paired
from analysis.scenario.steps import Scenario
from analysis.scenario.today import today
from analysis.sources.library import Library
from analysis.store.decisions import Figure

GONE = "not among the figures"
OPTION = "option:"
TODAY, TRIED, EVEN = "Today", "As tried in What if", "All places by fair share"


@dataclass(frozen=True)
class Moved:
    """One area then and now. `verdict_changed` says that what can be said of it is another."""

    code: str
    label: str
    verdict_then: str
    verdict_now: str
    value_then: str
    value_now: str

    @property
    def verdict_changed(self) -> bool:
        """Whether the verdict is another."""
        return self.verdict_then != self.verdict_now


@dataclass(frozen=True)
class ThenNow:
    """A headline then and now, and the areas of which anything shown differs; `areas` counts all that were shown.

    `options` are the figures of a scenario that differ.
    """

    headline_then: str
    headline_now: str
    moved: tuple[Moved, ...]
    areas: int
    options: tuple[Moved, ...] = ()

    @property
    def verdicts(self) -> tuple[Moved, ...]:
        """The areas with another verdict."""
        return tuple(one for one in self.moved if one.verdict_changed)

    @property
    def same(self) -> bool:
        """Whether everything shown is as it was."""
        return not self.moved and not self.options and self.headline_then == self.headline_now


def compared(
    headline_then: str, then: Sequence[Figure], headline_now: str, now: Sequence[Figure], asked: Sequence[str] = ()
) -> ThenNow:
    """Figures frozen earlier beside those of today, by area code; an area on one side alone is told as such.

    `asked` narrows it to some codes.
    """
    before, after = ({one.code: one for one in side} for side in (then, now))
    codes = [code for code in dict.fromkeys([*before, *after]) if not asked or code in asked]
    pairs = [(before.get(code), after.get(code)) for code in codes]
    found = [_moved(code, *pair) for code, pair in zip(codes, pairs, strict=True) if _differs(*pair)]
    moved = tuple(one for one in found if not one.code.startswith(OPTION))
    options = tuple(one for one in found if one.code.startswith(OPTION))
    areas = sum(not code.startswith(OPTION) for code in before)
    return ThenNow(headline_then, headline_now, moved, areas, options)


def again(library: Library, base: str, link: Mapping[str, str]) -> tuple[Gap, Gap | None]:
    """The comparison a link leads to, worked out on the tables of a library, and that of its localities if it has any.

    Small counts are withheld. Raises Refusal, with the reason, when it can no longer be made.
    """
    missing = [name for name in ("need", "provision") if not link.get(name)]
    if missing:
        raise Refusal("The link kept with the decision does not say what was compared.")
    result = gap(library, base, link["need"], link["provision"])
    localities = of_edition(from_text(library, link.get("groups") or NONE), base)
    return result, gap(library, base, link["need"], link["provision"], localities) if localities else None


def options_again(library: Library, base: str, link: Mapping[str, str]) -> dict[str, Outcome]:
    """Today, the scenario of a link and every place by fair share, judged on the tables of a library.

    Nothing where the link has no scenario. Raises Refusal when it cannot be made.
    """
    if not link.get("changes"):
        return {}
    now = today(library, base, link["service"])
    even = fair(library, base, link["need"], int(link["weight"]) / 100)
    tried = Scenario(base, link["service"], "", from_steps(link["changes"]))
    results = {TODAY: outcome(now, replace(tried, steps=()), even), TRIED: outcome(now, tried, even)}
    with suppress(ValueError):
        job = Job(now, even, Asked())
        places = now.wards.set_index("area_code")["places"].loc[list(even.codes)]
        results[EVEN] = outcome(now, replace(tried, steps=paired(fair_plan(job) - places)), even)
    return results


def _differs(before: Figure | None, after: Figure | None) -> bool:
    return before is None or after is None or _shown(before) != _shown(after)


def _shown(one: Figure) -> tuple[str, ...]:
    return one.verdict, one.value, one.limits, one.need, one.provision, one.why


def _moved(code: str, before: Figure | None, after: Figure | None) -> Moved:
    named = after or before
    return Moved(
        code,
        named.label if named else code,
        before.verdict if before else GONE,
        after.verdict if after else GONE,
        _value(before),
        _value(after),
    )


def _value(one: Figure | None) -> str:
    if one is None:
        return ""
    return f"{one.value} ({one.limits})" if one.limits else one.value or one.why
