"""English Indices of Deprivation: neighbourhoods, their populations and councils."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import BASES, STATUSES, Contract, Field, Rule
from analysis.sources.tables.geography import LSOA11, LSOA21

INDICES = ("imd", "idaci", "idaopi")
SEVEN_DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "living_env")
SUB_DOMAINS = ("cyp_sub", "adult_skills_sub", "geog_barriers_sub", "wider_barriers_sub", "indoors_sub", "outdoors_sub")
DOMAINS = (*INDICES, *SEVEN_DOMAINS, *SUB_DOMAINS)
YEARS = ("2015", "2019", "2025")

LSOAS_2011, LSOAS_2021 = 32844, 33755


def _tenth_follows_rank(areas: int) -> Rule:
    """The tenth is the rank over a tenth of all neighbourhoods in England, rounded up."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return (-(-frame["rank"] * 10 // areas)).eq(frame["decile"])

    return Rule("decile", holds, f"Give the tenth that the rank falls in among {areas} neighbourhoods.")


def _estimates_carry_a_width(frame: pd.DataFrame) -> pd.Series:
    return frame["basis"].eq("modelled").eq(frame["score_half_width"].notna())


def _blanks_say_why(frame: pd.DataFrame) -> pd.Series:
    return frame["score"].isna().eq(frame["blank_reason"].notna())


def _neighbourhoods(name: str, year: int, code: Field, areas: int) -> Contract:
    return Contract(
        name=name,
        title=f"English Indices of Deprivation {year} by neighbourhood",
        fields=(
            code,
            Field("domain", "text", allowed=DOMAINS),
            Field("score", "number", blank=True),
            Field("score_half_width", "number", blank=True, minimum=0),
            Field("basis", "text", allowed=BASES),
            Field("status", "text", allowed=STATUSES),
            Field("blank_reason", "text", blank=True),
            Field("rank", "integer", minimum=1, maximum=areas),
            Field("decile", "integer", minimum=1, maximum=10),
        ),
        key=(code.column, "domain"),
        reasons=(("score", "status"),),
        rules=(
            _tenth_follows_rank(areas),
            Rule(
                "score_half_width", _estimates_carry_a_width, "Give a half-width to modelled scores, and to no other."
            ),
            Rule("blank_reason", _blanks_say_why, "Say why the score is blank, and only then."),
        ),
    )


IOD2015 = _neighbourhoods("IOD2015", 2015, LSOA11, LSOAS_2011)
IOD2019 = _neighbourhoods("IOD2019", 2019, LSOA11, LSOAS_2011)
IOD2025 = _neighbourhoods("IOD2025", 2025, LSOA21, LSOAS_2021)

IOD_POPULATION = Contract(
    name="IOD_POPULATION",
    title="Populations the Indices of Deprivation 2015 and 2019 were measured on",
    fields=(
        Field("iod_year", "integer", minimum=2015, maximum=2019),
        LSOA11,
        Field("population", "integer", minimum=1),
        Field("children_0_15", "integer", minimum=0),
        Field("adults_60_plus", "integer", minimum=0),
        Field("working_age", "number", minimum=0),
    ),
    key=("iod_year", "lsoa11_code"),
)

IDACI2025_NUMERATOR = Contract(
    name="IDACI2025_NUMERATOR",
    title="Children in income-deprived families by neighbourhood, Indices of Deprivation 2025, rounded to 5",
    fields=(
        LSOA21,
        Field("count", "integer", blank=True, minimum=0),
        Field("status", "text", allowed=STATUSES),
    ),
    key=("lsoa21_code",),
    reasons=(("count", "status"),),
    rules=(Rule("count", lambda frame: frame["count"].mod(5).eq(0), "Round the count to the nearest 5."),),
)

_NOT_IN_2015 = ("average_score", "average_rank", "rank_average_rank", "rank_proportion_bottom_decile")

IOD_COUNCIL = Contract(
    name="IOD_COUNCIL",
    title="English Indices of Deprivation: summary measures of four councils",
    fields=(
        Field("iod_year", "integer", minimum=2015, maximum=2025),
        Field("area_code", "code", pattern="E06[0-9]{6}"),
        Field("domain", "text", allowed=(*INDICES, *SEVEN_DOMAINS)),
        Field("average_score", "number", blank=True),
        Field("rank_average_score", "integer", minimum=1, maximum=326),
        Field("average_rank", "number", blank=True, minimum=1, maximum=LSOAS_2021),
        Field("rank_average_rank", "integer", blank=True, minimum=1, maximum=326),
        Field("proportion_bottom_decile", "number", minimum=0, maximum=1),
        Field("rank_proportion_bottom_decile", "integer", blank=True, minimum=1, maximum=326),
        Field("status", "text", allowed=STATUSES),
        Field("blank_reason", "text", blank=True),
    ),
    key=("iod_year", "area_code", "domain"),
    reasons=tuple((column, "status") for column in _NOT_IN_2015),
)
