"""A new table whose figures contradict their parts is warned of; what was so before, or is explained, is not."""

from __future__ import annotations

import pandas as pd

from analysis.reconciliation import rates
from analysis.sources.library import Library
from analysis.store.contradictions import contradictions

TABLE = "ASSESSMENT_OBSERVATIONS"


class Renewed(Library):
    """The shipped files with one table in place of another."""

    def __init__(self, held: Library, contract: str, frame: pd.DataFrame) -> None:
        self.root, self.entries = held.root, held.entries
        self._tables = {contract: frame}


def test_a_rate_that_its_count_and_base_do_not_give_is_named_with_both_readings_and_only_once(shipped: Library) -> None:
    rows = shipped.table(TABLE)
    ours = rows["indicator_id"].eq("na2020_reoffending_percent") & rows["area_code"].eq("E06000022")
    assert ours.any()
    after = Renewed(shipped, TABLE, rows.assign(value=rows["value"].mask(ours, 71.3)))
    ((contract, where, words),) = contradictions(shipped, after, (rates,))
    assert contract == TABLE
    assert where == "na2020_reoffending_percent E06000022 2017/18"
    assert "71.3 is given, and its parts make 41.3333" in words
    assert contradictions(after, after, (rates,)) == []


def test_a_library_without_the_checked_tables_contradicts_nothing(world: Library) -> None:
    assert contradictions(world, world) == []
