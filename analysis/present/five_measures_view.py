"""The five measures of deprivation as sentences, map classes, tooltips and tables; each is always named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import pandas as pd

from analysis.deprivation import NEIGHBOURHOODS_IN_ENGLAND, RATES, pocket_wards
from analysis.five_measures import MEASURES, PEOPLE, Measure, leaders, moved_furthest
from analysis.present.bands import Banded
from analysis.present.deprivation_tables import PAPER
from analysis.present.deprivation_view import fifths, show_score, with_width
from analysis.present.html_tables import framed
from analysis.present.palette import NO_VALUE, SEQUENCE_DARK, SEQUENCE_LIGHT, Class, theme
from analysis.present.words import listed, number

SHOWN = {**MEASURES, PEOPLE.id: PEOPLE}
STEPS = tuple(
    Class(words, symbol, SEQUENCE_LIGHT[place], SEQUENCE_DARK[place])
    for place, (words, symbol) in enumerate(
        (
            ("None", "0"),
            ("Some, under a quarter", "<¼"),
            ("A quarter to under half", "¼"),
            ("Half to under three quarters", "½"),
            ("Three quarters or more", "¾"),
        )
    )
)
EDGES = (0.25, 0.5, 0.75)
UNPLACED = (
    "The line joins a ward's highest place and its lowest. With none of a share it has no place by it and no mark."
)


def named(measure: Measure) -> str:
    """A measure inside a sentence."""
    return measure.title[0].lower() + measure.title[1:]


def ordinal(place: float) -> str:
    """A place as people say it: 1st, 22nd, 113th."""
    whole = int(place)
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def show(measure: Measure, value: float, domain: str) -> str:
    """A value of a measure as people read it."""
    if measure.id == "score":
        return show_score(value, domain)
    if pd.isna(value):
        return "–"
    if measure.share:
        return f"{number(100 * value, 1)}%" if value else "0%"
    return number(value)


def ward_sentence(placed: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which ward leads by which measure, and the ward whose place depends most on the choice.

    `placed` are the rows of `five_measures.places`.
    """
    wards = placed["area_code"].nunique()
    return f"{_leading(leaders(placed), names)} {_moving(moved_furthest(placed), names, wards)}"


def _leading(first: Mapping[str, list[str]], names: Mapping[str, str]) -> str:
    by_ward: dict[str, list[str]] = {}
    for measure, codes in first.items():
        by_ward.setdefault(listed([names[code] for code in codes]), []).append(named(MEASURES[measure]))
    if len(by_ward) == 1:
        count = (
            "all five measures"
            if len(first) == len(MEASURES)
            else f"each of the {_count(len(first))} measures that can tell"
        )
        return f"By {count} the most deprived ward is {next(iter(by_ward))}."
    told = [f"{ward} by {listed(measures)}" for ward, measures in by_ward.items()]
    return f"The most deprived ward is {'; '.join(told)}."


def _moving(rows: pd.DataFrame | None, names: Mapping[str, str], wards: int) -> str:
    if rows is None:
        return "No ward's place depends on the choice."
    told = [f"{ordinal(row['place'])} by {named(MEASURES[row['measure']])}" for row in rows.to_dict("records")]
    ward = names[rows["area_code"].iloc[0]]
    return f"The choice of measure moves {ward} furthest: of {wards} wards it stands {told[0]} and {told[-1]}."


def council_sentence(council: pd.DataFrame, domain: str, name: str) -> str:
    """Where the ranks we hold place a council, each by its measure. `council` is of `five_measures.of_council`."""
    held = council[council["rank"].notna()].sort_values("rank")
    if held.empty:
        return f"No rank of {name} among English councils was in the copies we could read."
    told = listed([f"{ordinal(row['rank'])} by {named(MEASURES[row['measure']])}" for row in held.to_dict("records")])
    of_all = f"of {held['councils'].iloc[0]} English councils, 1st being the most deprived"
    without = listed([named(MEASURES[measure]) for measure in council.loc[council["rank"].isna(), "measure"]])
    if len(held) == 1:
        return f"{name} stands {told} ({of_all}). No rank by {without} was in the copies we could read."
    why = "are published for all domains together only" if domain != "imd" else "were not in the copies we could read"
    first, last = ordinal(held["rank"].iloc[0]), ordinal(held["rank"].iloc[-1])
    return (
        f"Of the five measures, {_count(len(held))} have a published rank that we hold. They place {name} "
        f"anywhere from {first} to {last} {of_all}: {told}. Ranks by {without} {why}."
    )


def _count(measures: int) -> str:
    return ("no", "one", "two", "three", "four", "five")[measures]


def council_table(council: pd.DataFrame, domain: str) -> pd.DataFrame:
    """The council by each measure, ours beside what was published; the column `worse` says which way is worse."""
    return pd.DataFrame([_council_row(MEASURES[row["measure"]], row, domain) for row in council.to_dict("records")])


def _council_row(measure: Measure, row: dict[Hashable, Any], domain: str) -> dict[str, str]:
    return {
        "Measure": measure.title,
        "worse": measure.worse,
        "Worked out here": "no scores" if pd.isna(row["worked_out"]) else show(measure, row["worked_out"], domain),
        "Published by MHCLG": row["reason"] or show(measure, row["published"], domain),
        "Published rank": "not held" if pd.isna(row["rank"]) else f"{ordinal(row['rank'])} of {row['councils']}",
    }


def order(wards: pd.DataFrame) -> Measure:
    """The measure wards are listed by: average score, or average rank where there are no scores."""
    return MEASURES["score"] if wards["score"].notna().all() else MEASURES["rank"]


