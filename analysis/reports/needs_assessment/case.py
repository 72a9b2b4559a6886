"""What the chapters are written from: one library and edition, with what several of them share worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from analysis import indicator_places, indicators, services
from analysis.editions import Edition
from analysis.gap import Gap, gap, lenses, why_not_compared
from analysis.indicators import Indicators
from analysis.need import NeedLens
from analysis.pictures.chart import chart
from analysis.pictures.map import map_picture
from analysis.pictures.sheet import Words as Around
from analysis.present.gap_view import MapView
from analysis.present.layers import map_layer
from analysis.present.words import OWN_RETURN
from analysis.provision import ProvisionLens
from analysis.reports.needs_assessment.blocks import Block, Notice, Picture, Points, Words
from analysis.reports.needs_assessment.letters import paragraphs
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Case:
    """One edition of one library, the need that provision is set against, and the publication before, if any."""

    library: Library
    edition: Edition
    need: NeedLens
    before: Library | None = None

    @property
    def names(self) -> Mapping[str, str]:
        """Area names by code."""
        return self.library.names

    @property
    def council(self) -> str:
        """The council by name."""
        return self.library.council.name

    @cached_property
    def held(self) -> Indicators:
        """Every indicator."""
        return indicators.collected(self.library)

    @cached_property
    def overview(self) -> pd.DataFrame:
        """The newest figure of each indicator beside England's, with the range of councils."""
        spread = indicator_places.ranges(self.held.observations, self.held.ranges)
        found = indicators.overview(self.held).merge(spread, on=indicator_places.KEYS, how="left")
        return found.assign(of_england=found["of_england"].eq(True))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every cell of the service map."""
        return services.cells(self.library)

    @cached_property
    def provisions(self) -> list[ProvisionLens]:
        """The provisions the need may be set against, the real ones first."""
        offered = lenses(self.edition.id)[1]
        return [lens for lens in offered if why_not_compared(self.edition.id, self.need, lens) is None]

    @property
    def complete(self) -> ProvisionLens:
        """The first provision that is known of every ward, so that equity may be asked."""
        return next(lens for lens in self.provisions if lens.kind != "shares")

    @cached_property
    def _gaps(self) -> dict[str, Gap]:
        return {}

    def gap(self, provision: str) -> Gap:
        """The need against one provision, as a viewer sees it. Raises Refusal."""
        if provision not in self._gaps:
            self._gaps[provision] = gap(self.library, self.edition.id, self.need.id, provision)
        return self._gaps[provision]

    def chart(
        self, figure: go.Figure, key: str, title: str, alt: str, basis: str, sources: Sequence[str], note: str = ""
    ) -> Picture:
        """A figure of the pages as a picture of the document."""
        content = chart(figure, Around("", (), basis))
        return Picture(key, title, content, alt, basis, tuple(sources), note)

    def map(
        self,
        view: MapView,
        layer: str,
        key: str,
        title: str,
        basis: str,
        sources: Sequence[str],
        *,
        noun: str = "wards",
    ) -> Block:
        """A map of the pages as a picture of the document; a notice where it cannot be drawn."""
        try:
            drawn = map_layer(self.library, layer)
            content = map_picture(view, drawn, Around("", (), basis), noun=noun, root=self.library.root)
        except NotHeld as missing:
            return Notice(f"The map is left out: {missing.reason}.", "left_out")
        except OSError:
            return Notice(f"The map is left out: the edition does not hold the boundaries of its {noun}.", "left_out")
        return Picture(key, title, content, view.alt, basis, tuple(sources), f"{drawn.attribution}.")


def answer(said: tuple[str, str]) -> list[Block]:
    """The answer of a page: its sentence, and what to know before using it."""
    told = [words.replace(OWN_RETURN, "").strip() for words in said]
    return [Words(words, answer=first) for words, first in zip(told, (True, False), strict=True) if words]


def markdown(text: str) -> list[Block]:
    """Markdown of ours as paragraphs and lists."""
    made: list[Block] = []
    for words, item in paragraphs(text):
        last = made[-1] if made else None
        if item and isinstance(last, Points):
            made[-1] = Points((*last.items, words), marked=True)
        else:
            made.append(Points((words,), marked=True) if item else Words(words, marked=True))
    return made


def without(basis: str, *others: str) -> str:
    """The basis of several figures together: that of the least sure of them."""
    found = {basis, *others}
    return next((one for one in ("illustrative", "modelled") if one in found), "published")
