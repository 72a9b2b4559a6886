"""Service activity as sentences and tables."""

from __future__ import annotations

import pandas as pd

from analysis.activity import Breakdown
from analysis.present.gap_view import Row, rows_of
from analysis.present.words import listed, number
from analysis.sources.tables.activity import GROUP_TITLES

PRINTED_GROUPS = {"childrens_centres": "Children's centres", "youth_services": "Youth services", "all": "All services"}
UNITS = {"family": "families", "child": "children"}
CONNECTING = "Referrals through Connecting Families that "
NOT_SHOWN, NOT_GIVEN = "not shown", "not given"
OVER = 100


def group_name(group: str) -> str:
    """A service group as people call it."""
    return GROUP_TITLES.get(group) or PRINTED_GROUPS.get(group) or group.replace("_", " ").capitalize()


def headline(services: pd.DataFrame) -> tuple[str, str]:
    """Which services were over capacity on the last day of the newest quarter, and how many waited."""
    quarter = services["quarter"].max()
    newest = services[services["quarter"] == quarter]
    over = [group_name(row["service_group"]) for row in rows_of(newest) if row["full"] > OVER]
    rest = newest[newest["full"].notna()]
    sentence = (
        f"On the last day of {quarter}, {listed(over)} held more cases than commissioned places; "
        f"{_others(len(rest) - len(over))}."
        if over
        else f"On the last day of {quarter}, no service held more cases than it has commissioned places."
    )
    return sentence, " ".join(_each(row) for row in rows_of(newest))


def _others(count: int) -> str:
    return "no other did" if count == 0 else "the other did not" if count == 1 else f"the other {number(count)} did not"


def _each(row: Row) -> str:
    return (
        f"{group_name(row['service_group'])}: {told(row, 'supported')} {UNITS[row['case_unit']]} supported, "
        f"{told(row, 'waiting')} waiting at its end."
    )


def told(row: Row, name: str, decimals: int = 0) -> str:
    """A count, or why it is blank."""
    if pd.notna(row[name]):
        return number(row[name], decimals)
    return NOT_GIVEN if name == "capacity" else NOT_SHOWN


