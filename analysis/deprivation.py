"""The English Indices of Deprivation, by neighbourhood and summed to wards."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL
from analysis.sources.library import Library
from analysis.statistics.aggregate import share_matrix, weighted_mean
from analysis.statistics.intervals import Floats, wilson

YEARS = (2015, 2019, 2025)
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


def vintage_of(year: int) -> str:
    """The neighbourhood code column an edition of the indices uses."""
    return _TABLES[year][1]


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


def ward_of(library: Library, year: int, ward_column: str) -> pd.Series:
    """The best-fit ward of each neighbourhood of an edition of the indices, indexed by neighbourhood code.

    Raises ValueError when that pairing of vintages has no published best fit.
    """
    reason = why_not_by_ward(year, ward_column)
    if reason:
        raise ValueError(reason)
    code = vintage_of(year)
    lookup = library.table("LOOKUP_LSOA11" if code == "lsoa11_code" else "LOOKUP_LSOA21")
    return lookup.set_index(code)[ward_column]


def home_ward(library: Library, year: int, ward_column: str) -> pd.Series:
    """The ward a neighbourhood is named by and leads to, indexed by neighbourhood code.

    The best fit where one is published. Neighbourhoods of 2021 take the 2011 ward of the 2011 neighbourhood
    they are or lie in (112 are unchanged, 6 are parts of 3); good for finding the way, not for summing.
    """
    if why_not_by_ward(year, ward_column) is None:
        return ward_of(library, year, ward_column)
    parent = library.table("LOOKUP_LSOA11_LSOA21").set_index("lsoa21_code")["lsoa11_code"]
    return parent.map(library.table("LOOKUP_LSOA11").set_index("lsoa11_code")[ward_column]).rename(ward_column)


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


def council_score(library: Library, year: int, domain: str) -> float | None:
    """The council's own average score as published, or None where none was; higher is more deprived."""
    rows = library.table("IOD_COUNCIL")
    found = rows[(rows["iod_year"] == year) & (rows["area_code"] == COUNCIL) & (rows["domain"] == domain)][
        "average_score"
    ]
    return None if found.empty or found.isna().all() else float(found.iloc[0])


def weights(library: Library, year: int, domain: str) -> pd.Series:
    """People each neighbourhood's score is averaged over.

    The indices' own denominators for 2015 and 2019; Census 2021 residents stand in for 2025, whose
    denominators are not published.
    """
    if year == 2025:
        rows = library.table("POPULATION_LSOA21").query("age_band == 'all'")
        return rows.set_index("lsoa21_code")["population"].astype(float)
    rows = library.table("IOD_POPULATION").query("iod_year == @year").set_index("lsoa11_code")
    return rows[_DENOMINATORS.get(domain, "population")].astype(float)


def by_ward(library: Library, year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """A domain summed to wards.

    Columns area_code, score (mean over people; missing when any neighbourhood has none), give_or_take (how far
    estimated scores could move that mean if all erred the same way; 0 where scores are published), lowest and
    highest score of a neighbourhood, neighbourhoods, worst_decile, pockets (neighbourhoods in the most deprived
    fifth of England), mean_decile_from and mean_decile_to (the national deciles a neighbourhood with the mean
    score could stand in), basis, status and blank_reason. A higher score and a lower decile are more deprived.
    Ranks are never averaged. Source: MHCLG average score; local rule for pockets.
    """
    rows = neighbourhoods(library, year, domain).set_index("area_code")
    people = weights(library, year, domain)
    ward = ward_of(library, year, ward_column).reindex(rows.index)
    summed = pd.DataFrame([_one_ward(code, part, people) for code, part in rows.groupby(ward)])
    standing = [_decile_of(score, rows) for score in summed["score"]]
    return summed.assign(
        mean_decile_from=[first for first, _ in standing], mean_decile_to=[last for _, last in standing]
    ).sort_values("area_code", ignore_index=True)


def pocket_wards(wards: pd.DataFrame) -> pd.DataFrame:
    """Wards of `by_ward` that hold a pocket although at least half of their neighbourhoods are not one."""
    hidden = (wards["pockets"] > 0) & (2 * wards["pockets"] <= wards["neighbourhoods"])
    return wards[hidden].reset_index(drop=True)


def _one_ward(code: str, part: pd.DataFrame, people: pd.Series) -> dict[str, object]:
    known = part["score"].notna().all()
    inside = people[part.index]
    return {
        "area_code": code,
        "score": weighted_mean(part["score"], inside) if known else np.nan,
        "give_or_take": weighted_mean(part["score_half_width"].fillna(0.0), inside) if known else np.nan,
        "lowest": part["score"].min() if known else np.nan,
        "highest": part["score"].max() if known else np.nan,
        "neighbourhoods": len(part),
        "worst_decile": int(part["decile"].min()),
        "pockets": int((part["decile"] <= POCKET_DECILE).sum()),
        "basis": "modelled",
        "status": "ok" if known else "missing",
        "blank_reason": "" if known else part["blank_reason"].iloc[0],
    }


def _decile_of(score: float, rows: pd.DataFrame) -> tuple[int, int]:
    """National deciles between the local neighbourhoods whose scores lie next to `score`; (0, 0) when unknown.

    A score fixes the rank and so the decile; the local neighbourhoods on either side bracket it.
    """
    if np.isnan(score):
        return 0, 0
    above, below = rows.loc[rows["score"] >= score, "decile"], rows.loc[rows["score"] <= score, "decile"]
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
