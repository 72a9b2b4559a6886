"""The profile of a ward: one page of A4 for a councillor or a head teacher, and all wards in one archive."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pandas as pd

from analysis import ward as wards
from analysis import ward_indicators
from analysis.editions import COUNCIL, EDITIONS, ENGLAND, Edition
from analysis.gap import lenses
from analysis.indicators import Indicators, collected, no_indicators
from analysis.need import NEEDS, need_table
from analysis.present import ward_sheet, ward_small_map
from analysis.present.return_view import RISKY
from analysis.present.ward_sheet import Sheet
from analysis.present.ward_sheet_block import BASIS, Block
from analysis.present.ward_small_map import SmallMap
from analysis.refusal import Refusal
from analysis.reports.registry import Progress
from analysis.reports.typeset import pdf as typeset
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library
from analysis.ward_together import Together

Put = Callable[[str, bytes], None]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
SMALL_COUNTS = "Analyst's view: includes small counts, not for publication"
WARNING = "Figures marked illustrative were made up by a script. They say nothing about this ward."


class Profiles:
    """The profiles of an edition's wards: what they share is worked out once."""

    def __init__(
        self,
        library: Library,
        edition: str,
        *,
        made_on: date,
        small_counts: bool = False,
        need_id: str | None = None,
    ) -> None:
        """Of a library, in one edition and against one need (the first that may be compared, unless one is named).

        Raises Refusal when there is no such edition or need.
        """
        if edition not in EDITIONS:
            raise Refusal(f"There is no edition {edition!r}. Choose one of: {', '.join(EDITIONS)}.")
        offered = [lens for lens in lenses(edition)[0] if lens.table and lens.records_of is None]
        chosen = {lens.id: lens for lens in offered}
        if need_id is not None and need_id not in chosen:
            raise Refusal(f"There is no need {need_id!r} in the {edition} edition. Choose one of: {', '.join(chosen)}.")
        self.edition, self.made_on, self.library = EDITIONS[edition], made_on, library
        self.need = NEEDS[need_id] if need_id else offered[0]
        held, self._left_out = _indicators(library, self.edition)
        self._together = Together(library, edition, held, small_counts)
        self._paths, self._shares = self._drawn()

    @property
    def disclosure(self) -> str:
        """The mark of a profile that holds small counts, and blank otherwise."""
        return SMALL_COUNTS if self._together.small_counts else ""

    @property
    def codes(self) -> list[str]:
        """The wards in the order of their names."""
        return sorted(self.library.codes(self.edition.ward_type), key=lambda code: (self.library.names[code], code))

    def sheet(self, ward: str) -> Sheet:
        """What the profile of a ward says, by its code."""
        wanted = [section for section in ward_sheet.SECTIONS if section not in self._left_out]
        facts, missing = wards.held(self._together, ward, self.need.id, wanted)
        return ward_sheet.sheet(
            facts,
            self.edition,
            ward,
            self.library.names[ward],
            (self.need.title, self.need.short),
            more_is_worse=ward_indicators.more_is_worse(self._together.held),
            left_out={**missing, **self._left_out},
        )

    def code_of(self, ward: str) -> str:
        """The code of a ward that is named by its code or its name. Raises Refusal when it is not of the edition."""
        named = {self.library.names[code].casefold(): code for code in self.codes}
        code = ward if ward in self.codes else named.get(ward.strip().casefold())
        if code is None:
            raise Refusal(f"{ward!r} is not one of {self.edition.wards}, which the {self.edition.id} edition uses.")
        return code

    def set(self, sheet: Sheet, ward: str) -> bytes:
        """A sheet with the map of its ward, set as PDF."""
        return typeset("ward_profile", self._data(sheet, self._map(ward)), self.made_on)

    def pdf(self, ward: str) -> bytes:
        """The profile of a ward, by its code or its name. Raises Refusal as `code_of` does."""
        code = self.code_of(ward)
        return self.set(self.sheet(code), code)

    def _data(self, sheet: Sheet, small: SmallMap) -> dict[str, object]:
        return {
            "title": f"{sheet.title}: profile",
            "about": sheet.about,
            "made": f"Made on {_day(self.made_on)} by the Early Help Atlas from the tables {self.library.told}.",
            "mark": self.disclosure,
            "answer": sheet.answer,
            "more": sheet.more,
            "made_up": any("illustrative" in block.basis for block in sheet.blocks),
            "warning": WARNING,
            "map": small.drawing,
            "map_alt": small.alt,
            "map_caption": small.caption,
            **{
                side: [_block(sheet, block) for block in blocks]
                for side, blocks in (
                    ("left", (*sheet.left, *sheet.services)),
                    ("right", sheet.right),
                    ("wide", (*sheet.wide, *sheet.unknown)),
                )
            },
            "meaning": ward_sheet.MEANING,
            "sources": list(sheet.sources),
        }

    def _drawn(self) -> tuple[dict[str, str], pd.Series]:
        """Outlines and shares of need for the small map; no outlines where it cannot be drawn, with the reason kept."""
        try:
            paths = ward_small_map.outlines(self.library.root, self.edition.ward_layer)
            table = need_table(self.library, self.need).set_index("area_code")
        except OSError:
            self._left_out["map"] = "the edition does not hold the boundaries of its wards"
        except NotHeld as missing:
            self._left_out["map"] = missing.reason
        else:
            return paths, table["need_share"]
        return {}, pd.Series(dtype=float)

    def _map(self, ward: str) -> SmallMap:
        if ward not in self._paths:
            return SmallMap("", "", "")
        return ward_small_map.of_need(self._paths, self._shares, self.need.short, ward, self.library.names[ward])


