"""The one page of a ward to print, read as HTML; whether it fits the paper is a matter for the browser tests."""

from __future__ import annotations

import html
import re
from base64 import b64decode

import pandas as pd
import pytest

from analysis import ward, ward_indicators
from analysis.editions import EDITIONS
from analysis.need import NEEDS
from analysis.present import (
    ward_profile_tables,
    ward_sheet,
    ward_sheet_blocks,
    ward_sheet_html,
    ward_small_map,
    ward_view,
)
from analysis.present.maps import AreaPaint
from analysis.sources.library import ROOT
from analysis.ward_facts import fact, frame, under
from analysis.ward_together import Together

COMBE_DOWN, TWERTON, RADSTOCK_11 = "E05012466", "E05012488", "E05001962"
NEED_OF = {"2020": "idaci2015", "2026": "low_income_bhc2025"}


def _sheet(wards: dict[str, Together], edition: str, code: str) -> str:
    together, lens = wards[edition], NEEDS[NEED_OF[edition]]
    made = ward_sheet.sheet(
        ward.profile(together, code, lens.id),
        EDITIONS[edition],
        code,
        together.library.names[code],
        (lens.title, lens.short),
        more_is_worse=ward_indicators.more_is_worse(together.held),
    )
    return html.unescape(re.sub(r"<[^>]+>", " ", ward_sheet_html.html(made, "")))


def test_the_sheet_names_the_ward_the_edition_and_the_dates(wards: dict[str, Together]) -> None:
    told = _sheet(wards, "2026", COMBE_DOWN)
    assert "Combe Down ward" in told
    assert "E05012466, one of the 33 wards since 2019. Edition 2026: what is published now." in told
    assert "need is of April 2024 to March 2025 (provisional)" in told
    assert "Pockets on IMD: Fox Hill North (E01014390), tenth 1." in told
    assert "interval not available after re-basing" in told
    assert "nan" not in told.split()


def test_the_2020_sheet_has_the_toxic_trio_and_no_low_income_block(wards: dict[str, Together]) -> None:
    told = _sheet(wards, "2020", RADSTOCK_11)
    assert "Toxic trio" in told
    assert "Children in low-income families   years" not in told
    assert "0.67 (0.46 to 0.92)" in told
    assert "No pocket on IMD. On other domains only:" in told


def test_made_up_figures_are_marked_row_by_row(wards: dict[str, Together]) -> None:
    together = wards["2026"]
    block = ward_sheet_blocks.provision(ward.profile(together, TWERTON, "low_income_bhc2025"))
    made_up = [row[0] for row in block.rows if "(illustrative)" in row[0]]
    assert len(made_up) == 2
    assert block.basis == "modelled and illustrative"


def test_a_withheld_caseload_is_a_dash_with_the_reason(wards: dict[str, Together]) -> None:
    block = ward_sheet_blocks.provision(ward.profile(wards["2026"], "E05012471", "low_income_bhc2025"))
    young = next(row for row in block.rows if row[0].startswith("Young people"))
    assert young[1] == young[3] == "–"
    assert young[4] == "✱ Not shown, to protect families"


def test_no_topic_takes_the_whole_list_of_indicators(wards: dict[str, Together]) -> None:
    """Kingsmead, the middle of Bath: nearly every rate of crime stands far above the rest."""
    together = wards["2026"]
    facts = ward.profile(together, "E05012471", "low_income_bhc2025")
    block = ward_sheet_blocks.indicators(facts, ward_indicators.more_is_worse(together.held))
    topic = facts.drop_duplicates("label").set_index("label")["group"]
    named = [next(label for label in topic.index if label.startswith(row[0])) for row in block.rows]
    assert max(pd.Series(topic[named]).value_counts()) == ward_sheet_blocks.MOST_OF_A_TOPIC


def test_a_ward_with_nothing_apart_says_none() -> None:
    alike = under(
        "indicators",
        "health",
        [
            fact("Disabled residents", 10.0, "%", council=10.0),
            fact(ward_indicators.REST, 0.1, "percentage points", lower=-1, upper=1.2, note=ward_indicators.ALIKE),
        ],
        period="2021",
        basis="modelled",
        source="",
        indicator_id="disabled",
    )
    block = ward_sheet_blocks.indicators(frame(alike), {"disabled"})
    assert block.rows == []
    assert block.note.startswith("Of 1 tested of which more is worse, 0 stand apart")


def test_the_small_map_paints_every_ward_and_outlines_one() -> None:
    paths = ward_small_map.outlines(ROOT, "wards_2019")
    paints = [AreaPaint(code, "#112233") for code in paths if code != TWERTON]
    drawn = ward_small_map.drawing(paths, paints, TWERTON)
    picture = ward_small_map.picture(ward_small_map.SmallMap(drawn, 'Twerton & "others"', ""))
    drawing = b64decode(re.findall(r"base64,([^\"]+)", picture)[0]).decode()
    assert drawing.count('fill="#112233"') == 32
    assert drawing.count('fill="#ffffff"') == 1
    assert drawing.count('fill="none"') == 1
    assert "Twerton &amp; &quot;others&quot;" in picture


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.268, "%", "0.27%"), (12.34, "%", "12.3%"), (1234.0, "claims", "1,234"), (float("nan"), "%", "not held")],
)
def test_figures_of_indicators_in_their_unit(value: float, unit: str, said: str) -> None:
    assert ward_profile_tables.shown(value, unit) == said


def test_files_with_two_publishers_are_not_taken_apart() -> None:
    told = "Children in low income (DWP; HMRC); Residents (ONS)"
    assert ward_view.each_source(told) == ["Children in low income (DWP; HMRC)", "Residents (ONS)"]
    assert ward_view.each_source("") == []
