"""The slide of options: a scenario beside today, or the same need set against the other measures of provision."""

from __future__ import annotations

from analysis.decisions_compared import TODAY, TRIED
from analysis.gap import Gap
from analysis.present import what_if_view
from analysis.present.meeting import TO_DISCUSS
from analysis.reports.pack.gathered import Gathered
from analysis.reports.pack.layout import table_letters
from analysis.reports.pack.model import Grid, Slide

NOTES_OF_OTHERS = (
    "How to read it: each row sets the same need against another measure of provision. Measures are never added. A "
    "ward that falls short on one and not on another is not contradicted: they count different things."
)
KEPT = (
    "Places in all",
    "Places that wards gain",
    "Need within the places of its ward",
    "Unmet need, in places",
    "Wards surely short of their fair share",
    "Moves recommended",
)


def options(told: Gathered) -> Slide:
    """What the meeting may choose from, in figures."""
    return _tried(told) if told.tried else _others(told)


def _tried(told: Gathered) -> Slide:
    sentence, table, basis = told.asked.options
    then, now = told.tried[TRIED], told.tried[TODAY]
    title, more = what_if_view.answer(then, now)
    rows = tuple(tuple(str(cell) for cell in row) for row in table.to_numpy() if row[0] in KEPT)
    heads = ("What is compared", *(str(name) for name in table.columns[1:]))
    widths = (0.34, *((0.66 / (len(heads) - 1),) * (len(heads) - 1)))
    grid = Grid(
        heads, rows, widths, f"Table of scenarios side by side. {sentence}", table_letters((heads, *rows), widths)
    )
    steps = what_if_view.steps_said(then.scenario.steps, then.changed)
    notes = (
        more,
        f"Changes tried: {'; '.join(steps)}.",
        *(f"How often right: {line}." for line in what_if_view.moves_judged(then)),
        what_if_view.NOT_STAFF,
    )
    return Slide("options", title, (sentence,), grid, basis, tuple(note for note in notes if note))


def _others(told: Gathered) -> Slide:
    table, basis = told.asked.options[1:]
    rows = tuple(tuple(str(cell) for cell in row) for row in table.to_numpy())
    widths = (0.4, *((0.6 / (len(table.columns) - 1),) * (len(table.columns) - 1)))
    heads = tuple(str(name) for name in table.columns)
    alt = "Table of measures of provision, with the wards under-provided by each."
    grid = Grid(heads, rows, widths, alt, table_letters((heads, *rows), widths))
    return Slide(
        "options", _agreement(told), ("Wards under-provided, by each measure.",), grid, basis, (NOTES_OF_OTHERS,)
    )


def _agreement(told: Gathered) -> str:
    """How many of the wards that fall short do so by another measure too."""
    own = short_wards(told.result)
    others = [one for one in told.others.values() if isinstance(one, Gap)]
    if not others:
        return "There is no other measure of provision to set beside this one"
    if not own:
        return "No ward falls short by this measure; others are set beside it"
    again = set.union(*(short_wards(one) for one in others)) & own
    if len(own) == 1:
        return f"The one ward that falls short does so by {'another measure too' if again else 'no other measure'}"
    fall = "falls" if len(again) == 1 else "fall"
    return f"Of the {len(own)} wards that fall short, {len(again) or 'none'} {fall} short by another measure too"


def short_wards(result: Gap) -> set[str]:
    """Codes of the wards under-provided, likely or for certain."""
    return set(result.wards.loc[result.wards["verdict"].isin(TO_DISCUSS), "area_code"])
