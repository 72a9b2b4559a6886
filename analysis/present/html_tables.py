"""What a shaded HTML table needs: its style, a frame that scrolls, and ink that can be read on any fill."""

from __future__ import annotations

from html import escape

STYLE = """<style>
.atlas-scroll {overflow-x: auto; margin: .2rem 0 .6rem;}
.atlas-table {border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.35;
  font-variant-numeric: tabular-nums;}
.atlas-table caption {text-align: left; font-size: .92rem; padding: 0 0 .4rem; caption-side: top;}
.atlas-table th, .atlas-table td {padding: .38rem .7rem .38rem .35rem; text-align: left; vertical-align: top; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);}
.atlas-table thead th {font-weight: 600; vertical-align: bottom;
  border-bottom: 2px solid color-mix(in srgb, currentColor 55%, transparent);}
.atlas-table tbody th {font-weight: 600;}
.atlas-table small {display: block; font-size: .84rem; font-weight: 400; line-height: 1.3;}
.atlas-heat th:first-child {position: sticky; left: 0; background: var(--heat-paper);
  max-width: 11rem;}
.atlas-heat td {text-align: center; min-width: 2.3rem; padding: .38rem .2rem;
  border: 1px solid color-mix(in srgb, currentColor 12%, transparent);}
.atlas-heat thead th:not(:first-child) {text-align: center; padding: .38rem .2rem;}
.atlas-heat td.total {font-weight: 600;}
@media print {
  .atlas-scroll {overflow: visible;}
  .atlas-table {font-size: 9.5pt; break-inside: auto;}
  .atlas-table tr {break-inside: avoid;}
  .atlas-table thead {display: table-header-group;}
}
</style>"""


def framed(label: str, inner: str) -> str:
    """A table in a frame of its own that scrolls sideways on a narrow screen and can be reached by keyboard."""
    return f'<div class="atlas-scroll" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>'


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on `fill` (#rrggbb); at least 4.5 to 1 on either side of the switch."""
    channels = (int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"
