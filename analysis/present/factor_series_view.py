"""Factors recorded at the end of assessment over the years: as a sentence with its trend, and as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.present.words import number
from analysis.statistics.benchmark import CERTAIN, LIKELY, Outcome
from analysis.statistics.trend import SIGNIFICANT, Direction, Reason
from analysis.toxic_trio import FACTORS

REASONS = {
    "suppressed": "suppressed by the department",
    "missing": "not available",
    "not_applicable": "not applicable",
}
ARROWS = {Direction.INCREASING: "↗", Direction.DECREASING: "↘", Direction.NO_CHANGE: "→", Direction.UNKNOWN: ""}
WORDS = {
    Direction.INCREASING: "increasing",
    Direction.DECREASING: "decreasing",
    Direction.NO_CHANGE: "no statistically significant change",
    Direction.UNKNOWN: "cannot be calculated",
}
WHY = {
    Reason.CLEAR: "statistically significant at 99.8%, and leaving out any one year does not turn it round",
    Reason.OUTLIER: "the test finds a change, but one year alone decides which way it goes",
    Reason.NOT_SIGNIFICANT: "chance could have done as much",
    Reason.TOO_FEW: "fewer than five yearly figures",
    Reason.MISSING: "one of the five years has no figure",
    Reason.ALL_OR_NONE: "in one of the five years it was recorded in none, or in all",
}
BESIDE = {
    f"{Outcome.LOWER} ({CERTAIN})": f"lower, for certain ({CERTAIN})",
    f"{Outcome.LOWER} ({LIKELY})": f"lower, likely ({LIKELY})",
    str(Outcome.SIMILAR): "similar",
    f"{Outcome.HIGHER} ({LIKELY})": f"higher, likely ({LIKELY})",
    f"{Outcome.HIGHER} ({CERTAIN})": f"higher, for certain ({CERTAIN})",
    str(Outcome.NOT_COMPARED): "not compared",
}
MOSTLY = 0.5


def sentence(rows: pd.DataFrame, trends: pd.DataFrame, factor: str) -> str:
    """The council's latest value with its limits, where England's lies, and the recent trend."""
    ours = rows[rows["area_code"] == COUNCIL].sort_values("year_ending").iloc[-1]
    trend = trend_sentence(trends[trends["area_code"] == COUNCIL].iloc[0])
    year = f"year ending March {ours['year_ending']}"
    if pd.isna(ours["percent"]):
        return f"For the {year} the {SHORT_COUNCIL} figure is {REASONS[ours['status']]}. {trend}"
    what = FACTORS[factor][0].lower() + FACTORS[factor][1:]
    return (
        f"In the {year}, “{what}” was recorded in {ours['percent']:.1f}% of assessments in {SHORT_COUNCIL} "
        f"({number(ours['count'])} of {number(ours['assessments'])}; 95% limits {ours['percent_lower']:.1f}% to "
        f"{ours['percent_upper']:.1f}%). {_england_words(ours)} {trend}"
    )


def _england_words(ours: pd.Series) -> str:
    if ours["against_england"] == Outcome.NOT_COMPARED:
        return "It cannot be set against England, because one of the two is missing."
    england, so = f"England's {ours['england_percent']:.1f}%", f"so {SHORT_COUNCIL} is"
    if ours["against_england"] == Outcome.SIMILAR:
        return f"{england} lies within those limits, {so} similar to England."
    side, _, level = str(ours["against_england"]).partition(" ")
    lies = "above" if side == Outcome.LOWER else "below"
    if level == f"({CERTAIN})":
        return f"{england} lies {lies} those limits, and {CERTAIN} limits too, {so} {side.lower()} for certain."
    return f"{england} lies {lies} those limits, though not {lies} {CERTAIN} limits, {so} likely {side.lower()}."


def trend_sentence(trend: pd.Series) -> str:
    """One area's recent trend in words, with what a reader should know before using it.

    `trend` is a row of `toxic_trio.factor_trends`. More or less recorded is never judged.
    """
    years = f"the five years {trend['first_year']} to {trend['last_year']}"
    direction = Direction(trend["direction"])
    if direction is Direction.UNKNOWN:
        return f"No recent trend can be calculated over {years}: {WHY[Reason(trend['reason'])]}."
    if direction is Direction.NO_CHANGE:
        return f"Over {years} there is {ARROWS[direction]} {WORDS[direction]}: {WHY[Reason(trend['reason'])]}."
    return (
        f"Over {years} it was {ARROWS[direction]} {WORDS[direction]}, from {trend['first_percent']:.1f}% to "
        f"{trend['last_percent']:.1f}%, which is statistically significant at 99.8%. More or less recorded is no "
        f"judgement on families or on the council.{_leap(trend)}"
    )


def _leap(trend: pd.Series) -> str:
    whole = abs(trend["last_percent"] - trend["first_percent"])
    if not abs(trend["step_to"] - trend["step_from"]) > MOSTLY * whole:
        return ""
    return (
        f" The largest step came in one year, from {trend['step_from']:.1f}% to {trend['step_to']:.1f}% in "
        f"{trend['step_year']}, which can be a change in what is recorded rather than in families."
    )


def summary_table(rows: pd.DataFrame, trends: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row an area: the newest value with limits, beside England, the recent trend and why it is called so."""
    last = int(rows["year_ending"].max())
    newest = rows[rows["year_ending"] == last].merge(trends, on="area_code")
    areas = {str(row["area_code"]): row for _, row in newest.iterrows()}
    years = f"{newest['first_year'].min()} to {newest['last_year'].max()}"
    return pd.DataFrame([_summary(code, areas[code], names, last, years) for code in _ordered(list(areas))])


