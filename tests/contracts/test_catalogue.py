"""Files that are not as declared stop the check and the start of the app with the same words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.sources.catalogue import (
    CATALOGUE,
    CatalogueError,
    Entry,
    accept,
    contract_breaches,
    faults,
    file_faults,
    read_catalogue,
    sha256,
)
from analysis.sources.contracts import BASES
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from tests.world import three_wards

SHIPPED = read_catalogue(ROOT)
SITES, AREAS = (three_wards.path_of(name) for name in ("SITES", "AREAS"))
CHANGED = (
    "the file keeps its contract but has changed since it was declared. "
    "Restore the file from the repository, or declare the change with `python -m analysis accept`."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lawful folder that a test may spoil."""
    return three_wards.build(tmp_path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused_alike(folder: Path) -> str:
    """The faults of a folder, which the app's library must refuse in the same words."""
    found = faults(folder)
    with pytest.raises(CatalogueError) as refused:
        Library(folder)
    assert str(refused.value).splitlines() == [fault for fault in found if "is not declared" not in fault]
    return "\n".join(found)


@pytest.mark.parametrize("entry", SHIPPED.values(), ids=list(SHIPPED))
def test_every_shipped_file_is_lawful_inside(entry: Entry) -> None:
    assert file_faults(ROOT, entry, look_inside=True) == []


@pytest.mark.parametrize("entry", SHIPPED.values(), ids=list(SHIPPED))
def test_every_shipped_file_says_where_it_comes_from(entry: Entry) -> None:
    assert entry.basis in BASES
    assert all(
        (entry.title, entry.publisher, entry.licence, entry.attribution, entry.period, entry.vintage, entry.caveat)
    )
    assert entry.url.startswith("https://") or entry.url == ""
    assert entry.basis == "illustrative" or entry.derived_from


def test_shipped_files_and_the_catalogue_agree() -> None:
    assert faults(ROOT) == []


def test_every_contract_has_exactly_one_file_unless_it_may_do_without() -> None:
    declared = [entry.contract for entry in SHIPPED.values() if entry.contract != "LAYER"]
    needed = [name for name, contract in CONTRACTS.items() if not contract.optional or name in declared]
    assert sorted(declared) == sorted(needed)


def test_a_lawful_folder_has_no_faults_and_opens(folder: Path) -> None:
    assert faults(folder) == []
    assert Library(folder).codes("ward11") == [three_wards.ASH, three_wards.BIRCH, three_wards.CEDAR]


def test_an_undeclared_file_is_named(folder: Path) -> None:
    (folder / "geo").mkdir()
    (folder / "geo" / "spare.csv").write_text("a\n1\n")
    assert faults(folder) == [
        "geo/spare.csv: the file is not declared. Declare it in data/catalogue.toml or remove it."
    ]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / SITES).unlink()
    assert f"{SITES}: the file is missing. Restore the file" in refused_alike(folder)


def test_a_lawful_change_is_still_a_change(folder: Path) -> None:
    edit(folder / SITES, "library-near", "library-close")
    assert refused_alike(folder) == f"{SITES}: {CHANGED}"


def test_a_hand_edited_file_is_refused_with_every_breach(folder: Path) -> None:
    edit(folder / SITES, "library-near,library", "library-near,cinema")
    edit(folder / SITES, "school-far,school,both,,school-far,2017", "school-far,school,both,,school-far,1817")
    found = refused_alike(folder).splitlines()
    assert len(found) == 2
    assert found[0] == f"{SITES}, row 2, column kind: found 'cinema'. Use one of: school, gp, library, play."
    assert found[1].startswith(f"{SITES}, row 4, column list_year: found '1817'. Write a whole number of at least 2014")


def test_a_ward_of_the_other_edition_is_refused_and_not_dropped(folder: Path) -> None:
    activity = three_wards.path_of("ACTIVITY")
    edit(
        folder / activity, f"2019-20 Q4,youth,child,{three_wards.CEDAR}", f"2019-20 Q4,youth,child,{three_wards.GORSE}"
    )
    found = refused_alike(folder)
    assert "column area_code: found 'E05012403'. Edition 2020 has the wards of 2011 to 2019" in found
    assert len(found.splitlines()) == 1


def test_faults_of_several_files_come_together(folder: Path) -> None:
    edit(folder / SITES, "library-near,library", "library-near,cinema")
    edit(folder / AREAS, "Ash,ward11", ",ward11")
    assert [line.partition(",")[0] for line in refused_alike(folder).splitlines()] == [AREAS, SITES]


