"""What cannot be said: the wards of which nothing clear is known, by reason."""

from __future__ import annotations

from analysis.comparison import Verdict
from analysis.editions import EDITIONS
from analysis.gap import Gap
from analysis.present.palette import VERDICTS
from analysis.present.words import listed
from analysis.reports.pack.layout import table_letters
from analysis.reports.pack.model import Grid, Slide

WHY = {
    Verdict.IN_LINE: "The limits hold its share of need. That does not mean there is enough.",
    Verdict.DEPENDS: "The answer changes with how the catchment is drawn.",
    Verdict.TOO_FEW: "So few are expected that even none would prove nothing.",
    Verdict.NOT_SHOWN: "Small counts, and those that would give them away, are held back.",
    Verdict.NOT_KNOWN: "",
}
HEADS, WIDTHS = ("What can be said", "Wards", "Which", "Why no more"), (0.26, 0.09, 0.31, 0.34)
MOST_NAMED = 5
NONE = "Of every ward something can be said: each stands apart from its share of need"
NOTES = (
    "How to read it: wards that are likely or for certain under- or over-provided are on the slide before. These are "
    "all the others. Do not read them as wards without a gap."
)


def unclear(result: Gap) -> Slide:
    """The wards without a clear answer, a row for each reason."""
    rows = tuple(row for verdict in WHY if (row := _row(result, verdict)))
    count = sum(int(row[1]) for row in rows)
    if not rows:
        return Slide("unclear", NONE, basis=result.basis, notes=(NOTES,))
    said = "one cannot be told apart from its share, or is not known"
    if count > 1:
        said = f"{count} cannot be told apart from their share, or are not known"
    title = f"Of {EDITIONS[result.edition].wards}, {said}"
    alt = f"Table of the {count} wards without a clear answer, by reason."
    grid = Grid(HEADS, rows, WIDTHS, alt, table_letters((HEADS, *rows), WIDTHS))
    return Slide("unclear", title, (), grid, result.basis, (NOTES, *_whole(result)))


def names_of(result: Gap, verdict: Verdict) -> list[str]:
    """Names of the wards with a verdict, in the order of the alphabet."""
    return sorted(str(name) for name in result.wards.loc[result.wards["verdict"] == verdict, "area_name"])


def _row(result: Gap, verdict: Verdict) -> tuple[str, ...]:
    names = names_of(result, verdict)
    if not names:
        return ()
    look = VERDICTS[verdict]
    why = WHY[verdict] or _reason(result)
    return f"{look.symbol} {look.label}", f"{len(names)}", listed(names, MOST_NAMED), why


def _reason(result: Gap) -> str:
    """Why the wards that are not known are not, as the table says it."""
    reasons = result.wards.loc[result.wards["verdict"] == Verdict.NOT_KNOWN, "reason"].replace("", "not published")
    said = listed(list(dict.fromkeys(str(reason) for reason in reasons)), 3)
    return f"{said[0].upper()}{said[1:]}."


def _whole(result: Gap) -> list[str]:
    return [f"{VERDICTS[one].label}: {', '.join(names)}." for one in WHY if (names := names_of(result, one))]
