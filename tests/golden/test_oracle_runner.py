"""The runner of `make oracles` itself: what it must notice, what it says, and how it ends."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.funnel_grid import count_points, proportion_grid, rate_grid, ratio_grid
from tests.oracles.__main__ import main
from tests.oracles.folder import Folder, Tolerance
from tests.oracles.run import answer, check_for

HERE = Path(__file__).parent
MANIFEST = Folder(HERE).manifest
TABLES = [
    file for file, kind in zip(MANIFEST["file"], MANIFEST["kind"], strict=True) if kind != "input" and ".csv" in file
]
QUICK = [name for name in TABLES if not Folder(HERE).tolerance(name).draws]
NAMES_OF_ROWS = {
    *("set", "area", "case", "group", "ward", "ward17_code", "la", "code", "var", "kind"),
    *("src", "level"),
}
"""What a row is called and told apart by, where its figures are from, and the level of a comparison, whose limits are
given: no answers, so nothing is compared with them."""
INPUTS = {
    "proportion_wilson.csv": {"x", "n"},
    "rate_byar_exact.csv": {"x", "n", "mult"},
    "diff_proportion_newcombe.csv": {"x1", "n1", "x2", "n2"},
    "rate_ratio.csv": {"x1", "n1", "x2", "n2"},
    "benchmark_rag.csv": {"polarity", "benchmark", "lo", "hi"},
    "quantile_phe_and_ntile.csv": {"nquantiles", "v", "invert"},
    "funnel_ratio_signif.csv": {"observed", "expected"},
    "funnel_prop_signif.csv": {"x", "n"},
    "funnel_prop_points.csv": {"n", "average"},
    "funnel_overdispersion.csv": {"x", "n"},
    "gap_oe.csv": {"need", "observed"},
    "coverage_mover_ratio.csv": {"served", "need", "need_lo", "need_hi", "served_lo", "served_hi"},
    "iod_exponential.csv": {"N", "rank"},
    "rank_probability_idaci.csv": {"x", "n"},
    "eb_expected.csv": {"x", "n"},
    "moran_local_expected.csv": {"y"},
    "disclosure_display.csv": {"count"},
}
"""Columns of files of answers that the answers are worked out from; changing one changes what is right."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the figures to spoil."""
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    return Path(shutil.copytree(HERE, tmp_path / "copied", ignore=ignored))


def answers_of(name: str, columns: list[str]) -> list[str]:
    return [column for column in columns if column not in NAMES_OF_ROWS | INPUTS.get(name, set())]


def changed(value: Any) -> Any:
    """Another figure or word, well beyond any tolerance."""
    if pd.isna(value):
        return 7.25
    if isinstance(value, bool | np.bool_):
        return not value
    return f"{value} not" if isinstance(value, str) else value + abs(value) + 3


def spoil(path: Path, column: str, row: int = 0) -> None:
    rows = pd.read_csv(path).astype(object)
    rows.loc[row, column] = changed(rows.loc[row, column])
    rows.to_csv(path, index=False)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def keep(folder: Path, *names: str) -> None:
    """Shorten the manifest to these files, so that the run is quick."""
    manifest = pd.read_csv(folder / "MANIFEST.csv", dtype=str, keep_default_na=False)
    manifest[manifest["file"].isin(names)].to_csv(folder / "MANIFEST.csv", index=False)


@pytest.mark.parametrize("name", TABLES)
def test_a_changed_answer_in_any_column_is_noticed(name: str, copied: Path) -> None:
    """All columns of the middle row are changed at once; each has to be among those that fail."""
    columns = answers_of(name, list(pd.read_csv(copied / name, nrows=0)))
    row = len(pd.read_csv(copied / name)) // 2
    for column in columns:
        spoil(copied / name, column, row)
    folder = Folder(copied)
    failed = {found.column for found in check_for(folder, name).run(folder, name) if not found.passed}
    assert set(columns) <= failed


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_every_column_taken_for_an_input_is_one(name: str) -> None:
    assert INPUTS[name] <= set(pd.read_csv(HERE / name, nrows=0))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("benefit.json", ("monte_carlo", 0, "mc_p50")),
        ("benefit.json", ("monte_carlo", 0, "mean_discount_factor")),
        ("benefit.json", ("halton_appendix_arithmetic", "bcr_if_all_avoided")),
        ("crosswalk.json", ("expected", "N2")),
        ("areal_interpolation.json", (0, "expected", 1, "coverage")),
        ("areal_interpolation.json", (0, "expected", 4, "intensive_area_weighted")),
        ("concentration_published_india.json", ("C",)),
        ("concentration_published_india.json", ("se_group_formula_T",)),
        ("optimisation.json", ("apportionment_largest_remainder", 1, "allocation", 0)),
        ("optimisation.json", ("reallocation_integer_bruteforce", 0, "fewest_moves_minmax")),
        ("optimisation.json", ("reallocation_integer_bruteforce", 1, "one_optimal_allocation", 0)),
        ("optimisation.json", ("transport_maxserved_mincost", 2, "min_total_minutes")),
        ("optimisation.json", ("location_exhaustive", 0, "lscp_min_sites_or_null")),
        ("seed_checks.json", (0, "max_abs_dev_pp")),
        ("suppression_tables.json", (0, "min_secondary_cells")),
    ],
)
def test_a_changed_answer_in_any_json_is_noticed(name: str, place: tuple, copied: Path) -> None:
    held = json.loads((copied / name).read_text(encoding="utf-8"))
    *path, last = place
    part = held
    for step in path:
        part = part[step]
    part[last] = 7.25 if part[last] is None else part[last] * 1.5 + 3
    (copied / name).write_text(json.dumps(held), encoding="utf-8")
    assert not answer(Folder(copied), name).passed


