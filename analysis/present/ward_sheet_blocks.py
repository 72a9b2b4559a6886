"""The blocks of the one-page ward: tables of the essentials of its facts, each with its basis, period and sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.comparison import Verdict
from analysis.deprivation import DOMAINS
from analysis.editions import SHORT_COUNCIL
from analysis.present.deprivation_tables import SHORT
from analysis.present.palette import VERDICTS
from analysis.present.ward_profile_tables import Own, against_rest, difference, pockets, scored, shown, with_limits
from analysis.present.ward_sheet_block import Block, Rows, basis_of, cited, each
from analysis.present.ward_view import council_said, of, said
from analysis.present.words import number
from analysis.ward_change import AFTER, BEFORE, DIFFERENCE
from analysis.ward_deprivation import MEASURE, POCKET
from analysis.ward_indicators import ALIKE, REST
from analysis.ward_indicators import VERDICTS as BESIDE_REST

MOST_INDICATORS, MOST_OF_A_TOPIC = 8, 3
CHILD_AGES = ("0-4", "5-11", "12-15", "16-18", "0-15", "0-17")
IMD = DOMAINS["imd"]
READING = (
    "Averages are weighted by people. Tenth 1 is England's most deprived; the most deprived fifth is tenths 1 and 2."
)


def needs(facts: pd.DataFrame) -> Block:
    """Every need of the ward that may be compared."""
    rows = of(facts, "need")
    percent = "Per cent of its children"
    cells = each(
        rows,
        lambda own: (
            number(own["Count"]["value"]) if pd.notna(own["Count"]["value"]) else said(own["Count"]),
            said(own[percent]) if percent in own else "everybody",
            council_said(own[percent]) if percent in own else "",
        ),
    )
    heads = ("", "Children", "Of its children (95% limits)", SHORT_COUNCIL)
    return Block("Need", "", basis_of(rows), heads, cells, sources=cited(rows))


def provision(facts: pd.DataFrame) -> Block:
    """What there is against the ward's share of the need in scope, with the verdict."""
    rows = of(facts, "provision")
    return Block(
        "Provision against its share of need",
        "",
        basis_of(rows),
        ("", "Here", "Expected", "Over its share", "Verdict"),
        each(rows, _compared),
        "Over its share: below 1 is less than its share of need. Places within reach are never certain.",
        cited(rows),
    )


def _compared(own: Own) -> tuple[str, ...]:
    ratio = own.get("Provision over its share")
    if ratio is None:
        return "–", "–", "–", next(iter(own.values()))["note"]
    verdict = VERDICTS[Verdict(ratio["note"])]
    figures = (own["Provision"], own["Expected at its share of need"], ratio)
    return *(_said_or_dash(figure) for figure in figures), f"{verdict.symbol} {verdict.label}"


def _said_or_dash(figure: pd.Series) -> str:
    """A figure, or what it cannot exceed; a dash where neither is known, for the verdict beside it says why."""
    return "–" if figure[["value", "upper"]].isna().all() else said(figure)


def low_income(facts: pd.DataFrame) -> Block:
    """Children in low-income families in the first and the newest year published."""
    rows = of(facts, "low_income")
    years = sorted({label.split()[-1] for label in rows["label"]})
    first, last = years[0], years[-1]
    cells = each(
        rows,
        lambda own: (
            *(said(own[f"Per cent in {year}"]) if f"Per cent in {year}" in own else "not published" for year in years),
            council_said(own[f"Per cent in {last}"]),
        ),
    )
    period = f"years to March {first} to {last}, provisional"
    heads = ("Per cent of children", *years, f"{SHORT_COUNCIL} {last}")
    return Block("Children in low-income families", period, basis_of(rows), heads, cells, sources=cited(rows))


