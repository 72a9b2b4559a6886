"""Deprivation as sentences, map classes, tooltips and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.deprivation import RATES, pocket_wards
from analysis.present.bands import Banded, equal_count
from analysis.present.palette import NO_VALUE, Class
from analysis.present.words import listed, number

PHRASES = {
    "imd": "on the Index of Multiple Deprivation (IMD)",
    "idaci": "for children in income-deprived families (IDACI)",
    "idaopi": "for older people in income-deprived families (IDAOPI)",
    "income": "for income",
    "employment": "for employment",
    "education": "for education, skills and training",
    "health": "for health and disability",
    "crime": "for crime",
    "barriers": "for barriers to housing and services",
    "living_env": "for living environment",
}
LONG = {
    "imd": "Index of Multiple Deprivation: seven domains together",
    "idaci": "Income Deprivation Affecting Children Index: share of children aged 0-15 in families on low income",
    "idaopi": "Income Deprivation Affecting Older People Index: share of people aged 60 and over on low income",
    "income": "income domain: share of people in families on low income",
    "employment": "employment domain: share of working-age people kept out of work",
    "education": "education, skills and training domain: attainment and skills of children and adults",
    "health": "health and disability domain: risk of early death and poor quality of life",
    "crime": "crime domain: risk of being a victim at local level",
    "barriers": "barriers to housing and services domain: distance from services, and access to housing",
    "living_env": "living environment domain: quality of housing, air and roads",
}
PERIODS = {
    2015: "English Indices of Deprivation 2015 (mostly 2012/13 data)",
    2019: "English Indices of Deprivation 2019 (mostly 2015/16 data)",
    2025: "English Indices of Deprivation 2025",
}
_DECILE_LIGHT = (
    "#7a3d12",
    "#b0702b",
    "#e3cf9f",
    "#e6d6ae",
    "#e9ddbc",
    "#ece2c9",
    "#efe7d4",
    "#f1ebdc",
    "#f3efe4",
    "#f7f4ec",
)
_DECILE_DARK = (
    "#ffd08a",
    "#cf9a4f",
    "#5e5236",
    "#564d37",
    "#4e4838",
    "#464338",
    "#3f3f39",
    "#383b3a",
    "#32373a",
    "#2c343a",
)
_ORDINALS = ("Most deprived tenth", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "Least deprived tenth")

DECILES = tuple(
    Class(words, str(place + 1), _DECILE_LIGHT[place], _DECILE_DARK[place]) for place, words in enumerate(_ORDINALS)
)


def answer(rows: pd.DataFrame, year: int, domain: str, wards: pd.DataFrame | None, council: str) -> tuple[str, str]:
    """How many neighbourhoods of a council stand in the most deprived fifth of England and where; then the pockets.

    `rows` are those of `deprivation.placed`; `wards` those of `deprivation.by_ward`, None where not summed.
    """
    pockets = rows[rows["pocket"]]
    first = f"{_of_all(len(pockets), len(rows), council)} {PHRASES[domain]}, {year}"
    places = pockets["ward_name"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    lost = int(pockets["ward_name"].isna().sum())
    elsewhere = [f"{lost} in neighbourhoods whose ward of today is not published"] if lost else []
    where = listed([*(f"{count} in {name}" for name, count in places.items()), *elsewhere])
    return (f"{first}: {where}." if len(pockets) else f"{first}."), _hidden(wards, rows)


def _of_all(found: int, total: int, council: str) -> str:
    who = "None" if found == 0 else number(found)
    verb = "stands" if found == 1 else "stand"
    return f"{who} of the {total} neighbourhoods of {council} {verb} in the most deprived fifth of England"


def _hidden(wards: pd.DataFrame | None, rows: pd.DataFrame) -> str:
    if wards is None:
        return ""
    found = pocket_wards(wards)
    if found.empty:
        return "No ward hides one behind a better-off majority." if wards["pockets"].any() else ""
    if len(found) > 3:
        names = listed([_ward_name(rows, code) for code in found["area_code"]], most=12)
        return f"Pockets an average would hide: {names} each hold one although at least half of them is better off."
    return " ".join(_pocket(ward, rows) for _, ward in found.iterrows())


def _pocket(ward: pd.Series, rows: pd.DataFrame) -> str:
    inside = rows[(rows["ward_code"] == ward["area_code"]) & rows["pocket"]].sort_values("decile")
    where = listed(
        [f"{row.name_} (tenth {row.decile})" for row in inside.rename(columns={"name": "name_"}).itertuples()]
    )
    few = f"{ward['pockets']} of its {ward['neighbourhoods']} neighbourhoods"
    average = f" while its average would stand in tenth {standing(ward)}" if ward["mean_decile_from"] else ""
    return f"{_ward_name(rows, ward['area_code'])} holds a pocket: {few}, {where}, is among them{average}.".replace(
        "is among", "is among" if ward["pockets"] == 1 else "are among"
    )


def standing(ward: pd.Series) -> str:
    """The national tenth a ward's average would stand in, in words."""
    first, last = int(ward["mean_decile_from"]), int(ward["mean_decile_to"])
    if first == 0:
        return "not known"
    return str(first) if first == last else f"{first} to {last}"


def _ward_name(rows: pd.DataFrame, code: str) -> str:
    return str(rows.loc[rows["ward_code"] == code, "ward_name"].iloc[0])


def show_score(value: float, domain: str) -> str:
    """A score as people read it: a per cent for rates, two decimals for crime and health, else one."""
    if pd.isna(value):
        return "–"
    if domain in RATES:
        return f"{number(100 * value, 1)}%"
    return number(value, 2 if domain in ("crime", "health") else 1)


