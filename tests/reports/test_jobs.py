"""The desk where reports are made: real processes, killed, cancelled and refused, that leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from analysis.reports import jobs, ward_profile
from analysis.reports.jobs import Desk, Order, Seat, State, Status
from analysis.sources.library import Library

ORDER = Order("ward-profile", {"edition": "2026", "made_on": "2026-11-28", "ward": "E05012488"})
PATIENCE = 120.0
BEGIN = """
import json, os, sys, time
from datetime import date
from pathlib import Path
folder = Path(json.loads(sys.stdin.readline())["folder"])
say = lambda **told: print(json.dumps(told), flush=True)
(folder / "unfinished").write_bytes(b"half")
say(done=1, of=3, what=str(os.getpid()))
"""
HANGS = f"{BEGIN}\nsys.stdin.read()\n"
CRASHES = f"{BEGIN}\nraise MemoryError\n"
MAKES = (
    f"{BEGIN}\n(folder / 'unfinished').rename(folder / 'made.pdf')\nsay(made=dict(file_name='made.pdf', mime='a/b'))\n"
)
LIES = f"{BEGIN}\nsay(made=dict(file_name='../elsewhere.pdf', mime='a/b'))\n"
BABBLES = f"{BEGIN}\nprint('not what was agreed', flush=True)\nsys.stdin.read()\n"

OpenDesk = Callable[..., Desk]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, and nothing else stands."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def desk(folder: Path) -> Iterator[OpenDesk]:
    """Desks whose reports are made by a few lines of Python; closed at the end."""
    opened: list[Desk] = []

    def begin(script: str, **more: object) -> Desk:
        opened.append(Desk(command=(sys.executable, "-c", script), **more))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def over(status: Status) -> bool:
    return not status.active


def under_way(status: Status) -> bool:
    return status.done == 1


def ended(desk: Desk, reader: str = "a") -> Status:
    status = desk.wait(reader, over, PATIENCE)
    assert status is not None
    assert over(status)
    return status


def begun(desk: Desk, reader: str = "a") -> Status:
    status = desk.wait(reader, under_way, PATIENCE)
    assert status is not None
    assert under_way(status)
    return status


def empty(folder: Path, desk: Desk) -> bool:
    """Whether nothing is left, once every process has ended."""
    with desk._turn:
        desk._turn.wait_for(lambda: desk._running == 0, PATIENCE)
    return list(folder.iterdir()) == []


def test_what_is_made_waits_for_its_reader_until_another_is_asked_for(folder: Path, desk: OpenDesk) -> None:
    opened = desk(MAKES)
    opened.ask("a", ORDER)
    status = ended(opened)
    assert (status.state, status.mime, status.of) == (State.DONE, "a/b", 3)
    assert status.file is not None
    assert status.file.read_bytes() == b"half"
    opened.ask("a", ORDER)
    assert not status.file.exists()
    ended(opened)
    opened.forget("a")
    assert empty(folder, opened)
    assert opened.status("a") is None


def test_a_session_that_ends_takes_its_report_along(folder: Path, desk: OpenDesk) -> None:
    opened = desk(MAKES)
    seat = Seat(opened)
    seat.ask(ORDER)
    assert ended(opened, seat.reader).state is State.DONE
    seat.leave()
    assert empty(folder, opened)
    assert seat.status() is None


@pytest.mark.parametrize("stopped", ["cancel", "forget"])
def test_a_report_stopped_half_way_leaves_nothing(folder: Path, desk: OpenDesk, stopped: str) -> None:
    opened = desk(HANGS)
    opened.ask("a", ORDER)
    begun(opened)
    assert any(folder.iterdir())
    getattr(opened, stopped)("a")
    assert empty(folder, opened)
    found = opened.status("a")
    assert found is None if stopped == "forget" else found is not None and found.state is State.CANCELLED


def test_a_process_that_is_killed_leaves_nothing_and_is_said_to_have_failed(folder: Path, desk: OpenDesk) -> None:
    opened = desk(HANGS)
    opened.ask("a", ORDER)
    os.kill(int(begun(opened).what), signal.SIGKILL)
    status = ended(opened)
    assert (status.state, status.said) == (State.FAILED, jobs.WENT_WRONG)
    assert empty(folder, opened)


@pytest.mark.parametrize("script", [CRASHES, LIES, BABBLES], ids=["crashes", "lies", "babbles"])
def test_a_process_that_goes_wrong_leaves_nothing(folder: Path, desk: OpenDesk, script: str) -> None:
    opened = desk(script)
    opened.ask("a", ORDER)
    status = ended(opened)
    assert (status.state, status.said) == (State.FAILED, jobs.WENT_WRONG)
    assert empty(folder, opened)


def test_a_report_that_takes_too_long_is_stopped(folder: Path, desk: OpenDesk) -> None:
    opened = desk(HANGS, longest=0.5)
    opened.ask("a", ORDER)
    assert ended(opened).said == jobs.TOO_LONG
    assert empty(folder, opened)


def test_a_process_that_cannot_be_started_is_said_to_have_failed(folder: Path) -> None:
    opened = Desk(command=(str(folder / "nothing"),))
    opened.ask("a", ORDER)
    assert ended(opened).said == jobs.WENT_WRONG
    assert empty(folder, opened)


def test_the_others_wait_their_turn_and_one_who_gives_up_makes_room(folder: Path, desk: OpenDesk) -> None:
    opened = desk(HANGS, at_once=1)
    for reader in "abc":
        opened.ask(reader, ORDER)
    begun(opened)
    waiting = [opened.status(reader) for reader in "bc"]
    assert [(status.state, status.ahead) for status in waiting if status] == [(State.WAITING, 0), (State.WAITING, 1)]
    opened.cancel("b")
    opened.cancel("a")
    assert begun(opened, "c").state is State.RUNNING
    opened.close()
    assert empty(folder, opened)


def test_a_process_made_ready_is_the_one_that_is_used(folder: Path, desk: OpenDesk) -> None:
    opened = desk(HANGS)
    opened.make_ready()
    assert opened._ready is not None
    waits = opened._ready.pid
    opened.make_ready()
    opened.ask("a", ORDER)
    assert begun(opened).what == str(waits)


def test_what_a_killed_server_left_is_swept_a_day_later(folder: Path) -> None:
    old, new, foreign = (folder / name for name in (f"{jobs.PREFIX}old", f"{jobs.PREFIX}new", "foreign"))
    for made in (old, new, foreign):
        made.mkdir()
    for made in (old, foreign):
        os.utime(made, (0, 0))
    Desk()
    assert sorted(folder.iterdir()) == sorted([new, foreign])


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[Sequence[str]], subprocess.Popen[str]]]:
    """The real process, and whatever it was left with ended."""
    started: list[subprocess.Popen[str]] = []

    def begin(said: Sequence[str]) -> subprocess.Popen[str]:
        started.append(jobs._started(jobs.COMMAND))
        assert started[-1].stdin is not None
        for line in said:
            started[-1].stdin.write(line)
        started[-1].stdin.flush()
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def test_a_real_report_is_made_in_a_real_process_and_is_the_same_there(folder: Path, shipped: Library) -> None:
    opened = Desk()
    opened.ask("a", ORDER)
    status = ended(opened)
    assert (status.state, status.said) == (State.DONE, "")
    assert status.file is not None
    assert status.file.name == "ward_profile_twerton_2026.pdf"
    assert status.file.read_bytes() == ward_profile.pdf(shipped, "2026", "Twerton", made_on=date(2026, 11, 28))
    opened.ask("a", Order("ward-profile", {**ORDER.params, "ward": "nowhere"}))
    refused = ended(opened)
    assert refused.said == "'nowhere' is not one of the 33 wards since 2019, which the 2026 edition uses."
    assert empty(folder, opened)


def test_a_process_whose_server_is_gone_deletes_its_folder_and_ends(
    child: Callable[[Sequence[str]], subprocess.Popen[str]], tmp_path: Path
) -> None:
    made = tmp_path / "report"
    made.mkdir()
    order = '{"report": "all-ward-profiles", "version": null, "params": {"edition": "2026", "made_on": "2026-11-28"}'
    process = child([f'{order}, "folder": "{made}"}}\n'])
    assert process.stdin is not None
    assert process.stdout is not None
    assert "reading the tables" in process.stdout.readline()
    process.stdin.close()
    assert process.wait(PATIENCE) == 1
    assert not made.exists()
