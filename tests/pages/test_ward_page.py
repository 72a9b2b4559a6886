"""The Ward page, worked as a reader works it."""

from __future__ import annotations

import re

from tests.pages.reader import answer, chosen, drawn, opened, quiet, raw, said

RADSTOCK_11, SOUTHDOWN_11, TWERTON_11 = "E05001962", "E05001964", "E05001966"
SALTFORD_19, TWERTON_19 = "E05012485", "E05012488"


def test_without_a_ward_it_asks_for_one_and_opens_the_one_chosen() -> None:
    app = opened("ward")
    assert "Choose a ward, from the list or on the map." in answer(app)
    picker = next(box for box in app.selectbox if box.label == "Ward to open")
    assert len(picker.options) == 33
    picker.set_value(TWERTON_19)
    app.run()
    quiet(app)
    assert app.title[0].value == "Twerton ward"


def test_twerton_in_a_sentence_beside_the_council() -> None:
    said = answer(opened("ward", ward=TWERTON_19))
    assert "Twerton has 315 children in low-income families: 23.1% of its children" in said
    assert "above the 10.2% of B&NES" in said
    assert "4 of its 5 neighbourhoods stand in England's most deprived fifth (IMD 2025)" in said


def test_changing_the_need_changes_the_sentence() -> None:
    app = chosen(opened("ward", ward=TWERTON_19), "need", "low_income_ahc2025")
    assert "504 children in low-income families: 37.0% of its children" in answer(app)


def test_radstock_in_2020_has_verdict_limits_and_worst_case() -> None:
    app = opened("ward", edition="2020", ward=RADSTOCK_11)
    said = drawn(app)
    assert "0.67 (0.46 to 0.92); worst case of the rounding 0.42 to 1.00" in said
    assert "Under-provided, likely" in said
    assert "line 831" in said
    assert [head.value for head in app.header if head.value == "Toxic trio"]


def test_southdown_in_2020_is_bounded_and_warned_of_its_name() -> None:
    app = opened("ward", edition="2020", ward=SOUTHDOWN_11)
    assert "not published; at most 39" in drawn(app)
    assert "Modelled by us; not listed: estimated from its children, within the bound" in drawn(app)
    assert any("more than one Southdown" in told.value for told in app.warning)


def test_saltford_is_warned_of_and_twerton_is_not() -> None:
    assert any("share only 17% of their ground" in told.value for told in opened("ward", ward=SALTFORD_19).warning)
    assert not opened("ward", ward=TWERTON_19).warning


def test_the_2026_edition_has_low_income_and_no_toxic_trio() -> None:
    app = opened("ward", ward=TWERTON_19)
    heads = [head.value for head in app.header]
    assert "Children in low-income families, 2022 to 2025" in heads
    assert "Toxic trio" not in heads
    assert "not published" in drawn(app)


def test_every_section_names_its_source() -> None:
    app = opened("ward", ward=TWERTON_19)
    sources = [caption.value for caption in app.caption if caption.value.startswith("**Source:**")]
    assert len(sources) == len([head for head in app.header if head.value != "Where it is"])


def test_a_ward_of_the_other_vintage_in_a_link_is_not_shown() -> None:
    app = opened("ward", edition="2026", ward=RADSTOCK_11)
    assert "Choose a ward" in answer(app)


def test_the_contents_lead_to_every_section() -> None:
    app = opened("ward", ward=TWERTON_19)
    contents = next(part.value for part in app.markdown if part.value.startswith("**On this page:**"))
    anchors = {head.proto.anchor for head in app.header if head.proto.anchor}
    assert set(re.findall(r"\(#(\w+)\)", contents)) == anchors
    assert {"domains", "indicators", "changes", "caseload"} <= anchors


def test_indicators_lead_to_their_page_and_silent_topics_are_named_once() -> None:
    app = opened("ward", edition="2020", ward=TWERTON_11)
    assert "indicators?edition=2020&amp;indicator=census2011_hh_no_car" in raw(app)
    assert said(app).count("No figure of this ward is held on") == 1


def test_served_by_and_located_in_are_kept_apart() -> None:
    heads = [head.value for head in opened("ward", ward=TWERTON_19).header]
    assert "Early Help that reaches its residents :orange-badge[illustrative]" in heads
    assert "Places in the ward" in heads


def test_the_page_to_print_is_kept_in_the_link_and_stands_alone() -> None:
    app = opened("ward", ward=TWERTON_19, print="on")
    assert "atlas-sheet" in raw(app)
    assert not app.header
    app.toggle[0].set_value(False)
    quiet(app.run())
    assert app.title[0].value == "Twerton ward"
    assert "print" not in app.query_params