def _summary(code: str, row: pd.Series, names: Mapping[str, str], last: int, years: str) -> dict[str, str]:
    return {
        "Area": _name(code, names),
        f"% of assessments, {last} (95% limits)": _percent(row),
        "Beside England": "is England" if code == ENGLAND else BESIDE[row["against_england"]],
        f"Recent trend, {years}": _direction(row),
        "Why it is called so": _why(row),
    }


def _direction(trend: pd.Series) -> str:
    direction = Direction(trend["direction"])
    return f"{ARROWS[direction]} {WORDS[direction]}".strip()


def _why(trend: pd.Series) -> str:
    why = WHY[Reason(trend["reason"])]
    if pd.isna(trend["chi_squared"]):
        return why
    side = "above" if trend["chi_squared"] > SIGNIFICANT else "not above"
    return f"{why} (chi-squared {number(trend['chi_squared'], 1)}, {side} {SIGNIFICANT:.2f})"


def arrows(trends: pd.DataFrame) -> dict[str, str]:
    """The arrow of each area, blank where no trend can be calculated."""
    return {
        code: ARROWS[Direction(direction)]
        for code, direction in zip(trends["area_code"], trends["direction"], strict=True)
    }


def yearly_table(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a year, one column an area: per cent with limits and beside England, and for a blank its reason."""
    cells = rows.assign(words=[_beside(row) for _, row in rows.iterrows()])
    wide = cells.pivot(index="year_ending", columns="area_code", values="words")
    wide = wide[_ordered(list(wide.columns))].rename(columns=lambda code: _name(code, names))
    return wide.rename_axis(columns=None).rename_axis("Year ending March").reset_index()


def download(rows: pd.DataFrame, trends: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The series for a spreadsheet, the recent trend of its area on every row."""
    kept = trends.drop(columns=["first_percent", "last_percent", "step_year", "step_from", "step_to"])
    told = kept.rename(columns=lambda name: name if name == "area_code" else f"trend_{name}")
    return rows.merge(told, on="area_code").assign(area_name=rows["area_code"].map(names))


def _ordered(codes: list[str]) -> list[str]:
    return [COUNCIL, ENGLAND, *[code for code in codes if code not in (COUNCIL, ENGLAND)]]


def _name(code: str, names: Mapping[str, str]) -> str:
    return SHORT_COUNCIL if code == COUNCIL else names[code]


def _beside(row: pd.Series) -> str:
    if row["against_england"] == Outcome.NOT_COMPARED:
        return _percent(row)
    return f"{_percent(row)}: {row['against_england'].lower()}"


def _percent(row: pd.Series) -> str:
    if pd.isna(row["percent"]):
        return REASONS[row["status"]]
    if pd.isna(row["percent_lower"]):
        return f"{row['percent']:.1f}%"
    return f"{row['percent']:.1f}% ({row['percent_lower']:.1f} to {row['percent_upper']:.1f})"


CAPTION = (
    "Per cent of social care assessments with any factor recorded, years ending March. Band and bars: 95% limits "
    "(Wilson, ours). A child can be assessed more than once, one assessment can record several factors, and councils "
    "differ in how fully they record, so this shows what was recorded, not how common it is. Lower and higher set the "
    "95% and 99.8% limits against England's value, taken as known, by the rule of Fingertips."
)
METHOD = (
    "**Recent trend** is the official test of a trend in proportions (Cochran-Armitage) over the five newest years, "
    "from counts and assessments. It is called only when chi-squared is above 9.55, which chance reaches once in 500 "
    "times, and when leaving out any one year does not turn its direction round; with a figure missing, or none "
    "recorded, it cannot be calculated. The department rounds England's counts to ten. They are tested as rounded: "
    "the smallest is above 10,000, where that is less than one in a thousand and cannot change the answer. England's "
    "numbers are so large that it shows changes too small to matter. How much is recorded has no good or bad "
    "direction, so no trend here is judged."
)
