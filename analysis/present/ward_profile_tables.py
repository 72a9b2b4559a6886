"""Tables of one ward on deprivation by domain, its indicators, the services that reach it, and what changed."""

from __future__ import annotations

import pandas as pd

from analysis.editions import SHORT_COUNCIL
from analysis.present.deprivation_view import show_score, with_width
from analysis.present.indicators_view import PERCENT, figure
from analysis.present.palette import BASIS_WORDS
from analysis.present.ward_tables import tabled
from analysis.present.ward_view import council_said, of, said
from analysis.present.words import number
from analysis.ward_change import AFTER, BEFORE, DIFFERENCE, FELL, ROSE
from analysis.ward_deprivation import MEASURE, POCKET
from analysis.ward_indicators import REST, VERDICTS
from analysis.ward_services import ALL_NEEDS

Own = dict[str, pd.Series]


def domains_table(facts: pd.DataFrame, council: str = SHORT_COUNCIL) -> pd.DataFrame:
    """Each domain: the average score beside the council's, the range inside the ward, and its pockets by name."""
    rows = of(facts, "domains")
    years = [label.rsplit(" ", 1)[1] for label in rows["label"][rows["label"].str.startswith(MEASURE)].unique()]
    later, *before = years
    return tabled(
        rows,
        "Domain",
        lambda own: {
            f"Average score {later} ({council})": scored(own, later),
            f"Neighbourhoods from most to least deprived, {later}": ranged(own, later),
            f"In England's most deprived fifth, {later}": pockets(own, later),
            **{
                year: f"{scored(own, year)}; {_tenths(own, year)}; {pockets(own, year, named=False)}" for year in before
            },
        },
        noted=False,
    )


def scored(own: Own, year: str) -> str:
    """The average score of a domain with how far off it may be, and the council's in brackets."""
    score = own[f"{MEASURE}, {year}"]
    domain = score["unit"].removesuffix(" score")
    if pd.isna(score["value"]):
        return "no score"
    council = f" ({show_score(score['council'], domain)})" if pd.notna(score["council"]) else ""
    return f"{with_width(score['value'], score['upper'] - score['value'], domain)}{council}"


def ranged(own: Own, year: str) -> str:
    """The most and the least deprived neighbourhood of a ward with the national tenth of each."""
    worst, best = own[f"Most deprived neighbourhood, {year}"], own[f"Least deprived neighbourhood, {year}"]
    return f"tenth {number(worst['value'])}, {worst['note']}; to tenth {number(best['value'])}, {best['note']}"


def _tenths(own: Own, year: str) -> str:
    worst, best = own[f"Most deprived neighbourhood, {year}"], own[f"Least deprived neighbourhood, {year}"]
    return f"tenths {number(worst['value'])} to {number(best['value'])}"


def pockets(own: Own, year: str, *, named: bool = True) -> str:
    """How many neighbourhoods stand in England's most deprived fifth, and which where `named`."""
    few, total = own[f"Neighbourhoods {POCKET}, {year}"], own[f"Neighbourhoods, {year}"]
    if pd.isna(few["value"]):
        return "not held"
    names = f": {few['note']}" if named and few["note"] else ""
    mark = "● " if few["value"] else ""
    return f"{mark}{number(few['value'])} of {number(total['value'])}{names}"


