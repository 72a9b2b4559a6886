"""Tables of scenarios for reading, comparing and downloading, proposals and sites in words, and the method."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
import pandas as pd

from analysis.gap import BASIS_ORDER
from analysis.present.gap_view import rows_of
from analysis.present.html_tables import framed
from analysis.present.palette import BASIS_WORDS
from analysis.present.what_if_view import percent, signed
from analysis.present.words import chance, limits, listed, number
from analysis.scenario.feasible import Infeasible
from analysis.scenario.outcome import Outcome, Standing
from analysis.scenario.proposal import MINIMUM, MOVES, PROTECTED, Proposal
from analysis.scenario.sites import MINUTES, Choice, Reached
from analysis.travel import MODES

SYMBOLS = {Standing.SHORT: "▼", Standing.ABOUT: "=", Standing.OVER: "▲", Standing.NOT_KNOWN: "?"}
FORMULA = ("=", "+", "-", "@", "\t")
_LIMIT_WORDS = {
    MOVES: "the cap on moves",
    MINIMUM: "the minimum in every ward",
    PROTECTED: "protecting under-provided wards",
}


def basis_of(result: Outcome) -> str:
    """The weaker basis of the places and the need."""
    return max(result.today.basis, result.fair.need.basis, key=BASIS_ORDER.index)


def sites_basis_of(result: Outcome) -> str:
    """The weaker basis of the places, the need and the sites."""
    return max(basis_of(result), result.today.sites_basis, key=BASIS_ORDER.index)


def table(result: Outcome) -> pd.DataFrame:
    """The table people read, the ward furthest below its fair share first."""
    rows = rows_of(ordered(result))
    return pd.DataFrame(
        {
            "Ward": [row["area_name"] for row in rows],
            "Places today": [int(row["places_today"]) for row in rows],
            "Places": [int(row["places"]) for row in rows],
            "Change": [signed(row["change"]) for row in rows],
            "Fair share": [
                row["reason"] or limits(row["fair"], row["fair_lower"], row["fair_upper"], 1) for row in rows
            ],
            "Short of it": [
                row["reason"] or limits(row["short"], row["short_lower"], row["short_upper"], 1) for row in rows
            ],
            "Stands": [f"{SYMBOLS[row['standing']]} {row['standing']}" for row in rows],
            "Need covered": [
                row["reason"] or (percent(row["met"] / row["needed"]) if row["needed"] else "no need") for row in rows
            ],
            "Unmet, in places": [row["reason"] or number(row["unmet"], 1) for row in rows],
        }
    )


def ordered(result: Outcome) -> pd.DataFrame:
    """Wards in the order of the table."""
    return result.table.sort_values(["short", "area_name"], ascending=[False, True], na_position="last")


def download(result: Outcome) -> pd.DataFrame:
    """The table for a spreadsheet: figures unrounded, and what they were judged by."""
    return ordered(result).assign(
        edition=result.today.edition,
        service=result.today.service,
        quarter=result.today.quarter,
        scenario=_as_text(result.scenario.name),
        need_lens=result.fair.need.title,
        weight_on_need=result.fair.weight,
        basis=basis_of(result),
    )


def _as_text(name: str) -> str:
    """A name that a spreadsheet will not take for a formula."""
    return f"'{name}" if name[:1] in FORMULA else name


def compared(results: Mapping[str, Outcome]) -> str:
    """Scenarios side by side as HTML, one column each, the first of them today."""
    columns = [_measures(result) for result in results.values()]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in results)
    rows = "".join(
        f'<tr><th scope="row">{words}</th>{"".join(f"<td>{escape(column[words])}</td>" for column in columns)}</tr>'
        for words in columns[0]
    )
    table = f'<table class="atlas-table"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return framed("Scenarios side by side", table)


def side_by_side(results: Mapping[str, Outcome]) -> pd.DataFrame:
    """Scenarios side by side, one column each, the first of them today; the first column names what is compared."""
    columns = {name: _measures(result) for name, result in results.items()}
    said = list(next(iter(columns.values())))
    return pd.DataFrame({"": said} | {name: [cells[words] for words in said] for name, cells in columns.items()})


def _measures(result: Outcome) -> dict[str, str]:
    short = result.standing(Standing.SHORT)
    return {
        "Places in all": number(result.total),
        "Places that wards gain": number(result.moved),
        "Places needed in all": number(result.needed, 1),
        "Need within the places of its ward": percent(result.within),
        "Unmet need, in places": number(result.unmet, 1),
        "Wards surely short of their fair share": f"{len(short)}"
        + (f": {listed(list(short['area_name']), 6)}" if len(short) else ""),
        "Wards that lose places": number((result.table["change"] < 0).sum()),
        "Moves recommended": f"{sum(one.recommended for one in result.moves)} of {len(result.moves)}"
        if result.moves
        else "no moves",
    }


def refused(found: Infeasible) -> str:
    """Why nothing can be proposed, and what would make it possible."""
    *others, last = found.remedies or ("",)
    remedies = f"{', '.join(others)} or {last}" if others else last
    return f"This cannot be done. {found.why}" + (f" To make it possible, {remedies}." if remedies else "")


def proposal_answer(found: Proposal) -> tuple[str, str]:
    """What the atlas proposes, as a sentence, with the limit that binds and what one more place would do."""
    sure = sum(one.move.places for one in found.moves if one.recommended)
    names = found.table.set_index("area_code")["area_name"]
    if not found.moved:
        first = "No move brings places nearer to need under these limits."
    else:
        first = (
            f"Moving {number(found.moved)} places brings those out of place from "
            f"{number(found.misplaced_before, 1)} to {number(found.misplaced, 1)}; "
            f"{_recommended(sure, found.moved)} recommended."
        )
    return first, f"{binding(found)} One more place helps {names[found.helped]} most."


def _recommended(sure: int, moved: int) -> str:
    if sure == moved:
        return "all of them can be"
    return f"{number(sure)} of them can be" if sure else "none of them can be"


def binding(found: Proposal) -> str:
    """Which limits hold the plan back, the one that costs most first."""
    if not found.binding:
        return "No limit holds this plan back."
    costs = [
        f"{_LIMIT_WORDS[limit]} (without it {number(saved, 1)} fewer out of place)"
        for limit, saved in found.binding.items()
    ]
    return f"What holds this plan back: {listed(costs)}."


def proposal_table(found: Proposal) -> pd.DataFrame:
    """Every move proposed, how often giver and taker are right, and whether it is recommended."""
    wards = found.table.set_index("area_code")
    return pd.DataFrame(
        {
            "From": [wards["area_name"][one.move.source] for one in found.moves],
            "To": [wards["area_name"][one.move.target] for one in found.moves],
            "Places": [one.move.places for one in found.moves],
            "Giver loses in": [_often(found, wards["loses"][one.move.source]) for one in found.moves],
            "Taker gains in": [_often(found, wards["gains"][one.move.target]) for one in found.moves],
            "Nearer to need with it in": [_often(found, one.right) for one in found.moves],
            "": ["✔ recommended" if one.recommended else "✘ not recommended" for one in found.moves],
        }
    )


def _often(found: Proposal, share: float) -> str:
    return "need taken as it stands" if found.job.fair.sure else f"{chance(share)} of {found.draws} redrawn needs"


def reach_answer(now: Reached, then: Reached) -> str:
    """What the sites can serve, in one sentence."""
    way = f"within {MINUTES} minutes {MODES[then.way].words}"
    far, full = then.wards["too_far"].sum(), then.wards["full"].sum()
    before = ", as today" if np.isclose(now.share, then.share) else f", against {percent(now.share)} today"
    return (
        f"{percent(then.share)} of need has a place at a site {way}{before}; {number(far)} places' worth of need is "
        f"too far from any site, and {number(full)} is near sites that are full."
    )


def reach_table(found: Reached) -> pd.DataFrame:
    """Need of each ward: served, too far or where sites are full."""
    rows = found.wards.sort_values(["too_far", "full"], ascending=False)
    return pd.DataFrame(
        {
            "Ward": rows["area_name"],
            "Needed, in places": [number(value, 1) for value in rows["needed"]],
            "Has a place near enough": [number(value, 1) for value in rows["served"]],
            "Too far from any site": [number(value, 1) for value in rows["too_far"]],
            "Sites near enough are full": [number(value, 1) for value in rows["full"]],
        }
    )


def sites_table(found: Reached) -> pd.DataFrame:
    """Places of each site, and how many are used."""
    return pd.DataFrame(
        {
            "Site": found.sites["name"],
            "Places": found.sites["places"],
            "Used": [number(value) for value in found.sites["used"]],
        }
    )


def choice_said(found: Choice, names: Mapping[str, str], way: str) -> str:
    """Which of all known sites would be nearest to need (Markdown)."""
    chosen, near = (listed([names[site] for site in sites], 12) for sites in (found.covering, found.nearest))
    return (
        f"- To have most need within {MINUTES} minutes {MODES[way].words}: **{chosen}**. {percent(found.covered)} of "
        f"need would be, against {percent(found.covered_now)} with the sites above.\n"
        f"- To make travel least: **{near}**. The mean journey to the nearest would be {number(found.minutes)} "
        f"minutes, against {number(found.minutes_now)}."
    )


def method(result: Outcome, *, small_counts: bool = False) -> str:
    """The method in plain words (Markdown); with `small_counts`, that wards are protected by all verdicts."""
    fair = result.fair
    verdicts = "with small counts shown" if small_counts else "which leaves out what may not be shown"
    sure = (
        "This need is published without limits, so it is taken as it stands."
        if fair.sure
        else f"Need is redrawn {len(fair.draws)} times from its published uncertainty; limits hold the middle 95%."
    )
    return (
        f"**Places.** Commissioned places by ward of residence in {result.today.quarter} "
        f"({BASIS_WORDS[result.today.basis].lower()}). Places are not people: no count of families supported or "
        "waiting is used on this page, so none that is withheld elsewhere can be worked out from it. Wards are called "
        f"under-provided by the verdict the Overview shows, {verdicts}.\n\n"
        f"**Fair share.** {percent(fair.weight)} by need ({fair.need.title}) and the rest by children aged 0-15. "
        f"{sure}\n\n"
        "**Need in places.** Today's places shared out by fair share, made larger or smaller by the growth you set or "
        "the children you project. Met is what a ward's own places cover; it says how places are spread, not whether "
        "there are enough.\n\n"
        "**How often a move is right.** For each redrawn need: do places lie nearer to fair share with the move than "
        "without it? A move is recommended when at least 80% say yes. In a proposal, the best plan is made again for "
        "each redrawn need; a move is recommended only when, besides, at least 80% of the plans take from its giver "
        "and 80% give to its taker.\n\n"
        "**The proposal.** One place at a time goes from the ward furthest above its fair share to the one furthest "
        "below, within the limits; this gives the fewest places out of place, with the fewest moves. Other plans may "
        "be as good.\n\n"
        "**Sites.** Need of a ward is spread over its neighbourhoods by children. Minutes are a straight line times "
        "1.3, at 4.8 km an hour on foot, 12 by bus and 25 by car. As much need as possible goes to sites with places "
        f"within {MINUTES} minutes, then with the least travel. Sites outside the council are not known."
    )
