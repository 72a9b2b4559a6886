"""Access to sites, each answer once for what it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import added_sites, reach, site_access, travel
from analysis.sites import SOUGHT
from pages.components.cached import answers, library

ANSWERS_KEPT, TABLES_KEPT = 64, 8


@answers(max_entries=ANSWERS_KEPT)
def access_of(
    sought: str, edition: str, mode: str, demand: str, added: str, times: tuple[str, bytes] | None
) -> site_access.Access:
    """Access by ward. `added` is text of a link, `times` the name and content of the CSV given.

    Raises Refusal as `site_access.access` does.
    """
    table = travel.declared_times(library()) if times is None else times_of(*times)
    return site_access.access(
        library(), SOUGHT[sought], edition, travel.MODES[mode], demand, added_sites.read(added), table
    )


@answers(show_spinner="Reading the travel times", max_entries=TABLES_KEPT)
def times_of(file: str, content: bytes) -> pd.DataFrame:
    """The travel times of a CSV. Raises Refusal with every fault."""
    return travel.given_times(content, file, library())


@answers()
def edge_wards(edition: str) -> frozenset[str]:
    """Codes of the wards on the council's boundary."""
    return reach.edge_wards(library(), edition)
