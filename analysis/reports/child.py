"""The process a report is made in: reads one order, says each step on a line of its own, and writes one file.

`python -m analysis.reports.child` reads what reports need while it waits for the order, one line of JSON, the tables
the atlas ships among it. When whoever gave it is gone, which is seen by the end of what is read, the folder is deleted
and the process ends; so it does when no order comes.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.refusal import Refusal
from analysis.reports.registry import report_of
from analysis.sources.catalogue import LAYER, CatalogueError
from analysis.sources.library import Library

UNFINISHED = "unfinished"
HEAVIEST = "analysis.reports.ward_profile"
PATIENCE_SECONDS = 600.0


def main() -> int:
    """Make what is ordered; returns 0 when it is made, 1 when it is refused."""
    _give_way()
    import_module(HEAVIEST)
    shipped = _shipped()
    impatient = threading.Timer(PATIENCE_SECONDS, os._exit, (0,))
    impatient.daemon = True
    impatient.start()
    asked = sys.stdin.readline()
    impatient.cancel()
    if not asked:
        return 0
    order = json.loads(asked)
    threading.Thread(target=_end_with_the_server, args=(Path(order["folder"]),), daemon=True).start()
    try:
        made = _made(order, shipped)
    except (Refusal, CatalogueError) as refused:
        _say(refused=str(refused))
        return 1
    _say(made=made)
    return 0


def _shipped() -> Library | None:
    """The tables the atlas ships, read while there is time; None when they are not as declared, which is said later."""
    try:
        library = Library()
        for entry in library.entries.values():
            if entry.contract != LAYER:
                library.table(entry.contract)
    except CatalogueError:
        return None
    return library


def _made(order: dict[str, Any], shipped: Library | None) -> dict[str, str]:
    report, version = report_of(order["report"], order["params"]), order["version"]
    library = shipped if shipped is not None and version is None else library_of(version)
    made = report.make(library, order["params"], _step)
    folder = Path(order["folder"])
    (folder / UNFINISHED).write_bytes(made.content)
    (folder / UNFINISHED).replace(folder / made.file_name)
    return {"file_name": made.file_name, "mime": made.mime}


def library_of(version: int | None) -> Library:
    """The tables of a version of the store, or those the atlas ships. Raises Refusal when they cannot be read."""
    if version is None:
        return Library()
    from analysis.store.opening import opened
    from analysis.store.publishing import publications
    from analysis.store.reading import of_version

    store = opened(filled=False)
    library = of_version(store, version)
    last = next((one for one in publications(store) if one.version == version), None)
    if last is not None:
        library.publication, library.at = last.id, last.at
    return library


def _give_way() -> None:
    """Let those who click go first, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(5)


def _step(done: int, of: int, what: str) -> None:
    _say(done=done, of=of, what=what)


def _say(**told: object) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


def _end_with_the_server(folder: Path) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
