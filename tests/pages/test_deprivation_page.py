"""The Deprivation page, worked as a reader works it."""

from __future__ import annotations

from tests.pages.reader import answer, chosen, drawn, opened


def test_it_opens_with_the_newest_indices_and_the_pocket_of_combe_down() -> None:
    app = opened("deprivation")
    said = answer(app)
    assert "5 of the 118 neighbourhoods of B&NES stand in the most deprived fifth of England" in said
    assert "2025: 4 in Twerton and 1 in Combe Down." in said
    assert "Combe Down holds a pocket: 1 of its 5 neighbourhoods, Fox Hill North (tenth 1)" in said
    assert "its average would stand in tenth 6" in said
    assert [head.value for head in app.header][:2] == ["On the map", "Where the neighbourhoods of each ward stand"]


def test_choosing_a_domain_and_a_year_changes_the_answer_and_the_link() -> None:
    app = chosen(chosen(opened("deprivation"), "domain", "education"), "year", "2019")
    assert "11 of the 115 neighbourhoods" in answer(app)
    assert "for education, skills and training, 2019: 5 in Twerton" in answer(app)
    kept = {name: "".join(app.query_params[name]) for name in ("domain", "year")}
    assert kept == {"domain": "education", "year": "2019"}


def test_every_domain_is_counted_and_adds_up() -> None:
    app = opened("deprivation")
    assert "Every row adds up to 118." in drawn(app)
    row = drawn(app).split("Living environment")[1].split()[:11]
    assert row == ["11", "9", "11", "14", "8", "15", "13", "7", "15", "15", "20"]


def test_wards_show_averages_or_say_why_they_cannot() -> None:
    app = opened("deprivation", geography="wards")
    assert app.dataframe[0].value.set_index("Ward").loc["Combe Down", "Average score"] == "15.1"
    app = chosen(app, "domain", "idaci")
    assert any("Wards have no average here" in caption.value for caption in app.caption)
    assert (app.dataframe[0].value["Average score"] == "none").all()


def test_estimated_scores_carry_their_give_or_take() -> None:
    app = opened("deprivation", geography="wards", domain="idaci", year="2019")
    told = app.dataframe[0].value.set_index("Ward").loc["Twerton", "Average score"]
    assert told.startswith("32.8%, give or take")
    assert any("our estimates from published ranks" in caption.value for caption in app.caption)


def test_2025_by_the_wards_of_2011_is_refused_and_neighbourhoods_offered() -> None:
    app = opened("deprivation", edition="2020", year="2025", geography="wards")
    assert any("after the wards of 2011 to 2019 had gone" in told.value for told in app.info)
    offered = next(button for button in app.button if button.label == "Show neighbourhoods instead")
    offered.click()
    app.run()
    assert not app.exception
    assert not any("had gone" in told.value for told in app.info)
    assert "3 in Twerton, 1 in Combe Down and 1 in Southdown" in answer(app)
    assert any(head.value == "Every neighbourhood" for head in app.header)


def test_change_is_shown_only_where_it_may_be() -> None:
    app = opened("deprivation", change="2019-2025")
    assert any("Of 112 neighbourhoods" in said.value for said in app.markdown)
    assert any("split into 6 in 2021" in caption.value for caption in app.caption)
    app = chosen(app, "domain", "idaci")
    assert any("define low income anew" in told.value for told in app.info)
    app = chosen(app, "change", "2015-2019")
    assert any("Of 115 neighbourhoods" in said.value for said in app.markdown)


def test_the_2020_edition_sets_printed_beside_rebuilt() -> None:
    app = opened("deprivation", edition="2020")
    said = " ".join(element.value for element in app.markdown)
    assert "0.05 of a percentage point (Widcombe) and 0.45 of a child (Walcot)" in said
    assert "add up to 3,606, the council's own line says 3,607" in said
    assert not any("low-income" in head.value for head in app.header)


def test_the_2026_edition_shows_low_income_to_march_2025() -> None:
    app = opened("deprivation")
    said = " ".join(element.value for element in app.markdown)
    assert "3,255 children aged 0-15, 10.2% of the council's children" in said
    app = chosen(app, "housing", "AHC")
    said = " ".join(element.value for element in app.markdown)
    assert "5,216 children aged 0-15, 16.3%" in said
    assert "Twerton (37.0%)" in said


def test_a_link_with_a_value_not_offered_falls_back() -> None:
    app = opened("deprivation", domain="<b>wealth</b>", year="1999")
    assert "5 of the 118 neighbourhoods" in answer(app)
    assert any("not offered here" in caption.value for caption in app.caption)
