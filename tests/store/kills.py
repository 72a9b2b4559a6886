"""An editor's process, killed with SIGKILL at a chosen moment of an upload or a publication.

The process is forked from one that has imported everything, so that a kill costs what the upload costs and no more.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from typing import NoReturn

from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text, csv_bytes
from analysis.store.database import Store
from analysis.store.drafts import checked, csv_text, put_table, start_draft
from analysis.store.opening import opened
from analysis.store.place import Place
from analysis.store.publishing import publish
from tests.store.editors import shown, stamp

STEPS = ("opening", "starting", "reading", "checking", "putting", "publishing")
Note = Callable[[str], object]


def uploaded(store: Store, library: Library, number: int, note: Note) -> None:
    """Both tables of the world, stamped, go from the bytes of a file to everybody; `note` hears each step begin."""
    files = {contract: csv_bytes(as_text(frame)) for contract, frame in stamp(library, number).items()}
    note("starting")
    draft = start_draft(store, "2026", f"Draft {number}", "Ann")
    for contract, content in files.items():
        note("reading")
        cells = csv_text(content, f"{contract}.csv")
        note("checking")
        frame = checked(cells, CONTRACTS[contract], f"{contract}.csv")
        note("putting")
        put_table(store, draft, contract, frame, {}, f"{contract}.csv", "Ann")
    note("publishing")
    publish(store, draft, shown(store), "Ann")


def durations(where: Place, library: Library) -> dict[str, float]:
    """The seconds each step takes here, from doing all of them once."""
    moments: list[tuple[str, float]] = []

    def note(step: str) -> None:
        moments.append((step, time.perf_counter()))

    note("opening")
    uploaded(opened(where, filled=False), library, 1, note)
    note("")
    taken = [(step, later - began) for (step, began), (_, later) in pairwise(moments)]
    return {step: max(seconds for name, seconds in taken if name == step) for step in STEPS}


def aims(chance: random.Random, takes: dict[str, float]) -> Iterator[tuple[str, int, float]]:
    """Moments without end: a step, which of its times, and seconds after it begins.

    Each step comes up in turn, every other time before the editor has published anything and else after.
    """
    for number in count():
        step, later = STEPS[number % len(STEPS)], (number + number // len(STEPS)) % 2
        yield step, chance.randint(2, 4) if later and step != "opening" else 1, takes[step] * chance.random()


def killed(where: Place, library: Library, first: int, aim: tuple[str, int, float]) -> str:
    """Start an editor who uploads and publishes without end, and kill it at a moment; returns the step it was at."""
    step, times, after = aim
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        _without_end(where, library, first, lambda name: os.write(said, bytes([STEPS.index(name)])))
    os.close(said)
    steps = b""
    while steps.count(STEPS.index(step)) < times:
        more = os.read(heard, 1)
        assert more, "the editor's process ended by itself"
        steps += more
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with os.fdopen(heard, "rb") as rest:
        steps += rest.read()
    return STEPS[steps[-1]]


def _without_end(where: Place, library: Library, first: int, note: Note) -> NoReturn:
    """What a child does until it is killed; it ends itself only when the store fails it."""
    try:
        note("opening")
        held = opened(where, filled=False)
        for number in count(first):
            uploaded(held, library, number, note)
    finally:
        os._exit(1)
