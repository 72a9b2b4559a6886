"""One ward as a sentence, warnings and tables for reading, all made from its facts (`analysis.ward.profile`)."""

from __future__ import annotations

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import SHORT_COUNCIL
from analysis.present.palette import BASIS_WORDS, VERDICTS
from analysis.present.words import limits, listed, number, power_sentence
from analysis.ward_places import POCKET, SAME_PLACE

_DECIMALS = {"%": 1, "ratio": 2, "minutes": 0, "per 1,000 children": 2, "national tenth": 0, "imd score": 1,
             "idaci score": 3, "libraries": 1, "GP surgeries": 1, "play spaces": 1, "schools": 1}
_UNITS = {"%": "%"}


def said(fact: pd.Series) -> str:
    """A fact as people read it: the figure with its limits, or why there is none."""
    decimals, unit = _DECIMALS.get(fact["unit"], 0), _UNITS.get(fact["unit"], "")
    if pd.isna(fact["value"]):
        bound = f"at most {number(fact['upper'], decimals)}" if pd.notna(fact["upper"]) else ""
        return bound or (fact["note"] if fact["note"] else "no figure")
    shown = f"{number(fact['value'], decimals)}{unit}"
    if pd.isna(fact["lower"]) or pd.isna(fact["upper"]):
        return shown
    return f"{shown} ({number(fact['lower'], decimals)} to {number(fact['upper'], decimals)})"


def council_said(fact: pd.Series) -> str:
    """The same figure for the whole council."""
    if pd.isna(fact["council"]):
        return ""
    return f"{number(fact['council'], _DECIMALS.get(fact['unit'], 0))}{_UNITS.get(fact['unit'], '')}"


def of(facts: pd.DataFrame, section: str) -> pd.DataFrame:
    """The facts of one section."""
    return facts[facts["section"] == section].reset_index(drop=True)


def summary(facts: pd.DataFrame, name: str, need_title: str, short: str) -> tuple[str, str]:
    """The ward in a sentence: its need beside the council's and its pockets; then how provision compares."""
    mine = of(facts, "need").query("group == @need_title").set_index("label")
    return f"{_need_clause(mine, name, short)}{_pocket_clause(of(facts, 'deprivation'))}", _provision_clause(facts)


def _need_clause(mine: pd.DataFrame, name: str, short: str) -> str:
    count = mine.loc["Count"]
    if pd.isna(count["value"]):
        return f"How many {short} live in {name} is not known ({count['note']})"
    if "Per cent of its children" not in mine.index:
        share = mine.loc["Share of the council's total", "value"]
        return f"{name} is home to {number(count['value'])} {short}, {share:.1f}% of those in {SHORT_COUNCIL}"
    row = mine.loc["Per cent of its children"]
    return (
        f"{name} has {number(count['value'])} {short}: {row['value']:.1f}% of its children "
        f"({row['lower']:.1f} to {row['upper']:.1f}), {_against(row)}"
    )


def _against(row: pd.Series) -> str:
    where = "above" if row["lower"] > row["council"] else "below" if row["upper"] < row["council"] else "not clearly apart from"
    return f"{where} the {row['council']:.1f}% of {SHORT_COUNCIL}"


def _pocket_clause(facts: pd.DataFrame) -> str:
    newest = facts[facts["label"].str.startswith("IMD tenth")]
    newest = newest[newest["label"] == newest["label"].max()]
    inside, total = int((newest["note"] == POCKET).sum()), len(newest)
    year = newest["label"].iloc[0].split()[-1]
    few = f"{inside} of its {total} neighbourhoods" if inside else f"none of its {total} neighbourhoods"
    return f"; {few} {'stands' if inside < 2 else 'stand'} in England's most deprived fifth (IMD {year})."


