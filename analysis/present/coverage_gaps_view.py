"""The cells without a service as a list, each with the wards where the need behind it is greatest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.present.coverage_matrix import SIGNS
from analysis.present.palette import BASIS_WORDS
from analysis.present.words import listed, number
from analysis.service_gaps import NEAR, Measure, greatest
from analysis.services import LIFE_STAGES

MOST = 5
LINKS = {
    "part": "A ward figure counts part of this need",
    "near": "No figure for these wards counts this need; the nearest published is shown",
}
NO_FIGURE = (
    "No ward figure of this need is published, so no wards are named. The atlas puts no other figure in its place."
)
WHY_NONE = {
    "carers": (
        "No ward figure of parents who are carers, or of young carers, is published. The census counts carers of all "
        "ages together, and the wards with most are those with most older people, so no wards are named."
    ),
    "housing": (
        "No ward figure of housing need is held for the wards of this edition, so no wards are named. The 2026 edition "
        "has overcrowded households, Census 2021."
    ),
    "antisocial_behaviour": (
        "No ward figure of this need is held for the wards of this edition, so no wards are named. The 2026 edition "
        "has anti-social behaviour recorded by the police in 2023."
    ),
    "send": (
        "No ward figure of special educational needs is published: councils and schools are the smallest places there "
        "are figures for. So no wards are named."
    ),
}
METHOD = (
    "Wards are named only where a figure by ward counts part of the need, or lies near it and is called so. Where the "
    "figure is a count, a ward is named if it is higher than all other wards together (at 95%: likely; at 99.8%: for "
    "certain), and its 95% limits stand beside it. A need may be great in a ward that is not named, and a service "
    "that is listed nowhere may still exist."
)
AGAINST = {
    "certain": "▲ higher, for certain",
    "likely": "△ higher, likely",
    "unclear": "– no clear difference",
    "lower": "▽ lower",
}


@dataclass(frozen=True)
class Gap:
    """A need, the life stages at which it has no service that can be read, and the ward figures behind it, if any."""

    need_id: str
    need: str
    state: str
    life_stages: tuple[str, ...]
    readings: tuple[str, ...]
    measure: Measure | None
    figures: pd.DataFrame | None


def html(gaps: list[Gap], address: Callable[[str], str]) -> str:
    """The list; `address` gives the link to a ward by its code."""
    return f'<div class="atlas-uncovered">{"".join(_gap(gap, address) for gap in gaps)}</div>'


def headline(gaps: list[Gap], cells: int) -> str:
    """How many of the cells shown have no service, and what is known by ward of the needs behind them."""
    if not gaps:
        shown = "The one cell shown is not" if cells == 1 else f"None of the {cells} cells shown is"
        return f"{shown} a need that certainly has no service."
    many = sum(len(gap.life_stages) for gap in gaps)
    first = f"{many} of the {cells} cells shown {'is a need' if many == 1 else 'are needs'} with no service listed."
    if cells == 1:
        first = "The one cell shown is a need with no service listed."
    return " ".join([first, *(named(gap) for gap in gaps)])


def download(gaps: list[Gap]) -> pd.DataFrame:
    """Every gap with every ward's figure, or one row that says why there is none."""
    return pd.concat([_rows(gap) for gap in gaps], ignore_index=True)


def why_none(gap: Gap) -> str:
    """Why no wards are named for a need."""
    return WHY_NONE.get(gap.need_id, NO_FIGURE)


def stages(gap: Gap) -> str:
    """The life stages of a gap in words."""
    return listed([LIFE_STAGES[stage].lower() for stage in gap.life_stages])


def named(gap: Gap) -> str:
    """The wards where the need behind a gap is greatest by its ward figure, or that there is none; after the need."""
    measure, figures = gap.measure, gap.figures
    if measure is None or figures is None:
        return f"{gap.need}: no ward figure is published."
    what = f"{_lower_first(measure.title)} ({measure.period})"
    top = figures.iloc[0]
    if measure.link == NEAR and top["against_rest"] == "untested":
        names = listed(list(greatest(figures, MOST)["area_name"])[:3])
        return f"{gap.need}: no ward figure counts it; the nearest, the {what}, is highest in {names}."
    names = listed(list(greatest(figures, len(figures))["area_name"]), most=3)
    nearest = "no ward figure counts it; the nearest, " if measure.link == NEAR else ""
    return f"{gap.need}: {nearest}{what}; above the rest of the council in {names or 'no ward'}."


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _gap(gap: Gap, address: Callable[[str], str]) -> str:
    sign = "No service listed" if gap.state == "uncovered" else "Cannot be read: may or may not be covered"
    readings = " ".join(dict.fromkeys(gap.readings))
    head = (
        f'<section><h3>{escape(gap.need)}: {escape(stages(gap))}</h3><p class="state {escape(gap.state)}">'
        f'<b aria-hidden="true">{SIGNS[gap.state]}</b> {escape(sign)}. <small>{escape(readings)}</small></p>'
    )
    return f"{head}{_wards(gap, address)}</section>"


