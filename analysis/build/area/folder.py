"""A council's folder: its tables under the contracts, and a catalogue of its own that a Library opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.build.area import layers, tables
from analysis.build.area import national as files
from analysis.build.area.national import National, national
from analysis.build.coverage import outline
from analysis.build.geography import write_layer
from analysis.build.whole import whole_folder
from analysis.sources.catalogue import CATALOGUE, LAYER, Entry, read_catalogue, sha256
from analysis.sources.council import Council, contract_for, written
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.write import write_table

ROOM = 0.05
ENGLAND = (-6.5, 49.8, 1.8, 55.9)
COARSE = (
    "Simplified to about 60 metres from the ultra-generalised boundaries of {vintage}: for a map, not for a street."
)
BEST_FIT = "Best fit puts whole neighbourhoods in one ward."
NO_FIT = " The wards have changed since, and no best fit of these neighbourhoods to today's wards is published."
MIDDLE = (
    "A stand-in: a point inside the ward, the same for each of its neighbourhoods, because no point of their own is "
    "held. Not for distances or travel times."
)
SAME_CODE = (
    "Only the neighbourhoods that kept their code, which are those whose boundary is the same; which others were "
    "divided or merged is not in the files we hold."
)
OVERLAP = "Age bands overlap and must not be summed. Made before the 2021 Census and not revised after it."
ALTERED = (
    "Provisional, and altered slightly to protect families, so the wards do not add up to the council's own figure."
)
NO_COUNCIL_FIGURE = "The council's own figure was not in the copies we could read."


@dataclass(frozen=True)
class Part:
    """One file of the folder: where it goes, the contract it keeps, what it holds and what is said of it."""

    path: str
    contract: str
    frame: pd.DataFrame
    said: dict[str, str]
    derived_from: tuple[str, ...]


def build_area(raw: Path, code: str, folder: Path) -> tuple[Library, list[str]]:
    """Write the folder of a council, whole or not at all; returns it opened, and what it could not be given.

    Raises Refusal where the raw folder lacks a file or does not know the council, or the folder is not empty.
    """
    rows = national(raw, code)
    notes: list[str] = []
    parts = [*_layers(rows, notes), *_tables(rows, notes)]
    council = _council(rows, parts)
    with whole_folder(folder) as partial:
        entries = [_write(part, council, partial) for part in parts]
        (partial / CATALOGUE).write_text(_catalogue(council, entries), encoding="utf-8")
        Library(partial)
    return Library(folder), notes


def _tables(rows: National, notes: list[str]) -> Iterator[Part]:
    then = BEST_FIT if rows.same_wards else BEST_FIT + NO_FIT
    if not rows.same_wards:
        notes.append("Figures by neighbourhood of 2011 are summed to the wards of 2019 only: the wards have changed.")
    yield _part("AREAS", tables.areas(rows), (files.LSOA11_WARD, files.LSOA21_WARD), period="2019 and 2024", caveat="")
    yield _part(
        "LOOKUP_LSOA11",
        tables.lookup_lsoa11(rows),
        (files.LSOA11_WARD,),
        period="2019",
        caveat=then,
        title="Neighbourhoods (LSOA 2011) to wards of 2019 and of 2024, best fit",
        vintage="LSOA 2011, 2019 wards, 2024 wards",
    )
    yield _part(
        "LOOKUP_LSOA21",
        tables.lookup_lsoa21(rows),
        (files.LSOA21_WARD,),
        period="2024",
        caveat=BEST_FIT,
        title="Neighbourhoods (LSOA 2021) to wards of 2024, best fit",
        vintage="LSOA 2021, 2024 wards",
    )
    kept = {"period": "2011 to 2021", "basis": "modelled", "caveat": SAME_CODE}
    yield _part(
        "LOOKUP_LSOA11_LSOA21", tables.lookup_lsoa11_lsoa21(rows), (files.LSOA11_WARD, files.LSOA21_WARD), **kept
    )
    yield _part("IOD2019", tables.iod2019(rows), (files.IOD2019,))
    yield _part("IOD2025", tables.iod2025(rows), (files.IOD2025,))
    measured_on = "Populations the Indices of Deprivation 2019 were measured on"
    yield _part("IOD_POPULATION", tables.iod_population(rows), (files.IOD2019,), period="mid-2015", title=measured_on)
    yield _part("POPULATION_LSOA11", tables.people(rows), (files.PEOPLE,), period="mid-2020", caveat=OVERLAP)
    measures = tables.iod_council(rows)
    if measures is None:
        notes.append("The council's published summary measures of deprivation are not held.")
    else:
        title = f"English Indices of Deprivation: summary measures of {rows.name}"
        yield _part("IOD_COUNCIL", measures, (files.COUNCIL_IOD,), title=title, vintage="council")
    yield from _low_income(rows, notes)


def _low_income(rows: National, notes: list[str]) -> Iterator[Part]:
    period = f"year to March {tables.YEAR_ENDING} (provisional)"
    by_ward, own = tables.low_income(rows), tables.council_low_income(rows)
    if by_ward is None:
        notes.append("Children in low-income families are published for other wards than those of 2024: left out.")
        return
    caveat = NO_COUNCIL_FIGURE if own["count"].isna().all() else ""
    if caveat:
        notes.append("The council's own figure of children in low-income families is not held.")
    yield _part("CHILD_POVERTY_WARD", by_ward, (files.LOW_INCOME,), period=period, caveat=ALTERED, vintage="2024 wards")
    title = f"Children under 16 in low-income families in {rows.name}"
    about = {"period": period, "caveat": caveat, "title": title, "vintage": "council"}
    yield _part("CHILD_POVERTY_AREA", own, (files.COUNCIL_LOW_INCOME,), **about)


def _layers(rows: National, notes: list[str]) -> Iterator[Part]:
    for slot, year, lsoa, ward in (("2011", "2019", "lsoa11", "wd19cd"), ("2019", "2024", "lsoa21", "wd24cd")):
        held = getattr(rows, lsoa)
        try:
            shapes = layers.wards(rows.raw, set(held[ward]))
        except ValueError as broken:
            shapes = None
            notes.append(f"The wards of {year} cannot be drawn: {broken}")
        if shapes is None:
            notes.append(f"There is no map of the wards of {year}: the boundaries held are of {layers.VINTAGE}.")
            continue
        said = {"title": f"Boundaries of the wards of {year}", "period": layers.VINTAGE, "vintage": f"{year} wards"}
        coarse = {**said, "caveat": COARSE.format(vintage=layers.VINTAGE)}
        yield _part(LAYER, shapes, (files.WARDS,), f"geo/wards_{slot}.geojson", **coarse)
        contract = f"DEMAND_POINTS_{lsoa.upper()}"
        points = tables.middles(held[f"{lsoa}cd"], held[ward], shapes["shape"])
        drawn_from = _shipped(LAYER, f"geo/wards_{slot}.geojson")
        stand_in = {
            "title": "A point inside the ward of each neighbourhood",
            "caveat": MIDDLE,
            "basis": "modelled",
            "publisher": drawn_from.publisher,
            "attribution": drawn_from.attribution,
        }
        yield _part(contract, points, (files.WARDS,), period=layers.VINTAGE, **stand_in)
        if slot == "2019":
            whole = pd.DataFrame({"name": rows.name, "shape": [outline(shapes["shape"], pieces=True)]}, [rows.code])
            own = {**coarse, "title": f"Outline of {rows.name}"}
            yield _part(LAYER, whole, (files.WARDS,), "geo/council_outline.geojson", **own)


def _part(contract: str, frame: pd.DataFrame, sources: tuple[Path, ...], path: str = "", **said: str) -> Part:
    entry = _shipped(contract, path)
    return Part(entry.path, contract, frame, said, tuple(source.as_posix() for source in sources))


def _shipped(contract: str, path: str) -> Entry:
    """What the atlas's own catalogue says of the same table: publisher, licence and attribution are the same."""
    return next(entry for entry in _entries() if entry.contract == contract and path in ("", entry.path))


