"""The decision log: kept as it was said and shown, put right only by new entries, in a file and in PostgreSQL alike."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from analysis.gap import gap
from analysis.present.frozen_figures import frozen
from analysis.sources.library import Library
from analysis.store.backup import backup, restore
from analysis.store.database import Store
from analysis.store.decision_words import LONGEST_WHAT, Words
from analysis.store.decisions import (
    FORGOTTEN,
    IN_FORCE,
    WITHDRAWN,
    Frozen,
    correct,
    decisions,
    due,
    forget_decisions,
    record,
    withdraw,
)
from analysis.store.export import export
from analysis.store.opening import opened
from analysis.store.place import in_file, in_postgres
from analysis.store.reading import published
from analysis.store.records import audit
from analysis.store.troubles import Overtaken, StoreRefusal
from tests.store.conftest import NUMBERS
from tests.store.earlier import taken_back
from tests.store.editors import published_as
from tests.store.servers import Server

LINK = {"edition": "2026", "need": "low_income_bhc2025", "provision": "access_gp", "screen": "decision"}
WORDS = Words("=1+1 <b>More</b>\nplaces", "Because.", "Sub-group", date(2026, 3, 2), date(2026, 9, 2))
FORBIDDEN = (
    "UPDATE decision SET what = 'another'",
    "UPDATE decision SET forgotten_at = 'now', what = ''",
    "DELETE FROM decision",
)


def shown(store: Store) -> Frozen:
    library = published(store, "2026")
    return frozen(gap(library, "2026", "low_income_bhc2025", "access_gp"), None, library, "meeting", LINK)


def test_a_decision_is_read_back_as_it_was_said_and_shown(store: Store) -> None:
    kept = shown(store)
    number = record(store, WORDS, kept, "Kim")
    (one,) = decisions(store)
    assert (one.id, one.by, one.words, one.frozen, one.standing) == (number, "Kim", WORDS, kept, IN_FORCE)
    assert {figure.label for figure in one.frozen.figures} == {"Elm", "Fir", "Gorse"}
    assert one.address.startswith("meeting?edition=2026&need=low_income_bhc2025&")
    assert decisions(store, "2020") == []
    line = audit(store).iloc[0]
    assert (line["what"], line["by"], line["reasons"]) == ("decision recorded", "Kim", {"decision": str(number)})


def test_nothing_said_can_be_changed_even_in_the_database(store: Store) -> None:
    record(store, WORDS, shown(store), "Kim")
    for act in FORBIDDEN:
        with pytest.raises(StoreRefusal, match="never changes"), store.writing() as session:
            session.execute(text(act))
    assert decisions(store)[0].words == WORDS


def test_an_entry_is_put_right_and_withdrawn_by_new_ones_that_name_it(store: Store) -> None:
    first = record(store, WORDS, shown(store), "Kim")
    second = correct(store, first, replace(WORDS, what="Fewer places"), "Ann")
    third = withdraw(store, second, "The money is gone.", "Ann")
    withdrawn, right, wrong = decisions(store)
    assert [one.id for one in (withdrawn, right, wrong)] == [third, second, first]
    assert (wrong.standing, right.standing, withdrawn.standing) == ("replaced by 2", "replaced by 3", WITHDRAWN)
    assert (right.replaces, right.words.what, right.frozen) == (first, "Fewer places", wrong.frozen)
    assert (withdrawn.words.why, withdrawn.words.what) == ("The money is gone.", "Fewer places")
    with pytest.raises(StoreRefusal, match="Decision 1 is no longer in force: it was replaced by entry 2"):
        withdraw(store, first, "Again.", "Ann")
    with pytest.raises(StoreRefusal, match="Decision 3 is no longer in force: it was withdrawn"):
        correct(store, third, WORDS, "Ann")
    with pytest.raises(StoreRefusal, match="There is no decision 9"):
        withdraw(store, 9, "Why not.", "Ann")


def test_a_new_decision_may_take_the_place_of_an_earlier_one_with_figures_of_its_own(
    file_store: Store, world: Library
) -> None:
    first = record(file_store, WORDS, shown(file_store), "Kim")
    published_as(file_store, world, 1)
    record(file_store, replace(WORDS, what="Otherwise"), shown(file_store), "Kim", replaces=first)
    new, old = decisions(file_store)
    assert (new.replaces, old.replaced_by) == (first, new.id)
    assert new.frozen.publication > old.frozen.publication


def test_those_due_are_those_in_force_whose_day_has_come_the_longest_due_first(file_store: Store) -> None:
    days = {number: date(2026, 9, number) for number in (1, 2, 3)}
    made = {n: record(file_store, replace(WORDS, review_on=day), shown(file_store), "Kim") for n, day in days.items()}
    late = record(file_store, replace(WORDS, review_on=date(2026, 8, 31)), shown(file_store), "Kim")
    withdraw(file_store, made[1], "Done.", "Kim")
    assert [one.id for one in due(file_store, days[2])] == [late, made[2]]
    assert due(file_store, date(2026, 8, 30)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": " \n "}, "Write what was decided"),
        ({"why": ""}, "Write why"),
        ({"what": "x" * (LONGEST_WHAT + 1)}, "Shorten what was decided to 1,000 letters; it has 1,001"),
        ({"what": "Ring\a"}, r"cannot be seen \(U\+0007\)"),
        ({"why": "right to left \u202e override"}, r"cannot be seen \(U\+202E\)"),
        ({"why": "half a letter \ud800"}, r"cannot be seen \(U\+D800\)"),
        ({"meeting": "One\nTwo"}, "on one line"),
        ({"meeting": "m" * 121}, "Shorten the name of the meeting to 120 letters"),
        ({"met_on": datetime.now(UTC).date() + timedelta(3)}, "lies in the future"),
        ({"review_on": WORDS.met_on}, "must be after the day of the meeting"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_a_sentence(file_store: Store, change: dict, said: str) -> None:
    with pytest.raises(StoreRefusal, match=said):
        record(file_store, replace(WORDS, **change), shown(file_store), "Kim")
    assert decisions(file_store) == []


def test_what_word_processors_put_in_is_made_plain(file_store: Store) -> None:
    record(file_store, replace(WORDS, what="Two\u00a0words\r\n\tand a line"), shown(file_store), "Kim")
    assert decisions(file_store)[0].words.what == "Two words\n and a line"


def test_nobody_and_the_atlas_itself_record_nothing(file_store: Store) -> None:
    for who, said in (("", "who does this"), ("The Atlas", "name of a person")):
        with pytest.raises(StoreRefusal, match=said):
            record(file_store, WORDS, shown(file_store), who)


def test_figures_that_others_overtook_are_refused_and_nothing_is_kept(file_store: Store, world: Library) -> None:
    seen = shown(file_store)
    published_as(file_store, world, 1)
    with pytest.raises(Overtaken, match="no longer the newest"):
        record(file_store, WORDS, seen, "Kim")
    assert decisions(file_store) == []


def test_without_figures_there_is_no_decision(file_store: Store) -> None:
    with pytest.raises(StoreRefusal, match="no figures to keep"):
        record(file_store, WORDS, replace(shown(file_store), figures=()), "Kim")


def test_a_backup_holds_the_log_and_numbers_go_on_after_it(file_store: Store, server: Server, tmp_path: Path) -> None:
    first = record(file_store, WORDS, shown(file_store), "Kim")
    assert backup(file_store, tmp_path / "backup.zip")["decision"] == 1
    place = in_postgres(server.database(f"decided{next(NUMBERS)}"))
    restore(place, tmp_path / "backup.zip", "Ann")
    again = opened(place, filled=False)
    assert decisions(again) == decisions(file_store)
    assert correct(again, first, WORDS, "Ann") == first + 1
    backup(again, tmp_path / "back.zip")
    restore(in_file(tmp_path / "again.db"), tmp_path / "back.zip", "Ann")
    assert decisions(opened(in_file(tmp_path / "again.db"), filled=False)) == decisions(again)
    again.engine.dispose()


def test_an_exported_version_carries_its_own_decisions_as_text(file_store: Store, world: Library) -> None:
    version = published(file_store, "2026").version
    record(file_store, WORDS, shown(file_store), "Kim")
    published_as(file_store, world, 1)
    with zipfile.ZipFile(io.BytesIO(export(file_store, version))) as packed:
        rows = pd.read_csv(io.BytesIO(packed.read("decisions.csv")))
    assert (rows["what"].tolist(), rows["version"].tolist()) == (["'=1+1 <b>More</b>\nplaces"], [version])
    with zipfile.ZipFile(io.BytesIO(export(file_store, published(file_store, "2026").version))) as packed:
        assert "decisions.csv" not in packed.namelist()


def test_old_decisions_are_deleted_on_command_and_leave_their_place(store: Store) -> None:
    old = record(store, WORDS, shown(store), "Kim")
    new = record(store, replace(WORDS, met_on=date(2026, 6, 1)), shown(store), "Kim")
    with pytest.raises(StoreRefusal, match="Say why"):
        forget_decisions(store, date(2026, 6, 1), "Ann", why=" ")
    assert forget_decisions(store, date(2026, 6, 1), "Ann", why="Five years") == (old,)
    kept, gone = decisions(store)
    assert (kept.id, kept.words.what) == (new, WORDS.what)
    assert (gone.standing, gone.by, gone.words.what, gone.frozen.figures) == (FORGOTTEN, "", "", ())
    assert (gone.frozen.publication, gone.words.met_on) == (kept.frozen.publication, WORDS.met_on)
    assert audit(store)["what"].iloc[0] == "decision deleted"
    assert forget_decisions(store, date(2026, 6, 1), "Ann", why="Again") == ()


def test_what_was_deleted_is_not_left_in_the_file(file_store: Store, tmp_path: Path) -> None:
    secret = "Elderflower cordial"
    record(file_store, replace(WORDS, why=secret), shown(file_store), "Kim")
    forget_decisions(file_store, date(2026, 6, 1), "Ann", why="Five years")
    file_store.engine.dispose()
    assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("atlas.db*"))


def test_small_counts_are_never_frozen(world: Library) -> None:
    result = gap(world, "2020", "idaci2015", "caseload_families", small_counts=True)
    with pytest.raises(ValueError, match="never keeps figures that viewers may not see"):
        frozen(result, None, world, "meeting", LINK)


def test_a_store_made_before_there_were_decisions_is_brought_up_to_date(store: Store) -> None:
    taken_back(store, "0002")
    again = opened(store.place, filled=False)
    record(again, WORDS, shown(again), "Kim")
    with pytest.raises(StoreRefusal, match="never changes"), again.writing() as session:
        session.execute(text("DELETE FROM decision"))
    again.engine.dispose()
