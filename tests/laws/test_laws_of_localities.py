"""Laws of localities, on wards, counts and groups made at random."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.grouping import added
from analysis.localities import Locality, from_text, to_text, with_locality
from analysis.locality_file import from_csv, to_csv
from analysis.need import NEEDS
from analysis.provision import PROVISIONS, Provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.sources.tables.localities import LONGEST_NAME
from analysis.statistics.attack import feasible_ranges
from analysis.statistics.count_tables import nested, one_way
from analysis.statistics.expectation import expected_counts, observed_to_expected
from analysis.statistics.suppression import suppress

NAMES = st.text(
    st.characters(categories=("L", "Nd")) | st.sampled_from(" &'-,"), min_size=1, max_size=LONGEST_NAME
).map(lambda name: " ".join(name.split()))
COUNTS = st.lists(st.integers(0, 60), min_size=3, max_size=12)


def parted(draw: st.DataObject, size: int) -> list[list[int]]:
    """Places from 0 to size - 1, each in one of a few parts."""
    part = draw.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    return [places for number in range(4) if (places := [at for at, one in enumerate(part) if one == number])]


def sides(needs: list[int], counts: list[int], hidden: np.ndarray) -> tuple[pd.DataFrame, Provision]:
    codes = [f"W{number:02}" for number in range(len(needs))]
    need = pd.DataFrame({"area_code": codes, "need": needs, "denominator": 1000.0, "reason": ""}).assign(
        need_lower=np.nan, need_upper=np.nan
    )
    table = pd.DataFrame({"area_code": codes, "observed": np.array(counts, float), "hidden": hidden})
    return need, Provision(PROVISIONS["caseload_families"], table)


def localities(parts: list[list[int]]) -> tuple[Locality, ...]:
    return tuple(
        Locality(f"L{number}", "2026", tuple(f"W{at:02}" for at in places)) for number, places in enumerate(parts)
    )


@given(st.data())
def test_text_and_file_give_back_every_set_that_may_be_made(shipped: Library, data: st.DataObject) -> None:
    made: tuple[Locality, ...] = ()
    for edition, kind in (("2020", "ward11"), ("2026", "ward19")):
        codes = shipped.codes(kind)
        for places in parted(data, len(codes)):
            try:
                made = with_locality(shipped, made, edition, data.draw(NAMES), [codes[at] for at in places[:9]])
            except Refusal:
                continue
    assert from_text(shipped, to_text(made)) == made
    read = from_csv(shipped, to_csv(made), "random.csv")
    assert set(read) == set(made)
    assert from_csv(shipped, to_csv(read), "random.csv") == read


@given(COUNTS, st.data())
def test_counts_add_and_totals_are_kept(counts: list[int], data: st.DataObject) -> None:
    needs, given_ = sides(counts, counts[::-1], np.zeros(len(counts), bool))
    parts = parted(data, len(counts))
    _, need, provided = added(localities(parts), NEEDS["low_income_bhc2025"], needs, given_)
    by_code = need.set_index("area_code")["need"], provided.table.set_index("area_code")["observed"]
    for one, places in zip(localities(parts), parts, strict=True):
        assert by_code[0][one.code] == sum(counts[at] for at in places)
        assert by_code[1][one.code] == sum(counts[::-1][at] for at in places)
    assert need["need"].sum() == provided.table["observed"].sum() == sum(counts)


@given(COUNTS, st.integers(1, 5), st.data())
def test_wards_of_one_ratio_make_a_locality_of_that_ratio_and_gaps_sum_to_nothing(
    counts: list[int], times: int, data: st.DataObject
) -> None:
    parts = parted(data, len(counts))
    assume(len(parts) > 1 and all(sum(counts[at] + 1 for at in places) for places in parts))
    need = np.array(counts, float) + 1
    observed = need.copy()
    observed[parts[0]] *= times
    needs, given_ = sides(list(need), list(observed), np.zeros(len(counts), bool))
    _, grouped, provided = added(localities(parts), NEEDS["low_income_bhc2025"], needs, given_)
    total = float(observed.sum())
    apart = observed_to_expected(observed, expected_counts(need, total))
    together = observed_to_expected(provided.table["observed"], expected_counts(grouped["need"], total))
    place = list(grouped["area_code"]).index(localities(parts)[0].code)
    assert together["oe"][place] == pytest.approx(apart["oe"][parts[0][0]])
    assert together["gap"].sum() == pytest.approx(0, abs=1e-6)


@settings(max_examples=60)
@given(COUNTS, st.data())
def test_no_way_of_making_localities_tells_more_of_a_hidden_count(counts: list[int], data: st.DataObject) -> None:
    """However often the reader regroups: all shown sums together leave every hidden count as wide as before."""
    table = one_way(counts)
    found = suppress(table)
    assume(found.safe and found.hidden.any() and not found.withheld.any())
    needs, given_ = sides([1] * len(counts), counts, found.hidden)
    shown: dict[str, np.ndarray] = {}
    for again in range(3):
        parts = parted(data, len(counts))
        _, _, provided = added(localities(parts), NEEDS["low_income_bhc2025"], needs, given_)
        hidden = provided.table.set_index("area_code")["hidden"]
        for one, places in zip(localities(parts), parts, strict=True):
            assert hidden[one.code] == found.hidden[places].any()
            if not hidden[one.code]:
                shown[f"{again} {one.name}"] = np.isin(np.arange(len(counts)), places)
    before, after = (feasible_ranges(one, found.hidden, 1) for one in (table, nested(table, shown)))
    assert list(after.least) == list(before.least)
    assert list(after.greatest) == list(before.greatest)
