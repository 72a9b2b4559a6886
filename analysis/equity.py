"""Whether provision follows need from the most deprived ward to the least, and how much would have to move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compared_wards import catchments, comparable, left_out, need_draws, refuse_few
from analysis.deprivation import by_ward
from analysis.editions import EDITIONS
from analysis.gap import Gap
from analysis.need import NEEDS, need_table
from analysis.sources.library import Library
from analysis.statistics.inequality import concentration_index, equity_limits, hoover, horizontal_inequity
from analysis.statistics.intervals import Floats

DRAWS = 2_000
SEED = 54
DEPRIVATION_YEAR = {"2020": 2015, "2026": 2025}
CHILDREN = {"2020": "children2019", "2026": "children2020"}
MEASURES = ("concentration_of_provision", "concentration_of_need", "horizontal_inequity", "hoover", "places_to_move")
SO = "whether provision follows need from the most to the least deprived wards cannot be worked out."
_DEPRIVATION_FILES = {
    "2020": ("IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11"),
    "2026": ("IOD2025", "POPULATION_LSOA21", "LOOKUP_LSOA21"),
}


@dataclass(frozen=True)
class Equity:
    """Provision and need along deprivation.

    `measures` has one row a measure (`MEASURES`) and the columns value, lower and upper: 95% limits where `by` is
    `chance`, the range over all catchments where it is `catchment`, missing for what was not varied. Concentration
    is below 0 where the deprived have more than their share of children; horizontal inequity is above 0 where they
    get less than their need would give; hoover is the share of provision to move, from 0 to 1. `by_luck` is the
    hoover that chance alone gives when every ward has its share of need: the middle value and 95% limits.
    `wards` has one row a ward, the most deprived first: area_code, area_name, deprivation (average score, higher is
    worse), children, need, observed, and the shares of all children, need and provision that this ward and those
    before it hold together. `hidden` and `unknown` count the wards left out.
    """

    by: str
    measures: pd.DataFrame
    wards: pd.DataFrame
    by_luck: pd.Series | None
    hidden: int
    unknown: int

    @property
    def total(self) -> float:
        """All provision of the wards compared."""
        return float(self.wards["observed"].sum())


def equity(library: Library, result: Gap) -> Equity:
    """Measure whether provision follows need along deprivation.

    Wards are ordered by the average score of the Index of Multiple Deprivation; only those whose count is known
    and may be shown take part. Raises Refusal when they are fewer than 10.
    """
    wards = _ordered(library, result)
    left = left_out(result, wards)
    if result.provision.kind == "access":
        return Equity(
            "catchment", over_catchments(wards, catchments(library, result, wards["area_code"])), wards, None, *left
        )
    measures = with_limits(wards, need_draws(library, result.need, wards["area_code"]))
    return Equity("chance", measures, wards, hoover_by_luck(wards), *left)


def sources_for(edition: str) -> tuple[str, ...]:
    """The contracts of the files that give deprivation and children by ward in an edition."""
    return (*_DEPRIVATION_FILES[edition], *NEEDS[CHILDREN[edition]].sources)


def along_deprivation(wards: pd.DataFrame) -> pd.DataFrame:
    """Rows with deprivation, children, need and observed, the most deprived first, with running shares of each."""
    ordered = wards.sort_values(["deprivation", "area_code"], ascending=[False, True], ignore_index=True)
    for name, column in (("children", "children"), ("need", "need"), ("provision", "observed")):
        ordered[f"{name}_so_far"] = ordered[column].cumsum() / ordered[column].sum()
    return ordered


def with_limits(wards: pd.DataFrame, needs: Floats | None, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """The measures with 95% limits by redrawing the counts, and need where `needs` holds draws of it."""
    redrawn = None if needs is None else needs[:draws]
    found = equity_limits(*_columns(wards), need_draws=redrawn, draws=draws, seed=seed)
    measures = found.loc[list(MEASURES), ["value", "lower", "upper"]]
    if redrawn is None:
        measures.loc["concentration_of_need", ["lower", "upper"]] = np.nan
    return measures


def over_catchments(wards: pd.DataFrame, variants: pd.DataFrame) -> pd.DataFrame:
    """The measures with their range over all catchments, one column of `variants` each."""
    each = pd.DataFrame({name: _measured(wards.assign(observed=variants[name])) for name in variants})
    measures = pd.DataFrame({"value": _measured(wards), "lower": each.min(axis=1), "upper": each.max(axis=1)})
    measures.loc["concentration_of_need", ["lower", "upper"]] = np.nan
    return measures


def hoover_by_luck(wards: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.Series:
    """The share to move when every case falls to a ward by its share of need and chance alone: value, lower, upper.

    The value is the middle one of the draws; the other two hold the middle 95%.
    """
    share = (wards["need"] / wards["need"].sum()).to_numpy(float)
    total = round(float(wards["observed"].sum()))
    shares = np.random.default_rng(seed).multinomial(total, share, draws) / total
    found = np.percentile(np.abs(shares - share).sum(axis=1) / 2, (50, 2.5, 97.5))
    return pd.Series(found, index=["value", "lower", "upper"])


def _measured(wards: pd.DataFrame) -> pd.Series:
    given, needed, people, order = _columns(wards)
    moved = hoover(given, needed)
    found = (
        concentration_index(given, people, order),
        concentration_index(needed, people, order),
        horizontal_inequity(given, needed, people, order),
        moved,
        moved * given.sum(),
    )
    return pd.Series(found, index=list(MEASURES))


def _columns(wards: pd.DataFrame) -> tuple[Floats, Floats, Floats, Floats]:
    given, needed, people, order = (
        wards[name].to_numpy(float) for name in ("observed", "need", "children", "deprivation")
    )
    return given, needed, people, order


def _ordered(library: Library, result: Gap) -> pd.DataFrame:
    wards = comparable(result, SO)[["area_code", "area_name", "need", "observed"]]
    scores = by_ward(library, DEPRIVATION_YEAR[result.edition], "imd", EDITIONS[result.edition].ward_column)
    children = need_table(library, NEEDS[CHILDREN[result.edition]])
    wards = wards.assign(
        deprivation=wards["area_code"].map(scores.set_index("area_code")["score"]),
        children=wards["area_code"].map(children.set_index("area_code")["need"]),
    ).dropna(subset=["deprivation", "children"])
    refuse_few(len(wards), result, SO)
    return along_deprivation(wards)
