"""Tables of a need index for reading and downloading, and the method behind it in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.need_index import MOST, NeedIndex
from analysis.present.gap_view import Row, rows_of
from analysis.present.html_tables import framed
from analysis.present.need_index_view import CLASSES, COUNTS, SHORT, WAYS, places
from analysis.present.words import chance, number
from analysis.statistics.robustness import SLIGHT

UNIT = {
    "z_arith": "Index (0 is the average ward)",
    "minmax_geom": "Index (1 least need to 100 most)",
    "rank_mean": "Index (average place; low is more need)",
}


def table(result: NeedIndex, most: int) -> pd.DataFrame:
    """The table people read, the ward of most need first: how surely, the places, the index and its parts."""
    rows = rows_of(result.wards)
    shown = {
        "Ward": [row["area_name"] for row in rows],
        **{
            f"In the {COUNTS[count]} of most need": [_member(row, count) for row in rows]
            for count in sorted(MOST, key=lambda count: count != most)
        },
        "Place, in 95% of reruns": [_place(row) for row in rows],
        UNIT[result.method]: [_or_blank(row, _figure(row["index"], result)) for row in rows],
        **{
            f"{item.short}: {'times' if result.geometric else 'adds'}": [
                _or_blank(row, _part(row[f"part_{item.id}"], result)) for row in rows
            ]
            for item in result.indicators
        },
    }
    if result.wards["reason"].ne("").any():
        shown["Why there is no index"] = [row["reason"] for row in rows]
    return pd.DataFrame(shown)


def reading(result: NeedIndex) -> str:
    """How to read the parts of the table."""
    ends = "The parts of a ward multiply to" if result.geometric else "The parts of a ward add up to"
    more = "lower" if result.method == "rank_mean" else "higher"
    return f"{ends} its index; a {more} index is more need."


def _or_blank(row: Row, words: str) -> str:
    return "no index" if row["reason"] else words


def _place(row: Row) -> str:
    return "no index" if row["reason"] else places(row["rank_lower"], row["rank_upper"])


def _member(row: Row, most: int) -> str:
    if row["reason"]:
        return "not known"
    member = row[f"worst{most}"]
    return f"{CLASSES[member].symbol} {SHORT[member].capitalize()}: {chance(row[f'p_worst{most}'])}"


def _figure(value: float, result: NeedIndex) -> str:
    return _signed(value) if result.method == "z_arith" else number(value, 1 if result.geometric else 2)


def _part(value: float, result: NeedIndex) -> str:
    return f"× {number(value, 2)}" if result.geometric else _figure(value, result)


def _signed(value: float) -> str:
    shown = number(value, 2)
    return shown if value < 0 or shown == "0.00" else f"+{shown}"


def download(result: NeedIndex) -> pd.DataFrame:
    """The table for a spreadsheet: figures unrounded with the limits of every rank, and what they were made from."""
    weights = {f"weight_{name}": share for name, share in result.weights.items()}
    return result.wards.assign(
        status=result.wards["reason"].eq("").map({True: "ok", False: "missing"}),
        **weights,
        edition=result.edition,
        method=result.method,
        draws=result.draws,
        seed=result.seed,
        basis=result.basis,
    )


def ways(results: Mapping[str, NeedIndex], most: int) -> str:
    """Wards that may be among the most in need in any way of combining, with how surely in each, as an HTML table."""
    caption = f"Wards that may be in the {COUNTS[most]} of most need, by way of combining"
    found = {name: result.wards.set_index("area_code") for name, result in results.items()}
    first = next(iter(found.values()))
    chances = pd.DataFrame({name: wards[f"p_worst{most}"] for name, wards in found.items()}).reindex(first.index)
    heads = "".join(f'<th scope="col">{escape(words)}</th>' for words in ("Ward", *(WAYS[name] for name in found)))
    body = "".join(
        f'<tr><th scope="row">{escape(first.loc[code, "area_name"])}</th>'
        + "".join(f"<td>{_member(wards.loc[code].to_dict(), most)}</td>" for wards in found.values())
        + "</tr>"
        for code in chances.index[chances.max(axis=1) >= SLIGHT]
    )
    return framed(
        caption,
        f'<table class="atlas-table"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>",
    )


_COMBINED = {
    "z_arith": (
        "Each indicator is measured from the average ward in standard deviations (the usual distance of a ward from "
        "the average, dividing by the number of wards), multiplied by its share of the weights, and added up."
    ),
    "minmax_geom": (
        "Each indicator is stretched to run from 1 (the ward of least need) to 100 (the ward of most), raised to the "
        "power of its share of the weights, and multiplied (a weighted geometric mean)."
    ),
    "rank_mean": (
        "Wards are placed on each indicator, 1 the most need, equal figures sharing the mean of their places; the "
        "index is the weighted mean of a ward's places, so a low index is more need."
    ),
}


def method(result: NeedIndex) -> str:
    """The method in plain words (Markdown), for the way of combining shown."""
    return (
        f"**The index.** {_COMBINED[result.method]} All indicators run the same way: higher is more need. A ward that "
        "lacks a figure has no index; nothing is filled in. Steps follow the handbook of the OECD and the European "
        "Commission's Joint Research Centre (2008).\n\n"
        "**Weights are policy, not statistics.** No figure can say how much crime should count beside health. The "
        "sliders are turned into shares that add up to 100%; equal weights are a choice too.\n\n"
        f"**Reruns.** The index was worked out {number(result.draws)} times from a fixed starting number "
        f"({result.seed}), so the same choices always give the same answer. Each time every weight was multiplied by a "
        f"number between {1 - result.spread:g} and {1 + result.spread:g}, counts of children (where any is chosen) "
        "were drawn again from what chance could have made them, and the wards were put in order. Larger changes of "
        "weight are for you to try. *Place in 95% of reruns* leaves out the highest and the lowest 2.5%. A "
        "probability from this many reruns is right to within about one percentage point, and is shown to the "
        "nearest 5%.\n\n**What the doubt covers.** Counts of children come from benefit records of everybody "
        "concerned, not from a sample: redrawing them shows how they could change from one year to the next by "
        "chance. Scores of the Indices of Deprivation are published without limits, so they are taken as exact, and "
        "so is how well neighbourhoods fit wards. The true doubt is larger than shown, most of all where few of the "
        "indicators are counts.\n\n**Told apart.** Wards *cannot be told apart* on a run of places when each of them "
        "has every place of the run inside its own 95% range.\n\n"
        "**Counted twice.** Two indicators are flagged when their correlation between wards is above 0.9, or when "
        "one is made from the other: the Index of Multiple Deprivation is made from the seven domains, so together "
        "with any of them it always counts twice.\n\n"
        "**Not offered: toxic-trio estimates by ward.** Outside four wards they are modelled, by sharing parents out "
        "in proportion to children in income-deprived families. Adding them would count that indicator again under "
        "another name. They also count people already known to services, so they mix need with provision."
    )
