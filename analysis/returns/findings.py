"""Collecting faults: every one counted, the first of each kind kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.returns.report import LISTED, Remark


class Findings:
    """Faults of a return. `total` counts all of them; `listed` keeps at most `LISTED` of each check."""

    def __init__(self) -> None:
        self.total = 0
        self.listed: list[Remark] = []
        self.notes: list[Remark] = []

    def add(self, remarks: Iterable[Remark]) -> None:
        """Add faults that are few."""
        given = list(remarks)
        self.total += len(given)
        self.listed += given[:LISTED]

    def each(self, places: Iterable[int], make: Callable[[int], Remark]) -> None:
        """Add a fault at each place, made only as long as it is listed."""
        given = list(places)
        self.total += len(given)
        self.listed += [make(place) for place in given[:LISTED]]
