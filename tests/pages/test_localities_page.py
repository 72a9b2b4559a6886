"""The Localities page, worked as a reader works it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.reader import answer, chosen, drawn, opened, quiet, said

TWERTON, WESTON, RADSTOCK, WESTFIELD, PAULTON = "E05012488", "E05012492", "E05012484", "E05012490", "E05012481"
WEST = f"West of Bath:{TWERTON}.{WESTON}"
GROUPS = f"{WEST};Somer Valley:{RADSTOCK}.{WESTFIELD}.{PAULTON};Old:E05001962.E05001964"


def pressed(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    return quiet(app.run())


def written(app: AppTest, label: str, words: str) -> AppTest:
    next(box for box in app.text_input if box.label == label).set_value(words)
    return quiet(app.run())


def picked(app: AppTest, *wards: str) -> AppTest:
    app.multiselect[0].set_value(list(wards))
    return quiet(app.run())


def asked(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


def test_without_any_it_says_what_one_is_and_offers_every_ward() -> None:
    app = opened("localities")
    assert "No locality has been made of the 33 wards since 2019 yet." in answer(app)
    assert "A locality is a group of wards with a name of your own" in answer(app)
    assert len(app.multiselect[0].options) == 33


def test_one_is_made_looked_at_renamed_and_deleted() -> None:
    app = written(picked(opened("localities"), WESTON, TWERTON), "Its name", "West  of Bath")
    app = pressed(app, "make_locality")
    assert asked(app, "groups") == WEST
    assert asked(app, "ward") == "West of Bath"
    assert answer(app).strip().startswith("West of Bath (2 wards):")
    assert len(app.multiselect[0].options) == 31
    assert app.multiselect[0].value == []
    app = pressed(written(app, "New name", "Western hub"), "rename_locality")
    assert asked(app, "groups") == f"Western hub:{TWERTON}.{WESTON}"
    assert "Western hub (2 wards):" in answer(app)
    app = pressed(app, "delete_locality")
    assert asked(app, "groups") == ""
    assert "No locality has been made" in answer(app)


def test_what_may_not_be_made_is_refused_in_a_sentence_and_nothing_changes() -> None:
    app = pressed(written(picked(opened("localities"), TWERTON), "Its name", "Hub"), "make_locality")
    assert "'Hub' has 1 of the wards; a locality is 2 wards or more" in app.error[0].value
    app = pressed(written(picked(app, TWERTON, WESTON), "Its name", "Radstock"), "make_locality")
    assert "'Radstock' is the name of a ward" in app.error[0].value
    assert asked(app, "groups") == ""


def test_a_link_restores_them_with_the_rest_and_columns_that_add_up() -> None:
    app = opened("localities", groups=GROUPS, provision="caseload_families")
    assert "2 localities set against their share of need." in answer(app)
    table = app.dataframe[0].value.set_index("Locality")
    assert list(table.index)[-2:] == ["Wards in no locality", "All of B&NES"]
    need = [int(cell.split(" ")[0].replace(",", "")) for cell in table["Need (children)"]]
    assert sum(need[:-1]) == need[-1] == 3262
    assert sum(table["Wards"].iloc[:-1]) == table["Wards"].iloc[-1] == 33
    assert "not shown, so that no family can be recognised" in set(table["Provision (families)"])
    assert table.loc["All of B&NES", "Provision (families)"] == "718"
    assert any("illustrative" in warning.value for warning in app.warning)


def test_the_other_edition_keeps_its_own() -> None:
    app = chosen(opened("localities", groups=GROUPS, ward="Somer Valley"), "edition", "2020")
    assert "One locality set against its share of need. Old:" in answer(app)
    app = chosen(app, "ward", "Old")
    told = drawn(app)
    assert "Old (2 wards): not known. Of its parents in contact with services, only bounds are published" in answer(app)
    assert "1 of its 2 wards listed, so only bounds are known" in told
    assert asked(app, "groups") == GROUPS


def test_the_profile_gives_need_provision_neighbourhoods_children_and_indicators() -> None:
    app = opened("localities", groups=GROUPS, ward="West of Bath")
    told, words = drawn(app), said(app)
    for part in ("Need", "Provision against need", "Its neighbourhoods", "Its children by age"):
        assert part in [heading.value for heading in app.subheader]
    assert "[Twerton](ward?" in words
    assert "neighbourhoods (5 in B&NES)" in told
    assert "Residents aged 15 and under, 2021" in told
    assert "the locality's share of the need chosen" in words


def test_a_link_with_an_unlawful_set_falls_back_and_says_so() -> None:
    app = opened("localities", groups=f"<b>x</b>:{TWERTON}.{WESTON}")
    assert "No locality has been made" in answer(app)
    assert "The link asked for a value of “groups” that is not offered here" in said(app)


def test_the_overview_says_the_locality_its_line_and_the_ward_page_leads_to_it() -> None:
    overview = opened("overview", groups=GROUPS, ward="Somer Valley")
    assert overview.info[0].value.startswith("Somer Valley (3 wards):")
    assert "Everything known of it](localities?" in overview.info[0].value
    ward = opened("ward", groups=GROUPS, ward="Somer Valley")
    assert "**Somer Valley** is a locality: [everything known of it](localities?" in said(ward)


def test_the_sidebar_lists_localities_first_and_marks_them_in_words() -> None:
    app = opened("overview", groups=GROUPS)
    control = next(box for box in app.selectbox if box.key == "ward")
    assert control.label == "Ward or locality"
    assert control.options[:4] == [
        "All wards",
        "Somer Valley (locality, 3 wards)",
        "West of Bath (locality, 2 wards)",
        "Bathavon North",
    ]


def test_a_file_is_loaded_in_place_of_those_here_and_a_faulty_one_changes_nothing() -> None:
    app = opened("localities", groups=GROUPS)
    file = f"edition,locality,area_code\n2026,Hub,{TWERTON}\n2026,Hub,{PAULTON}\n"
    app.file_uploader[0].upload("mine.csv", file.encode(), "text/csv")
    app = quiet(app.run())
    assert "Localities in the file: 1 of this edition, 0 of the other." in said(app)
    app = pressed(app, "use_localities")
    assert asked(app, "groups") == f"Hub:{PAULTON}.{TWERTON}"
    app.file_uploader[0].upload("mine.csv", file.replace(PAULTON, "E05001962").encode(), "text/csv")
    app = quiet(app.run())
    assert "Nothing was loaded." in app.error[0].value
    assert "mine.csv, row 3, column area_code: found 'E05001962'" in app.code[0].value
    assert asked(app, "groups") == f"Hub:{PAULTON}.{TWERTON}"
