"""Sets sections as WordprocessingML: headings, words, captions, tables, pictures, references and turned pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING

from analysis.reports.needs_assessment.blocks import (
    Block,
    Cited,
    Exhibit,
    Front,
    Local,
    Notice,
    Picture,
    Pointer,
    Points,
    Section,
    Source,
    Table,
    Words,
)
from analysis.reports.needs_assessment.front import NOTICES, contents, title_page
from analysis.reports.needs_assessment.grid import grid, least_wide
from analysis.reports.needs_assessment.letters import runs
from analysis.reports.needs_assessment.plan import Plan
from analysis.reports.needs_assessment.word_xml import Element, bookmark, drawing, el, field, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

UPRIGHT, TURNED = (11906, 16838), (16838, 11906)
MARGIN = 1134
READABLE = UPRIGHT[0] - 2 * MARGIN
EMU, HIGHEST = 635, 8700
BASIS = {
    "published": "Basis: published.",
    "modelled": "Basis: modelled (ours), not published by anybody.",
    "illustrative": "Basis: ILLUSTRATIVE, made up to show the tool.",
    "": "Basis: each figure says its own.",
    "words": "Words of this document, not figures.",
}
WARNING = (
    "ILLUSTRATIVE: what follows was made up by a script to show the tool. It says nothing about any ward, service or "
    "family. Do not quote it."
)


class Writer:
    """Sets one document by its plan; `titles` are the words for a source where no list of sources is there."""

    def __init__(self, document: Document, plan: Plan, titles: dict[str, str], head: str) -> None:
        self.document, self.plan, self.titles = document, plan, titles
        self._marks, self._pictures = count(1), count(1)
        self._set: list[Element] = []
        self._turned = False
        self._dress(head)

    def write(self, front: Front, sections: Sequence[Section]) -> None:
        """Put everything into the document."""
        self._set.extend([*title_page(front), *contents(self.plan)])
        for section in sections:
            self._section(section)
        self._end()
        body = self.document.element.body
        for number, element in enumerate(self._set):
            body.insert(number, element)

    def _dress(self, head: str) -> None:
        """Head and foot of every page but the first, on paper of A4."""
        page = self.document.sections[0]
        page.different_first_page_header_footer = True
        _page_size(page._sectPr, UPRIGHT)
        top, foot = page.header.paragraphs[0]._p, page.footer.paragraphs[0]._p
        for place, style, inside in (
            (top, "Header", [run(head)]),
            (foot, "Footer", [run("Page "), *field("PAGE", [run("1")]), run(" of "), *field("NUMPAGES", [run("1")])]),
        ):
            place.getparent().replace(place, paragraph(style, inside))
        self._later = deepcopy(page._sectPr)
        for first in self._later.findall(el("w:titlePg").tag):
            self._later.remove(first)
        self._opening: Element | None = deepcopy(page._sectPr)

    def _turn(self, *, turned: bool) -> None:
        """End the pages of one direction and begin those of the other."""
        if turned == self._turned:
            return
        ending = self._later if self._opening is None else self._opening
        ended = deepcopy(ending)
        _page_size(ended, TURNED if self._turned else UPRIGHT)
        last = paragraph("SectionEnd")
        last[0].append(ended)
        self._set.append(last)
        self._opening, self._turned = None, turned
        final = self.document.element.body[-1]
        for first in final.findall(el("w:titlePg").tag):
            final.remove(first)

    def _end(self) -> None:
        """The last pages keep the direction they have."""
        if self._turned:
            _page_size(self.document.element.body[-1], TURNED)

    def _section(self, section: Section) -> None:
        self._turn(turned=section.wide)
        self._heading(section, 0, section.title)
        for place, part in enumerate(section.parts, start=1):
            if part.title:
                self._turn(turned=section.wide)
                self._heading(section, place, part.title)
            previous: Block | None = None
            for block in part.blocks:
                self._turn(turned=section.wide or (isinstance(block, Table) and least_wide(block.rows) > READABLE))
                self._set.extend(self._block(block, previous))
                previous = previous if isinstance(block, Pointer) else block

    def _heading(self, section: Section, place: int, title: str) -> None:
        heading = self.plan.headings[section.key, place]
        style = f"{'Appendix' if section.appendix else ''}Heading{heading.level}"
        self._set.append(paragraph(style, bookmark(next(self._marks), heading.bookmark, [run(title)])))

    def _block(self, block: Block, previous: Block | None) -> Iterator[Element]:
        if isinstance(block, Exhibit):
            warned = isinstance(previous, Notice) and previous.kind == "illustrative"
            if block.basis == "illustrative" and not warned:
                yield paragraph(NOTICES["illustrative"], [run(WARNING)])
            yield from self._exhibit(block)
        elif isinstance(block, Points):
            yield from (paragraph("ListBullet", _said(item, marked=block.marked)) for item in block.items)
        else:
            yield from self._paragraph(block)

    def _paragraph(self, block: Block) -> Iterator[Element]:
        if isinstance(block, Words):
            yield paragraph("Answer" if block.answer else "Normal", _said(block.text, marked=block.marked))
        elif isinstance(block, Notice):
            yield paragraph(NOTICES[block.kind], [run(block.text)])
        elif isinstance(block, Local):
            yield paragraph("LocalParagraph", [run(block.text)])
        elif isinstance(block, Source):
            number = bookmark(next(self._marks), f"source_{block.number}", [run(f"[{block.number}]")])
            yield paragraph("SourceEntry", [*number, run(f"\t{block.text}")])
        elif isinstance(block, Cited) and block.sources:
            yield paragraph("ExhibitNote", self._sources(block.sources))
        elif isinstance(block, Pointer):
            yield from self._pointer(block)

    def _pointer(self, block: Pointer) -> Iterator[Element]:
        found = [one for one in map(self.plan.reference, block.keys) if one]
        if not found:
            return
        inside = [run(f"{block.lead} ")]
        for place, (mark, switch, shown) in enumerate(found):
            if place:
                inside.append(run(" and " if place == len(found) - 1 else ", "))
            inside.extend(field(f"REF {mark} {switch}\\h", [run(shown)]))
        yield paragraph("Normal", [*inside, run(".")])

    def _exhibit(self, block: Exhibit) -> Iterator[Element]:
        yield self._caption(block)
        if isinstance(block, Picture):
            yield paragraph("FigureParagraph", [self._picture(block)])
        else:
            yield grid(block.rows, block.title, (TURNED if self._turned else UPRIGHT)[0] - 2 * MARGIN)
        note = [run(f"{block.note.strip()} ")] if block.note.strip() else []
        yield paragraph("ExhibitNote", [*note, run(f"{BASIS[block.basis]} "), *self._sources(block.sources)])

    def _caption(self, block: Exhibit) -> Element:
        caption = self.plan.captions[block.key]
        number = field(f"SEQ {caption.kind} \\* ARABIC", [run(str(caption.number))])
        label = bookmark(next(self._marks), caption.label, [run(f"{caption.kind} "), *number])
        return paragraph("Caption", bookmark(next(self._marks), caption.whole, [*label, run(f". {caption.words}")]))

    def _picture(self, block: Picture) -> Element:
        relation, image = self.document.part.get_or_add_image(io.BytesIO(block.content))
        wide = UPRIGHT[0] - 2 * MARGIN
        high = wide * image.px_height / image.px_width
        fit = min(1.0, HIGHEST / high)
        size = (round(wide * fit * EMU), round(high * fit * EMU))
        return drawing(relation, next(self._pictures), size, self.plan.captions[block.key].named, block.alt)

    def _sources(self, names: Iterable[str]) -> list[Element]:
        """References to the list of sources; the sources in words where the list is left out."""
        numbers = sorted({self.plan.sources[name] for name in names if name in self.plan.sources})
        if not numbers:
            words = "; ".join(dict.fromkeys(self.titles[name] for name in names if name in self.titles))
            return [run(f"Sources: {words}.")] if words else []
        inside = [run("Source: " if len(numbers) == 1 else "Sources: ")]
        for place, number in enumerate(numbers):
            inside.extend([*([run(", ")] if place else []), *field(f"REF source_{number} \\h", [run(f"[{number}]")])])
        return [*inside, run(".")]


def _said(text: str, *, marked: bool) -> list[Element]:
    return [run(part, style) for part, style in runs(text)] if marked else [run(text)]


def _page_size(page: Element, size: tuple[int, int]) -> None:
    page.attrib.clear()
    for old in (*page.findall(el("w:pgSz").tag), *page.findall(el("w:pgMar").tag)):
        page.remove(old)
    turned = {"orient": "landscape"} if size == TURNED else {}
    sides = {"top": MARGIN + 200, "bottom": MARGIN, "left": MARGIN, "right": MARGIN}
    place = len(page.findall(el("w:headerReference").tag) + page.findall(el("w:footerReference").tag))
    page.insert(place, el("w:pgSz", w=size[0], h=size[1], **turned))
    page.insert(place + 1, el("w:pgMar", **sides, header=567, footer=567, gutter=0))
