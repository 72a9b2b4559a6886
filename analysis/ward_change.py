"""What changed between editions on the ground of one ward, and what may not be compared.

Every pair is two figures of the same ground: neighbourhoods that are the same in both, summed to the ward, or counts of
the wards of the other vintage moved to it by shares of postcodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis import low_income as low
from analysis.deprivation import POCKET_DECILE, idaci_by_ward
from analysis.deprivation_change import COMPARISONS, counted, moves
from analysis.need import NEEDS, need_table
from analysis.reach import PLACE_KINDS
from analysis.statistics.aggregate import rebase, share_matrix
from analysis.statistics.differences import newcombe
from analysis.ward_deprivation import summed
from analysis.ward_facts import Facts, fact, source, under
from analysis.ward_together import Together

BEFORE, AFTER, DIFFERENCE = "Before", "After", "Difference"
ROSE, FELL, SAME = "rose", "fell", "no difference can be told"
NO_LIMITS = "no limits are published, so what is chance cannot be told"
NOT_AFTER_REBASING = "interval not available after re-basing"
MOVED_ONLY = f"not compared: later counts are of whole neighbourhoods; {NOT_AFTER_REBASING}"
NOT_COMPARED = {
    "library": "Not compared: both editions use the one list of 2016.",
    "gp": "Not compared: the council's list of 2014 and the NHS register of 2022, which holds main sites only, "
    "were not made alike.",
    "play": "Not compared: both editions use the one list of 2015.",
    "school": "Not compared: the map of 2017 gives no places, and the register of 2025 gives pupils; "
    "they were not made alike.",
}


def changes(together: Together, ward: str) -> Facts:
    """Figures of two times on the same ground, their difference with limits where there are any, and what to say."""
    moved = _printed_moved if together.edition == "2026" else _low_income_moved
    return [
        *_children(together, ward),
        *_income_deprived(together, ward),
        *(item for pair in COMPARISONS for item in _most_deprived(together, ward, *pair)),
        *(_low_income(together, ward) if together.edition == "2026" else []),
        *moved(together, ward),
        *_not_compared(together),
    ]


def _counts(group: str, unit: str, pair: Sequence[Any], note: str, **shared: object) -> Facts:
    """Two counts and their difference, which has no limits: the note says why."""
    before, after = (float(value) for value in pair)
    told = fact(DIFFERENCE, after - before, unit, note=note)
    return under("changes", group, [fact(BEFORE, before, unit), fact(AFTER, after, unit), told], **shared)


def _per_cents(group: str, pair: Sequence[Any], change: Sequence[Any], **shared: object) -> Facts:
    """Two per cents and their difference with its limits."""
    before, after = (float(value) for value in pair)
    told = judged(*(float(value) for value in change))
    return under("changes", group, [fact(BEFORE, before, "%"), fact(AFTER, after, "%"), told], **shared)


def judged(value: float, lower: float, upper: float) -> dict[str, object]:
    """A difference with its limits, and whether it rose, fell, or cannot be told (limits that hold 0)."""
    said = ROSE if lower > 0 else FELL if upper < 0 else SAME
    note = said if np.isfinite(lower + upper) else low.UNKNOWN
    return fact(DIFFERENCE, value, "percentage points", lower=lower, upper=upper, note=note)


def _children(together: Together, ward: str) -> Facts:
    counts = together.once("children_0_15", partial(_children_by_ward, together)).loc[ward]
    return _counts(
        "Children aged 0-15",
        "children",
        (counts[2019], counts[2020]),
        NO_LIMITS,
        period="mid-2019 and mid-2020",
        basis="modelled",
        source=source(together.library, ("POPULATION_LSOA11", "LOOKUP_LSOA11")),
    )


def _children_by_ward(together: Together) -> pd.DataFrame:
    rows = together.library.table("POPULATION_LSOA11").query("age_band == '0-15'")
    ward = together.library.table("LOOKUP_LSOA11").set_index("lsoa11_code")[together.ward_column]
    own = rows.assign(ward=rows["lsoa11_code"].map(ward))
    return own.pivot_table(index="ward", columns="mid_year", values="population", aggfunc="sum").astype(float)


def _income_deprived(together: Together, ward: str) -> Facts:
    before, after = (
        together.once(("idaci", year), partial(_idaci, together, year)).loc[ward, ["need", "denominator"]]
        for year in (2015, 2019)
    )
    found: Any = 100 * newcombe(*after, *before)[["difference", "lower", "upper"]].iloc[0]
    doubt = 100 * float(summed(together, 2019, "idaci")["give_or_take"][ward])
    return _per_cents(
        "Children in income-deprived families (IDACI), rebuilt from neighbourhoods",
        [100 * year["need"] / year["denominator"] for year in (before, after)],
        (found["difference"], found["lower"] - doubt, found["upper"] + doubt),
        period="Indices of Deprivation 2015 and 2019 (mostly 2012/13 and 2015/16)",
        basis="modelled",
        source=source(together.library, ("IOD2015", "IOD2019", "IOD_POPULATION", "LOOKUP_LSOA11")),
    )


def _idaci(together: Together, year: int) -> pd.DataFrame:
    return idaci_by_ward(together.library, year, together.ward_column).set_index("area_code")


def _most_deprived(together: Together, ward: str, earlier: int, later: int) -> Facts:
    moved = together.once(
        ("moves", later), partial(moves, together.library, earlier, later, "imd", together.ward_column)
    )
    here = moved[moved["ward_code"] == ward]
    found = counted(here)
    note = (
        f"of {found['compared']} that are the same in both; {found['worse']} moved a tenth or more towards more "
        f"deprived, {found['better']} towards less; tenths are places among all in England and have no limits"
    )
    return _counts(
        f"Neighbourhoods in England's most deprived fifth (IMD), {earlier} to {later}",
        "neighbourhoods",
        [(here[when] <= POCKET_DECILE).sum() for when in ("before", "after")],
        note,
        period=f"Indices of Deprivation {earlier} and {later}",
        basis="published",
        source=source(together.library, (f"IOD{earlier}", f"IOD{later}")),
    )


def _low_income(together: Together, ward: str) -> Facts:
    facts: Facts = []
    for costs, title in low.HOUSING_COSTS.items():
        rows = together.once(("low_income", costs), partial(low.series, together.library, costs))
        told: Any = together.once(("low_income_change", costs), partial(_changed, rows)).loc[ward]
        years = [told["first_year"], told["last_year"]]
        own = rows[rows["area_code"] == ward].set_index("year_ending")["percent"]
        facts += _per_cents(
            f"Children in low-income families, {title.lower()}",
            own.reindex(years).to_list(),
            [told[name] for name in ("change", "change_lower", "change_upper")],
            period=f"years to March {years[0]} and {years[1]} (provisional)",
            basis="published",
            source=source(together.library, ("CHILD_POVERTY_WARD",)),
        )
    return facts


def _changed(rows: pd.DataFrame) -> pd.DataFrame:
    return low.compared(rows).set_index("area_code")


def _printed_moved(together: Together, ward: str) -> Facts:
    """The printed counts moved by postcodes; 2019 is of whole neighbourhoods, another ground, so they stand alone.

    On wards whose edges cut neighbourhoods the two allocations lie far apart.
    """
    moved = together.once("printed_moved", lambda: _moved_here(together, "ward11", _printed(together)))
    return under(
        "changes",
        "Children in income-deprived families: the counts of the 2020 edition, moved to this ward",
        [
            fact(BEFORE, float(moved[ward]), "children", note=NOT_AFTER_REBASING),
            fact(AFTER, np.nan, "children", note="not compared"),
            fact(DIFFERENCE, np.nan, "children", note=MOVED_ONLY),
        ],
        period="Indices of Deprivation 2015, as printed",
        basis="modelled",
        source=source(together.library, ("IDACI2015_PRINTED", "LOOKUP_WARD11_WARD19")),
    )


def _printed(together: Together) -> pd.Series:
    return need_table(together.library, NEEDS["idaci2015"]).set_index("area_code")["need"]


def _low_income_moved(together: Together, ward: str) -> Facts:
    counts = together.once("low_income_moved", partial(_low_income_here, together))
    first, last = counts.columns[0], counts.columns[-1]
    return _counts(
        "Children in low-income families, before housing costs: the counts of today's wards, moved to this ward",
        "children",
        [counts[year][ward] for year in (first, last)],
        NOT_AFTER_REBASING,
        period=f"years to March {first} and {last} (provisional, moved)",
        basis="modelled",
        source=source(together.library, ("CHILD_POVERTY_WARD", "LOOKUP_WARD11_WARD19")),
    )


def _low_income_here(together: Together) -> pd.DataFrame:
    rows = low.series(together.library, "BHC")
    counts = low.wide(rows[rows["area_code"].isin(together.library.codes("ward19"))], "count").astype(float)
    return pd.DataFrame({year: _moved_here(together, "ward19", counts[year]) for year in counts})


def _moved_here(together: Together, vintage: str, counts: pd.Series) -> pd.Series:
    """Counts of the wards of `vintage` moved to those of the other by the shares of postcodes; the sum is kept."""
    here, there = f"{vintage}_code", "ward19_code" if vintage == "ward11" else "ward11_code"
    links = together.library.table("LOOKUP_WARD11_WARD19")
    share = links[f"postcode_share_of_{vintage}"].astype(float)
    links["share"] = share / share.groupby(links[here]).transform("sum")
    return rebase(counts, share_matrix(links, here, there, "share"))


def _not_compared(together: Together) -> Facts:
    told = source(together.library, ("SITES",))
    return [
        item
        for kind, title in PLACE_KINDS.items()
        for item in under(
            "changes",
            title,
            [fact(DIFFERENCE, np.nan, "places", note=NOT_COMPARED[kind])],
            period="both editions",
            basis="published",
            source=told,
        )
    ]
