"""What a scenario comes to: who gains, who loses, what stays unmet, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.scenario.fair import Fair
from analysis.scenario.moves import Changed, applied
from analysis.scenario.steps import MovePlaces, Scenario
from analysis.scenario.today import Today
from analysis.statistics.intervals import Floats
from analysis.statistics.reallocation import RECOMMENDED_FROM, TINY

HALF_A_PLACE = 0.5
LIMITS = (2.5, 97.5)


class Standing(StrEnum):
    """Where a ward's places stand against its fair share, once the uncertainty in need is allowed for."""

    SHORT = "short of its fair share"
    ABOUT = "about its fair share"
    OVER = "more than its fair share"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Judged:
    """A move between wards, and in what share of the redrawn needs places lie nearer to need with it than without."""

    move: MovePlaces
    right: float

    @property
    def recommended(self) -> bool:
        """Whether at least 80% of the redrawn needs agree."""
        return self.right >= RECOMMENDED_FROM


@dataclass(frozen=True)
class Outcome:
    """A scenario judged by one fair share.

    Columns of `table`, in code order: area_code, area_name, places_today, places, change, fair (the ward's fair share
    of all places), short (places short of it; above 0 is worse), each with _lower and _upper (the middle 95% of the
    redrawn needs); needed (the ward's share of the places needed in all), met and unmet of them; standing; reason
    (why need is missing, or blank). Need in places starts from today's total: it shows how places are spread, not
    whether there are enough. `needed`, `met` and `unmet` hold for wards whose need is known.
    """

    scenario: Scenario
    today: Today
    fair: Fair
    changed: Changed
    table: pd.DataFrame
    moves: tuple[Judged, ...]

    @property
    def total(self) -> int:
        """All places by ward."""
        return int(self.table["places"].sum())

    @property
    def needed(self) -> float:
        """Places needed in all."""
        return float(self.table["needed"].sum())

    @property
    def unmet(self) -> float:
        """Places needed where there are none; more is worse."""
        return float(self.table["unmet"].sum())

    @property
    def within(self) -> float:
        """The share of need, 0 to 1, that lies within the places of its ward; less is worse."""
        return float(self.table["met"].sum() / self.needed)

    @property
    def moved(self) -> int:
        """Places gained, added over wards."""
        return int(self.table["change"].clip(lower=0).sum())

    def standing(self, wanted: Standing) -> pd.DataFrame:
        """The wards that stand so, the one furthest from its fair share first."""
        found = self.table[self.table["standing"] == wanted]
        return found.sort_values("short", ascending=wanted == Standing.OVER, kind="stable")


def outcome(today: Today, scenario: Scenario, fair: Fair) -> Outcome:
    """A scenario judged. Raises Refusal when a step cannot be made."""
    changed = applied(today, scenario, fair)
    table = _table(today, changed, fair)
    return Outcome(scenario, today, fair, changed, table, _judged(scenario, changed, fair))


def _table(today: Today, changed: Changed, fair: Fair) -> pd.DataFrame:
    places = changed.places.to_numpy("int64")
    known = list(fair.codes)
    total, held = _shared(today, changed, fair)
    share = pd.Series(fair.share, index=known).reindex(changed.places.index)
    lower, upper = (_by_ward(limit, changed, fair) for limit in _limits(fair))
    table = today.wards.rename(columns={"places": "places_today"}).assign(
        places=places,
        change=places - today.wards["places"],
        fair=(total * share).to_numpy(),
        fair_lower=(total * lower).to_numpy(),
        fair_upper=(total * upper).to_numpy(),
        needed=(held * changed.growth * fair.growth * share).to_numpy(),
    )
    for end, other in (("", ""), ("_lower", "_lower"), ("_upper", "_upper")):
        table[f"short{end}"] = table[f"fair{other}"] - table["places"]
    table["met"] = table[["places", "needed"]].min(axis=1, skipna=False)
    table["unmet"] = table["needed"] - table["met"]
    table["reason"] = [fair.reasons.get(code, "") for code in table["area_code"]]
    return table.assign(standing=_standings(table))


def _limits(fair: Fair) -> Floats:
    return np.asarray(np.percentile(fair.draws, LIMITS, axis=0), float)


def _shared(today: Today, changed: Changed, fair: Fair) -> tuple[int, int]:
    """Places of the wards whose need is known: after the steps, and today."""
    known = list(fair.codes)
    return int(changed.places[known].sum()), int(today.wards.set_index("area_code")["places"][known].sum())


def _by_ward(values: Floats, changed: Changed, fair: Fair) -> pd.Series:
    return pd.Series(values, index=list(fair.codes)).reindex(changed.places.index)


def _standings(table: pd.DataFrame) -> np.ndarray:
    return np.select(
        [table["short"].isna(), table["short_lower"] >= HALF_A_PLACE, table["short_upper"] <= -HALF_A_PLACE],
        [Standing.NOT_KNOWN, Standing.SHORT, Standing.OVER],
        Standing.ABOUT,
    )


def _judged(scenario: Scenario, changed: Changed, fair: Fair) -> tuple[Judged, ...]:
    place = {code: number for number, code in enumerate(fair.codes)}
    total = int(changed.places[list(fair.codes)].sum())
    moves = [step for step in scenario.steps if isinstance(step, MovePlaces)]
    return tuple(
        Judged(move, how_often_right(move, changed.places, total * fair.draws, place))
        for move in moves
        if move.source in place and move.target in place
    )


def how_often_right(move: MovePlaces, places: pd.Series, fair_draws: Floats, place: dict[str, int]) -> float:
    """The share of draws in which places lie nearer to their fair share with a move than with it undone."""
    giver, taker = fair_draws[:, place[move.source]], fair_draws[:, place[move.target]]
    gave, took = int(places[move.source]), int(places[move.target])
    with_it = np.abs(gave - giver) + np.abs(took - taker)
    without = np.abs(gave + move.places - giver) + np.abs(took - move.places - taker)
    return float((with_it < without - TINY).mean())
