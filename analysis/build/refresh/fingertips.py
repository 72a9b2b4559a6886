"""Hospital admissions of children for injury, from Fingertips.

The maintained client, fingertips_py 0.4.3, installs and imports beside pandas 3, but is not used: it sets no timeout or
size limit, reads again without checking the certificate when that is wrong, and is under a licence (GPL 3) that the
atlas, which is MIT, could not ship with. This asks the address the client asks. The shape was read from the publisher's
own tests, not from the live service.
"""

from __future__ import annotations

import pandas as pd

from analysis.build.health_tables import ADMISSION_IDS, admissions
from analysis.build.lawful import require_lawful
from analysis.build.observed import observed
from analysis.build.refresh.drafted import Drafted, drafted, merged
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.shape import changed, numbers, require_columns, text_table, worked
from analysis.sources.library import Library
from analysis.sources.tables.observations import OPEN_OBSERVATIONS

INDICATOR, AGES = "90284", "<15 yrs"
NAMES = {
    "Indicator ID": "indicator_id",
    "Area Code": "area_code",
    "Sex": "sex",
    "Age": "age",
    "Category Type": "category",
    "Time period": "period",
    "Value": "value",
    "Lower CI 95.0 limit": "lcl95",
    "Upper CI 95.0 limit": "ucl95",
    "Count": "count",
    "Denominator": "denominator",
    "Value note": "note",
}
KNOWN = (
    "Indicator Name",
    "Parent Code",
    "Parent Name",
    "Area Name",
    "Area Type",
    "Category",
    "Lower CI 99.8 limit",
    "Upper CI 99.8 limit",
    "Recent Trend",
    "Compared to England value or percentiles",
    "Compared to Region value or percentiles",
    "Compared to percentiles",
    "Time period Sortable",
    "New data",
    "Compared to goal",
    "Time period range",
)
FIGURES = ("value", "lcl95", "ucl95", "count", "denominator")


def draft(fetched: Fetched, library: Library) -> Drafted:
    """The table of open observations with the newest admissions in it, for the areas it already has."""
    table = text_table(fetched)
    require_columns(fetched, table.columns, NAMES, KNOWN)
    current = library.table("OPEN_OBSERVATIONS")
    ours = current.loc[current["indicator_id"].isin(ADMISSION_IDS.values()), "area_code"]
    new = worked(fetched, lambda: rows(fetched, table, set(ours)))
    frame = merged(current, new, OPEN_OBSERVATIONS)
    require_lawful(frame, library.table("OPEN_INDICATORS"), "open_observations.csv")
    return drafted(library, "OPEN_OBSERVATIONS", frame, (fetched,), kept_of(library))


def rows(fetched: Fetched, table: pd.DataFrame, areas: set[str]) -> pd.DataFrame:
    """The rows of the indicator for these areas as observations; a blank value says whether it is suppressed."""
    named = table.rename(columns=NAMES)
    wanted = named[
        named["indicator_id"].eq(INDICATOR)
        & named["age"].eq(AGES)
        & named["category"].eq("")
        & named["area_code"].isin(areas)
        & named["sex"].isin(list(ADMISSION_IDS))
    ].drop_duplicates(["area_code", "sex", "period"])
    absent = sorted(areas - set(wanted["area_code"]))
    if absent:
        raise changed(fetched, f"there is no row of indicator {INDICATOR} for {', '.join(absent)}")
    for name in FIGURES:
        numbers(fetched, wanted[name])
    blank = wanted["value"].eq("")
    hidden = wanted["note"].str.contains("suppress|disclosure", case=False)
    status = pd.Series("ok", index=wanted.index).mask(blank, "missing").mask(blank & hidden, "suppressed")
    figures = admissions(wanted).assign(
        status=status,
        note=wanted["note"].where(blank, ""),
        locator="Fingertips " + INDICATOR + " row " + (wanted.index + 2).astype(str),
    )
    return observed(figures)


def kept_of(library: Library) -> dict[str, str]:
    """What a table gathered from several publishers keeps saying when one part of it is refreshed."""
    entry = library.entry("OPEN_OBSERVATIONS")
    names = ("publisher", "url", "licence", "attribution")
    return {name: str(getattr(entry, name)) for name in names}
