"""A Word document read back: its text, headings, fields, bookmarks, tables and pictures."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import docx
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": W,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
NUMBERED = {"Heading1": 0, "Heading2": 1, "AppendixHeading1": 0, "AppendixHeading2": 1}


@dataclass(frozen=True)
class WordFile:
    """A document by its bytes."""

    content: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The files in it by name."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
            return {entry.filename: packed.read(entry) for entry in packed.infolist()}

    @cached_property
    def body(self) -> Any:
        """The document as XML."""
        return etree.fromstring(self.parts["word/document.xml"])[0]

    @cached_property
    def opened(self) -> Any:
        """The document as python-docx reads it."""
        return docx.Document(io.BytesIO(self.content))

    def find(self, path: str) -> list[Any]:
        """Everything at a path of short names."""
        return self.body.xpath(path, namespaces=SPACES)

    def styled(self, *styles: str) -> list[str]:
        """The text of every paragraph of some styles (ids), in order."""
        return [text(one) for one in self.body.iter(f"{{{W}}}p") if style_of(one) in styles]

    @cached_property
    def text(self) -> str:
        """All of it, a line a paragraph."""
        return "\n".join(text(one) for one in self.body.iter(f"{{{W}}}p"))

    @cached_property
    def headings(self) -> list[tuple[str, str]]:
        """The headings with the numbers that Word gives them: (number, title)."""
        counts = {"Heading": [0, 0], "AppendixHeading": [0, 0]}
        found = []
        for one in self.body.iter(f"{{{W}}}p"):
            style = style_of(one)
            if style not in NUMBERED:
                continue
            family, level = counts[style[:-1]], NUMBERED[style]
            family[level] += 1
            family[level + 1 :] = [0] * (1 - level)
            first = chr(64 + family[0]) if style.startswith("Appendix") else str(family[0])
            alone = f"Appendix {first}" if style.startswith("Appendix") else first
            found.append((alone if level == 0 else f"{first}.{family[1]}", text(one)))
        return found

    @cached_property
    def contents(self) -> list[str]:
        """The entries of the contents."""
        return [entry.replace("\t", " ") for entry in self.styled("TOC1", "TOC2")]

    @cached_property
    def fields(self) -> list[str]:
        """The instruction of every field."""
        return [one.text.strip() for one in self.find(".//w:instrText")]

    @cached_property
    def bookmarks(self) -> dict[str, str]:
        """What each bookmark stands around, by its name."""
        found = {}
        for start in self.find(".//w:bookmarkStart"):
            inside = start.xpath(
                "following-sibling::*[following-sibling::w:bookmarkEnd[@w:id=$number]]",
                number=start.get(f"{{{W}}}id"),
                namespaces=SPACES,
            )
            found[start.get(f"{{{W}}}name")] = "".join(text(one) for one in inside)
        return found

    def references(self) -> list[tuple[str, str]]:
        """Every reference: the bookmark it leads to, and what it reads as."""
        found = []
        for asked in self.find(".//w:instrText[starts-with(normalize-space(.), 'REF ')]"):
            shown = asked.getparent().xpath("following-sibling::w:r[w:t][1]", namespaces=SPACES)
            found.append((asked.text.split()[1], text(shown[0])))
        return found


def style_of(paragraph: Any) -> str:
    """The id of the style of a paragraph."""
    found = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return "" if found is None else str(found.get(f"{{{W}}}val"))


def text(element: Any) -> str:
    """The words of an element, tabs and new lines kept."""
    kinds = {f"{{{W}}}t": None, f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n"}
    marks = [one for one in element.iter(*kinds) if one.getparent().tag == f"{{{W}}}r"]
    return re.sub(r"\xa0", " ", "".join(kinds[one.tag] or one.text or "" for one in marks))
