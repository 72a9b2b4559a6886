"""Each publisher's file, in its published shape, becomes our own tables; in another shape it becomes one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.build.refresh.drafted import Drafted
from analysis.build.refresh.fetch import Limits
from analysis.build.refresh.folder import keep
from analysis.build.refresh.publishers import PUBLISHED
from analysis.build.refresh.run import SOURCES, refresh
from analysis.build.refresh.troubles import NOTHING, SourceTrouble
from analysis.refusal import Refusal
from analysis.sources.contracts import ContractBroken
from analysis.sources.library import Library
from tests.world import official_files as official
from tests.world.publisher import Answer, Publisher, publisher

QUICK = Limits(connect=5, read=5, seconds=20, tries=1, wait=0)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PARQUET = "application/octet-stream"
BNES, GONE = "E06000022", {"E05012461": "E05099999"}

Serve = Callable[..., None]


class Doctored(Library):
    """The shipped library with some tables changed."""

    def __init__(self, library: Library, changed: dict[str, pd.DataFrame]) -> None:
        self.root, self.entries, self._tables = library.root, library.entries, {**library._tables, **changed}


@pytest.fixture(scope="module")
def shipped(shipped: Library) -> Library:
    """The shipped tables, the two longest cut to what these sources touch."""
    observed, figures = shipped.table("OPEN_OBSERVATIONS"), shipped.table("LAIT_OBSERVATIONS")
    indicators = shipped.table("OPEN_INDICATORS")
    crime = indicators["indicator_id"].str.match("admissions_injury|crime_")
    observed = observed[observed["indicator_id"].str.match("admissions_injury|crime_")]
    return Doctored(
        shipped,
        {
            "OPEN_OBSERVATIONS": observed.reset_index(drop=True),
            "OPEN_INDICATORS": indicators[crime].reset_index(drop=True),
            "LAIT_OBSERVATIONS": figures.head(50),
        },
    )


@pytest.fixture
def press() -> Iterator[Publisher]:
    with publisher() as running:
        yield running


@pytest.fixture
def serve(press: Publisher, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Serve some declared files here and say where."""

    def at(**files: bytes | Answer) -> None:
        for name, given in files.items():
            row = PUBLISHED[name.replace("_", "-")]
            answer = given if isinstance(given, Answer) else Answer(given, row.types[0])
            monkeypatch.setenv(row.setting, press.serve(f"/{row.id}", answer))

    return at


def taken(source: str, library: Library) -> dict[str, Drafted]:
    put: list[Drafted] = []
    refresh(source, library, put.append, QUICK)
    return {table.contract: table for table in put}


def trouble(source: str, library: Library) -> str:
    put: list[Drafted] = []
    with pytest.raises(SourceTrouble) as found:
        refresh(source, library, put.append, QUICK)
    assert put == []
    assert str(found.value).endswith(NOTHING)
    return str(found.value)


def test_the_command_names_every_source() -> None:
    from analysis.build.refresh.command import SOURCES as named

    assert set(named) == set(SOURCES)


def test_fingertips_gives_a_new_year_beside_the_old_ones(serve: Serve, shipped: Library) -> None:
    serve(fingertips=official.fingertips(shipped, "2024/25", "101.5"))
    table = taken("fingertips", shipped)["OPEN_OBSERVATIONS"]
    assert table.changes == {"added": 21, "changed": 0, "gone": 0, "unchanged": len(shipped.table("OPEN_OBSERVATIONS"))}
    new = table.frame[table.frame["period"].eq("2024/25") & table.frame["indicator_id"].eq("admissions_injury_0_14")]
    ours = new.set_index("area_code").loc[BNES]
    assert (ours["value"], ours["lower"], ours["upper"], ours["numerator"]) == (101.5, 90, 120, 30)
    assert table.details["publisher"] == shipped.entry("OPEN_OBSERVATIONS").publisher


@pytest.mark.parametrize(
    ("note", "status"), [("Value suppressed for disclosure control", "suppressed"), ("Value missing", "missing")]
)
def test_a_blank_of_fingertips_says_why(serve: Serve, shipped: Library, note: str, status: str) -> None:
    serve(fingertips=official.fingertips(shipped, "2023/24", "", note))
    table = taken("fingertips", shipped)["OPEN_OBSERVATIONS"]
    assert (table.changes["added"], table.changes["changed"], table.changes["gone"]) == (0, 21, 0)
    rows = table.frame.query("period == '2023/24' and indicator_id == 'admissions_injury_0_14_male'")
    assert set(rows["status"]) == {status}
    assert set(rows["note"]) == {note}


def test_a_changed_header_names_what_is_gone_and_what_is_new(serve: Serve, shipped: Library) -> None:
    body = official.fingertips(shipped, "2024/25", "1").replace(b"Area Code,", b"AreaCode,", 1)
    serve(fingertips=body)
    assert "has changed shape: gone: 'Area Code'; new: 'AreaCode'." in trouble("fingertips", shipped)


