"""Sites a reader adds to try them out: made up by the reader, kept in the link, and never part of any table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.refusal import Refusal

SOUTH, NORTH, WEST, EAST = 51.2, 51.5, -2.8, -2.2
MOST_PLACES = 2_000
MOST_SITES = 10
DECIMALS = 5
NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '.()-]{0,39}")
WRITTEN = re.compile(rf"(\d\d\.\d{{{DECIMALS}}}),(-\d\.\d{{{DECIMALS}}}),([1-9]\d{{0,3}}),({NAMED.pattern})")
TYPED = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class AddedSite:
    """A site tried out: degrees WGS84, and `capacity` places. Raises Refusal when one of them is out of range."""

    latitude: float
    longitude: float
    capacity: int
    name: str

    def __post_init__(self) -> None:
        if not (SOUTH <= self.latitude <= NORTH and WEST <= self.longitude <= EAST):
            raise Refusal(
                f"{self.latitude:g}, {self.longitude:g} lies outside the map. Give a latitude from {SOUTH} to {NORTH} "
                f"and a longitude from {WEST} to {EAST}."
            )
        if not 1 <= self.capacity <= MOST_PLACES:
            raise Refusal(f"A site of {self.capacity} places: give from 1 to {MOST_PLACES:,}.")
        if not NAMED.fullmatch(self.name):
            raise Refusal(
                "Name a site with at most 40 letters, figures, spaces, full stops, hyphens, brackets and "
                "apostrophes, the first a letter or a figure."
            )


def written(sites: Sequence[AddedSite]) -> str:
    """Sites as they stand in a link: latitude,longitude,places,name between semicolons."""
    return ";".join(
        f"{site.latitude:.{DECIMALS}f},{site.longitude:.{DECIMALS}f},{site.capacity},{site.name}" for site in sites
    )


def read(text: str) -> tuple[AddedSite, ...]:
    """The sites `written` wrote. Raises Refusal for anything it would not have written."""
    parts = text.split(";") if text else []
    if len(parts) > MOST_SITES:
        raise Refusal(f"At most {MOST_SITES} sites can be tried at a time. Remove one first.")
    found = [WRITTEN.fullmatch(part) for part in parts]
    if not all(found):
        raise Refusal("The link holds a site that cannot be read.")
    return tuple(AddedSite(float(one[1]), float(one[2]), int(one[3]), one[4]) for one in found if one is not None)


def with_site(text: str, latitude: float, longitude: float, capacity: int, name: str) -> str:
    """The text of a link with one more site. Raises Refusal when the site is out of range or there are too many."""
    site = AddedSite(round(latitude, DECIMALS), round(longitude, DECIMALS), capacity, name.strip())
    longer = written([*read(text), site])
    read(longer)
    return longer


def without_site(text: str, place: int) -> str:
    """The text of a link without the site at `place`, counted from 0."""
    return written([site for number, site in enumerate(read(text)) if number != place])


def coordinates(words: str) -> tuple[float, float] | None:
    """Latitude and longitude typed as two numbers, or None where the words are something else."""
    found = TYPED.fullmatch(words)
    return (float(found[1]), float(found[2])) if found else None


class _Lawful:
    """The allow-list of a link: every text that `read` reads."""

    def __contains__(self, text: object) -> bool:
        try:
            read(str(text))
        except Refusal:
            return False
        return True


LAWFUL = _Lawful()
