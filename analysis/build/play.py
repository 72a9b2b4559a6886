"""Play spaces: the council maps pieces of play ground; pieces of one green space are one place."""

from __future__ import annotations

import pandas as pd

from analysis.build.names import slug

PIECE = r"-\d{4}$"
# One reference has its first two parts exchanged; it lies a few metres from the rest of its site.
MENDED_REFERENCES = {"SOUT-BATH-0006": "BATH-SOUT-0006"}
MENDED_NAMES = {"BATH-KING-0004": "Royal Victoria Park"}
DESCRIPTIONS = r"^[a-z]|hoop|MUGA|kick wall|skate|Skate|Maze|audit"


def play_spaces(pieces: pd.DataFrame) -> pd.DataFrame:
    """One row a green space with play: size is the play ground in square metres, for children, youth or both.

    The point is the mean of the pieces weighted by their size. Pieces without a reference stand alone.
    """
    placed = pieces.assign(site=_sites(pieces))
    rows = [_place(str(site), group) for site, group in placed.groupby("site", sort=True)]
    return pd.DataFrame(rows)


def _sites(pieces: pd.DataFrame) -> pd.Series:
    sites = pieces["ref"].str.replace(PIECE, "", regex=True).replace(MENDED_REFERENCES)
    alone = "no-reference-" + pieces["lsoa11cd"] + "-" + pieces["kind"]
    return sites.fillna(alone)


def _place(site: str, pieces: pd.DataFrame) -> dict[str, object]:
    weights = pieces["area_m2"] / pieces["area_m2"].sum()
    return {
        "site_id": "play-" + slug(pd.Series([site])).item(),
        "kind": "play",
        "edition": "both",
        "subtype": " and ".join(sorted(set(pieces["kind"]))),
        "name": MENDED_NAMES.get(site) or _name(site, pieces["name"]),
        "list_year": 2015,
        "latitude": float((pieces["latitude"] * weights).sum()),
        "longitude": float((pieces["longitude"] * weights).sum()),
        "size": float(pieces["area_m2"].sum()),
        "size_unit": "m2",
        "source_title": "Play spaces (council green space strategy)",
    }


def _name(site: str, names: pd.Series) -> str:
    """The first name that names a place rather than describes its swings; else the council's reference."""
    given = names.dropna().str.split().str.join(" ")
    proper = given[~given.str.contains(DESCRIPTIONS)]
    if len(proper):
        return str(proper.iloc[0])
    return f"Unnamed play space ({'no reference' if site.startswith('no-reference') else site})"
