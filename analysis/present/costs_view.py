"""What early help costs, as sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from analysis.costs import AGREES, DIFFERS, NOT_STATED, ROUNDED
from analysis.present.gap_view import Row, rows_of
from analysis.present.words import listed, number

MILLION, BILLION = 1_000_000, 1_000_000_000
LARGEST = 3
KINDS = {
    "cost": "Cost",
    "saving": "Saving",
    "return per pound": "Return for each pound",
    "effect": "Effect or risk",
    "people": "Number",
}
VERDICTS = {AGREES: "✓ agrees", ROUNDED: "≈ agrees as rounded", DIFFERS: "✗ does not agree"}
CONFIDENCE = "Low confidence: no year of prices"
METHOD = """
**Break-even.** The cost for each person divided by what one success is worth. At that share of successes the worth
pays for the cost of all; it is not the share that do succeed. Where the worth is printed as a range, so is the rate.

**Sums.** A printed figure *agrees* when its own parts give it to its last printed digit, and *agrees as rounded* when
the source says "about" or "nearly" and the parts come within 5%.

**Your own figures.** Each input is a triangle from low over central to high. People, success, cost avoided, what is
left after what would have happened anyway and after weak evidence, and waiting (3.5% a year, spread evenly over the
years) are multiplied, and the cost for each person is taken off. That is done 10,000 times with inputs drawn
independently and always the same draws, and the middle and the range of nine in ten are shown. Success is the extra
share who do better *because of* the programme, not all who do well. Source: HM Treasury Green Book and Greater
Manchester's guidance on cost benefit.

**Not to be used for.** No figure here is a forecast for any council. Savings are not added, as they fall to different
bodies over different years; "up to" is a ceiling, not an expectation; a return for each pound comes from another place
and is not multiplied by local need; and years of prices are not stated, so nothing is brought to today's prices.
"""


def pounds(value: float) -> str:
    """Pounds to the pound, or in millions and billions from a hundred million on."""
    size, sign = abs(value), "−" if round(value) < 0 else ""
    if size < 100 * MILLION:
        return f"{sign}£{size:,.0f}"
    return f"{sign}£{size / BILLION:.3g} billion" if size >= BILLION else f"{sign}£{size / MILLION:.3g} million"


def percent(share: float) -> str:
    """A share as a per cent, over 100% where it is more than all."""
    if share > 1:
        return "over 100%"
    return f"{100 * share:.{0 if share >= 0.1 else 1}f}%"


def headline(services: pd.DataFrame, rates: pd.DataFrame) -> tuple[str, str]:
    """What the services cost together and what one programme must achieve; then how far that can be trusted."""
    first = rates.iloc[0]
    one_in = 1 / first["rate_lower"]
    spent = f"£{services['value'].sum() / MILLION:.1f} million"
    answer = (
        f"Wiltshire's {len(services)} early help services cost {spent} together; a parenting programme of "
        f"{pounds(first['cost'])} for each {first['each']} pays for itself if it keeps about 1 in "
        f"{number(one_in)} from a conduct disorder."
    )
    more = (
        "No figure here says what early help saves as a whole, and none may be added to make one: the savings fall to "
        "different bodies, over different years. No table names the year of its prices, so confidence in every figure "
        "is low."
    )
    return answer, more


def largest(services: pd.DataFrame) -> str:
    """The dearest services and the share of the money they take."""
    top = services.head(LARGEST)
    named = [f"{row['service'][0].lower()}{row['service'][1:]} ({pounds(row['value'])})" for row in rows_of(top)]
    return (
        f"{number(top['share'].sum())}% of it went on three: {listed(named)}. That is what was spent, not what was "
        "needed or achieved. Health visitors and school nurses are for every family, not for early help alone."
    )


def spending(services: pd.DataFrame) -> pd.DataFrame:
    """The services as a table of words."""
    return pd.DataFrame(
        {
            "Service": services["service"],
            "Spent": services["value"].map(pounds),
            "Share": services["share"].map("{:.1f}%".format),
            "Note": services["caveat"].str.replace(r"^The table names no year[^.]*\. ?", "", regex=True),
            "Where": services["locator"],
        }
    )


def others(rows: pd.DataFrame) -> pd.DataFrame:
    """Spending beside the services, as a table of words."""
    return pd.DataFrame(
        {
            "What": rows["service"],
            "Kind": rows["kind"].map(_capital),
            "Figure": [_figure(row) for row in rows_of(rows)],
            "Year": rows["period"].map(_capital),
            "What to know": rows["caveat"],
            "Where": rows["locator"],
        }
    )


def summed(checks: pd.DataFrame) -> str:
    """How many printed sums come out, and which do not."""
    wrong = checks.loc[checks["verdict"].eq(DIFFERS), "statement"]
    right = len(checks) - len(wrong)
    rest = f" These do not: {'; '.join(_small(words) for words in wrong)}." if len(wrong) else ""
    return (
        f"Of {len(checks)} printed figures that can be worked out again from their own parts, {right} come out.{rest}"
    )


def sums(checks: pd.DataFrame) -> pd.DataFrame:
    """Printed sums beside ours, as a table of words."""
    return pd.DataFrame(
        {
            "Figure": checks["statement"],
            "Printed": [_amount(row["printed"], row) for row in rows_of(checks)],
            "From its parts": [_between(row["lower"], row["upper"], row) for row in rows_of(checks)],
            "How": checks["how"].map(_capital),
            "Result": checks["verdict"].map(VERDICTS),
            "Where": checks["locator"],
        }
    )


def figures(benefit: pd.DataFrame) -> pd.DataFrame:
    """Halton's figures of a policy area, each with what is known of it and its caveat."""
    return pd.DataFrame(
        {
            "Figure": benefit["statement"],
            "Kind": benefit["kind"].map(KINDS),
            "Value": [_figure(row) for row in rows_of(benefit)],
            "Over": benefit["horizon"].map(_capital),
            "Who pays or saves": benefit["payer"].map(_capital),
            "Year and place": [_when_and_where(row) for row in rows_of(benefit)],
            "What to know": benefit["caveat"].fillna("Nothing further is said."),
            "Where": benefit["locator"].str.replace(r"^[^,]*, ", "", regex=True),
        }
    )


