"""What is drawn in a pack: which wards stand as bars, and the curve along deprivation, of the frames of analysis."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.comparison import Verdict
from analysis.equity import Equity
from analysis.gap import Gap
from analysis.present import equity_view
from analysis.present.gap_view import Row, ordered, rows_of
from analysis.present.palette import VERDICTS
from analysis.present.words import limits, number
from analysis.provision import REST
from analysis.reach import CATCHMENTS
from analysis.reports.pack.model import Bar, Bars, Curve

UNDER = (Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY)
OVER = (Verdict.OVER_CERTAIN, Verdict.OVER_LIKELY)
MOST_UNDER, MOST_BARS = 11, 14
MADE_UP = "Illustrative: "


def bars(result: Gap) -> Bars | None:
    """Provision over its share of need of the wards that stand apart from their share, the furthest short at the top.

    Of those with more than their share only the furthest over find room. None where no ward stands apart.
    """
    rows = [row for row in rows_of(ordered(result)) if row["area_code"] != REST and pd.notna(row["oe"])]
    under = [row for row in rows if row["verdict"] in UNDER][:MOST_UNDER]
    over = sorted((row for row in rows if row["verdict"] in OVER), key=lambda row: row["gap"])
    over = over[: MOST_BARS - len(under)][::-1]
    if not under and not over:
        return None
    made = tuple(_bar(row) for row in [*under, *over])
    return Bars(
        made,
        _titled(f"{result.provision.short} over each ward's share of need", result.basis),
        "1 is exactly its share of need",
        _limits(result),
        f"Bars of {len(made)} wards, from the furthest short to the furthest over. {_said(made)}",
    )


def left_out(result: Gap, drawn: Bars) -> int:
    """How many wards that stand apart from their share found no room among the bars."""
    return int(result.wards["verdict"].isin([*UNDER, *OVER]).sum()) - len(drawn.bars)


def _bar(row: Row) -> Bar:
    by_catchment = pd.notna(row.get("oe_lowest"))
    names = ("oe_lowest", "oe_highest") if by_catchment else ("oe_lower", "oe_upper")
    lower, upper = names
    look = VERDICTS[Verdict(row["verdict"])]
    return Bar(str(row["area_name"]), float(row["oe"]), _known(row[lower]), _known(row[upper]), look)


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _limits(result: Gap) -> str:
    if result.provision.kind == "access":
        return f"Thin lines: the range over {len(CATCHMENTS)} ways of drawing the catchment. They are not 95% limits."
    return "Thin lines: 95% limits."


def _said(made: tuple[Bar, ...]) -> str:
    return "; ".join(f"{one.label} {ratio(one)}, {one.look.label.lower()}" for one in made)


def curve(found: Equity, result: Gap) -> Curve:
    """Running shares of need and of provision against those of children, in per cent to one decimal."""
    children, need, provision = (_running(found, name) for name in ("children", "need", "provision"))
    return Curve(
        tuple(str(name) for name in found.wards["area_name"]),
        children,
        need,
        provision,
        _titled("need and provision, most deprived wards first", result.basis),
        f"Curves of need and of provision from the most to the least deprived ward. {equity_view.reading(found)}",
    )


def _running(found: Equity, name: str) -> tuple[float, ...]:
    return (0.0, *(round(100 * float(share), 1) for share in found.wards[f"{name}_so_far"]))


def _titled(words: str, basis: str) -> str:
    """The title of a chart, which says by itself when its figures are made up."""
    return f"{MADE_UP}{words}" if basis == "illustrative" else f"{words[0].upper()}{words[1:]}"


def ratio(one: Bar) -> str:
    """A bar's value and limits in words."""
    if one.lower is None or one.upper is None:
        return number(one.value, 2)
    return limits(one.value, one.lower, one.upper)
