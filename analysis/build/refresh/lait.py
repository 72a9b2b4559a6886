"""The Local Authority Interactive Tool: its long table of figures and its dictionary, from the department's repository.

The names of the columns were read from the department's own program that writes the table, and from a public copy of
the dictionary; the live files were not reached. The list of statistical neighbours is a workbook and is not refreshed.
"""

from __future__ import annotations

import io

import pandas as pd
from pyarrow.parquet import ParquetFile

from analysis.build.lait import AREA_CODES, NO_FIGURE, observations
from analysis.build.lait_measures import indicator_ids, measures
from analysis.build.lawful import require_lawful
from analysis.build.refresh.drafted import Drafted, drafted
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.shape import changed, require_columns, text_table, worked
from analysis.sources.library import Library

FIGURES = {"Short Desc": "measure_code", "LA and Regions": "area", "Years": "period", "Values": "value"}
KNOWN = ("LA Number", "combined_code", "Topic")
MEASURES = {
    "Measure_short": "measure_code",
    "Topic": "topic",
    "Measure": "measure",
    "Polarity": "polarity",
    "y_axis_name": "y_axis_name",
    "Table_status": "table_status",
    "Description": "description",
    "Methodology": "methodology",
    "Hyperlink(s)": "source_url",
    "dps": "dps",
    "Year_Type": "year_type",
}
MOST_ROWS = 5_000_000
FEWEST_AREAS = len(AREA_CODES)


def draft(figures: Fetched, dictionary: Fetched, library: Library) -> list[Drafted]:
    """The tool's indicators and observations for our seventeen areas."""
    listed = worked(dictionary, lambda: _dictionary(dictionary))
    read = worked(figures, lambda: _figures(figures))
    read = read[read["measure_code"].isin(listed["measure_code"])].reset_index(drop=True)
    indicators = worked(dictionary, lambda: measures(listed))
    told = f"{figures.file.url.rpartition('/')[2]}, our areas,"
    table = worked(figures, lambda: observations(read, indicator_ids(listed), told))
    indicators = indicators[indicators["indicator_id"].isin(table["indicator_id"])]
    require_lawful(table, indicators, "lait_observations.csv")
    return [
        drafted(library, "LAIT_INDICATORS", indicators, (dictionary,), {}),
        drafted(library, "LAIT_OBSERVATIONS", table, (figures, dictionary), {}),
    ]


def _figures(fetched: Fetched) -> pd.DataFrame:
    """The figures of our areas as text, a '-' as the note it is."""
    file = ParquetFile(io.BytesIO(fetched.content))
    if file.metadata.num_rows > MOST_ROWS:
        raise changed(fetched, f"it has {file.metadata.num_rows:,} rows, more than such a table can have")
    table = file.read().to_pandas()
    require_columns(fetched, table.columns, FIGURES, KNOWN)
    words = table[list(FIGURES)].rename(columns=FIGURES).astype(object)
    words = words.where(words.notna(), "").map(lambda cell: str(cell).strip())
    ours = words[words["area"].isin(AREA_CODES) & words["period"].ne("")].drop_duplicates()
    if ours["area"].nunique() < FEWEST_AREAS:
        raise changed(fetched, f"it lacks {', '.join(sorted(set(AREA_CODES) - set(ours['area'])))}")
    noted = pd.to_numeric(ours["value"], errors="coerce").isna()
    strange = sorted(set(ours.loc[noted, "value"]) - {NO_FIGURE, ""})
    if strange:
        raise changed(fetched, f"it prints {strange[0]!r} for a figure, and what that means is not known here")
    return ours.assign(note=ours["value"].where(noted, ""), value=ours["value"].where(~noted, "")).query(
        "value != '' or note != ''"
    )


def _dictionary(fetched: Fetched) -> pd.DataFrame:
    """The dictionary as text, a measure once; NA stands for a blank in it."""
    table = text_table(fetched)
    require_columns(fetched, table.columns, MEASURES)
    words = table[list(MEASURES)].rename(columns=MEASURES).map(lambda cell: "" if cell == "NA" else cell.strip())
    return words.drop_duplicates("measure_code").reset_index(drop=True)
