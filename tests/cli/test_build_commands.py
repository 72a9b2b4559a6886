"""`refresh` and `build-area` from the command line: what they write, what they say, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.sources.library import Library
from analysis.store.opening import opened
from analysis.store.reading import published
from analysis.store.shelf import tables_of, versions
from tests.world import official_files as official
from tests.world.nation import CHANGED, build
from tests.world.publisher import Answer, publisher


def test_a_council_is_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = build(tmp_path / "raw")
    assert main(["build-area", "--lad", CHANGED, "--raw", str(raw), "--to", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Changeham ({CHANGED}): 13 files in {tmp_path / 'out'}\n")
    assert "  deprivation: has the tables it needs\n" in said.out
    assert "  access: It needs a list of places" in said.out
    assert "look: There is no map of the wards of 2019" in said.err
    assert Library(tmp_path / "out").council.name == "Changeham"


def test_a_council_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = build(tmp_path / "raw")
    assert main(["build-area", "--lad", "E06999999", "--raw", str(raw), "--to", str(tmp_path / "out")]) == 1
    assert "There is no English council 'E06999999'" in capsys.readouterr().err


def test_a_refresh_is_kept_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Library
) -> None:
    with publisher() as press:
        lookup = Answer(official.ons_lookup(shipped), "application/json")
        wards = Answer(official.ons_wards(shipped), "application/geo+json")
        monkeypatch.setenv("ATLAS_SOURCE_ONS_LOOKUP", press.serve("/lookup", lookup) + "?where={council}")
        monkeypatch.setenv("ATLAS_SOURCE_ONS_WARDS", press.serve("/wards", wards))
        assert main(["refresh", "--source", "ons-wards", "--to", str(tmp_path / "new")]) == 0
        assert press.asked == ["/lookup?where=E06000022", "/wards"]
    said = capsys.readouterr().out
    assert "LOOKUP_LSOA21: 118 rows (0 added, 0 changed, 0 gone, 118 unchanged)" in said
    assert "Nothing viewers see has changed." in said
    manifest = json.loads((tmp_path / "new" / "manifest.json").read_text())
    assert manifest["source"] == "ons-wards"


def test_a_refresh_goes_into_a_draft_that_viewers_do_not_see(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Library
) -> None:
    monkeypatch.setenv("ATLAS_STORE", str(tmp_path / "atlas.db"))
    gone = {"E05012461": "E05099999"}
    answers = {
        "wards": official.ons_wards(shipped),
        "bad": official.ons_lookup(shipped, gone),
        "good": official.ons_lookup(shipped),
    }
    asked = ["refresh", "--source", "ons-wards", "--who", "Ann"]
    with publisher() as press:
        links = {name: press.serve(f"/{name}", Answer(text, "application/json")) for name, text in answers.items()}
        monkeypatch.setenv("ATLAS_SOURCE_ONS_WARDS", links["wards"])
        monkeypatch.setenv("ATLAS_SOURCE_ONS_LOOKUP", links["bad"])
        assert main(asked) == 1
        assert list(versions(opened())["state"]) == ["published", "published"]
        monkeypatch.setenv("ATLAS_SOURCE_ONS_LOOKUP", links["good"])
        assert main(asked) == 0
        said = capsys.readouterr()
        number = int(versions(opened())["version"].max())
        assert f"In draft {number}. Nothing viewers see has changed" in said.out
        assert "geo/wards_2019.geojson: boundaries cannot be put into a draft" in said.err
        assert main([*asked, "--draft", str(number)]) == 0
    assert f"In draft {number}." in capsys.readouterr().out
    assert published(opened(), "2026").titled == "as shipped with the atlas"
    tables = tables_of(opened(), number)
    assert list(tables.loc[tables["own"], "contract"]) == ["AREAS", "LOOKUP_LSOA21"]


def test_a_refresh_into_a_draft_asks_who_does_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["refresh", "--source", "cilif"]) == 1
    assert "Give the name of who does this" in capsys.readouterr().err


def test_a_refresh_that_fails_ends_with_one_sentence_and_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with publisher() as press:
        monkeypatch.setenv("ATLAS_SOURCE_CILIF", press.serve("/gone.ods", Answer(status=404)))
        assert main(["refresh", "--source", "cilif", "--to", str(tmp_path / "new")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Children in low income families: local area statistics is no longer at" in said.err
    assert not (tmp_path / "new").exists()


def test_a_breach_of_a_contract_ends_as_a_refusal_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: Library
) -> None:
    gone = {"E05012461": "E05099999"}
    with publisher() as press:
        lookup = Answer(official.ons_lookup(shipped, gone), "application/json")
        wards = Answer(official.ons_wards(shipped, gone), "application/json")
        monkeypatch.setenv("ATLAS_SOURCE_ONS_LOOKUP", press.serve("/lookup", lookup))
        monkeypatch.setenv("ATLAS_SOURCE_ONS_WARDS", press.serve("/wards", wards))
        assert main(["refresh", "--source", "ons-wards", "--to", str(tmp_path / "new")]) == 1
    assert "column ward19_code: found 'E05099999'" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
