"""The elements of WordprocessingML that the document is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from lxml import etree

from analysis.reports.needs_assessment.letters import clean

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
Element: TypeAlias = Any


def name(short: str) -> str:
    """A name such as w:p in full."""
    space, local = short.split(":")
    return f"{{{SPACES[space]}}}{local}"


def el(short: str, *inside: Element, **said: object) -> Element:
    """An element of a short name; attributes of the w space, `val` for w:val."""
    made = etree.Element(name(short), nsmap={"w": W} if short.startswith("w:") else None)
    for attribute, value in said.items():
        made.set(name(f"w:{attribute}"), str(value))
    made.extend(inside)
    return made


def paragraph(style: str, inside: Iterable[Element] = ()) -> Element:
    """A paragraph of a style (its id)."""
    return el("w:p", el("w:pPr", el("w:pStyle", val=style)), *inside)


def run(text: str, style: str = "") -> Element:
    """A run of text, new lines and tabs kept; `style` is the id of a character style."""
    made = el("w:r", *([el("w:rPr", el("w:rStyle", val=style))] if style else []))
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(el("w:br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                made.append(el("w:tab"))
            if part:
                said = el("w:t")
                said.text = part
                said.set(f"{{{XML}}}space", "preserve")
                made.append(said)
    return made


def field(instruction: str, shown: Iterable[Element]) -> list[Element]:
    """A field with what it shows until Word works it out again."""
    asked = el("w:instrText")
    asked.text = f" {instruction} "
    asked.set(f"{{{XML}}}space", "preserve")
    return [
        el("w:r", el("w:fldChar", fldCharType="begin")),
        el("w:r", asked),
        el("w:r", el("w:fldChar", fldCharType="separate")),
        *shown,
        el("w:r", el("w:fldChar", fldCharType="end")),
    ]


def bookmark(number: int, called: str, inside: Iterable[Element]) -> list[Element]:
    """Elements with a bookmark around them."""
    return [el("w:bookmarkStart", id=number, name=called), *inside, el("w:bookmarkEnd", id=number)]


def to_bookmark(called: str, inside: Iterable[Element]) -> Element:
    """A link to a bookmark of the document."""
    return el("w:hyperlink", *inside, anchor=called, history="1")


def drawing(relation: str, number: int, size: tuple[int, int], called: str, alt: str) -> Element:
    """A picture in the line, of a width and height in English Metric Units, with the words that stand for it."""
    wide, high = size
    made = etree.Element(name("w:drawing"), nsmap={"w": W})
    inline = etree.SubElement(made, name("wp:inline"), nsmap={"wp": WP}, distT="0", distB="0", distL="0", distR="0")
    etree.SubElement(inline, name("wp:extent"), cx=str(wide), cy=str(high))
    etree.SubElement(inline, name("wp:docPr"), id=str(number), name=clean(called), descr=clean(alt))
    graphic = etree.SubElement(inline, name("a:graphic"), nsmap={"a": A})
    data = etree.SubElement(graphic, name("a:graphicData"), uri=PIC)
    picture = etree.SubElement(data, name("pic:pic"), nsmap={"pic": PIC})
    about = etree.SubElement(picture, name("pic:nvPicPr"))
    etree.SubElement(about, name("pic:cNvPr"), id=str(number), name=clean(called), descr=clean(alt))
    etree.SubElement(about, name("pic:cNvPicPr"))
    filled = etree.SubElement(picture, name("pic:blipFill"))
    blip = etree.SubElement(filled, name("a:blip"), nsmap={"r": R})
    blip.set(name("r:embed"), relation)
    etree.SubElement(etree.SubElement(filled, name("a:stretch")), name("a:fillRect"))
    shape = etree.SubElement(picture, name("pic:spPr"))
    frame = etree.SubElement(shape, name("a:xfrm"))
    etree.SubElement(frame, name("a:off"), x="0", y="0")
    etree.SubElement(frame, name("a:ext"), cx=str(wide), cy=str(high))
    etree.SubElement(etree.SubElement(shape, name("a:prstGeom"), prst="rect"), name("a:avLst"))
    return el("w:r", made)
