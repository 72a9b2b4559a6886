"""Editions in the store: loaded, drafted, published, gone back to; in a file and in PostgreSQL alike."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from analysis.gap import gap
from analysis.sources.catalogue import LAYER
from analysis.sources.contracts import ContractBroken
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.store.builtin import AS_SHIPPED, fill, rebuild
from analysis.store.database import Store
from analysis.store.drafts import catch_up, drop_draft, put_table, start_draft
from analysis.store.opening import opened
from analysis.store.packing import packed, unpacked
from analysis.store.place import Place, from_environment, in_file, in_postgres
from analysis.store.publishing import publications, publish, roll_back, token
from analysis.store.reading import Held, StoreLibrary, of_version, published
from analysis.store.records import THE_ATLAS, audit, file_name
from analysis.store.shelf import tables_of, versions
from analysis.store.troubles import Overtaken, StoreRefusal
from tests.store.editors import draft_of, published_as, shown, stamp, stamped
from tests.world import three_wards

FORBIDDEN = (
    "UPDATE audit SET what = 'nothing'",
    "DELETE FROM audit",
    "UPDATE publication SET note = 'another'",
    "DELETE FROM publication",
    "UPDATE version SET name = 'another' WHERE state = 'published'",
    "UPDATE version SET state = 'draft' WHERE state = 'published'",
    "DELETE FROM version WHERE state = 'published'",
    "UPDATE held_table SET rows = 1",
    "DELETE FROM held_table",
    "INSERT INTO held_table SELECT version_id, 'more', 1, contract, sha256, rows, entry, file_name, own, from_atlas "
    "FROM held_table WHERE version_id = 1 AND contract = 'SITES'",
    "UPDATE blob SET packed = WRITTEN",
    "DELETE FROM blob",
)


def test_the_shipped_editions_are_loaded_once_and_published_by_the_atlas(store: Store, world: Library) -> None:
    assert [(one.base, one.by, one.version_name) for one in publications(store)] == [
        ("2026", THE_ATLAS, AS_SHIPPED),
        ("2020", THE_ATLAS, AS_SHIPPED),
    ]
    assert fill(store, world.root) == []
    assert list(versions(store)["shown"]) == [True, True]


@pytest.mark.parametrize("contract", sorted(three_wards.TABLES))
def test_a_published_table_is_the_table_that_was_shipped(file_store: Store, world: Library, contract: str) -> None:
    pd.testing.assert_frame_equal(published(file_store, "2020").table(contract), world.table(contract))


@pytest.mark.parametrize(
    "contract", [entry.contract for entry in Library().entries.values() if entry.contract != LAYER]
)
def test_every_shipped_table_survives_packing(shipped: Library, contract: str) -> None:
    frame = shipped.table(contract)
    pd.testing.assert_frame_equal(unpacked(packed(frame, CONTRACTS[contract]).packed, CONTRACTS[contract]), frame)


def test_the_checksum_kept_is_that_of_the_file_as_csv(shipped: Library) -> None:
    for contract in ("SITES", "LOOKUP_LSOA11", "ACTIVITY"):
        assert packed(shipped.table(contract), CONTRACTS[contract]).sha256 == shipped.entry(contract).sha256


def test_a_comparison_over_a_publication_is_that_over_the_files(store: Store, world: Library) -> None:
    for base, need, provided in (("2020", "idaci2015", "contact2017"), ("2026", "low_income_bhc2025", "access_gp")):
        over = gap(published(store, base), base, need, provided)
        pd.testing.assert_frame_equal(over.table, gap(world, base, need, provided).table)


def test_two_versions_share_what_they_have_in_common(store: Store, world: Library) -> None:
    published_as(store, world, 7)
    with store.reading() as session:
        held, blobs = (session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("held_table", "blob"))
    assert (held, blobs) == (3 * len(three_wards.TABLES), len(three_wards.TABLES) + 2)


def test_a_draft_is_seen_by_nobody_until_it_is_published(store: Store, world: Library) -> None:
    before, first = token(store), published(store, "2026")
    draft = draft_of(store, world, 7)
    assert token(store) == before
    assert published(store, "2026", first) is first
    number = publish(
        store, draft, shown(store), "Ann", about="Spring return", warnings=["a jump"], reasons={"f": "why"}
    )
    assert token(store) != before
    assert stamped(published(store, "2026")) == ({7}, {7})
    assert published(store, "2026").publication == number
    line = audit(store).iloc[0]
    assert (line["by"], line["what"], line["publication_id"]) == ("Ann", "published", number)
    assert (line["warnings"], line["reasons"]) == (["a jump"], {"f": "why", "note": "Spring return"})


def test_the_second_of_two_editors_is_told_and_keeps_the_draft(store: Store, world: Library) -> None:
    compared = shown(store)
    first, second = draft_of(store, world, 1, "Ann"), draft_of(store, world, 2, "Bob")
    publish(store, first, compared, "Ann")
    with pytest.raises(Overtaken, match=r"^Ann published another version on .* Your draft is kept"):
        publish(store, second, compared, "Bob")
    assert stamped(published(store, "2026")) == ({1}, {1})
    assert stamped(of_version(store, second)) == ({2}, {2})
    publish(store, second, shown(store), "Bob")
    assert stamped(published(store, "2026")) == ({2}, {2})


def test_of_many_publishing_at_once_one_wins(store: Store, world: Library) -> None:
    compared = shown(store)
    drafts = [draft_of(store, world, number) for number in range(6)]

    def tried(draft: int) -> bool:
        try:
            publish(store, draft, compared, "Ann")
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(6) as people:
        won = list(people.map(tried, drafts))
    assert sum(won) == 1
    assert stamped(published(store, "2026")) == ({won.index(True)}, {won.index(True)})
    assert len(publications(store, "2026")) == 2
    assert (versions(store, "2026")["state"] == "draft").sum() == 5


def test_a_draft_changed_while_it_was_compared_is_not_published(store: Store, world: Library) -> None:
    draft = draft_of(store, world, 1)
    seen = int(versions(store).set_index("version").loc[draft, "revision"])
    put_table(store, draft, "SITES", stamp(world, 2)["SITES"], {}, "s.csv", "Bob")
    with pytest.raises(Overtaken, match="changed while you were comparing"):
        publish(store, draft, shown(store), "Ann", revision=seen)


def test_catching_up_keeps_what_was_put_and_takes_the_rest(store: Store, world: Library) -> None:
    draft = start_draft(store, "2026", "Sites", "Bob")
    put_table(store, draft, "SITES", stamp(world, 5)["SITES"], {}, "s.csv", "Bob")
    published_as(store, world, 3)
    assert catch_up(store, draft, "Bob") == shown(store)
    assert stamped(of_version(store, draft)) == ({3}, {5})


def test_going_back_is_publishing_again(store: Store, world: Library) -> None:
    published_as(store, world, 1)
    with pytest.raises(StoreRefusal, match="Say why"):
        roll_back(store, 2, shown(store), "Ann", about="")
    roll_back(store, 2, shown(store), "Ann", about="The return was the wrong quarter.")
    pd.testing.assert_frame_equal(published(store, "2026").table("SITES"), world.table("SITES"))
    assert [one.version for one in publications(store, "2026")] == [2, 3, 2]
    with pytest.raises(StoreRefusal, match="is what is published now"):
        roll_back(store, 2, shown(store), "Ann", about="again")


def test_a_faulty_table_changes_nothing_and_every_fault_is_named(store: Store, world: Library) -> None:
    draft = draft_of(store, world, 1)
    before = tables_of(store, draft)
    bad = world.table("SITES").assign(latitude=99.0)
    with pytest.raises(ContractBroken) as broken:
        put_table(store, draft, "SITES", bad, {}, "sites.csv", "Ann")
    assert len(broken.value.breaches) == len(bad)
    pd.testing.assert_frame_equal(tables_of(store, draft), before)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "no such column"),
        (b"site_id\n", "no such column"),
        (b"site_id,kind\na\n", "1 cells"),
        (b"site_id,site_id\na,b\n", "the column twice"),
        (b'site_id\n"open', "unexpected end of data"),
        (b"\0" * 10, "no such column"),
    ],
)
def test_bytes_that_are_no_lawful_csv_are_refused(file_store: Store, content: bytes, said: str) -> None:
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    with pytest.raises(ContractBroken, match=said):
        put_table(file_store, draft, "SITES", content, {}, "sites.csv", "Ann")


def test_the_bytes_of_a_csv_may_begin_with_a_mark(file_store: Store, world: Library) -> None:
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    content = b"\xef\xbb\xbf" + three_wards.TABLES["SITES"].encode()
    put_table(file_store, draft, "SITES", content, {"period": "2027"}, r"C:\Users\ann\sites.csv", "Ann")
    row = tables_of(file_store, draft).set_index("contract").loc["SITES"]
    assert (row["file_name"], row["period"], row["own"]) == ("sites.csv", "2027", True)


@pytest.mark.parametrize("name", ["../../etc/passwd", r"..\..\passwd", "/etc/passwd", "passwd\0"])
def test_a_file_name_never_has_folders(name: str) -> None:
    assert file_name(name) == "passwd"


def test_what_is_said_badly_is_refused_in_a_sentence(store: Store, world: Library) -> None:
    draft = draft_of(store, world, 1)
    sites = world.table("SITES")
    for act, said in (
        (lambda: start_draft(store, "1999", "n", "Ann"), "There is no edition '1999'"),
        (lambda: start_draft(store, "2026", " \n", "Ann"), "Give the draft a name"),
        (lambda: start_draft(store, "2026", "n" * 121, "Ann"), "Shorten the draft a name to 120"),
        (lambda: start_draft(store, "2026", "n", "The Atlas"), "Give the name of a person"),
        (lambda: put_table(store, draft, "NONE", sites, {}, "s", "Ann"), "There is no table 'NONE'"),
        (lambda: put_table(store, draft, "SITES", sites, {"sha256": "0"}, "s", "Ann"), "nothing called sha256"),
        (lambda: put_table(store, draft, "SITES", sites, {"basis": "guess"}, "s", "Ann"), "no basis 'guess'"),
        (lambda: put_table(store, 2, "SITES", sites, {}, "s", "Ann"), "is published and never changes"),
        (lambda: drop_draft(store, 99, "Ann"), "There is no draft 99"),
        (lambda: publish(store, 99, 2, "Ann"), "There is no draft 99"),
        (lambda: roll_back(store, draft, shown(store), "Ann", about="x"), "was never published"),
        (lambda: of_version(store, 99), "There is no version 99"),
    ):
        with pytest.raises(StoreRefusal, match=said):
            act()


def test_a_deleted_draft_leaves_its_line_and_nothing_else(store: Store, world: Library) -> None:
    draft = draft_of(store, world, 1)
    drop_draft(store, draft, "Ann")
    assert draft not in set(versions(store)["version"])
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM blob")) == len(three_wards.TABLES)
    assert list(audit(store, version=draft)["what"]) == ["draft deleted", "table put", "table put", "draft started"]
    assert start_draft(store, "2026", "Another", "Ann") > draft


def test_the_database_itself_refuses_to_change_what_is_published(store: Store) -> None:
    before = [audit(store).to_json(), publications(store), tables_of(store, 1).to_json()]
    for statement in FORBIDDEN:
        written = "CAST(packed_sha256 AS BLOB)" if store.place.file else "packed_sha256::bytea"
        with pytest.raises(StoreRefusal, match="never changes"), store.writing() as session:
            session.execute(text(statement.replace("WRITTEN", written)))
    assert [audit(store).to_json(), publications(store), tables_of(store, 1).to_json()] == before


def test_an_updated_atlas_brings_its_files_and_keeps_what_editors_put(
    store: Store, world: Library, tmp_path: Path
) -> None:
    draft = start_draft(store, "2026", "Sites", "Ann")
    put_table(store, draft, "SITES", stamp(world, 5)["SITES"], {}, "s.csv", "Ann")
    publish(store, draft, shown(store), "Ann")
    newer = three_wards.build(tmp_path / "newer", {"ACTIVITY": (",0,0,0,100,", ",0,0,0,1004,")})
    assert len(fill(store, newer)) == 2
    assert stamped(published(store, "2026")) == ({4}, {5})
    assert stamped(published(store, "2020")) == ({4}, {-900})
    assert fill(store, newer) == []
    assert fill(store, world.root) == [], "an older server leaves a newer store as it is"


def test_rebuilding_publishes_the_shipped_files_again(store: Store, world: Library) -> None:
    assert rebuild(store, "2026", "Ann", world.root) is None
    published_as(store, world, 1)
    number = rebuild(store, "2026", "Ann", world.root)
    assert number == shown(store)
    pd.testing.assert_frame_equal(published(store, "2026").table("SITES"), world.table("SITES"))


def test_processes_that_open_an_empty_store_at_once_make_one(place: Place, world: Library) -> None:
    where = (
        f"in_file(Path({str(place.file)!r}))"
        if place.file
        else (f"in_postgres({place.url.render_as_string(hide_password=False)!r})")
    )
    script = (
        "from pathlib import Path\nfrom analysis.store.builtin import fill\n"
        "from analysis.store.opening import opened\nfrom analysis.store.place import in_file, in_postgres\n"
        f"fill(opened({where}, filled=False), Path({str(world.root)!r}))\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) for _ in range(3)]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    assert [one.id for one in publications(opened(place, filled=False))] == [2, 1]


def test_where_the_store_is() -> None:
    assert from_environment({}).file == ROOT / "data/store/atlas.db"
    assert from_environment({"ATLAS_STORE": "/x/y.db"}) == in_file(Path("/x/y.db"))
    secret = from_environment({"DATABASE_URL": "postgresql://ann:secret@host/atlas", "ATLAS_STORE": "/x"})
    assert secret == in_postgres("postgresql://ann:secret@host/atlas")
    assert "secret" not in secret.name
    for wrong in ("mysql://host/atlas", "no address"):
        with pytest.raises(StoreRefusal, match="DATABASE_URL"):
            from_environment({"DATABASE_URL": wrong})


def test_layers_that_differ_from_the_shipped_ones_are_read_from_the_store(shipped: Library, file_place: Place) -> None:
    entry = next(entry for entry in shipped.entries.values() if entry.contract == LAYER)
    library = StoreLibrary(1, "", 1, "", {entry.path: Held(entry, "", 0, "", b"another layer")})
    assert library.root != ROOT
    assert (library.root / entry.path).read_bytes() == b"another layer"


def test_every_declared_file_goes_into_a_version(shipped: Library, file_place: Place) -> None:
    held = opened(file_place)
    assert set(tables_of(held, 1)["path"]) == set(shipped.entries)
    assert published(held, "2020").root == ROOT
    assert list(published(held, "2020").entries) == list(shipped.entries)
    assert opened(in_file(file_place.file)).place == held.place
