"""Indices of Deprivation worked out again: tenths from ranks, council summaries and the printed wards."""

from __future__ import annotations

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.idaci_check import printed_and_rebuilt
from analysis.reconciliation.observed import Held
from analysis.reconciliation.verdicts import half_of_last_digit, judged
from analysis.statistics.deprivation_measures import DOMAIN_WEIGHTS, deciles, imd_score

TENTHS, SCORES = "tenth from its rank", "score from the ranks of its domains"
SUMMARY, REBUILT = "summary of the council", "ward from its neighbourhoods"
EDITIONS = {2015: ("IOD2015", "lsoa11_code", 32844), 2019: ("IOD2019", "lsoa11_code", 32844)}
EDITIONS |= {2025: ("IOD2025", "lsoa21_code", 33755)}
TIES = 0.001
COUNTED = {"employment": "working_age", "idaci": "children_0_15", "idaopi": "adults_60_plus"}
WEIGHTS = {name.replace("living_environment", "living_env"): weight for name, weight in DOMAIN_WEIGHTS.items()}


def checks(held: Held) -> pd.DataFrame:
    """Tenths, summaries of the council, and the wards the assessment prints."""
    made = [_tenths(held, year) for year in EDITIONS]
    made += [_scores(held, year) for year in EDITIONS]
    made += [_worst_tenth(held), _averages(held), _rebuilt(held), _implied_children(held)]
    return pd.concat(made, ignore_index=True)


def _tenths(held: Held, year: int) -> pd.DataFrame:
    source, code, areas = EDITIONS[year]
    rows = held.table(source)
    known = rows[rows["rank"].notna() & rows["decile"].notna()]
    named = known.assign(
        what=f"Tenth of {year}, " + known["domain"] + ", " + known[code],
        row=known[code] + " " + known["domain"],
        printed=known["decile"].astype(float),
        locator=f"Indices of Deprivation {year}, by neighbourhood",
    )
    return judged(TENTHS, source, named, deciles(known["rank"], areas), half=0.0)


def _scores(held: Held, year: int) -> pd.DataFrame:
    """The index of each neighbourhood from the ranks of its seven domains; tied ranks leave it a thousandth apart."""
    source, code, areas = EDITIONS[year]
    rows = held.table(source)
    ranks = rows.pivot(index=code, columns="domain", values="rank").astype(float)
    index = rows[rows["domain"].eq("imd") & rows["score"].notna()]
    named = index.assign(
        what=f"Index of Multiple Deprivation {year}, " + index[code],
        row=index[code] + " imd score",
        printed=index["score"],
        locator=f"Indices of Deprivation {year}, by neighbourhood",
    )
    ours = imd_score(ranks, areas, WEIGHTS).reindex(index[code])
    return judged(SCORES, source, named, ours, half=half_of_last_digit(index["score"], [index["domain"]]), slack=TIES)


def _worst_tenth(held: Held) -> pd.DataFrame:
    """Share of the council's neighbourhoods in the most deprived tenth of England."""
    made = []
    for year, (source, _, _) in EDITIONS.items():
        rows = held.table(source)
        share = rows.assign(worst=rows["decile"].eq(1)).groupby("domain")["worst"].mean()
        printed = _printed(held, year, "proportion_bottom_decile")
        half = half_of_last_digit(printed["printed"], [printed["iod_year"]])
        made.append(judged(SUMMARY, "IOD_COUNCIL", printed, share.reindex(printed["domain"]), half=half))
    return pd.concat(made, ignore_index=True)


def _averages(held: Held) -> pd.DataFrame:
    """Average score and rank of 2019, weighted by those each domain counts; ranks reversed so that more is worse."""
    source, code, areas = EDITIONS[2019]
    people = held.table("IOD_POPULATION").query("iod_year == 2019").set_index(code)
    rows = held.table(source)
    counted = rows["domain"].map(COUNTED).fillna("population")
    weight = pd.Series(people.stack().reindex(pd.MultiIndex.from_arrays([rows[code], counted])).to_numpy(), rows.index)
    ranked = rows.assign(weight=weight.astype(float), worse=areas + 1 - rows["rank"].astype(float))
    made = []
    for column, figure in (("average_rank", "worse"), ("average_score", "score")):
        known = ranked[ranked["basis"].eq("published") | (column == "average_rank")]
        ours = _weighted(known, figure, len(people))
        printed = _printed(held, 2019, column)
        kept = printed[printed["domain"].isin(ours.index)]
        half = half_of_last_digit(kept["printed"], [kept["iod_year"]])
        mine = ours.reindex(kept["domain"])
        made.append(judged(SUMMARY, "IOD_COUNCIL", kept, mine["average"], half=half, slack=mine["slack"].to_numpy()))
    return pd.concat(made, ignore_index=True)


def _weighted(known: pd.DataFrame, figure: str, areas: int) -> pd.DataFrame:
    """Average by domain, and how far it can move as every weight is a whole number; domains with a gap are left out."""
    grouped = known.assign(product=known["weight"] * known[figure]).groupby("domain")
    people = grouped["weight"].sum()
    average = grouped["product"].sum() / people
    apart = (known[figure] - known["domain"].map(average)).abs().groupby(known["domain"]).sum()
    whole = grouped[figure].count().eq(areas)
    return pd.DataFrame({"average": average, "slack": 0.5 * apart / people})[whole]


def _printed(held: Held, year: int, column: str) -> pd.DataFrame:
    rows = held.table("IOD_COUNCIL")
    kept = rows[rows["iod_year"].eq(year) & rows["area_code"].eq(COUNCIL) & rows[column].notna()]
    words = column.replace("_", " ") + ", " + kept["domain"] + f", {year}"
    return kept.assign(
        what="Council's " + words,
        row=COUNCIL + " " + kept["domain"] + f" {year} {column}",
        printed=kept[column].astype(float),
        locator=f"Indices of Deprivation {year}, summaries for councils",
    )


def _rebuilt(held: Held) -> pd.DataFrame:
    """Counts and percentages of the printed wards from the neighbourhoods of 2015."""
    both = printed_and_rebuilt(held.library)
    made = []
    for column, half in (("count", 0.5), ("percent", 0.05)):
        named = both.assign(
            what=f"Children in income-deprived families, {column}, " + both["area_name"],
            row=both["area_code"] + f" {column}",
            printed=both[column].astype(float),
        )
        made.append(judged(REBUILT, "IDACI2015_PRINTED", named, both[f"{column}_rebuilt"], half=half))
    return pd.concat(made, ignore_index=True)


def _implied_children(held: Held) -> pd.DataFrame:
    """The council's printed percentage is that of its wards' children taken together."""
    rows = held.table("IDACI2015_PRINTED")
    wards = rows[~rows["area_code"].isin([COUNCIL, ENGLAND])]
    children = 100 * wards["count"] / wards["percent"]
    council = rows[rows["area_code"].eq(COUNCIL)]
    named = council.assign(
        what="Children in income-deprived families, per cent of the council: its wards together",
        row=COUNCIL + " percent",
        printed=council["percent"].astype(float),
    )
    return judged(SUMMARY, "IDACI2015_PRINTED", named, 100 * wards["count"].sum() / children.sum(), half=0.05)
