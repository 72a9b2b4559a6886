"""The council beside other places: the answer as a sentence, the table in words, the key, and how it was worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from analysis import compare
from analysis.compare import HOLD_THE_COUNCIL, Standing
from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.indicators import Indicators
from analysis.present.indicators_view import (
    A_COUNT,
    NO_LIMITS,
    PERCENT,
    READING,
    Row,
    beside_england,
    capital,
    counted,
    decimals_of,
    figure,
    first_sentence,
    spoken_unit,
    told,
)
from analysis.present.indicators_view import compared as beside_england_cell
from analysis.present.palette import INK, MUTED, NEED_COLOUR, PROVISION_COLOUR
from analysis.present.words import listed, number
from analysis.sources.contracts import STATUS_WORDS
from analysis.statistics.benchmark import Outcome

GROUP_WORDS = {
    "councils": "North Somerset, Wiltshire and Halton",
    "neighbours": "Ten statistical neighbours",
    "regions": "South West and North West",
    "england": "England",
}
KINDS = {
    Outcome.WORSE: ("◆", "worse than England, statistically (95%)", NEED_COLOUR),
    Outcome.BETTER: ("●", "better than England, statistically (95%)", PROVISION_COLOUR),
    Outcome.HIGHER: ("▲", "higher than England, statistically (95%)", INK),
    Outcome.LOWER: ("▼", "lower than England, statistically (95%)", INK),
    Outcome.SIMILAR: ("■", "similar to England", INK),
    Outcome.NOT_COMPARED: ("◇", "no limits, so not judged", MUTED),
}
NO_TEST = "The counts that a test between councils needs are not held, so nothing is claimed about chance."
MANY = 5
METHOD = """
**Which places.** B&NES, the three councils whose strategies the atlas also holds (North Somerset, Wiltshire, Halton),
the ten statistical neighbours the Department for Education gives B&NES, the regions of the four councils, and England.
How many lie on each side is counted among councils only. It is not a rank: two councils can lie on different sides of
B&NES by chance alone, which is what the tests are for.

**Beside England.** The rule of the Office for Health Improvement and Disparities: an area differs where its own 95%
limits do not hold England's value. Only that decides a colour, and only where a high or a low figure is worse.

**Between two councils.** Never judged by whether two intervals overlap. Shares: the difference of two proportions with
Newcombe's limits. Rates: one rate over the other with exact limits. Both need the counts behind the figures; without
them nothing is claimed about chance. They take each child or event as independent of the others; brothers and sisters
are not, so true limits are wider. Where the source rounds its counts, a result close to the line could fall either
way. Even where nothing differs, 1 test in 20 passes by chance. The South West and England hold B&NES, so B&NES is not
tested against them.

**What a difference does not say.** Why it is there. Councils record, refer and decide differently, and a higher rate of
help can mean more need, or more need found.

