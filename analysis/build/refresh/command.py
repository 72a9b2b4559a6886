"""`python -m analysis refresh`: the newest official files into a folder of draft tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SOURCES = ("fingertips", "cilif", "iod", "lait", "ons-wards", "police")
SECONDS = 300.0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("refresh", help="fetch the newest official files into a folder of draft tables")
    parser.add_argument("--source", required=True, choices=SOURCES)
    parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help="a new folder for tables and manifest")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="the longest one file may take")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.build.refresh.fetch import Limits
    from analysis.build.refresh.folder import keep
    from analysis.build.refresh.run import refresh
    from analysis.build.whole import require_new
    from analysis.sources.library import Library

    require_new(options.to)
    tables = refresh(options.source, Library(), lambda _: None, Limits(seconds=options.seconds))
    manifest = keep(options.source, tables, options.to)
    for table in tables:
        counted = ", ".join(f"{number:,} {what}" for what, number in table.changes.items())
        print(f"{table.contract}: {len(table.frame):,} rows" + (f" ({counted})" if counted else ""))
        for warning in table.warnings:
            print(f"  look: {warning}", file=sys.stderr)
    print(f"Kept in {manifest}. Nothing viewers see has changed.")
    return 0
