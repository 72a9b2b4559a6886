"""Making reports beside the server: each in a process of its own, a few at a time, one for each reader.

What is made waits in a temporary folder until its reader takes another, cancels or leaves. Whatever ends otherwise
than well leaves nothing behind.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from analysis.sources.library import ROOT

AT_ONCE = 2
LONGEST_SECONDS = 600.0
COMMAND = (sys.executable, "-m", "analysis.reports.child")
PREFIX = "early-help-atlas-report-"
STALE_SECONDS = 24 * 3600
WENT_WRONG = "The report could not be made, and nothing of it was kept. The log of the server says what went wrong."
TOO_LONG = "The report took longer than ten minutes, so it was stopped. Nothing of it was kept."
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


class State(StrEnum):
    """Where a report is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Order:
    """What is asked for: a report, its parameters and the version of the store it is made from (None: as shipped)."""

    report: str
    params: Mapping[str, str]
    version: int | None = None


@dataclass(frozen=True)
class Status:
    """How far a report is: `done` of `of` steps, `what` is done now, and how many reports go before it.

    `said` is why it failed, in a sentence; `file` is there once it is done.
    """

    order: Order
    state: State = State.WAITING
    done: int = 0
    of: int = 1
    what: str = ""
    ahead: int = 0
    said: str = ""
    file: Path | None = None
    mime: str = ""

    @property
    def active(self) -> bool:
        """Whether it is still to be waited for."""
        return self.state in (State.WAITING, State.RUNNING)


@dataclass(eq=False)
class _Job:
    status: Status
    process: subprocess.Popen[str] | None = None
    folder: Path | None = None
    too_long: bool = False


@dataclass(frozen=True)
class Seat:
    """A reader at the desk, known to nobody else; what was made for it goes when it leaves."""

    desk: Desk
    reader: str = field(default_factory=lambda: uuid4().hex)

    def ask(self, order: Order) -> None:
        """As `Desk.ask`."""
        self.desk.ask(self.reader, order)

    def status(self) -> Status | None:
        """As `Desk.status`."""
        return self.desk.status(self.reader)

    def cancel(self) -> None:
        """As `Desk.cancel`."""
        self.desk.cancel(self.reader)

    def leave(self) -> None:
        """As `Desk.forget`."""
        self.desk.forget(self.reader)


