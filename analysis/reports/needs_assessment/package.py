"""The file itself: an empty document with the project's styles, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND

if TYPE_CHECKING:
    from docx.document import Document

TEMPLATE = Path(__file__).parent / "template"
DEFAULT = Path(docx.__file__).parent / "templates" / "default.docx"
OURS = ("styles", "numbering", "settings")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNWANTED = ("/thumbnail", "/customXml", "/stylesWithEffects")
PROGRAM = "Early Help Atlas"


def empty(title: str, author: str, made_on: date) -> Document:
    """A document without content that has the project's styles, numbering and language."""
    given = io.BytesIO()
    with zipfile.ZipFile(DEFAULT) as source, zipfile.ZipFile(given, "w") as made:
        for entry in source.infolist():
            own = entry.filename.removeprefix("word/").removesuffix(".xml")
            content = (TEMPLATE / f"{own}.xml").read_bytes() if own in OURS else source.read(entry)
            made.writestr(entry.filename, content)
    given.seek(0)
    document = docx.Document(given)
    _without_leftovers(document)
    _described(document, title, author, made_on)
    return document


def _without_leftovers(document: Document) -> None:
    """Leave out what the empty document of python-docx carries that is not ours."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, one in relations.items() if one.reltype.endswith(UNWANTED)]:
            del relations[name]
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)


def _described(document: Document, title: str, author: str, made_on: date) -> None:
    about = document.core_properties
    when = datetime(made_on.year, made_on.month, made_on.day)
    about.title, about.author, about.last_modified_by = title, author, PROGRAM
    about.language, about.revision, about.version = "en-GB", 1, ""
    about.created = about.modified = when
    about.subject, about.category, about.comments = "Early Help needs assessment", "", f"Made by the {PROGRAM}."
    about.keywords = "early help; needs assessment"
    app = next(
        one.target_part for one in document.part.package.rels.values() if one.reltype == KIND.EXTENDED_PROPERTIES
    )
    app._blob = APPLICATION


APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{PROGRAM}</Application></Properties>"
).encode()


def saved(document: Document) -> bytes:
    """The document as a file: parts in a fixed order and without the time they were written."""
    written = io.BytesIO()
    document.save(written)
    made = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, LONG_AGO)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return made.getvalue()
