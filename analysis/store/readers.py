"""What viewers are served: the newest publications; when the store fails, what was last read or the shipped files."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from analysis.editions import EDITIONS
from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.opening import opened
from analysis.store.publishing import token
from analysis.store.reading import StoreLibrary, published
from analysis.store.troubles import StoreRefusal

AGAIN_SECONDS = 10.0


@dataclass(frozen=True)
class Shown:
    """What a page shows from beginning to end: libraries by base, the token they belong to, and what is wrong.

    `trouble` is a sentence for the reader when the store could not be asked, and blank otherwise.
    """

    token: str
    libraries: dict[str, Library]
    trouble: str

    def library(self, base: str) -> Library:
        """The tables of a base."""
        return self.libraries[base]


class Readers:
    """One a server. `now` is cheap when nothing was published, and never raises because of the store."""

    def __init__(self, opening: Callable[[], Store] = opened, files: Callable[[], Library] = Library) -> None:
        """Read the store that `opening` gives; `files` are what is shown while it cannot be read at all."""
        self._opening, self._files = opening, files
        self._store: Store | None = None
        self._shown: Shown | None = None
        self._asked_again = 0.0
        self._turn = threading.Lock()

    @property
    def store(self) -> Store:
        """The store itself, for editors. Raises StoreRefusal in a sentence."""
        if self._store is None:
            self._store = self._opening()
        return self._store

    def now(self) -> Shown:
        """What is published now; with `trouble` said, what was last read or what the atlas ships."""
        if not self._turn.acquire(blocking=self._shown is None or not self._shown.trouble):
            return self._last()
        try:
            if self._shown is None or time.monotonic() >= self._asked_again:
                self._shown = self._ask(self._shown)
            return self._shown
        finally:
            self._turn.release()

    def _last(self) -> Shown:
        """What was shown last, while somebody else waits for a database that does not answer."""
        return self._shown if self._shown is not None else self._without(None, "")

    def _ask(self, before: Shown | None) -> Shown:
        try:
            asked = token(self.store)
            if before is not None and before.token == asked:
                return Shown(before.token, before.libraries, "")
            return self._opened(before, asked)
        except StoreRefusal as trouble:
            self._asked_again = time.monotonic() + AGAIN_SECONDS
            return self._without(before, str(trouble))

    def _opened(self, before: Shown | None, asked: str) -> Shown:
        libraries = {base: published(self.store, base, _known(before, base)) for base in EDITIONS}
        return Shown(asked, dict(libraries), "")

    def _without(self, before: Shown | None, trouble: str) -> Shown:
        if before is not None and before.token:
            words = f"The newest publications cannot be asked for, so this is what was last read. {trouble}"
            return Shown(before.token, before.libraries, words)
        files = before.libraries if before is not None else dict.fromkeys(EDITIONS, self._files())
        return Shown("", files, f"This is what the atlas ships, not what was published since. {trouble}")


def _known(before: Shown | None, base: str) -> StoreLibrary | None:
    library = before.libraries.get(base) if before is not None else None
    return library if isinstance(library, StoreLibrary) else None
