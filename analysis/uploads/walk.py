"""One part of a workbook read from end to end, an element at a time, and refused as soon as it passes a limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from analysis.uploads.container import SAVE_AGAIN, SPREADSHEET, damaged
from analysis.uploads.limits import DEEPEST
from analysis.uploads.remarks import Unreadable

_ENCODINGS = ("utf-8", "utf8", "us-ascii", "ascii")


class Walk:
    """What is met in one part. Names come without their prefix; no tree is built and no entity is known."""

    def opens(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins."""

    def closes(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Words between elements, all those of one place at once or in pieces."""


def walked(part: bytes, walk: Walk) -> None:
    """Let a walk meet every element of a part. Raises Unreadable for one that is damaged or nested too deep."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opens(name: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("a workbook nested far too deep", SPREADSHEET, SAVE_AGAIN)
        walk.opens(local(name), given)

    def closes(name: str) -> None:
        nonlocal depth
        depth -= 1
        walk.closes(local(name))

    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    parser.CharacterDataHandler = walk.text
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = _declared, _refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        raise damaged() from error


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def attribute(given: Mapping[str, str], name: str) -> str | None:
    """The attribute of that name, with whatever prefix."""
    return next((value for key, value in given.items() if local(key) == name), None)


def whole(text: str | None, least: int, most: int, otherwise: int) -> int:
    """A whole number between limits; `otherwise` where none is given. Raises Unreadable for anything else."""
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise damaged()
    return int(text)


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise damaged()


def _refuse(*_given: object) -> NoReturn:
    raise damaged()
