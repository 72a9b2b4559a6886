"""The filters of the service map: a life stage, a need and a provider."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis import services
from pages.components import scope
from pages.components.cached import services as cached_services

ALL = "all"


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see of the service map; None where everything."""

    life_stage: str | None
    need_id: str | None
    provider: str | None

    @property
    def named(self) -> str:
        """What a download of it is called."""
        return "_".join(["service_map", *(part for part in (self.life_stage, self.need_id) if part)])


def choose() -> Filters:
    """Draw the three controls side by side and return what they say."""
    cells = cached_services.service_cells()
    needs = dict(zip(cells["need_id"], cells["need"], strict=True))
    runs = services.providers(cells)
    life, need, provider = st.columns(3)
    with life:
        stage = _one("life", "Show life stage", services.LIFE_STAGES, "All life stages")
    with need:
        need_id = _one("about", "Show need", needs, "All needs")
    with provider:
        run_by = _one("provider", "Show provider", runs, "All providers")
    return Filters(stage, need_id, runs[run_by] if run_by else None)


def kept(filters: Filters) -> pd.DataFrame:
    """The cells of the need and life stage asked for, whoever runs what is in them."""
    return services.at(cached_services.service_cells(), filters.need_id, filters.life_stage)


def shown(filters: Filters) -> pd.DataFrame:
    """The cells asked for, with the services of the provider asked for."""
    cells = kept(filters)
    return services.run_by(cells, filters.provider) if filters.provider else cells


def _one(name: str, words: str, titles: dict[str, str], everything: str) -> str | None:
    chosen = scope.option(name, words, [ALL, *titles], ALL, {ALL: everything, **titles})
    return None if chosen == ALL else chosen
