"""The council's own part of the needs assessment, read by everybody and written by an editor on the page Reports."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.reports.settled import settled
from analysis.sources.library import ROOT
from analysis.store.database import Store
from analysis.store.opening import opened as open_store
from analysis.store.paragraphs import kept, leave_out, write
from tests.pages.reader import opened, quiet

ISSUER = "https://sign.council.example"
CONFIGURATION = f'[atlas]\nissuer = "{ISSUER}"\n[atlas.editors]\nsubjects = ["e1"]\n'
HOSTILE = "Births *fell* <b>in</b> 2025 =1+1"
MAKE = "Make: Needs assessment (Word)"


@pytest.fixture
def store() -> Iterator[Store]:
    """The store the pages read, nothing settled in it before or after."""
    held = open_store()
    yield held
    for (section, place), text in kept(held, "2020").paragraphs.items():
        write(held, "2020", section, place, "", "Ann", seen=text)
    leave_out(held, "2020", [], "Ann")
    held.engine.dispose()


@pytest.fixture
def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """Opens the page for a person: e1 is an editor, others are not."""
    (tmp_path / "atlas.toml").write_text(CONFIGURATION)
    monkeypatch.setenv("ATLAS_CONFIG", str(tmp_path / "atlas.toml"))

    def begin(subject: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        app.secrets["auth"] = {
            "redirect_uri": "https://atlas.example/oauth2callback",
            "cookie_secret": secrets.token_urlsafe(48),
        }
        app.user = {"is_logged_in": True, "iss": ISSUER, "iat": int(time.time()), "sub": subject, "name": "Kim Lee"}
        app.run()
        app.switch_page("pages/reports.py").run()
        app.query_params["edition"] = "2020"
        return quiet(app.run())

    return begin


def pressed(app: AppTest, words: str) -> AppTest:
    next(one for one in app.button if one.label == words).click()
    return quiet(app.run())


def settled_words(app: AppTest) -> str:
    return next(one.value for one in app.text if "own paragraphs" in one.value.lower())


def test_an_editor_writes_paragraphs_and_the_next_report_is_asked_for_with_them(
    visit: Callable[[str], AppTest], store: Store
) -> None:
    app = visit("e1")
    assert settled_words(app).startswith("2020 edition. There are no own paragraphs. No section is left out.")
    app.selectbox(key="report_section_2020").set_value("gaps")
    quiet(app.run())
    app.text_area(key="report_2020_gaps_before").set_value(HOSTILE)
    app = pressed(app, "Save the paragraphs")
    assert [one.value for one in app.success] == ["Saved: paragraphs of the section Gaps between need and provision."]
    assert "Own paragraphs stand in: Gaps between need and provision." in settled_words(app)
    assert kept(store, "2020").paragraphs == {("gaps", "before"): HOSTILE}
    assert json.loads(settled(store, "2020", None)["paragraphs"]) == [["gaps", "before", HOSTILE]]
    assert not next(one for one in app.button if one.label == MAKE).disabled


def test_an_editor_leaves_sections_out(visit: Callable[[str], AppTest], store: Store) -> None:
    app = visit("e1")
    app.multiselect(key="report_out_2020").set_value(["equity"])
    app = pressed(app, "Save what is left out")
    assert "Left out: Equity." in settled_words(app)
    assert settled(store, "2020", None) == {"leave_out": "equity"}


def test_what_cannot_be_kept_is_refused_and_stays_in_the_box(visit: Callable[[str], AppTest], store: Store) -> None:
    app = visit("e1")
    app.text_area(key="report_2020_population_after").set_value("A bell \a rings")
    app = pressed(app, "Save the paragraphs")
    assert "that cannot be seen (U+0007)" in app.error[0].value
    assert app.text_area(key="report_2020_population_after").value == "A bell \a rings"
    assert kept(store, "2020").paragraphs == {}


def test_two_editors_do_not_write_over_one_another(visit: Callable[[str], AppTest], store: Store) -> None:
    app = visit("e1")
    write(store, "2020", "population", "before", "Ann's words", "Ann", seen="")
    app.text_area(key="report_2020_population_before").set_value("My words")
    app = pressed(app, "Save the paragraphs")
    assert "Somebody else changed this paragraph" in app.error[0].value
    assert kept(store, "2020").paragraphs == {("population", "before"): "Ann's words"}


def test_a_viewer_reads_what_is_settled_and_has_no_form(visit: Callable[[str], AppTest], store: Store) -> None:
    write(store, "2020", "gaps", "after", "Ours", "Ann", seen="")
    app = visit("v1")
    assert "Own paragraphs stand in: Gaps between need and provision." in settled_words(app)
    assert any("An editor may add paragraphs" in one.value for one in app.caption)
    assert not app.text_area
    assert not any(one.label.startswith("Save") for one in app.button)


def test_another_edition_has_a_part_of_its_own(store: Store) -> None:
    write(store, "2020", "gaps", "after", "Ours", "Ann", seen="")
    assert settled_words(opened("reports", edition="2026")).startswith("2026 edition. There are no own paragraphs.")
