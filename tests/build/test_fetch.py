"""Fetching a file: whole, of the right type, in time, from the declared host, or not at all and in one sentence."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from analysis.build.refresh.fetch import Limits, fetch
from analysis.build.refresh.publishers import CSV_TYPES, PUBLISHED, Published, published
from analysis.build.refresh.troubles import NOTHING, SourceTrouble
from analysis.refusal import Refusal
from tests.world.publisher import Answer, Publisher, publisher

QUICK = Limits(connect=2, read=0.3, seconds=5, tries=3, wait=0)
BODY = b"a,b\n1,2\n"
GOOD = Answer(BODY)


@pytest.fixture
def press() -> Iterator[Publisher]:
    with publisher() as running:
        yield running


def file(press: Publisher, *answers: Answer, **changes: object) -> Published:
    row = Published("made-up", "A made-up table", "World", press.serve("/table.csv", *answers), CSV_TYPES, 1000)
    return replace(row, **changes)


def refused(row: Published, limits: Limits = QUICK) -> str:
    with pytest.raises(SourceTrouble) as trouble:
        fetch(row, limits)
    told = str(trouble.value)
    assert told.endswith(NOTHING)
    assert "\n" not in told
    assert isinstance(trouble.value, Refusal)
    return told


def test_a_whole_file_comes_with_its_checksum_and_where_it_is_from(press: Publisher) -> None:
    fetched = fetch(file(press, GOOD), QUICK)
    assert fetched.content == BODY
    record = fetched.record()
    assert record["sha256"] == hashlib.sha256(BODY).hexdigest()
    assert (record["bytes"], record["content_type"], record["url"]) == (8, "text/csv", press.address + "/table.csv")
    assert str(record["fetched_at"]).endswith("+00:00")


def test_a_packed_body_is_unpacked(press: Publisher) -> None:
    packed = Answer(gzip.compress(BODY), headers=(("Content-Encoding", "gzip"),))
    assert fetch(file(press, packed), QUICK).content == BODY


def test_a_server_error_that_passes_is_tried_again(press: Publisher) -> None:
    assert fetch(file(press, Answer(status=500), Answer(status=503), GOOD), QUICK).content == BODY
    assert len(press.asked) == 3


def test_a_server_error_that_stays_is_told_after_the_last_try(press: Publisher) -> None:
    told = refused(file(press, Answer(status=502)))
    assert "A made-up table: 127.0.0.1 answers that it cannot serve it now (error 502)." in told
    assert "Tried 3 times: try again later." in told
    assert len(press.asked) == 3


def test_what_is_not_found_is_not_asked_for_again(press: Publisher) -> None:
    told = refused(file(press, Answer(status=404)))
    assert f"A made-up table is no longer at {press.address}/table.csv (error 404)." in told
    assert "give it by ATLAS_SOURCE_MADE_UP" in told
    assert len(press.asked) == 1


def test_what_is_forbidden_is_told(press: Publisher) -> None:
    assert "127.0.0.1 refuses it (error 403)" in refused(file(press, Answer(status=403)))


def test_a_body_that_ends_early_is_tried_again_and_taken_when_whole(press: Publisher) -> None:
    assert fetch(file(press, Answer(BODY, short=3), GOOD), QUICK).content == BODY


def test_a_body_that_always_ends_early_is_never_taken(press: Publisher) -> None:
    assert "broke off after" in refused(file(press, Answer(BODY, short=3)))


def test_a_server_that_does_not_answer_is_too_slow(press: Publisher) -> None:
    told = refused(file(press, Answer(silent=True)), replace(QUICK, read=0.1, tries=1))
    assert "127.0.0.1 is too slow to answer" in told


def test_a_body_that_stops_coming_is_too_slow(press: Publisher) -> None:
    told = refused(file(press, Answer(b"x" * 200, drip=True)), replace(QUICK, read=0.005, tries=1))
    assert "too slow" in told


def test_a_body_that_only_drips_is_stopped_in_time(press: Publisher) -> None:
    told = refused(file(press, Answer(b"x" * 900, drip=True)), replace(QUICK, seconds=0.15))
    assert "had not come after 0.15 seconds" in told
    assert len(press.asked) == 1


@pytest.mark.parametrize("length", [True, False])
def test_a_body_that_is_too_large_is_stopped(press: Publisher, length: bool) -> None:
    told = refused(file(press, Answer(b"x" * 5000, length=length)))
    assert "is larger than 0.001 MB" in told


def test_a_small_packed_body_that_unpacks_too_large_is_stopped(press: Publisher) -> None:
    bomb = Answer(gzip.compress(b"0" * 1_000_000), headers=(("Content-Encoding", "gzip"),))
    assert len(bomb.body) < 1100
    assert "is larger than 0.002 MB" in refused(file(press, bomb, most_bytes=2000))


def test_a_web_page_is_not_a_table(press: Publisher) -> None:
    told = refused(file(press, Answer(b"<html>", "text/html; charset=utf-8")))
    assert "gives a web page, not text/csv or the like" in told


def test_another_type_is_named(press: Publisher) -> None:
    assert "a file of type image/png" in refused(file(press, Answer(b"x", "image/png")))


def test_what_begins_otherwise_than_its_type_is_not_taken(press: Publisher) -> None:
    assert "though it is said to be" in refused(file(press, GOOD, begins=b"PK"))


def test_an_empty_file_is_not_taken(press: Publisher) -> None:
    assert "came empty" in refused(file(press, Answer(b"")))


def test_the_reader_may_be_sent_on_within_the_host(press: Publisher) -> None:
    press.serve("/new.csv", GOOD)
    fetched = fetch(file(press, Answer(status=302, headers=(("Location", "/new.csv"),))), QUICK)
    assert (fetched.content, fetched.url) == (BODY, press.address + "/new.csv")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("https://elsewhere.example/table.csv", "sends the reader on to elsewhere.example, which is not declared"),
        ("http://elsewhere.example/table.csv", "is not an https address"),
        ("file:///etc/hostname", "is not an https address"),
        ("/table.csv", "more than 5 times"),
    ],
)
def test_the_reader_is_not_sent_elsewhere(press: Publisher, place: str, said: str) -> None:
    assert said in refused(file(press, Answer(status=302, headers=(("Location", place),))))


def test_what_cannot_be_reached_is_told() -> None:
    with publisher() as gone:
        row = file(gone, GOOD)
    assert "127.0.0.1 cannot be reached" in refused(row)


@pytest.mark.parametrize("url", ["http://example.org/x.csv", "ftp://127.0.0.1/x.csv", "", "x.csv"])
def test_only_https_and_this_machine_are_asked(press: Publisher, url: str) -> None:
    assert "is not an https address" in refused(file(press, GOOD, url=url))


def test_every_declared_address_is_https_and_says_where_its_shape_is_known_from() -> None:
    assert len({row.setting for row in PUBLISHED.values()}) == len(PUBLISHED)
    for row in PUBLISHED.values():
        assert (row.url or row.page).startswith("https://")
        assert row.seen
        assert 0 < row.most_bytes <= 100_000_000


def test_a_file_whose_address_changes_every_year_says_where_to_find_it() -> None:
    told = refused(PUBLISHED["cilif"])
    assert "has a new address every year. Find it at https://www.gov.uk/government/collections/" in told
    assert "give it by ATLAS_SOURCE_CILIF" in told


def test_an_address_is_replaced_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_SOURCE_IOD2019", "https://new.example/file7.csv")
    assert published("iod2019").url == "https://new.example/file7.csv"
    assert published("iod2025").url == PUBLISHED["iod2025"].url
