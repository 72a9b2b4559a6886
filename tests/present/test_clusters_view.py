"""Clusters in words: one plain sentence, figures in the table only, and nothing local where the whole says nothing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.clusters import Clusters, clusters
from analysis.present import clusters_view as view
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def found(shipped: Library) -> Clusters:
    return clusters(shipped, 2025, "living_env", "ward19_code")


def altered(found: Clusters, **figures: float) -> Clusters:
    changed = replace(found.found, **figures)
    return replace(found, found=changed, local=found.local if changed.p < 0.05 else pd.DataFrame())


def test_three_sentences_for_three_findings(found: Clusters) -> None:
    assert view.sentence(found, 2025, "living_env") == (
        "Deprived neighbourhoods lie next to each other more than chance would have it (for living environment, 2025)."
    )
    apart = view.sentence(altered(found, value=-0.4), 2025, "living_env")
    assert "Deprived and better-off neighbourhoods lie next to each other" in apart
    nothing = view.sentence(altered(found, p=0.2), 2025, "living_env")
    assert nothing.startswith("There is no evidence that deprived neighbourhoods lie next to each other more than")


def test_no_sentence_holds_a_figure_of_the_test(found: Clusters) -> None:
    for result in (found, altered(found, p=0.2)):
        told = view.sentence(result, 2025, "living_env") + view.local_sentence(result)
        assert "0." not in told
        assert "Moran" not in told


def test_local_clusters_are_held_back_with_the_reason(found: Clusters) -> None:
    assert view.local_sentence(altered(found, p=0.05)).startswith("Local clusters are not shown: when the test of the")


def test_those_that_stand_out_are_named_by_kind(found: Clusters) -> None:
    told = view.local_sentence(found)
    assert told.startswith(f"{found.stand_out} of 118 neighbourhoods stand out. Deprived, among deprived neighbours: ")
    assert "Better off, among better-off neighbours: " in told


def test_the_figures_stand_in_the_table(found: Clusters) -> None:
    table = view.global_table(found).set_index("Figure")["Value"]
    assert table["Moran's I"] == "0.354"
    assert table["Expected by chance"] == "−0.009"
    assert table["p, two-sided, worked out"] == "under 0.0001"
    assert table["p, two-sided, from 9,999 shuffles (seed 2025)"] == "0.0002"
    assert table["Neighbourhoods"] == "118, by their scores"


def test_map_tooltips_and_table_say_the_same(found: Clusters) -> None:
    banded, tips = view.banded(found.local), view.tooltips(found.local)
    table = view.local_table(found.local).set_index("Code")
    counts = banded.counts()
    assert sum(counts.values()) == 118
    assert counts[view.BY_CHANCE] == 118 - found.stand_out
    for code, item in banded.members.items():
        assert tips[code][-1] == item.label == table.loc[code, "It, and those around it"]


def test_kinds_differ_by_symbol_as_well_as_by_colour() -> None:
    assert len({item.symbol for item in (*view.KINDS.values(), view.BY_CHANCE)}) == 5
