"""The statistics against a folder of right answers: `python -m tests.oracles FOLDER` (or `make oracles DIR=FOLDER`).

One line a file of the folder's manifest, then `N passed, M failed`; the exit code is 1 when any file failed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.oracles.folder import Folder
from tests.oracles.run import outcomes


def main(arguments: list[str]) -> int:
    """Check the folder named, print what was found, and return the exit code."""
    if len(arguments) != 1:
        print("Name one folder of right answers: make oracles DIR=../shared/oracles")
        return 2
    try:
        found = outcomes(Folder(Path(arguments[0])))
    except ValueError as wrong:
        print(wrong)
        return 2
    for outcome in found:
        print(outcome.line)
    failed = sum(not outcome.passed for outcome in found)
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