def test_a_figure_that_is_no_number_is_named(serve: Serve, shipped: Library) -> None:
    serve(fingertips=official.fingertips(shipped, "2024/25", "n/a"))
    assert "value holds 'n/a' where a number was" in trouble("fingertips", shipped)


def test_a_figure_out_of_its_range_is_a_breach_and_nothing_is_put(serve: Serve, shipped: Library) -> None:
    put: list[Drafted] = []
    serve(fingertips=official.fingertips(shipped, "2024/25", "-5"))
    with pytest.raises(ContractBroken, match="value: found '-5'"):
        refresh("fingertips", shipped, put.append, QUICK)
    assert put == []


def test_the_same_low_income_workbook_changes_nothing(serve: Serve, shipped: Library) -> None:
    serve(cilif=official.low_income(shipped))
    for contract, table in taken("cilif", shipped).items():
        assert table.changes == {"added": 0, "changed": 0, "gone": 0, "unchanged": len(shipped.table(contract))}
        assert table.warnings == ()


def test_next_years_low_income_is_taken_and_what_goes_is_told(serve: Serve, shipped: Library) -> None:
    serve(cilif=official.low_income(shipped, later=1))
    table = taken("cilif", shipped)["CHILD_POVERTY_WARD"]
    assert table.frame["year_ending"].max() == 2026
    assert table.details["period"] == "years to March 2023 to 2026 (provisional)"
    assert table.changes["gone"] > 0
    assert "are not in the new file" in table.warnings[0]


def test_low_income_without_its_counts_is_refused(serve: Serve, shipped: Library) -> None:
    serve(cilif=official.low_income(shipped, heading="Children, {year}"))
    assert "does not have a count and a share of each year, but 'Local Authority [note 2]'" in trouble("cilif", shipped)


def test_low_income_without_its_sheets_is_refused(serve: Serve, shipped: Library) -> None:
    serve(cilif=official.ods({"Contents": [["x"]], "Data": [["y"]]}))
    assert "its sheets are Contents, Data" in trouble("cilif", shipped)


def test_a_workbook_that_is_none_is_refused(serve: Serve, shipped: Library) -> None:
    serve(cilif=Answer(b"PK not a workbook", ODS))
    assert "has changed shape" in trouble("cilif", shipped)


