"""The English Indices of Deprivation, by neighbourhood and summed to wards."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.tables.deprivation import LSOAS_2011, LSOAS_2021
from analysis.statistics.aggregate import share_matrix
from analysis.statistics.deprivation_measures import summary_measures
from analysis.statistics.intervals import Floats, wilson

NEIGHBOURHOODS_IN_ENGLAND = {2015: LSOAS_2011, 2019: LSOAS_2011, 2025: LSOAS_2021}
YEARS = tuple(NEIGHBOURHOODS_IN_ENGLAND)
POCKET_DECILE = 2

DOMAINS = {
    "imd": "All domains together (Index of Multiple Deprivation, IMD)",
    "idaci": "Children in income-deprived families (IDACI)",
    "idaopi": "Older people in income-deprived families (IDAOPI)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, skills and training",
    "health": "Health and disability",
    "crime": "Crime",
    "barriers": "Barriers to housing and services",
    "living_env": "Living environment",
}

_TABLES = {2015: ("IOD2015", "lsoa11_code"), 2019: ("IOD2019", "lsoa11_code"), 2025: ("IOD2025", "lsoa21_code")}
RATES = ("idaci", "idaopi", "income", "employment")
_DENOMINATORS = {"idaci": "children_0_15", "idaopi": "adults_60_plus", "employment": "working_age"}
_STAND_INS = {"idaci": ("0-15",), "idaopi": ("65+",), "employment": ("16-24", "25-34", "35-49", "50-64")}
_MEASURES = {"small_areas": "neighbourhoods", "average_score": "score", "min_score": "lowest", "max_score": "highest"}


def vintage_of(year: int) -> str:
    """The neighbourhood code column an edition of the indices uses."""
    return _TABLES[year][1]


def years_held(library: Library) -> tuple[int, ...]:
    """The editions of the indices that a council's folder has."""
    return tuple(year for year in YEARS if library.holds(_TABLES[year][0]))


def neighbourhoods(library: Library, year: int, domain: str) -> pd.DataFrame:
    """One row a neighbourhood: area_code, score, score_half_width, basis, status, blank_reason, rank, decile.

    Rank 1 and decile 1 are the most deprived in England; a higher score is more deprived.
    """
    contract, code = _TABLES[year]
    rows = library.table(contract)
    return rows[rows["domain"] == domain].rename(columns={code: "area_code"}).reset_index(drop=True)


def decile_counts(library: Library, year: int) -> pd.DataFrame:
    """How many neighbourhoods stand in each national tenth, one row a domain, one column a decile (1 to 10)."""
    contract, _ = _TABLES[year]
    rows = library.table(contract)
    rows = rows[rows["domain"].isin(list(DOMAINS))]
    counts = rows.groupby(["domain", "decile"]).size().unstack(fill_value=0)
    return counts.reindex(index=list(DOMAINS), columns=range(1, 11), fill_value=0)


def why_not_by_ward(year: int, ward_column: str) -> str | None:
    """The reason an edition of the indices is not summed to a ward vintage, or None when it is."""
    if vintage_of(year) == "lsoa21_code" and ward_column == "ward11_code":
        return (
            f"The {year} indices were measured on the neighbourhoods of 2021, after the wards of 2011 to 2019 had "
            "gone. Nobody publishes which of those wards each one fits, so ward figures would be ours alone and for "
            "wards that no longer exist. Choose neighbourhoods, an earlier year, or the 2026 edition."
        )
    return None


def why_not_summed(library: Library, year: int, ward_column: str) -> str | None:
    """The reason a council's folder cannot sum an edition of the indices to a ward vintage, or None when it can."""
    reason = why_not_by_ward(year, ward_column) or no_best_fit(library, vintage_of(year), ward_column)
    if reason is None and year == 2025 and not library.holds("POPULATION_LSOA21"):
        return (
            "The indices of 2025 are held for neighbourhoods, without the people each was measured on, so they are not "
            "summed to wards."
        )
    return reason