def toxic_trio(facts: pd.DataFrame) -> Block:
    """Parents known to services with toxic-trio needs, published or modelled, within bounds."""
    rows = of(facts, "toxic_trio")
    cells = each(
        rows,
        lambda own: (
            said(own["Parents known to services"]),
            f"{said(own['At least'])} to {said(own['At most'])}",
            council_said(own["Parents known to services"]),
        ),
    )
    return Block(
        "Toxic trio",
        "2016/17",
        basis_of(rows),
        ("Parents with", "Known to services", "Cannot be outside", SHORT_COUNCIL),
        cells,
        "The source's term for domestic abuse, parental mental ill-health and substance misuse in one family; it is "
        "contested. Parents already in services: never rated or ranked.",
        cited(rows),
    )


def children(facts: pd.DataFrame) -> Block:
    """Children by age beside the council."""
    rows = of(facts, "children")
    own = {str(row["label"]): row for _, row in rows.iterrows()}
    cells: Rows = [
        (
            f"Ages {band}",
            said(own[f"Ages {band}"]),
            said(own[f"Ages {band}, share of residents"]),
            council_said(own[f"Ages {band}, share of residents"]),
        )
        for band in CHILD_AGES
        if f"Ages {band}" in own
    ] or [(str(label), said(row), "", "") for label, row in own.items()]
    heads = ("", "Here", "Of residents", SHORT_COUNCIL)
    return Block("Its children", str(rows["period"].iloc[0]), basis_of(rows), heads, cells, sources=cited(rows))


def reach(facts: pd.DataFrame) -> Block:
    """Places that stand in the ward, and how far its children are from the nearest."""
    inside = {str(row["group"]): row for _, row in of(facts, "located").iterrows()}
    rows = of(facts, "reach")
    cells = each(
        rows,
        lambda own: tuple(
            f"{said(fact)} ({council_said(fact)})" for label, fact in own.items() if label.startswith("Minutes")
        ),
    )
    full: Rows = [(group, said(inside[group]), *minutes) for group, *minutes in cells]
    lists = ", ".join(f"{group} {row['period'].split()[-1]}" for group, row in inside.items())
    return Block(
        "Places within reach of its children",
        f"lists of: {lists}",
        basis_of(rows),
        ("", "In the ward", f"Minutes on foot ({SHORT_COUNCIL})", f"By bus ({SHORT_COUNCIL})"),
        full,
        "To the nearest: straight line times 1.3. In the ward is not the same as serving it.",
        cited(pd.concat([of(facts, "located"), rows])),
    )


def deprivation(facts: pd.DataFrame) -> Block:
    """Every domain with the range inside the ward, and its pockets by name."""
    rows = of(facts, "domains")
    later = rows["label"][rows["label"].str.startswith(MEASURE)].iloc[0].rsplit(" ", 1)[1]
    short = {DOMAINS[domain]: words for domain, words in SHORT.items()}
    cells = [
        (short[group], *rest)
        for group, *rest in each(
            rows.assign(basis="modelled"),
            lambda own: (
                scored(own, later),
                _tenths(own, later),
                pockets(own, later, named=False),
            ),
        )
    ]
    return Block(
        "Deprivation, and its pockets",
        f"Indices of Deprivation {later}",
        "tenths published, averages modelled by us",
        (
            "",
            f"{MEASURE.replace(', weighted by people', '')} ({SHORT_COUNCIL})",
            "Tenths inside",
            "In most deprived fifth",
        ),
        cells,
        f"{_pockets_named(rows, short, later)} {READING}",
        cited(rows),
    )


def _tenths(own: Own, year: str) -> str:
    worst, best = own[f"Most deprived neighbourhood, {year}"], own[f"Least deprived neighbourhood, {year}"]
    return "not held" if pd.isna(worst["value"]) else f"{number(worst['value'])} to {number(best['value'])}"


