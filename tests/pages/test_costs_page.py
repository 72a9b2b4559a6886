"""The Costs page, worked as a reader works it."""

from __future__ import annotations

from functools import partial

from streamlit.testing.v1 import AppTest

from tests.pages import reader
from tests.pages.reader import answer, chosen, drawn, quiet, said

opened = partial(reader.opened, "costs")


def _number(page: AppTest, name: str, end: str, start: str = "example"):
    return page.number_input(key=f"own_{start}_{name}_{end}")


def test_the_page_answers_first() -> None:
    page = opened()
    assert "19 early help services cost £18.4 million" in answer(page)
    assert "What does early help cost" in page.title[0].value


def test_spending_rates_and_sums_are_drawn_with_their_lines() -> None:
    words = drawn(opened(), between="")
    assert "£4,462,500" in words
    assert "4.1% to 52%" in words
    assert "section 5.1, table of expenditure, line 284" in words
    assert "✗ does not agree" in words


def test_a_policy_area_is_chosen_and_kept_in_the_address() -> None:
    page = chosen(opened(), "area", "mental_health")
    assert page.query_params["area"] == ["mental_health"] or page.query_params["area"] == "mental_health"
    words = drawn(page, between="")
    assert "Return on suicide training for GPs" in words
    assert "Never to be multiplied by local need." in words


def test_an_area_that_is_not_offered_falls_back_with_a_note() -> None:
    page = opened(area="<b>")
    assert "Cost of the Incredible Years programme" in drawn(page, between="")
    assert "is not offered here" in said(page)


def test_a_reader_s_own_figures_change_the_answer_and_not_the_address() -> None:
    page = opened()
    before, address = drawn(page), dict(page.query_params)
    _number(page, "effect", "high").set_value(20.0)
    quiet(page.run())
    assert drawn(page) != before
    assert dict(page.query_params) == address


def test_one_s_own_figures_are_unmissably_illustrative() -> None:
    page = opened()
    assert any("(illustrative)" in header.value for header in page.header)
    assert any("unmet" in header.value and "(illustrative)" in header.value for header in page.subheader)
    assert any("made-up example" in warning.value for warning in page.warning)
    assert "Illustrative, on your own figures" in drawn(page)


def test_figures_out_of_order_are_refused_by_name() -> None:
    page = opened()
    _number(page, "cost", "low").set_value(5000.0)
    quiet(page.run())
    assert any("Cost for each person helped: the low figure" in note.value for note in page.info)
    assert "Illustrative, on your own figures" not in drawn(page)


def test_a_blank_form_invents_nothing() -> None:
    page = opened()
    starts = next(one for one in page.get("button_group") if "Start from" in one.label)
    starts.set_value("blank")
    quiet(page.run())
    assert _number(page, "people", "low", "blank").value is None
    assert any("People helped in a year: give" in note.value or "Years over" in note.value for note in page.info)
