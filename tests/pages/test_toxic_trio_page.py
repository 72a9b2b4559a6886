"""The Toxic trio page, worked as a reader works it: groups, covariates, factors, topics, both editions."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis import toxic_trio
from analysis.present import toxic_trio_figures, toxic_trio_view
from analysis.present.palette import BASIS_WORDS
from analysis.sources.library import Library
from tests.pages import reader
from tests.pages.reader import quiet, said

opened = partial(reader.opened, "toxic_trio")
drawn = partial(reader.drawn, between="")


def wards_shown(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Ward"])


def test_the_page_answers_first_with_the_published_shares() -> None:
    page = opened(edition="2020")
    assert [title.value for title in page.title] == ["Toxic trio: parents known to services"]
    assert "Of 702 parents and carers" in drawn(page)
    assert "14% lived in Twerton, 7% in Westmoreland, 6% in Combe Down and 5% in Radstock" in drawn(page)
    assert "where contact is, not where need is" in drawn(page)


def test_both_bases_are_badged_and_the_term_is_explained_once() -> None:
    page = opened()
    assert BASIS_WORDS["published"] in said(page)
    assert BASIS_WORDS["modelled"] in said(page)
    assert said(page).count("The term is contested") == 1


def test_the_key_tells_published_held_and_modelled_apart() -> None:
    words = drawn(opened())
    assert "Published: share of the parents and carers (4 wards)" in words
    assert "stopped at the bound (1 ward)" in words
    assert "below the bound (32 wards)" in words


def test_all_three_needs_have_their_own_base_and_wards() -> None:
    page = opened()
    page.segmented_control(key="group").set_value("three").run()
    quiet(page)
    assert "Of 97 parents and carers" in drawn(page)
    assert wards_shown(page)[:4] == ["Twerton", "Abbey", "Peasedown", "Westmoreland"]
    assert page.query_params["group"] == "three"
    assert "(15, 7, 6 and 6)" in said(page)


def test_unlisted_wards_are_in_the_order_of_the_alphabet_not_of_the_estimate() -> None:
    others = wards_shown(opened())[4:]
    assert others == sorted(others)
    assert len(others) == 33


@pytest.mark.parametrize("covariate", list(toxic_trio.COVARIATES))
def test_every_covariate_can_be_chosen_and_is_named_in_the_method(covariate: str) -> None:
    page = opened()
    page.selectbox(key="covariate").set_value(covariate).run()
    quiet(page)
    assert f"in proportion to {toxic_trio.COVARIATES[covariate]}" in said(page)


def test_no_table_sets_an_estimate_beside_what_it_was_shared_out_by() -> None:
    columns = " ".join(opened().dataframe[0].value.columns).lower()
    assert "children" not in columns
    assert "income" not in columns
    assert "rank" not in columns


def test_blanks_say_why(shipped: Library) -> None:
    table = opened().dataframe[0].value.set_index("Ward")
    assert table.loc["Southdown", "Share of 702 parents"] == "not published"
    assert table.loc["Southdown", "Could be"] == "at most 38"
    assert table.loc["Twerton", "Could be"] == "95 to 101"
    assert table.loc["Twerton", "95% limits"] == "81 to 117"


def test_location_quotients_are_told_with_limits_and_in_words() -> None:
    words = drawn(opened())
    assert re.search(r"Twerton14%3\.5 \(2\.9 to 4\.2\): more1\.3 \(1\.1 to 1\.6\): more", words)
    assert re.search(r"Radstock5%1\.2 \([\d.]+ to [\d.]+\): about the same0\.7 \(0\.5 to 0\.9\): less", words)


def test_the_2026_edition_says_that_these_are_not_todays_wards() -> None:
    assert "Not today's wards" in said(opened(edition="2026"))
    assert "Not today's wards" not in said(opened(edition="2020"))


def test_the_series_sentence_gives_limits_and_sets_england_against_them() -> None:
    assert "40.0% of assessments in B&NES (240 of 600; 95% limits 36.2% to 44.0%)" in said(opened())
    assert "England's 31.7% lies below those limits, and 99.8% limits too, so B&NES is higher for certain." in said(
        opened()
    )


def test_the_recent_trend_has_an_arrow_a_word_and_a_reason_and_no_judgement() -> None:
    page = opened()
    assert "Over the five years 2021 to 2025 it was ↗ increasing, from 28.6% to 40.0%" in said(page)
    assert "More or less recorded is no judgement on families or on the council." in said(page)
    words = reader.drawn(page)
    assert re.search(r"B&NES\s+40.0% \(36.2 to 44.0\)\s+higher, for certain \(99.8%\)\s+↗ increasing", words)
    assert re.search(r"England\s+31.7%\s+is England\s+→ no statistically significant change", words)
    assert "one year alone decides which way it goes (chi-squared 461.0, above 9.55)" in words
    assert not re.search(r"getting (better|worse)", words + said(page))


def test_a_trend_with_a_year_missing_is_not_calculated_and_has_no_arrow() -> None:
    page = opened(factor="mental_health_child")
    assert "No recent trend can be calculated over the five years 2021 to 2025: one of the five years has no" in said(
        page
    )
    assert re.search(r"B&NES\s+29.2%[^↗↘→]*cannot be calculated", reader.drawn(page))


def test_a_leap_in_one_year_is_pointed_out() -> None:
    page = opened(factor="domestic_abuse_person")
    assert "The largest step came in one year, from 3.9% to 40.8% in 2025" in said(page)
    assert "a change in what is recorded rather than in families" in said(page)


def test_significant_is_never_said_without_statistically() -> None:
    words = reader.drawn(opened()) + said(opened())
    assert not re.search(r"(?<!statistically )significant", words)


def test_another_factor_is_kept_in_the_address_and_its_gap_has_a_reason() -> None:
    page = opened()
    page.selectbox(key="factor").set_value("mental_health_child").run()
    quiet(page)
    assert page.query_params["factor"] == "mental_health_child"
    assert "2022suppressed by the department" in drawn(page)


def test_no_word_of_better_or_worse_is_said_of_a_council() -> None:
    words = (drawn(opened()) + said(opened())).lower()
    assert not re.search(r"\bworse\b", words)
    assert not re.search(r"b&nes is better", words)


def test_council_figures_are_filtered_by_topic() -> None:
    page = opened()
    assert "Adults estimated to be dependent on alcohol" in drawn(page)
    page.segmented_control(key="topic").set_value("domestic abuse").run()
    assert "Adults estimated to be dependent on alcohol" not in drawn(quiet(page))
    assert "571 incidents" in drawn(page)
    assert "Section 4.4.3, infographic, line 570" in drawn(page)


def test_a_range_is_shown_as_a_range_and_a_missing_year_as_such() -> None:
    words = drawn(opened(topic="perinatal mental health"))
    assert "255 to 505 women" in words
    assert "year not stated" in words


def test_an_unknown_value_in_the_link_falls_back_with_a_note() -> None:
    page = opened(group="<b>four</b>", factor="nonsense")
    assert "Of 702" in drawn(page)
    assert "is not offered here" in said(page)


def test_a_link_restores_the_view() -> None:
    page = opened(group="three", covariate="people", factor="drugs_parent")
    assert "Of 97" in drawn(page)
    assert page.selectbox(key="covariate").value == "people"
    assert page.selectbox(key="factor").value == "drugs_parent"


def test_map_paint_is_solid_only_for_published_wards(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "one_or_more")
    paints = {paint.code: paint for paint in toxic_trio_view.paints(rows, 702, dark=False)}
    solid = {shipped.names[code]: paint.symbol for code, paint in paints.items() if not paint.hatched}
    assert solid == {"Twerton": "14%", "Westmoreland": "7%", "Combe Down": "6%", "Radstock": "5%"}
    assert {paint.symbol for paint in paints.values() if paint.hatched} == {"~", "≤"}
    southdown = next(paint for code, paint in paints.items() if shipped.names[code] == "Southdown")
    assert southdown.symbol == "≤"
    assert "at most 38 of 702" in southdown.lines[0]


def test_few_parents_are_marked_with_a_caution(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "three")
    lines = {paint.code: paint.lines for paint in toxic_trio_view.paints(rows, 97, dark=True)}
    assert "few: read with caution" in lines["E05001935"][0]
    assert "few" not in lines["E05001966"][0]
    assert "rounding allows only 15" in lines["E05001966"][1]


def test_the_chart_breaks_where_a_year_is_missing(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "mental_health_child")
    figure = toxic_trio_figures.over_years(rows, shipped.names, dark=False)
    ours = next(trace for trace in figure.data if trace.name == "B&NES")
    assert ours.connectgaps is False
    assert list(pd.notna(pd.Series(ours.y))) == [True] * 4 + [False] + [True] * 3
    assert figure.data[0].x.count(None) == 2


def test_labels_at_the_ends_of_lines_never_touch() -> None:
    assert toxic_trio_figures._apart([1.0, 1.1, 5.0], 2.0) == [1.0, 3.0, 5.0]
    assert toxic_trio_figures._apart([], 2.0) == []


def test_the_download_carries_basis_period_and_choices(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "three", "people")
    table = toxic_trio_view.download(rows, shipped.names, "three", "people", 97)
    assert {"basis", "period", "needs", "spread_by", "lower", "upper", "most"} <= set(table.columns)
    assert len(table) == 37
    assert table["spread_by"].unique().tolist() == ["people in income-deprived families"]
