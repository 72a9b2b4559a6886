"""The command line gives analysts the numbers of the screen, and says why when it will not."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import GAP_COLUMNS, main
from analysis.editions import EDITIONS
from analysis.gap import gap, lenses
from analysis.provision import REST
from analysis.sources.library import Library

HEADER = (
    "ward_code,ward_name,need,need_lower,need_upper,need_share,observed,expected,"
    "oe,oe_lower,oe_upper,gap,gap_lower,gap_upper,verdict,basis"
)
CHECK = ["gap", "--edition", "2020", "--need", "idaci2015", "--provision", "contact2017"]


def asked(edition: str, need: str, provided: str, style: str = "csv") -> list[str]:
    return ["gap", "--edition", edition, "--need", need, "--provision", provided, "--format", style]


@pytest.fixture(scope="module")
def printed(root: Path) -> subprocess.CompletedProcess[str]:
    """The command of the check by hand, run as an analyst runs it."""
    command = [sys.executable, "-m", "analysis", *CHECK, "--format", "csv"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)


@pytest.fixture(scope="module")
def rows(printed: subprocess.CompletedProcess[str]) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(printed.stdout)).set_index("ward_name")


def test_the_header_is_exactly_the_columns_promised(printed: subprocess.CompletedProcess[str]) -> None:
    assert printed.stdout.splitlines()[0] == HEADER == ",".join(GAP_COLUMNS)


def test_radstock(rows: pd.DataFrame) -> None:
    radstock = rows.loc["Radstock"]
    assert (radstock["ward_code"], radstock["need"], radstock["observed"]) == ("E05001962", 267, 35)
    assert round(radstock["expected"], 1) == 52.0
    assert round(radstock["oe"], 2) == 0.67
    assert radstock["oe_lower"] == pytest.approx(0.46, abs=0.02)
    assert radstock["oe_upper"] == pytest.approx(0.92, abs=0.02)
    assert "under-provided" in radstock["verdict"]
    assert "likely" in radstock["verdict"]
    assert "certain" not in radstock["verdict"]
    assert radstock["basis"] == "published"


def test_westmoreland_and_southdown(rows: pd.DataFrame) -> None:
    assert rows.loc["Westmoreland", "oe"] == pytest.approx(4.2, abs=0.05)
    assert rows.loc["Westmoreland", "verdict"].startswith("over-provided")
    assert rows.loc["Southdown", "oe_upper"] == pytest.approx(0.82, abs=0.005)
    assert rows.loc["Southdown", "verdict"] == "not known"


def test_wards_not_listed_are_blank_and_not_nought(rows: pd.DataFrame) -> None:
    unknown = rows[(rows["verdict"] == "not known") & (rows["ward_code"] != REST)]
    assert len(unknown) == 33
    assert unknown[["observed", "oe", "gap"]].isna().all(axis=None)


def test_gaps_of_listed_wards_and_the_rest_sum_to_nought(rows: pd.DataFrame) -> None:
    assert rows["gap"].notna().sum() == 5
    assert abs(rows["gap"].sum()) < 1e-9


def test_the_same_seed_prints_the_same_bytes(
    printed: subprocess.CompletedProcess[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CHECK, "--format", "csv"]) == 0
    assert capsys.readouterr().out == printed.stdout


def test_the_note_goes_beside_the_table_and_not_into_it(printed: subprocess.CompletedProcess[str]) -> None:
    assert "A comparison of shares" in printed.stderr
    assert "comparison" not in printed.stdout


@pytest.mark.parametrize(
    ("edition", "need", "provided"),
    [
        ("2020", "idaci2015", "contact2017"),
        ("2026", "idaci2019", "caseload_families"),
        ("2026", "children2020", "access_gp"),
    ],
)
def test_the_numbers_are_those_of_the_screen(
    shipped: Library, capsys: pytest.CaptureFixture[str], edition: str, need: str, provided: str
) -> None:
    assert main(asked(edition, need, provided)) == 0
    out = pd.read_csv(io.StringIO(capsys.readouterr().out), keep_default_na=False, na_values=[""])
    screen = gap(shipped, edition, need, provided).table
    shown = screen.rename(columns={"area_code": "ward_code", "area_name": "ward_name"})[GAP_COLUMNS]
    pd.testing.assert_frame_equal(out, shown.astype({"verdict": "str"}), check_dtype=False, rtol=1e-12)


def test_json_holds_the_same_rows_with_nulls_for_blanks(rows: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CHECK, "--format", "json"]) == 0
    records = {record["ward_name"]: record for record in json.loads(capsys.readouterr().out)}
    assert list(records["Radstock"]) == GAP_COLUMNS
    assert records["Radstock"]["oe"] == pytest.approx(rows.loc["Radstock", "oe"])
    assert records["Southdown"]["observed"] is None


def test_the_table_for_reading_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(CHECK) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == GAP_COLUMNS
    assert len(lines) == 1 + 37 + 1


def test_localities_of_a_file_stand_as_one_row_each_named_by_their_wards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "edition,locality,area_code\n2020,West Bath,E05001962\n2020,West Bath,E05001965\n2026,Other,E05012488\n"
        "2026,Other,E05012492\n"
    )
    assert main([*CHECK, "--format", "csv", "--localities", str(file)]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out)).set_index("ward_name")
    assert len(table) == 36 + 1
    assert table.loc["West Bath", "ward_code"] == "E05001962+E05001965"
    assert table.loc["West Bath", "basis"] == "modelled"
    assert "Other" not in table.index


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "There is no file"),
        ("edition,locality,area_code\n2020,West,E05001962\n", "mine.csv, row 2, column locality"),
    ],
)
def test_a_file_of_localities_that_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, complaint: str
) -> None:
    file = tmp_path / "mine.csv"
    if content is not None:
        file.write_text(content)
    assert main([*CHECK, "--localities", str(file)]) == 1
    assert complaint in capsys.readouterr().err


def test_list_names_every_edition_need_and_provision(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    parts = capsys.readouterr().out.split("edition ")[1:]
    assert [part.partition(":")[0] for part in parts] == list(EDITIONS)
    for edition, part in zip(EDITIONS, parts, strict=True):
        words = [line.split() for line in part.splitlines()[1:]]
        needs, provisions = lenses(edition)
        assert [line[:3] for line in words] == [
            *(["need", lens.id, lens.basis] for lens in needs),
            *(["provision", lens.id, lens.basis] for lens in provisions),
        ]


@pytest.mark.parametrize(
    ("edition", "need", "provided", "reason"),
    [
        ("1999", "idaci2015", "contact2017", "There is no edition '1999'"),
        ("2020", "poverty", "contact2017", "There is no need 'poverty'"),
        ("2020", "idaci2015", "nothing", "There is no provision 'nothing'"),
        ("2026", "idaci2015", "contact2017", "ward boundaries changed in May 2019"),
        ("2020", "low_income_bhc2025", "contact2017", "ward boundaries changed in May 2019"),
        ("2020", "toxic_trio2017", "contact2017", "comes from the records of the services themselves"),
        ("2020", "idaci2015", "caseload_families+caseload_youth", "different things to count and are never added"),
    ],
)
def test_a_refusal_gives_its_reason_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], edition: str, need: str, provided: str, reason: str
) -> None:
    assert main(asked(edition, need, provided)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert reason in said.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "the following arguments are required: command"),
        (["draw"], "invalid choice: 'draw'"),
        (["gap", "--edition", "2020"], "the following arguments are required: --need, --provision"),
        ([*CHECK, "--format", "xlsx"], "invalid choice: 'xlsx'"),
    ],
)
def test_a_command_that_is_not_understood_exits_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert complaint in capsys.readouterr().err


def test_check_finds_no_fault_in_the_shipped_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 faults in the files the catalogue declares.\n"


def test_accept_has_nothing_to_do_on_the_shipped_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "data" / "catalogue.toml").read_bytes()
    assert main(["accept"]) == 0
    assert capsys.readouterr().out == "Nothing had changed.\n"
    assert (root / "data" / "catalogue.toml").read_bytes() == before


def test_reconcile_lists_what_disagrees_and_finds_it_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", "--format", "csv"]) == 0
    said = capsys.readouterr()
    table = pd.read_csv(io.StringIO(said.out))
    assert set(table["verdict"]) == {"disagrees"}
    assert table["explanation"].str.match(r"(ledger|rule):\w+").all()
    assert f"{len(table)} disagree, 0 unexplained." in said.err


def test_the_template_is_written_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["return", "template", str(tmp_path / "new")]) == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == [
        "early_help_return.xlsx",
        "early_help_return_activity.csv",
        "early_help_return_activity_example.csv",
        "early_help_return_detail.csv",
        "early_help_return_detail_example.csv",
    ]
    example = tmp_path / "new" / "early_help_return_activity_example.csv"
    assert main(["return", "check", str(example)]) == 0
    assert "ACTIVITY: 3 rows without a fault.\n0 faults." in capsys.readouterr().out


def test_a_return_with_faults_is_told_and_not_loaded(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / "data" / "illustrative" / "activity.csv").read_bytes()
    (tmp_path / "r.csv").write_bytes(before.replace(b",youth,", b",choir,", 1))
    for step in ("check", "load"):
        assert main(["return", step, str(tmp_path / "r.csv")]) == 1
        said = capsys.readouterr()
        assert "service_group: found choir; expected one of: Children's centres" in said.err
        assert said.out.endswith("1 fault. Nothing was changed.\n")
    assert (root / "data" / "illustrative" / "activity.csv").read_bytes() == before


@pytest.mark.parametrize("step", ["check", "load"])
def test_a_return_that_is_not_there_is_said(step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["return", step, str(tmp_path / "none.xlsx")]) == 1
    assert "none.xlsx: No such file or directory. Name the file that holds the return." in capsys.readouterr().err