@lru_cache(maxsize=1)
def _entries() -> tuple[Entry, ...]:
    return tuple(read_catalogue(ROOT).values())


def _council(rows: National, parts: list[Part]) -> Council:
    outlines = [part.frame["shape"].iloc[0] for part in parts if part.path.endswith("council_outline.geojson")]
    west, south, east, north = outlines[0].bounds if outlines else ENGLAND
    earlier, now = rows.lsoa11["wd19cd"].nunique(), rows.lsoa21["wd24cd"].nunique()
    return Council(
        rows.code,
        rows.name,
        rows.name,
        f"the {earlier} wards of 2019",
        f"the {now} wards of 2024",
        south=round(south - ROOM, 2),
        north=round(north + ROOM, 2),
        west=round(west - ROOM, 2),
        east=round(east + ROOM, 2),
    )


def _write(part: Part, council: Council, folder: Path) -> Entry:
    path = folder / part.path
    if part.contract == LAYER:
        write_layer(part.frame, path)
    else:
        write_table(part.frame, contract_for(CONTRACTS[part.contract], council), path)
    shipped = _shipped(part.contract, part.path)
    title = part.said.get("title", CONTRACTS[part.contract].title if part.contract != LAYER else "")
    return replace(shipped, **{**part.said, "title": title}, derived_from=part.derived_from, sha256=sha256(path))


def _catalogue(council: Council, entries: list[Entry]) -> str:
    blocks = [
        "\n".join(["[[file]]", *(f"{name} = {_toml(value)}" for name, value in asdict(entry).items()), ""])
        for entry in sorted(entries, key=lambda entry: entry.path)
    ]
    head = f"# The files of {council.name}, written by `python -m analysis build-area`."
    return "\n".join([head, "", written(council), *blocks])


def _toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
