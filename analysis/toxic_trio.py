"""Parents with toxic-trio needs: what is published, bounded and modelled by ward, and recorded by council."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import need
from analysis.deprivation import neighbourhoods, ward_of, weights
from analysis.editions import COUNCIL, ENGLAND
from analysis.need import NEEDS, need_table
from analysis.services import in_printed_order
from analysis.sources.library import Library
from analysis.statistics.benchmark import Polarity, five_classes
from analysis.statistics.estimates import count_range_of_rounded_share, counts_behind_rounded_shares, water_fill
from analysis.statistics.intervals import Floats, wilson
from analysis.statistics.trend import POINTS, trend_of_proportions

DRAWS = 4_000
SEED = 22

GROUPS = {
    "one_or_more": "One or more of the three needs",
    "three": "All three needs",
}

FACTORS = {
    "domestic_abuse_parent": "Domestic abuse of a parent or carer",
    "mental_health_parent": "Mental ill-health of a parent or carer",
    "alcohol_parent": "Alcohol misuse by a parent or carer",
    "drugs_parent": "Drug misuse by a parent or carer",
    "domestic_abuse_child": "Domestic abuse of the child",
    "mental_health_child": "Mental ill-health of the child",
    "alcohol_child": "Alcohol misuse by the child",
    "drugs_child": "Drug misuse by the child",
    "domestic_abuse_person": "Domestic abuse of another person in the household",
    "mental_health_person": "Mental ill-health of another person in the household",
    "alcohol_person": "Alcohol misuse by another person in the household",
    "drugs_person": "Drug misuse by another person in the household",
    "neglect": "Neglect",
    "young_carer": "The child is a young carer",
}

COVARIATES = {
    "children": "children in income-deprived families",
    "people": "people in income-deprived families",
    "everyone": "all children aged 0-15",
}
DEFAULT_COVARIATE = "children"

RECORDING = Polarity.NO_JUDGEMENT
CERTAIN = 0.998
COMPARED = (COUNCIL, "E06000024", "E06000054", "E06000006", ENGLAND)


def ward_estimates(library: Library, group: str, covariate: str = DEFAULT_COVARIATE) -> pd.DataFrame:
    """Parents known to services by ward, 37 rows.

    Columns area_code, basis, state (`published`; `modelled`; `held`: modelled, and kept down to the last listed
    ward's count), share (fraction of the base, only where published), parents, lower, upper (95%), least, most
    (counts that rounding or the last listed ward allow). Listed wards carry Wilson limits. The others share the
    remaining parents in proportion to the covariate, none above the last listed ward, with simulated limits over
    rounding, choice of covariate and chance. Totals are kept exactly. A share of people already in services mixes
    need with provision, so none of this is rated or ranked.
    """
    base, listed = published(library, group)
    others = covariates(library).drop(index=listed.index)
    cap = float(listed["parents"].min())
    parents = water_fill(base - listed["parents"].sum(), others[covariate], cap)
    lower, upper = np.percentile(_simulated(listed, base, others), [2.5, 97.5], axis=0)
    rows = pd.DataFrame(
        {
            "basis": "modelled",
            "state": np.where(parents >= cap, "held", "modelled"),
            "parents": parents,
            "lower": lower,
            "upper": upper,
            "least": 0.0,
            "most": listed["most"].min(),
        },
        index=others.index,
    )
    return pd.concat([listed.assign(state="published"), rows]).rename_axis("area_code").sort_index().reset_index()


def published(library: Library, group: str) -> tuple[int, pd.DataFrame]:
    """The base of a published list and its wards: share, parents, Wilson limits, and the counts rounding allows.

    `parents` is the whole count nearest to the printed share; `least` to `most` are all that print as that share.
    """
    rows = library.table("TOXIC_TRIO_LISTS")
    rows = rows[rows["needs_group"] == group].set_index("ward11_code")
    base, share = int(rows["base"].iloc[0]), rows["share_percent"].to_numpy(float) / 100
    parents = np.round(share * base)
    lower, upper = wilson(parents, np.full(len(rows), float(base)))
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

    Columns area_code, share, of_children and of_income_deprived, each with _lower and _upper (95%, over rounding
    and chance together, drawn as for the gap so that both pages agree); 1 means the same share, above 1 more of
    the parents known to services than the ward's children would suggest. Listed wards only, in the order of their
    codes. Source: methods A3.6.
    """
    base, listed = published(library, group)
    counts = covariates(library)
    at_risk = (counts / counts.sum()).loc[listed.index]
    drawn = counts_behind_rounded_shares(listed["share"], base, need.DRAWS, need.SEED)
    lower, upper = np.percentile(drawn, [2.5, 97.5], axis=0)
    bounds = {"": listed["parents"] / base, "_lower": lower / base, "_upper": upper / base}
    quotients = {
        f"{name}{end}": share / at_risk[column]
        for name, column in (("of_children", "everyone"), ("of_income_deprived", "children"))
        for end, share in bounds.items()
    }
    return pd.DataFrame({"share": listed["share"], **quotients}).rename_axis("area_code").sort_index().reset_index()


def covariates(library: Library) -> pd.DataFrame:
    """What unlisted parents may be spread by, one row a ward, one column a covariate (counts)."""
    printed = need_table(library, NEEDS["idaci2015"]).set_index("area_code")
    income = neighbourhoods(library, 2015, "income").set_index("area_code")["score"]
    people = (income * weights(library, 2015, "income")).groupby(ward_of(library, 2015, "ward11_code")).sum()
    return pd.DataFrame({"children": printed["need"], "people": people, "everyone": printed["denominator"]})


def council_figures(library: Library, topic: str | None = None) -> pd.DataFrame:
    """The council-level figures of the 2020 assessment, one row a figure, with where each was read.

    All of them, or those of one topic, in the order of sections 4.4.1 to 4.4.4.
    """
    rows = library.table("TOXIC_TRIO_COUNCIL")
    chosen = rows if topic is None else rows[rows["topic"] == topic]
    return in_printed_order(chosen)


def factor_series(library: Library, factor: str) -> pd.DataFrame:
    """One factor at the end of assessment by area and year, for the four councils and England.

    Columns area_code, year_ending, factor, count, assessments, status, percent (of assessments in which any factor
    was recorded; how much is recorded is neither good nor bad), percent_lower, percent_upper (Wilson, 95%),
    percent_lower_998, percent_upper_998, england_percent and against_england (an outcome of `five_classes`). England
    has no limits: its counts are rounded to ten and it is what the others are set against. Blank where the source
    gives none, with the status saying why.
    """
    rows = library.table("ASSESSMENT_FACTORS")
    rows = rows[(rows["factor"] == factor) & rows["area_code"].isin(COMPARED)].reset_index(drop=True)
    known = rows["status"].eq("ok")
    rows["percent"] = 100 * rows["count"].astype(float) / rows["assessments"].astype(float)
    limited = rows.join(_limits(rows[known & rows["area_code"].ne(ENGLAND)]))
    return _beside_england(limited).sort_values(["area_code", "year_ending"], ignore_index=True)


def factor_trends(series: pd.DataFrame) -> pd.DataFrame:
    """The recent trend of each area in the rows of `factor_series`, by the official test of proportions.

    Columns area_code, direction, reason, chi_squared (of `trend_of_proportions`), first_year and last_year (of the
    five tested), first_percent and last_percent, and the largest change from one year to the next within them:
    step_year (the later of the two), step_from and step_to (per cent). Figures are missing where a year is.
    """
    return pd.DataFrame([_trend(str(code), rows) for code, rows in series.groupby("area_code")])


def _trend(code: str, rows: pd.DataFrame) -> dict[str, object]:
    rows = rows.sort_values("year_ending")
    found = trend_of_proportions(rows["year_ending"], rows["count"].astype(float), rows["assessments"].astype(float))
    recent = rows.tail(POINTS).set_index("year_ending")["percent"]
    step = recent.diff().abs()
    largest = step.idxmax() if step.notna().any() else None
    return {
        "area_code": code,
        "direction": str(found.direction),
        "reason": str(found.reason),
        "chi_squared": found.chi2,
        "first_year": int(recent.index[0]),
        "last_year": int(recent.index[-1]),
        "first_percent": recent.iloc[0],
        "last_percent": recent.iloc[-1],
        "step_year": largest,
        "step_from": recent.shift().get(largest, np.nan),
        "step_to": recent.get(largest, np.nan),
    }


def _limits(counted: pd.DataFrame) -> pd.DataFrame:
    count, assessments = counted["count"].to_numpy(float), counted["assessments"].to_numpy(float)
    limits = {"": wilson(count, assessments), "_998": wilson(count, assessments, CERTAIN)}
    return pd.DataFrame(
        {
            f"percent_{end}{level}": 100 * values
            for level, pair in limits.items()
            for end, values in zip(("lower", "upper"), pair, strict=True)
        },
        index=counted.index,
    )


def _beside_england(rows: pd.DataFrame) -> pd.DataFrame:
    england = rows[rows["area_code"] == ENGLAND].set_index("year_ending")["percent"]
    benchmark = rows["year_ending"].map(england).astype(float)
    likely, certain = (
        (rows[f"percent_lower{level}"].to_numpy(float), rows[f"percent_upper{level}"].to_numpy(float))
        for level in ("", "_998")
    )
    itself = rows["area_code"].eq(ENGLAND)
    outcome = five_classes(likely, certain, benchmark, RECORDING, itself=itself)
    return rows.assign(england_percent=benchmark, against_england=outcome)


def _simulated(listed: pd.DataFrame, base: int, others: pd.DataFrame) -> Floats:
    """Parents in each unlisted ward, shaped (draws, wards)."""
    generator = np.random.default_rng(SEED)
    counts = generator.integers(listed["least"].astype(int), listed["most"].astype(int) + 1, (DRAWS, len(listed)))
    choices = generator.integers(others.shape[1], size=DRAWS)
    spread = others.to_numpy(float)
    return np.vstack(
        [_one_draw(draw, base, spread[:, choice], generator) for draw, choice in zip(counts, choices, strict=True)]
    )


def _one_draw(listed: np.ndarray, base: int, weight: Floats, generator: np.random.Generator) -> Floats:
    rest, cap = int(base - listed.sum()), float(listed.min())
    chances = water_fill(rest, weight, cap) / rest
    return water_fill(rest, generator.multinomial(rest, chances), cap)
