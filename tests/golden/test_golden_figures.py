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
from tests.oracles.folder import Folder
from tests.oracles.run import answer, check_for

HERE = Path(__file__).parent
FILES = Folder(HERE).manifest
ANSWERS = list(FILES.loc[FILES["kind"] != "input", "file"])
TABLES = [name for name in ANSWERS if name.endswith(".csv")]


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


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("score", "average_score"), ("lowest", "min_score"), ("highest", "max_score"), ("neighbourhoods", "n_lsoa")],
)
def test_the_shipped_wards_give_the_same_summaries(shipped: Library, ours: str, theirs: str) -> None:
    want = pd.read_csv(HERE / "iod2019_bnes_ward17_expected.csv").set_index("ward17_code").sort_index()
    got = by_ward(shipped, 2019, "imd", "ward11_code").set_index("area_code").sort_index()
    assert list(got.index) == list(want.index)
    np.testing.assert_allclose(got[ours], want[theirs], rtol=1e-9)


def test_printed_child_poverty_limits_are_wilson_of_a_count_over_its_percentage(shipped: Library) -> None:
    facts = pd.read_csv(HERE / "seed_idaci_wilson.csv")
    printed = shipped.table("IDACI2015_PRINTED").set_index("area_code")
    wards = facts.merge(printed.assign(area=printed.index.map(shipped.names)), on="area", suffixes=("", "_ours"))
    assert len(wards) == 39
    assert list(wards["count_ours"]) == list(wards["count"])
    lower, upper = wilson(wards["count"], wards["n_from_count_over_value"])
    furthest = max(abs(100 * lower - wards["lo_pub"]).max(), abs(100 * upper - wards["hi_pub"]).max())
    assert furthest == pytest.approx(0.102, abs=0.001)