def listed_by(wards: pd.DataFrame, year: int) -> str:
    """In what order wards are listed, and what the ranks are of."""
    return (
        f"In the order of {named(order(wards))}, the most deprived first. Ranks are among the "
        f"{NEIGHBOURHOODS_IN_ENGLAND[year]:,} neighbourhoods of England."
    )


def meanings() -> str:
    """Every measure with which way is worse and what it says, as a list (Markdown)."""
    return "\n".join(f"- **{item.title}** ({item.worse}). {item.meaning}" for item in SHOWN.values())


def ward_table(wards: pd.DataFrame, domain: str, dark: bool) -> str:
    """Every ward by every measure as an HTML table, each head with its full name and which way is worse.

    `wards` are those of `deprivation.by_ward` with area_name.
    """
    by = order(wards)
    heads = "".join(
        f'<th scope="col">{escape(measure.title)}<small>{escape(measure.worse)}</small></th>'
        for measure in SHOWN.values()
    )
    hidden = set(pocket_wards(wards)["area_code"])
    ordered = wards.sort_values(by.column, ascending=False)
    body = "".join(_line(row, domain, row["area_code"] in hidden) for _, row in ordered.iterrows())
    return framed(
        "Every ward by each measure",
        f'<table class="atlas-table atlas-measures" style="--paper:{PAPER[theme(dark)]}">'
        "<caption>Every ward by each measure</caption>"
        f'<thead><tr><th scope="col">Ward</th>{heads}</tr></thead><tbody>{body}</tbody></table>',
    )


def _line(row: pd.Series, domain: str, pocket: bool) -> str:
    cells = "".join(f"<td>{escape(_cell(measure, row, domain))}</td>" for measure in SHOWN.values())
    flag = f"<small>⚑ holds a pocket: {_pockets(row)}</small>" if pocket else ""
    return f'<tr><th scope="row">{escape(row["area_name"])}{flag}</th>{cells}</tr>'


def _pockets(row: pd.Series) -> str:
    return f"{row['pockets']} of {row['neighbourhoods']} neighbourhoods in England's most deprived fifth"


def _cell(measure: Measure, row: pd.Series, domain: str) -> str:
    if measure.id == "score":
        return with_width(row["score"], row["give_or_take"], domain) if row["status"] == "ok" else "no scores"
    value = show(measure, row[measure.column], domain)
    if measure.id == "tenth":
        return f"{value} ({round(row[measure.column] * row['neighbourhoods'])} of {row['neighbourhoods']})"
    return value


def bands(wards: pd.DataFrame, domain: str, measure: Measure) -> Banded:
    """Map classes of wards: fixed steps for shares, so that none stays apart from some; else fifths of the wards."""
    values = wards.set_index("area_code")[measure.column]
    if not measure.share:
        return fifths(values, lambda value: show(measure, value, domain))
    return Banded(
        (*reversed(STEPS), NO_VALUE),
        {str(code): NO_VALUE if pd.isna(value) else STEPS[_step(value)] for code, value in values.items()},
    )


def _step(share: float) -> int:
    return int(share > 0) + sum(share >= edge for edge in EDGES)


def tooltip(row: pd.Series, measure: Measure, domain: str) -> str:
    """What a ward says of one measure when pointed at."""
    return f"{measure.title}: {_cell(measure, row, domain)} ({measure.worse})"


def download(wards: pd.DataFrame, year: int, domain: str) -> pd.DataFrame:
    """Every ward by every measure for a spreadsheet: unrounded, with why a score is blank."""
    columns = [measure.column for measure in SHOWN.values()]
    kept = ["area_code", "area_name", "neighbourhoods", "population", *columns, "give_or_take", "pockets"]
    return wards[[*kept, "status", "blank_reason"]].assign(
        iod_year=year, domain=domain, neighbourhoods_ranked=NEIGHBOURHOODS_IN_ENGLAND[year]
    )


def caution(wards: pd.DataFrame, domain: str) -> str:
    """What to keep in mind about any of the measures."""
    fewest, most = wards["neighbourhoods"].min(), wards["neighbourhoods"].max()
    rate = (
        " This index is itself a share of people: read its average score, a per cent, first. Its average rank and "
        "local concentration are of places in a ranking, not of people."
        if domain in RATES
        else ""
    )
    return (
        "A measure sums up scores or ranks that the publisher gives no limits for, so wards that stand close together "
        f"cannot be told apart. A ward has {fewest} to {most} neighbourhoods, so one of them can move extent, the "
        f"proportion and local concentration a long way.{rate}"
    )


METHOD = (
    "**The five measures** are those the Ministry of Housing, Communities and Local Government (MHCLG) sums "
    "neighbourhoods up by for councils; here the same sums are made for wards. *Average score* and *average rank* are "
    "means over people; ranks are reversed first, so that larger is more deprived. *Proportion* counts neighbourhoods "
    "in England's most deprived tenth, whatever their size; the share of people beside it is another figure. *Extent* "
    "counts everybody in the most deprived tenth, then 95% of people in the next hundredth, falling evenly to 5% at "
    "the thirtieth, and nobody beyond. *Local concentration* takes exactly the most deprived tenth of the ward's own "
    "people, the last neighbourhood in part, and gives their mean reversed rank. For the council our average ranks "
    "come within one place of those published for 2019, and within 60 of 33,755 for 2025, when Census 2021 residents "
    "of about the same ages stand in for populations that are not published. Measures made of ranks are given even "
    "where scores are blank."
)
