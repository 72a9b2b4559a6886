"""The words and the ends of the axes of a pack's charts, the same in the PowerPoint and in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reports.pack.model import Bar

EVEN = "The same for every child"
ACROSS, UP = "% of children, most deprived wards first", "% of need, of provision"
LEAST_TOP = 1.5
STEPS = ((4.0, 0.5), (8.0, 1.0), (20.0, 2.0))
WIDEST_STEP = 10.0


def top_of(drawn: Sequence[Bar]) -> float:
    """The end of the axis of bars: the next half beyond the furthest limit."""
    furthest = max(max(one.value, one.upper or 0.0) for one in drawn)
    return max(LEAST_TOP, (int(furthest * 2) + 1) / 2)


def step_of(drawn: Sequence[Bar]) -> float:
    """How far apart the marks of that axis are."""
    return next((step for top, step in STEPS if top_of(drawn) <= top), WIDEST_STEP)
