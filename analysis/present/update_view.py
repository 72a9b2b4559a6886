"""Words and tables of the Update page: what was published, what a draft holds, and what keeps it from publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.editions import EDITIONS
from analysis.present import differences_view
from analysis.present.palette import BASIS_WORDS
from analysis.present.return_view import listing
from analysis.present.words import number
from analysis.sources.contracts import DIGITS
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import csv_bytes
from analysis.store.cautions import Caution
from analysis.store.export import defused
from analysis.store.publishing import Published
from analysis.uploads.check import Checked
from analysis.uploads.remarks import Remark
from analysis.uploads.table import Located

FOR_EDITORS = "The figures of the atlas are renewed here, by editors."
PURPOSE = (
    "An editor takes a newer table, has it checked, sees figure by figure and finding by finding what it would change, "
    "and publishes it. Nobody sees a draft before that, and any earlier publication can be shown again."
)
NO_SIGN_IN = "There is no sign-in here, so only whoever runs the atlas can start it for editing."
NO_DRAFT = "Start a draft, or choose one, to renew an edition."
KINDS = {
    "jump": "Unusual jumps",
    "total": "Totals",
    "suppressed": "Suppressed before, a number now",
    "area": "Codes of areas",
    "age": "Ages",
    "contradiction": "Figures that contradict their parts",
}
GROUPS = {"england": "Indicators against England", "trend": "Recent trends of indicators"}
EVERY = "Every finding that flips"
MOST_CELLS = 1_000


@dataclass(frozen=True)
class Standing:
    """Where a draft stands on its way to publication; `warnings` and `reasons` are those still to be given.

    `compared` says that this draft, as it is now, was set beside what is published now.
    """

    who: str
    own_tables: int
    up_to_date: bool
    compared: bool
    warnings: int
    reasons: int
    note: str


def prevents(found: Standing) -> list[str]:
    """What still keeps a draft from being published, a sentence each; nothing when it may be."""
    asked = (
        (not found.who.strip(), "Give your name, under Your draft."),
        (not found.own_tables, "Put at least one table into the draft."),
        (not found.up_to_date, "Bring the draft up to date: somebody published after it was begun."),
        (not found.compared, "Compare the draft, as it is now, with what is published now."),
        (found.warnings > 0, f"Look at the warnings, and accept them: {number(found.warnings)} left."),
        (found.reasons > 0, f"Give a reason for each finding that flips: {number(found.reasons)} left."),
        (not found.note.strip(), "Say in the note what is new: everybody reads it."),
    )
    return [words for prevented, words in asked if prevented]


def headline(name: str, base: str, own: int, left: Sequence[str]) -> tuple[str, str]:
    """Where an editor stands, as a sentence, and what comes next."""
    tables = {0: "no table yet", 1: "1 table of its own"}.get(own, f"{own} tables of its own")
    first = f"The draft “{name}” of the {base} edition holds {tables}."
    return first, f"Before it can be published: {left[0]}" if left else "Nothing keeps it from being published."


def moment(at: str) -> str:
    """A recorded moment as people write it, in UTC."""
    found = datetime.fromisoformat(at)
    return f"{found.day} {found:%B %Y, %H:%M} UTC"


def history(made: Sequence[Published]) -> pd.DataFrame:
    """Every publication for everybody: edition, when, what it is called and its note; never who."""
    rows = [(EDITIONS[one.base].title, moment(one.at), one.version_name, one.note or "no note") for one in made]
    return pd.DataFrame(rows, columns=["Edition", "Published", "Called", "Note"])


def publication_title(one: Published) -> str:
    """A publication as it stands in a list to choose from."""
    return f"{one.base}, publication {one.id} of {moment(one.at)}: {one.version_name}"


def version_title(row: Mapping[Any, Any]) -> str:
    """A version as it stands in a list to choose from."""
    if row["shown"]:
        return f"What is published now: {row['name']}"
    made = row["publications"]
    if isinstance(made, tuple) and made:
        return f"Published before (publication {made[-1]}): {row['name']}"
    return f"Draft {row['version']}: {row['name']}"


def now_shown(shown: Mapping[str, Published]) -> pd.DataFrame:
    """What everybody sees of each edition."""
    rows = [
        (EDITIONS[base].title, one.version_name, moment(one.at), one.by, one.note or "no note")
        for base, one in shown.items()
    ]
    return pd.DataFrame(rows, columns=["Edition", "Shown now", "Since", "Published by", "Note"])


def own_tables(tables: pd.DataFrame) -> pd.DataFrame:
    """The tables that were put into a draft: what, from which file, how many rows, for which period and how sure."""
    own = tables[tables["own"]]
    return pd.DataFrame(
        {
            "Table": own["title"],
            "From the file": own["file_name"],
            "Rows": [number(rows) for rows in own["rows"]],
            "Period": own["period"],
            "Basis": [BASIS_WORDS[basis] for basis in own["basis"]],
        }
    )


def replaced(lines: pd.DataFrame, contract: str, table: Mapping[Any, Any]) -> str:
    """When the table a version holds was put, from the lines of the audit log."""
    if table["from_atlas"]:
        return "as the atlas ships it"
    mine = lines[lines["what"].eq("table put") & lines["contract"].eq(contract) & lines["sha256"].eq(table["sha256"])]
    when = f" on {moment(mine['at'].iloc[0])}" if len(mine) else ""
    return f"put{when}, from the file {table['file_name']}"


def located(where: Located) -> tuple[str, str]:
    """Which sheet and row were taken as headings, and how many rows stand below."""
    sheet = f"the sheet “{where.sheet}”" if where.sheet else "the file"
    rows = "1 row stands" if where.rows == 1 else f"{number(where.rows)} rows stand"
    return f"The headings were taken from row {where.header_row} of {sheet}.", f"{rows} below them."


def found(checked: Checked, file: str) -> tuple[str, str]:
    """Whether a file may be put into a draft, and what to do."""
    if checked.lawful:
        rows = 0 if checked.frame is None else len(checked.frame)
        return f"{file} has no fault: {number(rows)} rows.", "Nothing is in the draft before you put it there."
    faults = "1 fault" if checked.total == 1 else f"{number(checked.total)} faults"
    return f"{file} has {faults}, and nothing of it was put anywhere.", "Correct the file and upload it again."


def more_faults(checked: Checked, shown: int) -> str:
    """How many faults are not on the screen, and where they are; nothing when all are."""
    if checked.total <= shown:
        return ""
    return (
        f"The first {shown} of {number(checked.total)} faults. The downloads list {number(len(checked.faults))}; "
        "correct these first."
    )


def remarks_csv(made: Iterable[Remark]) -> bytes:
    """Faults as a CSV in which no cell can act as a formula."""
    return csv_bytes(defused(listing(made).astype("str")))


def warning_groups(found: Sequence[Caution]) -> dict[str, list[Caution]]:
    """Warnings by kind and table; the names of the groups hold no word of a file."""
    groups: dict[str, list[Caution]] = {}
    for one in found:
        groups.setdefault(f"{KINDS[one.kind]}: {CONTRACTS[one.contract].title}", []).append(one)
    return groups


def finding_groups(flipped: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Findings that flip, by the comparison or index they belong to; indicators together, by what of them flips.

    Where there are several groups, all of them come last.
    """
    kinds = flipped["finding"].str.partition(":")[0].map(GROUPS)
    named = kinds.fillna(flipped["subject"])
    groups = {str(name): rows for name, rows in flipped.groupby(named, sort=False)}
    return {**groups, EVERY: flipped} if len(groups) > 1 else groups