def test_a_workbook_that_unpacks_too_large_is_not_opened(
    serve: Serve, shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = official.ods({"4_AHC_Relative_Ward": [["0" * 3_000_000]]})
    assert len(bomb) < 10_000
    monkeypatch.setattr("analysis.build.refresh.cilif.MOST_UNPACKED", 2_000_000)
    serve(cilif=bomb)
    assert "it unpacks to 3 MB" in trouble("cilif", shipped)


def test_wards_that_do_not_add_up_are_refused(serve: Serve, shipped: Library) -> None:
    wrong = shipped.table("CHILD_POVERTY_WARD").assign(count=lambda rows: rows["count"] + 10)
    other = Doctored(shipped, {"CHILD_POVERTY_WARD": wrong})
    serve(cilif=official.low_income(other))
    assert "Wards do not add up to the council" in trouble("cilif", shipped)


def test_file_7_gives_the_shipped_ranks_and_published_scores(serve: Serve, shipped: Library) -> None:
    serve(iod2019=official.file7(shipped, 2019), iod2025=official.file7(shipped, 2025))
    tables = taken("iod", shipped)
    assert set(tables) == {"IOD2019", "IOD2025", "IOD_POPULATION"}
    for contract, code in (("IOD2019", "lsoa11_code"), ("IOD2025", "lsoa21_code")):
        key = [code, "domain"]
        before = shipped.table(contract).set_index(key).sort_index()
        after = tables[contract].frame.set_index(key).sort_index()
        assert after["rank"].tolist() == before["rank"].tolist()
        assert set(after["basis"]) == {"published"}
        assert set(after["status"]) == {"ok"}
        known = before["score"].notna().to_numpy()
        assert np.allclose(after["score"][known].astype(float), before["score"][known])
    assert tables["IOD_POPULATION"].changes["changed"] == 0
    assert tables["IOD_POPULATION"].changes["gone"] == 0


def test_the_heading_that_file_7_of_2025_cuts_short_is_still_known(serve: Serve, shipped: Library) -> None:
    cut = "Children and Young People Sub-domain Decile (where 1 is most deprived 10% of LSO"
    body = official.file7(shipped, 2025).replace((cut + "As)").encode(), cut.encode(), 1)
    assert (cut + ",").encode() in body
    serve(iod2019=official.file7(shipped, 2019), iod2025=body)
    assert len(taken("iod", shipped)) == 3


def test_a_truncated_file_7_is_refused_and_neither_edition_is_put(serve: Serve, shipped: Library) -> None:
    whole = official.file7(shipped, 2025)
    serve(iod2019=official.file7(shipped, 2019), iod2025=whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert "it has 33,754 neighbourhoods, not the 33,755 of England" in trouble("iod", shipped)


def test_a_renamed_score_is_told(serve: Serve, shipped: Library) -> None:
    body = official.file7(shipped, 2019).replace(b"Crime Score", b"Crime points", 1)
    serve(iod2019=body, iod2025=official.file7(shipped, 2025))
    assert "gone: crime_score; not known: 'Crime points'" in trouble("iod", shipped)


def test_the_interactive_tool_gives_indicators_and_figures(serve: Serve, shipped: Library) -> None:
    serve(lait_figures=official.lait_figures(), lait_dictionary=official.lait_dictionary())
    tables = taken("lait", shipped)
    rows = tables["LAIT_OBSERVATIONS"].frame.set_index(["indicator_id", "area_code", "period"])
    assert len(rows) == 17 * 3
    assert rows.loc[("lait_infmort", BNES, "2024"), "value"] == 3.5
    unknown = rows.loc[("lait_infmort", BNES, "2025")]
    assert (unknown["status"], unknown["note"]) == ("missing", "provisional; printed as -")
    assert rows.loc[("lait_under18concep", BNES, "2020 to 2022"), "value"] == 12.25
    assert set(tables["LAIT_INDICATORS"].frame["indicator_id"]) == {"lait_infmort", "lait_under18concep"}
    assert "are not in the new file" in tables["LAIT_OBSERVATIONS"].warnings[0]


def test_a_table_that_is_no_parquet_is_told(serve: Serve, shipped: Library) -> None:
    serve(lait_figures=Answer(b"PAR1 not one", PARQUET), lait_dictionary=official.lait_dictionary())
    assert "figures has changed shape: ArrowInvalid" in trouble("lait", shipped)


def test_a_new_sign_of_the_tool_is_not_guessed_at(serve: Serve, shipped: Library) -> None:
    sign = {"LA Number": 1, "LA and Regions": "York", "Short Desc": "InfMort", "Years": "2023", "Values": "??"}
    serve(lait_figures=official.lait_figures([sign]), lait_dictionary=official.lait_dictionary())
    assert "it prints '??' for a figure" in trouble("lait", shipped)


def test_a_new_topic_of_the_tool_is_told(serve: Serve, shipped: Library) -> None:
    serve(lait_figures=official.lait_figures(), lait_dictionary=official.lait_dictionary("Space travel"))
    assert "KeyError: 'Space travel'" in trouble("lait", shipped)


def test_the_same_wards_change_nothing(serve: Serve, shipped: Library) -> None:
    serve(ons_lookup=official.ons_lookup(shipped), ons_wards=official.ons_wards(shipped))
    tables = taken("ons-wards", shipped)
    for contract in ("LOOKUP_LSOA21", "AREAS"):
        assert tables[contract].changes == {
            "added": 0,
            "changed": 0,
            "gone": 0,
            "unchanged": len(shipped.table(contract)),
        }
        assert tables[contract].warnings == ()
    assert len(tables["LAYER"].frame) == 33


def test_new_ward_codes_are_told(serve: Serve, shipped: Library) -> None:
    serve(ons_lookup=official.ons_lookup(shipped, GONE), ons_wards=official.ons_wards(shipped, GONE))
    with pytest.raises(ContractBroken, match="found 'E05099999'"):
        taken("ons-wards", shipped)
    new = {"E05012461": "E05019999"}
    serve(ons_lookup=official.ons_lookup(shipped, new), ons_wards=official.ons_wards(shipped, new))
    told = " ".join(taken("ons-wards", shipped)["LOOKUP_LSOA21"].warnings)
    assert "1 codes are new (E05019999) and 1 are gone (E05012461)" in told
    assert "do not publish this alone" in told


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"error": {"code": 400, "message": "Invalid URL"}}', "the service answers"),
        (b'{"features": []}', "gives nothing for this council"),
        (b'{"features": [{"attributes": {"LSOA21CD": "E01000001"}}]}', "gone: 'WD24CD'; nothing new"),
        (b"<html>", "cannot be read as JSON"),
    ],
)
def test_other_answers_of_the_geography_service_are_told(
    serve: Serve, shipped: Library, answer: bytes, said: str
) -> None:
    serve(ons_lookup=answer, ons_wards=official.ons_wards(shipped))
    assert said in trouble("ons-wards", shipped)


def test_a_ward_without_a_shape_is_told(serve: Serve, shipped: Library) -> None:
    wards = json.loads(official.ons_wards(shipped))
    wards["features"][0]["geometry"] = None
    serve(ons_lookup=official.ons_lookup(shipped), ons_wards=json.dumps(wards).encode())
    assert "Boundaries of wards (December 2024, generalised) has changed shape" in trouble("ons-wards", shipped)


