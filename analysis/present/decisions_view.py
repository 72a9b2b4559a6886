"""The decision log in words and tables, and as files to download."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pandas as pd

from analysis.decisions_compared import Moved, ThenNow
from analysis.present.meeting import said_day
from analysis.present.palette import BASIS_WORDS, VERDICTS
from analysis.store.decisions import IN_FORCE, LISTED, Decision, Figure, Frozen, listed
from analysis.store.export import defused

MOST_SHOWN = 10
MADE = datetime(2026, 1, 1, tzinfo=UTC)
METHOD = (
    "A decision is kept with every figure as it was shown: the verdict, provision against its share of need with its "
    "limits, need, provision, their basis, and which tables they came from. Nothing of it is changed later. *Now* is "
    "the same comparison worked out again on what is published today, with the same rules. An entry is put right or "
    "withdrawn by a new entry that names it, so the log shows both."
)
_ORDER = {item.label: number for number, item in enumerate(VERDICTS.values())}


def ordered(held: Sequence[Decision], on: date) -> list[Decision]:
    """Those due for review first, the longest due first; then those in force by review date; then all others."""

    def place(one: Decision) -> tuple[bool, bool, date, int]:
        forced = one.standing == IN_FORCE
        return not forced, forced and one.words.review_on > on, one.words.review_on, -one.id

    return sorted(held, key=place)


def headline(held: Sequence[Decision], on: date) -> tuple[str, str]:
    """How many decisions there are and how many are to be looked at again."""
    forced = [one for one in held if one.standing == IN_FORCE]
    due = [one for one in forced if one.words.review_on <= on]
    if not held:
        return "No decision has been recorded yet.", "Open Meeting view from any page; its last screen records one."
    counted = "One decision is in force" if len(forced) == 1 else f"{len(forced)} decisions are in force"
    waiting = "none is due to be looked at again" if not due else f"{len(due)} due to be looked at again"
    return f"{counted}; {waiting}.", ""


def title(one: Decision, on: date) -> str:
    """The number of a decision, its meeting and how it stands."""
    late = one.standing == IN_FORCE and one.words.review_on <= on
    standing = "due to be looked at again" if late else one.standing
    return f"Decision {one.id}: {one.words.meeting or 'deleted'}, {said_day(one.words.met_on)} ({standing})"


def recorded(one: Decision) -> str:
    """When it is to be looked at again, who recorded it and when, and what it replaces."""
    replaced = f" It replaces entry {one.replaces}." if one.replaces else ""
    return (
        f"To be looked at again on {said_day(one.words.review_on)}. Recorded by {one.by} on "
        f"{said_day(one.recorded_on)}.{replaced}"
    )


def headlines(one: Decision, found: ThenNow | None) -> pd.DataFrame:
    """The sentence over the figures as it was shown, and as it is now."""
    now = found.headline_now if found else "can no longer be worked out"
    return pd.DataFrame({"When": ["Then", "Now"], "The answer": [one.frozen.headline, now]})


def tables(shown: Frozen) -> str:
    """Which tables figures came from."""
    return (
        f"{shown.base} edition, version {shown.version} “{shown.version_name}”, publication {shown.publication}, "
        f"contents {shown.contents[:8]}. {BASIS_WORDS[shown.basis]}."
    )


def figures_table(figures: Sequence[Figure]) -> pd.DataFrame:
    """Figures as they were shown, the worst verdict first; each with its basis, each blank with its reason."""
    rows = sorted(figures, key=lambda one: _ORDER.get(one.verdict, len(_ORDER)))
    return pd.DataFrame(
        {
            "Area": [one.label for one in rows],
            "Verdict": [one.verdict for one in rows],
            "Against its share": [_value(one) for one in rows],
            "Need": [one.need or one.why for one in rows],
            "Provision": [one.provision or one.why for one in rows],
            "Basis": [one.basis for one in rows],
        }
    )


def _value(one: Figure) -> str:
    return f"{one.value} ({one.limits})" if one.limits else one.value or one.why


def moved_table(moved: Sequence[Moved]) -> pd.DataFrame:
    """Areas then and now, those with another verdict first."""
    rows = sorted(moved, key=lambda one: not one.verdict_changed)
    return pd.DataFrame(
        {
            "Area": [one.label for one in rows],
            "Verdict then": [one.verdict_then for one in rows],
            "Verdict now": [one.verdict_now for one in rows],
            "Has it changed?": ["yes" if one.verdict_changed else "no" for one in rows],
            "Against its share then": [one.value_then for one in rows],
            "Now": [one.value_now for one in rows],
        }
    )


def options_table(moved: Sequence[Moved]) -> pd.DataFrame:
    """Figures of a scenario that differ, then and now."""
    return pd.DataFrame(
        {
            "Option": [one.label for one in moved],
            "Then": [one.value_then for one in moved],
            "Now": [one.value_now for one in moved],
        }
    )


def said_change(found: ThenNow | None) -> str:
    """What has become of a decision's figures, in a sentence."""
    if found is None:
        return "What was compared can no longer be worked out, so only what was shown then stands here."
    if found.same:
        return "Every figure is as it was."
    verdicts = [one.label for one in found.verdicts]
    scenario = f" {len(found.options)} figures of the scenario differ." if found.options else ""
    told = f"{len(found.moved)} of {found.areas} areas have other figures"
    if not verdicts:
        return f"{told}; no verdict has changed.{scenario}"
    return f"{told}; {len(verdicts)} {'has' if len(verdicts) == 1 else 'have'} another verdict.{scenario}"


def log(held: Sequence[Decision]) -> pd.DataFrame:
    """The whole log for a spreadsheet, one row an entry, newest first."""
    return pd.DataFrame([listed(one) for one in held], columns=list(LISTED))


def log_figures(held: Sequence[Decision]) -> pd.DataFrame:
    """The figures frozen with every entry, one row an area."""
    named = ["decision", *Figure.__dataclass_fields__]
    rows = [[one.id, *vars(each).values()] for one in held for each in one.frozen.figures]
    return pd.DataFrame(rows, columns=named)


def csv(held: Sequence[Decision]) -> bytes:
    """The log as CSV, with no cell that a spreadsheet would run."""
    return defused(log(held)).to_csv(index=False).encode("utf-8-sig")


def xlsx(held: Sequence[Decision]) -> bytes:
    """The log and its figures as a workbook of two sheets, every text written as text."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Decisions", "created": MADE.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, rows in (("Decisions", log(held)), ("Figures", log_figures(held))):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, list(rows.columns), head)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows.itertuples(index=False), start=1):
            for place, cell in enumerate(cells):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(number, place, cell if isinstance(cell, int) else str(cell))
    book.close()
    return packed.getvalue()
