"""`python -m analysis build-area`: a folder of tables of any English council."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("build-area", help="make the folder of tables of any English council")
    parser.add_argument("--lad", required=True, metavar="CODE", help="the council's code, for example E06000024")
    parser.add_argument(
        "--raw", type=Path, metavar="FOLDER", help="the folder that holds data/england, as for make data"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="a new folder; areas/CODE when none is named")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from analysis.build.area.folder import build_area
    from analysis.councils import built, offered
    from analysis.sources.library import ROOT

    library, notes = build_area(options.raw or ROOT.parent / "shared", options.lad, options.to or built() / options.lad)
    council = library.council
    print(f"{council.name} ({council.code}): {len(library.entries)} files in {library.root}")
    for page, reason in offered(library).items():
        print(f"  {page}: {reason or 'has the tables it needs'}")
    for note in notes:
        print(f"  look: {note}", file=sys.stderr)
    return 0
