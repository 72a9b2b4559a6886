"""Need by ward: how many children there are who would benefit, and how sure we are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from analysis.deprivation import fitted_ward, idaci_by_ward, idaci_draws
from analysis.editions import COUNCIL, EDITIONS, ENGLAND
from analysis.refusal import Refusal
from analysis.sources.contracts import BASES, STATUS_WORDS
from analysis.sources.library import Library
from analysis.statistics.aggregate import rebase, share_matrix
from analysis.statistics.intervals import Floats, wilson

DRAWS = 10_000
SEED = 2020


@dataclass(frozen=True)
class NeedLens:
    """One way to count need. `unit` is what is counted; `records_of` names a provision it was taken from.

    `dated` tells the period from the tables where the newest year of a series is counted.
    """

    id: str
    edition: str
    title: str
    short: str
    unit: str
    period: str
    basis: str
    method: str
    sources: tuple[str, ...]
    table: Callable[[Library], pd.DataFrame] | None
    draws: Callable[[Library], Floats] | None = None
    records_of: str | None = None
    dated: Callable[[Library], str] | None = None


def as_held(library: Library, lens: NeedLens) -> NeedLens:
    """The lens with the period of the tables held, and no surer a basis than theirs."""
    held = [library.entry(contract).basis for contract in lens.sources if library.holds(contract)]
    basis = max(lens.basis, *held, key=BASES.index)
    period = lens.dated(library) if lens.dated and library.holds(*lens.sources) else lens.period
    return replace(lens, basis=basis, period=period)


def need_table(library: Library, lens: NeedLens) -> pd.DataFrame:
    """Need of every ward of the lens's edition, sorted by ward code.

    Columns area_code, need, need_lower, need_upper (counts of `lens.unit`, not rounded; more is worse),
    denominator (people the count is out of), percent with its limits, need_share (summing to 1 over the wards
    whose need is known) and reason, which says why a need is missing and is blank otherwise.
    """
    if lens.table is None:
        raise ValueError(f"{lens.title} is shown on its own page and is never the need side of a gap.")
    table = lens.table(library).sort_values("area_code", ignore_index=True)
    expected = library.codes(EDITIONS[lens.edition].ward_type)
    if list(table["area_code"]) != expected:
        raise Refusal(f"{lens.id} does not cover the wards of the {lens.edition} edition one by one.")
    if "reason" not in table:
        table["reason"] = ""
    return table.assign(
        need_share=table["need"] / table["need"].sum(),
        percent=100 * table["need"] / table["denominator"],
        percent_lower=100 * table["need_lower"] / table["denominator"],
        percent_upper=100 * table["need_upper"] / table["denominator"],
    )


def _printed_idaci(library: Library) -> pd.DataFrame:
    printed = library.table("IDACI2015_PRINTED")
    wards = printed[~printed["area_code"].isin([COUNCIL, ENGLAND])].set_index("area_code")
    children = idaci_by_ward(library, 2015, "ward11_code").set_index("area_code")["denominator"].reindex(wards.index)
    return pd.DataFrame(
        {
            "need": wards["count"].astype(float),
            "denominator": children,
            "need_lower": wards["percent_lower"] / 100 * children,
            "need_upper": wards["percent_upper"] / 100 * children,
        }
    ).reset_index(names="area_code")


def _newest_low_income(library: Library, housing_costs: str) -> pd.DataFrame:
    rows = library.table("CHILD_POVERTY_WARD")
    rows = rows[(rows["measure"] == "relative") & (rows["housing_costs"] == housing_costs)]
    return rows[rows["year_ending"] == rows["year_ending"].max()]


def _low_income_year(library: Library, housing_costs: str) -> str:
    year = int(_newest_low_income(library, housing_costs)["year_ending"].iloc[0])
    return f"April {year - 1} to March {year} (provisional)"


def _low_income(library: Library, housing_costs: str) -> pd.DataFrame:
    rows = _newest_low_income(library, housing_costs)
    children = rows["count"].astype(float) / (rows["percent"] / 100)
    lower, upper = wilson(rows["count"], children)
    return pd.DataFrame(
        {
            "area_code": rows["ward19_code"],
            "need": rows["count"].astype(float),
            "denominator": children,
            "need_lower": lower * children,
            "need_upper": upper * children,
            "reason": rows["status"].map(STATUS_WORDS),
        }
    )


def _children(library: Library, mid_year: int, ward_column: str) -> pd.DataFrame:
    rows = library.table("POPULATION_LSOA11")
    rows = rows[(rows["mid_year"] == mid_year) & (rows["age_band"] == "0-15")]
    if rows.empty:
        raise Refusal(f"No residents of mid-{mid_year} are held for {library.council.name}.")
    whole = fitted_ward(library, "lsoa11_code", ward_column).reset_index().assign(share=1.0)
    fit = share_matrix(whole, "lsoa11_code", ward_column, "share")
    children = rebase(rows.set_index("lsoa11_code")["population"].astype(float), fit)
    return pd.DataFrame(
        {
            "area_code": children.index,
            "need": children.to_numpy(),
            "denominator": children.to_numpy(),
            "need_lower": np.nan,
            "need_upper": np.nan,
        }
    )


_IDACI_METHOD = "Children aged 0-15 in families out of work or on low earnings, from the Indices of Deprivation"
_LOW_INCOME_METHOD = (
    "Children aged 0-15 in families with under 60% of median income who also claimed Child Benefit and another benefit"
)

NEEDS = {
    lens.id: lens
    for lens in (
        NeedLens(
            "idaci2015",
            "2020",
            "Children in income-deprived families (IDACI 2015, as printed)",
            "children in income-deprived families",
            "children",
            "2012/13 benefits data, published 2015",
            "published",
            f"{_IDACI_METHOD} 2015; the counts and limits the 2020 assessment prints.",
            ("IDACI2015_PRINTED", "IOD_POPULATION"),
            _printed_idaci,
        ),
        NeedLens(
            "idaci2015_rebuilt",
            "2020",
            "Children in income-deprived families (IDACI 2015, rebuilt from neighbourhoods)",
            "children in income-deprived families",
            "children",
            "2012/13 benefits data, published 2015",
            "modelled",
            f"{_IDACI_METHOD} 2015; published neighbourhood rates times children, summed to wards; Wilson limits.",
            ("IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11"),
            partial(idaci_by_ward, year=2015, ward_column="ward11_code"),
        ),
        NeedLens(
            "children2019",
            "2020",
            "All children aged 0-15 (for a service open to everybody)",
            "children aged 0-15",
            "children",
            "mid-2019",
            "modelled",
            "Mid-year estimates of neighbourhoods summed to wards; no limits are published.",
            ("POPULATION_LSOA11", "LOOKUP_LSOA11"),
            partial(_children, mid_year=2019, ward_column="ward11_code"),
        ),
        NeedLens(
            "toxic_trio2017",
            "2020",
            "Parents known to services with toxic-trio needs (our ward estimate)",
            "parents known to services",
            "parents",
            "2016/17",
            "modelled",
            "Published for four wards, spread over the rest.",
            ("TOXIC_TRIO_LISTS",),
            None,
            records_of="contact2017",
        ),
        NeedLens(
            "low_income_bhc2025",
            "2026",
            "Children in low-income families, before housing costs",
            "children in low-income families",
            "children",
            "the newest year held",
            "published",
            f"{_LOW_INCOME_METHOD}; before housing costs. Wilson limits are ours, from the published count and "
            "per cent.",
            ("CHILD_POVERTY_WARD",),
            partial(_low_income, housing_costs="BHC"),
            dated=partial(_low_income_year, housing_costs="BHC"),
        ),
        NeedLens(
            "low_income_ahc2025",
            "2026",
            "Children in low-income families, after housing costs",
            "children in low-income families",
            "children",
            "the newest year held",
            "published",
            f"{_LOW_INCOME_METHOD}; after housing costs. Wilson limits are ours, from the published count and "
            "per cent.",
            ("CHILD_POVERTY_WARD",),
            partial(_low_income, housing_costs="AHC"),
            dated=partial(_low_income_year, housing_costs="AHC"),
        ),
        NeedLens(
            "idaci2019",
            "2026",
            "Children in income-deprived families (IDACI 2019, our estimate)",
            "children in income-deprived families",
            "children",
            "2015/16 benefits data, published 2019",
            "modelled",
            f"{_IDACI_METHOD} 2019; unpublished scores estimated from published ranks, and neighbourhoods "
            "best-fitted to "
            "today's wards. The limits of the gap cover both.",
            ("IOD2019", "IOD_POPULATION", "LOOKUP_LSOA11", "LOOKUP_LSOA11_WARD19_SHARES"),
            partial(idaci_by_ward, year=2019, ward_column="ward19_code"),
            draws=partial(idaci_draws, year=2019, ward_column="ward19_code", draws=DRAWS, seed=SEED),
        ),
        NeedLens(
            "children2020",
            "2026",
            "All children aged 0-15 (for a service open to everybody)",
            "children aged 0-15",
            "children",
            "mid-2020",
            "modelled",
            "Mid-year estimates of neighbourhoods best-fitted to today's wards; no limits are published.",
            ("POPULATION_LSOA11", "LOOKUP_LSOA11"),
            partial(_children, mid_year=2020, ward_column="ward19_code"),
        ),
    )
}


def shares_of(draws: Floats) -> Floats:
    """Draws of need as draws of shares: each row sums to 1."""
    return draws / draws.sum(axis=1, keepdims=True)


def known_shares(need: pd.Series) -> Floats:
    """Need that is not in doubt as one row of shares."""
    return np.asarray(need, float)[None, :] / float(need.sum())
