"""Small counts on the pages of the return: an analyst's alone, marked, and never in what a viewer is given after."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.gap import gap
from analysis.localities import Locality, to_text
from analysis.scenario.today import protected
from analysis.sources.library import ROOT, Library
from pages.components.evidence import MARK
from pages.components.what_if_proposal import NOT_IN_A_LINK
from tests.pages.reader import quiet, said
from tests.pages.test_roles_on_pages import BANNER, CONFIGURATION, person

FAMILIES = {"edition": "2020", "need": "idaci2015", "provision": "caseload_families"}
OWN = {"activity": 5, "met_need": 3, "localities": 1, "what_if": 6}
BLANK = ("not shown", "Not shown", "held back")


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "atlas.toml").write_text(CONFIGURATION)
    monkeypatch.setenv("ATLAS_CONFIG", str(tmp_path / "atlas.toml"))


@pytest.fixture(scope="module")
def link(shipped: Library) -> dict[str, str]:
    """A link with two localities: of two wards no viewer may see the count of, and of two they may."""
    wards = gap(shipped, "2020", "idaci2015", "caseload_families").wards
    hidden, open_ = (
        tuple(sorted(part["area_code"])[:2]) for _, part in wards.groupby(wards["status"].eq("ok"), sort=True)
    )
    localities = (Locality("Held", "2020", hidden), Locality("Open", "2020", open_))
    return {**FAMILIES, "groups": to_text(localities), "ward": "Held"}


def visited(page: str, subject: str | None, link: dict[str, str]) -> AppTest:
    app = person(AppTest.from_file(str(ROOT / "app.py"), default_timeout=90), subject)
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    for name, value in link.items():
        app.query_params[name] = value
    return quiet(app.run())


def asking(app: AppTest, shown: bool) -> AppTest:
    app.toggle(key="small_counts").set_value(shown).run()
    return quiet(app)


def read(app: AppTest) -> tuple[str, ...]:
    """All a page says and shows, but for the sidebar."""
    tables = [frame.value.to_csv() for frame in app.main.dataframe]
    charts = [chart.proto.spec for chart in app.main.get("plotly_chart")]
    maps = [part.proto.json_args for part in app.main.get("component_instance")]
    words = [part.proto.body for part in app.main.get("html") if "<style>" not in part.proto.body]
    heads = [part.value for part in [*app.main.header, *app.main.subheader]]
    text = " ".join(part.value for part in [*app.main.markdown, *app.main.caption])
    return (*words, text, *heads, *tables, *charts, *maps, str(dict(app.query_params)))


def blanks(read_of_it: tuple[str, ...]) -> bool:
    return any(words in part for part in read_of_it for words in BLANK)


@pytest.mark.parametrize("page", OWN)
def test_an_analyst_sees_small_counts_marked_and_a_viewer_what_they_saw_before(page: str, link: dict[str, str]) -> None:
    before = read(visited(page, None, link))
    analyst = visited(page, "a1", link)
    assert read(analyst)[:-1] == before[:-1], "an analyst who has not asked sees what a viewer sees"
    analyst = asking(analyst, True)
    assert analyst.error[0].value.startswith(BANNER)
    assert sum(MARK in head.value for head in analyst.header) >= OWN[page]
    assert "small" not in str(dict(analyst.query_params))
    whole = read(analyst)
    assert whole != before
    assert page == "what_if" or (blanks(before) and not blanks(whole))
    assert page == "localities" or any("analyst's view" in part or "small counts shown" in part for part in whole)
    assert read(visited(page, None, link)) == before
    assert read(asking(analyst, False))[:-1] == before[:-1]


def test_moves_that_would_tell_of_a_withheld_verdict_do_not_go_into_the_link(
    shipped: Library, link: dict[str, str]
) -> None:
    asked = (shipped, "2020", "idaci2015", "family_support")
    assert protected(*asked) < protected(*asked, small_counts=True)
    app = asking(visited("what_if", "a1", {**link, "service": "family_support"}), True)
    assert "Wards whose verdict viewers may not see are protected too." in said(app)
    app = pressed(app, "Find the best moves")
    assert NOT_IN_A_LINK in [info.value for info in app.info]
    assert not [button for button in app.button if button.label == "Try all of them"]
    app = asking(app, False)
    assert NOT_IN_A_LINK not in [info.value for info in app.info]
    assert not [button for button in app.button if button.label == "Try all of them"], "what was found is put away"
    app = pressed(app, "Find the best moves")
    assert [button for button in app.button if button.label == "Try all of them"]


def pressed(app: AppTest, words: str) -> AppTest:
    next(button for button in app.button if button.label == words).click()
    return quiet(app.run())
