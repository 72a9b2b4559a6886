"""What everything is numbered and called before any of it is set, so that every reference reads right at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from analysis.reports.needs_assessment.blocks import Block, Cited, Exhibit, Picture, Section, Source, Table

TABLE, FIGURE = "Table", "Figure"
MADE_UP = "ILLUSTRATIVE, made up"


@dataclass(frozen=True)
class Heading:
    """A heading as the contents list it; `bookmark` is where it stands."""

    level: int
    number: str
    title: str
    bookmark: str
    appendix: bool


@dataclass(frozen=True)
class Caption:
    """A caption: Table or Figure, its number, its words, and the bookmarks around its number and around all of it."""

    kind: str
    number: int
    words: str
    label: str
    whole: str

    @property
    def named(self) -> str:
        """How the text refers to it."""
        return f"{self.kind} {self.number}"


@dataclass(frozen=True)
class Plan:
    """Headings in order (by section and part), captions and sections by key, sources by contract."""

    headings: dict[tuple[str, int], Heading]
    captions: dict[str, Caption]
    sources: dict[str, int]

    def reference(self, key: str) -> tuple[str, str, str] | None:
        """What refers to a table, figure or section: the bookmark, the switch of its field, and what it reads as."""
        if key in self.captions:
            found = self.captions[key]
            return found.label, "", found.named
        heading = self.headings.get((key, 0))
        return None if heading is None else (heading.bookmark, "\\r ", heading.number)

    def listed(self, kind: str) -> list[Caption]:
        """The captions of a kind in order."""
        return [caption for caption in self.captions.values() if caption.kind == kind]


def planned(sections: Sequence[Section]) -> Plan:
    """The plan of some sections in order."""
    headings = {place: heading for section, number in _numbered(sections) for place, heading in _of(section, number)}
    captions: dict[str, Caption] = {}
    counts = {TABLE: 0, FIGURE: 0}
    sources: dict[str, int] = {}
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, Exhibit):
            kind = TABLE if isinstance(block, Table) else FIGURE
            counts[kind] += 1
            captions[block.key] = _caption(block, kind, counts[kind])
        if isinstance(block, Source):
            sources[block.contract] = block.number
    return Plan(headings, captions, sources)


def cited(blocks: Sequence[Block]) -> list[str]:
    """The contracts of the sources of some blocks in the order they are first named."""
    named = [name for block in blocks if isinstance(block, (Table, Picture, Cited)) for name in block.sources]
    return list(dict.fromkeys(named))


def _numbered(sections: Sequence[Section]) -> Iterator[tuple[Section, str]]:
    body = appendices = 0
    for section in sections:
        if section.appendix:
            yield section, ascii_uppercase[appendices]
            appendices += 1
        else:
            body += 1
            yield section, str(body)


def _of(section: Section, number: str) -> Iterator[tuple[tuple[str, int], Heading]]:
    named = f"Appendix {number}" if section.appendix else number
    yield (section.key, 0), Heading(1, named, section.title, f"section_{section.key}", section.appendix)
    count = 0
    for place, part in enumerate(section.parts, start=1):
        if part.title:
            count += 1
            mark = f"part_{section.key}_{place}"
            yield (section.key, place), Heading(2, f"{number}.{count}", part.title, mark, section.appendix)


def _caption(exhibit: Exhibit, kind: str, number: int) -> Caption:
    words = f"{MADE_UP}. {exhibit.title}" if exhibit.basis == "illustrative" else exhibit.title
    mark = f"{kind.lower()}_{number}"
    return Caption(kind, number, words, mark, f"{mark}_caption")
