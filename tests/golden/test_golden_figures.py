"""Our answers against those of other software: the project's own copy of the figures, put to the checks of the oracles.

`make oracles` puts the same checks to any other folder of the same layout.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.deprivation import by_ward
from analysis.sources.library import Library
from analysis.statistics.intervals import wilson
from tests.oracles.__main__ import main
from tests.oracles.folder import Folder
from tests.oracles.run import answer, check_for, outcomes

HERE = Path(__file__).parent
FILES = Folder(HERE).manifest
ANSWERS = list(FILES.loc[FILES["kind"] != "input", "file"])
TABLES = [name for name in ANSWERS if name.endswith(".csv")]
INFORMATION = {"draws", "src", "chi2_is"}


@pytest.mark.parametrize("name", ANSWERS)
def test_our_answers_agree(name: str) -> None:
    found = answer(Folder(HERE), name)
    assert found.passed, found.line


def test_every_file_of_the_manifest_is_here_and_every_file_here_is_in_it() -> None:
    held = {path.name for path in HERE.iterdir() if path.suffix in {".csv", ".json"} and path.name != "MANIFEST.csv"}
    assert held == set(FILES["file"])


@pytest.mark.parametrize("name", TABLES)
def test_a_file_is_known_by_what_it_holds_when_it_has_another_name(name: str, tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "other", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "other" / name).rename(tmp_path / "other" / "zzz.csv")
    assert check_for(Folder(tmp_path / "other"), "zzz.csv") is check_for(Folder(HERE), name)
