"""The Need index page, worked as a reader works it: indicators, weights, the way of combining, and by link."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.pages.reader import answer, chosen, drawn, opened, quiet, raw, said

ASKED = ("edition", "indicators", "weights", "combine", "most", "ward")


def asked(app: AppTest) -> dict[str, str]:
    """What the address says."""
    return {name: "".join(app.query_params[name]) for name in ASKED if name in app.query_params}


def weighed(app: AppTest, name: str, weight: int) -> AppTest:
    app.slider(key=f"weights_{name}").set_value(weight)
    return quiet(app.run())


def pick(app: AppTest, *names: str) -> AppTest:
    control = next(element for element in app.get("button_group") if element.key == "indicators")
    control.set_value([*names])
    return quiet(app.run())


def combined(app: AppTest, way: str) -> AppTest:
    app.radio(key="combine").set_value(way)
    return quiet(app.run())


def shares(app: AppTest) -> dict[str, str]:
    """The share each slider says its weight comes to."""
    return {slider.key.removeprefix("weights_"): re.findall(r"\((\d+%)\)$", slider.label)[0] for slider in app.slider}


def warned(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def test_it_opens_with_the_answer_in_words_and_everything_the_page_promises() -> None:
    app = opened("need_index")
    first = answer(app)
    assert "Twerton, Radstock, Keynsham South and Keynsham North are in the five wards of most need" in first
    assert "over 95% of 10,000 reruns; probably Westfield (about 90%); possibly Kingsmead (about 10%)." in first
    assert "Which wards come 9th to 13th cannot be told apart" in first
    assert "Modelled by us" in said(app)
    assert "April 2024 to March 2025" in said(app)
    assert "Indices of Deprivation 2025" in said(app)
    assert [head.value for head in app.header] == [
        "On the map",
        "The place of each ward, and how far it moves",
        "How much the answer depends on the weights",
        "Every ward",
    ]
    assert "about 25% comes from the weights" in said(app)
    assert "Whichever of the three ways they are combined, Twerton" in said(app)
    assert app.expander[0].label == "How this was worked out, and how sure it can be"
    assert "Weights are policy, not statistics." in said(app)
    assert app.get("download_button")
    assert asked(app) == {}


def test_every_ward_is_in_the_chart_once_with_its_range_and_a_link() -> None:
    page = raw(opened("need_index"))
    chart = page[page.index("atlas-ranks") :]
    lines = re.findall(r'<li title="[^:"]+: place \d+(?:st|nd|rd|th)', chart)
    assert len(lines) == 33
    assert 'href="ward?ward=E05012488"' in chart


def test_weights_move_the_shares_the_link_and_the_answer() -> None:
    app = weighed(opened("need_index"), "crime", 5)
    assert shares(app) == {"children": "12%", "education": "12%", "health": "12%", "crime": "62%"}
    assert asked(app) == {"weights": "crime:5"}
    assert "probably Kingsmead" in answer(app) or "Kingsmead" in answer(app).split("reruns")[0]
    app = weighed(app, "health", 0)
    assert asked(app) == {"weights": "health:0.crime:5"}
    assert shares(app)["health"] == "0%"
    assert not [name for name in app.dataframe[0].value if name.startswith("Health")]


def test_equal_weights_are_one_press_away_and_leave_the_link() -> None:
    app = opened("need_index")
    assert not [button for button in app.button if button.label == "Equal weights"]
    app = weighed(app, "crime", 3)
    next(button for button in app.button if button.label == "Equal weights").click()
    app = quiet(app.run())
    assert set(shares(app).values()) == {"25%"}
    assert asked(app) == {}
    assert "Westfield (about 90%)" in answer(app)


def test_indicators_chosen_change_the_sliders_and_the_link_in_one_order() -> None:
    app = pick(opened("need_index"), "crime", "imd", "children")
    assert asked(app) == {"indicators": "children.crime.imd"}
    assert list(shares(app)) == ["children", "crime", "imd"]
    assert "**Index of Multiple Deprivation (IMD)** already contains **Crime**" in warned(app)
    app = pick(app, "children", "education", "health", "crime")
    assert asked(app) == {}
    assert not app.warning
    assert "No two of these indicators count the same thing twice" in said(app)


def test_two_that_rise_and_fall_together_are_named() -> None:
    app = opened("need_index", indicators="children.children_ahc.crime")
    assert "after housing costs** rise and fall together (correlation 0.98)" in warned(app)


def test_fewer_than_two_indicators_gives_one_sentence_and_keeps_the_controls() -> None:
    for names, why in (((), "none is chosen"), (("crime",), "only one does")):
        app = pick(opened("need_index"), *names)
        assert [told.value for told in app.info if why in told.value]
        assert len(app.info) == 1
        assert not app.header
        assert not app.error
    assert asked(app) == {"indicators": "crime"}
    assert asked(pick(app)) == {"indicators": "none"}
    assert "Twerton" in answer(pick(app, "crime", "health"))


def test_weights_of_zero_only_give_one_sentence() -> None:
    app = opened("need_index", weights="children:0.education:0.health:0.crime:0")
    assert ["Every weight is 0" in told.value for told in app.info] == [True]
    assert set(shares(app).values()) == {"0%"}
    app = weighed(weighed(app, "crime", 2), "health", 2)
    assert "Twerton" in answer(app)


def test_only_scores_without_limits_say_that_only_the_weights_are_varied() -> None:
    app = opened("need_index", indicators="education.crime")
    assert "so only the weights were varied" in answer(app)
    assert "no indicator chosen has limits, so nothing else could be varied" in said(app)


def test_the_way_of_combining_changes_the_table_and_its_words() -> None:
    app = combined(opened("need_index"), "rank_mean")
    assert asked(app) == {"combine": "rank_mean"}
    assert "Index (average place; low is more need)" in app.dataframe[0].value
    assert "a lower index is more need" in said(app)
    app = combined(app, "minmax_geom")
    assert "Crime: times" in app.dataframe[0].value
    assert "The parts of a ward multiply to its index" in said(app)


def test_looking_for_ten_changes_the_answer_the_map_and_the_table() -> None:
    app = chosen(opened("need_index"), "most", "10")
    assert "in the ten wards of most need" in answer(app)
    assert "How surely each ward is in the ten of most need." in said(app)
    assert list(app.dataframe[0].value)[1] == "In the ten of most need"
    assert asked(app) == {"most": "10"}
    assert "End of the ten of most need" in drawn(app)


def test_a_link_restores_the_view() -> None:
    link = {"edition": "2020", "indicators": "children.crime.imd", "weights": "crime:3", "combine": "minmax_geom"}
    first, second = opened("need_index", **link), opened("need_index", **link)
    assert answer(first) == answer(second)
    assert asked(first) == link
    assert shares(first) == {"children": "20%", "crime": "60%", "imd": "20%"}
    assert "the 37 wards of 2011 to 2019" in said(first)


def test_a_link_with_what_is_not_offered_falls_back_with_a_note_and_runs_nothing() -> None:
    usual = answer(opened("need_index"))
    bad = {
        "indicators": "children.<script>alert(1)</script>",
        "weights": "crime:9",
        "combine": "z_arith;",
        "most": "7",
    }
    app = opened("need_index", **bad)
    assert answer(app) == usual
    notes = [caption.value for caption in app.caption if "not offered here" in caption.value]
    assert len(notes) == 4
    assert "<script>" not in raw(app)
    assert asked(app) == {}


def test_weights_in_a_link_are_whole_numbers_of_indicators_that_exist() -> None:
    for bad in ("crime", "crime:", "crime:1.5", "crime:-1", "wealth:2", "crime:2,health:3", "crime:²"):
        app = opened("need_index", weights=bad)
        assert set(shares(app).values()) == {"25%"}
        assert any("“weights”" in caption.value for caption in app.caption)


def test_another_edition_keeps_what_it_offers_too() -> None:
    app = pick(opened("need_index"), "children", "children_ahc", "crime")
    app = weighed(app, "crime", 2)
    app = chosen(app, "edition", "2020")
    assert list(shares(app)) == ["children", "crime"]
    assert shares(app)["crime"] == "67%"
    assert asked(app) == {"edition": "2020", "indicators": "children.crime", "weights": "crime:2"}


def test_choices_wait_while_another_page_is_read() -> None:
    app = weighed(pick(opened("need_index"), "children", "crime"), "crime", 3)
    app.switch_page("pages/deprivation.py").run()
    app.switch_page("pages/need_index.py").run()
    assert shares(quiet(app)) == {"children": "25%", "crime": "75%"}
    assert asked(app) == {"indicators": "children.crime", "weights": "crime:3"}


def test_the_2020_edition_answers_for_its_own_wards() -> None:
    app = opened("need_index", edition="2020")
    assert "Twerton, Southdown and Keynsham North are in the five wards of most need" in answer(app)
    assert len(app.dataframe[0].value) == 37
    assert "Indices of Deprivation 2015" in said(app)