def services(found: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Places and cases of the services that count one unit, newest quarter first."""
    mine = found[found["case_unit"] == unit].sort_values(["quarter", "service_group"], ascending=[False, True])
    return pd.DataFrame(
        [
            {
                "Quarter": row["quarter"],
                "Service": group_name(row["service_group"]),
                "Commissioned places": told(row, "capacity"),
                "Supported in the quarter": told(row, "supported"),
                "Open on its last day": told(row, "open_at_end"),
                "For every 100 places": _full(row),
                "New": told(row, "new"),
                "Closed": told(row, "closed"),
                "Waiting": told(row, "waiting"),
                "Weeks waited": _weeks(row),
            }
            for row in rows_of(mine)
        ]
    )


def _full(row: Row) -> str:
    if pd.isna(row["full"]):
        return NOT_GIVEN if pd.isna(row["capacity"]) else NOT_SHOWN
    return f"{number(row['full'], 1)}{' ▲ over' if row['full'] > OVER else ''}"


def _weeks(row: Row) -> str:
    if pd.isna(row["weeks_shortest"]):
        return "too few wait in any ward"
    return f"{number(row['weeks_shortest'])} to {number(row['weeks_longest'])}"


def breakdown(parts: list[Breakdown]) -> pd.DataFrame:
    """Categories down, services across, each with its unit: count, and share of the service's own total with limits."""
    table: dict[str, dict[str, str]] = {}
    for part in parts:
        for row in rows_of(part.table):
            head = f"{group_name(row['service_group'])} ({UNITS[part.case_unit]})"
            table.setdefault(row["category"], {"Category": row["category"]})[head] = _cell(row)
    return pd.DataFrame(list(table.values())).fillna("not recorded")


def _cell(row: Row) -> str:
    if pd.isna(row["count"]):
        return NOT_SHOWN
    count = number(row["count"])
    if pd.isna(row["share"]):
        return count
    return f"{count} · {100 * row['share']:.0f}% ({100 * row['lower']:.0f} to {100 * row['upper']:.0f})"


def beside(rows: pd.DataFrame) -> pd.DataFrame:
    """Who is reached beside who lives here."""
    return pd.DataFrame(
        [
            {
                "Category": row["category"],
                "Share of those reached (95% limits)": NOT_SHOWN
                if pd.isna(row["share"])
                else f"{100 * row['share']:.1f}% ({100 * row['lower']:.1f} to {100 * row['upper']:.1f})",
                "Who lives here": "not held here" if pd.isna(row["here"]) else f"{100 * row['here']:.1f}%",
                "Of whom": "" if pd.isna(row["what"]) else str(row["what"]),
            }
            for row in rows_of(rows)
        ]
    )


def printed(rows: pd.DataFrame) -> pd.DataFrame:
    """Published figures with what qualifies them and where they stand."""
    return pd.DataFrame(
        {
            "What the 2020 assessment prints": rows["title"].str.replace(CONNECTING, "", regex=False),
            "Period": rows["period"],
            "Figure": [f"{number(row['value'])}{'%' if row['unit'] == '%' else ''}{_of(row)}" for row in rows_of(rows)],
            "To know": [_joined(row) for row in rows_of(rows)],
            "where": rows["locator"],
        }
    )


def _of(row: Row) -> str:
    return "" if pd.isna(row["denominator"]) or row["unit"] == "%" else f" of {number(row['denominator'])}"


def _joined(row: Row) -> str:
    return ". ".join(str(row[name]).rstrip(".") for name in ("note", "caveat") if pd.notna(row[name]))


def said(rows: pd.DataFrame) -> pd.DataFrame:
    """What is said of services without a figure."""
    return pd.DataFrame(
        {
            "Service": [group_name(group) for group in rows["service_group"]],
            "What the 2020 assessment says": rows["statement"],
            "where": rows["locator"],
        }
    )


def download(parts: list[Breakdown]) -> pd.DataFrame:
    """Every shown cell of some breakdowns, with its basis and why others are blank."""
    rows = [
        part.table.assign(
            dimension=part.dimension, quarter=part.quarter, case_unit=part.case_unit, basis=part.basis
        ).assign(
            blank_reason=lambda table: (
                table["count"].isna().map({True: "held back: small, or it would tell a small one", False: ""})
            )
        )
        for part in parts
    ]
    return pd.concat(rows, ignore_index=True)


def method(*, small_counts: bool) -> str:
    """The method in plain words (Markdown); what is held back from viewers, or that an analyst sees all of it."""
    return f"{_COUNTED}{_SHOWN_WHOLE if small_counts else _NOT_SHOWN}{_REACHED}"


_COUNTED = """
**What is counted.** *Supported* is every case open at any time in the quarter; *open on its last day* is what stands
against commissioned places, so a service can support more cases in a quarter than it has places and still not be
full. A case is a family in some services and a child in others; the two are never added, and stand in tables of their
own. You can state how many children a family stands for, below the table; nothing else on the page uses it.

**Shares.** Each service's own total is 100%. Limits are 95% (Wilson). They say how far chance alone could move a share
from quarter to quarter, not whether the record is right.

"""
_NOT_SHOWN = """
**Not shown.** Counts of 1 to 4 are held back with as many others as keep them hidden, because each service's total is
told. Cases supported, less those closed, are open and begin the next quarter, so these three are held back together; a
breakdown goes with the count it adds to. Assessments and referrals to safeguarding are printed for all services
together, so they are held back over all services at once. A sum over services is shown only where every part of it is.
"""
_SHOWN_WHOLE = """
**Small counts.** This is an analyst's view. Counts of 1 to 4, and those that would give them away, are shown as they
were returned, so nothing of it may be published or passed on.
"""
_REACHED = """
**Who is reached.** Families are recorded by the child the case began with, so age and sex are of that child. A
difference from who lives here is not by itself unfair: services are meant for some ages and needs more than others.
"""