def no_best_fit(library: Library, code: str, ward_column: str) -> str | None:
    """The reason neighbourhoods of a vintage have no best-fit ward in a council's folder, or None when they have."""
    if _best_fit(library, code, ward_column).isna().any():
        return (
            f"The wards of {library.council.name} have changed, and no best fit of the neighbourhoods of 20"
            f"{code[4:6]} to {library.council.wards} is published."
        )
    return None


def ward_of(library: Library, year: int, ward_column: str) -> pd.Series:
    """The best-fit ward of each neighbourhood of an edition of the indices, indexed by neighbourhood code.

    Raises ValueError when that pairing of vintages has no published best fit.
    """
    reason = why_not_by_ward(year, ward_column)
    if reason:
        raise ValueError(reason)
    return fitted_ward(library, vintage_of(year), ward_column)


def fitted_ward(library: Library, code: str, ward_column: str) -> pd.Series:
    """The best-fit ward of each neighbourhood of a vintage, indexed by its code.

    Raises Refusal, which is a ValueError, where the wards have changed and none is published.
    """
    reason = no_best_fit(library, code, ward_column)
    if reason:
        raise Refusal(reason)
    return _best_fit(library, code, ward_column)


def _best_fit(library: Library, code: str, ward_column: str) -> pd.Series:
    lookup = library.table("LOOKUP_LSOA11" if code == "lsoa11_code" else "LOOKUP_LSOA21")
    return lookup.set_index(code)[ward_column]


def home_ward(library: Library, year: int, ward_column: str) -> pd.Series:
    """The ward a neighbourhood is named by and leads to, indexed by neighbourhood code.

    The best fit where one is published. Neighbourhoods of 2021 take the 2011 ward of the 2011 neighbourhood
    they are or lie in (in B&NES 112 are unchanged, 6 are parts of 3), and those of 2011 the ward of today that they
    still lie in unchanged; good for finding the way, not for summing. Missing where neither is known.
    """
    code = vintage_of(year)
    if why_not_by_ward(year, ward_column) is None:
        if no_best_fit(library, code, ward_column) is None:
            return ward_of(library, year, ward_column)
        today = _best_fit(library, "lsoa21_code", ward_column)
        kept = library.table("LOOKUP_LSOA11_LSOA21").query("change == 'unchanged'").set_index("lsoa11_code")
        return kept["lsoa21_code"].map(today).rename(ward_column)
    parent = library.table("LOOKUP_LSOA11_LSOA21").set_index("lsoa21_code")["lsoa11_code"]
    return parent.map(_best_fit(library, "lsoa11_code", ward_column)).rename(ward_column)


def local_names(library: Library, vintage: str) -> dict[str, str]:
    """What neighbourhoods of a vintage are called: the council's local name, else the last part of the ONS name.

    Names are for reading only; several neighbourhoods may share one.
    """
    areas = library.table("AREAS")
    own = areas[areas["area_type"] == vintage.removesuffix("_code")].set_index("area_code")
    fallback = "Neighbourhood " + own["area_name"].str.split().str[-1]
    return {str(code): str(name) for code, name in own["local_name"].fillna(fallback).items()}


