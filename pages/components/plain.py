"""Wide tables of words and entries of the ledger as plain HTML: read by screen readers, stacked on a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_MARKS = re.compile(r"([\\`*\[\]<>$~&]|(?<![^\W_])_|_(?![^\W_])|^[-+#=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_LEADS = re.compile(r"(:(?=\S)|@|www(?=\.))", flags=re.IGNORECASE)
JOINER = "\u2060"


def inert(words: str) -> str:
    """Words of a reader or a file, for labels and messages that are Markdown: nothing in them but text.

    As little as possible is marked, since the marks are read out with a label. An invisible joiner keeps icons, badges
    and addresses from being made of the words.
    """
    return _LEADS.sub(rf"\1{JOINER}", _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(words.split()))))


def words(text: str, small: str = "") -> None:
    """Words of a reader or a file as they are, line by line, with a small line under them."""
    lines = "<br>".join(escape(line) for line in text.splitlines())
    st.html(f'<p class="atlas-words">{lines}{f"<small>{escape(small)}</small>" if small else ""}</p>')


def in_two(many: int) -> list[DeltaGenerator]:
    """Places for so many controls, two beside each other, which stay in order where a phone puts them under another."""
    return [place for _ in range(-(-many // 2)) for place in st.columns(2, gap="large")][:many]


def table(rows: pd.DataFrame, caption: str, under: str | None = None, to: Sequence[str] = ()) -> None:
    """Draw rows of words as a real table, the first column heading each row; on a phone a row becomes a block.

    The column `under`, if any, stands in small type under the first instead of in a column of its own.
    `to` are the addresses that the first cells lead to, where they do.
    """
    below = rows[under].astype(str) if under else [""] * len(rows)
    shown = rows.drop(columns=[under] if under else []).astype(str)
    heads = "".join(f'<th role="columnheader" scope="col">{escape(str(name))}</th>' for name in shown.columns)
    body = "".join(
        _row(list(shown.columns), list(cells), note, address)
        for cells, note, address in zip(shown.itertuples(index=False), below, to or [""] * len(rows), strict=True)
    )
    look = "atlas-rows noted" if under else "atlas-rows"
    st.html(
        f'<table class="{look}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(names: list[str], cells: list[str], note: str, address: str) -> str:
    small = f"<small>{escape(note)}</small>" if note else ""
    name = _breakable(cells[0])
    led = f'<a href="{escape(address)}" target="_self">{name}</a>' if address else name
    head = f'<th role="rowheader" scope="row">{led}{small}</th>'
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
    st.html(f'<ol class="atlas-entries">{"".join(_entry(row) for _, row in rows.iterrows())}</ol>')


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
