"""The command line for analysts: the same numbers as the screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import decision_commands
from analysis.build.area import command as area_command
from analysis.build.refresh import command as refresh_command
from analysis.editions import EDITIONS
from analysis.gap import gap, lenses
from analysis.localities import Set, of_edition
from analysis.locality_file import from_csv
from analysis.present import difference_lines
from analysis.reconciliation import reconcile, unexplained
from analysis.reconciliation.verdicts import DISAGREES
from analysis.refusal import Refusal
from analysis.reports import commands as report_commands
from analysis.returns import commands as return_commands
from analysis.sources.catalogue import CatalogueError, accept, faults
from analysis.sources.contracts import ContractBroken
from analysis.sources.library import ROOT, Library
from analysis.store import commands as editions

GAP_COLUMNS = [
    "ward_code",
    "ward_name",
    "need",
    "need_lower",
    "need_upper",
    "need_share",
    "observed",
    "expected",
    "oe",
    "oe_lower",
    "oe_upper",
    "gap",
    "gap_lower",
    "gap_upper",
    "verdict",
    "basis",
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused or faulty, 2 not understood."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Refusal, CatalogueError, ContractBroken) as refused:
        print(refused, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Figures of the Early Help Atlas.")
    commands = parser.add_subparsers(required=True, metavar="command")
    listed = commands.add_parser("list", help="name the editions, needs and provisions")
    listed.set_defaults(run=_list)
    compared = commands.add_parser("gap", help="compare a need with a provision, ward by ward")
    compared.add_argument("--edition", required=True)
    compared.add_argument("--need", required=True)
    compared.add_argument("--provision", required=True)
    compared.add_argument("--localities", type=Path, help="a CSV of localities, each to be compared as one area")
    compared.add_argument("--format", choices=("csv", "json", "table"), default="table")
    compared.set_defaults(run=_gap)
    reconciled = commands.add_parser("reconcile", help="work every figure out again and list what disagrees")
    reconciled.add_argument("--every", action="store_true", help="list every check, not only the disagreements")
    reconciled.add_argument("--format", choices=("csv", "json", "table"), default="table")
    reconciled.set_defaults(run=_reconcile)
    commands.add_parser("check", help="check every file against the catalogue").set_defaults(run=_check)
    commands.add_parser("accept", help="declare lawful changes of files in the catalogue").set_defaults(run=_accept)
    return_commands.add(commands)
    editions.add_to(commands, difference_lines.lines)
    decision_commands.add_to(commands)
    report_commands.add(commands)
    refresh_command.add(commands)
    area_command.add(commands)
    return parser


def _list(_: argparse.Namespace) -> int:
    for edition in EDITIONS.values():
        needs, provisions = lenses(edition.id)
        print(f"edition {edition.id}: {edition.title}")
        for need in needs:
            print(f"  need       {need.id:22}{need.basis:13}{need.title}")
        for provided in provisions:
            print(f"  provision  {provided.id:22}{provided.basis:13}{provided.title}")
    return 0


def _gap(options: argparse.Namespace) -> int:
    library = Library()
    localities = _localities(library, options.localities, options.edition)
    result = gap(library, options.edition, options.need, options.provision, localities)
    table = result.table.rename(columns={"area_code": "ward_code", "area_name": "ward_name"})[GAP_COLUMNS]
    print(_formatted(table, options.format), end="")
    if result.note:
        print(result.note, file=sys.stderr)
    return 0


def _reconcile(options: argparse.Namespace) -> int:
    checks = reconcile(Library())
    apart, left = checks[checks["verdict"].eq(DISAGREES)], len(unexplained(checks))
    print(_formatted(checks if options.every else apart, options.format), end="")
    print(f"{len(checks)} checks: {len(apart)} disagree, {left} unexplained.", file=sys.stderr)
    return 1 if left else 0


def _localities(library: Library, path: Path | None, edition: str) -> Set:
    if path is None:
        return ()
    if not path.is_file():
        raise Refusal(f"There is no file {path}. Give the path of a CSV of localities.")
    return of_edition(from_csv(library, path.read_bytes(), path.name), edition)


def _formatted(table: pd.DataFrame, style: str) -> str:
    if style == "csv":
        return table.to_csv(index=False)
    if style == "json":
        return table.to_json(orient="records", indent=1) + "\n"
    return table.to_string(index=False, float_format="%.2f") + "\n"


def _check(_: argparse.Namespace) -> int:
    found = faults(ROOT)
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(found)} faults in the files the catalogue declares.")
    return 1 if found else 0


def _accept(_: argparse.Namespace) -> int:
    changed = accept(ROOT)
    print("\n".join(changed) or "Nothing had changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
