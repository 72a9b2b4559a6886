"""Totals that parts must add to: offences, referrals, answers, spending, wards, ages, durations and kinds of crime."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.reconciliation.observed import Held
from analysis.reconciliation.rates import SUMMARY_AREAS, TENS
from analysis.reconciliation.verdicts import judged

KIND = "total"
ASSESSMENT, STRATEGIES, OPEN = "ASSESSMENT_OBSERVATIONS", "STRATEGIES_OBSERVATIONS", "OPEN_OBSERVATIONS"
OFFENCES, SERIES = r"na2020_offences_(?!by_group|gravity|all)\w+_{}$", "na2020_offences_{}"
REFERRERS = r"na2020_ehap_connecting_families_from_(?!all)"
AGES = r"na2020_disability_{}_(0_4|5_11|12_15|16_18)$"
YEARS = "2013/14 to 2018/19"
DURATIONS = r"csc_cpp_(3_|6_|1_|2_).*"
CENSUS_BASES = {
    "census2021_residents": (r"census2021_aged_", r"census2021_(not_)?disabled_under"),
    "census2021_households": (
        r"census2021_(not_)?deprived_in_",
        r"census2021_tenure_",
        r"census2021_rooms_",
        r"census2021_home_",
    ),
}
CRIMES = r"crime_(?!all_crime)(?!.*_rate$)"
SUPPORT = r"ctax_support_working_age_(?!total)|ctax_support_vulnerable"
SEXES = r"admissions_injury_0_14_(fe)?male"
FIVES = 2.5
ADJUSTED = 7.0


def checks(held: Held) -> pd.DataFrame:
    """Every printed total whose parts are all held, one check a total."""
    parts = [
        _assessment(held),
        _strategies(held),
        _survey(held),
        _wards(held),
        _child_poverty(held),
        *_open(held),
        _service_map(held),
    ]
    return pd.concat(parts, ignore_index=True)


def _assessment(held: Held) -> pd.DataFrame:
    rows = held.observations("ASSESSMENT")
    once = rows[~rows["period"].eq(YEARS)]
    year = once[once["period"].eq("2018/19")]
    made = [
        _added(rows, "na2020_offences_by_group_all", year, OFFENCES.format(r"(1_4|5_8)"), "offences by group"),
        _added(rows, SERIES.format("gravity_1_4"), year, OFFENCES.format("1_4"), "offences by group, gravity 1-4"),
        _added(rows, SERIES.format("gravity_5_8"), year, OFFENCES.format("5_8"), "offences by group, gravity 5-8"),
        _added(rows, "na2020_ehap_connecting_families_from_all", once, REFERRERS, "who referred"),
        _added(rows, "na2020_disability_population_0_18", once, AGES.format("population"), "four ages"),
    ]
    for period in sorted(once.loc[once["indicator_id"].eq(SERIES.format("all")), "period"]):
        one = once[once["period"].eq(period)]
        made.append(_added(rows, SERIES.format("all"), one, r"na2020_offences_gravity_", "offences by gravity"))
    for name in ("all", "gravity_1_4", "gravity_5_8", "gravity_unknown"):
        known = once[once["value"].notna()]
        made.append(_added(rows, SERIES.format(name), known, f"{SERIES.format(name)}$", "six years", YEARS))
    made += [_estimate(once, end) for end in ("value", "lower", "upper")]
    return pd.concat(made, ignore_index=True)


def _added(
    rows: pd.DataFrame, total: str, parts: pd.DataFrame, pattern: str, words: str, period: str | None = None
) -> pd.DataFrame:
    members = parts[parts["indicator_id"].str.match(pattern)]
    when = period or members["period"].iloc[0]
    printed = rows[rows["indicator_id"].eq(total) & rows["period"].eq(when)]
    named = printed.assign(what=printed["what"] + f": sum of {words}")
    return judged(KIND, ASSESSMENT, named, members["value"].sum(), half=0.0)


def _estimate(rows: pd.DataFrame, end: str) -> pd.DataFrame:
    """The printed total of the modelled estimate and of its limits, which the assessment adds up."""
    bands = rows.loc[rows["indicator_id"].str.match(AGES.format("estimate")), end]
    total = rows[rows["indicator_id"].eq("na2020_disability_estimate_0_18")]
    named = total.assign(
        what=total["what"] + f", {end}: sum of four ages",
        row=total["row"] + f" {end}",
        printed=total[end].astype(float),
    )
    return judged(KIND, ASSESSMENT, named, bands.sum(), half=0.005)


def _strategies(held: Held) -> pd.DataFrame:
    rows = held.observations("STRATEGIES")
    by_id = rows.drop_duplicates("indicator_id").set_index("indicator_id", drop=False)
    alcohol = by_id.loc[["strategy2021_alcohol_parents"]]
    want = by_id.loc[["strategy2021_inactive_no_job"]]
    adults = by_id.loc[["strategy2021_alcohol_fathers", "strategy2021_alcohol_mothers"], "value"].sum()
    inactive = 100 - float(by_id["value"]["strategy2021_inactive_want_job"])
    return pd.concat(
        [
            judged(KIND, STRATEGIES, alcohol.assign(what=alcohol["what"] + ": fathers and mothers"), adults, half=0.0),
            judged(KIND, STRATEGIES, want.assign(what=want["what"] + ": 100 less the others"), inactive, half=0.05),
        ]
    )


def _survey(held: Held) -> pd.DataFrame:
    """Answers of which each respondent gave one must add up to those who answered."""
    survey = held.table("SURVEY")
    single = survey[~survey["several_answers"] & survey["kind"].isin(["choice", "turnout"])]
    question = ["respondents", "question_number", "question_id", "question", "kind"]
    counted = single.groupby(question, sort=False).agg(
        sum=("count", "sum"),
        blanks=("count", lambda cells: cells.isna().any()),
        answers=("count", "size"),
        printed=("base", "first"),
        locator=("locator", "first"),
    )
    whole = counted[~counted["blanks"] & counted["answers"].gt(1) & counted["printed"].notna()].reset_index()
    named = whole.assign(
        what=whole["question"] + " (" + whole["respondents"] + "): sum of the answers",
        row=whole["respondents"] + " " + whole["question_number"].astype(str) + " " + whole["question_id"],
        printed=whole["printed"].astype(float),
    )
    return judged(KIND, "SURVEY", named, whole["sum"].astype(float), half=0.0)


def _wards(held: Held) -> pd.DataFrame:
    """Ward counts of the printed child poverty table against the council's; each ward is rounded to a whole child."""
    rows = held.table("IDACI2015_PRINTED")
    wards = rows[~rows["area_code"].isin([COUNCIL, ENGLAND])]
    council = rows[rows["area_code"].eq(COUNCIL)]
    named = council.assign(
        what="Children in income-deprived families: sum of 37 wards",
        row=council["area_code"] + " count",
        printed=council["count"].astype(float),
    )
    return judged(KIND, "IDACI2015_PRINTED", named, wards["count"].sum(), half=0.0, slack=0.5 * len(wards))


