"""Facts of one ward from the indicators: every one that has a figure of it, beside the council's and England's."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import SOURCES, Indicators
from analysis.refusal import Refusal
from analysis.sources.contracts import STATUS_WORDS
from analysis.sources.tables.observations import TOPICS
from analysis.statistics.differences import newcombe, rate_ratio
from analysis.ward_facts import Facts, fact, source, under
from analysis.ward_together import Together

REST = "Beside the rest of the council"
ABOVE, BELOW, ALIKE = "above the rest", "below the rest", "no difference can be told"
VERDICTS = (ABOVE, BELOW, ALIKE)
NOT_TESTED = "not tested: the counts it needs are not held"
A_COUNT = "a plain count, larger in a larger ward"
RATIO = "times the rest"
_KEY = ["indicator_id", "period"]
_COUNTS = ["numerator", "denominator"]


def observed(together: Together) -> pd.DataFrame:
    """The newest figure of each indicator and ward of the edition, with the council's and England's of that period.

    Columns of an observation; title, topic, unit, limits, comparable and origin of the indicator; council,
    council_numerator, council_denominator and england; rest, rest_lower, rest_upper and rest_unit, the ward set against
    all other wards together (percentage points by Newcombe, or a ratio of rates with exact limits). Sorted by topic
    and title. Raises Refusal for a council of which no indicators are held.
    """
    held = together.held
    if held is None:
        raise Refusal(f"No indicators are held of {together.library.council.name}.")
    return together.once("observed", lambda: _observed(together, held))


def _observed(together: Together, held: Indicators) -> pd.DataFrame:
    codes = together.library.codes(together.ward_column.removesuffix("_code"))
    rows = held.observations[held.observations["area_code"].isin(codes)]
    rows = rows.drop_duplicates(["indicator_id", "area_code"], keep="last")
    about = held.table[["title", "topic", "unit", "limits", "comparable", "source"]]
    rows = rows.join(about.rename(columns={"source": "origin"}), on="indicator_id")
    council, england = (_of_area(held.observations, code, name) for code, name in _BESIDE.items())
    rows = rows.merge(council, on=_KEY, how="left").merge(england[[*_KEY, "england"]], on=_KEY, how="left")
    order = rows["topic"].map({topic: place for place, topic in enumerate(TOPICS)})
    rows = rows.assign(order=order).sort_values(["order", "title", "area_code"], ignore_index=True)
    return rows.join(_against_rest(rows))


def _against_rest(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row against its council without it: rest, rest_lower, rest_upper and rest_unit, missing where not tested."""
    x, n = rows["numerator"].astype(float), rows["denominator"].astype(float)
    rest_x, rest_n = rows["council_numerator"] - x, rows["council_denominator"] - n
    able = rows["comparable"] & (x + n + rest_x + rest_n).notna() & n.gt(0) & rest_n.gt(0) & rest_x.ge(0)
    parts = []
    for limits, (test, unit, name, scale) in _TESTS.items():
        mine = rows.index[able & rows["limits"].eq(limits)]
        found = scale * test(x[mine], n[mine], rest_x[mine], rest_n[mine])[[name, "lower", "upper"]]
        parts.append(found.set_axis(mine).set_axis(["rest", "rest_lower", "rest_upper"], axis=1).assign(rest_unit=unit))
    return pd.concat(parts).reindex(rows.index)


_TESTS = {
    "wilson": (newcombe, "percentage points", "difference", 100.0),
    "byar": (rate_ratio, RATIO, "ratio", 1.0),
}
_BESIDE = {COUNCIL: "council", ENGLAND: "england"}


def _of_area(rows: pd.DataFrame, code: str, name: str) -> pd.DataFrame:
    own = rows.loc[rows["area_code"] == code, [*_KEY, "value", *_COUNTS]]
    return own.rename(columns={"value": name, **{count: f"{name}_{count}" for count in _COUNTS}})


def indicators(together: Together, ward: str) -> Facts:
    """Every indicator held of a ward, by topic: its figure with limits, and how it stands beside the rest.

    The ward itself is taken out of the council before they are compared. Nothing is rated better or worse: these
    are figures of small areas.
    """
    if together.held is None:
        return []
    rows = observed(together)
    return [item for row in rows[rows["area_code"] == ward].to_dict("records") for item in _told(together, row)]


def silent_topics(together: Together, ward: str) -> list[str]:
    """The topics on which no figure of a ward is held."""
    rows = observed(together)
    return silent(set(rows.loc[rows["area_code"] == ward, "topic"]))


def silent(spoken: Collection[str]) -> list[str]:
    """The topics that are not among those spoken of."""
    return [topic for topic in TOPICS if topic not in spoken]


def more_is_worse(held: Indicators | None) -> frozenset[str]:
    """The indicators of which more is worse; none where no indicators are held."""
    if held is None:
        return frozenset()
    return frozenset(held.table.index[held.table["polarity"] == "high is worse"])


def _told(together: Together, row: Mapping[Hashable, Any]) -> Facts:
    contract = f"{SOURCES[row['origin']]}_OBSERVATIONS"
    note = "" if pd.isna(row["note"]) else str(row["note"])
    figure = fact(
        str(row["title"]),
        row["value"],
        str(row["unit"]),
        lower=row["lower"],
        upper=row["upper"],
        council=row["council"],
        england=row["england"],
        note=STATUS_WORDS[row["status"]] if pd.isna(row["value"]) else note,
    )
    return under(
        "indicators",
        str(row["topic"]),
        [figure, _beside(row)],
        period=str(row["period"]),
        basis=str(row["basis"]),
        source=together.once(("source", contract), lambda: source(together.library, (contract,))),
        locator="" if pd.isna(row["locator"]) else str(row["locator"]),
        indicator_id=str(row["indicator_id"]),
    )


def _beside(row: Mapping[Hashable, Any]) -> dict[str, object]:
    if pd.isna(row["rest_lower"]):
        return fact(REST, np.nan, "percentage points", note=NOT_TESTED if row["comparable"] else A_COUNT)
    same = 1.0 if row["rest_unit"] == RATIO else 0.0
    verdict = ABOVE if row["rest_lower"] > same else BELOW if row["rest_upper"] < same else ALIKE
    limits = {"lower": row["rest_lower"], "upper": row["rest_upper"]}
    return fact(REST, row["rest"], row["rest_unit"], note=verdict, **limits)
