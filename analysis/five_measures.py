"""The five summary measures of deprivation, each by its name: what they say of wards, and of the council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.deprivation import NEIGHBOURHOODS_IN_ENGLAND, measured, published_for_council
from analysis.sources.library import Library
from analysis.statistics.deprivation_measures import summary_measures

COUNCILS_IN_ENGLAND = {2015: 317, 2019: 317, 2025: 296}


@dataclass(frozen=True)
class Measure:
    """One way to sum neighbourhoods up; larger is more deprived in all of them.

    `column` is its name in `deprivation.by_ward`, `summed` in `summary_measures`; `published` and `rank` are the
    columns of the council's own figure, blank where it is not held. `share` is a share, of which none is nothing.
    """

    id: str
    title: str
    worse: str
    meaning: str
    column: str
    summed: str
    published: str = ""
    rank: str = ""
    share: bool = False


MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        Measure(
            "score",
            "Average score",
            "higher is more deprived",
            "The mean score of its neighbourhoods, weighted by people.",
            "score",
            "average_score",
            "average_score",
            "rank_average_score",
        ),
        Measure(
            "rank",
            "Average rank",
            "reversed: larger is more deprived",
            "The mean place of its neighbourhoods in England, weighted by people, turned round so that the most "
            "deprived neighbourhood counts most. Extremes move it less than they move the score.",
            "average_rank",
            "average_rank",
            "average_rank",
            "rank_average_rank",
        ),
        Measure(
            "tenth",
            "Proportion of neighbourhoods in England's most deprived tenth",
            "higher is more deprived",
            "A count of neighbourhoods, large and small alike.",
            "proportion_most_deprived_10pct",
            "proportion_most_deprived_10pct",
            "proportion_bottom_decile",
            "rank_proportion_bottom_decile",
            share=True,
        ),
        Measure(
            "extent",
            "Extent",
            "higher is more deprived",
            "The share of people in deprived neighbourhoods: all of those in England's most deprived tenth, and fewer "
            "and fewer of those in the next two tenths.",
            "extent",
            "extent",
            share=True,
        ),
        Measure(
            "concentration",
            "Local concentration",
            "larger is more deprived",
            "How deprived the most deprived tenth of its own people are: the mean reversed rank of where they live.",
            "local_concentration",
            "local_concentration",
        ),
    )
}
PEOPLE = Measure(
    "people",
    "Share of people in England's most deprived tenth",
    "higher is more deprived",
    "Not one of the five: people where the proportion counts neighbourhoods.",
    "population_share_decile_1",
    "population_share_decile_1",
    share=True,
)


def of_council(library: Library, year: int, domain: str) -> pd.DataFrame:
    """The five measures of the council: one row a measure, in the order of `MEASURES`.

    Columns measure, worked_out (by our sum), published (by MHCLG), rank (published, 1 is the most deprived), councils
    (how many were ranked) and reason, which says why a published figure is missing and is blank otherwise.
    """
    rows = measured(library, year, domain)
    ours = summary_measures(rows.assign(council="all"), "council", NEIGHBOURHOODS_IN_ENGLAND[year]).iloc[0]
    theirs = published_for_council(library, year, domain)
    return pd.DataFrame(
        {
            "measure": list(MEASURES),
            "worked_out": [ours[measure.summed] for measure in MEASURES.values()],
            "published": [_known(theirs, measure.published) for measure in MEASURES.values()],
            "rank": [_known(theirs, measure.rank) for measure in MEASURES.values()],
            "councils": COUNCILS_IN_ENGLAND[year],
            "reason": [_why_unpublished(theirs, measure, domain) for measure in MEASURES.values()],
        }
    )


def places(wards: pd.DataFrame) -> pd.DataFrame:
    """Each ward's place among the wards by each measure: one row a ward and measure that places it.

    `wards` are those of `deprivation.by_ward`. Columns area_code, measure and place (1 the most deprived; equal wards
    share the first of their places). A ward without a value, or with none of a share, has no place.
    """
    found = []
    for measure in MEASURES.values():
        value = wards[measure.column].where(wards[measure.column].gt(0) | (not measure.share))
        place = value.rank(ascending=False, method="min")
        found.append(pd.DataFrame({"area_code": wards["area_code"], "measure": measure.id, "place": place}))
    return pd.concat(found, ignore_index=True).dropna(subset="place").astype({"place": int})


def leaders(placed: pd.DataFrame) -> dict[str, list[str]]:
    """The codes of the most deprived wards by each measure that places any, from `places`."""
    first = placed[placed["place"] == 1]
    return {str(measure): list(rows["area_code"]) for measure, rows in first.groupby("measure", sort=False)}


def moved_furthest(placed: pd.DataFrame) -> pd.DataFrame | None:
    """The places of the ward that the choice of measure moves furthest, highest place first; None if none moves."""
    place = placed.groupby("area_code")["place"]
    spread = place.max() - place.min()
    if spread.empty or not spread.max():
        return None
    rows = placed[placed["area_code"] == spread.idxmax()]
    return rows.sort_values("place", kind="stable", ignore_index=True)


def _known(published: pd.Series, column: str) -> float:
    return float(published[column]) if column and pd.notna(published[column]) else float("nan")


def _why_unpublished(published: pd.Series, measure: Measure, domain: str) -> str:
    if not measure.published and domain != "imd":
        return "published for all domains together only"
    if not measure.published or pd.isna(published["area_code"]):
        return "not in the copies we could read"
    return str(published["blank_reason"]) if pd.isna(published[measure.published]) else ""