def unpriced(benefit: pd.DataFrame) -> str:
    """How many of Halton's figures name the year of their prices."""
    named = int(benefit["price_year"].ne(NOT_STATED).sum())
    count = f"{named} of {len(benefit)} figures" if named else f"None of these {len(benefit)} figures"
    return (
        f"{count} {'name' if named else 'names'} the year of its prices, so none can be brought to today's and "
        "confidence in each is low. A return for each pound is never multiplied by local need, and figures over "
        "different lengths of time are never added."
    )


def areas(benefit: pd.DataFrame) -> dict[str, str]:
    """Halton's policy areas in the order of the alphabet, by a short name for the link."""
    named = sorted(benefit["policy_area"].unique())
    return {re.sub(r"[^a-z]+", "_", name.lower()).strip("_"): name for name in named}


def reading_recovery(benefit: pd.DataFrame) -> str:
    """What the one programme with a printed success rate cost for each success."""
    value = benefit.set_index("figure_id")["value"]
    cost, share = value["reading_recovery_cost"], value["reading_recovery_effect"]
    return (
        f"Of Reading Recovery pupils {number(share)}% are said to no longer fail, so each of those cost "
        f"{pounds(cost / (share / 100))}; but there is no comparison group, so some would have caught up anyway. No "
        "success rate is printed for the others."
    )


def rates(table: pd.DataFrame) -> pd.DataFrame:
    """Break-even rates as a table of words; the column Caveat belongs under the name."""
    return pd.DataFrame(
        {
            "Programme": table["title"],
            "Cost": [_cost(row) for row in rows_of(table)],
            "Worth of one success": [_span(pounds, row["worth_lower"], row["worth_upper"]) for row in rows_of(table)],
            "Pays if this many succeed": [rate(row) for row in rows_of(table)],
            "A success is": table["success"].map(_capital),
            "Who saves": table["payer"].map(_capital),
            "Over": table["horizon"].map(_capital),
            "Where": table["locator"],
            "Caveat": table["caveat"] + " " + CONFIDENCE + ".",
        }
    )


def rate(row: Row) -> str:
    """A break-even rate in words, over 100% where the lowest worth printed is less than the cost."""
    return _span(percent, row["rate_lower"], row["rate_upper"])


def _when_and_where(row: Row) -> str:
    year = "Year not stated" if row["period"] == NOT_STATED else _capital(row["period"])
    return f"{year}; place not stated" if row["setting"] == NOT_STATED else f"{year}; {row['setting']}"


def _cost(row: Row) -> str:
    return f"{'Up to ' if row['at_most'] else ''}{pounds(row['cost'])} a {row['each']}"


def _figure(row: Row) -> str:
    if pd.notna(row["value"]):
        hedge = "" if row["approximation"] == "as given" else f"{row['approximation']} "
        return f"{hedge}{_amount(row['value'], row)}"
    return _between(row["lower"], row["upper"], row)


def _amount(value: float, row: Row) -> str:
    unit: str = row["unit"]
    if unit.startswith("pounds"):
        return f"{pounds(value)}{unit.removeprefix('pounds')}"
    decimals = 0 if value == round(value) else 1
    if unit == "one person in":
        return f"one person in {number(value)}"
    return f"{number(value, decimals)}{'%' if unit == 'per cent' else f' {unit}'}"


def _between(lower: float, upper: float, row: Row) -> str:
    if lower == upper:
        return _amount(lower, row)
    first = pounds(lower) if row["unit"].startswith("pounds") else number(lower)
    return f"{first} to {_amount(upper, row)}"


def _span(words: Callable[[float], str], lower: float, upper: float) -> str:
    return words(lower) if lower == upper else f"{words(lower)} to {words(upper)}"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _small(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"
