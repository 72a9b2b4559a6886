"""What stands before the first section: title page, contents, and the lists of tables and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.reports.needs_assessment.blocks import Front
from analysis.reports.needs_assessment.plan import FIGURE, TABLE, Caption, Heading, Plan
from analysis.reports.needs_assessment.word_xml import Element, el, field, paragraph, run, to_bookmark

NOTICES = {"illustrative": "IllustrativeNotice", "left_out": "LeftOutNotice", "basis": "BasisStatement"}
CONTENTS = 'TOC \\o "1-2" \\h \\z \\t "Appendix Heading 1,1,Appendix Heading 2,2"'
TO_UPDATE = "Page numbers come when Word updates the contents: press Ctrl+A, then F9."


def title_page(front: Front) -> Iterator[Element]:
    """Title, what it is of, the lines beneath and the boxed statements."""
    yield paragraph("Title", [run(front.title)])
    yield paragraph("Subtitle", [run(front.subtitle)])
    yield from (paragraph("Normal", [run(line)]) for line in front.lines)
    yield from (paragraph(NOTICES[notice.kind], [run(notice.text)]) for notice in front.notices)


def contents(plan: Plan) -> Iterator[Element]:
    """The contents and the lists of tables and figures, each a field that already reads as it will."""
    headings = list(plan.headings.values())
    title = paragraph("ContentsTitle", [run("Contents")])
    title[0].append(el("w:pageBreakBefore"))
    yield title
    yield paragraph("ExhibitNote", [run(TO_UPDATE)])
    yield from _list(CONTENTS, [_entry(heading) for heading in headings])
    for kind, words in ((TABLE, "Tables"), (FIGURE, "Figures")):
        captions = plan.listed(kind)
        if captions:
            yield paragraph("ContentsTitle", [run(words)])
            yield from _list(f'TOC \\h \\z \\c "{kind}"', [_captioned(caption) for caption in captions])


def _entry(heading: Heading) -> tuple[str, Element]:
    gap = " " if heading.appendix and heading.level == 1 else "\t"
    return f"TOC{heading.level}", to_bookmark(heading.bookmark, [run(f"{heading.number}{gap}{heading.title}")])


def _captioned(caption: Caption) -> tuple[str, Element]:
    return "TableofFigures", to_bookmark(caption.whole, [run(f"{caption.named}. {caption.words}")])


def _list(instruction: str, entries: Sequence[tuple[str, Element]]) -> Iterator[Element]:
    """A field over several paragraphs: it begins in the first and ends in the last."""
    shown = field(instruction, [])
    opening, closing = shown[:3], shown[3:]
    for number, (style, entry) in enumerate(entries):
        before = opening if number == 0 else []
        after = closing if number == len(entries) - 1 else []
        yield paragraph(style, [*before, entry, *after])
