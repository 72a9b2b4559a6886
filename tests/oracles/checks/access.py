"""Places within reach by floating catchments."""

from __future__ import annotations

import pandas as pd

from analysis.statistics.access import Trips, gaussian, stepped, three_step, two_step
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

METHODS = {
    "twosfca_20": (two_step, stepped((20,), (1,))),
    "e2sfca_step": (two_step, stepped((10, 20, 30), (1, 0.68, 0.22))),
    "e2sfca_gauss30": (two_step, gaussian(30)),
    "threesfca_step60": (three_step, stepped((10, 20, 30, 60), (0.962, 0.704, 0.377, 0.042))),
}


def access(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    demand = folder.input_for(name, "set", "area", "demand")
    supply = folder.input_for(name, "set", "provider", "capacity")
    cost = folder.input_for(name, "set", "area", "provider", "minutes")
    cells = []
    for group, right in want.groupby("set", sort=False):
        people, places, trips = (rows[rows["set"] == group] for rows in (demand, supply, cost))
        got = _access(people, places, trips).reindex(right["area"])
        cells += compared(got, right, list(METHODS), folder.tolerance(name), label=["set", "area"])
    return cells


def _access(demand: pd.DataFrame, supply: pd.DataFrame, cost: pd.DataFrame) -> pd.DataFrame:
    areas, providers = demand["area"].to_list(), supply["provider"].to_list()
    trips = Trips.from_table(cost["area"], cost["provider"], cost["minutes"], areas, providers)
    found = {
        column: method(demand["demand"], supply["capacity"], trips, decay)
        for column, (method, decay) in METHODS.items()
    }
    return pd.DataFrame(found, index=areas)


CHECKS = [Check("access_expected", frozenset({"set", "area", "twosfca_20", "e2sfca_step"}), access)]
