"""Which five wards are the most under-provided, as a sentence, bars, a table and words on method."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd

from analysis.gap import Gap
from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import PROVISION_COLOUR, theme
from analysis.present.words import chance, listed, number
from analysis.provision import REST
from analysis.statistics.robustness import Membership
from analysis.worst_five import FIVE, WorstFive

NEVER, SOME, ALWAYS = "in none", "in some", "in all"
_WORDS = {
    Membership.CLEARLY: "Clearly",
    Membership.PROBABLY: "Probably",
    Membership.POSSIBLY: "Possibly",
    Membership.NO: "No",
}


def sentence(found: WorstFive, result: Gap) -> str:
    """Who is among the five, and how surely; never a rank without its doubt."""
    return _by_chance(found) if found.by == "chance" else _by_catchment(found, result)


def _by_chance(found: WorstFive) -> str:
    wards = found.table
    named = {word: list(wards.loc[wards["membership"] == word, "area_name"]) for word in Membership}
    clearly, possibly = named[Membership.CLEARLY], len(named[Membership.POSSIBLY])
    probably = wards[wards["membership"] == Membership.PROBABLY]
    with_chance = [f"{row['area_name']} ({chance(row['share'])})" for row in rows_of(probably)]
    who = f"{listed(clearly, FIVE)} {_are(len(clearly))}" if clearly else "no ward is"
    often = f" (over 95% of {number(found.tries)} redraws)" if clearly else ""
    parts = [f"{_among(found)}, {who} clearly among the five most under-provided{often}"]
    if with_chance:
        parts.append(f"{listed(with_chance, 2 * FIVE)} probably {_are(len(with_chance))}")
    if possibly:
        parts.append(f"{possibly} other{'s' if possibly > 1 else ''} possibly {_are(possibly)}")
    return f"{'; '.join(parts)}."


def _among(found: WorstFive) -> str:
    wards = len(found.table)
    return (
        f"Among the {wards} wards whose figures are shown" if found.hidden + found.unknown else f"Of all {wards} wards"
    )


def _by_catchment(found: WorstFive, result: Gap) -> str:
    always, some = _named(found, ALWAYS), len(_named(found, SOME))
    what = f"the five wards with the fewest {result.provision.unit} within reach for their need"
    others = f"{some} other{'s' if some > 1 else ''}" if always else f"{some} wards"
    rest = f"{others} {_are(some)} among them in some catchments only" if some else "no other ward is in any of them"
    if always:
        first = f"However the catchment is drawn, {listed(always, FIVE)} {_are(len(always))} among {what}; {rest}."
    else:
        first = f"Which are {what} depends on the catchment: {rest}."
    return first + _shared(found)


def _shared(found: WorstFive) -> str:
    if found.empty <= FIVE:
        return ""
    return f" In one catchment {found.empty} wards have none within reach and share the lowest place."


def _named(found: WorstFive, word: str) -> list[str]:
    return [row["area_name"] for row in rows_of(found.table) if how_surely(found, row) == word]


def how_surely(found: WorstFive, row: Row) -> str:
    """The words for how surely a ward is among the five."""
    if found.by == "chance":
        return _WORDS[row["membership"]]
    return ALWAYS if row["share"] == 1 else SOME if row["share"] > 0 else NEVER


def how_often(found: WorstFive, row: Row) -> str:
    """How often a ward is among the five: a rounded probability, or a number of catchments."""
    return chance(row["share"]) if found.by == "chance" else f"{round(row['share'] * found.tries)} of {found.tries}"


def heads(found: WorstFive) -> tuple[str, str, str, str]:
    """What the four columns are called."""
    if found.by == "chance":
        return "Ward", "Among the five", "Probability", f"95% rank interval, of {len(found.table)}"
    return "Ward", "Among the five", "Catchments", f"Ranks, of {len(found.table)}"


def bars(found: WorstFive, dark: bool, address: Callable[[str], str]) -> str:
    """The wards that may be among the five, as HTML: words, a bar for how often and a strip for the rank.

    `address` gives the link of a ward by its code.
    """
    rows = rows_of(found.table)
    likely = [row for row in rows if how_surely(found, row) not in (_WORDS[Membership.NO], NEVER)]
    body = "".join(_line(found, row, address) for row in likely)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads(found))
    return (
        f'<div class="atlas-five" style="--bar:{PROVISION_COLOUR[theme(dark)]}"><table class="atlas-table"><caption>'
        f"{escape(_caption(found, len(rows) - len(likely)))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(found: WorstFive, row: Row, address: Callable[[str], str]) -> str:
    name, wards = escape(row["area_name"]), len(found.table)
    filled = min(max(_nearest(row["share"]), 5), 100) if found.by == "chance" else 100 * row["share"]
    left, width = (100 * part / wards for part in (row["rank_lower"] - 1, row["rank_upper"] - row["rank_lower"] + 1))
    edge = "<small>touches the council's edge</small>" if row.get("edge") else ""
    return (
        f'<tr><th scope="row"><a href="{escape(address(row["area_code"]))}">{name}</a>{edge}</th>'
        f"<td>{escape(_capital(how_surely(found, row)))}</td>"
        f'<td>{how_often(found, row)}<i><b style="width:{filled:.0f}%"></b></i></td>'
        f'<td>{_ranks(row)}<i><b style="left:{left:.1f}%;width:{width:.1f}%"></b></i></td></tr>'
    )


def _caption(found: WorstFive, others: int) -> str:
    what = "a probability under 5%" if found.by == "chance" else "among the five in no catchment"
    rest = f"The other {f'{others} wards' if others > 1 else 'ward'}: {what}." if others else ""
    missing = found.hidden + found.unknown
    wards = "1 ward" if missing == 1 else f"{missing} wards"
    left = f"Left out, and perhaps among the five: {wards} without figures that may be shown." if missing else ""
    return f"{rest} {left}".strip()


def download(found: WorstFive, result: Gap) -> pd.DataFrame:
    """Every ward with what is shown of it, rounded as shown, and the reason where there is nothing."""
    _, among, often, rank = heads(found)
    shown = pd.DataFrame(
        [
            {
                "area_code": row["area_code"],
                among: _capital(how_surely(found, row)),
                often: how_often(found, row),
                "rank_lower": int(row["rank_lower"]),
                "rank_upper": int(row["rank_upper"]),
            }
            for row in rows_of(found.table)
        ]
    )
    wards = result.wards[["area_code", "area_name", "reason", "basis"]]
    table = shown.merge(wards, on="area_code", how="outer").astype({"rank_lower": "Int64", "rank_upper": "Int64"})
    table["reason"] = table["reason"].mask(table[among].isna() & table["reason"].eq(""), "no need, or not known")
    named = {"rank_lower": f"{rank}: from", "rank_upper": f"{rank}: to", "reason": "why blank"}
    ordered = table.set_index("area_code").loc[[*found.table["area_code"], *_unranked(found, result)]].reset_index()
    return ordered.rename(columns=named).assign(
        tries=found.tries, edition=result.edition, need_lens=result.need.title, provision_lens=result.provision.title
    )


def _unranked(found: WorstFive, result: Gap) -> list[str]:
    codes = result.wards["area_code"]
    return list(codes[(codes != REST) & ~codes.isin(found.table["area_code"])])


def method(found: WorstFive, result: Gap) -> str:
    """How it was worked out, in plain words."""
    return METHODS[found.by].format(tries=number(found.tries), unit=result.provision.unit)


def _ranks(row: Row) -> str:
    lower, upper = int(row["rank_lower"]), int(row["rank_upper"])
    return str(lower) if lower == upper else f"{lower} to {upper}"


def _nearest(share: float) -> int:
    return 5 * round(20 * share)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


METHODS = {
    "chance": (
        "Each ward's count is redrawn {tries} times to show what chance alone could have made of it (from a gamma "
        "distribution with the count plus a half), and so is need where need is our own estimate. Each time the "
        "wards are put in order of provision over need. The probability is the share of redraws in which a ward is "
        "among the five with the least; it is shown to the nearest 5%, which is as much as it can bear. *Clearly* is "
        "95% or more, *probably* 50% or more, *possibly* 5% or more, *no* less than that. The rank interval holds the "
        "middle 95% of a ward's places: where it is wide, a league table would be guesswork. Wards whose count is not "
        "shown take no part, and five wards come last even where none is under-provided, so read the verdicts too."
    ),
    "catchment": (
        "Places within reach are not a sample, so there is no probability. The wards are put in order of {unit} within "
        "reach over need in each of {tries} ways of drawing the catchment, and the table says in how many of them a "
        "ward is among the five lowest. Wards with none at all share the lowest place, so there can be more than five. "
        "Need is taken as it stands. Places outside the council are missing from the lists, so a ward that touches its "
        "edge may have more within reach than is shown."
    ),
}
