"""The editions from the command line: `python -m analysis edition ...`, for operators and scheduled use.

Exit codes: 0 done, 1 refused or faulty (with the reason), 2 not understood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.editions import EDITIONS
from analysis.sources.contracts import ContractBroken
from analysis.sources.library import Library
from analysis.store import backup as copies
from analysis.store import file_commands as files
from analysis.store.builtin import rebuild
from analysis.store.cautions import cautions
from analysis.store.database import Store
from analysis.store.drafts import drop_draft, start_draft
from analysis.store.opening import opened
from analysis.store.place import from_environment
from analysis.store.publishing import publications, publish, roll_back, shown_now
from analysis.store.reading import of_version, published
from analysis.store.retention import forget
from analysis.store.shelf import versions
from analysis.store.troubles import StoreRefusal
from analysis.uploads.remarks import Unreadable

Options = argparse.Namespace
Run = Callable[[Options], int]
Lines = Callable[[Library, Library, str], Iterable[str]]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], lines: Lines) -> None:
    """Add `edition` and what it can do to the commands of `python -m analysis`.

    `lines` says in words what a version changes of another one of an edition.
    """
    edition = commands.add_parser("edition", help="drafts, publications and the store they are kept in")
    acts = edition.add_subparsers(required=True, metavar="act")
    for name, (run, said, arguments) in ACTS.items():
        parser = acts.add_parser(name, help=said)
        for flag in arguments:
            parser.add_argument(flag, **ARGUMENTS[flag])
        parser.set_defaults(run=_plainly(run), lines=lines)


def _plainly(run: Run) -> Run:
    def told(options: Options) -> int:
        try:
            return run(options)
        except (ContractBroken, OSError, Unreadable) as error:
            print(error, file=sys.stderr)
            return 1

    return told


def _start(options: Options) -> int:
    draft = start_draft(opened(), options.edition, options.name, options.who)
    print(draft)
    return 0


def _drop(options: Options) -> int:
    drop_draft(opened(), options.draft, options.who)
    print(f"Draft {options.draft} is deleted.")
    return 0


def _diff(options: Options) -> int:
    store = opened()
    after, base = of_version(store, options.version), _base(store, options.version)
    before = of_version(store, options.against) if options.against else published(store, base)
    for line in options.lines(before, after, base):
        print(line)
    return 0


def _base(store: Store, version: int) -> str:
    held = versions(store).set_index("version")["base"]
    if version not in held.index:
        raise StoreRefusal(f"There is no version {version}.")
    return str(held[version])


def _publish(options: Options) -> int:
    store = opened()
    base = _base(store, options.draft)
    after, before = of_version(store, options.draft), published(store, base)
    if before.publication != options.compared_with:
        print(f"Publication {before.publication} is the newest one of {base}.", file=sys.stderr)
    warned = [str(caution) for caution in cautions(before, after, base)]
    if warned and not options.accept_warnings:
        print("\n".join(f"warning: {words}" for words in warned), file=sys.stderr)
        raise StoreRefusal(f"{len(warned)} warnings: mend the file, or say --accept-warnings.")
    number = publish(store, options.draft, options.compared_with, options.who, about=options.note, warnings=warned)
    print(f"Publication {number} of {base}.")
    return 0


def _roll_back(options: Options) -> int:
    number = roll_back(opened(), options.version, options.compared_with, options.who, about=options.note)
    print(f"Publication {number}: version {options.version} again.")
    return 0


def _list(options: Options) -> int:
    store = opened()
    print(versions(store, options.edition).to_string(index=False))
    for one in publications(store, options.edition):
        print(f"publication {one.id} of {one.base}: version {one.version} {one.version_name!r}, {one.at}, {one.by}")
    print(f"shown: {', '.join(f'{base} publication {one.id}' for base, one in sorted(shown_now(store).items()))}")
    return 0


def _backup(options: Options) -> int:
    about = copies.backup(opened(), Path(options.to))
    print(f"{options.to}: {about['publication']} publications, sha256 {about['sha256']!s}.")
    return 0


def _restore(options: Options) -> int:
    about = copies.restore(from_environment(), Path(options.file), options.who, replace=options.replace)
    print(f"Restored: {about['publication']} publications.")
    return 0


def _forget(options: Options) -> int:
    done = forget(opened(), options.table, options.who, keep=options.keep, why=options.note)
    print(f"{len(done.tables)} uploads of {options.table} deleted; {len(done.still_published)} still published.")
    if not done.written_anew:
        print("There was no room to write the file without them: free some space and do it again.", file=sys.stderr)
    return 0


def _rebuild(options: Options) -> int:
    store = opened()
    for base in [options.edition] if options.edition else EDITIONS:
        number = rebuild(store, base, options.who)
        print(f"{base}: publication {number}." if number else f"{base}: what the atlas ships is what is published.")
    return 0


ARGUMENTS: dict[str, dict[str, Any]] = {
    "--edition": {"choices": tuple(EDITIONS), "default": None, "help": "the edition meant"},
    "--format": {"choices": files.FORMATS, "default": "csv", "help": "the kind of file to write"},
    "--name": {"required": True, "help": "what to call the draft"},
    "--table": {"default": None, "help": "the table meant, by the name of its contract"},
    "--file": {"required": True, "help": "the file to read"},
    "--to": {"required": True, "help": "where to write"},
    "--draft": {"required": True, "type": int, "help": "number of the draft"},
    "--version": {"required": True, "type": int, "help": "number of the version"},
    "--against": {
        "type": int,
        "default": None,
        "help": "number of the version to compare with; else what is published",
    },
    "--compared-with": {"required": True, "type": int, "help": "number of the publication it was compared with"},
    "--who": {"required": True, "help": "who does it"},
    "--note": {"default": "", "help": "why, in words"},
    "--heading": {
        "action": "append",
        "default": [],
        "help": "which heading of the file a column is taken from, as area_code=Ward; may be repeated",
    },
    "--annotated": {"default": None, "help": "where to write a copy of the file with every fault marked"},
    "--say": {"action": "append", "default": [], "help": "what is known of the file, as period=2026; may be repeated"},
    "--accept-warnings": {"action": "store_true", "help": "publish in spite of the warnings, which are recorded"},
    "--small-counts": {"action": "store_true", "help": "write returns of small counts too"},
    "--replace": {"action": "store_true", "help": "put the backup in place of what is held"},
    "--keep": {"type": int, "default": 1, "help": "how many of the newest versions keep the table"},
}
ACTS: dict[str, tuple[Run, str, tuple[str, ...]]] = {
    "template": (files.write_templates, "write the templates of the tables", ("--table", "--format", "--to")),
    "check": (
        files.check,
        "check a file against the contract of a table",
        ("--table", "--file", "--heading", "--annotated"),
    ),
    "start": (_start, "start a draft from what is published", ("--edition", "--name", "--who")),
    "put": (files.put, "put a table into a draft", ("--draft", "--table", "--file", "--heading", "--say", "--who")),
    "drop": (_drop, "delete a draft", ("--draft", "--who")),
    "diff": (_diff, "what a version changes", ("--version", "--against")),
    "publish": (_publish, "publish a draft", ("--draft", "--compared-with", "--who", "--note", "--accept-warnings")),
    "rollback": (_roll_back, "publish an earlier version again", ("--version", "--compared-with", "--who", "--note")),
    "list": (_list, "every version and publication", ("--edition",)),
    "export": (
        files.write_export,
        "a version as a zip of CSV files or as one workbook",
        ("--version", "--format", "--to", "--small-counts"),
    ),
    "backup": (_backup, "the whole store as one file", ("--to",)),
    "restore": (_restore, "a backup in place of the store", ("--file", "--who", "--replace")),
    "forget": (_forget, "delete an uploaded return", ("--table", "--keep", "--who", "--note")),
    "rebuild": (_rebuild, "publish what the atlas ships again", ("--edition", "--who")),
}
