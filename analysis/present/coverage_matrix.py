"""The service map as an HTML table: 18 needs by 4 life stages, each cell a sign, words, and the services it holds.

Every word from a file is escaped. Colour is never alone: each state has its sign and its words.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.present.palette import theme
from analysis.services import LIFE_STAGES

SIGNS = {"covered": "●", "uncovered": "✕", "unclear": "?", "not_applicable": "–", "others": "○"}

WORDS = {
    "uncovered": "No service listed",
    "unclear": "Cannot be read: merged cells lost",
    "not_applicable": "Not named as a need",
    "others": "Other providers only",
}

PAPER = {"light": "#fcfbf8", "dark": "#12191e"}
ALARM = {"light": ("#a33b0b", "#ffffff"), "dark": ("#ff8a4c", "#14191d")}
QUIET = {"light": "#dcebec", "dark": "#1f3d44"}

_LINE = "1px solid color-mix(in srgb, currentColor 24%, transparent)"


def html(cells: pd.DataFrame, dark: bool) -> str:
    """The table, in a region of its own that scrolls sideways on a small screen and can be reached by keyboard.

    `cells` has one row a cell: need, life_stage, cell, services, commissioned, names, marks, marked. A life stage that
    none of them is of has no column.
    """
    stages = [stage for stage in LIFE_STAGES if stage in set(cells["life_stage"])]
    heads = "".join(f'<th scope="col">{escape(LIFE_STAGES[stage])}</th>' for stage in stages)
    look = "atlas-matrix" if len(stages) > 1 else "atlas-matrix narrow"
    body = "".join(_row(str(need), part, stages) for need, part in cells.groupby("need", sort=False))
    return (
        f'{_style(dark)}<div class="atlas-matrix-region" role="region" tabindex="0" '
        'aria-label="Service map, needs by life stage; scrolls sideways on a small screen">'
        f'<table class="{look}"><caption>Services listed for each need at each life stage</caption>'
        f'<thead><tr><th scope="col">Need</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(need: str, part: pd.DataFrame, stages: list[str]) -> str:
    by_stage = part.set_index("life_stage")
    cells = "".join(_cell(row) for _, row in by_stage.loc[stages].iterrows())
    return f'<tr><th scope="row">{escape(need)}</th>{cells}</tr>'


def _cell(row: pd.Series) -> str:
    state = str(row["cell"])
    words = _listed(row) if state == "covered" else f"<span>{escape(WORDS[state])}</span>"
    unmarked = "<small>not marked in section 7</small>" if state == "covered" and not row["marked"] else ""
    if row.get("alone", False):
        unmarked = f"<small>no other provider listed</small>{unmarked}"
    return f'<td class="{escape(state)}"><b aria-hidden="true">{SIGNS[state]}</b>{words}{unmarked}</td>'


def _listed(row: pd.Series) -> str:
    names = "".join(_service(str(name), str(mark)) for name, mark in zip(row["names"], row["marks"], strict=True))
    return f"<details><summary>{escape(counted(row))}</summary><ul>{names}</ul></details>"


def _service(name: str, mark: str) -> str:
    return f"<li>{escape(name)}{' <i>(commissioned)</i>' if mark == 'yes' else ''}</li>"


def counted(row: pd.Series) -> str:
    """How many services a cell lists and how many of them are marked as commissioned."""
    services, commissioned = int(row["services"]), int(row["commissioned"])
    many = f"{services} service{'' if services == 1 else 's'}"
    if commissioned == 0:
        return f"{many}, none marked as commissioned"
    if commissioned == services:
        return f"{many}, commissioned" if services == 1 else f"{many}, {_all(services)} commissioned"
    return f"{many}, {commissioned} commissioned"


def _all(services: int) -> str:
    return "both" if services == 2 else "all"


def _style(dark: bool) -> str:
    paper, (alarm, ink), quiet = PAPER[theme(dark)], ALARM[theme(dark)], QUIET[theme(dark)]
    return f"""<style>
.atlas-matrix-region {{overflow-x:auto; border:{_LINE}; border-radius:6px}}
.atlas-matrix-region:focus-visible {{outline:3px solid currentColor; outline-offset:2px}}
.atlas-matrix {{border-collapse:separate; border-spacing:0; width:100%; min-width:46rem; margin:0; font-size:.88rem;
  line-height:1.3}}
.atlas-matrix caption {{position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%)}}
.atlas-matrix th, .atlas-matrix td {{text-align:left; vertical-align:top; padding:.45rem .6rem; border:0;
  border-bottom:{_LINE}; border-left:{_LINE}}}
.atlas-matrix thead th {{font-weight:600; background:color-mix(in srgb, currentColor 7%, {paper})}}
.atlas-matrix th:first-child {{position:sticky; left:0; z-index:1; width:24%; border-left:0; font-weight:600;
  background:{paper}}}
.atlas-matrix thead th:first-child {{background:color-mix(in srgb, currentColor 7%, {paper})}}
.atlas-matrix tbody tr:last-child > * {{border-bottom:0}}
.atlas-matrix td {{width:19%}}
.atlas-matrix td b {{display:inline-block; width:1.25em; font-weight:700}}
.atlas-matrix td > span, .atlas-matrix details {{display:inline-block; vertical-align:top; width:calc(100% - 1.4em)}}
.atlas-matrix summary {{cursor:pointer; list-style:none; text-decoration:underline; text-underline-offset:.18em;
  text-decoration-color:color-mix(in srgb, currentColor 40%, transparent)}}
.atlas-matrix summary::-webkit-details-marker {{display:none}}
.atlas-matrix summary:focus-visible {{outline:3px solid currentColor; outline-offset:2px}}
.atlas-matrix details ul {{margin:.35rem 0 0 !important; padding:0 !important; list-style:none}}
.atlas-matrix details li {{margin:0 0 .25rem !important; font-size:.85rem}}
.atlas-matrix small {{display:block; margin:.15rem 0 0 1.4em; font-size:.78rem}}
.atlas-matrix td.covered {{background:{quiet}}}
.atlas-matrix td.uncovered {{background:{alarm}; color:{ink}; font-weight:700}}
.atlas-matrix.narrow {{min-width:0}}
.atlas-matrix.narrow td {{width:auto}}
.atlas-matrix td.unclear {{background:repeating-linear-gradient(45deg, transparent 0 7px,
  color-mix(in srgb, currentColor 9%, transparent) 7px 8px)}}
@media (max-width:640px) {{.atlas-matrix th:first-child {{width:7.6rem; min-width:7.6rem; overflow-wrap:anywhere}}
  .atlas-matrix td {{min-width:9rem}}}}
</style>"""