**Plain counts** are larger in a larger place, so they are listed and not compared.
"""


def answer(held: Indicators, indicator: str, period: str | None, found: pd.DataFrame) -> tuple[str, str]:
    """Where the council stands among the other councils, and what is and is not shown of chance.

    `found` is a frame of `compare.compared`.
    """
    about = held.about(indicator)
    title, unit = str(about["title"]), str(about["unit"])
    if period is None:
        return f"{title}: no figure is held for any of these places.", READING[about["polarity"]]
    ours = found[found["area_code"] == COUNCIL].to_dict("records")[0]
    if pd.isna(ours["value"]):
        why = f": it is {STATUS_WORDS[ours['status']]}" if ours["status"] in STATUS_WORDS else ""
        return f"{title}: no figure of {SHORT_COUNCIL} is held for {period}{why}.", READING[about["polarity"]]
    decimals = decimals_of(held.of(indicator), unit)
    first = f"{title}: {figure(ours['value'], unit, decimals)}{spoken_unit(unit)} in {SHORT_COUNCIL}, {period}"
    if not about["comparable"]:
        return f"{first}.", f"{A_COUNT} {_rate(held, indicator)}".strip()
    stands = compare.standing(found)
    england = ENGLAND in set(found["area_code"])
    more = [_chance(stands), _england(ours, about, decimals) if england else ""]
    more += [NO_LIMITS if pd.isna(ours["lower"]) and not stands.councils else "", READING[about["polarity"]]]
    return f"{first}; {sides(stands)}.", " ".join(filter(None, more))


def means(about: Mapping[str, Any]) -> str:
    """What the measure counts, without repeating its title (Markdown)."""
    title, definition = str(about["title"]), str(about["definition"])
    return first_sentence(definition.removeprefix(f"{title}. "))


def sides(stands: Standing) -> str:
    """How many of the councils with a figure lie below the council, without a rank."""
    all_of, above = stands.councils, stands.councils - stands.below - stands.same
    if not all_of:
        return "none of the other councils chosen has a figure for it"
    if all_of == 1:
        side = "higher than" if stands.below else "the same as" if stands.same else "lower than"
        return f"{side} the one other council that has a figure"
    if all_of in (stands.below, above):
        return f"{'higher' if stands.below else 'lower'} than all {all_of} other councils that have a figure"
    same = f" and the same as {stands.same}" if stands.same else ""
    return f"higher than {stands.below or 'none'}{same} of the {all_of} other councils that have a figure"


def _chance(stands: Standing) -> str:
    if not stands.councils:
        return ""
    if not stands.tested:
        return NO_TEST
    some = stands.differ_below + stands.differ_above
    tests = "Of the one difference" if stands.tested == 1 else f"Of the {stands.tested} differences"
    untested = stands.councils - stands.tested
    tests += f" that can be tested ({untested} cannot)" if untested else ""
    if not some:
        return f"{tests}, none is statistically significant (95%): chance could do as much."
    sides = [
        f"{many} {'council' if many == 1 else 'councils'} {word}"
        for many, word in ((stands.differ_below, "lower"), (stands.differ_above, "higher"))
        if many
    ]
    luck = f" About {number(stands.by_chance, 1)} would pass by chance alone." if stands.tested >= MANY else ""
    verb = "is" if some == 1 else "are"
    return f"{tests}, {some} {verb} statistically significant (95%): {' and '.join(sides)} than {SHORT_COUNCIL}.{luck}"


def _england(ours: Row, about: Mapping[str, Any], decimals: int) -> str:
    if pd.isna(ours["benchmark"]):
        return "No figure of England is held for it."
    return f"{SHORT_COUNCIL} is {beside_england(ours, about, decimals).removeprefix('; ')}."


def _rate(held: Indicators, indicator: str) -> str:
    rate = compare.rate_of(held, indicator)
    if rate is None:
        return "No rate of the same thing is held."
    return f"A figure that allows for size is held: {held.about(rate)['title']}."


def table(held: Indicators, indicator: str, found: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a place as people read it, with why a cell is blank; places never held are left out.

    A plain count has no columns that compare.
    """
    about = held.about(indicator)
    decimals = decimals_of(held.of(indicator), str(about["unit"]))
    never = compare.never_held(held, indicator, list(found["area_code"]))
    rows = found[~found["area_code"].isin(never)].to_dict("records")
    shown = pd.DataFrame([_place(row, about, decimals, held, names) for row in rows])
    return shown if about["comparable"] or shown.empty else shown.drop(columns=["Beside England", "Beside B&NES"])


def _place(
    row: Row, about: Mapping[str, Any], decimals: int, held: Indicators, names: Mapping[str, str]
) -> dict[str, str]:
    unit, code = str(about["unit"]), str(row["area_code"])
    near = " (statistical neighbour)" if code in held.neighbours else ""
    name = f"{place_name(code, names)}{near}"
    if pd.isna(row["status"]):
        blank = {"Value (95% limits)": "not held for this period", "Count": "–"}
        return {"Place": name, "where": "", **blank, "Beside England": "not compared", "Beside B&NES": "not compared"}
    return {
        "Place": name,
        "where": ". ".join(capital(str(row[part])) for part in ("locator", "note") if pd.notna(row[part])),
        "Value (95% limits)": told(row, unit, decimals),
        "Count": counted(row),
        "Beside England": beside_england_cell(row, str(about["polarity"]), unit, decimals),
        "Beside B&NES": beside_council(row, unit, decimals),
    }


