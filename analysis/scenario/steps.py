"""A scenario: a name, and the changes to make to today's places, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_STEPS = 60
MOST_PLACES = 100_000
MOST_YEARS = 20
GROWTH = (-20.0, 20.0)
MOST_NAME = 80
NEW_SITE = "new_site_"


@dataclass(frozen=True)
class MovePlaces:
    """Take places from one ward and give them to another."""

    source: str
    target: str
    places: int


@dataclass(frozen=True)
class MoveBetweenSites:
    """Take places from one site and give them to another."""

    source: str
    target: str
    places: int


@dataclass(frozen=True)
class OpenSite:
    """Open a site where the children of a ward live, on average."""

    ward: str
    places: int


@dataclass(frozen=True)
class CloseSite:
    """Close a site; its places are gone unless they were moved before."""

    site: str


@dataclass(frozen=True)
class ResizeSite:
    """Give a site another number of places."""

    site: str
    places: int


@dataclass(frozen=True)
class SetTotal:
    """Another number of places in all: new ones by fair share, a cut in proportion to the places held."""

    places: int


@dataclass(frozen=True)
class GrowNeed:
    """Need that changes by a per cent a year, everywhere alike, for some years."""

    percent: float
    years: int


Step = MovePlaces | MoveBetweenSites | OpenSite | CloseSite | ResizeSite | SetTotal | GrowNeed
SITE_STEPS = (MoveBetweenSites, OpenSite, CloseSite, ResizeSite)


@dataclass(frozen=True)
class Scenario:
    """Changes to the places of one service in one edition.

    `steps` are made in their order; `children` is a projected number of children by ward code, or empty.
    """

    edition: str
    service: str
    name: str = ""
    steps: tuple[Step, ...] = ()
    children: dict[str, int] = field(default_factory=dict)
