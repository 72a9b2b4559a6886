"""The Activity page as a reader uses it."""

from __future__ import annotations

from tests.pages.reader import answer, chosen, drawn, opened, quiet, said

ORDER = [
    "Places, cases, and how full",
    "Who referred",
    "How long support lasts",
    "Assessments",
    "Working with social care",
    "The Early Help Allocation Panel",
    "Who is reached, and who lives here",
]


def test_it_goes_from_capacity_to_who_is_reached_and_marks_what_is_made_up() -> None:
    app = opened("activity")
    heads = [head.value for head in app.header]
    assert [head.split(" :orange")[0] for head in heads] == ORDER
    assert all("illustrative" in head for head in heads if "Panel" not in head)
    assert "Family support held more cases than commissioned places" in answer(app)
    assert "Very small numbers" in app.info[0].value
    assert "372" in drawn(app)
    assert "not shown" in drawn(app)


def test_a_family_is_worth_children_only_at_a_number_the_reader_states() -> None:
    app = opened("activity")
    assert "State a number of your own" in said(app)
    app.number_input(key="children_a_family").set_value(2.0)
    app = quiet(app.run())
    assert "At **your** 2 children a family, 718 families supported would stand for about **1,436 children**" in said(
        app
    )


def test_the_quarter_and_the_dimension_stay_in_the_link() -> None:
    app = opened("activity", quarter="2025-26 Q1", reached="send")
    assert "pupils, 2025" in drawn(app)
    app = chosen(app, "reached", "sex")
    assert "holds no figures of the council's children for this" in said(app)
    assert app.query_params["quarter"] == "2025-26 Q1"
    assert app.query_params["reached"] == "sex"