def _provision_clause(facts: pd.DataFrame) -> str:
    rows = of(facts, "provision")
    rows = rows[(rows["label"] == "Provision over its share") & (rows["basis"] != "illustrative")]
    phrases = [
        f"{VERDICTS[verdict].label.lower()}: {listed([group[0].lower() + group[1:] if group[1].islower() else group for group in found], 6)}"
        for verdict in Verdict
        if (found := list(rows.loc[rows["note"] == verdict, "group"]))
    ]
    return f"Provision set against that need is {'; '.join(phrases)}." if phrases else ""


def name_warning(name: str, years: str, overlap: float | None) -> str | None:
    """A warning when the other vintage has a ward of the same name that is a different place; None when it is not."""
    if overlap is None or overlap >= SAME_PLACE:
        return None
    shared = "no ground" if overlap == 0 else f"only {100 * overlap:.0f}% of their ground together"
    return (
        f"There was and is more than one {name}. The ward of this name {years} is a different place: the two share {shared}. "
        "Figures for one say nothing of the other."
    )


def need_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Every need lens: count, per cent with limits, the council's, and share."""
    return _tabled(of(facts, "need"), "Need", lambda own: {
        "Count": said(own["Count"]),
        "Per cent of its children": said(own["Per cent of its children"]) if "Per cent of its children" in own else "everybody",
        f"{SHORT_COUNCIL}": council_said(own.get("Per cent of its children", own["Count"])),
        "Share of the council's total": said(own["Share of the council's total"]),
    })


def provision_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Every provision lens against the need in scope, with verdict, ratio and places short."""
    return _tabled(of(facts, "provision"), "Provision", _compared)


def _compared(own: dict[str, pd.Series]) -> dict[str, str]:
    ratio = own["Provision over its share"]
    worst = own.get("Provision over its share, worst case of the rounding")
    verdict = VERDICTS[Verdict(ratio["note"])]
    beside = f"; worst case of the rounding {worst['lower']:.2f} to {worst['upper']:.2f}" if worst is not None else ""
    provided = own["Provision"]
    return {
        "Verdict": f"{verdict.symbol} {verdict.label}",
        "Here": f"{_provided(provided)} {provided['unit']}",
        "Expected at its share of need": said(own["Expected at its share of need"]),
        "Over its share": f"{said(ratio)}{beside}",
        "Short of its share": _short(own["Short of its share"]),
        "What it could show": _power(own),
    }


def _provided(fact: pd.Series) -> str:
    return f"not published; {said(fact)}" if pd.isna(fact["value"]) else said(fact)


def _short(fact: pd.Series) -> str:
    if pd.isna(fact["value"]) and pd.notna(fact["lower"]):
        return f"at least {number(fact['lower'], _DECIMALS.get(fact['unit'], 0))}"
    return "not known" if pd.isna(fact["value"]) else said(fact)


def _power(own: dict[str, pd.Series]) -> str:
    if "Chance of noticing a true shortfall of 30%" not in own:
        return ""
    return power_sentence(float(own["Expected at its share of need"]["value"]))


def toxic_trio_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Parents known to services: published or modelled, with limits and bounds."""
    return _tabled(of(facts, "toxic_trio"), "Parents with", lambda own: {
        "Known to services": said(own["Parents known to services"]),
        "Cannot be outside": f"{said(own['At least'])} to {said(own['At most'])}",
        f"Of all known in {SHORT_COUNCIL}": council_said(own["Parents known to services"]),
        "How it is known": f"{BASIS_WORDS[own['At most']['basis']]}; {own['At most']['note']}",
    })


def deprivation_table(facts: pd.DataFrame) -> pd.DataFrame:
    """The ward's neighbourhoods: tenths and scores on IMD and IDACI, pockets marked."""
    rows = of(facts, "deprivation")
    labels = sorted(rows["label"].unique(), key=lambda label: (label.split()[0] != "IMD", -int(label.split()[-1]), label))
    return _tabled(rows, "Neighbourhood", lambda own: {
        label: _stood(own[label]) if label in own else "another boundary then" for label in reversed_scores(labels)
    }, noted=False)


def reversed_scores(labels: list[str]) -> list[str]:
    """Tenth before score within each index and year."""
    return sorted(labels, key=lambda label: (label.split()[0] != "IMD", -int(label.split()[-1]), "tenth" not in label))