def _child_poverty(held: Held) -> pd.DataFrame:
    """Ward counts of children in low-income families against the council's."""
    keys = ["year_ending", "measure", "housing_costs"]
    sums = held.table("CHILD_POVERTY_WARD").groupby(keys, as_index=False)["count"].sum()
    areas = held.table("CHILD_POVERTY_AREA")
    both = areas[areas["area_code"].eq(COUNCIL)].merge(sums, on=keys, suffixes=("", "_sum"))
    words = both["measure"] + " " + both["housing_costs"] + " " + both["year_ending"].astype(str)
    named = both.assign(
        what="Children in low-income families, " + words + ": sum of 33 wards",
        row=COUNCIL + " " + words,
        printed=both["count"].astype(float),
        locator="Children in low income families, tables of councils and of wards, " + words,
    )
    return judged(KIND, "CHILD_POVERTY_AREA", named, both["count_sum"].astype(float), half=0.0)


def _open(held: Held) -> Iterable[pd.DataFrame]:
    rows = held.observations("OPEN")
    yield _matched(rows, "crime_all_crime", CRIMES, "value", "sum of the kinds", 0.0)
    yield _matched(rows, "ctax_support_working_age_total", SUPPORT, "value", "sum of the groups", 0.0)
    for base, groups in CENSUS_BASES.items():
        for group in groups:
            yield _census(rows, base, group)
    persons = rows[rows["indicator_id"].eq("admissions_injury_0_14")].assign(value=lambda table: table["numerator"])
    both = pd.concat([persons.assign(printed=persons["value"]), rows[rows["indicator_id"].str.match(SEXES)]])
    yield _matched(both, "admissions_injury_0_14", SEXES, "numerator", "girls and boys", 3 * FIVES)
    yield _durations(rows)


