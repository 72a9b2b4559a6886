"""Uploads as people send them and as an attacker would: made in code from lawful rows of several tables."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text

TABLES = ("PLACE_LABELS", "IDACI2015_PRINTED", "CHILD_POVERTY_AREA", "NEEDS_BY_LIFE_STAGE", "PRIORITY_GROUPS")
KINDS = ("csv", "xlsx", "ods")
ROWS = 8
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
Cells = list[list[object]]

DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    '=HYPERLINK("http://x.example","y")',
    "{=1+1}",
    "http://x.example/",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]></t></is></c>",
    "&lt;b&gt; & <b>",
    "[link](javascript:alert(1)) **bold** `code` $x^2$ :red[x]",
    "../../etc/passwd",
    "C:\\..\\..\\windows\\system32",
    "\\\\server\\share",
    "a\x00b",
    "\u202eevil\u202c",
    "zero\u200bwidth",
    "\ufeffbyte order",
    "half\ufffd",
    "\x1b[31mred",
    "_x0041_ _x000D_ _xD800_",
    "x" * 5_000,
    "é" * 300,
    "١٢٣",
    "１２３",
    "😀",
)
FIGURES: tuple[object, ...] = (
    "1,234",
    "1,23",
    "1.234,5",
    "12%",
    "0.5%",
    "%",
    "12 %%",
    " 7 ",
    "\xa07\xa0",
    "007",
    "+5",
    "-5",
    "1e3",
    "1e400",
    "nan",
    "inf",
    "£5",
    "(5)",
    "5-11",
    "-",
    "c",
    "*",
    "n/a",
    "#N/A",
    "#REF!",
    "TRUE",
    "yes",
    "",
    "   ",
    0,
    -1,
    0.1,
    1e300,
    2**53 + 2,
    True,
    False,
    datetime(2025, 4, 1),
    datetime(1900, 1, 1),
    date(1904, 1, 1),
)
FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@cache
def lawful(table: str) -> tuple[tuple[str, ...], ...]:
    """The headings and the first rows of a shipped table, as text."""
    text = as_text(Library().table(table).head(ROWS))
    return (tuple(text.columns), *(tuple(row) for row in text.to_numpy()))


def typed_cells(table: str) -> Cells:
    """The same, with numbers as numbers, as a workbook holds them."""
    kinds = {field.column: field.kind for field in CONTRACTS[table].fields}
    head, *rows = lawful(table)
    numeric = [kinds[column] in ("integer", "number") for column in head]
    made = [
        [float(cell) if number and cell else cell for cell, number in zip(row, numeric, strict=True)] for row in rows
    ]
    return [list(head), *made]


def packed(cells: Sequence[Sequence[object]], kind: str, name: str = "Sheet1") -> bytes:
    """Cells as a file of a kind."""
    return {"csv": csv_of, "xlsx": lambda rows: xlsx_of({name: rows}), "ods": lambda rows: ods_of(rows, name)}[kind](
        cells
    )


def csv_of(cells: Sequence[Sequence[object]]) -> bytes:
    """Cells as a CSV in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(cells)
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_of(sheets: dict[str, Sequence[Sequence[object]]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets, whose cells that begin with = are formulas."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(re.sub(r"[\\*?:/\[\]\x00]", "_", name)[:31])
        for row in rows:
            sheet.append([FORBIDDEN_IN_XML.sub("", cell)[:32_000] if isinstance(cell, str) else cell for cell in row])
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_of(cells: Sequence[Sequence[object]], name: str = "Sheet1", rows: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet, with more rows of XML after the cells where given."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in cells)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{NAMES}office:1.0" '
        f'xmlns:table="{NAMES}table:1.0" xmlns:text="{NAMES}text:1.0"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(name)}>{body}{rows}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def _ods_cell(cell: object) -> str:
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    if isinstance(cell, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell!r}"><text:p>x</text:p></table:table-cell>'
        )
    if isinstance(cell, (datetime, date)):
        shown = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {shown}><text:p>x</text:p></table:table-cell>"
    text = escape(FORBIDDEN_IN_XML.sub("", str(cell)))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
    )


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """An archive as parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def book(table: str = "PLACE_LABELS") -> bytes:
    """A lawful workbook."""
    return xlsx_of({"Sheet1": typed_cells(table)})


def changed(changes: dict[str, bytes], content: bytes | None = None) -> bytes:
    """A lawful workbook with some parts replaced or added."""
    return zipped({**parts_of(content or book()), **changes})


def with_sheet(sheet: bytes) -> bytes:
    """A lawful workbook whose sheet is another."""
    return changed({SHEET: sheet})


def sheet_xml(data: str, before: str = "") -> bytes:
    """A sheet with this content."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>'.encode()


def shared(texts: Sequence[str], cells: int) -> bytes:
    """A workbook whose cells all show the same few shared texts."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kept = "".join(f"<si><t>{text}</t></si>" for text in texts)
    row = "".join(f'<c r="A{number}" t="s"><v>0</v></c>' for number in range(1, cells + 1))
    parts = parts_of(book())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>',
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>',
    )
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{kept}</sst>'.encode()
    parts[SHEET] = sheet_xml(f'<row r="1">{row}</row>')
    return zipped(parts)


def renamed_sheet(target: str) -> bytes:
    """A workbook whose sheet, far too wide and far too long, hides under another name."""
    parts = parts_of(book())
    del parts[SHEET]
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"/xl/worksheets/sheet1.xml", f"/{target}".encode()
    )
    parts[target] = sheet_xml(
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>"
    )
    return zipped(parts)


def bomb() -> bytes:
    """An archive that unpacks to a hundred times the limit's worth of one letter."""
    return changed({"xl/media/a.bin": b"0" * (121 * 2**20)})


def spaces() -> bytes:
    """A workbook whose sheet is a thousand million spaces."""
    out, parts = io.BytesIO(), parts_of(book())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            for _ in range(1_000):
                sheet.write(b" " * 10**6)
    return out.getvalue()


def nested() -> bytes:
    """Archives in archives."""
    inner = zipped({"0.bin": b"0" * (20 * 2**20)})
    for level in range(6):
        inner = zipped({f"{level}-{copy}.zip": inner for copy in range(4)})
    return inner


def entities() -> str:
    """A declaration of entities that unfold to a thousand million letters."""
    lines = ['<!ENTITY a0 "aaaaaaaaaa">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def formatted(shown: str) -> bytes:
    """The printed table with its percentages kept as shares and shown by a format."""

    def change(made: Workbook) -> None:
        sheet = made["Sheet1"]
        heads = [cell.value for cell in sheet[1]]
        for name in ("percent", "percent_lower", "percent_upper"):
            for row in range(2, sheet.max_row + 1):
                cell = sheet.cell(row, heads.index(name) + 1)
                cell.value, cell.number_format, cell.font = float(cell.value) / 100, shown, Font(bold=True)

    return xlsx_of({"Sheet1": typed_cells("IDACI2015_PRINTED")}, change)


def dated(*, mac: bool) -> bytes:
    """A workbook in which a text and a number are dates, counted from 1900 or from 1904."""

    def change(made: Workbook) -> None:
        if mac:
            made.epoch = CALENDAR_MAC_1904
        made["Sheet1"]["A2"] = datetime(2025, 4, 1)
        made["Sheet1"]["B3"] = datetime(1904, 1, 2)

    return xlsx_of({"Sheet1": typed_cells("PLACE_LABELS")}, change)


def repeated(cell: str, columns: int, rows: int) -> bytes:
    """An OpenDocument sheet that repeats a cell and its row."""
    row = (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>{cell}</text:p></table:table-cell></table:table-row>'
    )
    return ods_of(typed_cells("PLACE_LABELS"), rows=row)


SPACES_TO_COME = '<text:s text:c="1000000000"/>'
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "blank lines": lambda: b"\r\n \r\n\t",
    "a byte order mark alone": lambda: b"\xef\xbb\xbf",
    "a UTF-16 mark alone": lambda: b"\xff\xfe",
    "a zip bomb": bomb,
    "zips in zips": nested,
    "a thousand million spaces, compressed": spaces,
    "a hundred million spaces in one cell": lambda: with_sheet(
        sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{" " * 10**8}</t></is></c></row>')
    ),
    "two hundred million spaces, as a CSV": lambda: b" " * (2 * 10**8),
    "eleven million spaces, as a CSV": lambda: b" " * (11 * 2**20),
    "ten million spaces, as a CSV": lambda: b" " * (10 * 2**20 - 2) + b"x",
    "one shared text in a hundred thousand cells": lambda: shared(["x" * 30_000], 100_000),
    "a shared text that is not there": lambda: shared([], 3),
    "one text repeated in OpenDocument": lambda: repeated("x" * 30_000, 50, 50_000),
    "spaces to come in OpenDocument": lambda: repeated(SPACES_TO_COME, 1, 1),
    "a million rows in OpenDocument": lambda: repeated("x", 1, 1_000_000),
    "a thousand million rows in OpenDocument": lambda: repeated("x", 1, 10**9),
    "16,384 columns in OpenDocument": lambda: repeated("x", 16_384, 1),
    "deep XML": lambda: with_sheet(sheet_xml("<a>" * 2_000_000 + "</a>" * 2_000_000)),
    "row upon row never closed": lambda: with_sheet(sheet_xml("<row " * 5_000_000)),
    "entities": lambda: with_sheet(sheet_xml("<row><c><v>&a8;</v></c></row>", entities())),
    "an external entity": lambda: with_sheet(
        sheet_xml("<row><c><v>&x;</v></c></row>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    ),
    "entities in another code": lambda: with_sheet(
        ('<?xml version="1.0" encoding="cp037"?>' + entities()).encode("cp037")
    ),
    "a sheet under another name": lambda: renamed_sheet("xl/other/thing.xml"),
    "a sheet among the drawings": lambda: renamed_sheet("xl/drawings/drawing1.xml"),
    "a million rows": lambda: with_sheet(
        sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001)))
    ),
    "a million rows, as a CSV": lambda: b"a,b\r\n" + b"1,2\r\n" * 1_000_000,
    "16,384 columns": lambda: with_sheet(
        sheet_xml('<row r="1">' + "".join("<c><v>1</v></c>" for _ in range(16_384)) + "</row>")
    ),
    "ten million commas": lambda: b"," * (10 * 2**20 - 10) + b"x",
    "one quotation mark never closed": lambda: b'"' + b"a" * 10_000_000,
    "a quotation mark on every line": lambda: b'a,"b\r\n' * 1_000_000,
    "a password": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "an old workbook": lambda: OLE,
    "a binary workbook": lambda: zipped({"xl/workbook.bin": b"\x83\x01\x00", "[Content_Types].xml": b"<Types/>"}),
    "macros": lambda: changed({"xl/vbaProject.bin": b"x"}),
    "a truncated workbook": lambda: book()[:-300],
    "half a workbook": lambda: book()[:2_000],
    "pictures alone": lambda: zipped({"xl/media/image1.png": b"\x89PNG\r\n", "[Content_Types].xml": b"<Types/>"}),
    "a picture named as a table": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "a web page named as a table": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "two parts whose names differ in case": lambda: changed({"XL/Workbook.xml": b"<a/>"}),
    "another way of packing": lambda: zipped(parts_of(book()), zipfile.ZIP_LZMA),
    "an empty workbook": lambda: xlsx_of({"Sheet1": []}),
    "a sheet nobody can find": lambda: changed({SHEET: b""}),
}


