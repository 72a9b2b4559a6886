"""The councils there are tables for, and which pages have what they need for one of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from analysis.editions import Edition, editions_of
from analysis.need import NEEDS, NeedLens
from analysis.refusal import Refusal
from analysis.sources.catalogue import CATALOGUE, CatalogueError
from analysis.sources.council import HOME
from analysis.sources.library import ROOT, Library

BUILT = ROOT / "areas"
OWN_PAPERS = "It shows what the council's own assessment, strategies and returns say, which no national file holds."
NOT_TAKEN = "Its figures were taken for Bath and North East Somerset and the councils it is compared with only."
NO_PLACES = "It needs a list of places, and where people live within each neighbourhood."
NOT_MADE = "It has been made for Bath and North East Somerset alone."

NEEDED: Mapping[str, tuple[str, ...]] = {
    "deprivation": ("IOD2019", "IOD2025", "IOD_POPULATION", "LOOKUP_LSOA11", "LOOKUP_LSOA21", "AREAS"),
    "low income": ("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA", "AREAS"),
    "ward": ("IOD2019", "IOD2025", "POPULATION_LSOA11", "LOOKUP_LSOA11", "LOOKUP_LSOA21", "AREAS"),
    "sources": (),
    "access": ("SITES", "POPULATION_LSOA21", "LOOKUP_LSOA21"),
    "overview": ("SITES", "ACTIVITY", "POPULATION_LSOA21"),
    "indicators": ("LAIT_OBSERVATIONS", "OPEN_OBSERVATIONS"),
    "compare": ("LAIT_OBSERVATIONS", "STATISTICAL_NEIGHBOURS"),
    "need index": ("IDACI2015_PRINTED", "IOD2015", "LOOKUP_WARD11_WARD19"),
    "coverage": ("SERVICES",),
    "toxic trio": ("TOXIC_TRIO_LISTS",),
    "practitioner voice": ("SURVEY",),
    "outcomes": ("OUTCOMES_FRAMEWORK",),
    "costs": ("HALTON_COST_BENEFIT",),
    "activity": ("ACTIVITY", "ACTIVITY_DETAIL"),
    "met need": ("ACTIVITY", "COMMISSIONED_SITES"),
    "what if": ("ACTIVITY", "COMMISSIONED_SITES"),
    "own return": ("ACTIVITY", "ACTIVITY_DETAIL"),
    "localities": ("SITES", "ACTIVITY", "POPULATION_LSOA21"),
}
_PLACES = ("access", "overview", "localities")
_COMPARED = ("indicators", "compare")


def built() -> Path:
    """The folder that holds the folders of other councils: the one ATLAS_AREAS names, else areas/ of the atlas."""
    return Path(os.environ.get("ATLAS_AREAS") or BUILT)


def catalogues(folder: Path) -> list[Path]:
    """The catalogue of each folder of a council, by code; a folder without one is passed over."""
    return sorted(path / CATALOGUE for path in folder.glob("E0*") if (path / CATALOGUE).is_file())


def others(folder: Path) -> tuple[dict[str, Library], list[str]]:
    """The checked tables of every other council by its code, in the order of their names; and why any were left out.

    A folder that is not in order is left out, so that it stops nobody from reading the rest; so is one in which no
    need can be counted, and one of the atlas's own council.
    """
    libraries, faults = [], []
    for path in catalogues(folder):
        try:
            libraries.append(_opened(path.parent.parent))
        except (CatalogueError, Refusal) as refused:
            faults.append(f"{path.parent.parent.name} is not offered as a council. {refused}")
    kept = sorted((one for one in libraries if one.council.code != HOME.code), key=lambda one: one.council.name)
    return {one.council.code: one for one in kept}, faults


def _opened(folder: Path) -> Library:
    library = Library(folder)
    if not editions(library):
        raise Refusal("Its tables give no need by ward.")
    return library


def offered(library: Library) -> dict[str, str]:
    """Pages by name, each with the reason why it cannot be shown for this council; blank where it can."""
    return {page: _reason(library, page) for page in NEEDED}


def why_not(library: Library, page: str) -> str:
    """Why a page cannot be shown for a council, blank where it can; pages that are not listed are the atlas's own."""
    return "" if library.council == HOME else offered(library).get(page, NOT_MADE)


def editions(library: Library) -> dict[str, Edition]:
    """The editions of a council's folder in which a need can be counted, so that there is something to show."""
    return {name: one for name, one in editions_of(library.council).items() if needs(library, name)}


def needs(library: Library, edition: str) -> list[NeedLens]:
    """The ways to count need that a council's folder has the tables for, and a best fit to wards where they ask one."""
    return [lens for lens in NEEDS.values() if lens.edition == edition and _countable(library, lens)]


def _countable(library: Library, lens: NeedLens) -> bool:
    if lens.table is None or not library.holds(*lens.sources):
        return False
    try:
        return not lens.table(library).empty
    except Refusal:
        return False


def _reason(library: Library, page: str) -> str:
    if page in _PLACES and not (library.holds(*NEEDED[page]) and _points(library)):
        return NO_PLACES
    if library.holds(*NEEDED[page]):
        return ""
    return NOT_TAKEN if page in _COMPARED else OWN_PAPERS


def _points(library: Library) -> bool:
    """Whether demand points are of each neighbourhood, and not stand-ins inside its ward."""
    held = library.holds("DEMAND_POINTS_LSOA21")
    return held and bool(library.table("DEMAND_POINTS_LSOA21")["postcodes"].notna().all())
