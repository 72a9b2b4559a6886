"""One ward on one sheet of A4, as data: the same words, blocks and sources for the screen and for the PDF."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.editions import Edition
from analysis.present import ward_sheet_blocks as blocks
from analysis.present import ward_view
from analysis.present.ward_sheet_block import Block
from analysis.present.ward_sheet_unknown import services, unknown

MEANING = (
    "Published: as the source gives it. Modelled: worked out by us. Illustrative figures were made up by a script and "
    "say nothing about this ward."
)
SECTIONS = (
    "need",
    "provision",
    "toxic_trio",
    "low_income",
    "domains",
    "deprivation",
    "children",
    "indicators",
    "caseload",
    "commissioned",
    "listed",
    "located",
    "reach",
    "changes",
)
MOST_PLACES = 6
Made = Callable[[pd.DataFrame], Block]


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet: who it is about, the answer, the blocks where they stand, and the sources by number.

    `services` and `unknown` hold one block each at most; the browser's own print, which has less room, goes without.
    """

    title: str
    about: str
    answer: str
    more: str
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    wide: tuple[Block, ...]
    services: tuple[Block, ...]
    unknown: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in the order it is read."""
        return (*self.left, *self.services, *self.right, *self.wide, *self.unknown)

    @property
    def short(self) -> Sheet:
        """The same without the blocks that only the PDF has room for."""
        return replace(self, services=(), unknown=())

    @property
    def sources(self) -> tuple[str, ...]:
        """The files behind the sheet, in the order they are numbered, each with the places in it."""
        found: dict[str, dict[str, None]] = {}
        for block in self.blocks:
            for name, places in block.sources:
                found.setdefault(name, {}).update(dict.fromkeys(places))
        return tuple(f"{name}: {_places([*places])}" if places else name for name, places in found.items())

    @property
    def named(self) -> tuple[str, ...]:
        """The files behind the sheet in the order they are numbered, without the places in them."""
        return tuple(dict.fromkeys(name for block in self.blocks for name, _ in block.sources))

    def numbers(self, block: Block) -> tuple[int, ...]:
        """The numbers of the sources of a block."""
        order = self.named
        return tuple(order.index(name) + 1 for name, _ in block.sources)


def sheet(
    facts: pd.DataFrame,
    edition: Edition,
    ward: str,
    name: str,
    need: tuple[str, str],
    *,
    more_is_worse: Collection[str],
    left_out: Mapping[str, str] | None = None,
) -> Sheet:
    """The sheet of a ward.

    `need` is the title and the short name of the need in scope, `more_is_worse` the indicators of which more is
    worse, and `left_out` the sections of the facts that could not be made, each with the reason.
    """
    first, more = ward_view.summary(facts, name, *need)
    families = ("toxic_trio", blocks.toxic_trio) if edition.id == "2020" else ("low_income", blocks.low_income)
    left: list[tuple[str, Made]] = [
        ("need", blocks.needs),
        ("provision", blocks.provision),
        families,
        ("children", blocks.children),
    ]
    right: list[tuple[str, Made]] = [
        ("domains", blocks.deprivation),
        ("indicators", lambda rows: blocks.indicators(rows, more_is_worse)),
        ("reach", blocks.reach),
    ]
    wide: list[tuple[str, Made]] = [("changes", blocks.changes)]
    made_left, made_right, made_wide = (_made(facts, chosen) for chosen in (left, right, wide))
    return Sheet(
        f"{name} ward",
        f"{ward}, one of {edition.wards}. Edition {edition.title}. {_dates(facts)}".rstrip(),
        first,
        more,
        made_left,
        made_right,
        made_wide,
        _made(facts, [("commissioned", services)]),
        (unknown(facts, dict(left_out or {})),),
    )


def _made(facts: pd.DataFrame, chosen: list[tuple[str, Made]]) -> tuple[Block, ...]:
    """Those blocks of which there are facts."""
    there = set(facts["section"])
    return tuple(make(facts) for section, make in chosen if section in there)


def _places(places: list[str]) -> str:
    """Places in a source; where they are many, the first of them."""
    further = f"; and {len(places) - MOST_PLACES} more places" if len(places) > MOST_PLACES else ""
    return f"{'; '.join(places[:MOST_PLACES])}{further}"


def _dates(facts: pd.DataFrame) -> str:
    needs = list(dict.fromkeys(ward_view.of(facts, "need")["period"]))
    return f"Dates stand beside each heading; need is of {'; '.join(needs)}." if needs else ""
