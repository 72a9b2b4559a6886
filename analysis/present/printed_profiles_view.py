"""The four councils' printed profiles of need: the answer, the table side by side, and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import pandas as pd

from analysis.compare import FOUR
from analysis.editions import COUNCIL
from analysis.indicators import Indicators
from analysis.present.compare_view import place_name
from analysis.present.indicators_view import Row, capital, decimals_of, figure, spoken_unit, told
from analysis.present.words import listed
from analysis.printed_families import Alike
from analysis.printed_profiles import NOT_PRINTED, PRINTED_BY
from analysis.sources.contracts import STATUS_WORDS

SIGNS = {Alike.SAME: "=", Alike.YEARS_APART: "≈", Alike.DIFFERENT: "≠", Alike.ALONE: "1"}
METHOD = """
**As printed.** Every figure is as the council's own document prints it, with its year and its place in that document:
{documents}. B&NES's strategy of 2021 prints figures of adults only, so those of its children are taken from its
assessment of 2020. Nothing was recalculated. Where a document prints several years, the newest is shown.

**What belongs together** was matched by hand, measure by measure: ages, years, and whether a figure is a count on a
day, a count over a year or a rate. Figures *can be set side by side* only with one definition, one age group and one
year. Almost none is printed with limits, so even then nothing is claimed about chance.

**Newest on one definition.** For each measure, the newest national figure held for all four councils in one
period. This is the line to compare. Follow its name for the neighbours, England and the tests. Limits are shown where
they are held.

**What it cannot say.** Which council has the greater need for early help: the documents were written for different
ends, between 2013 and 2021.
"""


def method() -> str:
    """How the profiles were matched, with the documents named (Markdown)."""
    names = {"E06000022": "B&NES", "E06000024": "North Somerset", "E06000054": "Wiltshire", "E06000006": "Halton"}
    return METHOD.format(documents="; ".join(f"{names[code]}, {PRINTED_BY[code]}" for code in FOUR))


def answer(sides: pd.DataFrame, names: Mapping[str, str]) -> tuple[str, str]:
    """How many measures two councils print, how many can be compared as printed, and which council prints none.

    `sides` is a frame of `printed_profiles.side_by_side`.
    """
    printed = sides[(sides["line"] == "printed") & (sides["status"] != NOT_PRINTED)]
    families = sides.drop_duplicates("family_id")
    shared = families[families["alike"] != Alike.ALONE]
    same = list(shared.loc[shared["alike"] == Alike.SAME, "family"])
    none = [place_name(code, names) for code in FOUR if code not in set(printed["area_code"])]
    newest = sides.loc[sides["line"] == "newest", "family_id"].nunique()
    can = "only one can" if len(same) == 1 else f"{len(same) or 'none'} can"
    first = (
        f"Of {len(shared)} measures of need that two or more of the four councils print, {can} be set side by side as "
        "printed: ages, years and definitions differ."
    )
    alike = f"That one is {same[0][0].lower()}{same[0][1:]}. " if len(same) == 1 else ""
    silent = f"{listed(none)} prints none of them. " if none else ""
    return first, (
        f"{alike}{silent}Under {newest} of the {len(families)} measures listed stands the newest figure held for all "
        "four councils on one definition. That is the line to compare."
    )


def table(held: Indicators, sides: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The families one under another as HTML: a line as printed, then a line for each newest measure."""
    councils = [place_name(code, names) for code in FOUR]
    heads = '<th role="columnheader" scope="col">Measure</th>' + "".join(
        f'<th role="columnheader" scope="col">{escape(name)}<small>{escape(PRINTED_BY[code])}</small></th>'
        for code, name in zip(FOUR, councils, strict=True)
    )
    bodies = "".join(_family(held, family, councils) for _, family in sides.groupby("family_id", sort=False))
    return (
        '<table class="atlas-rows atlas-sides" role="table"><caption>The four councils\' profiles of need</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{bodies}</table>'
    )


