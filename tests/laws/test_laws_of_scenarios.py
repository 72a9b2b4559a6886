"""Laws of scenarios and proposals, over random wards, needs, changes and damaged files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from analysis.need import NEEDS
from analysis.refusal import Refusal
from analysis.scenario import file, link
from analysis.scenario.fair import Fair
from analysis.scenario.feasible import Asked, Infeasible
from analysis.scenario.moves import applied
from analysis.scenario.outcome import Outcome, outcome
from analysis.scenario.proposal import Job, Proposal, proposals
from analysis.scenario.steps import (
    GROWTH,
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

CODES = ("E05001901", "E05001902", "E05001903", "E05001904")
SITES = ("hub_a", "hub_b")
POINTS = pd.DataFrame({"ward": CODES, "latitude": 51.3, "longitude": -2.5, "children": 10.0})


def now(places: list[int], sites: tuple[int, int] = (5, 5)) -> Today:
    wards = pd.DataFrame(
        {"area_code": CODES[: len(places)], "area_name": list("ABCD"[: len(places)]), "places": places}
    )
    stand = pd.DataFrame(
        {"site_id": SITES, "name": SITES, "latitude": 51.3, "longitude": -2.5, "area_code": CODES[0], "places": sites}
    )
    return Today("2020", "youth", "2019-20 Q4", "illustrative", wards, stand, "illustrative", POINTS)


def fair_of(needs: list[int]) -> Fair:
    """Fair shares by these needs, and four draws of them."""
    counts = np.asarray(needs, float)
    draws = np.stack([counts + shift * np.arange(1, len(needs) + 1) for shift in (0, 0.5, 1, 3)])
    share, redrawn = counts / counts.sum(), draws / draws.sum(axis=1, keepdims=True)
    return Fair(NEEDS["idaci2015"], 1.0, CODES[: len(needs)], {}, share, redrawn, 1.0, False)


wards = some.sampled_from(CODES)
sites = some.sampled_from(SITES)
amount = some.integers(0, 12)
steps = some.one_of(
    some.builds(MovePlaces, wards, wards, amount),
    some.builds(MoveBetweenSites, sites, sites, amount),
    some.builds(OpenSite, wards, amount),
    some.builds(CloseSite, sites),
    some.builds(ResizeSite, sites, amount),
    some.builds(SetTotal, some.integers(0, 60)),
    some.builds(
        GrowNeed, some.integers(int(GROWTH[0]) * 4, int(GROWTH[1]) * 4).map(lambda q: q / 4), some.integers(1, 20)
    ),
)
scenarios = some.builds(
    Scenario,
    some.sampled_from(("2020", "2026")),
    some.sampled_from(("youth", "family_support")),
    some.text(some.characters(categories=("L", "N", "P", "S")), max_size=80),
    some.lists(steps, max_size=8).map(tuple),
    some.dictionaries(wards, some.integers(0, 5000), max_size=4),
)
four = some.lists(some.integers(0, 12), min_size=4, max_size=4).filter(any)
three = some.lists(some.integers(0, 4), min_size=3, max_size=3).filter(any)


def made(today: Today, fair: Fair, tried: list[Step]) -> Outcome:
    """The outcome of those steps that can be made."""
    kept: tuple[Step, ...] = ()
    for step in tried:
        try:
            applied(today, Scenario("2020", "youth", "", (*kept, step)), fair)
        except Refusal:
            continue
        kept = (*kept, step)
    return outcome(today, Scenario("2020", "youth", "", kept), fair)


@given(four, four, some.lists(steps, max_size=8))
def test_places_are_conserved_unless_the_total_was_changed(
    places: list[int], need: list[int], tried: list[Step]
) -> None:
    result = made(now(places), fair_of(need), tried)
    totals = [step.places for step in result.scenario.steps if isinstance(step, SetTotal)]
    assert result.total == (totals[-1] if totals else sum(places))
    assert (result.table["places"] >= 0).all()
    assert result.table["short"].sum() == pytest.approx(0, abs=1e-6)
    assert (result.table["met"] + result.table["unmet"]).sum() == pytest.approx(result.needed)
    moved = all(isinstance(step, MoveBetweenSites | MovePlaces | SetTotal | GrowNeed) for step in result.scenario.steps)
    assert not moved or result.changed.sites["places"].sum() == 10
    assert (result.changed.sites["places"] >= 0).all()


@given(four, four, some.integers(0, 30))
def test_more_places_never_lower_the_need_that_is_met(places: list[int], need: list[int], more: int) -> None:
    today, fair = now(places), fair_of(need)
    before = made(today, fair, [])
    after = made(today, fair, [SetTotal(sum(places) + more)])
    assert (after.table["met"] >= before.table["met"] - 1e-9).all()
    assert (after.table["places"] >= before.table["places"]).all()


@given(scenarios)
def test_a_scenario_comes_back_from_its_file_and_its_steps_from_their_link(scenario: Scenario) -> None:
    assert file.read(file.written(scenario)) == scenario
    assert link.from_text(link.to_text(scenario.steps)) == scenario.steps


@given(scenarios, some.data())
def test_a_damaged_file_is_read_or_refused_and_never_crashes(scenario: Scenario, data: some.DataObject) -> None:
    content = bytearray(file.written(scenario).encode())
    for _ in range(data.draw(some.integers(1, 6))):
        place = data.draw(some.integers(0, len(content) - 1))
        content[place : place + data.draw(some.integers(0, 3))] = data.draw(some.binary(max_size=3))
    with suppress(Refusal):
        found = file.reopened(bytes(content), now([5, 5, 5, 5]), fair_of([1, 2, 3, 4]))
        assert file.read(file.written(found)) == found


@given(some.text(max_size=60) | some.text("move-siteopnclgrw~0123456789.n_", max_size=40))
def test_any_text_in_a_link_is_read_or_refused(text: str) -> None:
    with suppress(Refusal):
        found = link.from_text(text)
        assert link.from_text(link.to_text(found)) == found


asked = some.builds(
    Asked,
    minimum=some.integers(0, 4),
    most_moves=some.none() | some.integers(0, 6),
    protected=some.frozensets(some.sampled_from(CODES[:3])),
    total=some.none() | some.integers(1, 12),
)


def lawful(plan: tuple[int, ...], places: list[int], wanted: Asked) -> bool:
    moves = sum(max(0, after - before) for after, before in zip(plan, places, strict=True))
    kept = all(
        plan[place] >= places[place] for place, code in enumerate(CODES[: len(places)]) if code in wanted.protected
    )
    return (
        sum(plan) == (sum(places) if wanted.total is None else wanted.total)
        and min(plan) >= wanted.minimum
        and moves <= (sum(plan) if wanted.most_moves is None else wanted.most_moves)
        and kept
    )


@given(three, three, asked)
def test_a_proposal_is_as_good_as_the_best_of_all_plans_and_keeps_every_limit(
    places: list[int], need: list[int], wanted: Asked
) -> None:
    today, fair = now(places), fair_of(need)
    total = sum(places) if wanted.total is None else wanted.total
    plans = [plan for plan in product(range(total + 1), repeat=3) if lawful(plan, places, wanted)]
    (found,) = proposals([Job(today, fair, wanted)])
    if not plans:
        assert isinstance(found, Infeasible)
        return
    assert isinstance(found, Proposal)
    assert lawful(tuple(found.table["places"]), places, wanted)
    best = min(np.abs(np.array(plan) - total * fair.share).sum() / 2 for plan in plans)
    assert found.misplaced == pytest.approx(best)
    sent = dict.fromkeys(CODES[:3], 0)
    for one in found.moves:
        sent[one.move.source] -= one.move.places
        sent[one.move.target] += one.move.places
    if wanted.total is None:
        assert list(sent.values()) == found.table["change"].tolist()


@given(three, three, asked)
def test_every_remedy_is_enough_and_a_higher_minimum_would_not_be(
    places: list[int], need: list[int], wanted: Asked
) -> None:
    job = Job(now(places), fair_of(need), wanted)
    (found,) = proposals([job])
    assume(isinstance(found, Infeasible))
    assert isinstance(found, Infeasible)
    for remedy in found.remedies:
        number = int(next((word for word in remedy.split() if word.isdigit()), "0"))
        freer = {
            "allow": lambda n: replace(wanted, most_moves=(wanted.most_moves or 0) + n),
            "lower": lambda n: replace(wanted, minimum=n),
            "let": lambda _n: replace(wanted, protected=frozenset()),
            "have": lambda n: replace(wanted, total=(sum(places) if wanted.total is None else wanted.total) + n),
        }[remedy.split()[0]]
        assert isinstance(proposals([replace(job, asked=freer(number))])[0], Proposal)
        if remedy.startswith("lower"):
            assert isinstance(proposals([replace(job, asked=freer(number + 1))])[0], Infeasible)
        elif not remedy.startswith("let"):
            assert isinstance(proposals([replace(job, asked=freer(number - 1))])[0], Infeasible)


@given(four, four, some.integers(0, 12))
def test_what_is_recommended_stays_recommended_when_only_that_is_tried(
    places: list[int], need: list[int], cap: int
) -> None:
    today, fair = now(places), fair_of(need)
    (found,) = proposals([Job(today, fair, Asked(most_moves=cap))])
    assert isinstance(found, Proposal)
    sure = tuple(one.move for one in found.moves if one.recommended)
    tried = outcome(today, Scenario("2020", "youth", "", sure), fair)
    assert all(judged.recommended for judged in tried.moves)
