"""What a reader's own programme may be worth, as sentences and tables, never without its range."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.costs import INPUTS, Worth
from analysis.present.costs_view import percent, pounds
from analysis.present.gap_view import rows_of
from analysis.present.words import chance, number

PAYERS = ("not known", "the council", "the NHS", "police and courts", "taxes and benefits", "several of them")
CASHABLE = ("not known", "yes", "in part", "no")
METHOD = """
**Your own figures.** Each input is a triangle from low over central to high. People, success, cost avoided, what
is left after what would have happened anyway and after weak evidence, and waiting (3.5% a year, spread evenly over the
years) are multiplied, and the cost for each person is taken off. That is done 10,000 times with inputs drawn
independently and always the same draws, and the middle and the range of nine in ten are shown. Success is the extra
share who do better *because of* the programme, not all who do well. Source: HM Treasury Green Book and Greater
Manchester's guidance on cost benefit.
"""


def rough(value: float) -> str:
    """Pounds to two figures that count, as no range of this kind is known better."""
    return pounds(float(f"{value:.2g}"))


def worth_sentence(result: Worth) -> tuple[str, str]:
    """What the reader's programme may be worth a year, and when it would pay, with the range never left out."""
    net = result.net
    answer = (
        f"Illustrative, on your own figures: after its cost a year of this programme comes to between "
        f"{_gain(net.lower)} and {_gain(net.upper)}, with {_gain(net.median)} in the middle; it pays for itself in "
        f"{chance(net.chance_above_zero)} of {number(net.draws)} reruns."
    )
    return answer, _breaks_even(net.break_even, net.break_even_corrected)


def unmet_title(result: Worth) -> str:
    """The cost of the need if nobody meets it: a range, with illustrative in the title."""
    low, high = rough(result.unmet.lower), rough(result.unmet.upper)
    return f"Cost of this need left unmet: {low} to {high} for a year's people (illustrative)"


def matters(result: Worth) -> pd.DataFrame:
    """What the answer depends on most, the first the most: the net worth with one input at each of its ends."""
    rows = rows_of(result.net.tornado)
    return pd.DataFrame(
        {
            "Input": [INPUTS[row["input"]].title for row in rows],
            "Worth at its low": [rough(row["net_at_low"]) for row in rows],
            "Worth at its high": [rough(row["net_at_high"]) for row in rows],
            "Between them": [rough(row["swing"]) for row in rows],
        }
    )


def download(result: Worth, said: Mapping[str, str]) -> pd.DataFrame:
    """The reader's figures and what came of them, one row each, none without its range."""
    given = [
        (INPUTS[name].title, INPUTS[name].unit, *(end * (100 if INPUTS[name].percent else 1) for end in ends))
        for name, held in result.programme.ranges.items()
        for ends in [(held.low, held.central, held.high)]
    ]
    came = [
        (words, "£ a year's people", outcome.lower, outcome.median, outcome.upper)
        for words, outcome in (("Net worth, 5%, median and 95%", result.net), ("Cost of need unmet", result.unmet))
    ]
    table = pd.DataFrame([*given, *came], columns=["what", "unit", "low", "central", "high"])
    net = result.net
    return table.assign(
        chance_it_pays=net.chance_above_zero,
        break_even=net.break_even,
        break_even_corrected=net.break_even_corrected,
        years=result.programme.years,
        draws=net.draws,
        seed=net.seed,
        **said,
        title="Your own figures (illustrative)",
    )


def _gain(value: float) -> str:
    return f"a {'loss' if value < 0 else 'gain'} of {rough(abs(value))}"


def _breaks_even(plain: float, corrected: float) -> str:
    if pd.isna(plain):
        return "With no cost avoided by a success there is no rate of success at which it pays."
    after = f"{percent(corrected)} once what would have happened anyway, weak evidence and waiting are taken off"
    never = " At over 100% it cannot pay, however well it works." if corrected > 1 else ""
    return f"At your central figures it pays if {percent(plain)} succeed, or {after}.{never}"
