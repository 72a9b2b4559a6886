"""The Compare page by link, as a reader comes to it."""

from __future__ import annotations

from tests.pages.reader import answer, chosen, drawn, opened, quiet, said


def test_it_opens_with_a_measure_of_all_four_councils_and_the_neighbours() -> None:
    app = opened("compare")
    assert "305.7 per 10,000 children in B&NES, 2025; higher than 9 of the 13 other councils" in answer(app)
    assert "nothing is claimed about chance" in answer(app) + drawn(app)
    assert "York (statistical neighbour)" in drawn(app)
    assert [head.value for head in app.header] == [
        "Places beside one another, 2025",
        "The four councils over the years",
    ]
    assert app.get("download_button")


def test_differences_are_given_with_limits_where_counts_are_held() -> None:
    app = opened("compare", indicator="csc_looked_after")
    assert "60.0 per 10,000 children in B&NES, 2025" in answer(app) or "60 per 10,000" in answer(app)
    assert "0.76 times the rate (0.65 to 0.90); statistically significant (95%)" in drawn(app)
    assert "Not held in any period for York" in said(app)


def test_a_topic_a_period_and_places_are_chosen_and_kept_in_the_link() -> None:
    app = opened("compare", indicator="lait_lac")
    app = chosen(app, "period", "2019")
    assert "B&NES, 2019" in answer(app)
    app = chosen(app, "beside", ["england"])
    assert "York" not in drawn(app)
    assert "none of the other councils chosen has a figure" in answer(app)
    assert "".join(app.query_params["beside"]) == "england"
    topic = next(box for box in app.selectbox if box.label == "Topic")
    topic.set_value("education")
    app = quiet(app.run())
    assert next(box for box in app.selectbox if box.label == "Topic").value == "education"
    assert "".join(app.query_params["indicator"]) != "lait_lac"


def test_a_plain_count_offers_the_rate() -> None:
    app = opened("compare", indicator="lait_lacnum")
    assert "220 children in B&NES, 2025" in answer(app)
    assert "plain count" in drawn(app)
    app.button[0].click()
    app = quiet(app.run())
    assert "Children looked after rate per 10,000" in answer(app)


def test_a_measure_held_for_nobody_here_says_so() -> None:
    app = opened("compare", indicator="strategy2021_wage_single")
    assert "no figure is held for any of these places" in answer(app)


def test_the_choice_of_the_indicators_page_carries_over() -> None:
    app = opened("indicators", indicator="lait_under18concep")
    app.switch_page("pages/compare.py")
    app = quiet(app.run())
    assert "Under 18 Conception rates" in answer(app)


def test_the_printed_profiles_stand_side_by_side_with_their_notes() -> None:
    app = opened("compare", part="profiles")
    assert "only one can be set side by side as printed" in answer(app)
    assert "not printed in its strategy" in drawn(app)
    assert "North Somerset counts plans on one day, Wiltshire children put on a plan" in drawn(app)
    assert [button.key for button in app.get("download_button")] == [
        "profiles_csv",
        "profiles_csv_xlsx",
        "besides_csv",
        "besides_csv_xlsx",
    ]
