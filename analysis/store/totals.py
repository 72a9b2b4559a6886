"""Totals that must add up: which of them do in one version and no longer in another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.sources.catalogue import CatalogueError
from analysis.sources.library import Library

ROUNDING = 0.02
Parts = pd.DataFrame


def broken_totals(before: Library, after: Library) -> list[tuple[str, str, str]]:
    """Contract, which total, and words, for each total that added up (or was not there) before and does not now."""
    found = []
    for contract, made in TOTALS:
        try:
            old, new = made(before), made(after)
        except CatalogueError:
            continue
        held = set(old.index[_off(old)])
        for where in new.index[_off(new)]:
            if where not in held:
                total, parts = new.loc[where, ["total", "parts"]]
                found.append((contract, str(where), f"the parts make {parts:g} and the total given is {total:g}."))
    return found


def _off(sums: Parts) -> np.ndarray:
    apart = (sums["parts"] - sums["total"]).abs()
    return (apart > np.maximum(sums["slack"], ROUNDING * sums["total"].abs())).to_numpy()


def _poverty(library: Library) -> Parts:
    keys = ["year_ending", "measure", "housing_costs"]
    wards, areas = library.table("CHILD_POVERTY_WARD"), library.table("CHILD_POVERTY_AREA")
    whole = wards["count"].notna().groupby([wards[key] for key in keys]).all()
    parts = wards.groupby(keys)["count"].sum()[whole]
    total = areas[areas["area_code"] == COUNCIL].set_index(keys)["count"]
    return _sums(parts, total, 5.0 * wards.groupby(keys).size())


def _ages(library: Library) -> Parts:
    rows = library.table("POPULATION_LSOA11")
    wide = rows.pivot_table(index=["mid_year", "lsoa11_code"], columns="age_band", values="population", aggfunc="sum")
    if not {"0-4", "5-11", "12-15", "0-15"} <= set(wide.columns):
        return _sums(pd.Series(dtype=float), pd.Series(dtype=float), pd.Series(dtype=float))
    parts = wide[["0-4", "5-11", "12-15"]].sum(axis=1)
    return _sums(parts, wide["0-15"], pd.Series(0.0, index=wide.index))


def _printed(library: Library) -> Parts:
    rows = library.table("IDACI2015_PRINTED")
    wards = rows[~rows["area_code"].isin([COUNCIL, ENGLAND])]
    total = rows[rows["area_code"] == COUNCIL].set_index("area_code")["count"]
    parts = pd.Series({COUNCIL: float(wards["count"].sum())})
    return _sums(parts, total, pd.Series({COUNCIL: float(len(wards))}))


def _rates(prefix: str) -> Callable[[Library], Parts]:
    def made(library: Library) -> Parts:
        rows = library.table(f"{prefix}_OBSERVATIONS")
        about = library.table(f"{prefix}_INDICATORS").set_index("indicator_id")
        how, per = rows["indicator_id"].map(about["limits"]), rows["indicator_id"].map(about["per"]).astype(float)
        rows = rows.assign(rate=per * rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0))
        rows = rows[how.isin(["wilson", "byar"]) & rows["rate"].notna() & rows["value"].notna()]
        rows = rows.set_index(["indicator_id", "area_code", "period"])
        return _sums(rows["rate"], rows["value"], pd.Series(1.0, index=rows.index))

    return made


def _sums(parts: pd.Series, total: pd.Series, slack: pd.Series) -> Parts:
    frame = pd.DataFrame({"parts": parts, "total": total, "slack": slack}).astype(float)
    kept = frame.dropna()
    kept.index = ["; ".join(map(str, key)) if isinstance(key, tuple) else str(key) for key in kept.index]
    return kept


TOTALS: tuple[tuple[str, Callable[[Library], Parts]], ...] = (
    ("CHILD_POVERTY_WARD", _poverty),
    ("POPULATION_LSOA11", _ages),
    ("IDACI2015_PRINTED", _printed),
    *((f"{prefix}_OBSERVATIONS", _rates(prefix)) for prefix in ("LAIT", "OPEN", "PROFILES", "ASSESSMENT")),
)
