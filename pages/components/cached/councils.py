"""What can be looked at of the council of this run, each once for its tables."""

from __future__ import annotations

from analysis import councils
from pages.components.cached import answers, library


@answers()
def editions() -> list[str]:
    """The editions in which a need can be counted."""
    return list(councils.editions(library()))


@answers()
def needs(edition: str) -> list[str]:
    """The needs that can be counted in an edition."""
    return [lens.id for lens in councils.needs(library(), edition)]


@answers()
def why_not(page: str) -> str:
    """Why a page cannot be shown, or blank."""
    return councils.why_not(library(), page)
