"""The empty PowerPoint: wide slides, two layouts, our type and language, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pptx
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

if TYPE_CHECKING:
    from pptx.presentation import Presentation

LANGUAGE, PROGRAM = "en-GB", "Early Help Atlas"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
KEPT = ("Title and Content", "Title Only")
UNWANTED = ("/thumbnail", "/printerSettings")
INK, MUTED = "1D2B33", "46535B"
WIDE, HIGH, MARGIN = 13.333, 7.5, 0.5
ACROSS = WIDE - 2 * MARGIN
Place = tuple[float, float, float, float]
TITLE: Place = (MARGIN, 0.3, ACROSS, 1.15)
BODY: Place = (MARGIN, 2.1, ACROSS, 4.65)
FOOT: Place = (MARGIN, 6.95, ACROSS - 1.2, 0.35)
NUMBER: Place = (WIDE - MARGIN - 1.0, 6.95, 1.0, 0.35)
PLACES = {"title": TITLE, "body": BODY, "ftr": FOOT, "sldNum": NUMBER}
APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{PROGRAM}</Application></Properties>"
).encode()


def empty(title: str, about: str, made_on: date) -> Presentation:
    """A presentation without slides that has our layouts, type and language."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    for layout in list(made.slide_layouts):
        if layout.name not in KEPT:
            made.slide_layouts.remove(layout)
    for sheet in (made.slide_master, *made.slide_layouts):
        _placed(sheet)
    _typed(made.slide_master.element)
    _without_leftovers(made)
    _described(made, title, about, made_on)
    return made


def _placed(sheet: Any) -> None:
    """Put the placeholders of a master or layout where ours stand; the date has no place, for the foot says it."""
    for shape in list(sheet.placeholders):
        kind = shape.element.ph.get("type", "body")
        if kind == "dt":
            sheet.shapes.element.remove(shape.element)
        elif kind in PLACES:
            at(shape, PLACES[kind])
            frame = shape.text_frame._txBody.bodyPr
            for fitting in list(frame):
                frame.remove(fitting)
            frame.set("lIns", "0")
            frame.set("rIns", "0")
            frame.set("anchor", {"body": "t", "title": "b"}.get(kind, "ctr"))


def at(shape: Any, place: Place) -> None:
    """Put a shape at a place, in inches from the top left corner."""
    shape.left, shape.top, shape.width, shape.height = (Inches(inches) for inches in place)


def _typed(master: Any) -> None:
    """Titles bold and to the left, body text of 20 points with narrow bullets, feet of 12."""
    for style, size, bold in (("titleStyle", 28, "1"), ("bodyStyle", 20, "0")):
        level = master.find(f".//{qn(f'p:{style}')}/{qn('a:lvl1pPr')}")
        level.set("algn", "l")
        letters = level.find(qn("a:defRPr"))
        letters.set("sz", str(size * 100))
        letters.set("b", bold)
        fill = letters.find(qn("a:solidFill"))
        fill.clear()
        child(fill, "a:srgbClr", INK)
        if style == "bodyStyle":
            level.set("marL", str(Pt(16)))
            level.set("indent", str(-Pt(16)))
            level.find(qn("a:spcBef")).find(qn("a:spcPct")).set("val", "45000")
    for foot in master.iter(qn("a:lvl1pPr")):
        tints = foot.findall(f".//{qn('a:tint')}")
        for tint in tints:
            tint.getparent().remove(tint)
        if tints and foot.get("algn") == "ctr":
            foot.set("algn", "l")


def child(parent: Any, tag: str, value: str | None = None) -> Any:
    """Add an element, such as a:ln, at the end of another, with its `val` where it has one."""
    made = OxmlElement(tag)
    if value is not None:
        made.set("val", value)
    parent.append(made)
    return made


def _without_leftovers(made: Presentation) -> None:
    """Leave out what the empty presentation of python-pptx carries that is not ours."""
    for relations in (made.part.package._rels, made.part.rels):
        for name in [name for name, one in relations.items() if one.reltype.endswith(UNWANTED)]:
            relations.pop(name)


def _described(made: Presentation, title: str, about: str, made_on: date) -> None:
    told = made.core_properties
    when = datetime(made_on.year, made_on.month, made_on.day)
    told.title, told.subject, told.author, told.last_modified_by = title, about, PROGRAM, PROGRAM
    told.language, told.revision, told.keywords = LANGUAGE, 1, "early help; needs assessment; meeting pack"
    told.created = told.modified = told.last_printed = when
    told.comments = f"Made by the {PROGRAM}."
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = APPLICATION


def in_our_language(made: Presentation) -> None:
    """Mark every run of text in every part as British English."""
    for element in _elements(made):
        for run in element.iter(qn("a:r"), qn("a:fld")):
            _ensured(run)
        for letters in element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            letters.set("lang", LANGUAGE)
            letters.attrib.pop("smtClean", None)


def _ensured(run: Any) -> None:
    if run.find(qn("a:rPr")) is None:
        run.insert(0, OxmlElement("a:rPr"))


def _elements(made: Presentation) -> Iterator[Any]:
    """The XML of every part that has some."""
    for part in made.part.package.iter_parts():
        element = getattr(part, "_element", None)
        if element is not None:
            yield element


def saved(made: Presentation) -> bytes:
    """The presentation as a file: without the time its parts were written."""
    written, fixed = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            again = zipfile.ZipInfo(entry.filename, LONG_AGO)
            again.compress_type, again.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(again, source.read(entry))
    return fixed.getvalue()