def _family(held: Indicators, family: pd.DataFrame, councils: Sequence[str]) -> str:
    printed, newest = (family[family["line"] == line] for line in ("printed", "newest"))
    top = printed.to_dict("records")[0]
    alike = Alike(top["alike"])
    head = (
        f'<tr role="row" class="family"><th role="rowheader" scope="rowgroup" colspan="{len(councils) + 1}">'
        f"<b>{escape(str(top['family']))}</b><span>{SIGNS[alike]} {escape(str(alike))}</span>"
        f"<small>{escape(str(top['family_note']))}</small></th></tr>"
    )
    lines = _line("As printed", "", [_all_printed(printed[printed["area_code"] == code]) for code in FOUR], councils)
    for name, rows in newest.groupby("indicator_id", sort=False):
        told_of = {str(row["area_code"]): _now(held, row) for row in rows.to_dict("records")}
        cells = [told_of.get(code, "not held") for code in FOUR]
        lines += _line(*_link(str(name), rows.to_dict("records")[0]), cells, councils)
    if newest.empty:
        lines += (
            '<tr role="row"><th role="rowheader" scope="row">Newest on one definition</th>'
            f'<td role="cell" colspan="{len(FOUR)}">none held for all four councils</td></tr>'
        )
    return f'<tbody role="rowgroup">{head}{lines}</tbody>'


def _line(head: str, note: str, cells: Sequence[str], councils: Sequence[str]) -> str:
    small = f"<small>{escape(note)}</small>" if note else ""
    body = "".join(
        f'<td role="cell" data-label="{escape(name)}">{cell}</td>' for name, cell in zip(councils, cells, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{head}{small}</th>{body}</tr>'


def _link(name: str, row: Row) -> tuple[str, str]:
    """The head of a line of newest figures, with a link to all of the measure, and what to know of it."""
    address = f"compare?{urlencode({'indicator': name})}"
    title = f'<a href="{address}" target="_self">{escape(str(row["title"]))}</a>'
    return f"Newest on one definition, {escape(str(row['period']))}: {title}", str(row["family_note"])


def _all_printed(rows: pd.DataFrame) -> str:
    return "".join(f"<div>{_printed(row)}</div>" for row in rows.to_dict("records"))


def _printed(row: Row) -> str:
    if row["status"] == NOT_PRINTED:
        return "not printed in its assessment or strategy" if row["area_code"] == COUNCIL else NOT_PRINTED
    note: str = capital(str(row["note"])) if pd.notna(row["note"]) else ""
    parts = (f"{row['title']}, {row['period']}", note, _where(row))
    where = ". ".join(part.rstrip(".") for part in parts if part)
    return f"<b>{escape(as_printed(row))}</b><small>{escape(where)}.</small>"


def _where(row: Row) -> str:
    """The place in the council's own document, whose name stands at the head of the column."""
    code, where = str(row["area_code"]), str(row["locator"])
    if code != COUNCIL:
        return capital(where.partition(f"{PRINTED_BY[code]}, ")[2] or where)
    ours = where.removeprefix("B&NES Early Help and Intervention ")
    return ours if ours != where else f"Assessment: {where}"


def as_printed(row: Row) -> str:
    """A figure with as many decimals as it is printed with and its unit, or why it is blank."""
    if pd.isna(row["value"]):
        return STATUS_WORDS[row["status"]]
    unit, text = str(row["unit"]), f"{row['value']:.6f}".rstrip("0")
    return f"{figure(row['value'], unit, len(text.partition('.')[2]))}{spoken_unit(unit)}"


def _now(held: Indicators, row: Row) -> str:
    unit = str(row["unit"])
    decimals = decimals_of(held.of(str(row["indicator_id"])), unit)
    return f"<b>{escape(told(row, unit, decimals))}{escape(spoken_unit(unit))}</b>"


def others(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The figures that belong to no family, as a table of words; `rows` is a frame of `printed_profiles.others`."""
    return pd.DataFrame(
        {
            "Measure": rows["title"],
            "Council": [place_name(str(code), names) for code in rows["area_code"]],
            "Figure": [as_printed(row) for row in rows.to_dict("records")],
            "Period": rows["period"],
            "Note": [capital(str(note)) if pd.notna(note) else "" for note in rows["note"]],
            "Where": rows["locator"],
        }
    )


def download(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The figures shown, with the name of each council and the basis of what is blank."""
    return rows.assign(area_name=rows["area_code"].map(names), basis=rows["basis"].fillna("published"))
