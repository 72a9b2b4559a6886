"""What must hold of any file somebody uploads, and a process of its own that puts very many to the test."""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

from analysis.editions import EDITIONS
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.store.builtin import fill
from analysis.store.database import Store
from analysis.store.drafts import put_table, start_draft
from analysis.store.export import DANGEROUS, defused
from analysis.store.opening import opened as store_opened
from analysis.store.place import in_file
from analysis.store.reading import of_version
from analysis.uploads.annotated import annotated
from analysis.uploads.check import Checked, checked
from analysis.uploads.limits import LISTED
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import Opened, read
from analysis.uploads.remarks import Remark, Unreadable
from analysis.uploads.table import Located, located
from tests.uploads.corpus import HOSTILE, mutated
from tests.world import three_wards

REFUSED, FAULTY, ACCEPTED = "refused", "faulty", "accepted"
MOST_MEMORY, MOST_SECONDS, ADDRESSES = 2**30, 10.0, 4 * 2**30
ACTIVE = re.compile(rb"<(?:f|hyperlink|oleObject|script|img)[\s/>]|externalLink|vbaProject", re.IGNORECASE)


def taken(content: bytes, name: str, contract: Contract) -> tuple[Opened, Located, Checked]:
    """A file read, its table found, its headings mapped as suggested, and the whole checked. Raises Unreadable."""
    given = read(content, name)
    where = located(given, contract)
    return given, where, checked(given, where, contract, suggested(where, contract, {}), name)


def judged(content: bytes, name: str, contract: Contract, keep: Callable[[Checked, Contract, str], None]) -> str:
    """What became of a file; everything it must not do is asserted on the way, and what is accepted is kept."""
    try:
        given, where, found = taken(content, name, contract)
    except Unreadable as problem:
        _plain(problem.remark)
        return REFUSED
    for remark in (*found.faults, *found.notes):
        _plain(remark)
    assert len(found.faults) == len(found.cells) == min(found.total, LISTED)
    inert(annotated(given, where, found))
    if not found.lawful:
        assert found.frame is None
        return FAULTY
    assert found.frame is not None
    keep(found, contract, name)
    return ACCEPTED


def inert(content: bytes) -> None:
    """Assert that a workbook of ours is well formed, and that nothing in it can be run or followed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert not name.startswith(("/", ".."))
            part = archive.read(name)
            if not name.endswith(".vml"):
                fromstring(part)
            assert not ACTIVE.search(part), (name, ACTIVE.search(part))


def _plain(remark: Remark) -> None:
    for text in (remark.sheet, remark.column, remark.found, remark.expected, remark.remedy):
        assert text
        assert text.isprintable(), text
        text.encode("utf-8")


class Keeper:
    """A store of the three-ward world, into whose draft accepted tables are put."""

    def __init__(self, folder: Path) -> None:
        world = Library(three_wards.build(folder / "world"))
        self.store: Store = store_opened(in_file(folder / "atlas.db"), filled=False)
        fill(self.store, world.root)
        self.draft = start_draft(self.store, next(reversed(EDITIONS)), "Uploads", "Ann")

    def keep(self, found: Checked, contract: Contract, name: str) -> None:
        """Put a table into the draft, read it back the same, and see that its export runs nothing."""
        assert found.frame is not None
        rows = put_table(self.store, self.draft, contract.name, found.frame, {}, name, "Ann")
        assert rows == len(found.frame)
        held = of_version(self.store, self.draft).table(contract.name)
        wanted = found.frame.sort_values(list(contract.key), kind="stable", ignore_index=True)
        assert held.equals(wanted)
        for cells in defused(held).select_dtypes(include=["str", "object"]).to_numpy():
            assert not any(isinstance(cell, str) and cell.startswith(DANGEROUS) for cell in cells)


def _cases(first: int, count: int) -> Iterator[tuple[str, str, Contract, bytes]]:
    for about, make in HOSTILE.items() if first == 0 else ():
        yield about, "upload.xlsx", CONTRACTS["PLACE_LABELS"], make()
    for number in range(first, first + count):
        yield f"mutation {number}", *mutated(number)


def most_memory() -> int:
    """The most memory this process held, in bytes: what Linux says of it alone, not of the one that started it."""
    told = Path("/proc/self/status")
    if told.exists():
        line = next(line for line in told.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(first: int, count: int) -> None:
    """Judge the hostile files and `count` mutations from number `first` on; print what came of it as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    outcomes: Counter[str] = Counter()
    worst: dict[str, tuple[float, str]] = {REFUSED: (0.0, ""), FAULTY: (0.0, ""), ACCEPTED: (0.0, "")}
    crashes: list[str] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder))
        for about, name, contract, content in _cases(first, count):
            before = time.process_time()
            try:
                outcome = judged(content, name, contract, keeper.keep)
            except Exception as error:
                crashes.append(f"{about} ({contract.name}): {type(error).__name__}: {str(error)[:300]}")
                continue
            outcomes[outcome] += 1
            worst[outcome] = max(worst[outcome], (round(time.process_time() - before, 2), about))
    peak = most_memory()
    seconds = round(time.monotonic() - started, 1)
    told = {"outcomes": outcomes, "worst": worst, "crashes": crashes, "peak": peak, "seconds": seconds}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
