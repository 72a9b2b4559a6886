"""Tables of one ward for reading, and the words that stand above each."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import SHORT_COUNCIL
from analysis.present.palette import BASIS_WORDS, VERDICTS
from analysis.present.ward_view import council_said, decimals_of, of, said
from analysis.present.words import number, power_sentence
from analysis.ward_deprivation import POCKET

Cells = Callable[[dict[str, pd.Series]], dict[str, str]]


def need_table(facts: pd.DataFrame, council: str = SHORT_COUNCIL) -> pd.DataFrame:
    """Every need lens: count, per cent with limits, the council's, and share."""
    return tabled(
        of(facts, "need"),
        "Need",
        lambda own: {
            "Count": said(own["Count"]),
            "Per cent of its children": said(own["Per cent of its children"])
            if "Per cent of its children" in own
            else "everybody",
            council: council_said(own.get("Per cent of its children", own["Count"])),
            "Share of the council's total": said(own["Share of the council's total"]),
        },
    )


def provision_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Every provision lens against the need in scope, with verdict, ratio and places short."""
    return tabled(of(facts, "provision"), "Provision", _compared)


def _compared(own: dict[str, pd.Series]) -> dict[str, str]:
    if "Provision over its share" not in own:
        return _refused(own["Provision"]["note"])
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
        "Short of, or over, its share": shortfall(own["Short of its share"]),
        "What it could show": _power(own),
    }


def _refused(reason: str) -> dict[str, str]:
    blank = dict.fromkeys(
        ("Here", "Expected at its share of need", "Over its share", "Short of, or over, its share"), "–"
    )
    return {"Verdict": "No answer", **blank, "What it could show": reason}


def _provided(fact: pd.Series) -> str:
    return f"not published; {said(fact)}" if pd.isna(fact["value"]) else said(fact)


def shortfall(fact: pd.Series) -> str:
    """How many places short of, or over, its share, with limits."""
    if pd.isna(fact["value"]) and pd.notna(fact["lower"]):
        return f"at least {number(fact['lower'], decimals_of(fact))} short" if fact["lower"] > 0 else "not known"
    if pd.isna(fact["value"]):
        return "not known"
    decimals = decimals_of(fact)
    between = (
        f" ({_way(fact['lower'], decimals)} to {_way(fact['upper'], decimals)})" if pd.notna(fact["lower"]) else ""
    )
    return f"{_way(fact['value'], decimals)}{between}"


def _way(short: float, decimals: int) -> str:
    shown = number(abs(short), decimals)
    if float(shown.replace(",", "")) == 0:
        return "none"
    return f"{shown} {'short' if short > 0 else 'over'}"


def _power(own: dict[str, pd.Series]) -> str:
    if "Chance of noticing a true shortfall of 30%" not in own:
        return "Worked out for caseload only."
    return power_sentence(float(own["Expected at its share of need"]["value"]))


def toxic_trio_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Parents known to services: published or modelled, with limits and bounds."""
    return tabled(
        of(facts, "toxic_trio"),
        "Parents with",
        lambda own: {
            "Known to services": said(own["Parents known to services"]),
            "Cannot be outside": f"{said(own['At least'])} to {said(own['At most'])}",
            f"Of all known in {SHORT_COUNCIL}": council_said(own["Parents known to services"]),
            "How it is known": f"{BASIS_WORDS[own['At most']['basis']]}; {own['At most']['note']}",
        },
    )


def deprivation_table(facts: pd.DataFrame) -> pd.DataFrame:
    """The ward's neighbourhoods: tenths and scores on IMD and IDACI, pockets marked."""
    rows = of(facts, "deprivation")
    labels = _tenth_first(list(rows["label"].unique()))
    return tabled(
        rows,
        "Neighbourhood",
        lambda own: {label: _stood(own[label]) if label in own else "another boundary then" for label in labels},
        noted=False,
    )


def _tenth_first(labels: list[str]) -> list[str]:
    return sorted(labels, key=lambda label: (label.split()[0] != "IMD", -int(label.split()[-1]), "tenth" not in label))


