"""Wide tables of words and entries of the ledger as plain HTML: read by screen readers, stacked on a phone."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

_LINE = "1px solid color-mix(in srgb, currentColor 22%, transparent)"
_STYLE = f"""<style>
.atlas-rows {{width:100%; border-collapse:collapse; font-size:.9rem; line-height:1.4; overflow-wrap:break-word}}
.atlas-rows caption {{position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%)}}
.atlas-rows th, .atlas-rows td {{text-align:left; vertical-align:top; padding:.5rem .75rem .5rem 0; border:0;
  border-bottom:{_LINE}; font-weight:400}}
.atlas-rows thead th {{font-weight:600; border-bottom-width:2px}}
.atlas-rows tbody th {{font-weight:600; min-width:9rem}}
.atlas-rows.noted th:first-child {{width:36%}}
.atlas-rows tbody th small {{display:block; font-size:.85rem; font-weight:400; max-width:52ch; margin-top:.1rem}}
@media (max-width:1000px) {{
  .atlas-rows thead {{position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%)}}
  .atlas-rows, .atlas-rows tbody, .atlas-rows tr, .atlas-rows td, .atlas-rows tbody th {{display:block; width:auto}}
  .atlas-rows tr {{padding:.7rem 0; border-bottom:{_LINE}}}
  .atlas-rows td, .atlas-rows tbody th {{padding:.12rem 0; border:0; overflow-wrap:anywhere}}
  .atlas-rows td::before {{content:attr(data-label) ": "; font-weight:600}}
}}
.atlas-entries {{list-style:none; margin:0 !important; padding:0 !important; font-size:.95rem; line-height:1.45}}
.atlas-entries > li {{margin:0 !important; padding:1rem 0; border-top:{_LINE}}}
.atlas-entries h3 {{font-size:1.1rem; margin:0; padding:0}}
.atlas-entries .kind {{margin:.1rem 0 .5rem; font-size:.88rem}}
.atlas-entries dl {{display:grid; grid-template-columns:1fr 1fr; gap:.6rem 2rem; margin:0 !important; max-width:70rem}}
.atlas-entries dt {{font-weight:600; font-size:.85rem}}
.atlas-entries dd {{margin:0 !important}}
.atlas-entries dd small {{display:block; font-size:.85rem}}
@media (max-width:640px) {{.atlas-entries dl {{grid-template-columns:1fr}}}}
</style>"""


def table(rows: pd.DataFrame, caption: str, under: str | None = None) -> None:
    """Draw rows of words as a real table, the first column heading each row; on a phone a row becomes a block.

    The column `under`, if any, stands in small type under the first instead of in a column of its own.
    """
    below = rows[under].astype(str) if under else [""] * len(rows)
    shown = rows.drop(columns=[under] if under else []).astype(str)
    heads = "".join(f'<th role="columnheader" scope="col">{escape(str(name))}</th>' for name in shown.columns)
    body = "".join(
        _row(list(shown.columns), list(cells), note)
        for cells, note in zip(shown.itertuples(index=False), below, strict=True)
    )
    look = "atlas-rows noted" if under else "atlas-rows"
    st.html(
        f'{_STYLE}<table class="{look}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(names: list[str], cells: list[str], note: str) -> str:
    small = f"<small>{escape(note)}</small>" if note else ""
    head = f'<th role="rowheader" scope="row">{_breakable(cells[0])}{small}</th>'
    rest = "".join(
        f'<td role="cell" data-label="{escape(name)}">{_breakable(cell)}</td>'
        for name, cell in zip(names[1:], cells[1:], strict=True)
    )
    return f'<tr role="row">{head}{rest}</tr>'


def _breakable(words: str) -> str:
    """The words escaped, with leave to break a path or a column name after its strokes."""
    return escape(words).replace("_", "_<wbr>").replace("/", "/<wbr>").replace("|", "|<wbr>")


def contradictions(rows: pd.DataFrame) -> None:
    """Draw entries of the ledger: both readings with where they stand, the one used, and why."""
    st.html(f'{_STYLE}<ol class="atlas-entries">{"".join(_entry(row) for _, row in rows.iterrows())}</ol>')


def _entry(row: pd.Series) -> str:
    return (
        f'<li><h3>{escape(row["topic"])}</h3><p class="kind">{escape(row["kind"])}</p><dl>'
        f"<div><dt>One place says</dt><dd>{_reading(row, 'first')}</dd></div>"
        f"<div><dt>Another says</dt><dd>{_reading(row, 'second')}</dd></div>"
        f"<div><dt>Used here</dt><dd>{escape(row['used'])}</dd></div>"
        f"<div><dt>Why</dt><dd>{escape(row['why'])}</dd></div></dl></li>"
    )


def _reading(row: pd.Series, which: str) -> str:
    return f"{escape(row[f'reading_{which}'])}<small>{escape(row[f'where_{which}'])}</small>"
