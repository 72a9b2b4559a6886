"""The template of the return, made once a server. What a reader gives is never cached."""

from __future__ import annotations

from analysis.returns import template
from analysis.sources.tables import CONTRACTS
from pages.components.cached import answers, library


@answers()
def workbook() -> bytes:
    """The template as .xlsx."""
    return template.workbook(library())


@answers()
def headings(contract: str) -> bytes:
    """The headings of one sheet as CSV."""
    return template.headings_csv(CONTRACTS[contract])


@answers()
def example(contract: str) -> bytes:
    """The worked example of one sheet as CSV."""
    return template.example_csv(library(), CONTRACTS[contract])
