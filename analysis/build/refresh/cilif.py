"""Children in low income families, from the yearly workbook of the Department for Work and Pensions.

Read from public copies of two of its sheets (tables 2 and 4 of March 2026): a title block, then a header in which each
year has a count and a share. The names of the other sheets are taken to follow the same pattern; the live workbook was
not reached.
"""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
from python_calamine import CalamineError

from analysis.build.poverty import differences, families, refuse_wrong_sums
from analysis.build.refresh.drafted import Drafted, drafted
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.shape import changed, worked
from analysis.sources.library import Library

SHEET = re.compile(r"\d+_(AHC|BHC)_(Relative|Absolute)_(Ward|LA|Local_Authority|Region)", re.IGNORECASE)
COUNT = re.compile(r"Number of children FYE (\d{4})")
SHARE = re.compile(r"Percentage of children FYE (\d{4})")
AREA = "Area Code"
NOT_GIVEN = ("[x]", "[low]", "[c]", "")
MOST_SHEETS = 60
MOST_UNPACKED = 600_000_000


def draft(fetched: Fetched, library: Library) -> list[Drafted]:
    """The ward and area tables for the places the atlas has. Raises SourceTrouble where wards do not add up."""
    parts = sheets(fetched)
    areas = library.table("CHILD_POVERTY_AREA")["area_code"].unique()
    wards = library.codes("ward19")
    by_ward = worked(fetched, lambda: families(_of(fetched, parts, wards, "ward")))
    by_area = worked(fetched, lambda: families(_of(fetched, parts, list(areas), "area")))
    worked(fetched, lambda: refuse_wrong_sums(differences(by_ward, by_area)))
    years = sorted(by_ward["year_ending"].unique())
    details = {"period": f"years to March {years[0]} to {years[-1]} (provisional)"}
    return [
        drafted(library, contract, frame, (fetched,), details)
        for contract, frame in (("CHILD_POVERTY_WARD", by_ward), ("CHILD_POVERTY_AREA", by_area))
    ]


def sheets(fetched: Fetched) -> pd.DataFrame:
    """Every figure of the workbook: area_code, fye, children, pct, measure, housing_costs and kind (ward or area)."""
    try:
        with zipfile.ZipFile(io.BytesIO(fetched.content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise changed(fetched, f"it unpacks to {unpacked / 1e6:,.0f} MB")
        book = pd.ExcelFile(io.BytesIO(fetched.content), engine="calamine")
    except (zipfile.BadZipFile, CalamineError) as error:
        raise changed(fetched, f"it cannot be read as a workbook ({error})") from error
    names = [str(name) for name in book.sheet_names]
    wanted = [(name, match) for name in names if (match := SHEET.fullmatch(name))]
    kinds = {match.group(3).lower() for _, match in wanted}
    if "ward" not in kinds or len(kinds) < 2 or len(names) > MOST_SHEETS:
        raise changed(fetched, f"its sheets are {', '.join(names[:MOST_SHEETS])}, not one a measure and kind of area")
    parts = []
    for name, match in wanted:
        costs, measure, kind = match.groups()
        told = {"measure": measure.lower(), "housing_costs": costs.upper()}
        figures = _figures(fetched, pd.read_excel(book, sheet_name=name, header=None, dtype=object), name)
        parts.append(figures.assign(**told, kind="ward" if kind.lower() == "ward" else "area"))
    return pd.concat(parts, ignore_index=True)


def _figures(fetched: Fetched, cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """One sheet, long: the last column called Area Code is the area's own."""
    words = cells.astype(object).where(cells.notna(), "").map(lambda cell: re.sub(r"\s+", " ", str(cell)).strip())
    heads = words.index[(words == AREA).any(axis=1)]
    if not len(heads):
        raise changed(fetched, f"sheet {name} has no row of headings with {AREA!r}")
    header, body = words.loc[heads[0]], words.loc[heads[0] + 1 :]
    counts, shares = _years(header, COUNT), _years(header, SHARE)
    if not counts or set(counts) != set(shares):
        headings = ", ".join(repr(cell) for cell in header if cell)
        raise changed(fetched, f"sheet {name} does not have a count and a share of each year, but {headings}")
    codes = body[header.index[header.eq(AREA)][-1]]
    parts = [
        pd.DataFrame(
            {
                "area_code": codes,
                "fye": year,
                "children": body[counts[year]].map(lambda cell: _number(fetched, cell)),
                "pct": body[shares[year]].map(lambda cell: _percent(fetched, cell)),
            }
        )
        for year in sorted(counts)
    ]
    return pd.concat(parts, ignore_index=True).query("area_code.str.fullmatch('[EKNSW][0-9]{8}')")


def _years(header: pd.Series, pattern: re.Pattern[str]) -> dict[int, int]:
    return {int(match.group(1)): int(str(place)) for place, cell in header.items() if (match := pattern.match(cell))}


def _number(fetched: Fetched, cell: str) -> float:
    if cell in NOT_GIVEN:
        return float("nan")
    try:
        return float(cell.replace(",", ""))
    except ValueError as error:
        raise changed(fetched, f"it holds {cell!r} where a count was") from error


def _percent(fetched: Fetched, cell: str) -> float:
    """A share as per cent to two places, whether the cell holds 0.2034 or 20.34%."""
    if cell.endswith("%"):
        return round(_number(fetched, cell.removesuffix("%")), 2)
    return round(100 * _number(fetched, cell), 2)


def _of(fetched: Fetched, parts: pd.DataFrame, codes: list[str], kind: str) -> pd.DataFrame:
    rows = parts[(parts["kind"] == kind) & parts["area_code"].isin(codes)]
    absent = sorted(set(codes) - set(rows["area_code"]))
    if absent:
        raise changed(fetched, f"there is no row of {len(absent)} of our places ({', '.join(absent[:5])})")
    named = rows.drop(columns="kind").drop_duplicates(["area_code", "fye", "measure", "housing_costs"])
    return named.rename(columns={"area_code": "ward_code" if kind == "ward" else "area_code"})
