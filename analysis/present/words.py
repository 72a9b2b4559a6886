"""Answers as sentences, and figures as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.comparison import Verdict
from analysis.gap import Gap
from analysis.provision import REST
from analysis.statistics.expectation import power_to_detect
from analysis.statistics.robustness import SLIGHT, SURE

MOST_NAMED = 4
OWN_RETURN = "To see your council's, load its own return (at the foot of this page)."
SHOWN_WHOLE = "Small counts that viewers do not see are included: not for publication."
_MARKED = re.compile(r"([\\`*\[\]<>$~])")


def number(value: float, decimals: int = 0) -> str:
    """A figure with thousands separated; a dash where there is none."""
    if pd.isna(value):
        return "–"
    text = f"{round(float(value), decimals) + 0.0:,.{decimals}f}"
    return text.replace("-", "−")


def limits(value: float, lower: float, upper: float, decimals: int = 2) -> str:
    """A figure with its limits, for example 0.67 (0.46 to 0.92)."""
    if pd.isna(value):
        return "–"
    if pd.isna(lower) or pd.isna(upper):
        return number(value, decimals)
    return f"{number(value, decimals)} ({number(lower, decimals)} to {number(upper, decimals)})"


def chance(probability: float) -> str:
    """A probability as people read it: to the nearest 5%, and never as certain."""
    if probability >= SURE:
        return "over 95%"
    return "under 5%" if probability < SLIGHT else f"about {5 * round(20 * probability)}%"


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names as a phrase: A, B and C; or A, B, C, D and 5 more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def headline(result: Gap) -> tuple[str, str]:
    """The answer to "where does need outstrip provision?" as one sentence, and what to know before using it."""
    return {"shares": _shares_headline, "access": _access_headline, "caseload": _caseload_headline}[
        result.provision.kind
    ](result)


def worst_first(result: Gap, verdict: Verdict) -> list[str]:
    """Names of the wards with a verdict, the one most places short first (or, for over-provided, furthest over)."""
    over = verdict in (Verdict.OVER_CERTAIN, Verdict.OVER_LIKELY)
    found = result.wards[result.wards["verdict"] == verdict].sort_values("gap", ascending=over)
    return list(found["area_name"])


def _caseload_headline(result: Gap) -> tuple[str, str]:
    certain = worst_first(result, Verdict.UNDER_CERTAIN)
    likely = worst_first(result, Verdict.UNDER_LIKELY)
    what = f"their share of {result.need.short} would give"
    if certain:
        first = f"{listed(certain)} {_has(certain)} fewer {result.provision.unit} supported than {what}, for certain."
    else:
        first = f"No ward is under-provided for certain, set against its share of {result.need.short}."
    second = f"Likely under-provided as well: {listed(likely)}." if likely else ""
    warning = "The caseload is illustrative, so this shows how the atlas answers, not how these wards fare."
    held = SHOWN_WHOLE if result.small_counts else _held_back(result)
    parts = [warning if result.basis == "illustrative" else "", second, held]
    return first, " ".join(part for part in parts if part)


def _held_back(result: Gap) -> str:
    hidden = int((result.wards["verdict"] == Verdict.NOT_SHOWN).sum())
    if not hidden:
        return ""
    wards = "One ward has" if hidden == 1 else f"{hidden} wards have"
    return f"{wards} counts so small, or so near to giving a small one away, that they are not shown."


def _shares_headline(result: Gap) -> tuple[str, str]:
    wards = result.wards
    first = " ".join(
        f"{listed(names)} {_is(names)} {sure}: {'; '.join(_share_phrase(result, name) for name in names)}."
        for verdict, sure in (
            (Verdict.UNDER_CERTAIN, "under-provided for certain"),
            (Verdict.UNDER_LIKELY, "likely under-provided"),
        )
        if (names := worst_first(result, verdict))
    )
    over = [*worst_first(result, Verdict.OVER_CERTAIN), *worst_first(result, Verdict.OVER_LIKELY)]
    more = f"More contact than their share of need: {listed(over)}. " if over else ""
    return first or "None of the wards that were listed is under-provided.", more + _bounds_sentence(wards)


def _bounds_sentence(wards: pd.DataFrame) -> str:
    unknown = wards[wards["verdict"] == Verdict.NOT_KNOWN].sort_values("oe_upper")
    bounded = unknown[unknown["oe_upper"] < 1]
    first = f"For the other {len(unknown)} wards contact was not published, so nothing is known of them"
    if bounded.empty:
        return f"{first}."
    names = [f"{name} at most {most:.2f}" for name, most in zip(bounded["area_name"], bounded["oe_upper"], strict=True)]
    return f"{first} except a bound: {listed(names)} of its share."


def _share_phrase(result: Gap, name: str) -> str:
    row = result.wards.set_index("area_name").loc[name]
    return (
        f"about {100 * row['observed_share']:.0f}% of the {number(result.total)} {result.provision.short} lived there, "
        f"against {100 * row['need_share']:.1f}% of {result.need.short}"
    )


def _access_headline(result: Gap) -> tuple[str, str]:
    under = worst_first(result, Verdict.UNDER_LIKELY)
    over = worst_first(result, Verdict.OVER_LIKELY)
    places = result.provision.unit
    first = (
        f"{listed(under)} likely {_has(under)} fewer {places} within reach than {_their(under)} share of need "
        "would give."
        if under
        else f"No ward has clearly fewer {places} within reach than its share of need would give."
    )
    more = ["That holds however the catchment is drawn; access has no sampling limits, so it is never called certain."]
    more += [f"Likely more than their share: {listed(over)}."] if over else []
    if result.edition == "2026":
        first = f"No council publishes targeted Early Help by ward, so no gap in it can be shown. {first}"
        more.append(OWN_RETURN)
    return first, " ".join(more)


def power_sentence(expected: float) -> str:
    """How big a shortfall would have to be before it showed, for a ward with this many expected."""
    largest, noticed = power_to_detect(expected)
    if largest < 0:
        return f"With {number(expected, 1)} expected, no count is low enough to show a shortfall."
    return (
        f"With {number(expected)} expected, only {largest} or fewer would be called under-provided, and a true "
        "shortfall "
        f"of 30% would be noticed {chance(noticed)} of the time. In line does not mean adequate."
    )


def typical_power(result: Gap) -> str:
    """The power sentence for the middle ward."""
    return power_sentence(float(result.table.loc[result.table["area_code"] != REST, "expected"].median()))


def _has(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _their(names: Sequence[str]) -> str:
    return "its" if len(names) == 1 else "their"


def literal(words: str) -> str:
    """Words that may hold what a reader typed or uploaded, as Markdown that only shows them; lists stay lists."""
    return _MARKED.sub(r"\\\1", words)
