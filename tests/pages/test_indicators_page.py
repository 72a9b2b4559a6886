"""The Indicators page by link, as a reader comes to it."""

from __future__ import annotations

from tests.pages.reader import answer, chosen, drawn, opened, quiet, said


def test_it_opens_with_the_topics_and_their_counts() -> None:
    app = opened("indicators")
    assert "indicator by indicator" in app.title[0].value
    assert "Social care" in drawn(app)
    assert [head.value for head in app.header] == ["Topics"]


def test_an_indicator_by_link_says_everything_the_page_promises() -> None:
    app = opened("indicators", indicator="admissions_injury_0_14")
    assert "65.3 admissions per 10,000 children in B&NES, 2023/24; similar to England (72.7)" in answer(app)
    assert [head.value for head in app.header] == [
        "Places beside each other, 2023/24",
        "Over the years",
        "What it counts, and where it comes from",
    ]
    assert "Published figures" in said(app)
    assert "decreasing and getting better, statistically significant at 99.8%" in said(app)
    assert "hospital_admissions_injury_la.csv row 189" in drawn(app, "")
    assert "North Somerset" in drawn(app)
    assert app.get("download_button")


def test_back_to_the_topic_of_an_indicator_and_to_another_topic() -> None:
    app = opened("indicators", indicator="lait_lacnum")
    assert "plain count" in answer(app) + drawn(app)
    app.button[0].click()
    app = quiet(app.run())
    assert app.selectbox(key="subject").value == "social care"
    assert "Social care: B&NES is on the worse side of England in" in answer(app)
    app = chosen(app, "subject", "education")
    assert "Education: B&NES" in answer(app)
    assert "".join(app.query_params["subject"]) == "education"
    app = chosen(app, "subject", "")
    assert [head.value for head in app.header] == ["Topics"]


def test_wards_are_mapped_and_one_period_is_not_drawn_over_time() -> None:
    app = opened("indicators", indicator="census2021_home_terraced")
    assert "By ward, 2021" in [head.value for head in app.header]
    assert "One period is held" in said(app)
    assert "fewer than five yearly figures are held" in said(app)


def test_a_link_to_an_indicator_that_is_not_held_says_so() -> None:
    app = opened("indicators", indicator="no_such")
    assert "The link asked for a value of “indicator” that is not offered here" in said(app)
    assert [head.value for head in app.header] == ["Topics"]