def _stood(fact: pd.Series) -> str:
    if fact["unit"] == "national tenth":
        return f"{said(fact)}{' ● pocket' if fact['note'] == POCKET else ''}"
    if pd.isna(fact["value"]):
        return "no score"
    if pd.notna(fact["lower"]):
        width = fact["value"] - fact["lower"]
        return f"{number(fact['value'], 3)}, give or take {'under 0.001' if width < 0.001 else number(width, 3)}"
    return said(fact)


def children_table(facts: pd.DataFrame, council: str = SHORT_COUNCIL) -> pd.DataFrame:
    """Residents by age band beside the council; one row with the reason where none are held of the ward."""
    own = {row["label"]: row for _, row in of(facts, "children").iterrows()}
    if own and all(pd.isna(row["value"]) for row in own.values()):
        return pd.DataFrame([{"Age band": label, "Here": said(row)} for label, row in own.items()])
    bands = [label for label in own if "share" not in label]
    return pd.DataFrame(
        {
            "Age band": bands,
            "Here": [said(own[band]) for band in bands],
            "Share of residents": [said(own[f"{band}, share of residents"]) for band in bands],
            f"Share in {council}": [council_said(own[f"{band}, share of residents"]) for band in bands],
        }
    )


def located_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Places that stand in the ward."""
    return tabled(
        of(facts, "located"),
        "Places",
        lambda own: {
            "In the ward": said(own["Located in the ward"]),
            f"In {SHORT_COUNCIL}": council_said(own["Located in the ward"]),
            "Which": own["Located in the ward"]["note"] or "none on the list",
        },
    )


def reach_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Places per 1,000 children under each catchment and minutes to the nearest, the council's in brackets."""
    return tabled(
        of(facts, "reach"),
        "Places",
        lambda own: {
            _reach_head(label): f"{said(fact)} ({council_said(fact)})" for label, fact in _minutes_last(own).items()
        },
    )


def _minutes_last(own: dict[str, pd.Series]) -> dict[str, pd.Series]:
    return dict(sorted(own.items(), key=lambda pair: pair[0].startswith("Minutes")))


def _reach_head(label: str) -> str:
    if not label.startswith("Minutes"):
        return label
    return "Minutes to the nearest, on foot" if "4.8" in label else "Minutes to the nearest, by bus"


def low_income_table(facts: pd.DataFrame, council: str = SHORT_COUNCIL) -> pd.DataFrame:
    """Children in relative low income by year, before and after housing costs."""
    rows = of(facts, "low_income")
    years = sorted({label.split()[-1] for label in rows["label"]})
    return tabled(
        rows, "Housing costs", lambda own: {f"Year to March {year}": _year(own, year, council) for year in years}
    )


def _year(own: dict[str, pd.Series], year: str, council: str) -> str:
    if f"Per cent in {year}" not in own:
        return "not published"
    percent, count = own[f"Per cent in {year}"], own[f"Children in {year}"]
    return f"{said(percent)}; {said(count)} children; {council} {council_said(percent)}"


def same_ground_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Wards of the other vintage on the same ground."""
    rows = of(facts, "same_ground")
    return tabled(rows, "Ward", lambda own: {label: said(fact) for label, fact in own.items()}, noted=False)


def tabled(rows: pd.DataFrame, first: str, cells: Cells, noted: bool = True) -> pd.DataFrame:
    """One row a group of facts: its name under the heading `first`, its `cells`, and what it is of where `noted`."""
    made = []
    for group, part in rows.groupby("group", sort=False):
        own = {str(row["label"]): row for _, row in part.iterrows()}
        made.append({first: group, **cells(own), **({"Of": _of(part)} if noted else {})})
    return pd.DataFrame(made)


def _of(part: pd.DataFrame) -> str:
    periods = list(dict.fromkeys(part["period"]))
    when = periods[0] if len(periods) == 1 else "Provisional"
    where = next((text for text in part["locator"] if text), "")
    return ". ".join(text for text in (f"{when}. {BASIS_WORDS[part['basis'].iloc[0]]}", where) if text)
