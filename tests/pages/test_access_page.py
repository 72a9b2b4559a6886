"""The Access page, worked as a reader works it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.reader import answer, chosen, drawn, opened, quiet, said

TRIED = "51.29014,-2.44786,40,Radstock hub"
ASKED = ("edition", "sought", "mode", "among", "view", "added", "placing")


def asked(app: AppTest) -> dict[str, str]:
    return {name: "".join(app.query_params[name]) for name in ASKED if name in app.query_params}


def headings(app: AppTest) -> list[str]:
    return [head.value for head in app.header]


def warned(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def test_it_opens_with_real_places_the_answer_first_and_nothing_certain() -> None:
    app = opened("access")
    assert "From 9 wards no library is within 30 minutes on foot: Bathavon North, Bathavon South" in answer(app)
    assert "About 10,200 of 31,800 children (32%) live where no library" in answer(app)
    assert "nothing is called certain" in answer(app)
    assert "Modelled by us" in said(app)
    assert not app.warning
    assert headings(app) == [
        "On the map",
        "Ward by ward",
        "Every ward",
        "How far the answer hangs on the settings",
    ]
    assert "**+** marks the 15 wards on the council's edge" in said(app)
    assert "**From 9 wards nothing is within reach under all four settings**" in said(app)
    assert app.get("download_button")
    assert asked(app) == {}


def test_each_mode_is_a_measure_of_its_own() -> None:
    app = chosen(opened("access"), "mode", "car")
    assert "Least within reach by car, whichever setting is used: " in answer(app)
    assert asked(app) == {"mode": "car"}
    app = chosen(app, "mode", "bus")
    assert "From one ward no library is within 30 minutes by bus: Chew Valley." in answer(app)


def test_commissioned_sites_are_unmissably_made_up_everywhere() -> None:
    app = opened("access", sought="children_centres")
    assert "The sites are made up" in answer(app)
    assert "made up by a script" in warned(app)
    assert all(":orange-badge[illustrative]" in heading for heading in headings(app))
    assert "**The dots are made up**: family hubs, larger for more places." in said(app)


def test_a_site_in_the_link_is_counted_and_can_be_removed() -> None:
    app = opened("access", sought="children_centres", added=TRIED)
    assert "One site that you added is counted in." in answer(app)
    assert headings(app)[0].startswith("Before and after")
    assert "none loses.** Most: Radstock, from 0.00 to " in said(app)
    assert "The 40 family places gained add up to the places of the sites added" in said(app)
    assert "Radstock" in drawn(app)
    app.button(key="remove_0").click()
    app = quiet(app.run())
    assert "added" not in asked(app)
    assert "Before and after" not in " ".join(headings(app))


def test_a_site_is_added_by_postcode_and_a_wrong_one_says_why() -> None:
    app = opened("access", sought="youth")
    app.text_input(key="where_0").set_value("zz9 9zz")
    add = next(button for button in app.button if button.label == "Add it there")
    add.click()
    app = quiet(app.run())
    assert "ZZ9 9ZZ is not among the 5,938 postcodes" in app.error[0].value
    assert "added" not in asked(app)
    app.text_input(key="where_0").set_value("ba2 1ea")
    next(button for button in app.button if button.label == "Add it there").click()
    app = quiet(app.run())
    assert asked(app) == {"sought": "youth", "added": "51.37694,-2.39273,20,Site 1"}
    assert "One site that you added is counted in." in answer(app)


def test_a_link_with_a_site_out_of_range_falls_back_and_says_so() -> None:
    app = opened("access", added="1,2,3,<script>")
    assert "a value of “added” that is not offered here" in said(app)
    assert "counted in" not in answer(app)


def test_served_is_a_third_map_with_small_counts_held_back_and_only_where_it_is_counted() -> None:
    app = opened("access", sought="family_support", view="served")
    assert "**Served is neither located in nor within reach**" in said(app)
    assert "Not shown, to protect families" in drawn(app)
    app = chosen(app, "view", "located")
    assert "**Located in is not within reach**" in said(app)
    app = opened("access", sought="library", view="served")
    assert "a value of “view” that is not offered here" in said(app)


def test_all_children_can_stand_in_for_the_need() -> None:
    app = opened("access", edition="2020", among="children")
    assert "Libraries for each 1,000 children aged 0 to 15, within 30 minutes on foot" in said(app)
    app = chosen(app, "among", "need")
    assert "Libraries for each 1,000 children in income-deprived families" in said(app)
