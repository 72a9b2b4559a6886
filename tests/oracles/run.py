"""Every file of a manifest put to the check that can read it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.oracles.agreement import Cell, Check
from tests.oracles.folder import Folder

CHECKS: list[Check] = [
    check
    for path in sorted((Path(__file__).parent / "checks").glob("*.py"))
    for check in import_module(f"tests.oracles.checks.{path.stem}").CHECKS
]
WIDTH, SHOWN = 36, 5


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its line, and whether every row of it passed."""

    file: str
    passed: bool
    line: str


def outcomes(folder: Folder) -> list[Outcome]:
    """One outcome a file of the manifest, in its order. Raises ValueError when the manifest lists none."""
    if folder.manifest.empty:
        raise ValueError("The manifest lists no files.")
    kinds = dict(zip(folder.manifest["file"], folder.manifest["kind"], strict=True))
    answered = {name: answer(folder, name) for name, kind in kinds.items() if kind != "input"}
    return [answered[name] if name in answered else _read(folder, name) for name in kinds]


def answer(folder: Folder, name: str) -> Outcome:
    """A file of right answers beside ours; a file that cannot be checked has failed."""
    if not (folder.path / name).is_file():
        return _failed(name, "is in the manifest but not in the folder")
    try:
        cells = check_for(folder, name).run(folder, name)
    except Exception as wrong:
        return _failed(name, f"could not be checked: {type(wrong).__name__}: {_first_line(wrong)}")
    return _judged(name, cells) if cells else _failed(name, "holds nothing to check")


def check_for(folder: Folder, name: str) -> Check:
    """The check of a file, by its name or else by what it holds. Raises ValueError when there is none."""
    stem = Path(name).stem
    held = folder.contents(name)
    for check in CHECKS:
        if check.stem == stem:
            return check
    fitting = [check for check in CHECKS if check.columns <= held]
    if not fitting:
        raise ValueError("no check can read it")
    return max(fitting, key=lambda check: len(check.columns))


def _first_line(wrong: Exception) -> str:
    return (str(wrong).splitlines() or ["no reason given"])[0]


def _judged(name: str, cells: list[Cell]) -> Outcome:
    wrong = [cell for cell in cells if not cell.passed]
    rows, failed = {cell.row for cell in cells}, {cell.row for cell in wrong}
    worst = max(cells, key=lambda cell: (not cell.passed, cell.deviation))
    counts = f"{len(rows):4d} rows  {len(rows) - len(failed):4d} passed"
    line = f"{name:{WIDTH}} {counts}  worst deviation {worst.deviation:.2g} ({worst.row}, {worst.column})"
    notes = [
        f"  FAILED {cell.row}, {cell.column}: got {cell.got}, wanted {cell.want} within {cell.allowed:.2g}"
        for cell in wrong[:SHOWN]
    ]
    more = [f"  and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
    return Outcome(name, not wrong, "\n".join([line, *notes, *more]))


def _read(folder: Folder, name: str) -> Outcome:
    if not (folder.path / name).is_file():
        return _failed(name, "is in the manifest but not in the folder")
    if name not in folder.opened:
        return _failed(name, "is an input that no check has read")
    rows = len(folder.rows(name)) if name.endswith(".csv") else len(folder.facts(name))
    return Outcome(name, True, f"{name:{WIDTH}} {rows:4d} rows  {rows:4d} read    input of the answers above or below")


def _failed(name: str, why: str) -> Outcome:
    return Outcome(name, False, f"{name:{WIDTH}}    0 rows     0 passed  FAILED: {why}")
