"""A meeting is opened from a page, turned, left, reopened by its link, and ends with a decision an editor records."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.sources.library import ROOT, Library
from analysis.store.database import Store
from analysis.store.decisions import decisions
from analysis.store.drafts import put_table, start_draft
from analysis.store.opening import opened as open_store
from analysis.store.publishing import publish, roll_back, shown_now
from tests.pages.reader import drawn, opened, quiet, raw, said

ISSUER = "https://sign.council.example"
CONFIGURATION = f'[atlas]\nissuer = "{ISSUER}"\n[atlas.editors]\nsubjects = ["e1"]\n'
RADSTOCK = "E05001962"
TABLE = "IDACI2015_PRINTED"
VIEW = {"edition": "2020", "ward": RADSTOCK}


@pytest.fixture
def store() -> Iterator[Store]:
    """The store the pages read, its publications left as they were found."""
    held = open_store()
    before = {base: one.version for base, one in shown_now(held).items()}
    yield held
    for base, one in shown_now(held).items():
        if one.version != before[base]:
            roll_back(held, before[base], one.id, "Ann", about="The test is over.")
    held.engine.dispose()


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page for a person of a list, or for one of none."""
    (tmp_path / "atlas.toml").write_text(CONFIGURATION)
    monkeypatch.setenv("ATLAS_CONFIG", str(tmp_path / "atlas.toml"))

    def begin(page: str, subject: str = "e1", **asked: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        app.secrets["auth"] = {
            "redirect_uri": "https://atlas.example/oauth2callback",
            "cookie_secret": secrets.token_urlsafe(48),
        }
        app.user = {"is_logged_in": True, "iss": ISSUER, "iat": int(time.time()), "sub": subject, "name": "Kim Lee"}
        app.run()
        app.switch_page(f"pages/{page}.py").run()
        for name, value in asked.items():
            app.query_params[name] = value
        return quiet(app.run())

    return begin


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return quiet(app.run())


def asked(app: AppTest) -> dict[str, str]:
    values = {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
    return {name: value for name, value in values.items() if value}


def written(app: AppTest, what: str, why: str = "It is short of its share.") -> AppTest:
    app.text_area(key="decision_what").input(what)
    app.text_area(key="decision_why").input(why)
    app.text_input(key="decision_meeting").input("Early Help *sub-group*")
    return press(app, "Record the decision")


def autumn(store: Store, shipped: Library) -> int:
    """A publication in which Radstock has seven tenths of its need; returns its number."""
    rows = shipped.table(TABLE).copy()
    ours = rows["area_code"].eq(RADSTOCK)
    for name in ("count", "percent", "percent_lower", "percent_upper"):
        less = (rows[name] * 0.7).round(0 if name == "count" else 1).astype(rows[name].dtype)
        rows[name] = rows[name].mask(ours, less)
    draft = start_draft(store, "2020", "Autumn", "Ann")
    put_table(store, draft, TABLE, rows, {}, "autumn.csv", "Ann")
    return publish(store, draft, shown_now(store)["2020"].id, "Ann")


def test_a_page_becomes_a_meeting_that_remembers_where_it_was_begun() -> None:
    app = press(opened("costs", **VIEW), "Meeting view")
    assert "What we will look at" in drawn(app)
    assert "1 of 6" in drawn(app)
    assert asked(app) == {**VIEW, "from": f"costs?edition=2020&ward={RADSTOCK}"}
    assert "Meeting view" not in [button.label for button in app.button]


def test_screens_are_turned_by_buttons_and_left_for_the_page_and_its_scope() -> None:
    app = opened("meeting", **VIEW, **{"from": f"costs?edition=2020&ward={RADSTOCK}"})
    assert next(button for button in app.button if button.label == "Back").disabled
    assert asked(press(app, "Next"))["screen"] == "headline"
    assert "Radstock is likely under-provided" in drawn(app)
    press(press(app, "Next"), "Next")
    assert asked(app)["screen"] == f"place-{RADSTOCK}"
    assert asked(press(app, "Back"))["screen"] == "map"
    press(app, "Leave")
    assert "What does early help cost" in " ".join(title.value for title in app.title)
    assert asked(app) == VIEW


def test_a_link_reopens_exactly_its_screen_and_a_screen_that_is_not_there_gives_the_first() -> None:
    app = opened("meeting", **VIEW, screen="map")
    assert "On the map" in drawn(app)
    assert 'alt="Map of the wards by verdict.' in raw(app)
    assert "What we will look at" in drawn(opened("meeting", **VIEW, screen="place-nowhere"))


@pytest.mark.parametrize("origin", ["nowhere", "../app", "meeting", "ward?" + "x" * 9000])
def test_a_link_that_came_from_no_page_leads_home(origin: str) -> None:
    app = press(opened("meeting", **{"from": origin}), "Leave")
    assert "Where does need outstrip provision?" in [title.value for title in app.title]


def test_a_scenario_of_the_link_is_set_beside_today() -> None:
    app = opened("meeting", edition="2026", changes="move-E05012470-E05012484-10", screen="options")
    words = drawn(app)
    assert "As tried in What if" in words
    assert "All places by fair share" in words
    assert "Illustrative: made up to show the tool" in words


def test_a_viewer_reads_and_may_not_record(editor: Callable[..., AppTest], store: Store) -> None:
    before = len(decisions(store))
    app = editor("meeting", "v1", **VIEW, screen="decision")
    assert "Only an editor may record a decision" in " ".join(box.value for box in app.info)
    assert not [area for area in app.text_area if area.key == "decision_what"]
    assert len(decisions(store)) == before


def test_a_decision_is_recorded_and_beside_it_stands_what_became_of_its_figures(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    app = written(editor("meeting", **VIEW, screen="decision"), "Ask for <b>12</b> *places*")
    assert [box.value for box in app.success] == [
        f"Recorded as decision {decisions(store)[0].id}. It stands on the next screen, and on the page Decisions."
    ]
    one = decisions(store)[0]
    assert (one.by, one.words.meeting, one.frozen.version) == (
        "Kim Lee",
        "Early Help *sub-group*",
        shown_now(store)["2020"].version,
    )
    assert dict(one.frozen.link) == {
        "edition": "2020",
        "need": "idaci2015",
        "provision": "contact2017",
        "ward": RADSTOCK,
        "from": "overview",
        "screen": "decision",
    }
    press(app, "Next")
    assert asked(app)["screen"] == f"decided-{one.id}"
    assert "Then and now: every figure shown is as it was." in " ".join(drawn(app, "").split())
    assert "Ask for <b>12</b> *places*" in drawn(app)

    autumn(store, shipped)
    words = " ".join(drawn(quiet(app.run())).split())
    assert "Then: Radstock is likely under-provided" in words
    assert "Now: None of the wards that were listed is under-provided." in words
    assert "What changed since the publication of" in drawn(opened("meeting", **VIEW, screen="changed"))

    other = opened("decisions", decision=str(one.id))
    assert "37 of 37 areas have other figures; 1 has another verdict." in [text.value for text in other.get("text")]
    assert "Radstock" in drawn(other)
    press(other, "Open the view")
    assert "What do we decide?" in drawn(other)
    assert asked(other)["ward"] == RADSTOCK


def test_a_scenario_of_the_link_is_kept_with_the_decision_as_the_made_up_thing_it_is(
    editor: Callable[..., AppTest], store: Store
) -> None:
    app = editor("meeting", edition="2026", changes="move-E05012470-E05012484-10", screen="decision")
    assert "Illustrative: made up to show the tool" in drawn(app)
    written(app, "Move ten places")
    one = decisions(store)[0]
    assert one.frozen.basis == "illustrative"
    kept = {each.label: each for each in one.frozen.figures}
    assert (kept["Today: Places in all"].value, kept["Today: Places in all"].basis) == ("392", "illustrative")
    assert kept["As tried in What if: Places that wards gain"].value == "10"
    assert kept["Radstock"].basis == "modelled"
    link = dict(one.frozen.link)
    assert (link["service"], link["weight"], link["changes"]) == (
        "children_centres",
        "100",
        "move-E05012470-E05012484-10",
    )
    page = opened("decisions", decision=str(one.id))
    assert "Every figure is as it was." in [text.value for text in page.get("text")]


def test_what_may_not_be_recorded_is_told_in_the_form_and_what_was_typed_stays(
    editor: Callable[..., AppTest], store: Store
) -> None:
    before = len(decisions(store))
    app = written(editor("meeting", **VIEW, screen="decision"), "A bell \a rings")
    assert "cannot be seen (U+0007)" in " ".join(box.value for box in app.error)
    assert app.text_area(key="decision_why").value == "It is short of its share."
    assert len(decisions(store)) == before


def test_figures_overtaken_while_the_form_was_filled_in_are_not_frozen(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    app = editor("meeting", **VIEW, screen="decision")
    before = len(decisions(store))
    autumn(store, shipped)
    written(app, "Too late")
    assert "no longer the newest" in " ".join(box.value for box in app.error)
    assert len(decisions(store)) == before


def test_with_small_counts_on_nothing_is_shown_in_a_meeting(editor: Callable[..., AppTest]) -> None:
    app = editor("meeting", **VIEW, screen="decision")
    app.toggle(key="small_counts").set_value(True)
    quiet(app.run())
    assert "does not open while small counts are on" in " ".join(box.value for box in app.info)
    assert "meeting-screen" not in raw(app)
    press(app, "Leave the meeting")
    assert "Where does need outstrip provision?" in [title.value for title in app.title]


def test_an_entry_is_put_right_and_withdrawn_on_the_page(editor: Callable[..., AppTest], store: Store) -> None:
    written(editor("meeting", **VIEW, screen="decision"), "First words")
    first = decisions(store)[0].id
    app = editor("decisions", decision=str(first))
    app.text_area(key=f"decision_what_{first}").input("Better words")
    press(app, "Record the correction")
    second = decisions(store)[0]
    assert (second.replaces, second.words.what, second.by) == (first, "Better words", "Kim Lee")
    assert f"Entry {second.id} takes the place of decision {first}." in [box.value for box in app.success]

    app = editor("decisions", decision=str(second.id))
    press(app, "Withdraw the decision")
    assert "Write why it is withdrawn." in [box.value for box in app.error]
    app.text_area(key=f"decision_reason_{second.id}").input("No money")
    press(app, "Withdraw the decision")
    assert decisions(store)[0].withdrawn
    assert not [area for area in app.text_area if area.key == f"decision_what_{second.id}"]


def test_a_viewer_changes_no_entry(editor: Callable[..., AppTest], store: Store) -> None:
    written(editor("meeting", **VIEW, screen="decision"), "As it is")
    app = editor("decisions", "v1", decision=str(decisions(store)[0].id))
    assert "As it is" in [text.value for text in app.get("text")]
    assert not app.text_area
    assert "Recorded by Kim Lee" in said(app)
