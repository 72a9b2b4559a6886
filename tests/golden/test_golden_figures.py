"""Our answers against those of other software, at the tolerances they were given with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import ArrayLike

from analysis.deprivation import by_ward
from analysis.sources.library import Library
from analysis.statistics.access import e2sfca, stepped
from analysis.statistics.bands import fifths
from analysis.statistics.expectation import expected_counts, observed_to_expected, side_of_one, too_few
from analysis.statistics.intervals import rate, wilson

HERE = Path(__file__).parent
TOLERANCES = pd.read_csv(HERE / "tolerances.csv").set_index("file")
SLOW_DECAY = stepped((10, 20, 30), (1, 0.68, 0.22))
TWENTY_MINUTES = stepped((20,), (1,))


def golden(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / f"{name}.csv")


def close(name: str, got: ArrayLike, want: ArrayLike) -> None:
    rtol, atol = TOLERANCES.loc[name, ["rtol", "atol"]]
    np.testing.assert_allclose(np.asarray(got, float), np.asarray(want, float), rtol=rtol, atol=atol)


@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_wilson_limits(confidence: float, suffix: str) -> None:
    rows = golden("proportion_wilson")
    lower, upper = wilson(rows["x"], rows["n"], confidence)
    close("proportion_wilson", rows["x"] / rows["n"], rows["value"])
    close("proportion_wilson", lower, rows[f"lower{suffix}"])
    close("proportion_wilson", upper, rows[f"upper{suffix}"])


@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_rates_are_exact_below_ten_and_byar_from_ten(confidence: float, suffix: str) -> None:
    rows = golden("rate_byar_exact")
    assert set(rows.loc[rows["x"] < 10, "method"]) == {"Exact"}
    assert set(rows.loc[rows["x"] >= 10, "method"]) == {"Byars"}
    for row in rows.itertuples():
        value, lower, upper = rate(row.x, row.n, row.mult, confidence)
        wanted = [row.value, getattr(row, f"lower{suffix}"), getattr(row, f"upper{suffix}")]
        close("rate_byar_exact", [value, lower, upper], wanted)


def test_observed_over_expected_and_gap() -> None:
    rows = golden("gap_oe")
    expected = expected_counts(rows["need"], rows["observed"].sum())
    got = observed_to_expected(rows["observed"], expected)
    close("gap_oe", expected, rows["expected"])
    names = {
        "oe": "oe",
        "oe_lower": "oe_lo95",
        "oe_upper": "oe_hi95",
        "oe_lower_998": "oe_lo998",
        "oe_upper_998": "oe_hi998",
        "gap": "gap",
        "gap_lower": "gap_lo95",
        "gap_upper": "gap_hi95",
    }
    for ours, theirs in names.items():
        close("gap_oe", got[ours], rows[theirs])


def test_classes_of_the_gap() -> None:
    rows = golden("gap_oe")
    expected = expected_counts(rows["need"], rows["observed"].sum())
    got = observed_to_expected(rows["observed"], expected)
    words = {-1: "under-provided", 0: "consistent with need share", 1: "over-provided"}
    side = side_of_one(got["oe_lower"], got["oe_upper"])
    assert [words[int(place)] for place in side] == list(rows["class95"])
    assert not too_few(expected).any()


@pytest.mark.parametrize("group", ["hand", "no_access_ward", "rand1"])
@pytest.mark.parametrize(("decay", "column"), [(SLOW_DECAY, "e2sfca_step"), (TWENTY_MINUTES, "twosfca_20")])
def test_places_within_reach(group: str, decay: object, column: str) -> None:
    def part(name: str) -> pd.DataFrame:
        rows = golden(name)
        return rows[rows["set"] == group]

    demand, supply, wanted = part("access_demand"), part("access_supply"), part("access_expected")
    cost = part("access_cost").pivot(index="area", columns="provider", values="minutes")
    minutes = cost.reindex(index=demand["area"], columns=supply["provider"]).to_numpy()
    got = pd.Series(e2sfca(demand["demand"], supply["capacity"], minutes, decay), index=demand["area"])
    close("access_expected", got[wanted["area"]], wanted[column])


@pytest.mark.parametrize("group", ["n5", "seed_idaci37"])
@pytest.mark.parametrize("bands", [5, 10])
@pytest.mark.parametrize("invert", [False, True])
def test_equal_count_bands(group: str, bands: int, invert: bool) -> None:
    rows = golden("quantile_phe_and_ntile")
    rows = rows[(rows["set"] == group) & (rows["nquantiles"] == bands) & (rows["invert"] == invert)]
    assert len(rows) in (5, 37)
    close("quantile_phe_and_ntile", fifths(-rows["v"] if invert else rows["v"], bands), rows["quantile"])


def test_bands_are_not_those_of_sql_which_splits_ties() -> None:
    rows = golden("quantile_phe_and_ntile")
    rows = rows[(rows["set"] == "seed_idaci37") & (rows["nquantiles"] == 5) & ~rows["invert"]]
    assert not np.array_equal(fifths(rows["v"]), rows["ntile_asc"])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("score", "average_score"),
        ("lowest", "min_score"),
        ("highest", "max_score"),
        ("neighbourhoods", "n_lsoa"),
    ],
)
def test_ward_summaries_of_the_2019_index_of_multiple_deprivation(shipped: Library, ours: str, theirs: str) -> None:
    want = golden("iod2019_bnes_ward17_expected").set_index("ward17_code").sort_index()
    got = by_ward(shipped, 2019, "imd", "ward11_code").set_index("area_code").sort_index()
    assert list(got.index) == list(want.index)
    close("iod2019_bnes_ward17_expected", got[ours], want[theirs])


def test_printed_child_poverty_limits_are_wilson_of_a_count_over_its_percentage(shipped: Library) -> None:
    facts = golden("seed_idaci_wilson")
    printed = shipped.table("IDACI2015_PRINTED").set_index("area_code")
    wards = facts.merge(printed.assign(area=printed.index.map(shipped.names)), on="area", suffixes=("", "_ours"))
    assert len(wards) == 39
    assert list(wards["count_ours"]) == list(wards["count"])
    np.testing.assert_array_equal(
        wards[["percent", "percent_lower", "percent_upper"]], wards[["value", "lo_pub", "hi_pub"]]
    )
    lower, upper = wilson(wards["count"], wards["n_from_count_over_value"])
    np.testing.assert_allclose(100 * lower, wards["wilson_lo"], rtol=1e-9)
    np.testing.assert_allclose(100 * upper, wards["wilson_hi"], rtol=1e-9)
    furthest = max(abs(100 * lower - wards["lo_pub"]).max(), abs(100 * upper - wards["hi_pub"]).max())
    assert furthest == pytest.approx(0.102, abs=0.001)
