"""A folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.refusal import Refusal


def require_new(folder: Path) -> None:
    """Raise Refusal where the folder holds anything: what is made is never mixed with what was there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder} is not an empty folder. Name a new one, so that nothing in it is overwritten.")


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write in, which takes the place of `folder` at the end; on any error nothing is left."""
    require_new(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield partial
        if folder.exists():
            folder.rmdir()
        partial.chmod(0o755)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
