"""The one council a folder of tables is about."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from analysis.sources.contracts import Contract, Field

CODE = "E0[6-9][0-9]{6}"
WARD = "E05[0-9]{6}"
NOT_NATIONAL: Mapping[str, tuple[str, ...]] = {
    "LOOKUP_LSOA11": ("ward19_code", "ward11_area_share", "ward19_area_share"),
    "DEMAND_POINTS_LSOA11": ("postcodes",),
    "DEMAND_POINTS_LSOA21": ("postcodes",),
}


@dataclass(frozen=True)
class Council:
    """A council: its ONS code and names, and where on earth its tables may place things.

    `earlier_wards` and `wards` say in words which wards `ward11_code` and `ward19_code` hold in its tables. `national`
    marks a folder built from national files, in which what only this council's own files have may be blank.
    """

    code: str
    name: str
    short_name: str
    earlier_wards: str
    wards: str
    south: float
    north: float
    west: float
    east: float
    national: bool = True


HOME = Council(
    "E06000022",
    "Bath and North East Somerset",
    "B&NES",
    "the 37 wards of 2011 to 2019",
    "the 33 wards since 2019",
    51.2,
    51.5,
    -2.8,
    -2.2,
    national=False,
)


def declared(catalogue: Path) -> Council:
    """The council a catalogue declares under [council]; the atlas's own when it declares none.

    Raises ValueError or TypeError when what it declares is not in order.
    """
    if not catalogue.is_file():
        return HOME
    row: dict[str, Any] = tomllib.loads(catalogue.read_text(encoding="utf-8")).get("council", {})
    if not row:
        return HOME
    return Council(**row)


def written(council: Council) -> str:
    """The council as a catalogue declares it."""
    lines = [f"{field.name} = {_toml(getattr(council, field.name))}" for field in fields(council)]
    return "\n".join(["[council]", *lines, ""])


def contract_for(contract: Contract, council: Council) -> Contract:
    """A contract as it binds the tables of a council: the same law, with its own ward codes and place on the map.

    The contracts are written for the atlas's own council, and stay as they are for it.
    """
    if not council.national:
        return contract
    blank = NOT_NATIONAL.get(contract.name, ())
    return replace(contract, fields=tuple(_field(field, council, field.column in blank) for field in contract.fields))


def _field(field: Field, council: Council, blank: bool) -> Field:
    wider = replace(field, blank=field.blank or blank)
    if field.column in ("ward11_code", "ward19_code"):
        return replace(wider, pattern=WARD)
    if field.column == "latitude":
        return replace(wider, minimum=council.south, maximum=council.north)
    if field.column == "longitude":
        return replace(wider, minimum=council.west, maximum=council.east)
    if field.pattern == "E06[0-9]{6}":
        return replace(wider, pattern=CODE)
    return wider


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)