def indicator_tables(facts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The indicators of a ward by topic, one row an indicator; the last column, indicator_id, leads to its page."""
    rows = of(facts, "indicators")
    return {str(topic): _topic(part) for topic, part in rows.groupby("group", sort=False)}


def _topic(rows: pd.DataFrame) -> pd.DataFrame:
    beside = rows[rows["label"] == REST].set_index("indicator_id")
    figures = rows[rows["label"] != REST].to_dict("records")
    england = any(pd.notna(row["england"]) for row in figures)
    return pd.DataFrame(
        [
            {
                "Indicator": row["label"],
                "Here": with_limits(row),
                SHORT_COUNCIL: shown(row["council"], row["unit"]),
                **({"England": shown(row["england"], row["unit"])} if england else {}),
                f"Beside the rest of {SHORT_COUNCIL}": against_rest(beside.loc[row["indicator_id"]]),
                "Of": f"{row['period']}. {BASIS_WORDS[row['basis']]}. {row['locator']}",
                "indicator_id": row["indicator_id"],
            }
            for row in figures
        ]
    )


def shown(value: float, unit: str) -> str:
    """A figure of an indicator in its unit, or that none is held."""
    if pd.isna(value):
        return "not held"
    fine = unit in PERCENT or "per " in unit
    return figure(value, unit, (1 if abs(value) >= 1 else 2) if fine else 0)


def with_limits(row: dict) -> str:
    """A figure of an indicator with its limits; why there is none; or the bare figure where no limits are held."""
    if pd.isna(row["value"]):
        return str(row["note"])
    if pd.isna(row["lower"]):
        return shown(row["value"], row["unit"])
    return (
        f"{shown(row['value'], row['unit'])} ({shown(row['lower'], row['unit'])} to {shown(row['upper'], row['unit'])})"
    )


def against_rest(row: pd.Series) -> str:
    """How a ward stands beside all others together, in words, with the difference or ratio and its limits."""
    if row["note"] not in VERDICTS:
        return str(row["note"])
    unit = "points" if row["unit"] == "percentage points" else "times"
    figure_, *between = said(row).split(" ", 1)
    return f"{row['note']}: {figure_} {unit} {''.join(between)}"


def caseload_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Cases of the ward's residents beside all cases; a small count is withheld and says so."""
    return tabled(
        of(facts, "caseload"),
        "Early Help",
        lambda own: {
            "Supported, by where they live": said(own["Supported"]),
            f"All in {SHORT_COUNCIL}": council_said(own["Supported"]),
            "Counted in": own["Supported"]["unit"],
        },
    )


def commissioned_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Commissioned sites near the ward's children, with minutes on foot and by bus and where each stands."""
    return tabled(
        of(facts, "commissioned"),
        "Site",
        lambda own: {
            **{f"{label}, mean": said(fact) for label, fact in own.items()},
            "Where it stands": next(iter(own.values()))["note"],
        },
    )


def listed_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Commissioned services of the whole council by need."""
    rows = of(facts, "listed")
    return tabled(
        rows[rows["group"] != ALL_NEEDS],
        "Need",
        lambda own: {
            "Commissioned services": said(own["Commissioned services listed"]),
            "Which": own["Commissioned services listed"]["note"],
        },
    )


def listed_sentence(facts: pd.DataFrame) -> str:
    """How many commissioned services are listed for the whole council, each counted once."""
    rows = of(facts, "listed")
    together = rows["group"] == ALL_NEEDS
    return (
        f"{number(rows.loc[together, 'value'].iloc[0])} commissioned services are listed for the whole council, under "
        f"{int((~together).sum())} needs; one can stand under several."
    )


def blank_sentence(facts: pd.DataFrame) -> str:
    """Why some domains have no score, once for each reason."""
    rows = of(facts, "domains")
    blank = rows[rows["value"].isna()]
    return f"**No score:** {' '.join(blank['note'].unique())}" if len(blank) else ""


def changes_table(facts: pd.DataFrame) -> pd.DataFrame:
    """Before, after and the difference of each figure that may be compared, and why the others may not."""
    return tabled(of(facts, "changes"), "What", _changed)


def _changed(own: Own) -> dict[str, str]:
    if BEFORE not in own:
        return {"Before": "–", "After": "–", "Difference": str(own[DIFFERENCE]["note"])}
    return {
        "Before": said(own[BEFORE]),
        "After": said(own[AFTER]),
        "Difference": difference(own[DIFFERENCE]),
    }


def difference(fact: pd.Series) -> str:
    """A difference with a sign, its limits, and what may be said of it."""
    if pd.isna(fact["value"]):
        return str(fact["note"] or "not known: a figure is missing")
    sign = "+" if fact["value"] > 0 else ""
    unit = " points" if fact["unit"] == "percentage points" else ""
    words = f"{fact['note']}, statistically, at 95%" if fact["note"] in (ROSE, FELL) else fact["note"]
    return f"{sign}{said(fact)}{unit}; {words}"
