"""Parents living with domestic abuse, mental ill-health and substance misuse: what is published, bounded and modelled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.deprivation import neighbourhoods, ward_of, weights
from analysis.need import NEEDS, need_table
from analysis.sources.library import Library
from analysis.statistics.estimates import count_range_of_rounded_share, rounded_shares, water_fill
from analysis.statistics.intervals import Floats, wilson

DRAWS = 4_000
SEED = 22
HALF_POINT = 0.005

GROUPS = {
    "one_or_more": "One or more of the three needs",
    "three": "All three needs",
}

FACTORS = {
    "domestic_abuse_parent": "Domestic abuse of a parent",
    "mental_health_parent": "Mental ill-health of a parent",
    "alcohol_parent": "Alcohol misuse by a parent",
    "drugs_parent": "Drug misuse by a parent",
}

COVARIATES = {
    "children": "children in income-deprived families",
    "people": "people in income-deprived families",
    "everyone": "all children aged 0-15",
}
DEFAULT_COVARIATE = "children"


def ward_estimates(library: Library, group: str, covariate: str = DEFAULT_COVARIATE) -> pd.DataFrame:
    """Parents known to services by ward, 37 rows.

    Columns area_code, basis, share (fraction of the base, only where published), parents, lower, upper (95%),
    least, most (what rounding or the last listed ward allows). Listed wards are published, with Wilson limits;
    the rest are modelled: the remaining parents spread by the covariate, none above the smallest published
    share, with simulated limits over rounding, choice of covariate and chance. Totals are kept exactly.
    A share of people already in services mixes need with provision, so none of this is rated or ranked.
    """
    base, listed = published(library, group)
    spread = covariates(library)
    others = spread.drop(index=listed.index)
    cap = (listed["share"].min() + HALF_POINT) * base
    rest = base - listed["parents"].sum()
    modelled = pd.Series(water_fill(rest, others[covariate], cap), index=others.index)
    lower, upper = np.percentile(_simulated(listed["share"].to_numpy(), base, others), [2.5, 97.5], axis=0)
    rows = pd.DataFrame(
        {"basis": "modelled", "parents": modelled, "lower": lower, "upper": upper, "least": 0.0, "most": np.floor(cap)},
        index=others.index,
    )
    return pd.concat([listed, rows]).rename_axis("area_code").sort_index().reset_index()


def published(library: Library, group: str) -> tuple[int, pd.DataFrame]:
    """The base of a published list and its wards: share, parents, Wilson limits, and the counts rounding allows."""
    rows = library.table("TOXIC_TRIO_LISTS")
    rows = rows[rows["needs_group"] == group].set_index("ward11_code")
    base, share = int(rows["base"].iloc[0]), rows["share_percent"].to_numpy(float) / 100
    parents = np.round(share * base)
    lower, upper = wilson(parents, base)
    least, most = count_range_of_rounded_share(share, base)
    return base, pd.DataFrame(
        {
            "basis": "published",
            "share": share,
            "parents": parents,
            "lower": lower * base,
            "upper": upper * base,
            "least": least,
            "most": most,
        },
        index=rows.index,
    )


def location_quotients(library: Library, group: str) -> pd.DataFrame:
    """Published shares over the ward's share of children, and of children in income-deprived families.

    Columns area_code, share, of_children, of_income_deprived; 1 means the same share, above 1 more of the
    parents known to services than the ward's children would suggest. Listed wards only.
    """
    _, listed = published(library, group)
    shares = covariates(library)
    shares = shares / shares.sum()
    return pd.DataFrame(
        {
            "share": listed["share"],
            "of_children": listed["share"] / shares["everyone"],
            "of_income_deprived": listed["share"] / shares["children"],
        }
    ).rename_axis("area_code").loc[listed.index].reset_index(names="area_code")


def covariates(library: Library) -> pd.DataFrame:
    """What unlisted parents may be spread by, one row a ward, one column a covariate (counts)."""
    printed = need_table(library, NEEDS["idaci2015"]).set_index("area_code")
    income = neighbourhoods(library, 2015, "income").set_index("area_code")["score"]
    people = (income * weights(library, 2015, "income")).groupby(ward_of(library, 2015, "ward11_code")).sum()
    return pd.DataFrame({"children": printed["need"], "people": people, "everyone": printed["denominator"]})


def council_figures(library: Library) -> pd.DataFrame:
    """The council-level figures of the 2020 assessment, one row a figure, with where each was read."""
    return library.table("TOXIC_TRIO_COUNCIL")


def factor_series(library: Library, factor: str) -> pd.DataFrame:
    """One factor at the end of assessment by area and year: count, assessments, percent, its limits, status.

    Percent is the share of assessments in which the factor was recorded; more is worse. Blank where the
    source gives none, with the status saying why.
    """
    rows = library.table("ASSESSMENT_FACTORS")
    rows = rows[rows["factor"] == factor].reset_index(drop=True)
    known = rows["status"].eq("ok") & rows["assessments"].notna()
    count, base = rows.loc[known, "count"].astype(float), rows.loc[known, "assessments"].astype(float)
    lower, upper = wilson(count, base)
    rows.loc[known, "percent"] = 100 * count / base
    rows.loc[known, "percent_lower"] = 100 * lower
    rows.loc[known, "percent_upper"] = 100 * upper
    return rows.sort_values(["area_code", "year_ending"], ignore_index=True)


def _simulated(shares: Floats, base: int, others: pd.DataFrame) -> Floats:
    """Parents in each unlisted ward, shaped (draws, wards)."""
    generator = np.random.default_rng(SEED)
    redrawn = rounded_shares(shares, DRAWS, SEED)
    choices = generator.integers(len(COVARIATES), size=DRAWS)
    return np.vstack(
        [_one_draw(draw, base, others.iloc[:, choice], generator) for draw, choice in zip(redrawn, choices, strict=True)]
    )


def _one_draw(shares: Floats, base: int, weight: pd.Series, generator: np.random.Generator) -> Floats:
    rest, cap = base * (1 - shares.sum()), base * shares.min()
    chances = water_fill(rest, weight, cap) / rest
    drawn = generator.multinomial(round(rest), chances) + 1e-9
    return water_fill(rest, drawn, cap)