def test_a_failure_names_the_file_the_row_and_the_column(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The third of the 45 proportions is P064, or whichever the file has there."""
    keep(copied, "proportion_wilson.csv", "benchmark_rag.csv")
    rows = pd.read_csv(copied / "proportion_wilson.csv")
    spoil(copied / "proportion_wilson.csv", "upper99_8cl", 2)
    assert main([str(copied)]) == 1
    first, failure, other, last = lines(capsys)
    assert first.startswith("proportion_wilson.csv")
    assert " 45 rows    44 passed" in first
    right, wrong = rows.loc[2, "upper99_8cl"], changed(rows.loc[2, "upper99_8cl"])
    assert failure.startswith(f"  FAILED {rows.loc[2, 'case']}, upper99_8cl: got {right:.6g}"[:45])
    assert f"wanted {wrong}" in failure
    assert other.startswith("benchmark_rag.csv")
    assert last == "1 passed, 1 failed"


def test_a_folder_in_order_ends_with_0_failed_and_exit_0(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(copied, "mean_input.csv", "mean_t_expected.csv", "iod_exponential.csv")
    assert main([str(copied)]) == 0
    found = lines(capsys)
    assert len(found) == 4
    assert "43 read" in found[0]
    assert found[-1] == "3 passed, 0 failed"


def test_the_command_ends_as_the_function_does(copied: Path) -> None:
    keep(copied, "iod_exponential.csv")
    command = [sys.executable, "-m", "tests.oracles", str(copied)]
    well = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    spoil(copied / "iod_exponential.csv", "X")
    ill = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    assert (well.returncode, well.stdout.splitlines()[-1]) == (0, "1 passed, 0 failed")
    assert (ill.returncode, ill.stdout.splitlines()[-1]) == (1, "0 passed, 1 failed")


@pytest.mark.parametrize("name", ["iod_exponential.csv", "mean_input.csv"])
def test_a_file_that_is_listed_but_not_there_fails(name: str, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(copied, name)
    (copied / name).unlink()
    assert main([str(copied)]) == 1
    line = f"{name:36}    0 rows     0 passed  FAILED: is in the manifest but not in the folder"
    assert lines(capsys) == [line, "0 passed, 1 failed"]


def test_an_input_that_no_answer_reads_fails(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(copied, "mean_input.csv", "iod_exponential.csv")
    assert main([str(copied)]) == 1
    assert "mean_input.csv" in (first := lines(capsys)[0])
    assert "FAILED: is an input that no check has read" in first


def test_answers_without_their_input_fail(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(copied, "mean_t_expected.csv")
    assert main([str(copied)]) == 1
    assert "No input file with the columns group, y stands beside mean_t_expected.csv" in lines(capsys)[0]


def test_a_file_that_no_check_knows_fails(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "iod_exponential.csv").rename(copied / "odd.csv")
    pd.DataFrame({"strange": [1]}).to_csv(copied / "odd.csv", index=False)
    keep(copied, "iod_exponential.csv")
    manifest = (copied / "MANIFEST.csv").read_text(encoding="utf-8").replace("iod_exponential.csv", "odd.csv")
    (copied / "MANIFEST.csv").write_text(manifest, encoding="utf-8")
    assert main([str(copied)]) == 1
    assert "no check can read it" in lines(capsys)[0]


def test_answers_without_rows_fail(copied: Path) -> None:
    pd.read_csv(copied / "proportion_wilson.csv", nrows=0).to_csv(copied / "proportion_wilson.csv", index=False)
    assert "holds nothing to check" in answer(Folder(copied), "proportion_wilson.csv").line


def test_a_file_that_cannot_be_read_fails_and_does_not_stop_the_rest(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(copied, "proportion_wilson.csv", "iod_exponential.csv", "crosswalk.json")
    (copied / "crosswalk.json").write_text("not json", encoding="utf-8")
    spoil(copied / "proportion_wilson.csv", "n")
    rows = pd.read_csv(copied / "proportion_wilson.csv").assign(n=-1)
    rows.to_csv(copied / "proportion_wilson.csv", index=False)
    assert main([str(copied)]) == 1
    found = lines(capsys)
    assert "could not be checked: ValueError: A denominator of -1 is not possible" in found[0]
    assert any("crosswalk.json" in line and "could not be checked: JSONDecodeError" in line for line in found)
    assert found[-1] == "1 passed, 2 failed"


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (None, "holds no MANIFEST.csv. Name a folder laid out like shared/oracles."),
        ("file,kind,rtol,atol,mc_tol,min_draws\n", "The manifest lists no files."),
        ("file,rtol,atol,mc_tol,min_draws\na.csv,0,0,,\n", "The manifest has no column kind;"),
        ("file,kind,rtol,atol,mc_tol,min_draws\na.csv,golden,0,0,,\na.csv,input,,,,\n", "lists a.csv twice"),
    ],
)
def test_a_folder_that_is_not_laid_out_so_is_refused(
    manifest: str | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if manifest is not None:
        (tmp_path / "MANIFEST.csv").write_text(manifest, encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert words in lines(capsys)[0]


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_anything_but_one_folder_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert lines(capsys) == ["Name one folder of right answers: make oracles DIR=../shared/oracles"]


@pytest.mark.parametrize("name", QUICK)
def test_a_file_is_known_under_another_name_and_in_another_order(name: str, copied: Path) -> None:
    """The order of rows matters only to the bands of SQL, which part ties by it."""
    rows = pd.read_csv(copied / name)
    mixed = rows if name.startswith("quantile") else rows.sample(frac=1, random_state=1)
    mixed[[mixed.columns[0], *mixed.columns[:0:-1]]].to_csv(copied / f"zz{name}", index=False)
    (copied / name).unlink()
    manifest = pd.read_csv(copied / "MANIFEST.csv", dtype=str, keep_default_na=False)
    manifest.assign(file=manifest["file"].replace(name, f"zz{name}")).to_csv(copied / "MANIFEST.csv", index=False)
    found = answer(Folder(copied), f"zz{name}")
    assert found.passed, found.line


def test_inputs_are_paired_by_what_they_hold_when_their_names_say_nothing(copied: Path) -> None:
    """Two sets of inputs and answers, the second with other groups: each has to find its own."""
    for old, new in (("mean_input.csv", "a.csv"), ("mean_t_expected.csv", "b.csv")):
        rows = pd.read_csv(copied / old)
        rows.assign(group=rows["group"] + "x").to_csv(copied / new, index=False)
    manifest = pd.read_csv(copied / "MANIFEST.csv", dtype=str, keep_default_na=False)
    own = manifest[manifest["file"].str.startswith("mean_")]
    others = own.assign(file=["a.csv", "b.csv"])
    pd.concat([others, own]).to_csv(copied / "MANIFEST.csv", index=False)
    assert main([str(copied)]) == 0


@pytest.mark.parametrize(
    ("text", "word", "want"),
    [
        ("0.02", "", 0.02),
        ("0.015 of the interval width", "", 0.015),
        ("within 1.5 % of the width", "", 0.015),
        ("mean 0.5%, percentiles 1.5%, probability 0.005", "percentiles", 0.015),
        ("mean 0.5%, percentiles 1.5%, probability 0.005", "probability", 0.005),
        ("1e-3", "probability", 0.001),
        ("0.015 (rank limits 1)", "rank limits", 1),
    ],
)
def test_a_tolerance_in_words_is_read(text: str, word: str, want: float) -> None:
    assert Tolerance(simulated=text).of_simulated(word) == pytest.approx(want)


def test_a_tolerance_that_is_not_given_is_refused_unless_there_is_a_usual_one() -> None:
    assert Tolerance(simulated="0.015").of_simulated("rank limits", otherwise=1) == 1
    with pytest.raises(ValueError, match="the manifest gives no tolerance"):
        Tolerance().of_simulated()


def of_proportions() -> tuple[pd.DataFrame, pd.DataFrame]:
    areas = pd.DataFrame({"area": list("abc"), "x": [20, 35, 90], "n": [100, 150, 600]})
    grid = proportion_grid(areas["x"], areas["n"])
    lines = 100 * grid.iloc[:, 1:].set_axis([*LIMITS, "baseline"], axis=1)
    return areas, pd.concat([grid["size"].rename("Population"), lines], axis=1).assign(
        statistic="proportion", method="Wilson"
    )


def of_ratios() -> tuple[pd.DataFrame, pd.DataFrame]:
    areas = pd.DataFrame({"area": list("abc"), "observed": [20, 35, 90], "expected": [300.0, 400, 480]})
    grid = ratio_grid(areas["expected"])
    return areas, named(grid, "Observed_events", "exp_events", 100).assign(statistic="ratio (isr)", method="Poisson")


def of_rates() -> tuple[pd.DataFrame, pd.DataFrame]:
    areas = pd.DataFrame({"area": list("abc"), "x": [200, 350, 900], "n": [10_000, 15_000, 6_000]})
    grid = rate_grid(areas["x"], areas["n"], per=1000, years=3)
    return areas, named(grid, "Events", "population_1_year", 1).assign(
        baseline=grid["centre"], statistic="rate (crude per 1,000)", method="Poisson"
    )


def named(grid: pd.DataFrame, axis: str, at: str, scale: float) -> pd.DataFrame:
    """Our grid in OHID's columns."""
    found = {axis: grid["count"]}
    for theirs, ours in (("2s", ""), ("3s", "_998")):
        for end in ("lower", "upper"):
            found[f"{end}_{theirs}_{at}"] = grid[f"{end}_at{ours}"]
            found[f"{end}_{theirs}_limit"] = scale * grid[f"{end}{ours}"]
    return pd.DataFrame(found)


LIMITS = ["lower_2s_limit", "upper_2s_limit", "lower_3s_limit", "upper_3s_limit"]
Made = Callable[[], tuple[pd.DataFrame, pd.DataFrame]]
FUNNELS: list[tuple[str, Made]] = [
    ("funnel_prop_limits.csv", of_proportions),
    ("funnel_ratio_limits.csv", of_ratios),
    ("funnel_rate_limits.csv", of_rates),
]


def funnel_folder(path: Path, name: str, limits: pd.DataFrame, areas: pd.DataFrame | None = None) -> Folder:
    files = {name: ("golden", limits)} | ({"areas.csv": ("input", areas)} if areas is not None else {})
    for file, (_, rows) in files.items():
        rows.to_csv(path / file, index=False)
    listed = [{"file": file, "kind": kind, "rtol": 1e-9, "atol": 1e-12} for file, (kind, _) in files.items()]
    pd.DataFrame(listed).assign(mc_tol="", min_draws="").to_csv(path / "MANIFEST.csv", index=False)
    return Folder(path)


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize(("name", "made"), FUNNELS)
def test_limits_of_funnels_pass_with_their_areas_beside_them_or_without(
    name: str, made: Made, beside: bool, tmp_path: Path
) -> None:
    areas, limits = made()
    for file in (name, "under_another_name.csv"):
        found = answer(funnel_folder(tmp_path, file, limits, areas if beside else None), file)
        assert found.passed, found.line


@pytest.mark.parametrize("row", [0, 50, 99])
@pytest.mark.parametrize(("name", "made"), FUNNELS)
def test_a_changed_figure_in_any_column_of_limits_of_funnels_is_noticed(
    name: str, made: Made, row: int, tmp_path: Path
) -> None:
    areas, limits = made()
    for column in limits:
        other = limits.astype(object)
        other.loc[row, column] = changed(limits.loc[row, column])
        found = answer(funnel_folder(tmp_path, name, other, areas), name)
        assert not found.passed, column
        assert f", {column}: got" in found.line


def test_limits_of_funnels_as_ohid_searches_for_them_pass(tmp_path: Path) -> None:
    """For a count of 1 as OHID prints it, out by a part in 20,000; the rest as exact."""
    areas = pd.DataFrame({"area": ["a", "b"], "expected": [3.0, 60.0]})
    limits = named(ratio_grid(areas["expected"]), "Observed_events", "exp_events", 100)
    limits.loc[0, ["upper_3s_exp_events", "upper_3s_limit"]] = [0.001000547, 99945.32721]
    folder = funnel_folder(tmp_path, "funnel_ratio_limits.csv", limits, areas)
    folder.manifest.loc[0, "rtol"] = "1e-6"
    assert answer(folder, "funnel_ratio_limits.csv").passed
    assert count_points([1]).loc[0, "upper_at_998"] == pytest.approx(-math.log(0.999))


def test_labels_of_rates_are_those_of_counts_against_the_average(tmp_path: Path) -> None:
    """40 in 1,000 in all. 10 and 70 of 1,000: Byar's 99.8% limits of 10 end at 24.9 and those of 70 begin at 47.3."""
    rows = pd.DataFrame(
        {
            "area": list("abcd"),
            "x": [10, 70, 40, 40],
            "n": [1000] * 4,
            "rate": [10.0, 70.0, 40.0, 40.0],
            "significance": ["Low (0.001)", "High (0.001)", "Not significant", "Not significant"],
        }
    )
    name = "funnel_rate_signif.csv"
    assert answer(funnel_folder(tmp_path, name, rows), name).passed
    wrong = rows.assign(significance="Not significant")
    assert "a, significance: got Low (0.001)" in answer(funnel_folder(tmp_path, name, wrong), name).line
