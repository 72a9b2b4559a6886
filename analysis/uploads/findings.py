"""Collecting faults: every one counted, the first of each kind kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from analysis.uploads.remarks import Remark


class Findings:
    """Faults of a file. `total` counts all of them; `listed` keeps at most `most` of each check."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.total = 0
        self.listed: list[Remark] = []
        self.notes: list[Remark] = []

    def add(self, given: Sequence[Remark], unlisted: int = 0) -> None:
        """Add faults that are few, and the number of those that were not kept."""
        self.total += len(given) + unlisted
        self.listed += given[: self.most]

    def each(self, places: Iterable[int], make: Callable[[int], Remark]) -> None:
        """Add a fault at each place, made only as long as it is listed."""
        given = list(places)
        self.total += len(given)
        self.listed += [make(place) for place in given[: self.most]]
