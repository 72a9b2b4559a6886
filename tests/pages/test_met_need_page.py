"""The Met need page as a reader uses it."""

from __future__ import annotations

from tests.pages.reader import answer, opened, quiet, said


def test_it_opens_on_cases_whatever_provision_is_chosen() -> None:
    app = opened("met_need")
    assert "At a fair share (by need alone), about" in answer(app)
    assert "count no cases, places or people waiting" in said(app)
    assert "illustrative" in app.warning[0].value
    assert all("illustrative" in head.value for head in app.header[:3])
    assert "illustrative" not in app.header[3].value


def test_the_slider_moves_the_fair_share_and_stays_in_the_link() -> None:
    app = opened("met_need", provision="caseload_youth", weight="0")
    assert "by children alone" in answer(app)
    assert "count no cases" not in said(app)
    before = answer(app)
    app.select_slider(key="weight").set_value("50")
    app = quiet(app.run())
    assert "half and half" in answer(app)
    assert answer(app) != before
    assert app.query_params["weight"] == "50"


def test_what_may_not_be_shown_says_so_in_the_table() -> None:
    app = opened("met_need", provision="caseload_families")
    table = app.dataframe[0].value
    hidden = table[table["Met (families supported)"] == "not shown"]
    assert len(hidden) >= 2
    assert (hidden["Unmet"] == "not shown").all()
    assert not table.isna().any(axis=None)


def test_known_need_is_published_and_says_what_it_cannot_say() -> None:
    app = opened("met_need")
    assert "They say nothing of any other council" in said(app)
