"""Which heading of a file each column of a contract is taken from."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.sources.contracts import Contract
from analysis.uploads.headings import matched
from analysis.uploads.table import Located


def suggested(located: Located, contract: Contract, remembered: Mapping[str, str]) -> dict[str, str | None]:
    """For each column of the contract the heading it is taken from, or None where that is not sure.

    `remembered` gives columns by normalised heading, as people mapped them before.
    """
    return matched(located.headers, contract, remembered)
