"""What a file says of itself: its edition, basis, sources and licences, what blanks mean, and how to see it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analysis.editions import COUNCIL_NAME, EDITIONS
from analysis.sources.catalogue import Entry
from analysis.sources.columns import COLUMNS
from analysis.sources.library import Library

ANALYSTS = "Analyst's view: includes small counts, not for publication"
BASIS_MEANS = {
    "published": "Published figures, as their publishers print them.",
    "modelled": "Modelled (ours): worked out by us from published figures, not published by anybody.",
    "illustrative": "ILLUSTRATIVE: made up by a script to show the tool. They say nothing of these places.",
    "": "Each figure carries its own basis, in the column “basis”.",
}
MARKS = (
    ("0", "None were counted. A nought is a figure, and is never put in place of one that is lacking."),
    ("suppressed, not shown, held back", "There is a figure, but so small that somebody could be recognised."),
    ("missing, not published, not known", "Nobody published the figure, or no answer can be given."),
    ("not applicable", "The question does not arise for this area or period."),
    ("cannot calculate", "The figures it would be worked out from are not all there."),
    ("an empty cell", "No figure: the columns status and reason, where a table has them, say why."),
)
RELIABILITY = (
    ("for certain", "The widest limits (99.8%, or the worst case of the rounding) lie on one side of the comparison."),
    ("likely", "The 95% limits lie on one side of the comparison."),
    ("in line", "The limits hold the value it is compared with; this is not proof that they are equal."),
    ("too few to tell", "So few are expected that even none would prove nothing."),
    ("depends on the catchment", "The answer changes with how far people are taken to travel."),
    ("lower, upper", "95% limits unless the column says otherwise: the range the figure is given with."),
)


@dataclass(frozen=True)
class About:
    """What stands beside figures in a file. `edition_title` is given for another council.

    `settings` are those of the link, by name; `made_on` the day it was made.

    `basis` is published, modelled or illustrative, or blank where each figure says its own. `notes` are sentences on
    method; `sources` the catalogue entries the figures rest on.
    """

    title: str
    edition: str
    data: str
    basis: str
    sources: tuple[Entry, ...]
    page: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    analysts: bool = False
    made_on: date | None = None
    council: str = COUNCIL_NAME
    edition_title: str = ""

    def rows(self, columns: Iterable[str] = ()) -> list[tuple[str, str]]:
        """All of it as pairs of a heading and words; `columns` are those of the table, told with unit and meaning."""
        edition = self.edition_title or (EDITIONS[self.edition].title if self.edition in EDITIONS else self.edition)
        made = self.made_on.isoformat() if self.made_on else "not recorded"
        mark = [("Disclosure", ANALYSTS)] if self.analysts else []
        return [
            ("Title", self.title),
            ("Basis", self.basis_means),
            *mark,
            ("Council", self.council),
            ("Edition", edition),
            ("Edition id", self.edition),
            ("Data", self.data),
            ("Downloaded on", made),
            ("Period", "; ".join(dict.fromkeys(entry.period for entry in self.sources if entry.period))),
            *(("Note", note) for note in self.notes),
            *(("Source", _source(entry)) for entry in self.sources),
            *(("What it means", f"{said}: {words}") for said, words in MARKS),
            *(("Reliability", f"{flag}: {words}") for flag, words in RELIABILITY),
            *(("Column", said) for said in described(columns)),
            ("To see it again", self.address),
            *(("Setting", f"{name} = {value}") for name, value in self.settings),
        ]

    @property
    def basis_means(self) -> str:
        """The basis in words; one that is only of this table in its own."""
        return BASIS_MEANS.get(self.basis) or f"{self.basis[0].upper()}{self.basis[1:]}."

    @property
    def address(self) -> str:
        """The page and its settings as the end of a link."""
        asked = "&".join(f"{name}={value}" for name, value in self.settings)
        return f"/{self.page}{'?' if asked else ''}{asked}"

    @property
    def foot(self) -> tuple[str, ...]:
        """What is printed beneath a picture: sources, acknowledgements, edition and data."""
        named = dict.fromkeys(f"{entry.title} ({entry.publisher}, {entry.period})" for entry in self.sources)
        thanks = dict.fromkeys(entry.attribution.strip() for entry in self.sources if entry.attribution.strip())
        said = [f"Source: {'; '.join(named)}."] if named else []
        return (*self.notes, *said, *thanks, f"Early Help Atlas, {self.council}, edition {self.edition}. {self.data}")


def _source(entry: Entry) -> str:
    told = (
        f"{entry.title}. {entry.publisher}. Period: {entry.period}. Basis: {entry.basis}.",
        f"From: {entry.url}." if entry.url else "",
        f"File: {entry.path}. Licence: {entry.licence}. {entry.attribution}",
        f"Caveat: {entry.caveat}" if entry.caveat else "",
    )
    return " ".join(part.strip() for part in told if part.strip())


def described(columns: Iterable[str]) -> list[str]:
    """What each registered column means, with its unit and which way is worse; others are left out."""
    found = [COLUMNS[name] for name in dict.fromkeys(columns) if name in COLUMNS]
    return [
        f"{column.name}: {column.meaning}."
        + (f" Unit: {column.unit}." if column.unit else "")
        + (f" {column.polarity.capitalize()}." if column.polarity != "neither" else "")
        for column in found
    ]


def data_of(library: Library) -> str:
    """Which data a library holds: the version and its day where it came from a store, and a word for its contents."""
    return f"Tables {library.told}."


def entries_of(library: Library, contracts: Iterable[str]) -> tuple[Entry, ...]:
    """The catalogue entries of some contracts, each once, those the library does not hold left out."""
    return tuple(library.entry(name) for name in dict.fromkeys(contracts) if library.holds(name))


def settings_of(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The settings of a link in the order of their names, those at their usual value left out."""
    return tuple(sorted((name, value) for name, value in values.items() if value))
