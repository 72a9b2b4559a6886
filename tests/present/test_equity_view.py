"""Equity in sentences, tables and a picture."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest

from analysis.equity import MEASURES, Equity, along_deprivation, equity
from analysis.gap import Gap, gap
from analysis.present import concentration_curve, equity_view
from analysis.sources.library import Library

NOT_VARIED = (-0.18, float("nan"), float("nan"))


def found(
    inequity: tuple[float, float, float],
    given: tuple[float, float, float] = (-0.03, -0.07, 0.01),
    need: tuple[float, float, float] = NOT_VARIED,
    moved: tuple[float, float, float] = (0.2, 0.19, 0.25),
    **changed: object,
) -> Equity:
    """Six wards of 100 children with 20, 10, 10, 10, 5 and 5 in need, and 10 families supported in each."""
    wards = pd.DataFrame(
        {
            "area_code": list("abcdef"),
            "area_name": [f"Ward {letter}" for letter in "abcdef"],
            "deprivation": [60.0, 50.0, 40.0, 30.0, 20.0, 10.0],
            "children": 100.0,
            "need": [20.0, 10.0, 10.0, 10.0, 5.0, 5.0],
            "observed": 10.0,
        }
    )
    places = tuple(60 * part for part in moved)
    rows = dict(zip(MEASURES, (given, need, inequity, moved, places), strict=True))
    measures = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "lower", "upper"])
    luck = pd.Series({"value": 0.08, "lower": 0.06, "upper": 0.1})
    plain = Equity("chance", measures, along_deprivation(wards), luck, 0, 0)
    return replace(plain, **changed)


@pytest.fixture(scope="module")
def families(shipped: Library) -> Gap:
    return gap(shipped, "2026", "low_income_bhc2025", "caseload_families")


@pytest.fixture(scope="module")
def surgeries(shipped: Library) -> Gap:
    return gap(shipped, "2026", "low_income_bhc2025", "access_gp")


def test_a_sentence_for_each_measure_when_deprived_wards_get_less(families: Gap) -> None:
    less = found((0.14, 0.10, 0.19))
    assert equity_view.answer(less, families) == "More deprived wards get less than their need would give."
    assert equity_view.sentences(less, families) == [
        "Support has no clear lean along deprivation (concentration index −0.03, 95% limits −0.07 to +0.01); need "
        "leans towards more deprived wards (−0.18).",
        "So more deprived wards get less than their need would give: horizontal inequity +0.14, 95% limits +0.10 to "
        "+0.19.",
        "About 20% of support (12 of 60 families) would have to move to other wards for every ward to have its share "
        "of need (95% limits 19% to 25%); chance alone would make it 6% to 10% if every ward had its share, so this is "
        "more than chance.",
    ]


def test_when_deprived_wards_get_more(families: Gap) -> None:
    more = found((-0.14, -0.19, -0.10), given=(-0.3, -0.35, -0.25))
    assert equity_view.answer(more, families) == "More deprived wards get more than their need would give."
    said = " ".join(equity_view.sentences(more, families))
    assert "Support leans towards more deprived wards (concentration index −0.30" in said
    assert "So more deprived wards get more than their need would give: horizontal inequity −0.14" in said


def test_limits_that_hold_nought_are_not_called_a_difference(families: Gap) -> None:
    unclear = found((0.02, -0.04, 0.09))
    assert "cannot be told from these counts" in equity_view.answer(unclear, families)
    said = equity_view.sentences(unclear, families)[1]
    assert said == (
        "Set against need, a lean towards or away from deprived wards cannot be told apart from none: horizontal "
        "inequity +0.02, 95% limits −0.04 to +0.09."
    )


@pytest.mark.parametrize("lower", [0.0, -0.0])
def test_limits_that_touch_nought_are_not_called_a_difference(families: Gap, lower: float) -> None:
    assert "cannot be told" in equity_view.answer(found((0.02, lower, 0.09)), families)


def test_a_small_share_to_move_is_not_read_as_unfairness(families: Gap) -> None:
    small = found((0.0, -0.1, 0.1), moved=(0.07, 0.08, 0.13))
    assert equity_view.sentences(small, families)[2] == (
        "About 7% of support (4 of 60 families) would have to move to other wards for every ward to have its share of "
        "need; but chance alone would make it 6% to 10% if every ward had its share, so this cannot be told apart from "
        "none."
    )


def test_limits_that_redrawing_pushed_past_the_share_are_not_quoted_beside_it(families: Gap) -> None:
    pushed = equity_view.sentences(found((0.0, -0.1, 0.1), moved=(0.12, 0.13, 0.2)), families)[2]
    assert "95% limits" not in pushed
    assert "more than chance" in pushed


def test_need_spread_as_children_are_is_said_so(families: Gap) -> None:
    even = found((0.0, -0.1, 0.1), need=(-1e-17, float("nan"), float("nan")))
    assert "need is spread as children are (0.00)" in equity_view.sentences(even, families)[0]


def test_need_in_doubt_carries_its_limits(families: Gap) -> None:
    said = equity_view.sentences(found((0.1, 0.05, 0.2), need=(0.1, 0.05, 0.15)), families)[0]
    assert "need leans towards less deprived wards (+0.10, 95% limits +0.05 to +0.15)" in said


@pytest.mark.parametrize(
    ("hidden", "unknown", "words"),
    [
        (3, 0, "Left out: 3 wards whose count is not shown; these figures are of the other 6 wards."),
        (0, 1, "Left out: 1 ward whose need or provision is not known; these figures are of the other 6 wards."),
        (
            1,
            2,
            "Left out: 1 ward whose count is not shown and 2 wards whose need or provision is not known; these figures "
            "are of the other 6 wards.",
        ),
    ],
)
def test_wards_left_out_are_counted(families: Gap, hidden: int, unknown: int, words: str) -> None:
    assert equity_view.sentences(found((0.1, 0.05, 0.2), hidden=hidden, unknown=unknown), families)[-1] == words


def test_places_within_reach_have_a_range_over_catchments_and_no_limits(surgeries: Gap) -> None:
    reach = found((0.2, 0.19, 0.22), moved=(0.27, 0.21, 0.28), by="catchment", by_luck=None)
    assert equity_view.answer(reach, surgeries) == (
        "However the catchment is drawn, more deprived wards have fewer GP surgeries within reach than their need "
        "would give."
    )
    said = equity_view.sentences(reach, surgeries)
    assert said[1].endswith("horizontal inequity +0.20, +0.19 to +0.22 over the 4 catchments.")
    assert said[2] == (
        "About 27% of what is within reach (16 of 60 GP surgeries) would have to serve other wards for every ward to "
        "have its share of need (21% to 28% over the 4 catchments)."
    )
    assert "limits" not in " ".join(said)


def test_an_answer_that_turns_on_the_catchment_says_so(surgeries: Gap) -> None:
    turning = found((0.01, -0.1, 0.1), by="catchment", by_luck=None)
    assert equity_view.answer(turning, surgeries).endswith("depends on the catchment.")
    assert "which way that leans depends on the catchment" in equity_view.sentences(turning, surgeries)[1]
    more = equity_view.answer(found((-0.1, -0.2, -0.05), by="catchment", by_luck=None), surgeries)
    assert "have more GP surgeries within reach" in more


def test_the_reading_names_the_wards_that_hold_the_most_deprived_fifth() -> None:
    assert equity_view.reading(found((0.1, 0.05, 0.2))) == (
        "The 2 most deprived wards hold 33% of children, 50% of need and 33% of provision."
    )


def test_tables_are_rounded_so_that_no_count_can_be_worked_out(shipped: Library, families: Gap) -> None:
    whole = equity(shipped, families)
    shown = equity_view.measures_download(whole, families)
    cells = [*shown["Value"], *shown["95% limits"]]
    assert all(
        re.fullmatch(r"[−+]?\d\.\d\d( to [−+]?\d\.\d\d)?|\d+%( to \d+%)?|\d+ (of|to) \d+|taken as it stands", cell)
        for cell in cells
    ), cells
    along = equity_view.along(whole)
    for column in ("Children so far", "Need so far", "Provision so far"):
        assert along[column].str.fullmatch(r"\d+%").all()
    assert along[column].iloc[-1] == "100%"
    download = equity_view.along_download(whole, families)
    pd.testing.assert_frame_equal(download[list(along.columns)], along)
    assert list(download["area_code"]) == list(whole.wards["area_code"])


def test_the_table_says_what_chance_alone_would_give_where_there_is_chance(families: Gap, surgeries: Gap) -> None:
    counted = equity_view.measures(found((0.1, 0.05, 0.2)), families)
    assert counted.set_index("Measure").loc["Share to move by chance alone", ["Value", "95% limits"]].tolist() == [
        "8%",
        "6% to 10%",
    ]
    reach = equity_view.measures(found((0.1, 0.05, 0.2), by="catchment", by_luck=None), surgeries)
    assert "Range over 4 catchments" in reach
    assert not reach["Measure"].str.contains("chance").any()


def test_the_basis_is_modelled_at_least(families: Gap, surgeries: Gap) -> None:
    assert equity_view.basis(replace(surgeries, basis="published")) == "modelled"
    assert equity_view.basis(families) == "illustrative"


def test_the_method_names_the_index_and_its_year(families: Gap, surgeries: Gap) -> None:
    said = equity_view.method(found((0.1, 0.05, 0.2)), families)
    assert "Index of Multiple Deprivation 2025" in said
    assert "2,000 times" in said
    reach = equity_view.method(found((0.1, 0.05, 0.2), by="catchment", by_luck=None), surgeries)
    assert "no sampling limits" in reach


def drawing(markup: str) -> ET.Element:
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', markup)
    assert source is not None
    return ET.fromstring(base64.b64decode(source.group(1)))


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_draws_both_curves_from_corner_to_corner(dark: bool) -> None:
    wards = found((0.1, 0.05, 0.2)).wards
    picture = drawing(concentration_curve.picture(wards, "words", dark, made_up=False))
    curves = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(curves) == 2
    for curve in curves:
        points = curve.attrib["points"].split()
        assert len(points) == len(wards) + 1
        assert (points[0], points[-1]) == ("46.0,352.0", "386.0,12.0")
    need, provision = (float(curve.attrib["points"].split()[1].split(",")[1]) for curve in curves)
    assert need < provision
    assert len({curve.attrib["stroke"] for curve in curves}) == 2


def test_the_picture_is_marked_when_made_up_and_its_words_are_escaped() -> None:
    wards = found((0.1, 0.05, 0.2)).wards
    made_up, real = (concentration_curve.picture(wards, '"><script>', False, made_up=mark) for mark in (True, False))
    assert "<script>" not in made_up
    assert b"ILLUSTRATIVE" in ET.tostring(drawing(made_up))
    assert b"ILLUSTRATIVE" not in ET.tostring(drawing(real))
