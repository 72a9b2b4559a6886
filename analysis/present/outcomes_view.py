"""Outcomes as sentences, tables and a light chart."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.outcomes import BETTER, CHANCE, DOWN, NOT_PUBLISHED, ONE, PRINTED, SAME, UNKNOWN, UP, WORSE
from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import MUTED, PROVISION_COLOUR, theme
from analysis.present.words import listed, number
from analysis.recommendations import harmless

QUESTIONS = {"how much": "How much", "how well": "How well", "what difference": "What difference"}
GROUPS = {
    "before_5": "before birth to 5",
    "children": "children and young people",
    "adults": "adults and older people",
    "parents": "parents",
    "older": "older people",
}
DIRECTIONS = {
    BETTER: "▲ Better",
    WORSE: "▼ Worse",
    UP: "↑ Up",
    DOWN: "↓ Down",
    SAME: "= About the same",
    CHANCE: "~ May be chance",
    PRINTED: "Trend printed in 2020",
    ONE: "One figure only",
    UNKNOWN: "Not known",
}
NOTHING = "Not collected, or not published"
NO_TARGET = "None printed"
NOT_ASSESSED = "Not assessed"
SOURCES = {
    "LAIT_OBSERVATIONS": "Local Authority Interactive Tool, ",
    "OPEN_OBSERVATIONS": "ONS Health Index, ",
    "PROFILES_OBSERVATIONS": "2020 assessment, ",
    "ASSESSMENT_OBSERVATIONS": "2020 assessment, ",
    "STRATEGIES_OBSERVATIONS": "",
}
SHORTENED = {"FSM": "free school meals", "NEET": "not in education, employment or training"}
METHOD = """
**Which figures answer.** A figure is set beside a statement of the strategy only where both plainly mean the same
thing. The pairs are a fixed list in the code, not a search by words; a figure for other ages, for families instead of
people, or by another definition is not used, and the table says so.

