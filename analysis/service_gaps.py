"""Where the needs without a listed service are greatest, for those needs that have a figure by ward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from analysis.deprivation import RATES, by_ward
from analysis.editions import EDITIONS
from analysis.need import NEEDS, as_held, need_table
from analysis.services import LIFE_STAGES
from analysis.sources.library import Library
from analysis.statistics.differences import proportions_against_rest, rates_against_rest
from analysis.statistics.intervals import poisson_limits, wilson

LIKELY, CERTAIN = 0.95, 0.998
PART, NEAR = "part", "near"
HIGHER = ("certain", "likely")
STATES = ("uncovered", "unclear")


@dataclass(frozen=True)
class Measure:
    """A published figure by ward of, or near, a need of the service map. Higher is more need in all of them.

    `link` is `part` where the figure counts part of the need and `near` where it is of something else beside it;
    `counts` says what is counted and `beware` what it leaves out. `spread` is what lower and upper are. `lens` names
    the need lens it takes, if any, whose tables say the period and the basis.
    """

    id: str
    needs: tuple[str, ...]
    edition: str
    link: str
    title: str
    period: str
    unit: str
    counts: str
    beware: str
    spread: str
    basis: str
    sources: tuple[str, ...]
    read: Callable[[Library], pd.DataFrame]
    lens: str = ""


def held(library: Library, measure: Measure) -> Measure:
    """The measure with the period and the basis of the tables it is read from."""
    if not measure.lens:
        return measure
    lens = as_held(library, NEEDS[measure.lens])
    return replace(measure, period=lens.period, basis=lens.basis)


def measure_of(need_id: str, edition: str) -> Measure | None:
    """The figure by ward that an edition holds for a need of the service map, or None where there is none."""
    return next((item for item in MEASURES if need_id in item.needs and item.edition == edition), None)


def ward_figures(library: Library, measure: Measure) -> pd.DataFrame:
    """A measure by ward, the greatest first.

    Columns area_code, area_name, value, lower, upper, against_rest and pockets. `against_rest` sets a count against
    all other wards together: `certain` (higher at 99.8%), `likely` (higher at 95%), `unclear`, `lower`, or `untested`
    for a score, which has no limits. `pockets` is in words and blank for a count.
    """
    table = measure.read(library)
    table["area_name"] = table["area_code"].map(library.names)
    columns = ["area_code", "area_name", "value", "lower", "upper", "against_rest", "pockets"]
    return table.sort_values(["value", "area_name"], ascending=[False, True], ignore_index=True)[columns]


def greatest(figures: pd.DataFrame, most: int) -> pd.DataFrame:
    """The wards to name, at most `most`: those above the rest of the council; of scores, simply the highest."""
    known = figures[figures["value"].notna()]
    tested = known["against_rest"].ne("untested").any()
    return (known[known["against_rest"].isin(HIGHER)] if tested else known).head(most).reset_index(drop=True)


def gaps(cells: pd.DataFrame, state: str) -> pd.DataFrame:
    """The needs with a cell in a state of STATES: need_id, need, life_stages and readings (tuples of equal length)."""
    found = cells[cells["cell"].eq(state)]
    place = found["life_stage"].map({stage: place for place, stage in enumerate(LIFE_STAGES)})
    found = found.loc[place.sort_values(kind="stable").index]
    grouped = found.groupby(["need_id", "need"], sort=False).agg(
        life_stages=("life_stage", tuple), readings=("reading", tuple)
    )
    order = [need for need in dict.fromkeys(cells["need_id"]) if need in set(found["need_id"])]
    return grouped.reset_index().set_index("need_id", drop=False).loc[order].reset_index(drop=True)


def _of_children(library: Library, need: str) -> pd.DataFrame:
    table = need_table(library, NEEDS[need])
    return pd.DataFrame(
        {
            "area_code": table["area_code"],
            "value": table["percent"],
            "lower": table["percent_lower"],
            "upper": table["percent_upper"],
            "against_rest": _proportions(table["need"], table["denominator"]),
            "pockets": "",
        }
    )


def _of_census(library: Library, edition: str, parts: tuple[str, ...], whole: str) -> pd.DataFrame:
    counted = pd.concat([_numbers(library, edition, part)["numerator"] for part in parts], axis=1).sum(
        axis=1, skipna=False
    )
    base = _numbers(library, edition, whole)
    out_of = base["denominator"] if whole in parts else base["numerator"]
    lower, upper = wilson(counted, out_of)
    return pd.DataFrame(
        {
            "value": 100 * counted / out_of,
            "lower": 100 * lower,
            "upper": 100 * upper,
            "against_rest": _proportions(counted, out_of),
            "pockets": "",
        }
    ).reset_index(names="area_code")


def _of_offences(library: Library, edition: str, indicator: str) -> pd.DataFrame:
    rows = _numbers(library, edition, indicator)
    lower, upper = poisson_limits(rows["numerator"])
    residents = rows["denominator"] / 1000
    ratios = {level: rates_against_rest(rows["numerator"], rows["denominator"], level) for level in (LIKELY, CERTAIN)}
    return pd.DataFrame(
        {
            "value": rows["numerator"] / residents,
            "lower": lower / residents,
            "upper": upper / residents,
            "against_rest": _told(ratios[LIKELY], ratios[CERTAIN], equal=1.0),
            "pockets": "",
        }
    ).reset_index(names="area_code")


def _of_scores(library: Library, edition: str, year: int, domain: str) -> pd.DataFrame:
    wards = by_ward(library, year, domain, EDITIONS[edition].ward_column)
    scale = 100 if domain in RATES else 1
    return pd.DataFrame(
        {
            "area_code": wards["area_code"],
            "value": scale * wards["score"],
            "lower": scale * wards["lowest"],
            "upper": scale * wards["highest"],
            "against_rest": "untested",
            "pockets": wards["pockets"].astype(int).astype(str)
            + " of "
            + wards["neighbourhoods"].astype(int).astype(str),
        }
    )


def _numbers(library: Library, edition: str, indicator: str) -> pd.DataFrame:
    rows = library.table("OPEN_OBSERVATIONS")
    wards = library.codes(EDITIONS[edition].ward_type)
    found = rows[rows["indicator_id"].eq(indicator) & rows["area_code"].isin(wards)].set_index("area_code")
    return found[["numerator", "denominator"]].astype(float).reindex(wards)


def _proportions(count: pd.Series, out_of: pd.Series) -> pd.Series:
    likely, certain = (proportions_against_rest(count, out_of, level) for level in (LIKELY, CERTAIN))
    return _told(likely, certain, equal=0.0)


def _told(likely: pd.DataFrame, certain: pd.DataFrame, equal: float) -> pd.Series:
    conditions = [
        likely["lower"].isna(),
        certain["lower"].gt(equal),
        likely["lower"].gt(equal),
        likely["upper"].lt(equal),
    ]
    return pd.Series(np.select(conditions, ["unclear", *HIGHER, "lower"], "unclear"), index=likely.index)


_LIMITS = "95% limits"
_RANGE = "lowest and highest neighbourhood"
_EDUCATION = (
    "Results and absence at school, staying on after 16, and adults' skills, put together in one score",
    "No ward figure of children missing from education is published. This is education as a whole, mostly of older "
    "children and adults: it counts no child under 5 and cannot show who is out of school.",
)


def _scored(edition: str, year: int, domain: str, needs: tuple[str, ...], counts: str, beware: str) -> Measure:
    around = ("LOOKUP_LSOA21", "POPULATION_LSOA21") if year == 2025 else ("LOOKUP_LSOA11", "IOD_POPULATION")
    return Measure(
        id=f"iod{year}_{domain}",
        needs=needs,
        edition=edition,
        link=NEAR,
        title=f"{domain.capitalize()} domain",
        period=f"Indices of Deprivation {year}",
        unit="% of adults of working age" if domain == "employment" else "average score",
        counts=counts,
        beware=beware,
        spread=_RANGE,
        basis="modelled",
        sources=(f"IOD{year}", *around),
        read=partial(_of_scores, edition=edition, year=year, domain=domain),
    )


def _poor(edition: str, need: str) -> Measure:
    lens = NEEDS[need]
    return Measure(
        id=need,
        needs=("poverty_debt",),
        edition=edition,
        link=PART,
        title=lens.title,
        period=lens.period,
        unit="% of children",
        counts="Children aged 0 to 15, so families without a child under 16 are left out",
        beware="It counts low income. Debt is not published by ward.",
        spread=_LIMITS,
        basis=lens.basis,
        sources=lens.sources,
        read=partial(_of_children, need=need),
        lens=need,
    )


MEASURES = (
    _poor("2020", "idaci2015"),
    _poor("2026", "low_income_bhc2025"),
    Measure(
        id="no_adult_in_work2011",
        needs=("worklessness",),
        edition="2020",
        link=PART,
        title="Families with dependent children and no adult in work",
        period="Census 2011",
        unit="% of households with dependent children",
        counts="Households with dependent children in which no adult had a job",
        beware="It is of 2011, and a parent may be out of work by choice or illness.",
        spread=_LIMITS,
        basis="published",
        sources=("OPEN_OBSERVATIONS",),
        read=partial(
            _of_census,
            edition="2020",
            parts=("census2011_hh_no_adult_employed_dep_ch",),
            whole="census2011_hh_dep_children",
        ),
    ),
    _scored(
        "2026",
        2025,
        "employment",
        ("worklessness",),
        "Adults of working age kept out of work, by unemployment, illness or caring",
        "Parents are not told apart from other adults. The 2020 edition has families with children and no adult in "
        "work, from the 2011 census.",
    ),
    _scored("2020", 2015, "education", ("missing_education",), *_EDUCATION),
    _scored("2026", 2025, "education", ("missing_education",), *_EDUCATION),
    Measure(
        id="bedrooms_short2021",
        needs=("housing",),
        edition="2026",
        link=PART,
        title="Households short of one or more bedrooms",
        period="Census 2021",
        unit="% of households",
        counts="Households with fewer bedrooms than they need, with children or without",
        beware="It counts overcrowding. Homelessness and eviction are not published by ward.",
        spread=_LIMITS,
        basis="modelled",
        sources=("OPEN_OBSERVATIONS",),
        read=partial(
            _of_census,
            edition="2026",
            parts=("census2021_rooms_1_overcrowded", "census2021_rooms_2_or_less_overcrowded"),
            whole="census2021_rooms_1_overcrowded",
        ),
    ),
    Measure(
        id="antisocial2023",
        needs=("antisocial_behaviour",),
        edition="2026",
        link=NEAR,
        title="Anti-social behaviour recorded by the police",
        period="2023",
        unit="for each 1,000 residents",
        counts="Incidents where they happened, over the residents of mid-2022",
        beware="It is not where those who need help live, and city-centre wards stand out for their visitors.",
        spread=_LIMITS,
        basis="modelled",
        sources=("OPEN_OBSERVATIONS",),
        read=partial(_of_offences, edition="2026", indicator="crime_anti_social_behaviour_rate"),
    ),
)
