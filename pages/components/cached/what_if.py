"""Answers on What if, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import reach
from analysis.scenario import fair, link, outcome, sites, steps, today
from pages.components.cached import answers, library

Children = tuple[tuple[str, int], ...]


@answers()
def services_of(edition: str) -> dict[str, str]:
    """The services of an edition and what they are called."""
    return today.services(library(), edition)


@answers()
def today_of(edition: str, service: str) -> today.Today:
    """The places of a service today. Raises Refusal as `analysis.scenario.today.today` does."""
    return today.today(library(), edition, service)


@answers(max_entries=60)
def fair_of(edition: str, need: str, weight: int, children: Children) -> fair.Fair:
    """Fair shares, with `weight` per cent by need. Raises Refusal as `analysis.scenario.fair.fair` does."""
    return fair.fair(library(), edition, need, weight / 100, dict(children))


@answers()
def protected_of(edition: str, need: str, service: str, *, small_counts: bool = False) -> frozenset[str]:
    """Wards shown as under-provided. Raises Refusal as `analysis.scenario.today.protected` does."""
    return today.protected(library(), edition, need, service, small_counts=small_counts)


@answers(max_entries=300)
def outcome_of(edition: str, service: str, need: str, weight: int, text: str, children: Children) -> outcome.Outcome:
    """A scenario, its steps as text, judged. Raises Refusal when a step cannot be made."""
    scenario = steps.Scenario(edition, service, "", link.from_text(text), dict(children))
    return outcome.outcome(today_of(edition, service), scenario, fair_of(edition, need, weight, children))


@answers(max_entries=100)
def reached_by(
    edition: str, service: str, need: str, weight: int, text: str, children: Children, way: str
) -> sites.Reached:
    """What the sites of a scenario can reach. Raises Refusal as `analysis.scenario.sites.reached` does."""
    found = outcome_of(edition, service, need, weight, text, children)
    return sites.reached(found, found.changed.sites, way)


@answers(max_entries=100)
def choice_of(
    edition: str, service: str, need: str, weight: int, text: str, children: Children, number: int, way: str
) -> sites.Choice:
    """The sites nearest to need among all those of an edition."""
    found = outcome_of(edition, service, need, weight, text, children)
    return sites.chosen_sites(found, candidates(edition), number, way)


@answers()
def candidates(edition: str) -> pd.DataFrame:
    """Every site of a commissioned service, of whatever service."""
    return reach.commissioned_sites(library(), edition)