def place_name(code: str, names: Mapping[str, str]) -> str:
    """The name of a place as the page writes it."""
    return SHORT_COUNCIL if code == COUNCIL else names[code]


def beside_council(row: Row, unit: str, decimals: int) -> str:
    """How one place stands beside the council: the difference or ratio with limits, or why there is none."""
    if row["area_code"] == COUNCIL:
        return f"is {SHORT_COUNCIL}"
    if pd.isna(row["gap"]):
        return "not compared"
    if pd.notna(row["differs"]):
        word = "statistically significant (95%)" if row["differs"] else "not statistically significant (95%)"
        return f"{_apart(row)}; {word}"
    reason = f"not tested, as it holds {SHORT_COUNCIL}" if row["area_code"] in HOLD_THE_COUNCIL else "not tested"
    return f"{_gap(float(row['gap']), unit, decimals)}; {reason}"


def _apart(row: Row) -> str:
    apart, lower, upper = (float(row[name]) for name in ("apart", "apart_lower", "apart_upper"))
    if row["how"] == "ratio":
        return f"{number(apart, 2)} times the rate ({number(lower, 2)} to {number(upper, 2)})"
    side = "higher" if apart > 0 else "lower"
    return f"{number(abs(apart), 1)} points {side} ({number(lower, 1)} to {number(upper, 1)})"


def _gap(gap: float, unit: str, decimals: int) -> str:
    if not round(gap, decimals):
        return "the same"
    points = unit in PERCENT
    amount = f"{number(abs(gap), decimals)} points" if points else figure(abs(gap), unit, decimals)
    return f"{amount} {'higher' if gap > 0 else 'lower'}"


def left_out(held: Indicators, indicator: str, codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Which of the places asked for are not in the table, because the measure is held for them in no year."""
    never = [place_name(code, names) for code in compare.never_held(held, indicator, codes)]
    return f"Not held in any period for {listed(never, most=len(never))}." if never else ""


def key(found: pd.DataFrame, name: str) -> str:
    """What the marks of the chart mean, as HTML, only those that are drawn; `name` is the theme."""
    items = "".join(
        f'<li><b style="color:{KINDS[kind][2][name]}">{KINDS[kind][0]}</b>{KINDS[kind][1]}</li>'
        for kind in _drawn(found)
    )
    ours = f"<li><b>★</b>{escape(SHORT_COUNCIL)}, coloured by the same rule</li>"
    rest = "".join(f"<li>{words}</li>" for words in _lines_drawn(found))
    return f'<ul class="atlas-key" aria-hidden="true">{ours}{items}{rest}</ul>'


def key_in_words(found: pd.DataFrame) -> str:
    """The same in one line, for under a picture."""
    marks = [f"{KINDS[kind][0]} {KINDS[kind][1]}" for kind in _drawn(found)]
    return "; ".join([f"★ {SHORT_COUNCIL}, coloured by the same rule", *marks, *_lines_drawn(found)]) + "."


def _drawn(found: pd.DataFrame) -> list[Outcome]:
    judged = found.loc[found["value"].notna() & found["area_code"].ne(ENGLAND), "outcome"]
    return [kind for kind in KINDS if judged.eq(kind).any()]


def _lines_drawn(found: pd.DataFrame) -> list[str]:
    limits = ["bar: 95% limits"] if found["lower"].notna().any() else []
    return [*limits, *(["✚ and dashed line: England"] if ENGLAND in set(found["area_code"]) else [])]


def download(held: Indicators, indicator: str, found: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows shown, with what they are called and how far each is from the council."""
    about = held.about(indicator)
    fixed = {"indicator_id": indicator, "title": about["title"], "unit": about["unit"], "polarity": about["polarity"]}
    kept = found[~found["area_code"].isin(compare.never_held(held, indicator, list(found["area_code"])))]
    worded = kept["status"].fillna("not held for this period")
    return kept.assign(**fixed, status=worded, area_name=kept["area_code"].map(names), basis=kept["basis"].fillna(""))
