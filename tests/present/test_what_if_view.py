"""What if in words: sentences, steps, lists, classes, proposals and what a spreadsheet is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.present import what_if_chart, what_if_tables, what_if_view
from analysis.present.words import literal
from analysis.scenario.fair import fair
from analysis.scenario.feasible import Asked, Infeasible
from analysis.scenario.outcome import Outcome, outcome
from analysis.scenario.proposal import Job, Proposal, proposals
from analysis.scenario.sites import reached
from analysis.scenario.steps import CloseSite, GrowNeed, MovePlaces, OpenSite, ResizeSite, Scenario, SetTotal, Step
from analysis.scenario.today import today
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR


@pytest.fixture
def tried(roomy_world: Library) -> Callable[..., Outcome]:
    now, by_need = today(roomy_world, "2020", "children_centres"), fair(roomy_world, "2020", "idaci2015", 1.0)

    def judged(*steps: Step) -> Outcome:
        return outcome(now, Scenario("2020", "children_centres", "Mine", steps), by_need)

    return judged


def test_the_answer_of_today_and_of_changes(tried: Callable[..., Outcome]) -> None:
    now = tried()
    first, more = what_if_view.answer(now, now)
    assert first == "Of today's 300 places of children's centres, Cedar has fewer than its fair share, by 50 places."
    assert more.startswith("About 50 of 300 places needed are in the wrong ward or missing.")
    first, more = what_if_view.answer(tried(MovePlaces(ASH, CEDAR, 3)), now)
    assert first == "With these changes 84.3% of need is within the places of its ward, against 83.3% today: " + (
        "Cedar gains, Ash loses."
    )
    assert more.startswith("Still short of its fair share: Cedar. About 47 of 300")
    assert what_if_view.answer(tried(GrowNeed(10, 1)), now)[0].endswith("; no ward gains or loses a place.")


@pytest.mark.parametrize(
    ("share", "words"), [(1, "100%"), (0.99999, "over 99.9%"), (0.9994, "99.9%"), (0.5, "50.0%"), (0, "0.0%")]
)
def test_only_a_whole_is_called_100_per_cent(share: float, words: str) -> None:
    assert what_if_view.percent(share) == words


def test_steps_in_words(tried: Callable[..., Outcome]) -> None:
    steps = (
        MovePlaces(ASH, CEDAR, 1),
        SetTotal(1000),
        GrowNeed(-2.5, 1),
        OpenSite(BIRCH, 3),
        CloseSite("hub_near"),
        ResizeSite("hub_far", 9),
    )
    assert what_if_view.steps_said(steps, tried(*steps).changed) == [
        "Move 1 place from Ash to Cedar",
        "Have 1,000 places in all",
        "Let need fall by 2.5% a year for 1 year",
        "Open a site in Birch with 3 places",
        "Close Hub near",
        "Give Hub far 9 places",
    ]


def test_who_gains_loses_and_stays_short(tried: Callable[..., Outcome]) -> None:
    result = tried(MovePlaces(ASH, CEDAR, 3))
    lists = what_if_view.three_lists(result)
    assert lists["Who gains"] == ["Cedar: +3, to 103"]
    assert lists["Who loses"] == ["Ash: −3, to 97"]
    assert lists["What stays unmet"][0].startswith("Cedar: short by 47.0 (")
    assert what_if_view.moves_judged(result) == [
        "Move 3 places from Ash to Cedar: right in over 95% of 500 redrawn needs. **Recommended**"
    ]
    sure = replace(result, fair=replace(result.fair, sure=True), moves=(replace(result.moves[0], right=0.0),))
    assert (
        "does not bring places nearer to need; this need is published without limits"
        in (what_if_view.moves_judged(sure)[0])
    )


def test_the_map_tells_short_and_over_from_what_cannot_be_told(tried: Callable[..., Outcome]) -> None:
    result = tried(MovePlaces(ASH, CEDAR, 3))
    short = what_if_view.map_view(result, "short", dark=False)
    assert [(paint.code, paint.symbol) for paint in short.paints] == [(ASH, "▲▲"), (BIRCH, "="), (CEDAR, "▼▼")]
    assert "Short of its fair share by 5 places or more: 1" in short.alt
    change = what_if_view.map_view(result, "change", dark=True)
    assert [paint.symbol for paint in change.paints] == ["−", "=", "+"]


def test_sites_and_wards_that_differ_are_named(tried: Callable[..., Outcome]) -> None:
    assert what_if_view.sites_differ(tried()) == ""
    assert "The sites now hold 240 places, but the wards are given 300." in (
        what_if_view.sites_differ(tried(CloseSite("hub_near")))
    )


def test_what_a_reader_typed_is_shown_as_it_is(tried: Callable[..., Outcome]) -> None:
    assert literal("![x](http://a) <b> :red[y] $z$") == "!\\[x\\](http://a) \\<b\\> :red\\[y\\] \\$z\\$"
    assert literal("a:\n- *b*") == "a:\n- \\*b\\*"
    result = tried(MovePlaces(ASH, CEDAR, 1))
    formula = replace(result, scenario=replace(result.scenario, name="=HYPERLINK()"))
    assert set(what_if_tables.download(formula)["scenario"]) == {"'=HYPERLINK()"}
    assert '<th scope="col">&lt;b&gt;</th>' in what_if_tables.compared({"Today": tried(), "<b>": result})


def test_the_table_and_the_chart_hold_the_same_figures_worst_first(tried: Callable[..., Outcome]) -> None:
    result = tried(MovePlaces(ASH, CEDAR, 20))
    table = what_if_tables.table(result)
    assert table["Ward"].tolist() == ["Cedar", "Birch", "Ash"]
    assert table["Change"].tolist() == ["+20", "0", "−20"]
    assert table["Need covered"].tolist() == ["80.0%", "100%", "100%"]
    chart = what_if_chart.chart(result, False, lambda code: f"ward?ward={code}", "illustrative")
    assert chart.index("Cedar") < chart.index("Birch") < chart.index("Ash")
    assert "120 places (100 today), fair share 150.0 (" in chart
    assert "ILLUSTRATIVE" in chart


def test_a_proposal_in_words(tried: Callable[..., Outcome]) -> None:
    now = tried()
    (found,) = proposals([Job(now.today, now.fair, Asked(most_moves=20))])
    assert isinstance(found, Proposal)
    first, more = what_if_tables.proposal_answer(found)
    assert first == "Moving 20 places brings those out of place from 50.0 to 30.0; all of them can be recommended."
    assert more == (
        "What holds this plan back: the cap on moves (without it 30.0 fewer out of place). One more place helps Cedar "
        "most."
    )
    (none,) = proposals([Job(now.today, now.fair, Asked(minimum=101, most_moves=2))])
    assert isinstance(none, Infeasible)
    assert what_if_tables.refused(none) == (
        "This cannot be done. A minimum of 101 in every ward takes 303 places; there are 300 in all. To make it "
        "possible, lower the minimum to 100."
    )


def test_sites_that_are_made_up_are_called_so_whatever_the_return_is(tried: Callable[..., Outcome]) -> None:
    now = tried()
    own = replace(now, today=replace(now.today, basis="published"))
    assert (what_if_tables.basis_of(own), what_if_tables.sites_basis_of(own)) == ("published", "illustrative")
    found = reached(now, now.changed.sites, "foot")
    assert what_if_tables.reach_answer(found, found) == (
        "70.0% of need has a place at a site within 30 minutes on foot, as today; 0 places' worth of need is too far "
        "from any site, and 90 is near sites that are full."
    )
    assert np.isclose(found.share, 0.7)
