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


def test_a_period_is_chosen_by_link_and_left_behind_with_its_indicator() -> None:
    app = opened("indicators", indicator="lait_lac_over_abs", period="2019")
    assert "Looked-after children Overall Absence: 7.1% in B&NES, 2019" in answer(app)
    assert "The publisher calls it CLA Overall Absence" in said(app).replace("*", "")
    assert "2020, no place has a figure" in app.selectbox(key="period").options
    app = chosen(app, "period", "2020")
    assert "no figure of B&NES is held for 2020: it is not given by the source" in answer(app)
    assert "The newest period with a figure of B&NES is 2025" in answer(app) + drawn(app)
    app.button[0].click()
    assert "period" not in quiet(app.run()).query_params


def test_a_topic_is_drawn_as_a_rug_of_places_or_of_years() -> None:
    app = opened("indicators", subject="social care", drawn="places")
    assert "worse than England (statistically, 95%)" in drawn(app)
    assert "Kingston upon Thames" in drawn(app)
    assert "Other places are shown in that period only" in said(app)
    app = chosen(app, "drawn", "years")
    assert "Kingston upon Thames" not in drawn(app)
    assert "2016" in drawn(app)


def test_places_are_set_beside_each_other_in_words_and_trends_on_demand() -> None:
    app = opened("indicators", indicator="lait_lac_over_abs")
    assert "The 14 councils held run from best, 5.9% (Cambridgeshire), to worst, 13.0% (B&NES)" in said(app)
    assert "10 of the 10 statistical neighbours have a figure" in said(app)
    assert "Recent trend" not in drawn(app)
    app = opened("indicators", indicator="admissions_injury_0_14", trends="on")
    assert "decreasing and getting better (statistically, 99.8%)" in drawn(app)


def test_wards_are_mapped_and_one_period_is_not_drawn_over_time() -> None:
    app = opened("indicators", indicator="census2021_home_terraced")
    assert "By ward, 2021" in [head.value for head in app.header]
    assert "12 higher and 18 lower: statistically significant at 99.8%" in said(app)
    assert "Westmoreland" in drawn(app)
    assert "highest fifth" in drawn(app)
    assert "Modelled by us" in said(app)
    assert "One period is held" in said(app)
    assert "fewer than five yearly figures are held" in said(app)


def test_a_link_to_an_indicator_that_is_not_held_says_so() -> None:
    app = opened("indicators", indicator="no_such")
    assert "The link asked for a value of “indicator” that is not offered here" in said(app)
    assert [head.value for head in app.header] == ["Topics"]