def part_changed(content: bytes, chance: random.Random) -> bytes:
    """An archive with one part altered as a text."""
    parts = parts_of(content)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    part = parts[name]
    numbers = list(re.finditer(rb'"(\d+)"', part))
    tags = list(re.finditer(rb"<[^>]+>", part))
    way = chance.randrange(5)
    if way == 0 and numbers:
        hit = chance.choice(numbers)
        huge = chance.choice([b"-1", b"0", b"99999999999", b"1048576", b"16384", b"1e9", b"x", b""])
        part = part[: hit.start(1)] + huge + part[hit.end(1) :]
    elif way == 1 and tags:
        hit = chance.choice(tags)
        part = part[: hit.start()] + hit.group() * chance.choice([0, 2, 200]) + part[hit.end() :]
    elif way == 2 and tags:
        hit = chance.choice(tags)
        added = chance.choice([b"<!-- x -->", b"<f>1+1</f>", b"<![CDATA[<b>]]>", b"&lt;", b"&x;", b"<?x y?>", b"\xff"])
        part = part[: hit.end()] + added + part[hit.end() :]
    elif way == 3:
        part = re.sub(
            rb'r="[A-Z]+\d+"', lambda _: chance.choice([b'r="XFD1048576"', b'r="A1"', b"r='B2'", b""]), part, count=2
        )
    else:
        part = bytes_changed(part, chance)
    return zipped({**parts, name: part})


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    """A file with some of its bytes altered, lost, doubled or cut off."""
    altered = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(altered) + 1)
        way = chance.randrange(4)
        if way == 0 and at < len(altered):
            altered[at] = chance.randrange(256)
        elif way == 1:
            del altered[at : at + chance.randint(1, 40)]
        elif way == 2:
            altered[at:at] = altered[at : at + chance.randint(1, 40)]
        else:
            altered[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 6)))
    return bytes(altered[: chance.randrange(1, len(altered) + 1)] if chance.random() < 0.1 else altered)


