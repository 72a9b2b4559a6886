"""Deprivation by ward, by neighbourhood and over time: the hand-sized world, and the shipped figures."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.deprivation import (
    DOMAINS,
    YEARS,
    by_ward,
    council_score,
    decile_counts,
    home_ward,
    local_names,
    placed,
    pocket_wards,
    ward_of,
    why_not_by_ward,
)
from analysis.deprivation_change import REDEFINED_2025, counted, moves, unchanged, why_not
from analysis.idaci_check import council_totals, printed_and_rebuilt
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR

TWERTON_19, COMBE_DOWN_19 = "E05012488", "E05012466"


def test_a_ward_average_is_weighted_by_children(world: Library) -> None:
    wards = by_ward(world, 2015, "idaci", "ward11_code").set_index("area_code")
    assert wards.loc[[ASH, BIRCH, CEDAR], "score"].tolist() == pytest.approx([0.1, 0.2, (0.2 * 60 + 0.45 * 40) / 100])
    assert wards.loc[CEDAR, ["lowest", "highest"]].tolist() == pytest.approx([0.2, 0.45])
    assert wards["neighbourhoods"].tolist() == [1, 1, 2]


def test_published_scores_have_no_give_or_take_and_estimates_do(world: Library) -> None:
    assert by_ward(world, 2015, "idaci", "ward11_code")["give_or_take"].tolist() == [0, 0, 0]
    assert by_ward(world, 2019, "idaci", "ward11_code")["give_or_take"].tolist() == pytest.approx([0.01] * 3)


def test_a_pocket_shows_though_the_average_is_better_off(world: Library) -> None:
    wards = by_ward(world, 2015, "idaci", "ward11_code").set_index("area_code")
    assert wards.loc[CEDAR, ["worst_decile", "pockets"]].tolist() == [1, 1]
    assert wards.loc[CEDAR, ["mean_decile_from", "mean_decile_to"]].tolist() == [1, 4]
    assert wards.loc[ASH, ["mean_decile_from", "mean_decile_to"]].tolist() == [7, 7]
    assert pocket_wards(wards.reset_index())["area_code"].tolist() == [CEDAR]


def test_a_ward_mostly_in_the_worst_fifth_is_not_called_a_pocket() -> None:
    wards = pd.DataFrame({"area_code": ["most", "half", "none"], "pockets": [4, 2, 0], "neighbourhoods": [5, 4, 4]})
    assert pocket_wards(wards)["area_code"].tolist() == ["half"]


def test_2025_is_not_summed_to_the_wards_of_2011(shipped: Library) -> None:
    with pytest.raises(ValueError, match="after the wards of 2011 to 2019 had gone"):
        by_ward(shipped, 2025, "imd", "ward11_code")
    assert why_not_by_ward(2019, "ward11_code") is None
    assert why_not_by_ward(2025, "ward19_code") is None


def test_neighbourhoods_of_2021_still_find_their_old_ward(shipped: Library) -> None:
    found = home_ward(shipped, 2025, "ward11_code")
    assert len(found) == 118
    assert found.notna().all()
    old = ward_of(shipped, 2019, "ward11_code")
    assert found["E01035209"] == found["E01035210"] == old["E01014379"]


@pytest.mark.parametrize("year", YEARS)
def test_every_domain_counts_every_neighbourhood_once(shipped: Library, year: int) -> None:
    counts = decile_counts(shipped, year)
    assert list(counts.index) == list(DOMAINS)
    assert set(counts.sum(axis=1)) == {118 if year == 2025 else 115}


def test_tenths_of_2015_and_2019_as_the_ledger_counts_them(shipped: Library) -> None:
    least = {year: int(decile_counts(shipped, year).loc["imd", [9, 10]].sum()) for year in (2015, 2019)}
    assert least == {2015: 46, 2019: 51}


def test_imd_2025_in_the_most_deprived_fifth(shipped: Library) -> None:
    rows = placed(shipped, 2025, "imd", "ward19_code")
    assert rows.loc[rows["pocket"], "ward_name"].value_counts().to_dict() == {"Twerton": 4, "Combe Down": 1}
    wards = by_ward(shipped, 2025, "imd", "ward19_code").set_index("area_code")
    assert wards.loc[COMBE_DOWN_19, "score"] == pytest.approx(15.06, abs=0.005)
    assert wards.loc[COMBE_DOWN_19, "highest"] == pytest.approx(48.602)
    assert wards.loc[COMBE_DOWN_19, ["mean_decile_from", "mean_decile_to"]].tolist() == [6, 6]
    assert pocket_wards(wards.reset_index())["area_code"].tolist() == [COMBE_DOWN_19]


def test_what_has_no_score_stays_blank_with_the_reason(shipped: Library) -> None:
    wards = by_ward(shipped, 2025, "idaci", "ward19_code")
    assert wards["score"].isna().all()
    assert wards["blank_reason"].str.contains("rank and tenth are published").all()
    assert wards["worst_decile"].between(1, 10).all()
    assert (wards[["mean_decile_from", "mean_decile_to"]] == 0).all(axis=None)


def test_the_council_average_is_the_published_one_or_none(shipped: Library) -> None:
    assert council_score(shipped, 2019, "imd") == pytest.approx(11.745)
    assert council_score(shipped, 2015, "imd") is None


def test_neighbourhoods_without_a_local_name_are_told_apart(shipped: Library) -> None:
    names = local_names(shipped, "lsoa21_code")
    assert names["E01035210"] == "Neighbourhood 022G"
    assert names["E01014390"] == "Fox Hill North"


def test_moves_between_2015_and_2019(shipped: Library) -> None:
    moved = moves(shipped, 2015, 2019, "imd", "ward19_code")
    found = counted(moved)
    assert found["compared"] == 115
    assert found["worse"] + found["same"] + found["better"] == 115
    assert (moved["moved"] == moved["after"] - moved["before"]).all()


def test_counting_moves_by_hand() -> None:
    moved = pd.DataFrame(
        {"before": [3, 2, 5, 5], "after": [2, 3, 5, 8], "moved": [-1, 1, 0, 3], "slight": [True, False, True, False]}
    )
    assert counted(moved) == {"compared": 4, "worse": 1, "same": 1, "better": 2, "slight": 1, "into": 1, "out_of": 1}


def test_split_neighbourhoods_are_left_out_of_2019_to_2025(shipped: Library) -> None:
    assert len(moves(shipped, 2019, 2025, "imd", "ward19_code")) == 112
    assert not {"E01014379", "E01014402", "E01014475"} & unchanged(shipped, 2025)


@pytest.mark.parametrize("domain", REDEFINED_2025)
def test_2025_income_is_not_compared_with_earlier_years(shipped: Library, domain: str) -> None:
    with pytest.raises(ValueError, match="after housing costs"):
        moves(shipped, 2019, 2025, domain, "ward19_code")
    assert why_not(2015, 2019, domain) is None
    assert "do not follow" in str(why_not(2015, 2025, "crime"))


def test_idaci_2015_printed_and_rebuilt_agree_to_rounding(shipped: Library) -> None:
    both = printed_and_rebuilt(shipped)
    assert len(both) == 37
    assert both["percent_difference"].abs().is_monotonic_decreasing
    assert both["percent_difference"].abs().max() == pytest.approx(0.0472, abs=0.0001)
    assert both["count_difference"].abs().max() < 0.5
    for limit in ("percent_lower", "percent_upper"):
        assert (both[limit] - both[f"{limit}_rebuilt"]).abs().max() < 0.05
    assert council_totals(shipped)[:2] == (3607, 3606)
    assert council_totals(shipped)[2] == pytest.approx(3607.193)