def _matched(rows: pd.DataFrame, total: str, pattern: str, column: str, words: str, slack: float) -> pd.DataFrame:
    """Each printed value of `total` beside the sum of `column` of the indicators that match, by area and period."""
    place = ["area_code", "period"]
    members = rows[rows["indicator_id"].str.match(pattern)]
    sums = members.groupby(place)[column].agg(["sum", "size", "count"])
    both = rows[rows["indicator_id"].eq(total)].merge(sums.reset_index(), on=place)
    both = both[both["size"].eq(both["count"])]
    named = both.assign(what=both["what"] + f": {_plain(words)}", row=both["row"] + f" {_plain(words)}")
    england = both["area_code"].str.startswith("E92")
    return judged(KIND, OPEN, named, both["sum"], half=0.0, slack=np.where(england, 0.0, slack))


def _census(rows: pd.DataFrame, base: str, group: str) -> pd.DataFrame:
    """Groups of residents or households against all of them: the census adjusts each cell of each table at random.

    No neighbourhood differs by more than ADJUSTED; chance differences of n neighbourhoods grow with the root of n.
    """
    words = "sum of " + _plain(group.removeprefix("census2021_").strip("_"))
    members = rows[rows["indicator_id"].str.match(group)]
    sums = members.groupby("area_code")["numerator"].sum()
    both = rows[rows["indicator_id"].eq(base) & rows["area_code"].isin(sums.index)]
    summed = both["locator"].str.extract(r", (\d+) rows summed")[0].astype(float).fillna(1.0)
    named = both.assign(what=both["what"] + ": " + words, row=both["row"] + " " + words)
    ours = sums.reindex(both["area_code"])
    return judged(KIND, OPEN, named, ours, half=0.0, slack=ADJUSTED * np.sqrt(summed))


def _plain(words: str) -> str:
    return words.replace("(not_)?", "").replace("_", " ")


def _durations(rows: pd.DataFrame) -> pd.DataFrame:
    """Child protection plans by duration against all plans on 31 March; regions and England are printed in tens."""
    place = ["area_code", "period"]
    members = rows[rows["indicator_id"].str.fullmatch(DURATIONS)]
    counts = members.groupby(place).agg(sum=("numerator", "sum"), known=("numerator", "count")).reset_index()
    total = rows[rows["indicator_id"].eq("csc_cpp_on_31_march")]
    both = total.merge(counts[counts["known"].eq(5)], on=place)
    summary = both["area_code"].str.startswith(SUMMARY_AREAS)
    named = both.assign(what=both["what"] + ": sum of five durations", row=both["row"] + " durations")
    return judged(KIND, OPEN, named, both["sum"], half=0.0, slack=np.where(summary, 6 * TENS, 0.0))


def _service_map(held: Held) -> pd.DataFrame:
    """Every need of the service map has a cell at every stage of life, and none is served where no need is marked."""
    services, needs = held.table("SERVICES"), held.table("NEEDS_BY_LIFE_STAGE")
    cells = services.drop_duplicates(["need_id", "life_stage"])
    unmarked = needs[~needs["marked"]].rename(columns={"services_need_id": "need_id"})
    served = services[services["service"].notna()].drop_duplicates(["need_id", "life_stage"])
    both = unmarked.merge(served[["need_id", "life_stage"]], on=["need_id", "life_stage"])
    rows = pd.DataFrame(
        {
            "what": ["Cells of the service map: needs by stages of life", "Cells served where no need is marked"],
            "row": ["cells", "unmarked and served"],
            "locator": ["Appendix 3, table 'Needs'", "Section 7, table 'Type of Needs', and Appendix 3, table 'Needs'"],
            "printed": [float(services["need_id"].nunique() * services["life_stage"].nunique()), 0.0],
        }
    )
    return judged(KIND, "SERVICES", rows, [float(len(cells)), float(len(both))], half=0.0)
