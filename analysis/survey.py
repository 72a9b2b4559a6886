"""What practitioners said in the survey of 2020: answers with their bases, kinds of unmet need, and needs named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.services import LIFE_STAGES
from analysis.sources.library import Library
from analysis.sources.tables.survey import GAPS

SMALL_BASE = 10
AGENCY, REASONS, REFERRING, UNMET = "agency", "why_not_available", "referral_issues", "needs_without_service"
COMPLETION = "na2020_survey_completion"
NO_SERVICE = "no service for the need"
AGREEMENTS = {
    "agrees": "agrees with the counts",
    "differs": "differs from the counts",
    "ours": "not printed; worked out here",
    "no_count": "count not printed, so not checked",
    "no_base": "number who answered not printed, so not checked",
    "small": f"not shown: fewer than {SMALL_BASE} answered",
    "lost": "not printed",
}
PRESENTING = ("needs_children", "needs_parents")
_QUESTION = ["respondents", "question_id"]
_STATES = ("covered", "uncovered", "unclear")


@dataclass(frozen=True)
class Standing:
    """How far the survey goes: who replied, how much was completed, and the fewest and most who answered a question.

    `completion` is a per cent. `least` and `most` leave out the question on the agency, which all answered.
    """

    replies: int
    schools: int
    completion: float
    least: int
    most: int


@dataclass(frozen=True)
class Said:
    """Something respondents said in their own words, to which question, and the kind of gap it is, if any."""

    answer: str
    question_number: int
    gap: str | None


def standing(library: Library) -> Standing:
    """How many replied and answered, from the survey and from the sentence that introduces it."""
    rows = counted(library.table("SURVEY"))
    agency = rows[rows["question_id"].eq(AGENCY)]
    bases = rows.loc[rows["question_id"].ne(AGENCY), "base_used"].dropna()
    printed = library.table("ASSESSMENT_OBSERVATIONS")
    return Standing(
        replies=int(agency["base"].iloc[0]),
        schools=int(agency.loc[agency["answer_id"].eq("schools"), "count"].iloc[0]),
        completion=float(printed.loc[printed["indicator_id"].eq(COMPLETION), "value"].iloc[0]),
        least=int(bases.min()),
        most=int(bases.max()),
    )


def questions(survey: pd.DataFrame, respondents: str) -> pd.DataFrame:
    """The questions put to all respondents or to schools, in order: question_number, question_id, question."""
    rows = survey[survey["respondents"].eq(respondents)]
    found = rows.drop_duplicates("question_id").sort_values("question_number", kind="stable")
    return found[["question_number", "question_id", "question"]].reset_index(drop=True)


def counted(survey: pd.DataFrame) -> pd.DataFrame:
    """The answers offered to choose from, each with what can be worked out again, in the order they are printed.

    Adds base_used (the base printed; the sum of the answers where each gave one answer and that sum is larger, or
    where no base is printed and the answers are complete), summed (whether it is that sum), share (per cent of
    base_used worked out from the count; missing where fewer than ten answered), fits (the one count a printed per cent
    can stand for, where the count is not printed) and agreement (a key of AGREEMENTS).
    """
    rows = survey[survey["kind"].eq("choice")].reset_index(drop=True)
    total = rows.groupby(_QUESTION)["count"].transform("sum").astype(float)
    base, summed = rows["base"].astype(float), _summed(rows, total)
    rows = rows.assign(base_used=base.mask(summed, total), summed=summed)
    enough = rows["base_used"].ge(SMALL_BASE)
    rows = rows.assign(share=(100 * rows["count"].astype(float) / rows["base_used"]).where(enough))
    return rows.assign(
        fits=[_only_count(row) for row in rows.to_dict("records")],
        agreement=[_agreement(row) for row in rows.to_dict("records")],
    )


def answered(survey: pd.DataFrame, respondents: str, question: str) -> tuple[int, int] | None:
    """How many answered and how many skipped a question, where both are printed."""
    rows = _asked(survey, respondents, question)
    found = rows[rows["kind"].eq("turnout")].set_index("answer_id")["count"]
    return (int(found["answered"]), int(found["skipped"])) if len(found) else None


def own_words(survey: pd.DataFrame, respondents: str, question: str) -> pd.DataFrame:
    """Answers in respondents' own words, summarised and never counted: rows of the survey."""
    rows = _asked(survey, respondents, question)
    return rows[~rows["kind"].isin(["choice", "turnout"])].reset_index(drop=True)


