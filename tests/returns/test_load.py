"""Putting a return in place: all of it, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.returns import load as loading
from analysis.returns.load import KEPT, load
from analysis.returns.summary import changes
from analysis.sources.catalogue import CATALOGUE, CatalogueError
from analysis.sources.contracts import ContractBroken, typed
from analysis.sources.library import Library
from analysis.sources.tables.activity import ACTIVITY
from tests.returns.files import DETAIL_ROW, ROW, activity, cells, xlsx

NEEDED = ("ACTIVITY", "ACTIVITY_DETAIL", "AREAS", "LOOKUP_WARD11_WARD19", "POSTCODES")
PUBLISHER = 'A "careful" council'


@pytest.fixture
def atlas(shipped: Library, tmp_path: Path) -> Path:
    """A copy of the files of the atlas that a return needs, which may be changed."""
    kept = [
        entry for entry in shipped.entries.values() if entry.contract in NEEDED or entry.path.startswith("geo/wards")
    ]
    text = (shipped.root / CATALOGUE).read_text("utf-8")
    declared = text.split("[[file]]\n")
    (tmp_path / "data").mkdir()
    for entry in kept:
        (tmp_path / entry.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped.root / entry.path, tmp_path / entry.path)
    mine = [part for part in declared if any(f'path = "{entry.path}"\n' in part for entry in kept)]
    (tmp_path / CATALOGUE).write_text("[[file]]\n" + "[[file]]\n".join(mine), encoding="utf-8")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_return_takes_the_place_of_its_edition_and_leaves_the_other(atlas: Path) -> None:
    before = files(atlas)
    old = Library(atlas).table("ACTIVITY").query("edition == '2020'").reset_index(drop=True)
    done = load(atlas, xlsx({"Activity": cells([ROW]), "Detail": cells([DETAIL_ROW])}), "r.xlsx", PUBLISHER)
    held = Library(atlas)
    rows = held.table("ACTIVITY")
    assert done.report.lawful
    assert rows.query("edition == '2026'")["supported"].tolist() == [12]
    assert rows.query("edition == '2020'").reset_index(drop=True).equals(old)
    assert held.table("ACTIVITY_DETAIL").query("edition == '2026'")["count"].tolist() == [40]
    entry = held.entry("ACTIVITY")
    assert (entry.publisher, entry.period, entry.basis) == (PUBLISHER, "2025-26 Q1", "illustrative")
    assert "beside illustrative rows" in entry.title
    for path, copy in done.replaced.items():
        assert (atlas / copy).read_bytes() == before[path]
    assert not [path for path in atlas.iterdir() if path.name.startswith(".return-")]


def test_without_illustrative_rows_the_file_takes_the_basis_of_the_council(atlas: Path) -> None:
    load(atlas, activity({}), "r.xlsx", PUBLISHER)
    load(atlas, activity({"edition": "2020", "quarter": "2018-19 Q1", "area_code": "E05001935"}), "r.xlsx", PUBLISHER)
    entry = Library(atlas).entry("ACTIVITY")
    assert (entry.basis, entry.period) == ("published", "2018-19 Q1 to 2025-26 Q1")
    assert "illustrative" not in entry.title


def test_the_next_quarter_is_added_and_the_same_one_replaced(atlas: Path) -> None:
    load(atlas, activity({}), "r.xlsx", PUBLISHER)
    load(atlas, activity({"quarter": "2025-26 Q2"}, {"supported": 20, "open_at_end": 18}), "r.xlsx", PUBLISHER)
    rows = Library(atlas).table("ACTIVITY").query("edition == '2026'").set_index("quarter")
    assert rows["supported"].to_dict() == {"2025-26 Q1": 20, "2025-26 Q2": 12}


def test_a_fault_changes_nothing(atlas: Path) -> None:
    before = files(atlas)
    done = load(atlas, activity({"supported": -1}), "r.xlsx", PUBLISHER)
    assert (done.report.total, done.replaced) == (1, {})
    assert files(atlas) == before


@pytest.mark.parametrize("step", [2, 3])
def test_a_failure_at_any_step_puts_everything_back(atlas: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    before = files(atlas)
    renamed, real = [], Path.replace

    def failing(self: Path, target: Path) -> Path:
        renamed.append(target)
        if len(renamed) == step:
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(loading.Path, "replace", failing)
    with pytest.raises(OSError, match="No space left"):
        load(atlas, xlsx({"Activity": cells([ROW]), "Detail": cells([DETAIL_ROW])}), "r.xlsx", PUBLISHER)
    assert {path: part for path, part in files(atlas).items() if not path.startswith(KEPT)} == before
    Library(atlas)


def test_files_that_are_not_as_declared_are_not_built_upon(atlas: Path) -> None:
    text = (atlas / CATALOGUE).read_text("utf-8").replace('contract = "ACTIVITY"', 'contract = "NONE"', 1)
    (atlas / CATALOGUE).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="there is no contract 'NONE'"):
        load(atlas, activity({}), "r.xlsx", PUBLISHER)


def table(*rows: dict[str, object]) -> pd.DataFrame:
    full = [{**ROW, **row} for row in rows]
    return typed(pd.DataFrame(full).astype(str), ACTIVITY, "here")


def service(name: str, supported: int, **more: object) -> dict[str, object]:
    return {"service": name, "supported": supported, "open_at_end": supported, "closed": 0, "new": 0, **more}


def test_what_would_change_is_shown_without_small_counts() -> None:
    held = table(service("A", 30), service("B", 40), service("Old", 50, basis="illustrative"))
    given = table(service("A", 3), service("C", 20), service("D", 60))
    rows = changes(held, given).set_index("service")
    assert rows["after_status"].to_dict() == {"A": "suppressed", "C": "suppressed", "D": "ok", "Old": "missing"}
    assert rows["after"].dropna().to_dict() == {"D": 60}
    assert rows["before"].dropna().to_dict() == {"A": 30, "Old": 50}
    assert "B" not in rows.index


def test_no_file_made_up_for_it_can_sound_out_what_is_held() -> None:
    held = table(service("A", 3), service("B", 60))
    other = table(service("A", 30), service("B", 33))
    for guess in (10, 59, 60, 61):
        given = table(service("C", guess))
        assert changes(held, given)["after"].equals(changes(other, given)["after"])


def test_what_is_held_is_held_back_as_its_group_is_on_the_page_of_activity() -> None:
    support = {"service_group": "family_support", "case_unit": "family"}
    centres = {"service_group": "children_centres", "case_unit": "family"}
    held = table(service("A", 3, **support), service("B", 8, **centres), service("Old", 60, quarter="2024-25 Q1"))
    given = table(service("A", 30, **support), service("B", 30, **centres))
    assert changes(held, given)["before"].isna().all(), "Activity holds back both, and 8 would tell the 3"


def test_other_editions_are_not_part_of_the_change() -> None:
    held = table(service("A", 30, edition="2020", quarter="2019-20 Q1", area_code="E05001935"), service("B", 30))
    assert changes(held, table(service("B", 31)))["service"].tolist() == ["B"]


def test_one_quarter_is_not_given_for_old_and_new_wards_both() -> None:
    old = service("A", 30, edition="2020", area_code="E05001935")
    with pytest.raises(
        ContractBroken, match="counts of the same families by old and by new wards would tell each other"
    ):
        table(old, service("A", 30))
    assert len(table({**old, "basis": "illustrative"}, service("A", 30))) == 2
