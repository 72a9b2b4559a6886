"""Which ward each neighbourhood fits best, the names of wards and their boundaries, from the ONS geography services.

The addresses and columns were read from public programs that ask these services; the services were not reached. ONS
makes a new service for each year, so a new year needs new addresses (ATLAS_SOURCE_ONS_LOOKUP, ATLAS_SOURCE_ONS_WARDS).
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from shapely.geometry import shape

from analysis.build.coverage import mend
from analysis.build.refresh.drafted import Drafted, drafted
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.shape import changed, parsed_json, require_columns, worked
from analysis.sources.library import Library

LOOKUP = {"LSOA21CD": "lsoa21_code", "WD24CD": "ward19_code"}
NAMED = ("WD24CD", "WD24NM")
LAYER_PATH = "geo/wards_2019.geojson"


def draft(lookup: Fetched, boundaries: Fetched, library: Library) -> list[Drafted]:
    """The lookup, the names of areas and the boundaries of wards. A change of ward codes is told and never hidden."""
    best_fit = worked(lookup, lambda: _lookup(lookup))
    wards = worked(boundaries, lambda: _wards(boundaries))
    if set(best_fit["ward19_code"]) - set(wards.index):
        raise changed(boundaries, "it lacks wards that the lookup names")
    warnings = _told(library, set(wards.index), set(best_fit["lsoa21_code"]))
    mended = wards.assign(shape=worked(boundaries, lambda: mend(wards["shape"])))
    entry = library.entries[LAYER_PATH]
    said = {"publisher": entry.publisher, "url": boundaries.url, "licence": boundaries.file.licence}
    return [
        drafted(library, "LOOKUP_LSOA21", best_fit, (lookup,), {}, warnings),
        drafted(library, "AREAS", _names(library, wards["name"]), (boundaries,), {}, warnings),
        Drafted("LAYER", LAYER_PATH, mended, said, (boundaries,), {}, warnings),
    ]


def _lookup(fetched: Fetched) -> pd.DataFrame:
    found = _features(fetched, "attributes")
    require_columns(fetched, found.columns, LOOKUP, ("WD24NM",))
    table = found[list(LOOKUP)].rename(columns=LOOKUP)
    if table["lsoa21_code"].duplicated().any():
        raise changed(fetched, "a neighbourhood is given more than one ward")
    return table


def _wards(fetched: Fetched) -> pd.DataFrame:
    found = _features(fetched, "properties")
    require_columns(fetched, found.columns, NAMED)
    shapes = [shape(feature["geometry"]) for feature in parsed_json(fetched)["features"]]
    frame = pd.DataFrame({"name": found["WD24NM"].to_numpy(), "shape": shapes}, index=found["WD24CD"])
    return frame.rename_axis(None).sort_index()


def _features(fetched: Fetched, part: str) -> pd.DataFrame:
    """What the service says of each feature. Raises SourceTrouble where it says an error, or not everything."""
    answer: Any = parsed_json(fetched)
    if not isinstance(answer, dict) or "error" in answer:
        raise changed(fetched, f"the service answers {str(answer)[:120]!r}")
    more = answer.get("exceededTransferLimit") or (answer.get("properties") or {}).get("exceededTransferLimit")
    if more:
        raise changed(fetched, "the service gives only a part and says there is more")
    features = answer.get("features") or []
    if not features:
        raise changed(fetched, "the service gives nothing for this council")
    return pd.DataFrame([feature[part] for feature in features])


def _names(library: Library, names: pd.Series) -> pd.DataFrame:
    """The table of areas with the wards named as they are now."""
    areas = library.table("AREAS")
    wards = pd.DataFrame({"area_code": names.index, "area_name": names.to_numpy(), "area_type": "ward19"})
    return pd.concat([areas[areas["area_type"] != "ward19"], wards.assign(local_name=None)], ignore_index=True)


def _told(library: Library, wards: set[str], lsoas: set[str]) -> tuple[str, ...]:
    told = []
    for what, now, before in (("wards", wards, "ward19"), ("neighbourhoods", lsoas, "lsoa21")):
        had = set(library.codes(before))
        if now != had:
            told.append(
                f"The {what} have changed: {len(now - had)} codes are new ({', '.join(sorted(now - had)[:5])}) and "
                f"{len(had - now)} are gone ({', '.join(sorted(had - now)[:5])}). Every other table is on the old "
                "codes: do not publish this alone."
            )
    return tuple(told)