def _spoiled(content: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content(path.read_bytes()))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_spoiled(lambda text: text.replace(b"Ash", b"\xe9\xe8")), "is not UTF-8'. Save it again as UTF-8"),
        (_spoiled(lambda text: text.decode().encode("utf-16")), "is not UTF-8'. Save it again as UTF-8"),
        (_spoiled(lambda _: b""), "row 1, column (whole file): found 'no header'. Restore the file"),
        (_spoiled(lambda text: text.splitlines()[0] + b"\n"), "found 'no rows'. Restore the rows under the header."),
        (
            _spoiled(lambda text: text.replace(b",Ash,", b",Ash,Tree,")),
            "row 2, column (whole row): found '5 cells'. Give the row 4 cells, as the header has.",
        ),
        (
            _spoiled(lambda text: text.replace(b"Birch,ward11,", b"Birch")),
            "row 3, column (whole row): found '2 cells'. Give the row 4 cells, as the header has.",
        ),
        (
            _spoiled(lambda text: text.replace(b"\nE05001902", b"\n\nE05001902")),
            "row 3, column (whole row): found '0 cells'. Give the row 4 cells, as the header has.",
        ),
        (_spoiled(lambda text: text.replace(b"Ash", b'"Ash')), "column (whole row): found '2 cells'."),
    ],
    ids=["latin-1", "utf-16", "empty", "header only", "a cell too many", "cells missing", "blank line", "open quote"],
)
def test_a_file_that_cannot_be_read_gives_one_clear_message(
    folder: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(folder / AREAS)
    found = refused_alike(folder)
    assert len(found.splitlines()) == 1
    assert found.startswith(f"{AREAS}, ")
    assert message in found
    assert "Traceback" not in found


def test_every_row_with_a_cell_too_many_is_seen_and_nothing_shifts_sideways(folder: Path) -> None:
    header, *rows = (folder / AREAS).read_text().splitlines()
    (folder / AREAS).write_text("\n".join([header, *(f"{row},more" for row in rows)]) + "\n")
    assert refused_alike(folder).count("found '5 cells'") == len(rows)


def test_a_byte_order_mark_from_a_spreadsheet_is_lawful(folder: Path) -> None:
    (folder / AREAS).write_bytes(b"\xef\xbb\xbf" + (folder / AREAS).read_bytes())
    assert refused_alike(folder) == f"{AREAS}: {CHANGED}"


def test_accept_declares_what_is_lawful_and_says_what_changed(folder: Path) -> None:
    edit(folder / SITES, "library-near", "library-close")
    edit(folder / AREAS, "Ash", "Rowan")
    before = (folder / CATALOGUE).read_text()
    assert accept(folder) == sorted([AREAS, SITES])
    assert faults(folder) == []
    assert Library(folder).names[three_wards.ASH] == "Rowan"
    after = (folder / CATALOGUE).read_text()
    differing = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert sorted(differing) == sorted(f'sha256 = "{sha256(folder / path)}"' for path in (AREAS, SITES))
    assert accept(folder) == []


def test_accept_declares_a_new_file_with_an_empty_checksum(folder: Path) -> None:
    edit(folder / CATALOGUE, f'sha256 = "{sha256(folder / AREAS)}"', 'sha256 = ""')
    assert accept(folder) == [AREAS]
    assert read_catalogue(folder)[AREAS].sha256 == sha256(folder / AREAS)


def test_accept_writes_nothing_while_a_file_is_unlawful(folder: Path) -> None:
    edit(folder / SITES, "library-near,library", "library-near,cinema")
    edit(folder / AREAS, "Ash", "Rowan")
    before = (folder / CATALOGUE).read_bytes()
    with pytest.raises(CatalogueError, match="row 2, column kind: found 'cinema'"):
        accept(folder)
    assert (folder / CATALOGUE).read_bytes() == before


def test_words_in_a_cell_cannot_pass_for_a_lawful_change(folder: Path) -> None:
    edit(folder / SITES, "library-near,library", "library-near,keeps its contract")
    with pytest.raises(CatalogueError, match=r"found 'keeps its contract'\. Use one of"):
        accept(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('basis = "illustrative"', 'basis = "true"', "there is no basis 'true'. Use one of: published, modelled"),
        ('contract = "AREAS"', 'contract = "ARES"', "there is no contract 'ARES'. Name one of analysis/sources/tables"),
        ('caveat = "Made up [for tests]"\n', "", f"{AREAS}: caveat not as expected. Give exactly these: attribution,"),
        (f'path = "{AREAS}"\n', "", "file 1: path not as expected."),
        (SITES, AREAS, f"{AREAS}: declared 2 times. Keep one."),
        ("[[file]]", "[[file]", "data/catalogue.toml cannot be read: "),
    ],
)
def test_a_catalogue_that_is_not_in_order_says_how(folder: Path, old: str, new: str, message: str) -> None:
    edit(folder / CATALOGUE, old, new)
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(folder)
    assert message in str(refused.value)
    assert str(refused.value).startswith("data/catalogue.toml")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"file = 1", b'file = ["x"]'])
def test_a_spoiled_catalogue_is_one_message(folder: Path, content: bytes) -> None:
    (folder / CATALOGUE).write_bytes(content)
    with pytest.raises(CatalogueError, match=r"data/catalogue.toml cannot be read: .* Restore it from the repository"):
        read_catalogue(folder)


def test_a_missing_catalogue_is_one_message(folder: Path) -> None:
    (folder / CATALOGUE).unlink()
    with pytest.raises(CatalogueError, match="Restore it from the repository"):
        Library(folder)


def test_a_table_nobody_declared_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(CatalogueError, match="0 files are declared under SERVICES; exactly one is needed"):
        Library(folder).table("SERVICES")


def test_a_table_handed_out_can_be_changed_without_spoiling_the_next(folder: Path) -> None:
    library = Library(folder)
    first = library.table("AREAS")
    first["area_name"] = "spoiled"
    assert "spoiled" not in set(library.table("AREAS")["area_name"])


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "JSONDecodeError"),
        ("{}", "KeyError: 'features'"),
        ("[]", "TypeError"),
        ('{"features": ["x"]}', "AttributeError"),
        (json.dumps({"features": [{"properties": {"code": "A"}, "geometry": SQUARE}]}), "column properties: found"),
        (
            json.dumps({"features": [{"properties": {"code": "", "name": "B"}, "geometry": SQUARE}]}),
            "column properties",
        ),
        (
            json.dumps({"features": [{"properties": {"code": "A", "name": "B"}, "geometry": None}]}),
            "row 1, column geometry: found 'null'. Give each area a code, a name and a shape.",
        ),
    ],
)
def test_a_spoiled_boundary_layer_is_a_message(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "wards.geojson").write_text(text)
    layer = next(entry for entry in SHIPPED.values() if entry.contract == "LAYER")
    found = contract_breaches(tmp_path / "wards.geojson", layer)
    assert len(found) == 1
    assert message in str(found[0])
