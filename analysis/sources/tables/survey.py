"""Contract of the practitioner survey of the 2020 assessment (section 10.2)."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import STATUSES, Contract, Field, Rule
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.services import SLUG

SETS = ("all", "schools")
ANSWER_KINDS = ("choice", "turnout", "theme", "comment", "service named")
COUNTED = ("choice", "turnout")
GAPS = (
    "no service for the need",
    "no service for the age",
    "no service in the area",
    "cannot get in",
    "none that meets all needs",
    "waiting or full",
)


def _choices_explain_blanks(table: pd.DataFrame) -> pd.Series:
    counted = table["count"].notna() | table["percent"].notna()
    return counted == (table["kind"].isin(COUNTED) & table["status"].eq("ok"))


SURVEY = Contract(
    name="SURVEY",
    title="Answers of practitioners to the Early Help survey of 2020, all respondents and schools",
    fields=(
        Field("respondents", "text", allowed=SETS),
        Field("question_number", "integer", minimum=1, maximum=25),
        Field("question_id", "code", pattern=SLUG),
        Field("question", "text"),
        Field("kind", "text", allowed=ANSWER_KINDS),
        Field("answer_id", "code", pattern=SLUG),
        Field("answer", "text"),
        Field("count", "integer", blank=True, minimum=0),
        Field("percent", "number", blank=True, minimum=0, maximum=100),
        Field("base", "integer", blank=True, minimum=1),
        Field("several_answers", "flag"),
        Field("status", "text", allowed=STATUSES),
        Field("gap", "text", blank=True, allowed=GAPS),
        Field("need_id", "code", blank=True, pattern=SLUG),
        Field("note", "text", blank=True),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("respondents", "question_id", "kind", "answer_id"),
    rules=(
        Rule(
            "count",
            _choices_explain_blanks,
            "A choice with status ok has a count or a per cent; nothing else has either.",
        ),
        Rule("count", lambda table: ~(table["count"] > table["base"]), "No answer has more people than the base."),
        Rule(
            "status",
            lambda table: table["kind"].isin(COUNTED) | table["status"].eq("not_applicable"),
            "Answers in respondents' own words were not counted: their status is not_applicable.",
        ),
    ),
)
