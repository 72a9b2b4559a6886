"""`python -m analysis refresh`: the newest official files into a draft of the store, or a folder of draft tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.build.refresh.drafted import Drafted
    from analysis.sources.library import Library

SOURCES = ("fingertips", "cilif", "iod", "lait", "ons-wards", "police")
SECONDS = 300.0
NEWEST = "2026"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("refresh", help="fetch the newest official files into a draft, never to viewers")
    parser.add_argument("--source", required=True, choices=SOURCES)
    parser.add_argument("--edition", default=NEWEST, help="the edition whose draft takes the tables")
    parser.add_argument("--draft", type=int, help="a draft there is; else a new one is started")
    parser.add_argument("--who", default="", help="who does it, for the log; needed for a draft")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="a new folder for tables and manifest, not a draft")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="the longest one file may take")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    return _into_store(options) if options.to is None else _into_folder(options)


def _into_folder(options: argparse.Namespace) -> int:
    from analysis.build.refresh.folder import keep
    from analysis.build.whole import require_new
    from analysis.sources.library import Library

    require_new(options.to)
    tables = _fetched(options, Library())
    manifest = keep(options.source, tables, options.to)
    _say(tables)
    print(f"Kept in {manifest}. Nothing viewers see has changed.")
    return 0


def _into_store(options: argparse.Namespace) -> int:
    from analysis.build.refresh.into_store import take
    from analysis.store.opening import opened
    from analysis.store.records import person

    who = person(options.who)
    taken, tables = take(
        opened(), lambda library: _fetched(options, library), options.edition, options.draft, options.source, who
    )
    _say(tables)
    for sentence in taken.left_out:
        print(f"  look: {sentence}", file=sys.stderr)
    print(f"In draft {taken.draft}. Nothing viewers see has changed: compare it on the page Update, then publish.")
    return 0


def _fetched(options: argparse.Namespace, library: Library) -> list[Drafted]:
    from analysis.build.refresh.fetch import Limits
    from analysis.build.refresh.run import refresh

    return refresh(options.source, library, lambda _: None, Limits(seconds=options.seconds))


def _say(tables: Sequence[Drafted]) -> None:
    for table in tables:
        counted = ", ".join(f"{number:,} {what}" for what, number in table.changes.items())
        print(f"{table.contract}: {len(table.frame):,} rows" + (f" ({counted})" if counted else ""))
        for warning in table.warnings:
            print(f"  look: {warning}", file=sys.stderr)