def test_a_part_of_the_lookup_is_not_taken_for_the_whole(serve: Serve, shipped: Library) -> None:
    serve(ons_lookup=official.ons_lookup(shipped, exceededTransferLimit=True), ons_wards=official.ons_wards(shipped))
    assert "gives only a part" in trouble("ons-wards", shipped)


def test_police_counts_a_year_in_the_wards_its_points_lie_in(serve: Serve, press: Publisher, shipped: Library) -> None:
    serve(police_updated=b'{"date": "2025-09-01"}', police=official.offences(shipped, "2024-01"))
    table = taken("police", shipped)["OPEN_OBSERVATIONS"]
    rows = table.frame[table.frame["period"].eq("2024")].set_index(["indicator_id", "area_code"])
    assert rows.loc[("crime_burglary", "E05012471"), "value"] == 12
    assert rows.loc[("crime_all_crime", BNES), "value"] == 12 * 14 * 33
    rate = rows.loc[("crime_all_crime_rate", BNES)]
    assert rate["value"] == pytest.approx(1000 * rate["numerator"] / 195988)
    assert (rate["basis"], rate["note"][:16]) == ("modelled", "offences of 2024")
    assert table.changes == {
        "added": 15 * 34 * 2,
        "changed": 0,
        "gone": 0,
        "unchanged": len(shipped.table("OPEN_OBSERVATIONS")),
    }
    assert [form["date"][0] for form in press.posted] == [f"2024-{month:02d}" for month in range(1, 13)]
    assert "name 2023" in table.warnings[0]


def test_the_railway_police_are_left_out_as_before(serve: Serve, shipped: Library) -> None:
    serve(police_updated=b'{"date": "2024-12-01"}', police=official.offences(shipped, "2024-01", kind="BTP"))
    table = taken("police", shipped)["OPEN_OBSERVATIONS"]
    assert table.frame.query("indicator_id == 'crime_all_crime' and period == '2024'")["value"].sum() == 0
    assert "No offence at all in" in table.warnings[1]


def test_a_new_type_of_offence_is_not_dropped(serve: Serve, shipped: Library) -> None:
    serve(police_updated=b'{"date": "2025-01-01"}', police=official.offences(shipped, "2024-01", category="piracy"))
    assert "there is a new type of offence, 'piracy'" in trouble("police", shipped)


@pytest.mark.parametrize("answer", [b'{"date": "soon"}', b"[]", b'{"day": 1}'])
def test_a_newest_month_that_cannot_be_read_is_told(serve: Serve, shipped: Library, answer: bytes) -> None:
    serve(police_updated=answer)
    assert "when asked for its newest month" in trouble("police", shipped)


def test_a_source_that_is_gone_is_told_with_its_setting(serve: Serve, shipped: Library) -> None:
    serve(cilif=Answer(b"", ODS, status=404))
    told = trouble("cilif", shipped)
    assert "Children in low income families: local area statistics is no longer at" in told
    assert "ATLAS_SOURCE_CILIF" in told


def test_a_refresh_is_kept_whole_with_a_manifest(serve: Serve, shipped: Library, tmp_path: Path) -> None:
    serve(ons_lookup=official.ons_lookup(shipped), ons_wards=official.ons_wards(shipped))
    tables = list(taken("ons-wards", shipped).values())
    manifest = json.loads(keep("ons-wards", tables, tmp_path / "new").read_text())
    assert [table["file"] for table in manifest["tables"]] == [
        "lookup_lsoa21_ward19.csv",
        "areas.csv",
        "wards_2019.geojson",
    ]
    kept = (tmp_path / "new" / "lookup_lsoa21_ward19.csv").read_bytes()
    assert kept == (shipped.root / "geo" / "lookup_lsoa21_ward19.csv").read_bytes()
    fetched = manifest["tables"][0]["fetched"][0]
    assert len(fetched["sha256"]) == 64
    assert fetched["shape_known_from"].startswith("the address and columns used by public programs")
    with pytest.raises(Refusal, match="is not an empty folder"):
        keep("ons-wards", tables, tmp_path / "new")


def test_a_refresh_that_fails_while_it_is_written_leaves_nothing(
    serve: Serve, shipped: Library, tmp_path: Path
) -> None:
    serve(ons_lookup=official.ons_lookup(shipped), ons_wards=official.ons_wards(shipped))
    lookup = taken("ons-wards", shipped)["LOOKUP_LSOA21"]
    unlawful = Drafted(lookup.contract, lookup.path, lookup.frame.assign(ward19_code="x"), {}, lookup.fetched)
    with pytest.raises(ContractBroken):
        keep("ons-wards", [lookup, unlawful], tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
