"""One refresh: fetch what a source publishes, make its tables, and hand them over only when all are ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from analysis.build.refresh import cilif, fingertips, iod, lait, ons_wards, police
from analysis.build.refresh.drafted import Drafted
from analysis.build.refresh.fetch import Fetched, Limits, fetch
from analysis.build.refresh.publishers import published
from analysis.sources.library import Library

Put = Callable[[Drafted], None]


@dataclass(frozen=True)
class Asking:
    """How the files of a refresh are asked for, and which council they are about."""

    library: Library
    limits: Limits

    def get(self, name: str) -> Fetched:
        """A declared file, whole. Raises SourceTrouble."""
        file = published(name)
        return fetch(replace(file, url=file.url.replace("{council}", self.library.council.code)), self.limits)

    def post(self, name: str, data: Mapping[str, str]) -> Fetched:
        """What a declared service answers. Raises SourceTrouble."""
        return fetch(published(name), self.limits, data)


def _fingertips(asking: Asking) -> list[Drafted]:
    return [fingertips.draft(asking.get("fingertips"), asking.library)]


def _cilif(asking: Asking) -> list[Drafted]:
    return cilif.draft(asking.get("cilif"), asking.library)


def _iod(asking: Asking) -> list[Drafted]:
    return iod.draft(asking.get("iod2019"), asking.get("iod2025"), asking.library)


def _lait(asking: Asking) -> list[Drafted]:
    return lait.draft(asking.get("lait-figures"), asking.get("lait-dictionary"), asking.library)


def _ons_wards(asking: Asking) -> list[Drafted]:
    return ons_wards.draft(asking.get("ons-lookup"), asking.get("ons-wards"), asking.library)


def _police(asking: Asking) -> list[Drafted]:
    year = police.last_whole_year(asking.get("police-updated"))
    return [police.draft(year, lambda data: asking.post("police", data), asking.library)]


SOURCES: Mapping[str, Callable[[Asking], list[Drafted]]] = {
    "fingertips": _fingertips,
    "cilif": _cilif,
    "iod": _iod,
    "lait": _lait,
    "ons-wards": _ons_wards,
    "police": _police,
}


def refresh(source: str, library: Library, put: Put, limits: Limits | None = None) -> list[Drafted]:
    """Fetch one source and hand each table it gives to `put`; returns them.

    `put` is called only when every file is fetched and every table is made and lawful, so a trouble leaves a draft as
    it was. Raises SourceTrouble (a Refusal), or ContractBroken listing every row that is not lawful.
    """
    tables = SOURCES[source](Asking(library, limits or Limits()))
    for table in tables:
        table.check()
    for table in tables:
        put(table)
    return tables