@dataclass(eq=False)
class Desk:
    """One a server. `at_once` reports are made at a time; the others wait their turn. `command` makes one."""

    at_once: int = AT_ONCE
    command: Sequence[str] = COMMAND
    longest: float = LONGEST_SECONDS
    _jobs: dict[str, _Job] = field(default_factory=dict)
    _waiting: deque[_Job] = field(default_factory=deque)
    _running: int = 0
    _ready: subprocess.Popen[str] | None = None
    _turn: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        _sweep()

    def ask(self, reader: str, order: Order) -> None:
        """Have a report made for a reader; one that reader had before, finished or not, is given up."""
        with self._turn:
            self.forget(reader)
            job = _Job(Status(order))
            self._jobs[reader] = job
            self._waiting.append(job)
            self._begin()

    def status(self, reader: str) -> Status | None:
        """How far the report of a reader is, or None when none was asked for."""
        with self._turn:
            job = self._jobs.get(reader)
            if job is None:
                return None
            return replace(job.status, ahead=self._waiting.index(job) if job in self._waiting else 0)

    def wait(self, reader: str, settled: Callable[[Status], bool], within: float) -> Status | None:
        """The status of a reader's report as soon as it is as asked, or as it is when this many seconds are over."""
        with self._turn:
            self._turn.wait_for(lambda: (found := self.status(reader)) is None or settled(found), within)
            return self.status(reader)

    def cancel(self, reader: str) -> None:
        """Stop the report of a reader, if it is not finished, and keep nothing of it."""
        with self._turn:
            job = self._jobs.get(reader)
            if job is not None:
                self._stop(job)

    def forget(self, reader: str) -> None:
        """Stop the report of a reader, and delete it if it is finished."""
        with self._turn:
            job = self._jobs.pop(reader, None)
            if job is None:
                return
            self._stop(job)
            if job.status.state is State.DONE and job.folder is not None:
                shutil.rmtree(job.folder, ignore_errors=True)

    def close(self) -> None:
        """Forget every reader, and send away the process that waits."""
        for reader in list(self._jobs):
            self.forget(reader)
        with self._turn:
            if self._ready is not None:
                self._ready.kill()
                self._ready.communicate()
                self._ready = None

    def make_ready(self) -> None:
        """Have a process read what reports need, so that the next order need not wait for that."""
        with self._turn:
            if self._ready is None or self._ready.poll() is not None:
                self._ready = _started(self.command)

    def _taken(self) -> subprocess.Popen[str]:
        """The process that waits, where one does; else a new one."""
        ready, self._ready = self._ready, None
        return ready if ready is not None and ready.poll() is None else _started(self.command)

    def _stop(self, job: _Job) -> None:
        if not job.status.active:
            return
        job.status = replace(job.status, state=State.CANCELLED)
        if job in self._waiting:
            self._waiting.remove(job)
        if job.process is not None:
            job.process.kill()

    def _begin(self) -> None:
        while self._running < self.at_once and self._waiting:
            job = self._waiting.popleft()
            job.status = replace(job.status, state=State.RUNNING, what="starting")
            self._running += 1
            threading.Thread(target=self._run, args=(job,), name="report", daemon=True).start()

    def _run(self, job: _Job) -> None:
        """Make one report from beginning to end; runs in a thread of its own, which mostly waits."""
        try:
            job.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            self._listen(job, job.folder)
        except (OSError, ValueError) as error:
            logging.getLogger(__name__).warning("A report failed: %s", error)
        finally:
            with self._turn:
                self._finish(job)
                self._running -= 1
                self._begin()
                self._turn.notify_all()

    def _listen(self, job: _Job, folder: Path) -> None:
        with self._turn:
            if not job.status.active:
                return
            job.process = self._taken()
        overdue = threading.Timer(self.longest, _overdue, (job,))
        overdue.start()
        try:
            with job.process as process:
                self._hear(job, process, folder)
        finally:
            overdue.cancel()
            job.process.kill()

    def _hear(self, job: _Job, process: subprocess.Popen[str], folder: Path) -> None:
        order = job.status.order
        told = {"report": order.report, "params": dict(order.params), "version": order.version, "folder": str(folder)}
        if process.stdin is None or process.stdout is None:
            return
        with suppress(BrokenPipeError):
            process.stdin.write(f"{json.dumps(told)}\n")
            process.stdin.flush()
        for line in process.stdout:
            with self._turn:
                job.status = _after(job.status, json.loads(line), folder)
                self._turn.notify_all()

    def _finish(self, job: _Job) -> None:
        """Settle how it ended; the folder stays only where there is something whole in it."""
        status = job.status
        if status.state is State.RUNNING:
            whole = status.file is not None and status.file.is_file() and job.process and job.process.returncode == 0
            said = TOO_LONG if job.too_long else status.said or WENT_WRONG
            job.status = replace(status, state=State.DONE) if whole else replace(status, state=State.FAILED, said=said)
        if job.status.state is not State.DONE and job.folder is not None:
            shutil.rmtree(job.folder, ignore_errors=True)


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        list(command),
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _after(status: Status, told: Mapping[str, Any], folder: Path) -> Status:
    """The status after one line of the process."""
    if "refused" in told:
        return replace(status, said=str(told["refused"]))
    if "made" in told:
        return replace(status, file=folder / Path(told["made"]["file_name"]).name, mime=str(told["made"]["mime"]))
    return replace(status, done=int(told["done"]), of=int(told["of"]), what=str(told["what"]))


def _overdue(job: _Job) -> None:
    job.too_long = True
    if job.process is not None:
        job.process.kill()


def _sweep() -> None:
    """Delete what a server that was killed left behind, a day later."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
