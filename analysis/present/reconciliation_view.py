"""What the Reconciliation section shows: how many figures agree, every disagreement, and what explains it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.present.words import number
from analysis.reconciliation import by_kind, unexplained
from analysis.reconciliation.explained import LEDGER, RULE, RULES, UNEXPLAINED
from analysis.reconciliation.rates import OURS
from analysis.reconciliation.verdicts import AGREES, DISAGREES, ROUNDED, UNCHECKED

EVERY_SOURCE = "every_source"
BASIS = "published figures worked out again by the atlas"
KINDS = {
    "share or rate": "Shares and rates from their printed count and base",
    OURS: "Shares the atlas works out itself, read back from its files",
    "share and its count": "Percentages that their printed count can give",
    "answers to the survey": "Survey percentages from answers and bases",
    "limits": "Published limits from counts",
    "total": "Totals from their parts",
    "tenth from its rank": "Tenths of deprivation from ranks",
    "score from the ranks of its domains": "Deprivation scores from the ranks of their domains",
    "summary of the council": "Council summaries from neighbourhoods",
    "ward from its neighbourhoods": "Printed wards from neighbourhoods",
    "given twice": "The same figure in two places",
    "figure beside its parts": "Figures printed beside their parts",
    "rate beside its count": "Rates of one year over one number of children",
    "year from two months": "Yearly estimates from two months",
}
METHOD = """
**What is checked.** Wherever a source prints a figure and what it is made of, the figure is worked out again: shares
and rates from count and base, limits from counts (Wilson for shares, Byar and exact for rates), totals from parts,
tenths and scores of deprivation from ranks, council figures from neighbourhoods. Where the same figure stands in two
places, the two are set side by side.

**When figures agree.** They *agree* when they differ by no more than half of the last printed digit. They *agree within
rounding* when the publisher's rounding, or its adjustments so that nobody can be recognised, is enough to move them
that far; the rules are listed above. Anything further apart *disagrees*.

**What explains a disagreement.** An entry of the list of contradictions, which gives both readings and the one used,
or one of the rules. A disagreement that neither explains fails a test, and so stops a release of the atlas.

**What cannot be checked.** A figure without its parts. The Local Authority Interactive Tool prints no counts beside its
rates, so most of its figures can only be set beside another table where one prints the same.
"""


def headline(checks: pd.DataFrame) -> tuple[str, str]:
    """How many printed figures were worked out again and how many agree; then the atlas's own, and the unchecked."""
    printed = checks[checks["kind"].ne(OURS)]
    counts = printed["verdict"].value_counts().reindex([AGREES, ROUNDED, DISAGREES, UNCHECKED], fill_value=0)
    made, left = int(counts[[AGREES, ROUNDED, DISAGREES]].sum()), len(unexplained(checks))
    sentence = (
        f"Of {number(made)} printed figures worked out again, {number(counts[AGREES])} agree, "
        f"{number(counts[ROUNDED])} agree within rounding and {number(counts[DISAGREES])} disagree: "
        f"{_explained(int(counts[DISAGREES]), left)}."
    )
    ours = int(checks["kind"].eq(OURS).sum())
    more = (
        f"A further {number(ours)} shares are worked out by the atlas and were read back from its files. "
        f"{number(counts[UNCHECKED])} printed figures have a count, a base or limits but not all that a check needs."
    )
    return sentence, more


