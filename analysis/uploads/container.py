"""What kind of file was given, and a clean copy of it: refused before anything large, hidden or active is opened."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from analysis.uploads.limits import MOST_BYTES, MOST_PARTS, MOST_UNPACKED
from analysis.uploads.remarks import Unreadable

SPREADSHEET = "an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV file"
SAVE_AGAIN = "Open it in your spreadsheet program and save it as .xlsx, or copy the rows into a new template."
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = {b"%PDF": "a PDF document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture"}
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|script|\w+[\s>])", re.IGNORECASE)
_MARKED_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NOT_READ = re.compile(r"xl/(?:activeX|charts?|comments|ctrlProps|customXml|drawings|embeddings|external|media|theme)")
_OF_ODS = ("mimetype", "META-INF/manifest.xml", "content.xml")


def kind_of(content: bytes, name: str) -> str:
    """xlsx, ods or csv, by what the file holds. Raises Unreadable for anything else, saying what it is."""
    if len(content) > MOST_BYTES:
        size = f"a file of {len(content) / 2**20:.0f} MB"
        raise Unreadable(size, f"at most {MOST_BYTES // 2**20} MB", "Leave out pictures and other sheets.")
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("an empty file", SPREADSHEET, "Save it again and give the file that holds the rows.")
    if content.startswith(_OLE):
        raise _old_or_locked(content)
    if content.startswith(_ZIP):
        return _kind_of_archive(content)
    other = next((words for start, words in _OTHER.items() if content.startswith(start)), None)
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        other = "a web page or other marked-up text"
    if other or (b"\x00" in content and not content.startswith(_MARKED_UTF16)):
        raise Unreadable(other or f"{name or 'a file'} that is not a spreadsheet", SPREADSHEET, SAVE_AGAIN)
    return "csv"


def clean_parts(content: bytes, kind: str) -> dict[str, bytes]:
    """The parts of a workbook that a reader needs, every one measured and free of declarations.

    Raises Unreadable for an archive that is damaged, locked, too large when unpacked, or that holds macros or a
    document type declaration.
    """
    parts = _parts(content)
    active = next((name for name in parts if _is_active(name)), None)
    if active or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Unreadable("macros", "a workbook without macros", "Save it as .xlsx, which leaves the macros out.")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise _locked()
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and (_DECLARED.search(part) or b"\x00" in part):
            raise Unreadable("a declaration inside the workbook that no spreadsheet needs", SPREADSHEET, SAVE_AGAIN)
    return {name: part for name, part in parts.items() if _is_needed(name, kind)}


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive without compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def damaged() -> Unreadable:
    """The refusal of a workbook that cannot be read."""
    return Unreadable("a damaged workbook", SPREADSHEET, SAVE_AGAIN)


def _is_needed(name: str, kind: str) -> bool:
    if kind == "ods":
        return name in _OF_ODS
    return name.endswith((".xml", ".rels")) and not _NOT_READ.match(name)


def _is_active(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))


def _kind_of_archive(content: bytes) -> str:
    names = set(_directory(content))
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        raise Unreadable("a binary workbook (.xlsb)", SPREADSHEET, SAVE_AGAIN)
    raise Unreadable("an archive that holds no spreadsheet", SPREADSHEET, SAVE_AGAIN)


def _directory(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise damaged() from error
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise damaged()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked()
    if any(entry.compress_type not in _PACKINGS for entry in entries):
        raise damaged()
    if len(names) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _too_large()
    return names


def _parts(content: bytes) -> dict[str, bytes]:
    names, left = _directory(content), MOST_UNPACKED
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in names:
            try:
                with archive.open(name) as part:
                    parts[name] = part.read(left + 1)
            except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError) as error:
                raise damaged() from error
            left -= len(parts[name])
            if left < 0:
                raise _too_large()
    return parts


def _old_or_locked(content: bytes) -> Unreadable:
    if _ENCRYPTED in content:
        return _locked()
    return Unreadable("a workbook of Excel 97-2003 (.xls), or one with a password", SPREADSHEET, SAVE_AGAIN)


def _locked() -> Unreadable:
    remedy = "Take the password off (File, Info, Protect Workbook) and save it again."
    return Unreadable("a workbook protected by a password", "a workbook without a password", remedy)


def _too_large() -> Unreadable:
    limit = f"at most {MOST_UNPACKED // 2**20} MB and {MOST_PARTS} parts when unpacked"
    return Unreadable("a workbook that is far larger inside than outside", limit, SAVE_AGAIN)
