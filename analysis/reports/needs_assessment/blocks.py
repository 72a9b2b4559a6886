"""What the document is made of, before anything is set: words, points, notices, tables, pictures and sections."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Words:
    """A paragraph. `answer` sets it as the answer of its part; `marked` says that it is Markdown of ours."""

    text: str
    answer: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Points:
    """A list of sentences. `marked` says that they are Markdown of ours."""

    items: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True)
class Notice:
    """A boxed paragraph; `kind` is illustrative, left_out or basis."""

    text: str
    kind: str


@dataclass(frozen=True)
class Local:
    """A paragraph of the council's own, plain text."""

    text: str


@dataclass(frozen=True)
class Pointer:
    """A sentence that refers to tables, figures and sections by their keys; nothing where none of them is there."""

    keys: tuple[str, ...]
    lead: str = "See"


@dataclass(frozen=True)
class Cited:
    """The sources of the words before it, by the contracts of their tables."""

    sources: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of words with a caption above and its basis and sources beneath.

    `basis` is published, modelled, illustrative, blank where each row says its own, or words where there is no figure.
    """

    key: str
    title: str
    rows: pd.DataFrame
    basis: str
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture (PNG) with a caption beneath and the words that stand for it; basis and sources as of a table."""

    key: str
    title: str
    content: bytes
    alt: str
    basis: str
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Source:
    """An entry of the list of sources: the contract of a table, its number, and what is said of it."""

    contract: str
    number: int
    text: str


Exhibit = Table | Picture
Block = Words | Points | Notice | Local | Pointer | Cited | Source | Exhibit


@dataclass(frozen=True)
class Part:
    """What stands under one heading of the second order; a blank title sets no heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A numbered section or an appendix; `wide` turns its pages."""

    key: str
    title: str
    parts: tuple[Part, ...]
    appendix: bool = False
    wide: bool = False

    @property
    def blocks(self) -> list[Block]:
        """Every block in the order it is read."""
        return [block for part in self.parts for block in part.blocks]


@dataclass(frozen=True)
class Front:
    """The title page: title, council and edition, the lines beneath, and the boxed statement of basis."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    notices: tuple[Notice, ...] = field(default=())