def kinds(checks: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of check, how many there are of each verdict."""
    table = by_kind(checks)
    return pd.DataFrame(
        {
            "What was worked out again": table["kind"].map(KINDS),
            "Checks": table["made"].map(number),
            "Agree": table[AGREES].map(number),
            "Within rounding": table[ROUNDED].map(number),
            "Disagree": table[DISAGREES].map(number),
            "Cannot be checked": table[UNCHECKED].map(number),
        }
    )


def sources(checks: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """The sources with a disagreement, by contract: its name of `names` and how many; all of them first."""
    counts = checks.loc[checks["verdict"].eq(DISAGREES), "source"].value_counts().sort_index()
    every = {EVERY_SOURCE: f"Every source ({number(int(counts.sum()))})"}
    return every | {str(name): f"{names[str(name)]} ({number(count)})" for name, count in counts.items()}


def disagreements(checks: pd.DataFrame, ledger: pd.DataFrame, source: str = EVERY_SOURCE) -> pd.DataFrame:
    """Every disagreement of a source in words: both figures, how far apart, where, and the explanation underneath."""
    apart = checks[checks["verdict"].eq(DISAGREES)]
    shown = apart if source == EVERY_SOURCE else apart[apart["source"].eq(source)]
    entries = ledger.set_index("entry_id")
    return pd.DataFrame(
        {
            "Figure": shown["what"].map(capital),
            "Printed": shown["printed"].map(amount),
            "Worked out again": shown["recomputed"].map(amount),
            "Difference": [amount(gap, signed=True) for gap in shown["difference"]],
            "Explained by": [explained_by(name, entries) for name in shown["explanation"]],
            "Where": shown["locator"].fillna(""),
            "Why": [why(name, entries) for name in shown["explanation"]],
        }
    )


def rules(checks: pd.DataFrame) -> pd.DataFrame:
    """The practices of publishers that explain a difference, and how many figures each explains."""
    counts = checks["explanation"].value_counts()
    return pd.DataFrame(
        [
            {
                "Rule": rule.title,
                "Figures": number(int(counts.get(RULE + name, 0))),
                "Why figures lie apart": rule.reason,
            }
            for name, rule in RULES.items()
        ]
    )


def unchecked(checks: pd.DataFrame) -> pd.DataFrame:
    """Why figures cannot be checked, and how many for each reason."""
    counts = checks.loc[checks["verdict"].eq(UNCHECKED), "reason"].value_counts()
    return pd.DataFrame(
        {"Reason": [capital(reason) for reason in counts.index], "Figures": counts.map(number).to_list()}
    )


def in_full(checks: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Every check for a spreadsheet, its explanation also in words."""
    entries = ledger.set_index("entry_id")
    words = {name: why(name, entries) for name in checks["explanation"].unique()}
    return checks.assign(explanation_in_words=checks["explanation"].map(words))


def explained_by(name: str, entries: pd.DataFrame) -> str:
    """The entry of the ledger or the rule, by its title."""
    if name.startswith(LEDGER):
        return f"Contradiction: {entries['topic'].loc[name.removeprefix(LEDGER)]!s}"
    return f"Rule: {RULES[name.removeprefix(RULE)].title}" if name.startswith(RULE) else "Unexplained"


def why(name: str, entries: pd.DataFrame) -> str:
    """The reason, with the reading that is used where the ledger chooses one."""
    if name.startswith(LEDGER):
        entry = entries.loc[name.removeprefix(LEDGER)]
        return f"Used here: {str(entry['used']).rstrip('.')}. {entry['why']}"
    if name.startswith(RULE):
        return RULES[name.removeprefix(RULE)].reason
    return "Nothing explains this yet." if name == UNEXPLAINED else ""


def amount(figure: float, *, signed: bool = False) -> str:
    """A figure with as many decimals as tell it from its neighbour, at most three; a sign where asked."""
    if np.isnan(figure):
        return "not known"
    places = next((place for place in range(3) if abs(figure - round(figure, place)) < 0.5 * 10.0**-3), 3)
    sign = ("+" if figure > 0 else "-" if figure < 0 else "") if signed else ""
    return f"{sign}{abs(figure) if signed else figure:,.{places}f}"


def capital(words: str) -> str:
    """The words with a capital letter first."""
    return f"{words[:1].upper()}{words[1:]}"


def listed_sources(checks: pd.DataFrame) -> list[str]:
    """Every contract that was checked, in the order of first use."""
    return [str(name) for name in checks["source"].unique()]


def _explained(disagreeing: int, left: int) -> str:
    if not disagreeing:
        return "there is nothing to explain"
    return "each is explained below" if not left else f"{number(left)} of them cannot be explained"
