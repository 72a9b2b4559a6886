"""The one place downloads are offered: a small menu of files, each made only when it is asked for.

What makes a file runs outside the page: it draws nothing, asks for nothing cached, and knows what the page knew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.editions import editions_of
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
            council=self.library.council.name,
            edition_title=_edition(self.library, self.view.edition),
        )

    def words(self, *more: str) -> Words:
        """What is printed on a picture."""
        from analysis.pictures.sheet import Words  # noqa: PLC0415

        return Words(self.title, (*self.about().foot, *more), self.basis, self.analysts)


def _edition(library: Library, edition: str) -> str:
    """What an edition of another council is called; blank for the atlas's own."""
    found = editions_of(library.council).get(edition)
    return found.title if found and library.council.national else ""


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
    with _menu(f"{words} or its chart" if chart else words, key):
        _button("Table as CSV", lambda: _csv(of, figures), file_name(name), "text/csv", key, ":material/csv:")
        excel = file_name(name, "xlsx")
        _button("Table as Excel", lambda: _excel(of, figures, shown), excel, EXCEL, f"{key}_xlsx", ":material/table:")
        if chart is not None:
            _pictures("Chart", lambda kind: _chart(of, chart, kind), name, key)


def chart_of(of: Subject, name: str, key: str, make: Callable[[], go.Figure]) -> None:
    """Offer a chart as a picture."""
    with _menu("Download this chart", key):
        _pictures("Chart", lambda kind: _chart(of, make, kind), name, key)


@dataclass(frozen=True)
class Everything:
    """All there is of a view, made when it is asked for: outside the page, in light.

    `tables` gives name, figures and the table on screen of each; `areas` one row of figures for each area of the map;
    `notes` what the method note begins with, in Markdown.
    """

    tables: Callable[[], Sequence[tuple[str, pd.DataFrame, pd.DataFrame]]]
    layer: MapLayer
    areas: Table
    view: Callable[[], MapView]
    notes: Callable[[], Sequence[str]] = tuple
    marked: Marked = None
    noun: str = "wards"


def everything(of: Subject, name: str, key: str, what: Everything) -> None:
    """Offer one zip of the whole view, which opens it again."""
    st.download_button(
        "Download everything in this view (zip)",
        lambda: _bundle(of, name, what),
        file_name=file_name(name, "zip"),
        mime="application/zip",
        key=key,
        icon=":material/folder_zip:",
        on_click="ignore",
        help="Tables, map, method, citations, and a settings file that opens this view again from the sidebar.",
    )


def _bundle(of: Subject, name: str, what: Everything) -> bytes:
    from analysis.exports.bundle import Areas, Part, bundle  # noqa: PLC0415
    from analysis.pictures.map import map_picture  # noqa: PLC0415

    layer, root = what.layer, of.library.root
    words = of.words(f"{MAP_CREDIT}{layer.attribution}.")
    picture = map_picture(what.view(), layer, words, marked=what.marked, noun=what.noun, root=root)
    boundaries = root / "geo" / Path(layer.layer_url).name
    mark = "_small_counts" if of.analysts else ""
    return bundle(
        of.about(),
        [Part(f"{title}{mark}", figures, shown) for title, figures, shown in what.tables()],
        Areas(f"{name}{mark}", boundaries, what.areas(), layer.attribution),
        {f"{name}_map{mark}.png": picture},
        what.notes(),
    )


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

    with _menu("Download this map", key):
        _pictures("Map", made, name, key)


@contextmanager
def _menu(words: str, key: str) -> Iterator[None]:
    with st.popover(words, icon=":material/download:", key=f"{key}_menu"), st.container(gap="xsmall"):
        yield


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
    st.download_button(words, make, file_name=name, mime=mime, key=key, icon=icon, on_click="ignore", type="tertiary")