def _wards(gap: Gap, address: Callable[[str], str]) -> str:
    measure, figures = gap.measure, gap.figures
    if measure is None or figures is None:
        return f"<p>{escape(why_none(gap))}</p>"
    shown = greatest(figures, MOST)
    body = "".join(_ward(row, address) for row in shown.to_dict("records"))
    tested = shown["against_rest"].ne("untested").any()
    basis = escape(_lower_first(BASIS_WORDS[measure.basis]))
    last = "Against the rest of the council" if tested else "In England's most deprived fifth"
    return (
        f'<p class="link {escape(measure.link)}"><b>{escape(LINKS[measure.link])}.</b> {escape(measure.counts)}. '
        f"{escape(measure.beware)}</p>"
        f"<table><caption>{escape(measure.title)}: {escape(measure.period)} <small>({basis})</small></caption>"
        f'<thead><tr><th scope="col">Ward</th><th scope="col">{escape(measure.unit.capitalize())} '
        f'<small>({escape(measure.spread)})</small></th><th scope="col">{last}</th></tr></thead>'
        f"<tbody>{body}</tbody></table><p><small>{escape(reading(figures))}</small></p>"
    )


def _ward(row: Mapping[Hashable, Any], address: Callable[[str], str]) -> str:
    spread = f"{number(row['lower'], 1)} to {number(row['upper'], 1)}"
    against = AGAINST.get(row["against_rest"]) or f"{row['pockets']} neighbourhoods"
    link = f'<a href="{escape(address(row["area_code"]))}" target="_self">{escape(row["area_name"])}</a>'
    return (
        f'<tr><th scope="row">{link}</th><td><b>{number(row["value"], 1)}</b> <small>({spread})</small></td>'
        f"<td>{escape(against)}</td></tr>"
    )


def reading(figures: pd.DataFrame) -> str:
    """How far the order of the wards named can be trusted."""
    shown = greatest(figures, MOST)
    if figures["against_rest"].eq("untested").all():
        return (
            "The indices are published without limits, so nobody can say how sure the order is. The range is that of "
            "the ward's own neighbourhoods; a wide one means a pocket that the average hides."
        )
    higher = int(figures["against_rest"].isin(["certain", "likely"]).sum())
    overlap = _overlapping(shown)
    first = (
        f"{higher} of {len(figures)} wards are higher than the rest of the council together, at 95% or more"
        f"{f'; the {len(shown)} with the highest figures are named' if higher > len(shown) else ''}."
    )
    return f"{first} {overlap}"


def _overlapping(shown: pd.DataFrame) -> str:
    neighbours = pairwise(shown.to_dict("records"))
    blurred = [f"{a['area_name']} and {b['area_name']}" for a, b in neighbours if b["upper"] >= a["lower"]]
    if not blurred:
        return "The limits of no two neighbours in this list overlap."
    return f"The order is not sure where limits overlap: {'; '.join(blurred)}."


def _rows(gap: Gap) -> pd.DataFrame:
    fixed = {"need": gap.need, "life_stages": stages(gap), "state": gap.state}
    if gap.measure is None or gap.figures is None:
        return pd.DataFrame([{**fixed, "link": "none", "note": why_none(gap), "basis": "published"}])
    measure = gap.measure
    about = {
        "link": measure.link,
        "measure": measure.title,
        "period": measure.period,
        "unit": measure.unit,
        "spread": measure.spread,
        "basis": measure.basis,
        "note": measure.beware,
    }
    against = gap.figures["against_rest"].replace({"unclear": "no clear difference"})
    return gap.figures.assign(against_rest=against, **fixed, **about)
