"""The one-page ward as HTML for the screen and the browser's own print command."""

from __future__ import annotations

from html import escape

from analysis.present.ward_sheet import MEANING, Sheet
from analysis.present.ward_sheet_block import BASIS, Block

NO_ROWS = "<p>None.</p>"


def html(sheet: Sheet, picture: str) -> str:
    """The sheet as HTML, as much as fits a page printed by a browser; `picture` is the small map."""
    short = sheet.short
    head = (
        f"<header><div><h1>{escape(sheet.title)}</h1><p>{escape(sheet.about)}</p>"
        f'<p class="answer">{escape(sheet.answer)}</p><p>{escape(sheet.more)}</p></div>{picture}</header>'
    )
    sides = (sheet.left, sheet.right)
    columns = "".join(f"<div>{''.join(_drawn(short, block) for block in blocks)}</div>" for blocks in sides)
    wide = "".join(_drawn(short, block) for block in sheet.wide)
    named = " ".join(f"<b>{number}</b> {escape(source)}" for number, source in enumerate(short.named, start=1))
    foot = f"<footer><p>{escape(MEANING)}</p><p>Sources: {named}</p></footer>"
    return f'<article class="atlas-sheet">{head}<div class="columns">{columns}</div>{wide}{foot}</article>'


def _drawn(sheet: Sheet, block: Block) -> str:
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in block.heads)
    body = "".join(
        f'<tr><th scope="row">{_marked(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in block.rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if block.rows else NO_ROWS
    note = f"<p>{escape(block.note)}</p>" if block.note else ""
    numbers = "".join(f"<sup>{number}</sup> " for number in sheet.numbers(block))
    title = f"{escape(block.title)} <small>{escape(block.period)}</small>"
    return f"<section><h2>{title} {_basis(block)} {numbers}</h2>{table}{note}</section>"


def _basis(block: Block) -> str:
    if not block.basis:
        return ""
    kind = block.basis if block.basis in BASIS else "mixed"
    return f'<b class="{kind}">{escape(BASIS.get(block.basis, block.basis))}</b>'


def _marked(name: str) -> str:
    """The name of a row, with a mark nobody can miss where its figures are made up."""
    return escape(name).replace("(illustrative)", '<b class="illustrative">illustrative</b>')
