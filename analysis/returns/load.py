"""A checked return put in place of the rows held for its edition: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.returns.check import check
from analysis.returns.report import Report
from analysis.returns.summary import merged
from analysis.sources.catalogue import CATALOGUE, contract_breaches, sha256, with_values
from analysis.sources.contracts import Contract, ContractBroken
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.write import write_table

KEPT = "kept-returns"
OWN_TITLES = {
    "ACTIVITY": "Early Help activity by service and ward: the council's own return",
    "ACTIVITY_DETAIL": "Early Help activity of the council broken down: the council's own return",
}
MIXED = ", beside illustrative rows"


@dataclass(frozen=True)
class Loaded:
    """What became of a return: its report, and where it was lawful the files replaced, with the copy kept of each."""

    report: Report
    replaced: dict[str, str]


def load(root: Path, content: bytes, name: str, publisher: str) -> Loaded:
    """Check a return and, where it is lawful, put its rows in place and declare them in the catalogue.

    Files are written aside, checked again and renamed; those replaced are kept under `kept-returns`, outside the data.
    A fault, or a failure at any step, leaves every file as it was. Raises CatalogueError when the files held are not as
    declared to begin with, and OSError when the disk cannot be written.
    """
    library = Library(root)
    report = check(library, content, name)
    if not report.lawful:
        return Loaded(report, {})
    with tempfile.TemporaryDirectory(dir=root, prefix=".return-") as aside:
        staged = {
            library.entry(contract).path: _staged(library, contract, given, Path(aside), publisher)
            for contract, given in report.tables.items()
        }
        text = (root / CATALOGUE).read_text(encoding="utf-8")
        for path, (_, values) in staged.items():
            text = with_values(text, path, values)
        catalogue = Path(aside) / "catalogue.toml"
        catalogue.write_text(text, encoding="utf-8")
        files = {path: file for path, (file, _) in staged.items()} | {CATALOGUE.as_posix(): catalogue}
        return Loaded(report, _put_in_place(root, files))


def _staged(
    library: Library, contract: str, given: pd.DataFrame, aside: Path, publisher: str
) -> tuple[Path, dict[str, str]]:
    """The whole new file of a contract, written aside and checked, and what the catalogue is to say of it."""
    entry, rule = library.entry(contract), CONTRACTS[contract]
    rows = merged(library.table(contract), given, contract)
    file = aside / f"{contract}.csv"
    write_table(rows, rule, file)
    breaches = contract_breaches(file, entry)
    if breaches:
        raise ContractBroken(breaches)
    return file, {**_described(rows, rule, publisher), "sha256": sha256(file)}


def _described(rows: pd.DataFrame, rule: Contract, publisher: str) -> dict[str, str]:
    made_up = rows["basis"].eq("illustrative")
    own = rows[~made_up] if not made_up.all() else rows
    if made_up.all():
        return {}
    basis = "illustrative" if made_up.any() else str(own["basis"].max())
    quarters = sorted(own["quarter"].unique())
    return {
        "title": OWN_TITLES[rule.name] + (MIXED if made_up.any() else ""),
        "publisher": publisher,
        "licence": "The council's own; not for publication row by row",
        "attribution": publisher,
        "period": quarters[0] if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}",
        "basis": basis,
        "caveat": "Small counts are held back wherever it is shown. Rows marked illustrative are made up.",
    }


def _put_in_place(root: Path, files: dict[str, Path]) -> dict[str, str]:
    """Rename each file into place, the catalogue last; on any failure every one goes back as it was."""
    kept = {path: _kept(root, path) for path in files}
    try:
        for path, file in files.items():
            file.replace(root / path)
        Library(root)
    except BaseException:
        for path, copy in kept.items():
            shutil.copyfile(root / copy, root / path)
        raise
    return kept


def _kept(root: Path, path: str) -> str:
    """A copy of a file held now, under a name that ends in its checksum."""
    held = root / path
    copy = Path(KEPT) / f"{held.stem}-{sha256(held)[:12]}{held.suffix}"
    (root / KEPT).mkdir(exist_ok=True)
    shutil.copyfile(held, root / copy)
    return copy.as_posix()
