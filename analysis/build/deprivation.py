"""English Indices of Deprivation 2015, 2019 and 2025 as one row a neighbourhood and domain."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.tables.deprivation import (
    DOMAINS,
    IDACI2025_NUMERATOR,
    IOD2015,
    IOD2019,
    IOD2025,
    IOD_COUNCIL,
    IOD_POPULATION,
)
from analysis.sources.write import write_table

NO_SCORE_2019 = "The 2019 score of this domain was not in the copies we could read; its rank and tenth are published."
NO_SCORE_2025 = "The 2025 score of this index was not in the copies we could read; its rank and tenth are published."
NOT_IN_2015 = (
    "The 2015 council table we could read gives only the rank of the average score and the share in the worst tenth."
)

DOMAIN_NAMES = {
    "Index of Multiple": "imd",
    "Income": "income",
    "Employment": "employment",
    "Education, Skills and Training": "education",
    "Health and Disability": "health",
    "Health Deprivation and Disability": "health",
    "Crime": "crime",
    "Barriers to Housing and Services": "barriers",
    "Living Environment": "living_env",
    "Income Deprivation Affecting Children": "idaci",
    "Income Deprivation Affecting Older People": "idaopi",
}
POPULATIONS = {
    "lsoa11cd": "lsoa11_code",
    "pop_total": "population",
    "pop_0_15": "children_0_15",
    "pop_60plus": "adults_60_plus",
    "pop_working_age": "working_age",
}


def build(raw: Path, root: Path) -> None:
    """Write the six deprivation tables to `root`/data/published from `raw`/data/deprivation."""
    source, out = raw / "data" / "deprivation", root / "data" / "published"
    iod2015, iod2019 = (pd.read_csv(source / f"iod{year}_lsoa11.csv") for year in (2015, 2019))
    iod2025 = pd.read_csv(source / "iod2025_lsoa21.csv")
    write_table(neighbourhoods(iod2015, ""), IOD2015, out / "iod2015_lsoa11.csv")
    write_table(neighbourhoods(iod2019, NO_SCORE_2019), IOD2019, out / "iod2019_lsoa11.csv")
    write_table(neighbourhoods(iod2025, NO_SCORE_2025), IOD2025, out / "iod2025_lsoa21.csv")
    write_table(populations({2015: iod2015, 2019: iod2019}), IOD_POPULATION, out / "iod_population_lsoa11.csv")
    write_table(numerators(iod2025), IDACI2025_NUMERATOR, out / "iod2025_idaci_numerator_lsoa21.csv")
    write_table(councils(pd.read_csv(source / "iod_la_summaries.csv")), IOD_COUNCIL, out / "iod_council.csv")


def neighbourhoods(wide: pd.DataFrame, reason: str) -> pd.DataFrame:
    """One row a neighbourhood and domain from a wide table of scores, ranks and tenths.

    High scores and low ranks are worse. A score comes from the published column, else from the estimate
    with its half-width (basis `modelled`), else it is blank with `reason`. Ranks and tenths are published.
    """
    return pd.concat([_domain(wide, domain, reason) for domain in DOMAINS], ignore_index=True)


def populations(wide: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """The residents, children, older people and working-age adults behind each edition's scores."""
    parts = [frame.rename(columns=POPULATIONS).assign(iod_year=year) for year, frame in wide.items()]
    return pd.concat(parts, ignore_index=True)[["iod_year", *POPULATIONS.values()]]


def numerators(wide: pd.DataFrame) -> pd.DataFrame:
    """Children in income-deprived families, rounded to 5 by the publisher; small counts are suppressed."""
    count = wide["idaci_numerator_rounded5"].astype("Int64")
    return pd.DataFrame(
        {
            "lsoa21_code": wide["lsoa21cd"],
            "count": count,
            "status": count.notna().map({True: "ok", False: "suppressed"}),
        }
    )


def councils(summaries: pd.DataFrame) -> pd.DataFrame:
    """Summary measures of the four councils; the 2015 table has two of the six measures."""
    given = summaries["average_score"].notna()
    ranks = [name for name in map(str, summaries) if name.startswith("rank_")]
    return summaries.rename(columns={"lad_code": "area_code"}).assign(
        domain=summaries["index_domain"].str.removesuffix(" Deprivation").map(DOMAIN_NAMES),
        status=given.map({True: "ok", False: "missing"}),
        blank_reason=given.map({True: None, False: NOT_IN_2015}),
        **{column: summaries[column].astype("Int64") for column in ranks},
    )


def _domain(wide: pd.DataFrame, domain: str, reason: str) -> pd.DataFrame:
    code = wide.columns[0]
    score, half_width, basis = _score(wide, domain)
    known = score.notna()
    return pd.DataFrame(
        {
            code.replace("cd", "_code"): wide[code],
            "domain": domain,
            "score": score,
            "score_half_width": half_width,
            "basis": basis,
            "status": known.map({True: "ok", False: "missing"}),
            "blank_reason": known.map({True: None, False: reason}),
            "rank": wide[f"{domain}_rank"],
            "decile": wide[f"{domain}_decile"],
        }
    )


def _score(wide: pd.DataFrame, domain: str) -> tuple[pd.Series, pd.Series, str]:
    """Score, half-width and basis: published, else estimated, else blank beside a published rank."""
    nothing = pd.Series(pd.NA, index=wide.index, dtype="Float64")
    if f"{domain}_score" in wide:
        return wide[f"{domain}_score"], nothing, "published"
    if f"{domain}_score_est" in wide:
        return wide[f"{domain}_score_est"], wide[f"{domain}_score_halfwidth"], "modelled"
    return nothing, nothing, "published"
