"""A meeting's screen as HTML: real headings, lists and tables, large, with everything people typed as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from analysis.decisions_compared import ThenNow
from analysis.present.meeting import Screen, briefly
from analysis.present.palette import BASIS_WORDS

LONG, VERY_LONG = 150, 260
MOST_VERDICTS = 2


def top(screen: Screen, number: int, count: int, about: str) -> str:
    """The line over every screen: how far the meeting is, which edition this is, and the basis of what is shown."""
    basis = f'<b class="{screen.basis}">{escape(BASIS_WORDS[screen.basis])}</b>' if screen.basis else ""
    return (
        f'<div class="meeting-top"><span>{number} of {count}</span><span class="about">{escape(about)}</span>'
        f'{basis}</div><div class="meeting-progress" role="progressbar" aria-label="Screens seen" aria-valuemin="1" '
        f'aria-valuenow="{number}" aria-valuemax="{count}"><i style="width:{100 * number / count:.1f}%"></i></div>'
    )


def body(screen: Screen, picture: str = "", key: str = "") -> str:
    """What a screen says; `picture` and `key` are HTML of the map where there is one."""
    made = _MADE.get(screen.kind, _plain)
    title, said = escape(screen.title), made(screen, picture, key)
    return f'<div class="meeting-screen {screen.kind}"><h1>{title}</h1>{said}</div>'


def _plain(screen: Screen, *_: str) -> str:
    return f"{_sentence(screen)}{_points(screen)}"


def _sentence(screen: Screen) -> str:
    length = len(screen.sentence)
    look = "very-long" if length > VERY_LONG else "long" if length > LONG else ""
    return f'<p class="atlas-answer sentence {look}">{escape(screen.sentence)}</p>' if screen.sentence else ""


def _points(screen: Screen) -> str:
    if len(screen.points) == 1:
        return f'<p class="more">{escape(screen.points[0])}</p>'
    return listed(screen.points, "ol" if screen.kind == "agenda" else "ul")


def listed(lines: Sequence[str], marker: str = "ul") -> str:
    """Lines of words as a list; nothing where there are none."""
    made = "".join(f"<li>{escape(one)}</li>" for one in lines)
    return f"<{marker}>{made}</{marker}>" if made else ""


def _map(screen: Screen, picture: str, key: str) -> str:
    return f'<div class="beside"><div class="picture">{picture}</div><div>{_sentence(screen)}{key}</div></div>'


def _place(screen: Screen, picture: str, _: str) -> str:
    named = (screen.facts or {}).items()
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in named)
    return (
        f'<div class="beside"><div>{_sentence(screen)}<dl>{facts}</dl></div><div class="picture">{picture}</div></div>'
        f"{_points(screen)}"
    )


def _options(screen: Screen, *_: str) -> str:
    return f"{_sentence(screen)}{table(screen.options, screen.title) if screen.options is not None else ''}"


def table(rows: pd.DataFrame, caption: str) -> str:
    """Rows of words as a table, the first column heading each row."""
    heads = "".join(f'<th scope="col">{escape(str(name))}</th>' if name else "<td></td>" for name in rows.columns)
    names = [escape(str(name)) for name in rows.columns]
    lines = "".join(_row(names, [escape(str(cell)) for cell in cells]) for cells in rows.itertuples(index=False))
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _row(names: Sequence[str], cells: Sequence[str]) -> str:
    labelled = zip(names[1:], cells[1:], strict=True)
    rest = "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in labelled)
    return f'<tr><th scope="row">{cells[0]}</th>{rest}</tr>'


def kept(tables: str, rows: pd.DataFrame) -> str:
    """The figures that a decision will keep, and of which tables they are."""
    return (
        f'<p class="meeting-kept">Kept with the decision, as shown now: {escape(tables)}</p>'
        f'<div class="meeting-frozen" tabindex="0" role="region" aria-label="Figures that will be kept">'
        f"{table(rows, 'Figures that will be kept')}</div>"
    )


def _decided(screen: Screen, *_: str) -> str:
    return f"{_sentence(screen)}{_points(screen)}{then_now(screen.then_now)}"


def then_now(found: ThenNow | None) -> str:
    """A decision's figures beside what they have become, as HTML."""
    if found is None:
        return '<p class="then">What was compared then can no longer be worked out, so only what was shown is kept.</p>'
    if found.same:
        return '<p class="then"><b>Then and now:</b> every figure shown is as it was.</p>'
    lines = [f"{one.label}: {one.verdict_then.lower()}, now {one.verdict_now.lower()}" for one in found.verdicts]
    more = len(lines) - MOST_VERDICTS
    shown = [*lines[:MOST_VERDICTS], *([f"and {more} more: see Decisions"] if more > 0 else [])]
    moved = f"{len(found.moved)} of {found.areas} areas have other figures"
    scenario = f" {len(found.options)} figures of the scenario differ." if found.options else ""
    told = "these have another verdict:" if lines else "no verdict has changed."
    return (
        f'<p class="then"><b>Then:</b> {escape(briefly(found.headline_then))}</p>'
        f'<p class="then"><b>Now:</b> {escape(briefly(found.headline_now))}</p>'
        f'<p class="then">{moved}; {told}{scenario}</p>'
        f"{listed(shown)}"
    )


_MADE: dict[str, Callable[..., str]] = {"map": _map, "place": _place, "options": _options, "decided": _decided}