def _pockets_named(rows: pd.DataFrame, short: Mapping[str, str], year: str) -> str:
    """The pockets on IMD, then those that only other domains show, each with those domains."""
    fifth = rows[(rows["label"] == f"Neighbourhoods {POCKET}, {year}") & rows["value"].notna()]
    notes = dict(zip(fifth["group"], fifth["note"], strict=True))
    known = IMD in notes
    on_imd = notes.pop(IMD, "")
    others: dict[str, list[str]] = {}
    for group, note in notes.items():
        for name in [one.rsplit(", tenth", 1)[0] for one in note.split("; ") if one and one not in on_imd]:
            if name not in on_imd:
                others.setdefault(name, []).append(short[group])
    also = "; ".join(f"{name}: {', '.join(found)}" for name, found in others.items())
    none = "No pocket on IMD." if known else "Whether it holds a pocket on IMD is not known."
    first = f"Pockets on IMD: {on_imd}." if on_imd else none
    return f"{first} On other domains only: {also}." if also else first


def indicators(facts: pd.DataFrame, more_is_worse: Collection[str]) -> Block:
    """Indicators apart from the rest of the council, furthest first for the width of their limits, three a topic.

    Only those of which more is worse; how this ward fares is not rated all the same.
    """
    rows = of(facts, "indicators")
    tested = (rows["label"] == REST) & rows["note"].isin(BESIDE_REST) & rows["indicator_id"].isin(more_is_worse)
    beside = rows[tested].set_index("indicator_id")
    apart = beside[beside["note"] != ALIKE]
    same = apart["unit"].eq("times the rest").astype(float)
    distance = (apart["value"] - same).abs() / (apart["upper"] - apart["lower"])
    furthest = apart.loc[distance.sort_values(ascending=False).index]
    chosen = list(furthest.index[furthest.groupby("group").cumcount() < MOST_OF_A_TOPIC][:MOST_INDICATORS])
    figures = rows[rows["label"] != REST].set_index("indicator_id")
    nationally = bool(figures.loc[chosen, "england"].notna().any())
    cells = [_indicator(figures.loc[name], beside.loc[name], nationally=nationally) for name in chosen]
    england = "" if nationally else " No figure of England is held beside them."
    return Block(
        f"Indicators apart from the rest of {SHORT_COUNCIL}",
        ", ".join(sorted(set(figures.loc[chosen, "period"]))),
        basis_of(figures.loc[chosen]) if chosen else "none",
        ("", "Here (95% limits)", SHORT_COUNCIL, *(["England"] if nationally else []), "Beside the rest (95% limits)"),
        cells,
        f"Of {len(beside)} tested of which more is worse, {len(apart)} stand apart, statistically, at 95% (at most "
        f"three a topic here); about one in twenty would by chance. Figures of a small area: none is rated.{england}",
        cited(figures.loc[chosen]),
    )


def _indicator(figure: pd.Series, beside: pd.Series, *, nationally: bool) -> tuple[str, ...]:
    title = str(figure["label"]).removesuffix(f", {figure['period']}")
    council, england = (shown(figure[name], figure["unit"]) for name in ("council", "england"))
    compared = (council, england) if nationally else (council,)
    return title, with_limits(figure.to_dict()), *compared, against_rest(beside)


def changes(facts: pd.DataFrame) -> Block:
    """What changed on the same ground, where it may be compared."""
    rows = of(facts, "changes")
    comparable = rows[rows["group"].isin(rows.loc[rows["label"] == BEFORE, "group"])]
    cells = each(comparable, lambda own: (said(own[BEFORE]), said(own[AFTER]), _short(own[DIFFERENCE])))
    return Block(
        "What changed on the same ground",
        "",
        basis_of(comparable),
        ("", "Before", "After", "Difference (95% limits)"),
        cells,
        "Places and services are not compared between editions: their lists were not made alike, or are the same.",
        cited(comparable),
    )


def _short(fact: pd.Series) -> str:
    return difference(fact).split("; of ", 1)[0].split(" that are the same", 1)[0]
