"""Reconciliation in words: the answer, the tables, and figures with no more decimals than they need."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present import reconciliation_view
from analysis.present.reconciliation_view import EVERY_SOURCE, KINDS, amount
from analysis.reconciliation.verdicts import AGREES, COLUMNS, DISAGREES, ROUNDED, UNCHECKED

LEDGER = pd.DataFrame({"entry_id": ["x"], "topic": ["A figure"], "used": ["The table"], "why": ["It adds up."]})
NAMES = {"SURVEY": "Survey", "SERVICES": "Services"}


@pytest.fixture
def checks() -> pd.DataFrame:
    rows = [
        ("total", "one", "SURVEY", "a", "line 1", 10.0, 10.0, 0.0, 0.0, AGREES, "", ""),
        ("total", "two", "SURVEY", "b", "line 2", 10.0, 11.0, 1.0, 0.0, DISAGREES, "", "ledger:x"),
        ("total", "three", "SERVICES", "c", "line 3", 10.0, 9.75, -0.25, 0.0, DISAGREES, "", "rule:low_income"),
        ("limits", "four", "SURVEY", "d", "line 4", 1.0, 1.1, 0.1, 0.2, ROUNDED, "", "rule:tens"),
        ("limits", "five", "SURVEY", "e", "line 5", 1.0, None, None, 0.2, UNCHECKED, "no base", ""),
        ("share worked out by the atlas", "six", "SURVEY", "f", "line 6", 1.0, 1.0, 0.0, 0.0, AGREES, "", ""),
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, "explanation"])


def test_the_answer_counts_printed_figures_apart_from_the_atlas_s_own(checks: pd.DataFrame) -> None:
    sentence, more = reconciliation_view.headline(checks)
    assert sentence == (
        "Of 4 printed figures worked out again, 1 agree, 1 agree within rounding and 2 disagree: "
        "each is explained below."
    )
    assert "A further 1 shares" in more


def test_an_unexplained_disagreement_is_said_in_the_answer(checks: pd.DataFrame) -> None:
    checks.loc[1, "explanation"] = "unexplained"
    assert "1 of them cannot be explained" in reconciliation_view.headline(checks)[0]
    shown = reconciliation_view.disagreements(checks, LEDGER)
    assert shown["Explained by"].tolist()[0] == "Unexplained"


def test_disagreements_give_both_figures_the_place_and_the_reason(checks: pd.DataFrame) -> None:
    first, second = reconciliation_view.disagreements(checks, LEDGER).to_dict("records")
    assert (first["Printed"], first["Worked out again"], first["Difference"]) == ("10", "11", "+1")
    assert first["Explained by"] == "Contradiction: A figure"
    assert first["Why"] == "Used here: The table. It adds up."
    assert second["Difference"] == "-0.25"
    assert second["Explained by"] == "Rule: Low-income counts adjusted"


def test_sources_are_offered_with_how_many_disagree(checks: pd.DataFrame) -> None:
    offered = reconciliation_view.sources(checks, NAMES)
    assert offered == {EVERY_SOURCE: "Every source (2)", "SERVICES": "Services (1)", "SURVEY": "Survey (1)"}
    assert len(reconciliation_view.disagreements(checks, LEDGER, "SURVEY")) == 1


def test_kinds_are_counted_in_words(checks: pd.DataFrame) -> None:
    shown = reconciliation_view.kinds(checks).set_index("What was worked out again")
    assert shown.loc[KINDS["total"]].tolist() == ["3", "1", "0", "2", "0"]
    assert shown.loc[KINDS["limits"], "Cannot be checked"] == "1"
    assert reconciliation_view.unchecked(checks).to_dict("records") == [{"Reason": "No base", "Figures": "1"}]


def test_the_whole_list_carries_its_explanations_in_words(checks: pd.DataFrame) -> None:
    full = reconciliation_view.in_full(checks, LEDGER)
    assert len(full) == len(checks)
    assert full["explanation_in_words"][1] == "Used here: The table. It adds up."


@pytest.mark.parametrize(
    ("figure", "words"), [(3607, "3,607"), (74.2, "74.2"), (72.32932, "72.329"), (float("nan"), "not known"), (0, "0")]
)
def test_a_figure_has_no_more_decimals_than_it_needs(figure: float, words: str) -> None:
    assert amount(figure) == words
