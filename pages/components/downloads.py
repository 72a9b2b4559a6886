"""The one place downloads are offered: a small menu of files, each made only when it is asked for.

What makes a file runs outside the page: it draws nothing, asks for nothing cached, and knows what the page knew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.present.gap_view import MapView
from analysis.present.maps import MapLayer, Marked, SitePaint
from pages.components import cached, scope

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.exports.about import About
    from analysis.pictures.sheet import Kind, Words
    from analysis.sources.library import Library

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES: dict[Kind, tuple[str, str, str]] = {
    "png": ("picture (PNG)", "image/png", ":material/image:"),
    "svg": ("drawing (SVG)", "image/svg+xml", ":material/shapes:"),
}
MAP_CREDIT = "Boundaries: "
Table = Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Subject:
    """What a file is of, as far as the page knew: title, basis, sources, and whether small counts are in it."""

    title: str
    basis: str
    contracts: Sequence[str]
    view: scope.View
    library: Library
    analysts: bool
    notes: tuple[str, ...] = ()

    def about(self) -> About:
        """What the file says of itself."""
        from analysis.exports import about  # noqa: PLC0415

        return about.About(
            title=self.title,
            edition=self.view.edition,
            data=about.data_of(self.library),
            basis=self.basis,
            sources=about.entries_of(self.library, self.contracts or self.view.cited),
            page=self.view.page,
            settings=about.settings_of(self.view.settings),
            notes=self.notes,
            analysts=self.analysts,
            made_on=datetime.now().astimezone().date(),
        )

    def words(self, *more: str) -> Words:
        """What is printed on a picture."""
        from analysis.pictures.sheet import Words  # noqa: PLC0415

        return Words(self.title, (*self.about().foot, *more), self.basis, self.analysts)


def subject(name: str, basis: str, title: str = "", sources: Sequence[str] = (), note: str = "") -> Subject:
    """What the files of this run are of; `title` defaults to words made of the name of the file."""
    title = title or name.replace("_", " ").capitalize()
    notes = (note,) if note else ()
    return Subject(title, basis, sources, scope.view(), cached.library(), scope.small_counts(), notes)


def tables(
    of: Subject,
    name: str,
    key: str,
    words: str,
    *,
    figures: Table,
    shown: Table | None = None,
    chart: Callable[[], go.Figure] | None = None,
) -> None:
    """Offer a table as CSV and Excel, and its chart as a picture.

    `figures` makes the rows of the CSV, `shown` the table on screen where that is another, `chart` the figure in light.
    """
    with st.popover(words, icon=":material/download:", key=f"{key}_menu"):
        _button("Table as CSV", lambda: _csv(of, figures), file_name(name), "text/csv", key, ":material/csv:")
        excel = file_name(name, "xlsx")
        _button("Table as Excel", lambda: _excel(of, figures, shown), excel, EXCEL, f"{key}_xlsx", ":material/table:")
        if chart is not None:
            _pictures("Chart", lambda kind: _chart(of, chart, kind), name, key)


def chart_of(of: Subject, name: str, key: str, make: Callable[[], go.Figure]) -> None:
    """Offer a chart as a picture."""
    with st.popover("Download this chart", icon=":material/download:", key=f"{key}_menu"):
        _pictures("Chart", lambda kind: _chart(of, make, kind), name, key)


def map_of(
    of: Subject,
    name: str,
    key: str,
    layer: MapLayer,
    view: Callable[[], MapView],
    *,
    marked: Marked = None,
    sites: Callable[[], Sequence[SitePaint]] = tuple,
    noun: str = "wards",
) -> None:
    """Offer a map as a picture; `view` and `sites` make what is on it, in light."""

    def made(kind: Kind) -> bytes:
        from analysis.pictures.map import map_picture  # noqa: PLC0415

        words = of.words(f"{MAP_CREDIT}{layer.attribution}.")
        root = of.library.root
        return map_picture(view(), layer, words, marked=marked, sites=sites(), noun=noun, kind=kind, root=root)

    with st.popover("Download this map", icon=":material/download:", key=f"{key}_menu"):
        _pictures("Map", made, name, key)


def file_name(name: str, ending: str = "csv") -> str:
    """The name of a file to download, which says of an analyst's that it holds small counts."""
    return f"{name}{'_small_counts' if scope.small_counts() else ''}.{ending}"


def _csv(of: Subject, figures: Table) -> bytes:
    from analysis.exports.cells import table_csv  # noqa: PLC0415

    return table_csv(figures(), of.basis, analysts=of.analysts)


def _excel(of: Subject, figures: Table, shown: Table | None) -> bytes:
    from analysis.exports.workbook import workbook  # noqa: PLC0415

    rows = figures()
    return workbook(rows, of.about()) if shown is None else workbook(shown(), of.about(), rows)


def _chart(of: Subject, make: Callable[[], go.Figure], kind: Kind) -> bytes:
    from analysis.pictures.chart import chart  # noqa: PLC0415

    return chart(make(), of.words(), kind=kind)


def _pictures(what: str, make: Callable[[Kind], bytes], name: str, key: str) -> None:
    for kind, (words, mime, icon) in PICTURES.items():
        file = file_name(f"{name}_{what.lower()}", kind)
        _button(f"{what} as {words}", _one(make, kind), file, mime, f"{key}_{kind}", icon)


def _one(make: Callable[[Kind], bytes], kind: Kind) -> Callable[[], bytes]:
    return lambda: make(kind)


def _button(words: str, make: Callable[[], bytes], name: str, mime: str, key: str, icon: str) -> None:
    st.download_button(
        words, make, file_name=name, mime=mime, key=key, icon=icon, on_click="ignore", type="tertiary", width="stretch"
    )
