"""The five most under-provided wards in words, bars and a table."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.gap import Gap, gap
from analysis.present import worst_five_view
from analysis.present.words import chance
from analysis.sources.library import Library
from analysis.statistics.robustness import Membership, membership
from analysis.worst_five import WorstFive, worst_five


def by_chance(shares: list[float], hidden: int = 0) -> WorstFive:
    table = pd.DataFrame(
        {
            "area_code": [f"W{n}" for n in range(len(shares))],
            "area_name": [f"Ward {n}" for n in range(len(shares))],
            "share": shares,
            "rank_lower": [float(n + 1) for n in range(len(shares))],
            "rank_upper": [float(len(shares))] * len(shares),
            "membership": [membership(share) for share in shares],
        }
    )
    return WorstFive("chance", 10_000, table, hidden, 0)


def by_catchment(shares: list[float], empty: int = 0) -> WorstFive:
    found = by_chance(shares)
    table = found.table.drop(columns="membership").assign(edge=[True] + [False] * (len(shares) - 1))
    return replace(found, by="catchment", tries=4, table=table, empty=empty)


@pytest.fixture(scope="module")
def surgeries(shipped: Library) -> Gap:
    return gap(shipped, "2026", "low_income_bhc2025", "access_gp")


@pytest.fixture(scope="module")
def families(shipped: Library) -> Gap:
    return gap(shipped, "2026", "low_income_bhc2025", "caseload_families")


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1, "over 95%"),
        (0.95, "over 95%"),
        (0.9499, "about 95%"),
        (0.62, "about 60%"),
        (0.63, "about 65%"),
        (0.05, "about 5%"),
        (0.0499, "under 5%"),
        (0, "under 5%"),
    ],
)
def test_probabilities_go_to_the_nearest_five_per_cent(share: float, words: str) -> None:
    assert chance(share) == words


def test_the_sentence_groups_wards_by_how_surely_they_are_among_the_five(families: Gap) -> None:
    found = by_chance([0.99, 0.96, 0.8, 0.52, 0.4, 0.06, 0.01], hidden=3)
    assert worst_five_view.sentence(found, families) == (
        "Among the 7 wards whose figures are shown, Ward 0 and Ward 1 are clearly among the five most under-provided "
        "(over 95% of 10,000 redraws); Ward 2 (about 80%) and Ward 3 (about 50%) probably are; 2 others possibly are."
    )


def test_the_sentence_says_when_no_ward_is_clearly_among_the_five(families: Gap) -> None:
    assert worst_five_view.sentence(by_chance([0.9, 0.3]), families) == (
        "Of all 2 wards, no ward is clearly among the five most under-provided; Ward 0 (about 90%) probably is; 1 "
        "other possibly is."
    )


def test_by_catchment_nothing_is_called_probable(surgeries: Gap) -> None:
    said = worst_five_view.sentence(by_catchment([1, 1, 0.75, 0]), surgeries)
    assert said == (
        "However the catchment is drawn, Ward 0 and Ward 1 are among the five wards with the fewest GP surgeries "
        "within reach for their need; 1 other is among them in some catchments only."
    )
    assert "probab" not in said


def test_by_catchment_when_none_is_always_among_them_and_many_have_none(surgeries: Gap) -> None:
    assert worst_five_view.sentence(by_catchment([0.5, 0.5, 0], empty=12), surgeries) == (
        "Which are the five wards with the fewest GP surgeries within reach for their need depends on the catchment: "
        "2 wards are among them in some catchments only. In one catchment 12 wards have none within reach and share "
        "the lowest place."
    )


def test_bars_show_the_likely_with_their_doubt_and_count_the_rest() -> None:
    markup = worst_five_view.bars(by_chance([0.99, 0.5, 0.02], hidden=1), False, lambda code: f"ward?ward={code}&a=b")
    words = plain(markup)
    assert "The other ward: a probability under 5%." in words
    assert "Left out, and perhaps among the five: 1 ward without figures that may be shown." in words
    assert "Ward 0 Clearly over 95% 1 to 3" in words
    assert "Ward 1 Probably about 50% 2 to 3" in words
    assert "Ward 2" not in words
    assert 'href="ward?ward=W0&amp;a=b"' in markup
    assert "95% rank interval, of 3" in words


def test_bars_by_catchment_count_catchments_and_mark_the_edge() -> None:
    words = plain(worst_five_view.bars(by_catchment([1, 0.25, 0]), True, lambda code: code))
    assert "Ward 0 touches the council's edge In all 4 of 4 1 to 3" in words
    assert "Ward 1 In some 1 of 4 2 to 3" in words
    assert "The other ward: among the five in no catchment." in words


def test_names_are_escaped() -> None:
    found = by_chance([0.99])
    bad = replace(found, table=found.table.assign(area_name="<script>alert(1)</script>"))
    assert "<script>" not in worst_five_view.bars(bad, False, lambda code: code)


def test_the_download_holds_every_ward_rounded_as_shown_and_says_why_one_is_blank(
    shipped: Library, families: Gap
) -> None:
    found = worst_five(shipped, families)
    table = worst_five_view.download(found, families)
    assert len(table) == 33
    assert set(table["Probability"].dropna()) <= {"over 95%", "under 5%", *(f"about {n}%" for n in range(5, 100, 5))}
    blank = table[table["Probability"].isna()]
    assert len(blank) == found.hidden
    assert blank["why blank"].str.contains("not shown, so that no family can be recognised").all()
    assert table["why blank"][table["Probability"].notna()].eq("").all()
    assert set(table["basis"]) == {"illustrative"}


def test_the_download_says_what_the_bars_say(shipped: Library, surgeries: Gap) -> None:
    found = worst_five(shipped, surgeries)
    words = plain(worst_five_view.bars(found, False, lambda code: code))
    first = worst_five_view.download(found, surgeries).iloc[0]
    assert f"{first['area_name']} " in words
    assert f"{first['Among the five']} {first['Catchments']} {first.filter(like='from').iloc[0]}" in words


@pytest.mark.parametrize("word", list(Membership))
def test_every_membership_has_its_word(word: Membership) -> None:
    share = {"clearly in": 0.99, "probably": 0.7, "possibly": 0.1, "no": 0.0}[word]
    found = by_chance([share])
    assert worst_five_view.how_surely(found, found.table.iloc[0].to_dict()).lower() in word


def test_the_method_says_that_five_come_last_even_when_none_is_short(surgeries: Gap, families: Gap) -> None:
    assert "five wards come last even where none is under-provided" in worst_five_view.method(by_chance([1]), families)
    assert "GP surgeries" in worst_five_view.method(by_catchment([1]), surgeries)
    assert "no probability" in worst_five_view.method(by_catchment([1]), surgeries)
