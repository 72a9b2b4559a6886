"""What the Sources page shows: files, columns, contradictions and the written pages, as tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from analysis.present.palette import BASIS_WORDS
from analysis.present.words import listed
from analysis.sources.catalogue import Entry
from analysis.sources.columns import COLUMNS, Column
from analysis.sources.contracts import Contract, Field

CHECKSUM_SHOWN = 10
WITHHELD = (
    "The rows of this return are not shown and cannot be downloaded: they count so few families or young people in a "
    "ward and quarter that somebody could be recognised. That holds for an illustrative return too, so that it can be "
    "seen working. Overview shows the ward totals that are safe to show."
)
LOST = "lost in text"

KINDS_OF_CONTRADICTION = {
    "misquoted": "Misquoted",
    "definition": "Two definitions",
    "labelling": "Wrong label",
    "arithmetic": "Arithmetic",
    "rounding": "Rounding",
    LOST: "Lost from the table",
}

_WRITTEN_AS = {
    "text": "words",
    "code": "code",
    "integer": "whole number",
    "number": "number",
    "flag": "true or false",
}
_HOLDING = {
    "published": "published figures or boundaries",
    "modelled": "our own modelling",
    "illustrative": "figures made up to show the tool",
}
_COUNTED = dict(enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), start=1))


def headline(entries: Iterable[Entry], *, of_another: bool = False) -> tuple[str, str]:
    """How many files of which basis the atlas rests on, and what their licences are.

    With `of_another` they are those of another council, without which the atlas starts.
    """
    held = list(entries)
    counts = {basis: sum(entry.basis == basis for entry in held) for basis in _HOLDING}
    parts = [f"{_COUNTED.get(n, n)} {_hold(n)} {_HOLDING[basis]}" for basis, n in counts.items() if n]
    open_data = sum(entry.licence == "OGL v3" for entry in held)
    more = (
        f"{open_data} of them are used under the Open Government Licence v3.0; the catalogue names the licence of "
        "each. The atlas reads nothing else: a file that is missing, or has changed since it was declared here, stops "
        f"{'the council from being offered' if of_another else 'it from starting'}."
    )
    return f"Everything shown rests on {len(held)} files: {listed(parts)}.", more


def files(entries: Iterable[Entry]) -> pd.DataFrame:
    """One row a declared file, in words, with the start of its checksum."""
    return pd.DataFrame(
        [
            {
                "What it is": entry.title,
                "Publisher": entry.publisher,
                "Period": entry.period,
                "Areas": entry.vintage,
                "Basis": BASIS_WORDS[entry.basis].split(":")[0],
                "Licence": entry.licence,
                "Caveat": entry.caveat,
                "File": entry.path,
                "Checksum": entry.sha256[:CHECKSUM_SHOWN],
            }
            for entry in entries
        ]
    )


def files_in_full(entries: Iterable[Entry]) -> pd.DataFrame:
    """The catalogue for a spreadsheet: every declared property of every file, checksums whole."""
    return pd.DataFrame([{**asdict(entry), "derived_from": "; ".join(entry.derived_from)} for entry in entries])


def found(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """Rows in which every word typed occurs somewhere, whatever its case; all rows when nothing is typed."""
    text = table.astype(str).agg(" ".join, axis=1).str.casefold()
    kept = pd.Series(True, index=table.index)
    for word in words.casefold().split():
        kept &= text.str.contains(word, regex=False)
    return table[kept].reset_index(drop=True)


def acknowledgements(entries: Iterable[Entry]) -> pd.DataFrame:
    """Each acknowledgement the licences ask for, once, with the files it is owed for."""
    owed: dict[str, list[str]] = {}
    for entry in entries:
        if entry.attribution:
            owed.setdefault(entry.attribution, []).append(entry.title)
    return pd.DataFrame({"Acknowledgement": list(owed), "Owed for": ["; ".join(titles) for titles in owed.values()]})


def dictionary(contract: Contract) -> pd.DataFrame:
    """One row a column of a table: its name, meaning, unit, which way is worse, and what may stand in it."""
    return pd.DataFrame([_described(contract, field) for field in contract.fields])


def _described(contract: Contract, field: Field) -> dict[str, str]:
    column = COLUMNS[field.column]
    return {
        "Column": field.column,
        "Called": column.label,
        "What it means": column.meaning,
        "Unit": column.unit or "none",
        "Which way is worse": _worse(column),
        "Written as": _WRITTEN_AS[field.kind],
        "Allowed": allowed(field),
        "May it be blank?": _blank(contract, field),
    }


def _worse(column: Column) -> str:
    return {"high is worse": "high", "low is worse": "low", "neither": "neither"}[column.polarity]


def allowed(field: Field) -> str:
    """What a cell may hold, in words."""
    if field.allowed:
        return ", ".join(field.allowed)
    if field.minimum is not None and field.maximum is not None:
        return f"{field.minimum:g} to {field.maximum:g}"
    if field.minimum is not None:
        return f"{field.minimum:g} or more"
    return f"in the pattern {field.pattern}" if field.pattern else "anything"


def _blank(contract: Contract, field: Field) -> str:
    if not field.blank:
        return "no"
    reason = dict(contract.reasons).get(field.column)
    also = " and blank_reason" if reason and "blank_reason" in contract.columns else ""
    return f"yes; {reason}{also} says why" if reason else "yes, where there is none"


def about(contract: Contract, rows: int) -> str:
    """How big a table is and what one row of it stands for."""
    key = listed([COLUMNS[name].label.lower() for name in contract.key], most=len(contract.key))
    return f"{rows:,} rows of {len(contract.fields)} columns. No two rows have the same {key}."


def laws(contract: Contract) -> pd.DataFrame:
    """What every row keeps across its columns, one row a law; empty when there is nothing beyond single cells."""
    kept = {(rule.column, rule.remedy): None for rule in contract.rules}
    return pd.DataFrame(list(kept), columns=["Column", "What every row keeps"])


def preview(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first rows as they are written, a blank cell saying so."""
    first = rows.head(most)
    return first.astype(object).where(first.notna(), "(blank)").astype(str)