def pdf(
    library: Library,
    edition: str,
    ward: str,
    *,
    made_on: date,
    small_counts: bool = False,
    need_id: str | None = None,
) -> bytes:
    """The profile of one ward, one page of A4 as tagged PDF; the same bytes for the same tables and day.

    With `small_counts`, which is for analysts alone, it is marked as not for publication. Raises Refusal when the
    edition, the need or the ward is not one that is offered.
    """
    return Profiles(library, edition, made_on=made_on, small_counts=small_counts, need_id=need_id).pdf(ward)


def all_profiles(profiles: Profiles, put: Put, progress: Progress) -> None:
    """Give `put` the name and content of each ward's profile, and then of index.csv; `progress` hears of each step."""
    codes = profiles.codes
    names = dict(zip(codes, file_names([profiles.library.names[code] for code in codes]), strict=True))
    for place, code in enumerate(codes):
        progress(place, len(codes), profiles.library.names[code])
        put(names[code], profiles.pdf(code))
    put("index.csv", _index(profiles, names))
    progress(len(codes), len(codes), "the list of files")


def archive(profiles: Profiles, progress: Progress) -> bytes:
    """All profiles as a zip, the same bytes for the same tables and day."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:

        def put(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, content)

        all_profiles(profiles, put, progress)
    return written.getvalue()


def file_names(names: list[str]) -> list[str]:
    """A file name for each ward, of small letters and hyphens; those that would be alike are numbered."""
    found: list[str] = []
    for name in names:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "ward"
        alike = sum(one == plain or re.fullmatch(rf"{plain}-\d+", one) is not None for one in found)
        found.append(f"{plain}-{alike + 1}" if alike else plain)
    return [f"{plain}.pdf" for plain in found]


def _index(profiles: Profiles, names: dict[str, str]) -> bytes:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["file", "ward_code", "ward_name", "edition", "need", "tables", "made_on", "disclosure"])
    about = [profiles.edition.id, profiles.need.id, profiles.library.told, profiles.made_on.isoformat()]
    for code, name in names.items():
        rows.writerow([name, code, _safe(profiles.library.names[code]), *about, profiles.disclosure])
    return written.getvalue().encode("utf-8-sig")


def _safe(name: str) -> str:
    """A name that a spreadsheet will not take for a formula."""
    return f"'{name}" if name.startswith(RISKY) else name


def _block(sheet: Sheet, block: Block) -> dict[str, object]:
    return {
        "reasons": not block.basis,
        "title": block.title,
        "period": block.period,
        "basis": "illustrative" if "illustrative" in block.basis else block.basis,
        "basis_words": BASIS.get(block.basis, block.basis),
        "heads": list(block.heads),
        "columns": _widths(block),
        "rows": [list(row) for row in block.rows],
        "note": block.note,
        "numbers": ", ".join(str(number) for number in sheet.numbers(block)),
    }


def _widths(block: Block) -> list[float]:
    """The width of each column after the first, by the longest of its words, within reason."""
    columns = list(zip(*(row[1:] for row in block.rows), strict=True)) or [() for _ in block.heads[1:]]
    longest = [max(len(cell) for cell in (head, *cells)) for head, cells in zip(block.heads[1:], columns, strict=True)]
    return [min(max(length / 24, 0.38), 1.2) for length in longest]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _indicators(library: Library, edition: Edition) -> tuple[Indicators, dict[str, str]]:
    """Every indicator held, of the edition's wards and what they are set beside; or none, with the reason."""
    areas = {COUNCIL, ENGLAND, *library.codes(edition.ward_type)}
    try:
        return collected(library, areas), {}
    except NotHeld as missing:
        return no_indicators(), {"indicators": missing.reason}
