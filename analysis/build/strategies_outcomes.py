"""What B&NES hopes to achieve, from its strategy of 2021-25: statements proved item by item."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pandas as pd

from analysis.build.source_text import TranscriptionError, by_hand
from analysis.build.strategy_text import BNES, Documents, prove_no_line_left, prove_rows
from analysis.sources.contracts import Contract
from analysis.sources.tables.outcomes import (
    COMMITMENTS,
    LEVELS,
    MATURITY,
    OUTCOMES_FRAMEWORK,
    PERFORMANCE_MEASURES,
    POPULATION_INDICATORS,
    PRIORITY_GROUPS,
    RECOMMENDATIONS_IN_STRATEGY,
)
from analysis.sources.tables.sections2020 import RECOMMENDATIONS

_BULLET = r"\s*- "
_MEASURE = (
    r"\s*- |Number of (?!families;|audits:)|Numbers |"
    r"% (?!of children, young people, parents)|Children and young peoples' needs"
)
_LISTS: tuple[tuple[str, Contract, range, str], ...] = (
    ("outcomes_framework.csv", OUTCOMES_FRAMEWORK, range(469, 592), '"'),
    ("performance_measures.csv", PERFORMANCE_MEASURES, range(623, 693), _MEASURE),
    ("population_indicators.csv", POPULATION_INDICATORS, range(700, 751), _BULLET),
    ("priority_groups.csv", PRIORITY_GROUPS, range(429, 450), _BULLET),
    ("commitments.csv", COMMITMENTS, range(378, 411), _BULLET),
)


def build(texts: Documents, published: Path) -> None:
    """Prove the lists of the strategy; raises TranscriptionError naming the first item that fails."""
    for file, contract, span, item in _LISTS:
        rows = by_hand(published / file, contract)
        prove_list(rows, contract.key[0], span, item, texts)
    prove_maturity(by_hand(published / "maturity.csv", MATURITY), texts)
    answers = by_hand(published / "recommendations_in_strategy.csv", RECOMMENDATIONS_IN_STRATEGY)
    prove_answers(answers, by_hand(published / "recommendations.csv", RECOMMENDATIONS), texts)


def prove_list(rows: pd.DataFrame, identifier: str, span: range, item: str, texts: Documents) -> None:
    """Every item printed in `span` is one row, and every row quotes words of its own item."""
    prove_rows(rows, identifier, (), texts)
    prove_no_line_left(rows, BNES, span, item, texts)
    twice = rows.loc[rows["locator"].duplicated(), "locator"]
    if len(twice):
        raise TranscriptionError(f"{twice.iloc[0]} is transcribed twice")


def prove_answers(answers: pd.DataFrame, recommendations: pd.DataFrame, texts: Documents) -> None:
    """What the strategy says on a recommendation is quoted from it, and the assessment made that recommendation."""
    prove_rows(answers, "recommendation_id", (), texts)
    strangers = set(answers["recommendation_id"]) - set(recommendations["recommendation_id"])
    if strangers:
        raise TranscriptionError(f"the assessment makes no recommendation {sorted(strangers)}")


def prove_maturity(maturity: pd.DataFrame, texts: Documents) -> None:
    """The four strands stand at each of the four levels once, in the order of the scale."""
    prove_rows(maturity, "strand_id", (), texts)
    expected = set(product(maturity["strand_id"].unique(), enumerate(LEVELS, start=1)))
    found = set(zip(maturity["strand_id"], zip(maturity["level"], maturity["level_name"], strict=True), strict=True))
    if expected != found or maturity["strand_id"].nunique() != len(LEVELS):
        raise TranscriptionError(f"the maturity scale lacks or adds cells: {sorted(expected ^ found)}")
