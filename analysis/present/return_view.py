"""What the page of the return says: the answer, every fault as a table, and what loading it would change."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

import pandas as pd

from analysis.present.words import listed, number
from analysis.returns.report import Report
from analysis.returns.summary import ABSENT, HIDDEN
from analysis.returns.template import definitions
from analysis.returns.words import said
from analysis.uploads.remarks import Remark, frame

ON_SCREEN = 100
RISKY = ("=", "+", "-", "@", "\t", "\r")
NAMES = {"ACTIVITY": "Activity", "ACTIVITY_DETAIL": "Detail"}
START = (
    "Fill in the template, give it here, and every fault is named at once. Nothing is stored.",
    "The file is read in this server's memory while the page is open. It is written nowhere, and a lawful return is "
    "put in place only by the person who runs the atlas.",
)
BEFORE_AFTER = (
    "Cases supported in the whole council by quarter and service. Counts of 1 to 4, and those that would give one "
    "away, are held back. Families and children are different things to count and are never added."
)


def headline(report: Report) -> tuple[str, str]:
    """Whether the return may be loaded, and what was read in it."""
    if report.lawful:
        parts = [f"{number(len(table))} rows of {NAMES[name]}" for name, table in report.tables.items()]
        quarters = sorted({quarter for table in report.tables.values() for quarter in table["quarter"]})
        return "This return has no fault and may be loaded.", f"It holds {listed(parts)}, for {listed(quarters)}."
    counted = "1 fault" if report.total == 1 else f"{number(report.total)} faults"
    return (
        f"This return has {counted} and may not be loaded.",
        "Correct the file and give it again. Nothing was stored.",
    )


def listing(remarks: Iterable[Remark]) -> pd.DataFrame:
    """Faults or notes as people read them, one row each."""
    rows = frame(remarks)
    places = [f"{sheet}, row {row}" if row else sheet for sheet, row in zip(rows["sheet"], rows["row"], strict=True)]
    return pd.DataFrame(
        {
            "Where": places,
            "Column": rows["column"],
            "Found": rows["found"],
            "Expected": rows["expected"],
            "What to do": rows["remedy"],
        }
    )


def more(report: Report) -> str:
    """How many faults are not on the screen, and where they are; nothing when all are."""
    shown = min(len(report.faults), ON_SCREEN)
    if report.total == shown:
        return ""
    kept = number(len(report.faults))
    return f"The first {shown} of {number(report.total)} faults. The download lists {kept}; correct these first."


def download(remarks: Iterable[Remark]) -> bytes:
    """Faults as a CSV in which no cell can act as a formula when a spreadsheet program opens it."""
    safe = frame(remarks).astype(str).map(lambda cell: f"'{cell}" if cell.startswith(RISKY) else cell)
    return safe.to_csv(index=False).encode("utf-8-sig")


def changes(rows: pd.DataFrame) -> pd.DataFrame:
    """What loading would change, one row a quarter and service, as people read it."""
    return pd.DataFrame(
        {
            "Service": rows["service"],
            "Quarter": rows["quarter"],
            "Wards of": rows["edition"],
            "Group": [said("service_group", group) for group in rows["service_group"]],
            "Counts": ["families" if unit == "family" else "children" for unit in rows["case_unit"]],
            "Supported now": _said(rows, "before"),
            "Supported in this return": _said(rows, "after"),
        }
    )


def basis(rows: pd.DataFrame) -> pd.Series:
    """The basis of each row of a change: illustrative where either of its figures is."""
    made_up = rows["before_basis"].eq("illustrative") | rows["after_basis"].eq("illustrative")
    given = rows["after_basis"].where(rows["after_basis"].ne(""), rows["before_basis"])
    return given.mask(made_up, "illustrative")


def _said(rows: pd.DataFrame, which: str) -> list[str]:
    return [
        {HIDDEN: "held back: small", ABSENT: "none held" if which == "before" else "no longer held"}.get(
            status, f"{number(value)}{_mark(basis)}"
        )
        for value, status, basis in zip(rows[which], rows[f"{which}_status"], rows[f"{which}_basis"], strict=True)
    ]


def _mark(basis: str) -> str:
    return " (illustrative)" if basis == "illustrative" else ""


def command(name: str) -> str:
    """What the operator types to load a file, its name quoted."""
    return f"python -m analysis return load {shlex.quote(name)}"


def columns() -> pd.DataFrame:
    """Every column of the return: what it means and what may stand in it."""
    names = ["Sheet", "Column", "What it means", "Unit", "Allowed", "May it be blank?"]
    rows = pd.DataFrame(definitions(), columns=names)
    return rows[["Column", *[name for name in names if name != "Column"]]].replace({"Unit": {"": "none"}})
