"""Starting on files edited by hand: a broken one stops the app with one message; a suppressed value is shown."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.library import ROOT

PARTS = ("app.py", "pages", "analysis", "data", "geo", ".streamlit")
POVERTY = Path("data/published/child_poverty_ward19.csv")
WARD = "E05012461"
REASON = "suppressed by the source to protect people"

OPEN = """
import json, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=90)
for name, value in json.loads(sys.argv[2]).items():
    app.query_params[name] = value
app.run()
if sys.argv[1]:
    app.switch_page(sys.argv[1]).run()
print(json.dumps({
    "exceptions": [e.message for e in app.exception], "errors": [e.value for e in app.error],
    "codes": [e.value for e in app.code], "titles": [e.value for e in app.title],
    "maps": len(app.get("component_instance")), "html": [e.proto.body for e in app.get("html")],
    "tables": [e.value.to_json(orient="records") for e in app.dataframe],
}))
"""


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder, whose store is inside it."""
    own = {**os.environ, "ATLAS_STORE": str(folder / "data" / "store" / "atlas.db")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=own, capture_output=True, text=True, check=False
    )


def opened(folder: Path, page: str = "", **asked: str) -> dict[str, list]:
    """What the app under a folder draws, run in a process of its own."""
    done = python(folder, "-c", OPEN, page, json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[str], str]], Path]:
    """A copy of the atlas whose table of child poverty has one line put another way."""

    def copy(change: Callable[[str], str]) -> Path:
        for part in PARTS:
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, tmp_path / part)
        path = tmp_path / POVERTY
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{WARD},2025,relative,BHC,"))
        lines[place] = change(lines[place])
        path.write_text("".join(lines), encoding="utf-8")
        return tmp_path

    return copy


def row_number() -> int:
    lines = (ROOT / POVERTY).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(f"{WARD},2025,relative,BHC,"))


def test_a_broken_cell_stops_the_start_and_the_check_with_the_same_one_message(
    edited: Callable[[Callable[[str], str]], Path],
) -> None:
    folder = edited(lambda line: ",".join([*line.split(",")[:4], "abc", *line.split(",")[5:]]))
    message = (
        f"{POVERTY.as_posix()}, row {row_number()}, column count: found 'abc'. "
        "Write a whole number of at least 0, digits only."
    )
    shown = opened(folder)
    assert shown["codes"] == [message]
    assert shown["errors"] == ["The atlas has not started, because its data files are not as declared."]
    assert (shown["maps"], shown["titles"], shown["tables"], shown["exceptions"]) == (0, [], [], [])
    checked = python(folder, "-m", "analysis", "check")
    assert checked.returncode == 1
    assert checked.stderr.splitlines() == [message]
    refused = python(folder, "-m", "analysis", "accept")
    assert refused.returncode == 1
    assert message in refused.stderr


def test_a_changed_figure_that_was_not_declared_stops_the_start_too(
    edited: Callable[[Callable[[str], str]], Path],
) -> None:
    folder = edited(lambda line: ",".join([*line.split(",")[:4], "9", *line.split(",")[5:]]))
    shown = opened(folder)
    assert len(shown["codes"]) == 1
    assert "has changed since it was declared" in shown["codes"][0]
    assert shown["maps"] == 0


def test_a_suppressed_ward_says_why_and_leaves_the_others_compared(
    edited: Callable[[Callable[[str], str]], Path],
) -> None:
    folder = edited(lambda line: ",".join([*line.split(",")[:4], "", "", "suppressed\n"]))
    accepted = python(folder, "-m", "analysis", "accept")
    assert (accepted.returncode, accepted.stdout.strip()) == (0, POVERTY.as_posix())
    assert python(folder, "-m", "analysis", "check").returncode == 0

    shown = opened(folder)
    assert (shown["exceptions"], shown["errors"], shown["maps"]) == ([], [], 1)
    table = pd.read_json(io.StringIO(shown["tables"][0]))
    silent = table[table["Verdict"] == "? Not known"]
    assert len(table) == 33
    assert list(silent["Ward"]) == ["Bathavon North"]
    assert set(silent.drop(columns=["Ward", "Verdict"]).filter(regex="Need|Expected|Short|÷|need").iloc[0]) == {REASON}
    assert not table[table["Verdict"] != "? Not known"].isin([REASON]).any().any()

    asked = ["gap", "--edition", "2026", "--need", "low_income_bhc2025", "--provision", "access_gp", "--format", "csv"]
    rows = pd.read_csv(io.StringIO(python(folder, "-m", "analysis", *asked).stdout)).set_index("ward_code")
    assert rows.loc[WARD, ["need", "need_share", "expected", "oe", "gap"]].isna().all()
    assert rows.loc[WARD, "verdict"] == "not known"
    others = rows.drop(index=WARD)
    assert others[["need", "expected", "oe", "gap"]].notna().all().all()
    assert others["need_share"].sum() == pytest.approx(1)
    assert others["gap"].sum() == pytest.approx(0, abs=1e-6)

    page = opened(folder, "pages/ward.py", ward=WARD)
    assert (page["exceptions"], page["titles"]) == ([], ["Bathavon North ward"])
    assert any(REASON in body for body in page["html"])
