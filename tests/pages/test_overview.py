"""The Overview page, worked as a reader works it: edition, need and provision from the sidebar, and by link."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from analysis.comparison import Verdict
from analysis.editions import EDITIONS
from analysis.gap import gap, lenses
from analysis.present import gap_view, words
from analysis.present.palette import VERDICTS
from analysis.sources.library import ROOT, Library

NOTE = "that is not offered here, so the usual one is shown"
COMPARABLE = {edition: [lens.id for lens in lenses(edition)[0] if lens.table is not None] for edition in EDITIONS}
PAIRS = [(edition, provided.id) for edition in EDITIONS for provided in lenses(edition)[1]]


def opened(**asked: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in asked.items():
        app.query_params[name] = value
    return quiet(app.run())


def quiet(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def choose(app: AppTest, **choices: str) -> AppTest:
    for name, value in choices.items():
        app.sidebar.selectbox(key=name).set_value(value)
        quiet(app.run())
    return app


def html_of(app: AppTest, mark: str) -> str:
    return next(e.proto.body for e in app.get("html") if f'class="{mark}"' in e.proto.body)


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def answer(app: AppTest) -> str:
    return plain(html_of(app, "atlas-answer"))


def tally(app: AppTest) -> dict[str, int]:
    cells = re.findall(r"<b>(\d+)</b><span>(.*?)</span>", html_of(app, "atlas-tally"))
    return {html.unescape(label): int(count) for count, label in cells}


def chart_lines(app: AppTest) -> int:
    return html_of(app, "atlas-chart").count('class="track"')


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in (*app.main.caption, *app.sidebar.caption))


def label(verdict: Verdict) -> str:
    return f"{VERDICTS[verdict].symbol} {VERDICTS[verdict].label}"


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in (*app.header, *app.subheader)]


def test_it_opens_on_todays_wards_and_says_that_no_targeted_provision_is_published() -> None:
    page = opened()
    assert [title.value for title in page.title] == ["Where does need outstrip provision?"]
    assert page.sidebar.selectbox(key="edition").value == "2026"
    assert "No council publishes targeted Early Help by ward" in answer(page)
    assert any("own return" in box.label for box in page.expander)
    assert sum(tally(page).values()) == 33
    assert tally(page)[label(Verdict.UNDER_CERTAIN)] == 0
    assert NOTE not in captions(page)


def test_the_2020_edition_answers_with_radstock_and_keeps_the_unknown_apart() -> None:
    page = opened(edition="2020")
    assert "Radstock is likely under-provided: about 5% of the 702 parents in contact" in answer(page)
    assert "7.4% of children in income-deprived families" in answer(page)
    assert tally(page) == {
        label(Verdict.UNDER_CERTAIN): 0,
        label(Verdict.UNDER_LIKELY): 1,
        label(Verdict.IN_LINE): tally(page)[label(Verdict.IN_LINE)],
        **{key: count for key, count in tally(page).items() if "Over-provided" in key},
        label(Verdict.NOT_KNOWN): 33,
    }
    assert sum(tally(page).values()) == 37
    assert "this is not coverage" in captions(page)


def test_changing_the_edition_changes_wards_lenses_headline_and_address() -> None:
    page = choose(opened(), edition="2020")
    assert sum(tally(page).values()) == 37
    assert page.query_params["edition"] == "2020"
    assert page.sidebar.selectbox(key="need").value == "idaci2015"
    assert "Radstock" in answer(page)
    choose(page, edition="2026")
    assert page.sidebar.selectbox(key="need").value == "low_income_bhc2025"
    assert sum(tally(page).values()) == 33
    assert "edition" not in page.query_params


def test_a_provision_that_was_chosen_outlives_a_change_of_edition_and_one_that_was_not_does_not() -> None:
    untouched = choose(opened(), edition="2020")
    assert untouched.sidebar.selectbox(key="provision").value == "contact2017"
    chosen = choose(opened(provision="access_library"), edition="2020")
    assert chosen.sidebar.selectbox(key="provision").value == "access_library"


def test_changing_need_and_provision_changes_the_answer(shipped: Library) -> None:
    page = opened(edition="2020")
    for need, provided in (("children2019", "contact2017"), ("children2019", "access_library")):
        choose(page, need=need, provision=provided)
        sentence, more = words.headline(gap(shipped, "2020", need, provided))
        assert sentence in answer(page)
        assert more in answer(page)
        assert page.query_params["need"] == need


def test_access_is_never_certain() -> None:
    page = opened(edition="2020", provision="access_gp")
    certain = (label(Verdict.UNDER_CERTAIN), label(Verdict.OVER_CERTAIN))
    assert sum(count for name, count in tally(page).items() if name in certain) == 0
    assert "no verdict is certain" in captions(page)


def test_made_up_figures_carry_a_badge_a_warning_and_marked_headings() -> None:
    page = choose(opened(edition="2020"), provision="caseload_families")
    assert "They say nothing about these wards" in page.warning[0].value
    assert "The caseload is illustrative" in answer(page)
    assert any("Illustrative: made up to show the tool" in part.value for part in page.markdown)
    assert len(headings(page)) == 5
    assert all("illustrative" in heading for heading in headings(page))
    assert not choose(page, provision="contact2017").warning
    assert not any("illustrative" in heading for heading in headings(page))


def test_a_need_from_the_services_own_records_is_not_offered_even_by_link() -> None:
    page = opened(edition="2020", need="toxic_trio2017")
    assert page.sidebar.selectbox(key="need").value == "idaci2015"
    assert f"“need” {NOTE}" in captions(page)
    assert "Radstock" in answer(page)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("edition", "2031"),
        ("edition", ""),
        ("need", "<script>alert(1)</script>"),
        ("need", "idaci2015"),
        ("provision", "contact2017"),
        ("ward", "E05001962"),
        ("show", "'; drop table wards; --"),
    ],
)
def test_a_value_that_is_not_offered_gives_the_usual_view_and_a_quiet_note(name: str, value: str) -> None:
    page = opened(**{name: value})
    assert f"“{name}” {NOTE}" in captions(page)
    assert "No council publishes targeted Early Help by ward" in answer(page)
    assert name not in page.query_params
    assert not value or value not in captions(page)
    assert NOTE not in captions(quiet(page.run()))


def test_an_unknown_name_in_the_link_is_ignored() -> None:
    page = opened(edition="2020", colour="red")
    assert "Radstock" in answer(page)
    assert NOTE not in captions(page)


@pytest.mark.parametrize("show", ["need", "provision"])
def test_a_link_chooses_what_the_map_shows(show: str) -> None:
    page = opened(edition="2020", show=show)
    assert page.segmented_control(key="show").value == show
    assert "%" in plain(html_of(page, "atlas-key"))


@pytest.mark.parametrize(("edition", "provided"), PAIRS, ids=[" ".join(pair) for pair in PAIRS])
def test_every_pair_of_lenses_answers_with_the_same_figures_as_the_analysis(
    shipped: Library, edition: str, provided: str
) -> None:
    page = opened(edition=edition, provision=provided)
    for need in COMPARABLE[edition]:
        choose(page, need=need)
        result = gap(shipped, edition, need, provided)
        assert words.headline(result)[0] in answer(page)
        assert list(tally(page).values()) == [count for count, _ in gap_view.tally(result).values()]
        assert page.dataframe[0].value.equals(gap_view.table(result))
        assert chart_lines(page) == len(result.wards)
        assert len(page.get("component_instance")) == 1