def _stood(fact: pd.Series) -> str:
    if fact["unit"] == "national tenth":
        return f"{said(fact)}{' ● pocket' if fact['note'] == POCKET else ''}"
    if pd.isna(fact["value"]):
        return "no score"
    if pd.notna(fact["lower"]):
        return f"{number(fact['value'], 3)}, give or take {number(fact['value'] - fact['lower'], 3)}"
    return said(fact)


def children_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Residents by age band beside the council."""
    rows = of(facts, "children").set_index("label")
    bands = [label for label in rows.index if "share" not in label]
    return pd.DataFrame(
        {
            "Age band": bands,
            "Here": [said(rows.loc[band]) for band in bands],
            "Share of residents": [said(rows.loc[f"{band}, share of residents"]) for band in bands],
            f"Share in {SHORT_COUNCIL}": [council_said(rows.loc[f"{band}, share of residents"]) for band in bands],
        }
    )


def located_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Places that stand in the ward."""
    return _tabled(of(facts, "located"), "Places", lambda own: {
        "In the ward": said(own["Located in the ward"]),
        f"In {SHORT_COUNCIL}": council_said(own["Located in the ward"]),
        "Which": own["Located in the ward"]["note"] or "none on the list",
    })


def reach_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Places per 1,000 children under each catchment and minutes to the nearest, the council's in brackets."""
    return _tabled(of(facts, "reach"), "Places", lambda own: {
        _reach_head(label): f"{said(fact)} ({council_said(fact)})" for label, fact in _minutes_last(own).items()
    })


def _minutes_last(own: dict[str, pd.Series]) -> dict[str, pd.Series]:
    return dict(sorted(own.items(), key=lambda pair: pair[0].startswith("Minutes")))


def _reach_head(label: str) -> str:
    if not label.startswith("Minutes"):
        return label
    return "Minutes to the nearest, on foot" if "4.8" in label else "Minutes to the nearest, by bus"


def low_income_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Children in relative low income by year, before and after housing costs."""
    rows = of(facts, "low_income")
    years = sorted({label.split()[-1] for label in rows["label"]})
    return _tabled(rows, "Housing costs", lambda own: {
        f"Year to March {year}": _year(own, year) for year in years
    })


def _year(own: dict[str, pd.Series], year: str) -> str:
    if f"Per cent in {year}" not in own:
        return "not published"
    percent, count = own[f"Per cent in {year}"], own[f"Children in {year}"]
    return f"{said(percent)}; {said(count)} children; {SHORT_COUNCIL} {council_said(percent)}"


def same_ground_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Wards of the other vintage on the same ground."""
    rows = of(facts, "same_ground")
    return _tabled(rows, "Ward", lambda own: {label: said(fact) for label, fact in own.items()}, noted=False)


def _tabled(rows: pd.DataFrame, first: str, cells, noted: bool = True) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    made = []
    for group, part in rows.groupby("group", sort=False):
        own = {str(row["label"]): row for _, row in part.iterrows()}
        made.append({first: group, **cells(own), **({"Of": _of(part)} if noted else {})})
    return pd.DataFrame(made)


def _of(part: pd.DataFrame) -> str:
    periods = list(dict.fromkeys(part["period"]))
    when = periods[0] if len(periods) == 1 else f"{len(periods)} years, provisional"
    where = next((text for text in part["locator"] if text), "")
    return ". ".join(text for text in (f"{when}. {BASIS_WORDS[part['basis'].iloc[0]]}", where) if text)


def sources(facts: pd.DataFrame, section: str) -> str:
    """The sources behind a section, each once."""
    return "; ".join(dict.fromkeys(part for text in of(facts, section)["source"] for part in str(text).split("; ")))


def download(facts: pd.DataFrame, ward: str, name: str, edition: str) -> pd.DataFrame:
    """Everything shown, one row a fact, with the ward it belongs to."""
    return facts.assign(ward_code=ward, ward_name=name, edition=edition)