def finding_words(row: Mapping[Any, Any]) -> str:
    """One finding that flips, as a sentence."""
    place = row["area"] or row["area_code"]
    sure = {"enters": " It becomes under-provided for certain.", "leaves": " It is no longer so for certain."}
    made_up = " Illustrative." if row["basis"] == "illustrative" else ""
    return f"{place}: {row['before']} → {row['after']}.{sure.get(str(row['certain']), '')}{made_up}"


def flip_id(row: Mapping[Any, Any]) -> str:
    """What a reason belongs to: this finding with these words before and after, and no other."""
    return f"{row['finding']}|{row['before']}|{row['after']}"


def certain(flipped: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings by which a ward becomes under-provided for certain, and those by which it no longer is."""
    return flipped[flipped["certain"].eq("enters")], flipped[flipped["certain"].eq("leaves")]


def wards_certain(rows: pd.DataFrame) -> pd.DataFrame:
    """Wards that enter or leave, with the comparison by which they do."""
    made_up = rows["basis"].map(lambda basis: BASIS_WORDS.get(basis, ""))
    return pd.DataFrame(
        {
            "Ward": rows["area"].where(rows["area"].ne(""), rows["area_code"]),
            "By": rows["subject"],
            "Before": rows["before"],
            "After": rows["after"],
            "Basis": made_up,
        }
    )


def findings(flipped: pd.DataFrame) -> pd.DataFrame:
    """The findings that flip, as read, with the basis of the figures behind them."""
    shown = differences_view.findings(flipped)
    return shown.assign(Basis=[BASIS_WORDS.get(basis, "not known") for basis in flipped["basis"]])


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a spreadsheet: no text can act as a formula there, and numbers written as text stay as they are."""
    quoted = defused(table)
    for name in table.columns:
        if pd.api.types.is_string_dtype(table[name].dtype):
            numbers = table[name].fillna("").astype(str).map(lambda cell: DIGITS.fullmatch(cell) is not None)
            quoted[name] = quoted[name].mask(numbers, table[name])
    return quoted


def log(lines: pd.DataFrame) -> pd.DataFrame:
    """The audit log as read: when, who, what, of which version, from which file, and what was said of it."""
    return pd.DataFrame(
        {
            "When": [moment(at) for at in lines["at"]],
            "Who": lines["by"],
            "What": lines["what"],
            "Edition": lines["base"],
            "Version": lines["version_name"],
            "Table": [_title(contract) for contract in lines["contract"]],
            "File": lines["file_name"],
            "Warnings accepted": ["\n".join(found) for found in lines["warnings"]],
            "Reasons": ["\n".join(f"{name}: {why}" for name, why in found.items()) for found in lines["reasons"]],
            "Checksum": lines["sha256"],
        }
    )


def _title(contract: str) -> str:
    return CONTRACTS[contract].title if contract in CONTRACTS else contract
