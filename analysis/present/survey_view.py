"""The practitioner survey in sentences: counts and bases, never a claim about those who did not reply."""

from __future__ import annotations

import pandas as pd

from analysis.present.gap_view import Row, rows_of
from analysis.present.words import listed, number
from analysis.services import LIFE_STAGES
from analysis.survey import REASONS, REFERRING, SMALL_BASE, Said, Standing

RESPONDENTS = {"all": "All who replied", "schools": "Schools only"}
PEOPLE = {"all": "practitioners", "schools": "people in schools"}
GAPS = {
    "no service for the need": "No service for the need",
    "no service for the age": "No service for the child's age",
    "no service in the area": "No service in the area",
    "cannot get in": "A service exists, but they cannot get in",
    "none that meets all needs": "No service meets all the needs",
    "waiting or full": "Waiting, or services full",
}
SAID = {
    "no service for the need": "there is no service for the need",
    "no service for the age": "there is no service for the child's age",
    "no service in the area": "there is no service in the area",
    "cannot get in": "services exist but cannot be reached",
    "none that meets all needs": "no service meets all the needs",
}
WAITING = "waiting or full"
OTHER = "other"
STAGES = {
    "predisposing_factors": ("Predisposing factors", "What made trouble likelier"),
    "triggering_factors": ("Triggering factors", "What brought the family to Early Help"),
    "activities": ("Activities", "What services did"),
    "surrounding_support": ("Surrounding support", "What else they gave"),
    "outputs": ("Outputs", "What changed first"),
    "outcomes": ("Outcomes", "What that may lead to"),
}
ABBREVIATIONS = {
    "CAMHS": "child and adolescent mental health services",
    "SEND": "special educational needs and disabilities",
    "SENCO": "special educational needs co-ordinator",
    "NEET": "not in education, employment or training",
}


def answer(gaps: pd.DataFrame, needs: pd.DataFrame, counted: pd.DataFrame, respondents: str) -> tuple[str, str]:
    """What those who replied said is missing; then what stands against reading more into it."""
    ticked = gaps[gaps["is_counted"]]
    reasons = ticked[ticked["question_id"].eq(REASONS)].sort_values("count", ascending=False, kind="stable")
    waits = ticked[ticked["question_id"].eq(REFERRING) & ticked["gap"].eq(WAITING)]
    first, second = rows_of(reasons)[:2]
    full = rows_of(waits)[0]
    sentence = (
        f"Of the {number(first['base_used'])} {PEOPLE[respondents]} who said why services are not always there, "
        f"{first['count']} said that {SAID[first['gap']]} and {second['count']} that {SAID[second['gap']]}; of the "
        f"{number(full['base_used'])} who answered about referring, {full['count']} met full services or long waits."
    )
    mine = counted["respondents"].eq(respondents) & counted["question_id"].eq(REASONS)
    other = counted[mine & counted["answer_id"].eq(OTHER)]["count"].iloc[0]
    ticked_other = f"They could tick several reasons, and {other} ticked “other”, which is not a kind of gap."
    return sentence, f"{ticked_other} {_listed_all_the_same(needs)}"


def _listed_all_the_same(needs: pd.DataFrame) -> str:
    unmet = needs[needs["unmet"].map(len).gt(0)]
    some = int(unmet["services"].gt(0).sum())
    many = "all have" if some == len(unmet) else f"{some} {'has' if some == 1 else 'have'}"
    return (
        f"Of the {len(unmet)} needs of the service map that they named as unmet, {many} a service listed at some "
        "age all the same: being listed is not the same as being there, open and enough."
    )


def phrase(words: str) -> str:
    """Words to stand inside a sentence: the first letter small, unless they begin with capitals."""
    return words if words[1:2].isupper() else words[0].lower() + words[1:]


def caution(standing: Standing) -> str:
    """What the survey can and cannot say (Markdown)."""
    return (
        f"**{standing.replies} people who chose to reply, not a sample.** {standing.schools} of them work in schools; "
        f"the completion rate was {standing.completion:.0f}%, and from {standing.least} to {standing.most} answered "
        "each counted question after the first. So this page gives counts and how many answered, and no limits. It "
        "says nothing about all practitioners or about families, and the survey was not meant to show how common a "
        "need is."
    )


