"""The held tables as checks read them: each once, observations named and with how they are scaled."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from analysis.sources.library import Library

TABLES = ("ASSESSMENT", "PROFILES", "STRATEGIES", "OPEN", "LAIT")


class Held:
    """The tables of a library for one run of the checks; what is made for one check serves the others."""

    def __init__(self, library: Library) -> None:
        """Nothing is read before a check asks for it."""
        self.library = library
        self._observations: dict[str, pd.DataFrame] = {}

    def table(self, contract: str) -> pd.DataFrame:
        """The typed rows of one contract."""
        return self.library.table(contract)

    @cached_property
    def names(self) -> dict[str, str]:
        """Area names by code."""
        return self.library.names

    def observations(self, table: str) -> pd.DataFrame:
        """Observations of one pair of tables with title, unit and per, and `what`, `row` and `printed` for checks."""
        if table not in self._observations:
            indicators = self.table(f"{table}_INDICATORS")[["indicator_id", "title", "unit", "per"]]
            both = self.table(f"{table}_OBSERVATIONS").merge(indicators, on="indicator_id")
            names = both["area_code"].map(self.names).fillna(both["area_code"])
            self._observations[table] = both.assign(
                what=both["title"] + ", " + names + ", " + both["period"],
                row=both["indicator_id"] + " " + both["area_code"] + " " + both["period"],
                printed=both["value"],
            )
        return self._observations[table]
