"""What to look at before publishing: lawful figures that are more likely to be wrong than right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.editions import EDITIONS
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.statistics.unusual import robust_scores
from analysis.store.contradictions import contradictions
from analysis.store.differences import CHANGED, LOST, TableDifference, differences, keys_of
from analysis.store.totals import broken_totals

TIMES = ("period_end", "year_ending", "mid_year", "quarter")
PERIODS = ("period", *TIMES)
UNUSUAL, AT_LEAST, MOST = 6.0, 0.25, 50
WARD = r"E050\d{5}"


@dataclass(frozen=True)
class Caution:
    """A warning an editor may accept; `where` is the row's key.

    `kind` is jump, total, area, age, suppressed or contradiction.
    """

    kind: str
    contract: str
    where: str
    words: str

    def __str__(self) -> str:
        return f"{CONTRACTS[self.contract].title}{f', {self.where}' if self.where else ''}: {self.words}"


def cautions(before: Library, after: Library, base: str) -> list[Caution]:
    """Every warning about the tables of `after` that differ from `before`, by kind.

    At most MOST of a kind in a table are listed one by one, and the rest counted. Returns of small counts are warned of
    without their figures.
    """
    found: list[Caution] = []
    differing = differences(before, after)
    if not differing:
        return []
    for one in differing:
        if one.change == LOST:
            found.append(Caution("total", one.contract, "", "The whole table is gone."))
        elif one.change == CHANGED:
            found += _of_table(before, after, one, base)
    found += [Caution("total", *broken) for broken in broken_totals(before, after)]
    return found + [Caution("contradiction", *one) for one in contradictions(before, after)]


def _of_table(before: Library, after: Library, one: TableDifference, base: str) -> Iterator[Caution]:
    contract = CONTRACTS[one.contract]
    old, new = before.table(one.contract), after.table(one.contract)
    for kind, rows in (
        ("jump", jumps(old, new, contract)),
        ("suppressed", _unsuppressed(old, new, contract)),
        ("area", _areas(old, new, contract, after, base)),
        ("age", _ages(old, new)),
    ):
        for where, words in rows[:MOST]:
            yield Caution(kind, one.contract, "" if contract.small_counts else where, words)
        if len(rows) > MOST:
            yield Caution(kind, one.contract, "", f"{len(rows) - MOST} more of the same kind.")


def jumps(old: pd.DataFrame, new: pd.DataFrame, contract: Contract) -> list[tuple[str, str]]:
    """Figures of `new` that are not in `old` and moved further from the year before than the table's figures do.

    A change is measured on a logarithmic scale and set against the middle change of the indicator (of the table where
    it has none), in robust standard deviations: more than UNUSUAL of them, and by at least a quarter, is a jump.
    Without a time column the change is that from `old` to `new`.
    """
    time = next((name for name in TIMES if name in new.columns), None)
    found = []
    for column in _figures(contract):
        moves = _over_time(new, contract, time, column) if time else _since(old, new, contract, column)
        if moves.empty:
            continue
        fresh = ~moves["key"].isin(_same_cells(old, new, contract, column)).to_numpy()
        strange = fresh & (moves["score"].abs() > UNUSUAL) & (moves["move"].abs() > np.log1p(AT_LEAST))
        found += [(str(row.key), _jump_words(column, row, contract)) for row in moves[strange].itertuples()]
    return found


def _jump_words(column: str, row: object, contract: Contract) -> str:
    if contract.small_counts:
        return f"a figure of {column} moved far more than others do. Look at it again."
    earlier, later = getattr(row, "earlier", 0.0), getattr(row, "later", 0.0)
    return f"{column} went from {earlier:g} to {later:g}, far more than its other changes. Look at it again."


def _figures(contract: Contract) -> list[str]:
    left_out = {"lower", "upper", "latitude", "longitude", *PERIODS, *contract.key}
    numbers = [field.column for field in contract.fields if field.kind in ("integer", "number")]
    return [column for column in numbers if column not in left_out]


def _same_cells(old: pd.DataFrame, new: pd.DataFrame, contract: Contract, column: str) -> set[str]:
    first = pd.Series(old[column].to_numpy(float, na_value=np.nan), index=keys_of(old, contract.key))
    then = pd.Series(new[column].to_numpy(float, na_value=np.nan), index=keys_of(new, contract.key))
    first = first.reindex(then.index)
    return set(then.index[(first == then).to_numpy()])


def _over_time(frame: pd.DataFrame, contract: Contract, time: str, column: str) -> pd.DataFrame:
    series = tuple(name for name in contract.key if name not in PERIODS)
    rows = pd.DataFrame(
        {
            "key": keys_of(frame, contract.key),
            "series": keys_of(frame, series) if series else "",
            "group": frame[series[0]].astype(str) if "indicator_id" in series else "",
            "later": frame[column].to_numpy(float, na_value=np.nan),
            "time": frame[time],
        }
    ).sort_values(["series", "time"], kind="stable")
    rows = rows[rows["later"].notna()]
    rows["earlier"] = rows.groupby("series")["later"].shift()
    return _scored(rows[rows["earlier"].notna()])


def _since(old: pd.DataFrame, new: pd.DataFrame, contract: Contract, column: str) -> pd.DataFrame:
    first = pd.Series(old[column].to_numpy(float, na_value=np.nan), index=keys_of(old, contract.key))
    rows = pd.DataFrame({"key": keys_of(new, contract.key), "group": ""})
    rows["later"], rows["earlier"] = new[column].to_numpy(float, na_value=np.nan), first.reindex(rows["key"]).to_numpy()
    return _scored(rows.dropna(subset=["later", "earlier"]))


def _scored(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[(rows["earlier"] >= 0) & (rows["later"] >= 0)]
    rows = rows.assign(move=np.log1p(rows["later"]) - np.log1p(rows["earlier"]))
    return rows.assign(score=robust_scores(rows["move"], rows["group"]))


def _unsuppressed(old: pd.DataFrame, new: pd.DataFrame, contract: Contract) -> list[tuple[str, str]]:
    found = []
    for value, status in contract.reasons:
        hidden = set(keys_of(old, contract.key)[old[status].eq("suppressed").to_numpy()])
        told = keys_of(new, contract.key)[new[value].notna().to_numpy()]
        words = f"{value} was suppressed to protect people and is now a number. Make sure it may be published."
        found += [(str(key), words) for key in told if key in hidden]
    return found


def _areas(
    old: pd.DataFrame, new: pd.DataFrame, contract: Contract, library: Library, base: str
) -> list[tuple[str, str]]:
    """Codes that no table of areas knows, and wards of the other vintage where there were none before."""
    known = set(library.table("AREAS")["area_code"])
    others = {code for edition in EDITIONS.values() if edition.id != base for code in library.codes(edition.ward_type)}
    found = []
    for column in (field.column for field in contract.fields if field.column.endswith("_code")):
        fresh = sorted(set(new[column].dropna().astype(str)) - set(old[column].dropna().astype(str)))
        for code in fresh:
            if code in others:
                found.append((code, f"{column} is a ward of other years than the {base} edition uses."))
            elif pd.Series([code]).str.fullmatch(WARD).any() and code not in known:
                found.append((code, f"{column} is a ward that is in no list of wards held here: it may be an old one."))
    return found


def _ages(old: pd.DataFrame, new: pd.DataFrame) -> list[tuple[str, str]]:
    found = []
    if "age_band" in new.columns:
        lost, fresh = (sorted(set(a["age_band"]) - set(b["age_band"])) for a, b in ((old, new), (new, old)))
        found += [(str(band), "ages that are no longer in the table.") for band in lost]
        found += [(str(band), "ages that were not in the table before.") for band in fresh]
    if "ages" in new.columns and "indicator_id" in new.columns:
        first, then = (frame.set_index("indicator_id")["ages"].fillna("") for frame in (old, new))
        both = then.index.intersection(first.index)
        differ = both[(first[both] != then[both]).to_numpy()]
        found += [(str(name), f"ages {first[name]!r} before and {then[name]!r} now.") for name in differ]
    return found
