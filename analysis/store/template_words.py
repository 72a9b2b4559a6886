"""What a template explains of its table, in words made from the contract."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.returns.words import WRITTEN
from analysis.sources.catalogue import Entry
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import STATUS_WORDS, Contract, Field
from analysis.sources.patterns import in_words

FILL_IN, LISTS = "Fill in", "Lists"
IN_A_CELL = 16
MADE_UP = "ILLUSTRATIVE, MADE-UP FIGURES: "
KINDS = {
    "text": "words",
    "code": "a code",
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
}
STATUS_MEANINGS = {**STATUS_WORDS, "ok": "there is a figure"}
HOW_TO_FILL = (
    f"Write on the sheet “{FILL_IN}”, one row under another, from its second row. Keep the headings as they are. "
    "The sheet Columns says what each column holds. A cell with a list drops it down; the sheet Lists has the same "
    "lists, with the name of an area beside its code. Write numbers with digits alone: no commas, spaces or % signs. "
    "Then have the file checked: every fault is named at once, and nothing changes until somebody publishes."
)
REFUSED = (
    "Formulas, macros and a password; a row that is there twice; any cell that breaks its rule. "
    "Copy figures in as values."
)
GUARD = (
    "This table holds counts so small that they can point to a family. Give every count all the same: the atlas needs "
    "them to add up and hides those that may not be shown. Guard the file as you guard your case records, and put no "
    "name, date of birth, address or case number in it. The same table with words in place of codes is the template of "
    "the page Your return."
)
NO_STATUS = (
    "This table has no column that says why a figure is missing. Where a figure is not known, is suppressed or does "
    "not apply, leave the row out or the cell blank where it may be; never write 0 in place of it."
)


def read_me(contract: Contract, entry: Entry | None) -> dict[str, str]:
    """The sections of the sheet Read me, by heading; `entry` is what the catalogue says of the table as shipped."""
    sections = {
        "What this table is": f"{contract.title}. Its name in the atlas is {contract.name}.",
        "Who publishes it": _origin(entry),
        "How to fill it": HOW_TO_FILL,
        "One row for each": f"{_labels(contract.key)}. No two rows may agree in all of them.",
        "Nought, missing, suppressed, does not apply": _nothing(contract),
        "Blank cells": _blanks(contract),
    }
    if contract.rules:
        laws = dict.fromkeys(f"{_label(rule.column)}: {rule.remedy}" for rule in contract.rules)
        sections["Rules across columns"] = "\n".join(laws)
    if contract.small_counts:
        sections["Small numbers"] = GUARD
    return sections | {"What is refused": REFUSED}


def columns(contract: Contract, area_columns: Sequence[str]) -> list[list[str]]:
    """One row a column: name, title, meaning, unit, kind, how it is written, limits, blank, what explains a blank."""
    return [
        [
            field.column,
            _label(field.column),
            COLUMNS[field.column].meaning,
            COLUMNS[field.column].unit,
            KINDS[field.kind],
            _written(field, listed=field.column in area_columns),
            limits(field),
            _may_be_blank(contract, field),
            dict(contract.reasons).get(field.column, ""),
        ]
        for field in contract.fields
    ]


def expected(field: Field) -> str:
    """What may stand in a cell, in one sentence."""
    if field.allowed:
        return f"Choose one of the list: {', '.join(field.allowed)}."
    within = f", {limits(field)}" if limits(field) else ""
    how = in_words(field.pattern) if field.pattern else KINDS[field.kind]
    return f"Write {how}{within}{', or leave it blank' if field.blank else ''}."


def limits(field: Field) -> str:
    """The least and the most a number may be."""
    low = f"at least {field.minimum:,g}" if field.minimum is not None else ""
    high = f"at most {field.maximum:,g}" if field.maximum is not None else ""
    return " and ".join(part for part in (low, high) if part)


def basis_mark(entry: Entry | None) -> str:
    """What must be said first of figures that nobody counted."""
    return MADE_UP if entry is not None and entry.basis == "illustrative" else ""


def _origin(entry: Entry | None) -> str:
    if entry is None:
        return "The atlas ships no such table. Whoever puts it in says who publishes it, for when and on what terms."
    told = {
        "": f"{basis_mark(entry)}{entry.title}",
        "Publisher": entry.publisher,
        "Address": entry.url,
        "Licence": entry.licence,
        "Period of what the atlas ships": entry.period,
        "Basis of what the atlas ships": entry.basis,
        "Caveat": entry.caveat,
    }
    return "\n".join(f"{name}: {text}" if name else text for name, text in told.items() if text)


def _nothing(contract: Contract) -> str:
    lines = ["0 means that somebody counted and there were none. It is never written where a figure is not known."]
    explaining = [field for field in contract.fields if _explains(field)]
    for field in explaining:
        values = [value for value, status in contract.reasons if status == field.column]
        lines.append(f"The column {field.column} says why {' or '.join(values) or 'a figure'} is blank:")
        lines += [f"    {code}: {STATUS_MEANINGS[code]}" for code in field.allowed]
    if contract.reasons:
        lines.append("A figure goes with ok, and a blank with one of the others. Nothing else is accepted.")
    return "\n".join(lines if explaining else [*lines, NO_STATUS])


def _explains(field: Field) -> bool:
    return "ok" in field.allowed and set(field.allowed) <= set(STATUS_MEANINGS)


def _blanks(contract: Contract) -> str:
    explained = dict(contract.reasons)
    free = [field.column for field in contract.fields if field.blank and field.column not in explained]
    lines = [f"{value}: blank exactly where {status} is not ok." for value, status in contract.reasons]
    if free:
        lines.append(f"May be blank, where there is nothing to say: {', '.join(free)}.")
    return "\n".join([*lines, "Every other cell must be filled." if lines else "No cell may be blank."])


def _written(field: Field, *, listed: bool) -> str:
    named = STATUS_MEANINGS if _explains(field) else WRITTEN.get(field.column, {})
    if field.allowed:
        lines = [f"{code}: {named[code]}" if code in named else code for code in field.allowed]
        more = f"and others on the sheet {LISTS}"
        return "\n".join(lines if len(lines) <= IN_A_CELL else [*lines[:IN_A_CELL], more])
    told = in_words(field.pattern) if field.pattern else ""
    return f"{told}\nCodes and names are on the sheet {LISTS}." if listed else told


def _may_be_blank(contract: Contract, field: Field) -> str:
    if not field.blank:
        return "no"
    return "only with a reason" if field.column in dict(contract.reasons) else "yes"


def _label(column: str) -> str:
    return COLUMNS[column].label


def _labels(names: Sequence[str]) -> str:
    return ", ".join(_label(name) for name in names)