def cells_changed(cells: Cells, chance: random.Random) -> Cells:
    """Rows with some cells, headings or rows replaced, doubled, moved or lost."""
    made = [list(row) for row in cells]
    for _ in range(chance.randint(1, 4)):
        row, place = chance.randrange(len(made)), chance.randrange(max(1, len(made[0])))
        if chance.random() < 0.5 and place < len(made[row]):
            made[row][place] = chance.choice(chance.choice([DANGEROUS, FIGURES]))
        else:
            _rows_changed(made, row, place, chance)
    return made


def _rows_changed(made: Cells, row: int, place: int, chance: random.Random) -> None:
    way = chance.randrange(5)
    if way == 0:
        made.insert(row, list(made[chance.randrange(len(made))]))
    elif way == 1:
        made.insert(row, chance.choice([[], ["Table 1: a title"], [""] * len(made[0])]))
    elif way == 2 and len(made) > 2:
        del made[row]
    elif way == 3:
        chance.shuffle(made)
    else:
        for line in made:
            if place < len(line):
                line.insert(chance.randrange(len(line) + 1), line.pop(place))


def mutated(number: int) -> tuple[str, Contract, bytes]:
    """The mutated upload of a number: the name of its file, the table it is meant for, and its bytes."""
    chance = random.Random(number)
    table, kind = chance.choice(TABLES), chance.choice(KINDS)
    cells = typed_cells(table) if kind != "csv" else [list(row) for row in lawful(table)]
    way = chance.randrange(10)
    if way < 6:
        cells = cells_changed(cells, chance)
    name = chance.choice(("Sheet1", table, "../../etc/passwd", "<b>x</b>", "=1+1", "Read me", "C:\\..\\x"))
    content = packed(cells, kind, name)
    if kind == "csv" and chance.random() < 0.3:
        text = content.decode("utf-8-sig")
        content = text.encode(chance.choice(["utf-16", "cp1252", "utf-8", "utf-16-le"]), "replace")
    if way in (6, 7) and kind != "csv":
        content = part_changed(content, chance)
    elif way in (6, 7, 8):
        content = bytes_changed(content, chance)
    return f"{chance.choice([name, table])}.{chance.choice(KINDS)}", CONTRACTS[table], content
