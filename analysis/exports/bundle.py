"""One zip of everything in a view: tables, map, pictures, method, citations, and settings that open it again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.exports import settings
from analysis.exports.about import About
from analysis.exports.areas import geojson, geopackage
from analysis.exports.cells import table_csv
from analysis.exports.method import note
from analysis.exports.workbook import workbook

EPOCH = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.sha256"
CITED = ("title", "publisher", "period", "basis", "url", "licence", "attribution", "path", "caveat")


@dataclass(frozen=True)
class Part:
    """One table of a view: a name for its files, its unrounded figures, and the table on screen."""

    name: str
    figures: pd.DataFrame
    shown: pd.DataFrame


@dataclass(frozen=True)
class Areas:
    """The map of a view: a name for its files, its boundary file, one row of figures an area, and its credit."""

    name: str
    layer: Path
    figures: pd.DataFrame
    attribution: str


def bundle(
    about: About,
    tables: Sequence[Part],
    areas: Areas | None = None,
    pictures: Mapping[str, bytes] | None = None,
    notes: Sequence[str] = (),
) -> bytes:
    """The zip; from the same view on the same day the same bytes. `pictures` go by file name, `notes` are Markdown."""
    files: dict[str, bytes] = {}
    for part in tables:
        stem = f"tables/{safe_name(part.name)}"
        files[f"{stem}.csv"] = table_csv(part.figures, about.basis, analysts=about.analysts)
        files[f"{stem}.xlsx"] = workbook(part.shown, about, part.figures)
    if areas is not None:
        files |= _map(areas, about)
    files |= {f"pictures/{safe_name(name)}": made for name, made in (pictures or {}).items()}
    files["method.txt"] = note(about.page, notes).encode()
    files["citations.csv"] = _citations(about)
    files["settings.json"] = settings.written(about.page, dict(about.settings), about.edition, about.data)
    files["README.txt"] = _readme(about, files).encode()
    files[MANIFEST] = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return _zipped(files, about)


def safe_name(name: str) -> str:
    """A file name that is one on every system and never a path: letters, digits, dots, dashes and underscores."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._-")
    return kept[:100] or "file"


def _map(areas: Areas, about: About) -> dict[str, bytes]:
    name, who = safe_name(areas.name), about.analysts
    credit = f"{about.basis_means} {areas.attribution}"
    return {
        f"map/{name}.geojson": geojson(areas.layer, areas.figures, about.basis, credit, analysts=who),
        f"map/{name}.gpkg": geopackage(areas.layer, areas.figures, about.basis, name, analysts=who),
    }


def _citations(about: About) -> bytes:
    rows = [{name: getattr(entry, name) for name in CITED} for entry in about.sources]
    return table_csv(pd.DataFrame(rows, columns=list(CITED)), "", analysts=about.analysts)


def _readme(about: About, files: Mapping[str, bytes]) -> str:
    mark = "\nANALYST'S VIEW: includes small counts, not for publication.\n" if about.analysts else ""
    lines = "\n".join(f"{name:<60} {_what(name)}".rstrip() for name in sorted(files))
    told = "\n".join(f"{name}: {words}" for name, words in about.rows())
    return (
        f"{about.title}\n{'=' * len(about.title)}\n{mark}\n{about.basis_means}\n\n"
        f"Files\n-----\n{lines}\n{MANIFEST:<60} checksums of all of these (sha256sum -c {MANIFEST})\n\n"
        f"About\n-----\n{told}\n"
    )


def _what(name: str) -> str:
    ending = name.rpartition(".")[2]
    named = {"method.txt": "how it was worked out", "citations.csv": "sources, licences, acknowledgements"}
    kinds = {
        "csv": "figures, unrounded",
        "xlsx": "the table as on screen, its figures, and what it rests on",
        "geojson": "areas with their figures, WGS84",
        "gpkg": "the same for mapping software",
        "json": "give this file to the atlas to open the same view",
    }
    return named.get(name, kinds.get(ending, "picture"))


def _zipped(files: Mapping[str, bytes], about: About) -> bytes:
    day = about.made_on
    when = (day.year, day.month, day.day, 0, 0, 0) if day else EPOCH
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, files[name])
    return made.getvalue()