**Direction of travel** sets the latest figure beside the earliest of the five years before it. A change of up to 5% of
the earlier figure is *about the same*. Better and worse follow what the strategy says it wants or, where it says
nothing, which way the indicator is worse; where neither is known only up or down is said. It is not a test: most of
these figures are published without limits. Where a figure rests on few cases a year (deaths of infants, low birth
weight, young people's first offences, admissions for alcohol, permanent exclusions, early conceptions) no direction is
told, as the change *may be chance*. Where one figure stands alone, the trend printed beside it in 2020 is given.

**No red, amber or green.** A rating needs a target, and the strategy prints none.

**Not collected, or not published** means that the strategy names the measure and that no figure for it stands in the
documents and open data the atlas holds. Whether the council collects it is not known.
"""


def headline(told_measures: pd.DataFrame, told_population: pd.DataFrame) -> tuple[str, str]:
    """How much of what the strategy hopes for can be told; then of what difference was made, and of targets."""
    known, asked = int(told_population["told"].sum()), int(told_population["of"].sum())
    own, of = int(told_measures["told"].sum()), int(told_measures["of"].sum())
    made = told_measures[told_measures["question"].eq("what difference")]
    difference = int(made["told"].sum())
    first = (
        f"Of the {asked} population indicators in the strategy, {known} have a published figure; of its own {of} "
        f"performance measures, {number(own) if own else 'none'} {'has' if own == 1 else 'have'}."
    )
    more = (
        f"{'None' if not difference else number(difference)} of the {int(made['of'].sum())} measures of what "
        "difference early help made has a published figure, and the strategy prints no target for anything, so "
        "nothing here can be called on course or off it."
    )
    return first, more


def chart(told: pd.DataFrame, by: str, label: str, dark: bool) -> str:
    """A bar a group: the share of its statements that have a published figure."""
    lines = "".join(_line(str(row[by]), int(row["told"]), int(row["of"])) for row in rows_of(told))
    inks = f"--bar:{PROVISION_COLOUR[theme(dark)]};--muted:{MUTED[theme(dark)]};--step:100%"
    return f'<div class="atlas-chart atlas-costs" style="{inks}"><ol aria-label="{escape(label)}">{lines}</ol></div>'


def population(rows: pd.DataFrame) -> pd.DataFrame:
    """Population indicators as a table of words; the column Note belongs under the name."""
    return pd.DataFrame(
        {
            "Indicator": rows["statement"],
            "Wanted": rows["wanted"].map({"increase": "More", "reduction": "Less", "not stated": "Not stated"}),
            "Latest": [_figure(row) for row in rows_of(rows)],
            "England": [_england(row) for row in rows_of(rows)],
            "Direction": [_direction(row) for row in rows_of(rows)],
            "Target": NO_TARGET,
            "Where": [_where(row) for row in rows_of(rows)],
            "Note": [_note(row) for row in rows_of(rows)],
        }
    )


def measures(rows: pd.DataFrame) -> pd.DataFrame:
    """Performance measures as a table of words; the column Note belongs under the name."""
    return pd.DataFrame(
        {
            "Measure": rows["statement"],
            "Counted as": rows["unit_stated"].str.capitalize(),
            "Shown by": rows["evidence"].fillna("Not stated"),
            "Latest": [_figure(row) for row in rows_of(rows)],
            "Direction": [_direction(row) for row in rows_of(rows)],
            "Target": NO_TARGET,
            "Where": [_where(row) for row in rows_of(rows)],
            "Note": [_note(row) for row in rows_of(rows)],
        }
    )


def framework(rows: pd.DataFrame) -> pd.DataFrame:
    """The statements of one audience as a table of words."""
    return pd.DataFrame(
        {"Statement": rows["statement"], "Outcome": rows["outcome"].map(_capital), "Where": rows["locator"].map(_place)}
    )


def listing(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """A list of the strategy as a table of words, under the heading `name`."""
    shown = {name: rows["statement"]}
    if "priority" in rows:
        shown["Priority"] = rows["priority"]
    return pd.DataFrame(shown | {"Where": rows["locator"].map(_place)})


def recommended(rows: pd.DataFrame) -> str:
    """How many recommendations there are, and what is known of what came of them."""
    whole = int(rows["part_of"].isna().sum())
    owned = int(rows["owner"].notna().sum())
    return (
        f"The 2020 assessment makes {whole} recommendations with {len(rows) - whole} steps under them. It names an "
        f"owner for {owned if owned else 'none'} of the {len(rows)} and a date for none, and no document here says "
        "what came of any."
    )


def assessed(strands: Mapping[str, str], levels: Mapping[str, str]) -> str:
    """A maturity self-assessment in a sentence, the strands grouped by level."""
    known = {strand: level for strand, level in levels.items() if level != NOT_ASSESSED}
    if not known:
        return f"None of the {len(strands)} strands has been assessed in this session."
    by_level = [
        f"{level}: {listed([strands[strand] for strand in known if known[strand] == level])}"
        for level in dict.fromkeys(known.values())
    ]
    return f"{len(known)} of {len(strands)} strands assessed, by you, in this session. {'; '.join(by_level)}."


def assessment(strands: Mapping[str, str], levels: Mapping[str, str], notes: Mapping[str, str]) -> pd.DataFrame:
    """A maturity self-assessment for a spreadsheet: what a reader typed cannot run there as a formula."""
    rows = [(title, levels[strand], harmless(notes[strand])) for strand, title in strands.items()]
    return pd.DataFrame(rows, columns=["strand", "level", "evidence"]).assign(made_by="your own assessment")


def _line(name: str, told: int, of: int) -> str:
    width = 100 * told / of
    return (
        f'<li title="{escape(name)}: {told} of {of}"><span class="name">{escape(_capital(name))}</span>'
        f'<span class="track" aria-hidden="true"><s class="bar" style="left:0;width:{width:.1f}%"></s></span>'
        f'<span class="shown">{told} of {of}</span></li>'
    )


def _figure(row: Row) -> str:
    if pd.isna(row["value"]):
        return NOTHING
    return f"{_amount(row['value'], row['unit'])} ({row['period']})"


def _england(row: Row) -> str:
    if pd.isna(row["value"]):
        return "Not known"
    return (
        _amount(row["england"], row["unit"])
        if pd.notna(row["england"])
        else "Left out"
        if row["left_out"]
        else "Not published"
    )


def _amount(value: float, unit: str) -> str:
    whole = value == round(value)
    if unit in ("%", "per cent"):
        return f"{number(value, 0 if whole else 1 if value >= 1 else 2)}%"
    return f"{number(value, 0 if whole else 1)} {unit}"


def _direction(row: Row) -> str:
    words = DIRECTIONS[row["direction"]]
    if row["direction"] == PRINTED:
        return f"{words}: {row['trend']}".replace("significant", "statistically significant")
    if pd.isna(row.get("before")):
        return words
    return f"{words}: {_amount(row['before'], row['unit']).split(' ')[0]} in {row['since']}"


def _where(row: Row) -> str:
    stated = f"Named: {_place(row['locator'])}"
    return stated if pd.isna(row["value"]) else f"Figure: {SOURCES[row['source']]}{row['figure_locator']}. {stated}"


def _note(row: Row) -> str:
    if pd.isna(row["value"]):
        return "" if row["reason"] == NOT_PUBLISHED else str(row["reason"])
    caveat = "" if pd.isna(row["caveat"]) else str(row["caveat"]).split("Source: http")[0].strip()
    partly = "" if pd.isna(row["partly"]) else str(row["partly"])
    return " ".join(part for part in (f"{_spelled(row['title'])}.", partly, row["left_out"], caveat) if part)


def _spelled(title: str) -> str:
    for short, full in SHORTENED.items():
        title = title.replace(short, full)
    return title


def _place(locator: str) -> str:
    """Where in the strategy, without its name, which stands under the table."""
    return locator.split(", ", 1)[1]


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
