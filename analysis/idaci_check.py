"""IDACI 2015 by ward: the figures the 2020 assessment prints beside those rebuilt from neighbourhoods."""

from __future__ import annotations

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.need import NEEDS, need_table
from analysis.sources.library import Library


def printed_and_rebuilt(library: Library) -> pd.DataFrame:
    """One row a ward of 2011-2019, the largest difference first.

    Columns area_code, area_name, count, percent, percent_lower, percent_upper as printed, the same rebuilt
    (suffix _rebuilt), count_difference and percent_difference (rebuilt less printed), and locator. Percentages
    are of children aged 0-15; more is worse.
    """
    printed = library.table("IDACI2015_PRINTED").set_index("area_code").drop(index=[COUNCIL, ENGLAND])
    rebuilt = need_table(library, NEEDS["idaci2015_rebuilt"]).set_index("area_code").rename(columns={"need": "count"})
    shown = ["count", "percent", "percent_lower", "percent_upper"]
    both = printed.join(rebuilt[shown].add_suffix("_rebuilt"))
    both = both.assign(
        count_difference=both["count_rebuilt"] - both["count"],
        percent_difference=both["percent_rebuilt"] - both["percent"],
        area_name=[library.names[code] for code in both.index],
    )
    order = both["percent_difference"].abs().sort_values(ascending=False).index
    return both.loc[order].rename_axis("area_code").reset_index()


def council_totals(library: Library) -> tuple[int, int, float]:
    """Children in income-deprived families: printed for the council, printed wards summed, wards rebuilt and summed."""
    printed = library.table("IDACI2015_PRINTED").set_index("area_code")["count"]
    wards = printed.drop(index=[COUNCIL, ENGLAND])
    rebuilt = need_table(library, NEEDS["idaci2015_rebuilt"])["need"].sum()
    return int(printed[COUNCIL]), int(wards.sum()), float(rebuilt)
