"""The measures of the Local Authority Interactive Tool as our indicators, from its own dictionary."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping

import pandas as pd

from analysis.build.lait_titles import plain_title
from analysis.build.lait_words import (
    AGES_OF,
    AGES_OF_MEASURE,
    CAVEAT_OF,
    COUNTED,
    PLACE_IN_YEAR,
    POLARITY_OF,
    SCALES,
    SHARE_OF,
    TITLE_OF,
    TOPIC_OF,
    TOPIC_OF_MEASURE,
    UNIT_OF_MEASURE,
    WHO,
)

_SIGNS = (("%", " pct "), ("&", " and "), ("<", " under "))
_RATE = re.compile(r"Rate per ([\d,]+)")
_YEAR_NAMED = ("Academic Year", "Financial Year")

Measure = Mapping[Hashable, str]


def indicator_ids(dictionary: pd.DataFrame) -> dict[str, str]:
    """Our identifier of every measure of the dictionary; raises ValueError if two would share one."""
    ids = {code: _identifier(code) for code in dictionary["measure_code"]}
    if len(set(ids.values())) != len(dictionary):
        raise ValueError("Two measures would share an identifier: their codes differ only in signs or capitals.")
    return ids


def measures(dictionary: pd.DataFrame) -> pd.DataFrame:
    """One indicator a measure: topic, unit, polarity and definition, from the dictionary read as text.

    Raises KeyError on a topic, polarity or kind of year that is not known.
    """
    ids = indicator_ids(dictionary)
    return pd.DataFrame([_indicator(measure, ids) for measure in dictionary.to_dict("records")])


def _indicator(measure: Measure, ids: dict[str, str]) -> dict[str, object]:
    code = measure["measure_code"]
    unit, per = _unit(measure)
    least, most = _range(code, per)
    return {
        "indicator_id": ids[code],
        "title": _title(measure),
        "printed_title": _printed_title(measure),
        "topic": TOPIC_OF_MEASURE.get(code, TOPIC_OF[measure["topic"]]),
        "unit": unit,
        "per": per,
        "polarity": POLARITY_OF[measure["polarity"]],
        "ages": _ages(measure),
        "limits": "none",
        "least": least,
        "most": most,
        "definition": _definition(measure, unit),
        "caveat": _caveat(measure),
    }


def _identifier(code: str) -> str:
    for sign, word in _SIGNS:
        code = code.replace(sign, word)
    return "lait_" + re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_")


def _title(measure: Measure) -> str:
    return plain_title(TITLE_OF.get(measure["measure_code"], _as_printed(measure)))


def _printed_title(measure: Measure) -> str:
    """The department's own title, where ours is another."""
    printed = _as_printed(measure)
    return "" if printed == _title(measure) else printed


def _as_printed(measure: Measure) -> str:
    return re.sub(r" ?- ?(?=[A-Z])", " - ", re.sub(r"\s+", " ", measure["measure"]).strip())


def _unit(measure: Measure) -> tuple[str, int]:
    """What the figures count, and the number a rate is out of."""
    code, axis = measure["measure_code"], measure["y_axis_name"]
    if code in UNIT_OF_MEASURE:
        return UNIT_OF_MEASURE[code]
    if axis.startswith("%"):
        return "%", 100
    rate = _RATE.match(axis)
    if rate:
        return f"per {rate.group(1)} children", int(rate.group(1).replace(",", ""))
    if "Score" in axis:
        return "points", 1
    return COUNTED.get(axis, "children"), 1


def _range(code: str, per: int) -> tuple[float, float]:
    for pattern, least, most in SCALES:
        if re.fullmatch(pattern, code):
            return least, most
    return 0, per if per > 1 else float("nan")


def _ages(measure: Measure) -> str:
    for pattern, ages in AGES_OF_MEASURE:
        if re.fullmatch(pattern, measure["measure_code"]):
            return ages
    return AGES_OF.get(measure["topic"], "")


def _definition(measure: Measure, unit: str) -> str:
    parts = [f"{_title(measure)}.", WHO.get(measure["topic"], ""), _shown(measure, unit), _years(measure)]
    return re.sub(r"\s+", " ", " ".join(filter(None, parts)))


def _shown(measure: Measure, unit: str) -> str:
    if unit == "%":
        base = SHARE_OF.get(measure["y_axis_name"])
        return f"A percentage of {base}." if base else "A percentage."
    return f"A rate {unit}." if unit.startswith("per ") else f"In {unit}."


def _years(measure: Measure) -> str:
    named = ", named by the year they end in" if measure["year_type"] in _YEAR_NAMED else ""
    return f"{PLACE_IN_YEAR[measure['year_type']]}{named}."


def _caveat(measure: Measure) -> str:
    ended = "No longer published." if measure["table_status"] == "Discontinued" else ""
    return " ".join(
        filter(None, [CAVEAT_OF.get(measure["measure_code"], ""), ended, f"Source: {measure['source_url']}"])
    )
