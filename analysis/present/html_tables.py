"""Short tables as real HTML tables: read by screen readers, kept whole in print, every cell escaped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

STYLE = """<style>
.atlas-scroll {overflow-x: auto; margin: .2rem 0 .6rem;}
.atlas-table {border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.35; font-variant-numeric: tabular-nums;}
.atlas-table caption {text-align: left; font-size: .92rem; padding: 0 0 .4rem; caption-side: top;}
.atlas-table th, .atlas-table td {padding: .38rem .7rem .38rem .35rem; text-align: left; vertical-align: top; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);}
.atlas-table thead th {font-weight: 600; vertical-align: bottom; border-bottom: 2px solid color-mix(in srgb, currentColor 55%, transparent);}
.atlas-table tbody th {font-weight: 600;}
.atlas-table .n {text-align: right; white-space: nowrap;}
.atlas-table small {display: block; font-size: .84rem; font-weight: 400; line-height: 1.3;}
.atlas-table tr.mark > * {background: color-mix(in srgb, currentColor 9%, transparent);}
.atlas-heat td {text-align: center; min-width: 2.3rem; padding: .38rem .2rem; border: 1px solid color-mix(in srgb, currentColor 12%, transparent);}
.atlas-heat thead th:not(:first-child) {text-align: center; padding: .38rem .2rem;}
.atlas-heat td.total {font-weight: 600;}
@media print {
  .atlas-scroll {overflow: visible;}
  .atlas-table {font-size: 9.5pt; break-inside: auto;}
  .atlas-table tr {break-inside: avoid;}
  .atlas-table thead {display: table-header-group;}
}
</style>"""

Row = Sequence[str]


def table(
    caption: str,
    heads: Row,
    rows: Sequence[Row],
    *,
    numbers: Collection[int] = (),
    marked: Collection[int] = (),
    notes: Mapping[tuple[int, int], str] | None = None,
) -> str:
    """An HTML table. The first cell of a row is its heading; `numbers` are columns set to the right, `marked` rows
    are tinted, `notes` are small words under the cell at (row, column)."""
    small = notes or {}
    head = "".join(f'<th scope="col"{_class(at, numbers)}>{escape(words)}</th>' for at, words in enumerate(heads))
    body = "".join(
        f"<tr{' class=mark' if place in marked else ''}>{_cells(row, place, numbers, small)}</tr>"
        for place, row in enumerate(rows)
    )
    return framed(caption, f'<table class="atlas-table"><caption>{escape(caption)}</caption>'
                           f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def framed(label: str, inner: str) -> str:
    """A table in a frame of its own that scrolls sideways on a narrow screen and can be reached by keyboard."""
    return f'<div class="atlas-scroll" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>'


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on `fill` (#rrggbb); at least 4.5 to 1 on either side of the switch."""
    channels = (int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"


def _class(column: int, numbers: Collection[int]) -> str:
    return ' class="n"' if column in numbers else ""


def _cells(row: Row, place: int, numbers: Collection[int], notes: Mapping[tuple[int, int], str]) -> str:
    return "".join(_cell(words, place, at, numbers, notes) for at, words in enumerate(row))


def _cell(words: str, place: int, at: int, numbers: Collection[int], notes: Mapping[tuple[int, int], str]) -> str:
    small = f"<small>{escape(notes[place, at])}</small>" if (place, at) in notes else ""
    tag = 'th scope="row"' if at == 0 else "td"
    return f"<{tag}{_class(at, numbers)}>{escape(words)}{small}</{tag.split()[0]}>"