def placed(library: Library, year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """`neighbourhoods` with the name of each, its ward (ward_code, ward_name) and whether it is a pocket.

    `pocket` is True in the most deprived fifth of England (national deciles 1 and 2).
    """
    rows = neighbourhoods(library, year, domain)
    ward = rows["area_code"].map(home_ward(library, year, ward_column))
    return rows.assign(
        name=rows["area_code"].map(local_names(library, vintage_of(year))),
        ward_code=ward,
        ward_name=ward.map(library.names),
        pocket=rows["decile"] <= POCKET_DECILE,
    )


def published_for_council(library: Library, year: int, domain: str) -> pd.Series:
    """The council's summary measures and their ranks among English councils as published; missing where not held.

    Rank 1 is the most deprived council. Source: MHCLG.
    """
    if not library.holds("IOD_COUNCIL"):
        return pd.Series(np.nan, index=CONTRACTS["IOD_COUNCIL"].columns)
    rows = library.table("IOD_COUNCIL")
    ours = rows["area_code"] == library.council.code
    found = rows[(rows["iod_year"] == year) & ours & (rows["domain"] == domain)]
    return found.iloc[0] if len(found) else pd.Series(np.nan, index=rows.columns)


def council_score(library: Library, year: int, domain: str) -> float | None:
    """The council's own average score as published, or None where none was; higher is more deprived."""
    score = published_for_council(library, year, domain)["average_score"]
    return None if pd.isna(score) else float(score)


def weights(library: Library, year: int, domain: str) -> pd.Series:
    """People each neighbourhood's figure is averaged over, those the domain is about.

    The indices' own denominators for 2015 and 2019. Those of 2025 are not published; Census 2021 residents of about
    the same ages stand in: under 16 for IDACI, 65 and over for IDAOPI (which counts from 60), 16 to 64 for
    employment (which counts to 66).
    """
    if year == 2025:
        rows = library.table("POPULATION_LSOA21")
        counted = rows[rows["age_band"].isin(_STAND_INS.get(domain, ("all",)))]
        return counted.groupby("lsoa21_code")["population"].sum().astype(float)
    rows = library.table("IOD_POPULATION").query("iod_year == @year").set_index("lsoa11_code")
    return rows[_DENOMINATORS.get(domain, "population")].astype(float)


def measured(library: Library, year: int, domain: str) -> pd.DataFrame:
    """`neighbourhoods` by code, with the population each is weighted by."""
    rows = neighbourhoods(library, year, domain).set_index("area_code")
    return rows.assign(population=weights(library, year, domain).reindex(rows.index))


def by_ward(library: Library, year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """A domain summed to wards.

    Columns area_code; the summary measures of `summary_measures`, of which average_score is called score, min_score
    and max_score lowest and highest, and small_areas neighbourhoods; give_or_take (how far estimated scores could
    move that average if all erred the same way; 0 where scores are published), worst_decile, pockets (neighbourhoods
    in the most deprived fifth of England), mean_decile_from and mean_decile_to (the national deciles a neighbourhood
    with the average score could stand in), basis, status and blank_reason (of the score). A higher score, a larger
    measure and a lower decile are more deprived. Source: MHCLG summary measures; local rule for pockets.
    Raises Refusal with the reason of `why_not_summed`.
    """
    reason = why_not_summed(library, year, ward_column)
    if reason:
        raise Refusal(reason)
    rows = measured(library, year, domain)
    ward = ward_of(library, year, ward_column).reindex(rows.index)
    measures = summary_measures(rows.assign(ward=ward), "ward", NEIGHBOURHOODS_IN_ENGLAND[year])
    wards = measures.rename(columns=_MEASURES).join(_besides(rows, ward))
    local = rows["score"].to_numpy(float), rows["decile"].to_numpy(float)
    known, standing = wards["score"].notna(), [_decile_of(score, *local) for score in wards["score"]]
    return wards.assign(
        give_or_take=wards["give_or_take"].where(known),
        mean_decile_from=[first for first, _ in standing],
        mean_decile_to=[last for _, last in standing],
        basis="modelled",
        status=np.where(known, "ok", "missing"),
        blank_reason=wards["blank_reason"].where(~known, ""),
    ).reset_index(names="area_code")


def pocket_wards(wards: pd.DataFrame) -> pd.DataFrame:
    """Wards of `by_ward` that hold a pocket although at least half of their neighbourhoods are not one."""
    hidden = (wards["pockets"] > 0) & (2 * wards["pockets"] <= wards["neighbourhoods"])
    return wards[hidden].reset_index(drop=True)


def _besides(rows: pd.DataFrame, ward: pd.Series) -> pd.DataFrame:
    """What a ward carries besides its summary measures."""
    off = (rows["score_half_width"].fillna(0.0) * rows["population"]).groupby(ward).sum()
    return pd.DataFrame(
        {
            "give_or_take": off / rows["population"].groupby(ward).sum(),
            "worst_decile": rows["decile"].groupby(ward).min(),
            "pockets": (rows["decile"] <= POCKET_DECILE).groupby(ward).sum(),
            "blank_reason": rows["blank_reason"].groupby(ward).first(),
        }
    )


def _decile_of(score: float, scores: Floats, deciles: Floats) -> tuple[int, int]:
    """National deciles between the local neighbourhoods whose scores lie next to `score`; (0, 0) when unknown.

    A score fixes the rank and so the decile; the local neighbourhoods on either side bracket it.
    """
    if np.isnan(score):
        return 0, 0
    above, below = deciles[scores >= score], deciles[scores <= score]
    return int(above.max()) if len(above) else 1, int(below.min()) if len(below) else 10


def idaci_by_ward(library: Library, year: int, ward_column: str) -> pd.DataFrame:
    """Children in income-deprived families by ward: area_code, need, denominator, need_lower, need_upper.

    Counts are modelled and not whole: rate times children aged 0-15, summed by best fit; Wilson limits.
    """
    rate, children = _idaci_rates(library, year)
    ward = ward_of(library, year, ward_column).reindex(rate.index)
    count, total = (rate * children).groupby(ward).sum(skipna=False), children.groupby(ward).sum(skipna=False)
    lower, upper = wilson(count, total)
    return pd.DataFrame(
        {
            "area_code": count.index,
            "need": count.to_numpy(),
            "denominator": total.to_numpy(),
            "need_lower": lower * total.to_numpy(),
            "need_upper": upper * total.to_numpy(),
        }
    )


def idaci_draws(library: Library, year: int, ward_column: str, draws: int, seed: int) -> Floats:
    """Simulated counts of children in income-deprived families, shaped (draws, wards in code order).

    Each draw moves every estimated score within its bracket, and blends the best fit of neighbourhoods to
    wards with their split by postcodes in a proportion drawn from 0 to 1, so that both doubts show.
    """
    rate, children = _idaci_rates(library, year)
    rows = neighbourhoods(library, year, "idaci").set_index("area_code").loc[rate.index]
    generator = np.random.default_rng(seed)
    bracket = rows["score_half_width"].fillna(0.0).to_numpy()
    scores = rate.to_numpy() + generator.uniform(-1, 1, (draws, len(rate))) * bracket
    counts = np.clip(scores, 0, 1) * children.to_numpy()
    best_fit, split = _allocations(library, rate.index, ward_column)
    blend = generator.uniform(0, 1, (draws, 1))
    return blend * (counts @ best_fit) + (1 - blend) * (counts @ split)


def _idaci_rates(library: Library, year: int) -> tuple[pd.Series, pd.Series]:
    rate = neighbourhoods(library, year, "idaci").set_index("area_code")["score"].sort_index()
    return rate, weights(library, year, "idaci").reindex(rate.index)


def _allocations(library: Library, lsoas: pd.Index, ward_column: str) -> tuple[Floats, Floats]:
    whole = library.table("LOOKUP_LSOA11").assign(share=1.0)
    best_fit = share_matrix(whole, "lsoa11_code", ward_column, "share").loc[lsoas]
    postcodes = library.table("LOOKUP_LSOA11_WARD19_SHARES").astype({"postcodes": float})
    postcodes["share"] = postcodes["postcodes"] / postcodes.groupby("lsoa11_code")["postcodes"].transform("sum")
    split = share_matrix(postcodes, "lsoa11_code", "ward19_code", "share")
    split = split.reindex(index=lsoas, columns=best_fit.columns, fill_value=0.0)
    return best_fit.to_numpy(float), split.to_numpy(float)