def ledger_sentence(ledger: pd.DataFrame) -> str:
    """How many contradictions are held, and how many of them are cells the text lost."""
    lost = int(ledger["kind"].eq(LOST).sum())
    return (
        f"In {len(ledger) - lost} places a document or a table is at odds with itself or with another. Another {lost} "
        "entries are parts of the documents that cannot be read in the text we hold: most are cells of the service map "
        "of 2020, where merged cells were lost."
    )


def kinds_counted(ledger: pd.DataFrame) -> Mapping[str, str]:
    """Each kind of contradiction in words, with how many entries it has."""
    counts = ledger["kind"].value_counts()
    return {kind: f"{words} ({int(counts.get(kind, 0))})" for kind, words in KINDS_OF_CONTRADICTION.items()}


def ledger_rows(ledger: pd.DataFrame, kind: str | None = None) -> pd.DataFrame:
    """Entries of one kind, or of all, in the order of `KINDS_OF_CONTRADICTION` and then by topic; `kind` in words."""
    order = {name: place for place, name in enumerate(KINDS_OF_CONTRADICTION)}
    kept = ledger if kind is None else ledger[ledger["kind"] == kind]
    ordered = kept.assign(order=kept["kind"].map(order)).sort_values(["order", "topic"], ignore_index=True)
    return ordered.assign(kind=ordered["kind"].map(KINDS_OF_CONTRADICTION)).drop(columns="order")


def document(path: Path) -> str:
    """A written page (Markdown) to stand under a heading of ours: its title left out, its headings a level lower."""
    text = path.read_text(encoding="utf-8").partition("\n")[2]
    return re.sub(r"^(#+) ", r"#\1 ", text, flags=re.MULTILINE).strip()


def _hold(number: int) -> str:
    return "holds" if number == 1 else "hold"