def with_width(value: float, width: float, domain: str) -> str:
    """A score and, where it is our estimate, how far off it can be."""
    shown = show_score(value, domain)
    if pd.isna(value) or pd.isna(width) or width == 0:
        return shown
    scale, decimals, unit = (100, 2, " points") if domain in RATES else (1, 4, "")
    least = 10.0**-decimals
    given = f"under {least:.{decimals}f}" if scale * width < least else f"{scale * width:.{decimals}f}"
    return f"{shown}, give or take {given}{unit}"


def by_decile(rows: pd.DataFrame) -> Banded:
    """Map classes of neighbourhoods (`deprivation.placed`) or wards (`worst_decile` as decile)."""
    return Banded(
        (*DECILES, NO_VALUE), {str(row["area_code"]): DECILES[row["decile"] - 1] for row in rows.to_dict("records")}
    )


def fifths(values: pd.Series, show: Callable[[float], str]) -> Banded:
    """Map classes of wards: fifths of the council's wards by a value that is larger where deprived, 1 the most."""
    banded = equal_count(values, show)
    turned = {item: _turned(item) for item in banded.classes}
    return Banded(tuple(turned.values()), {code: turned[item] for code, item in banded.members.items()})


def _turned(item: Class) -> Class:
    if item == NO_VALUE:
        return item
    place = 6 - int(item.symbol)
    return replace(item, symbol=str(place), label=f"{_FIFTHS[place - 1]}: {item.label}")


_FIFTHS = ("Most deprived fifth of wards", "Second", "Third", "Fourth", "Least deprived fifth of wards")


def tooltips(rows: pd.DataFrame, domain: str) -> dict[str, list[str]]:
    """What a neighbourhood says when pointed at: its local name, its ward, its tenth and its score."""
    return {
        row["area_code"]: [
            str(row["name"]),
            f"In {row['ward_name']} ward (best fit)",
            f"National tenth {row['decile']}{', a pocket of deprivation' if row['pocket'] else ''}",
            _scored(row, domain),
        ]
        for _, row in rows.iterrows()
    }


def _scored(row: pd.Series, domain: str) -> str:
    if pd.isna(row["score"]):
        return "Score: none in the copies we could read"
    kind = "our estimate" if row["basis"] == "modelled" else "published"
    return f"Score: {with_width(row['score'], row['score_half_width'], domain)} ({kind})"


def ward_tooltips(wards: pd.DataFrame, domain: str) -> dict[str, list[str]]:
    """What a ward says when pointed at."""
    return {
        row["area_code"]: [
            f"Average score: {with_width(row['score'], row['give_or_take'], domain)}"
            if row["status"] == "ok"
            else f"No average score. {row['blank_reason']}",
            f"Most deprived neighbourhood: national tenth {row['worst_decile']}",
            f"{row['pockets']} of {row['neighbourhoods']} neighbourhoods in England's most deprived fifth",
        ]
        for _, row in wards.iterrows()
    }


def spoken(banded: Banded, noun: str) -> str:
    """What a screen reader hears of the whole map."""
    counted = ", ".join(f"{item.label}: {count}" for item, count in banded.counts().items())
    return f"Map of {noun} by deprivation. {counted}. The same figures are in the table below."


def shown_in_words(rows: pd.DataFrame, year: int, domain: str, by_ward: bool, wards: str) -> str:
    """Under the answer: what is shown, of when, on which areas, and what kind of figure it is (Markdown)."""
    kinds = set(rows["basis"].where(rows["score"].notna(), "none"))
    scores = {
        "published": "Scores, tenths: published.",
        "modelled": "Tenths: published. Scores: our estimates from published ranks.",
        "none": f"Tenths: published. {rows['blank_reason'].dropna().iloc[0] if 'none' in kinds else ''}",
    }[kinds.pop() if len(kinds) == 1 else "modelled"]
    areas = f"{len(rows)} neighbourhoods (lower-layer super output areas, LSOAs, of {2021 if year == 2025 else 2011})"
    summed = f", summed by best fit to {wards}" if by_ward else f", each named with its best fit among {wards}"
    return f"**{PERIODS[year]}**, {LONG[domain]}. {areas}{summed}. {scores}"


def left_out(moved: pd.DataFrame, rows: pd.DataFrame) -> str:
    """How many neighbourhoods of the later edition, `rows`, a comparison `moved` leaves out, if any."""
    out = len(rows) - len(moved)
    if out == 0:
        return ""
    return f" The {out} neighbourhoods of 2021 that are not the same place as one of 2011 are left out."


def moved_sentence(found: dict[str, int], earlier: int, later: int) -> str:
    """What changed between two editions, with how much of it is slight."""
    changed = found["worse"] + found["better"]
    return (
        f"Of {found['compared']} neighbourhoods that can be compared, {found['worse']} moved at least one tenth "
        f"towards more deprived between {earlier} and {later}, {found['better']} towards less, and {found['same']} "
        "stayed. "
        f"{found['slight']} of the {changed} that changed tenth moved by less than half a tenth. "
        f"{found['into']} came into England's most deprived fifth and {found['out_of']} left it."
    )


def printed_sentence(both: pd.DataFrame, totals: tuple[int, int, float]) -> str:
    """How far the printed ward figures lie from those rebuilt: the largest difference first."""
    largest = both.iloc[0]
    count = both.sort_values("count_difference", key=abs).iloc[-1]
    printed, summed, rebuilt = totals
    return (
        f"The largest difference is {abs(largest['percent_difference']):.2f} of a percentage point "
        f"({largest['area_name']}) and {abs(count['count_difference']):.2f} of a child ({count['area_name']}): "
        f"rounding, and nothing else. The printed wards add up to {summed:,}, the council's own line says {printed:,}, "
        f"and the neighbourhoods give {rebuilt:,.1f}."
    )
