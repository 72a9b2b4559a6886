"""What people of each role see on the pages, and what stops the atlas from starting."""

from __future__ import annotations

import io
import secrets
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.comparison import SMALL
from analysis.sources.library import ROOT
from pages.components.evidence import MARK
from tests.pages.reader import Files, drawn, quiet

ISSUER = "https://sign.council.example"
CONFIGURATION = f"""
[atlas]
issuer = "{ISSUER}"
[atlas.analysts]
subjects = ["a1"]
[atlas.editors]
subjects = ["e1"]
"""
CASELOAD = {"edition": "2020", "need": "idaci2015", "provision": "caseload_families"}
BANNER = "**Analyst's view, not for publication.**"
ASK = """
import streamlit as st
from analysis.refusal import Refusal
from pages.components import roles
try:
    roles.require("editor")
    st.write("Welcome")
except Refusal as refused:
    st.error(str(refused))
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def write(text: str) -> None:
        (tmp_path / "atlas.toml").write_text(text)
        monkeypatch.setenv("ATLAS_CONFIG", str(tmp_path / "atlas.toml"))

    write(CONFIGURATION)
    return write


def person(app: AppTest, subject: str | None) -> AppTest:
    """The app for a person with this subject, or for nobody known, with a sign-in to be had."""
    app.secrets["auth"] = {
        "redirect_uri": "https://atlas.example/oauth2callback",
        "cookie_secret": secrets.token_urlsafe(48),
    }
    if subject:
        app.user = {"is_logged_in": True, "iss": ISSUER, "iat": int(time.time()), "sub": subject, "name": "Kim"}
    return app


def visited(subject: str | None, **asked: str) -> AppTest:
    app = person(AppTest.from_file(str(ROOT / "app.py"), default_timeout=90), subject)
    for name, value in asked.items():
        app.query_params[name] = value
    return quiet(app.run())


def keys(app: AppTest) -> set[str | None]:
    return {control.key for kind in ("button", "toggle") for control in app.get(kind)}


def test_without_a_sign_in_there_is_nothing_to_sign_in_with() -> None:
    app = quiet(AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run())
    assert not keys(app) & {"sign_in", "sign_out", "small_counts"}


def test_a_viewer_can_sign_in_and_no_link_shows_a_small_count(configured: Callable[[str], None]) -> None:
    app = visited(None, **CASELOAD, small_counts="on")
    assert keys(app) & {"sign_in", "sign_out", "small_counts"} == {"sign_in"}
    assert SMALL in drawn(app)
    assert not app.error
    assert "Kim" not in drawn(app)


def test_a_viewer_who_forges_the_switch_is_shown_nothing_more(configured: Callable[[str], None]) -> None:
    app = visited("v1", **CASELOAD)
    app.session_state["small_counts"] = True
    app.session_state["link"].own["small_counts"] = "on"
    quiet(app.run())
    assert SMALL in drawn(app)
    assert not app.error
    assert app.session_state["link"].own["small_counts"] == ""


@pytest.mark.parametrize("subject", ["a1", "e1"])
def test_an_analyst_turns_small_counts_on_and_everything_says_so(
    configured: Callable[[str], None], subject: str
) -> None:
    app = visited(subject, **CASELOAD, small_counts="on")
    assert SMALL in drawn(app)
    app.toggle(key="small_counts").set_value(True).run()
    quiet(app)
    assert SMALL not in drawn(app)
    assert app.error[0].value.startswith(BANNER)
    assert len(app.header) > 4
    assert all(MARK in heading.value for heading in app.header)
    assert MARK.capitalize() in drawn(app)
    assert "small_counts" not in app.query_params
    app.toggle(key="small_counts").set_value(False).run()
    assert SMALL in drawn(quiet(app))
    assert not app.error


def test_an_analysts_files_hold_what_a_viewers_do_not_and_say_so(
    configured: Callable[[str], None], offered: Files
) -> None:
    app = visited("a1", **CASELOAD)
    keys_of_files = ("gap_csv", "gap_csv_xlsx", "gap_csv_svg", "gap_map_svg", "gap_zip")
    viewers = {key: (offered[key][0], offered[key][1]()) for key in keys_of_files}
    app.toggle(key="small_counts").set_value(True).run()
    analysts = {key: (offered[key][0], offered[key][1]()) for key in keys_of_files}
    assert not any("small_counts" in name for name, _ in viewers.values())
    assert all("_small_counts" in name for name, _ in analysts.values())
    counted = [pd.read_csv(io.BytesIO(each["gap_csv"][1]))["observed"].notna().sum() for each in (viewers, analysts)]
    assert counted[0] < counted[1]
    for each, marked in ((viewers, False), (analysts, True)):
        with zipfile.ZipFile(io.BytesIO(each["gap_zip"][1])) as packed:
            inside = b"".join(
                packed.read(name) for name in ("README.txt", *(n for n in packed.namelist() if "geojson" in n))
            )
        with zipfile.ZipFile(io.BytesIO(each["gap_csv_xlsx"][1])) as packed:
            words = packed.read("xl/sharedStrings.xml")
        said = (each["gap_csv"][1], inside, words, each["gap_csv_svg"][1], each["gap_map_svg"][1])
        assert [b"not for publication" in one.lower() for one in said] == [marked] * len(said)


def test_nobody_but_people_listed_sees_a_closed_atlas(configured: Callable[[str], None]) -> None:
    configured(CONFIGURATION.replace("[atlas.analysts]", 'viewing = "listed"\n[atlas.analysts]'))
    for subject, button in ((None, "sign_in"), ("v1", "sign_out")):
        app = visited(subject, **CASELOAD)
        assert app.info[0].value.startswith("Only people on its lists may see this atlas.")
        assert keys(app) == {button}
        assert not app.get("download_button")
        assert not app.dataframe
    assert visited("a1", **CASELOAD).get("download_button")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"ATLAS_LOCAL_EDITING": "1"}, "this one is bound to every address"),
        ({"ATLAS_CONFIG": "nowhere.toml"}, "nowhere.toml, the configuration of the atlas, cannot be read"),
    ],
)
def test_an_unsafe_start_shows_the_reason_and_no_figure(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    app = quiet(AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run())
    assert app.error[0].value.startswith("The atlas has not started.")
    assert said in app.error[0].value
    assert not app.title


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (None, "Changing the atlas is for editors. Sign in as an editor to go on."),
        ("a1", "Changing the atlas is for editors. You are signed in, but not listed as an editor."),
    ],
)
def test_what_needs_an_editor_is_refused_to_others(
    configured: Callable[[str], None], subject: str | None, said: str
) -> None:
    app = person(AppTest.from_string(ASK), subject).run()
    assert app.error[0].value.startswith(said)
    assert not app.markdown


def test_what_needs_an_editor_is_open_to_an_editor(configured: Callable[[str], None]) -> None:
    app = person(AppTest.from_string(ASK), "e1").run()
    assert [part.value for part in app.markdown] == ["Welcome"]
