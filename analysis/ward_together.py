"""What all wards of an edition share: each answer is worked out once, when the first ward asks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from analysis.editions import EDITIONS
from analysis.gap import Gap, gap
from analysis.indicators import Indicators
from analysis.refusal import Refusal
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library

T = TypeVar("T")


@dataclass(frozen=True)
class Together:
    """The files and indicators behind the wards of an edition, with the answers for all of them already worked out.

    `held` is None for a council of which no indicators are held. Nobody changes what it returns: the same frames serve
    every ward. One with `small_counts`, as `gap` takes them, is for analysts alone.
    """

    library: Library
    edition: str
    held: Indicators | None
    small_counts: bool = False
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ward_column(self) -> str:
        """The column of ward codes of the edition."""
        return EDITIONS[self.edition].ward_column

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out the first time `name` is asked for."""
        if name not in self.kept:
            self.kept[name] = make()
        found: T = self.kept[name]
        return found

    def gap(self, need_id: str, provision_id: str) -> Gap | Refusal:
        """The comparison of a need with a provision, or the refusal that says why there is none."""
        return self.once(("gap", need_id, provision_id), lambda: self._gap(need_id, provision_id))

    def _gap(self, need_id: str, provision_id: str) -> Gap | Refusal:
        try:
            return gap(self.library, self.edition, need_id, provision_id, small_counts=self.small_counts)
        except Refusal as refused:
            return refused
        except NotHeld as missing:
            return Refusal(f"Not known: {missing.reason}.")
