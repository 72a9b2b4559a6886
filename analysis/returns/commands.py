"""The operator's commands: make the template, check a return, put it in place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.returns.check import check
from analysis.returns.load import load
from analysis.returns.report import Report
from analysis.returns.template import example_csv, headings_csv, workbook
from analysis.returns.words import SHEETS
from analysis.sources.library import ROOT, Library
from analysis.uploads.limits import MOST_BYTES
from analysis.uploads.remarks import sentence

OWN = "The council's own return"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `return template`, `return check` and `return load` to the command line."""
    parent = commands.add_parser("return", help="make the template of the quarterly return, check one, or load one")
    steps = parent.add_subparsers(required=True, metavar="step")
    made = steps.add_parser("template", help="write the template as .xlsx and .csv into a folder")
    made.add_argument("folder", type=Path, nargs="?", default=Path())
    made.set_defaults(run=_template)
    checked = steps.add_parser("check", help="name every fault of a return; change nothing")
    checked.add_argument("file", type=Path)
    checked.set_defaults(run=_check)
    loaded = steps.add_parser("load", help="put a return without faults in place of the rows held for its edition")
    loaded.add_argument("file", type=Path)
    loaded.add_argument("--publisher", default=OWN, help="whom to name as the source under each chart")
    loaded.set_defaults(run=_load)


def _template(options: argparse.Namespace) -> int:
    library = Library()
    files = {"early_help_return.xlsx": workbook(library)}
    for title, contract in SHEETS.items():
        files[f"early_help_return_{title.lower()}.csv"] = headings_csv(contract)
        files[f"early_help_return_{title.lower()}_example.csv"] = example_csv(library, contract)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (options.folder / name).write_bytes(content)
            print(options.folder / name)
    except OSError as error:
        return _refused(f"{options.folder}: {error.strerror}. Name a folder that can be written.")
    return 0


def _check(options: argparse.Namespace) -> int:
    content = _content(options.file)
    return 1 if content is None else _told(check(Library(), content, options.file.name))


def _load(options: argparse.Namespace) -> int:
    content = _content(options.file)
    if content is None:
        return 1
    try:
        done = load(ROOT, content, options.file.name, options.publisher)
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}. Nothing was changed.")
    code = _told(done.report)
    for path, copy in done.replaced.items():
        print(f"Replaced {path}; the file before it is kept as {copy}.")
    if code == 0:
        print("Start the atlas again to see it.")
    return code


def _content(file: Path) -> bytes | None:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        _refused(f"{file}: {error.strerror}. Name the file that holds the return.")
        return None


def _told(report: Report) -> int:
    for note in report.notes:
        print(f"Note: {sentence(note)}")
    for fault in report.faults:
        print(sentence(fault), file=sys.stderr)
    if report.unlisted:
        print(f"And {report.unlisted:,} more faults.", file=sys.stderr)
    for name, table in report.tables.items():
        print(f"{name}: {len(table):,} rows without a fault.")
    counted = "1 fault" if report.total == 1 else f"{report.total:,} faults"
    print(f"{counted}." if report.lawful else f"{counted}. Nothing was changed.")
    return 0 if report.lawful else 1


def _refused(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