def gaps(survey: pd.DataFrame, respondents: str) -> pd.DataFrame:
    """Why needs go unmet, by the six kinds of gap, in their order: the answers of `counted` and those in own words.

    Adds is_counted. Counts of different questions stand beside each other and are never added: their bases differ, and
    one person may have ticked several.
    """
    rows = survey[survey["respondents"].eq(respondents) & survey["gap"].notna()]
    told = rows[~rows["kind"].isin(["choice", "turnout"])].assign(is_counted=False)
    ticked = counted(survey)
    ticked = ticked[ticked["respondents"].eq(respondents) & ticked["gap"].notna()].assign(is_counted=True)
    found = pd.concat([ticked, told])
    return found.sort_values("gap", key=lambda gap: gap.map(GAPS.index), kind="stable", ignore_index=True)


def needs_named(survey: pd.DataFrame, cells: pd.DataFrame, respondents: str) -> pd.DataFrame:
    """Needs of the service map that respondents named, those called unmet first, beside what the map lists for them.

    Columns: need_id, need, unmet and presenting (tuples of Said: named as unmet, or as a need people come with),
    services (how many different services are listed at any life stage) and, as tuples of life stages, covered,
    uncovered and unclear. `cells` is `analysis.services.cells`.
    """
    rows = survey[survey["respondents"].eq(respondents) & survey["need_id"].notna()]
    rows = rows[rows["gap"].notna() | rows["question_id"].isin(PRESENTING)]
    found = [_need(need, said, cells[cells["need_id"].eq(need)]) for need, said in rows.groupby("need_id", sort=False)]
    table = pd.DataFrame(found, columns=["need_id", "need", "unmet", "presenting", "services", *_STATES])
    return table.sort_values("unmet", key=lambda said: said.map(len).eq(0), kind="stable", ignore_index=True)


def unmapped(survey: pd.DataFrame, respondents: str) -> pd.DataFrame:
    """What respondents said there is no service for that is no need of the service map: answer and locator."""
    rows = _asked(survey, respondents, UNMET)
    rows = rows[rows["gap"].eq(NO_SERVICE) & rows["need_id"].isna()]
    return rows[["answer", "locator"]].reset_index(drop=True)


def _need(need: object, said: pd.DataFrame, cells: pd.DataFrame) -> list[object]:
    stages = {state: [*cells.loc[cells["cell"].eq(state), "life_stage"]] for state in _STATES}
    in_order = [tuple(stage for stage in LIFE_STAGES if stage in found) for found in stages.values()]
    listed = {name for names in cells["names"] for name in names}
    unmet = said["gap"].notna()
    return [need, cells["need"].iloc[0], _said(said[unmet]), _said(said[~unmet]), len(listed), *in_order]


def _said(rows: pd.DataFrame) -> tuple[Said, ...]:
    return tuple(
        Said(str(row["answer"]), int(row["question_number"]), None if pd.isna(row["gap"]) else str(row["gap"]))
        for row in rows.to_dict("records")
    )


def _asked(survey: pd.DataFrame, respondents: str, question: str) -> pd.DataFrame:
    return survey[survey["respondents"].eq(respondents) & survey["question_id"].eq(question)]


def _summed(rows: pd.DataFrame, total: pd.Series) -> pd.Series:
    """Whether the sum of the answers, and not the base printed, is how many answered."""
    grouped = rows.groupby(_QUESTION)
    answers = grouped["answer"].transform("size")
    known = grouped["count"].transform("count").eq(answers)
    whole = known & (grouped["percent"].transform("sum") - 100).abs().le(answers / 2)
    return ~rows["several_answers"] & (rows["base"].lt(total).fillna(value=False) | (rows["base"].isna() & whole))


def _decimals(percent: float) -> int:
    """How many decimals a printed per cent has, as far as the file keeps them (8.60 is kept as 8.6)."""
    return len(f"{percent:.10g}".partition(".")[2])


def _rounds_to(share: float, percent: float) -> bool:
    return abs(share - percent) <= 0.5 * 10.0 ** -_decimals(percent) + 1e-9


def _only_count(row: Mapping[Hashable, Any]) -> float:
    count, percent, base = (pd.to_numeric(row[name]) for name in ("count", "percent", "base_used"))
    if pd.notna(count) or pd.isna(percent) or pd.isna(base):
        return float("nan")
    fitting = [many for many in range(int(base) + 1) if _rounds_to(100 * many / base, percent)]
    return float(fitting[0]) if len(fitting) == 1 else float("nan")


def _agreement(row: Mapping[Hashable, Any]) -> str:
    count, percent, base, share = (row[name] for name in ("count", "percent", "base_used", "share"))
    rules = (
        (row["status"] != "ok", "lost"),
        (pd.isna(base), "no_base"),
        (pd.isna(count), "no_count"),
        (pd.isna(share), "small"),
        (pd.isna(percent), "ours"),
    )
    blank = next((name for holds, name in rules if holds), None)
    return blank or ("agrees" if _rounds_to(share, percent) else "differs")