def titles(questions: pd.DataFrame) -> dict[str, str]:
    """The questions to choose from, by identifier."""
    return {row["question_id"]: f"{row['question_number']}. {row['question']}" for row in rows_of(questions)}


def shown(row: Row) -> str:
    """An answer in figures: 18 of 51 (35%); a count alone where fewer than ten answered."""
    base, percent = number(row["base_used"]), number(row["percent"])
    of_base: str = "" if pd.isna(row["count"]) else f"{row['count']} of {base}"
    return {
        "lost": "not printed",
        "no_base": f"{percent}%, of how many is not printed",
        "no_count": f"{percent}% of {base}{_about(row['fits'])}",
        "small": of_base,
        "differs": f"{of_base} ({number(row['share'])}%; printed as {percent}%)",
    }.get(row["agreement"], f"{of_base} ({number(row['share'])}%)")


def _about(fits: float) -> str:
    return "" if pd.isna(fits) else f", so about {fits:.0f}"


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Answers to one question: the commonest first where several could be given, with other last; else as printed."""
    if not rows["several_answers"].any():
        return rows
    last = rows["answer_id"].isin([OTHER, "does_not_refer"])
    return rows.assign(last=last).sort_values(
        ["last", "count"], ascending=[True, False], kind="stable", ignore_index=True
    )


def reading(rows: pd.DataFrame, answered: tuple[int, int] | None) -> str:
    """How to read the answers to one question: who answered, and where the print does not agree (Markdown)."""
    parts = [f"{answered[0]} people answered and {answered[1]} skipped it." if answered else _base(rows)]
    if rows["several_answers"].any():
        total = rows["count"].sum()
        parts.append(f"**Several answers could be given**, so the counts add to {total}, more than the people.")
    if rows["agreement"].eq("differs").any():
        parts.append("**A percentage as printed differs from the counts**; the bars follow the counts.")
    if rows["agreement"].eq("no_count").any():
        parts.append("The count is not printed: the bar is the percentage as printed.")
    if rows["base_used"].lt(SMALL_BASE).any():
        parts.append(f"Fewer than {SMALL_BASE} answered, so counts are given without percentages.")
    return " ".join(parts)


def reading_words(told: pd.DataFrame) -> str:
    """How to read a question that was answered in people's own words only."""
    bases = told["base"].dropna()
    who = (
        f"{number(bases.iloc[0])} people answered" if len(bases) else "How many answered is not printed; they answered"
    )
    return f"{who} in their own words, and nobody counted what they said."


def _base(rows: pd.DataFrame) -> str:
    row = rows_of(rows)[0]
    if pd.isna(row["base_used"]):
        return "How many answered is not printed."
    used = number(row["base_used"])
    if not row["summed"]:
        return f"{used} people answered."
    printed = "is not printed" if pd.isna(row["base"]) else f"is printed as {row['base']}"
    return f"**How many answered {printed}; the answers add to {used}**, which is used here."


def lost(rows: pd.DataFrame) -> str:
    """Why a question has no answers to show."""
    row = rows_of(rows)[0]
    return f"{row['answer']}: {row['note']} ({row['locator']})."


def services_listed(row: Row) -> str:
    """What the service map lists for a need, by life stage, with the cells that cannot be read."""
    many = row["services"]
    parts = [f"{many} service{'' if many == 1 else 's'} listed: {_stages(row['covered'])}" if many else "None listed"]
    if row["uncovered"]:
        parts.append(f"none listed: {_stages(row['uncovered'])}")
    if row["unclear"]:
        parts.append(f"cannot be read: {_stages(row['unclear'])}")
    return "; ".join(parts)


def _stages(stages: tuple[str, ...]) -> str:
    if len(stages) == len(LIFE_STAGES):
        return "every life stage"
    return listed([phrase(LIFE_STAGES[stage]) for stage in stages])


def named(said: tuple[Said, ...]) -> str:
    """What was said of a need, each with its question and kind of gap."""
    return "; ".join(f"{one.answer} (question {one.question_number}{_kind(one.gap)})" for one in said)


def _kind(gap: str | None) -> str:
    return f": {phrase(GAPS[gap])}" if gap else ""


def abbreviations(words: str) -> str:
    """The abbreviations in some text, written out."""
    return " ".join(f"{short}: {full}." for short, full in ABBREVIATIONS.items() if short in words)
