"""One complete report on a return: every fault, and whatever was read differently from how it was written."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analysis.uploads.remarks import Remark, Unreadable

LISTED = 500
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Report:
    """What a check found.

    `faults` are the first of `total` faults, in the order of the file; `notes` say how cells were read and stop
    nothing. `tables` holds the typed frames by contract, and is empty while there is any fault.
    """

    faults: tuple[Remark, ...]
    total: int
    notes: tuple[Remark, ...] = ()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def lawful(self) -> bool:
        """Whether the return may be loaded."""
        return self.total == 0

    @property
    def unlisted(self) -> int:
        """Faults beyond those listed."""
        return self.total - len(self.faults)


def refused(problem: Unreadable) -> Report:
    """The report on a file of which nothing can be read."""
    return Report((problem.remark,), 1)
