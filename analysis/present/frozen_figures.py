"""The figures of a comparison frozen as they are shown, to be kept with a decision."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.comparison import Verdict
from analysis.decisions_compared import OPTION
from analysis.gap import BASIS_ORDER, Gap
from analysis.present import what_if_tables
from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import VERDICTS
from analysis.present.words import headline, limits, number
from analysis.refusal import Refusal
from analysis.scenario.outcome import Outcome
from analysis.store.decisions import Figure, Frozen
from analysis.store.reading import StoreLibrary

SMALL_COUNTS = (
    "Small counts are on, and a decision never keeps figures that viewers may not see. Turn small counts off at the "
    "foot of the sidebar, then record the decision."
)
NOT_KEPT = "The database cannot be asked which tables these are, so no decision can be recorded on them now."


def frozen(
    result: Gap,
    grouped: Gap | None,
    library: object,
    page: str,
    link: Mapping[str, str],
    options: Mapping[str, Outcome] | None = None,
) -> Frozen:
    """What a decision keeps of a comparison: its wards, the localities of `grouped`, and the scenarios compared.

    Raises Refusal for a comparison with small counts, and for tables that do not come from the store.
    """
    shown = (*figures(result, grouped), *option_figures(options or {}))
    if not isinstance(library, StoreLibrary):
        raise Refusal(NOT_KEPT)
    return Frozen(
        result.edition,
        library.version,
        library.name,
        library.publication,
        library.contents,
        page,
        dict(link),
        headline(result)[0],
        max([one.basis for one in shown], key=BASIS_ORDER.index),
        shown,
    )


def figures(result: Gap, grouped: Gap | None = None) -> tuple[Figure, ...]:
    """Every ward as it is shown, then the localities. Raises Refusal for a comparison with small counts."""
    if result.small_counts or (grouped is not None and grouped.small_counts):
        raise Refusal(SMALL_COUNTS)
    rows = [*rows_of(result.wards), *(rows_of(grouped.grouped) if grouped is not None else [])]
    return tuple(figure(result, row) for row in rows)


def option_figures(results: Mapping[str, Outcome]) -> tuple[Figure, ...]:
    """Scenarios side by side as they are shown, one figure a cell."""
    if not results:
        return ()
    basis = what_if_tables.basis_of(next(iter(results.values())))
    table = what_if_tables.side_by_side(results)
    return tuple(
        Figure(f"{OPTION}{name}:{said}", f"{name}: {said}", "", str(cell), "", "", "", basis, "ok")
        for name in results
        for said, cell in zip(table[""], table[name], strict=True)
    )


def figure(result: Gap, row: Row) -> Figure:
    """One area as it is shown."""
    value, between = _ratio(row)
    decimals = 1 if result.provision.kind == "access" else 0
    return Figure(
        str(row["area_code"]),
        str(row["area_name"]),
        VERDICTS[Verdict(row["verdict"])].label,
        value,
        between,
        _counted(limits(row["need"], row["need_lower"], row["need_upper"], 0), result.need.unit),
        _counted(number(row["observed"], decimals), result.provision.unit),
        str(row["basis"]),
        str(row["status"]),
        "" if pd.notna(row["oe"]) else _why(row),
    )


def _counted(count: str, unit: str) -> str:
    return "" if count == "–" else f"{count} {unit}"


def _ratio(row: Row) -> tuple[str, str]:
    if pd.isna(row["oe"]):
        return ("" if pd.isna(row["oe_upper"]) else f"at most {number(row['oe_upper'], 2)}"), ""
    if pd.notna(row.get("oe_lowest")):
        return number(row["oe"], 2), f"{number(row['oe_lowest'], 2)} to {number(row['oe_highest'], 2)} by catchment"
    if pd.isna(row["oe_lower"]) or pd.isna(row["oe_upper"]):
        return number(row["oe"], 2), ""
    return number(row["oe"], 2), f"{number(row['oe_lower'], 2)} to {number(row['oe_upper'], 2)}"


def _why(row: Row) -> str:
    return str(row["reason"] or "not published")
