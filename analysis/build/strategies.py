"""Figures and lists of four councils' strategies, written by hand and proved here against the printed lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build import strategies_outcomes, strategies_safeguarding, strategies_spending
from analysis.build.lawful import require_lawful
from analysis.build.source_text import TranscriptionError, by_hand
from analysis.build.strategy_text import (
    BNES,
    HALTON,
    NORTH_SOMERSET,
    WILTSHIRE,
    Documents,
    documents,
    prove_no_figure_left,
    prove_no_line_left,
    prove_rows,
)
from analysis.sources.tables.observations import STRATEGIES_INDICATORS, STRATEGIES_OBSERVATIONS
from analysis.sources.tables.strategies import OTHER_STRATEGIES

_FIGURES = ("value", "lower", "upper", "numerator", "denominator")
_CHAPTER_3 = ((945, 947), (953, 959), (973, 973), (977, 977), (1066, 1085), (1091, 1106), (1118, 1149))
_PRINTED_FIGURES = {
    BNES: tuple(range(first, last + 1) for first, last in _CHAPTER_3),
    NORTH_SOMERSET: (range(160, 164), range(336, 365)),
    WILTSHIRE: (range(141, 150), range(153, 173), range(182, 183)),
    HALTON: (range(345, 350), range(406, 407)),
}
_PRINTED_ITEMS = (
    (NORTH_SOMERSET, range(160, 173), r"Children |Families |- "),
    (NORTH_SOMERSET, range(260, 323), r"\d\. |Lead: "),
    (NORTH_SOMERSET, range(374, 382), r"\d\. "),
    (NORTH_SOMERSET, range(393, 424), r"Stage \d"),
    (WILTSHIRE, range(30, 35), r"- "),
    (WILTSHIRE, range(221, 245), r"- "),
    (WILTSHIRE, range(300, 329), r"- "),
    (BNES, range(595, 610), r"We have (?!reduced)|We will|- "),
    (BNES, range(1250, 1282), r"- "),
)


def build(raw: Path, root: Path) -> None:
    """Prove every table of the strategies; raises TranscriptionError or ContractBroken on any difference."""
    texts = documents(raw)
    published = root / "data" / "published"
    strategies_outcomes.build(texts, published)
    strategies_spending.build(texts, published)
    strategies_safeguarding.build(texts, published)
    prove_figures_and_lists(texts, published)


def prove_figures_and_lists(texts: Documents, published: Path) -> None:
    """Observations are lawful and printed, lists whole, and no figure of the transcribed passages is left over."""
    observations = by_hand(published / "strategies_observations.csv", STRATEGIES_OBSERVATIONS)
    indicators = by_hand(published / "strategies_indicators.csv", STRATEGIES_INDICATORS)
    others = by_hand(published / "other_strategies.csv", OTHER_STRATEGIES)
    require_lawful(observations, indicators, "strategies_observations.csv")
    prove_rows(observations, "indicator_id", _FIGURES, texts)
    prove_rows(others, "entry_id", ("value",), texts)
    for document, span, item in _PRINTED_ITEMS:
        prove_no_line_left(others, document, span, item, texts)
    read = observations.merge(indicators, on="indicator_id")
    for document, spans in _PRINTED_FIGURES.items():
        prove_no_figure_left((read, others), document, spans, texts)
    safeguarding = strategies_safeguarding.safeguarding(texts)
    prove_annual_safeguarding(observations, safeguarding)


def prove_annual_safeguarding(observations: pd.DataFrame, safeguarding: pd.DataFrame) -> None:
    """The yearly safeguarding figures among the observations are those parsed from the table, and all of them."""
    parsed = safeguarding[safeguarding["series"].isin(strategies_safeguarding.AREAS) & safeguarding["status"].eq("ok")]
    areas = parsed["series"].map(strategies_safeguarding.AREAS)
    printed = set(
        zip("wiltshire2013_" + parsed["safeguarding_id"], areas, parsed["period"], parsed["value"], strict=True)
    )
    written = observations[observations["indicator_id"].isin("wiltshire2013_" + safeguarding["safeguarding_id"])]
    found = set(written[["indicator_id", "area_code", "period", "value"]].itertuples(index=False, name=None))
    if printed != found:
        raise TranscriptionError(f"yearly safeguarding figures differ from the table: {sorted(printed ^ found)}")
