"""A meeting's screens: in their order, one idea each, made-up figures labelled on every one, and typed text as text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.comparison import Verdict
from analysis.decisions_compared import compared
from analysis.gap import Gap, gap
from analysis.localities import Locality
from analysis.present import decisions_view, meeting, meeting_html, meeting_map
from analysis.present.frozen_figures import figures
from analysis.present.meeting import Meeting, Screen
from analysis.present.palette import BASIS_WORDS, VERDICTS
from analysis.present.words import OWN_RETURN, headline
from analysis.sources.library import ROOT, Library
from analysis.store.decision_words import Words
from analysis.store.decisions import Decision, Frozen

RADSTOCK, SOUTHDOWN = "E05001962", "E05001964"
WORDS = Words("=cmd|<b>Move</b> *ten* places", "Why\nnot", "Sub-group", date(2026, 3, 2), date(2026, 9, 2))
CLASHING = {"edition": "2020", "need": "idaci2015", "provision": "contact2017"}


@pytest.fixture(scope="module")
def contact(shipped: Library) -> Gap:
    return gap(shipped, "2020", "idaci2015", "contact2017")


@pytest.fixture(scope="module")
def caseload(shipped: Library) -> Gap:
    return gap(shipped, "2020", "idaci2015", "caseload_families")


def held(result: Gap, *chosen: str, **more: object) -> Meeting:
    table, basis = meeting.lens_options({result.provision.title: result}, result)
    return Meeting(result, None, chosen, ("Which?", table, basis), **more)  # type: ignore[arg-type]


def decided(result: Gap) -> Decision:
    shown = figures(result)
    kept = Frozen("2020", 1, "v", 1, "c" * 64, "meeting", CLASHING, headline(result)[0], result.basis, shown)
    return Decision(7, "2026-03-02T10:00:00+00:00", "Kim", WORDS, kept)


def kinds(shown: tuple[Screen, ...]) -> list[str]:
    return [one.kind for one in shown]


def html(screen: Screen) -> str:
    return meeting_html.top(screen, 1, 9, "2020") + meeting_html.body(screen)


def test_the_screens_come_in_their_order_and_each_has_a_name_of_its_own(contact: Gap) -> None:
    shown = meeting.screens(held(contact, RADSTOCK))
    assert kinds(shown) == ["agenda", "headline", "map", "place", "options", "decision"]
    assert len({one.id for one in shown}) == len(shown)
    assert shown[0].points[2] == "To discuss: Radstock"
    assert shown[1].sentence == headline(contact)[0]


def test_the_wards_for_certain_come_before_the_likely_the_one_furthest_short_first(caseload: Gap) -> None:
    places = [one for one in meeting.screens(held(caseload)) if one.kind == "place"]
    verdicts = [one.verdict for one in places]
    assert verdicts == sorted(verdicts, key=meeting.TO_DISCUSS.index)
    wards = caseload.wards
    assert {one.title for one in places} == set(wards.loc[wards["verdict"].isin(meeting.TO_DISCUSS), "area_name"])
    likely = [one.title for one in places if one.verdict is Verdict.UNDER_LIKELY]
    short = wards.set_index("area_name")["gap"].loc[likely]
    assert short.is_monotonic_decreasing
    assert len(likely) > 1


def test_a_place_says_verdict_need_and_provision_with_limits_and_what_is_not_known(contact: Gap) -> None:
    (place,) = (one for one in meeting.screens(held(contact)) if one.kind == "place")
    assert place.sentence == "▼ Under-provided, likely"
    assert dict(place.facts or {}) == {
        "Need": "267 (240 to 297) children; 7.4% of all",
        "Provision": "35 parents",
        "Provision against its share": "0.67 of it (0.46 to 0.92)",
        "Short of its share by": "17.0 (4.0 to 28.0) parents",
    }
    assert place.points == (
        "Not known: whether there is enough. Parents in contact and children in need are not the same people.",
    )


def test_a_place_whose_provision_is_not_known_says_why_and_only_its_bound(contact: Gap) -> None:
    place = meeting.screens(held(contact, SOUTHDOWN))[3]
    facts = dict(place.facts or {})
    assert facts["Provision"] == "Not known: not published"
    assert facts["Provision against its share"].startswith("at most 0.82")
    assert facts["Short of its share by"].startswith("at least ")
    assert "The source prints only the wards with the most contact" in place.points[0]


def test_a_suppressed_place_is_not_shown_and_not_called_unknown(caseload: Gap) -> None:
    wards = caseload.wards
    code = wards.loc[wards["status"] == "suppressed", "area_code"].iloc[0]
    place = meeting.screens(held(caseload, code))[3]
    assert dict(place.facts or {})["Provision"] == "Not shown: not shown, so that no family can be recognised"


@pytest.mark.parametrize("kind", ["agenda", "headline", "map", "place", "options", "decision"])
def test_made_up_figures_are_labelled_on_every_screen(caseload: Gap, kind: str) -> None:
    found = [one for one in meeting.screens(held(caseload)) if one.kind == kind]
    assert found
    for one in found:
        assert f'<b class="illustrative">{BASIS_WORDS["illustrative"]}</b>' in html(one)


def test_a_made_up_measure_among_the_options_labels_them_all(contact: Gap, caseload: Gap) -> None:
    table, basis = meeting.lens_options({"Contact": contact, "Families": caseload, "Other": "Refused."}, contact)
    assert basis == "illustrative"
    assert table.to_numpy().tolist() == [
        ["Contact", "published", "0", "1", "1"],
        ["Families", "illustrative", "1", "4", "0"],
        ["Other", "–", "–", "–", "Refused."],
    ]
    assert list(table.columns)[-1] == "Of the 1 to discuss"


def test_where_nobody_publishes_early_help_the_answer_says_so_and_points_at_nothing_that_is_not_there(
    shipped: Library,
) -> None:
    shown = meeting.screens(held(gap(shipped, "2026", "low_income_bhc2025", "access_gp")))
    assert shown[1].sentence.startswith("No council publishes targeted Early Help by ward")
    assert OWN_RETURN not in " ".join(shown[1].points)
    assert "for certain" in shown[2].sentence


def test_a_locality_comes_first_with_its_own_verdict_on_all_its_wards(shipped: Library, contact: Gap) -> None:
    one = Locality("Somer", "2020", (RADSTOCK, "E05001956"))
    whole = gap(shipped, "2020", "idaci2015", "contact2017", (one,))
    places = [each for each in meeting.screens(replace(held(contact, one.code), grouped=whole)) if each.kind == "place"]
    assert [each.title for each in places] == ["Somer", "Radstock"]
    assert places[0].codes == one.wards
    assert places[0].basis == "modelled"


def test_what_changed_is_shown_only_when_something_did(contact: Gap) -> None:
    then, said = figures(contact), headline(contact)[0]
    same = compared(said, then, said, then)
    assert "changed" not in kinds(meeting.screens(held(contact, changed=same, since=date(2026, 5, 1))))
    ours = [replace(one, verdict="Not known") if one.code == RADSTOCK else one for one in then]
    other = compared(said, then, "Another answer.", ours)
    (changed,) = (
        one for one in meeting.screens(held(contact, changed=other, since=date(2026, 5, 1))) if one.kind == "changed"
    )
    assert changed.title == "What changed since the publication of 1 May 2026"
    assert changed.sentence == "Figures of one area differ; one verdict does."
    assert changed.points == ("Radstock: under-provided, likely, now not known", f"The answer was: {said}")


def test_a_decision_made_before_is_shown_then_and_now_and_as_plain_text(contact: Gap) -> None:
    one, then = decided(contact), figures(contact)
    now = [replace(each, verdict="In line with its share of need", value="1.00") for each in then[:4]] + [*then[4:]]
    beside = compared(one.frozen.headline, then, "Another answer.", now)
    shown = meeting.screens(held(contact, decided=((one, beside), (one, None))))
    body = html(shown[-2])
    assert "=cmd|&lt;b&gt;Move&lt;/b&gt; *ten* places" in body
    assert "<b>Then:</b> Radstock is likely" in body
    assert "<b>Now:</b> Another answer." in body
    assert f"{len(beside.moved)} of 37 areas have other figures; these have another verdict:" in body
    assert "can no longer be worked out" in html(shown[-1])
    assert "as it was" in meeting_html.then_now(compared("A.", then, "A.", then))


def test_long_words_are_cut_between_words_and_say_so() -> None:
    assert meeting.briefly("one two  three", 9) == "one two …"
    assert meeting.briefly("one\ntwo", 9) == "one two"


def test_the_map_carries_signs_and_outlines_what_is_discussed(contact: Gap) -> None:
    drawing = meeting_map.drawn(ROOT, "wards_2011")
    members = {str(code): VERDICTS[verdict] for code, verdict in contact.wards[["area_code", "verdict"]].to_numpy()}
    paths, points = drawing
    assert paths.keys() == points.keys() == members.keys()
    whole = meeting_map.picture(drawing, members, 'The "map"', dark=False)
    assert 'alt="The &quot;map&quot;"' in whole
    one = meeting_map.picture(drawing, members, "Radstock", dark=True, marked=[RADSTOCK])
    assert len({whole, one}) == 2
    key = meeting_map.key({VERDICTS[Verdict.UNDER_LIKELY]: 1, VERDICTS[Verdict.IN_LINE]: 0}, dark=False)
    assert key.count("<li>") == 1
    assert "<b>1</b>" in key


def test_the_log_opens_in_a_spreadsheet_without_running_anything(contact: Gap) -> None:
    rows = pd.read_csv(io.BytesIO(decisions_view.csv([decided(contact)])))
    assert rows["what"].tolist() == ["'=cmd|<b>Move</b> *ten* places"]
    assert rows["link"].tolist() == ["meeting?edition=2020&need=idaci2015&provision=contact2017"]
    book = load_workbook(io.BytesIO(decisions_view.xlsx([decided(contact)])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells} >= {WORDS.what, "Radstock", "0.67", "0.46 to 0.92", "published", "ok"}
    assert book["Figures"].max_row == 1 + len(contact.wards)


def test_the_log_shows_those_due_first_and_counts_them(contact: Gap) -> None:
    one = decided(contact)
    later = replace(one, id=8, words=replace(WORDS, review_on=date(2027, 1, 1)))
    replaced = replace(one, id=6, replaced_by=7)
    today = date(2026, 10, 1)
    assert [each.id for each in decisions_view.ordered([later, replaced, one], today)] == [7, 8, 6]
    assert decisions_view.headline([later, replaced, one], today)[0] == (
        "2 decisions are in force; 1 due to be looked at again."
    )
    assert decisions_view.headline([], today)[0] == "No decision has been recorded yet."
    assert decisions_view.title(one, today).endswith("2 March 2026 (due to be looked at again)")
    assert decisions_view.title(replaced, today).endswith("(replaced by 7)")
