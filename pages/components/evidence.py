"""What stands beside every figure: its basis, its source, its download, and a reason where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Literal

import pandas as pd
import streamlit as st

from analysis.exports.cells import DISCLOSURE
from analysis.present.gap_view import MapView
from analysis.present.maps import MapLayer, Marked, SitePaint
from analysis.present.palette import BASIS_WORDS, Class
from analysis.sources.catalogue import Entry
from pages.components import cached, downloads, scope
from pages.components.downloads import file_name

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = [
    "DISCLOSURE",
    "MARK",
    "answer",
    "badge",
    "download",
    "download_chart",
    "download_made",
    "download_map",
    "file_name",
    "headed",
    "nothing",
    "sources",
    "tally",
    "weakest",
]

MARK = "analyst's view: not for publication"
_BADGE: dict[str, tuple[Literal["green", "blue", "orange"], str]] = {
    "published": ("green", ":material/verified:"),
    "modelled": ("blue", ":material/functions:"),
    "illustrative": ("orange", ":material/draw:"),
}


def badge(basis: str) -> None:
    """Say unmissably whether figures are published, modelled or made up."""
    colour, icon = _BADGE[basis]
    st.badge(BASIS_WORDS[basis], icon=icon, color=colour)
    if basis == "illustrative":
        st.warning(
            "These figures are **illustrative**. They were made up by a script to show what the atlas does with a "
            "council's own return. They say nothing about these wards.",
            icon=":material/draw:",
        )


def answer(sentence: str, more: str = "") -> None:
    """The answer of a page as a sentence, before any map."""
    rest = f'<p class="atlas-more">{escape(more)}</p>' if more else ""
    st.html(f'<p class="atlas-answer">{escape(sentence)}</p>{rest}')


def sources(contracts: Sequence[str]) -> None:
    """The publishers, periods and acknowledgements of the files behind what was just shown."""
    scope.cite(contracts)
    entries = [cached.library().entry(contract) for contract in dict.fromkeys(contracts)]
    named = "; ".join(dict.fromkeys(f"{entry.title} ({entry.publisher}, {entry.period})" for entry in entries))
    st.caption(f"**Source:** {named}. {_thanks(entries)}")


def _thanks(entries: Sequence[Entry]) -> str:
    sentences = [part.strip(". ") for entry in entries for part in entry.attribution.split(". ")]
    return " ".join(f"{sentence}." for sentence in dict.fromkeys(sentences) if sentence)


def weakest(bases: Iterable[str]) -> str:
    """The basis of several figures shown together: that of the least sure of them."""
    found = set(bases)
    return next((basis for basis in ("illustrative", "modelled") if basis in found), "published")


def headed(words: str, basis: str) -> str:
    """A heading that says when what follows is made up, and when it is an analyst's alone."""
    made_up = " :orange-badge[illustrative]" if basis == "illustrative" else ""
    return f"{words}{made_up}{f' :red-badge[{MARK}]' if scope.small_counts() else ''}"


def tally(counts: Mapping[Class, tuple[int, str]], dark: bool) -> None:
    """How many wards stand where: a number, a symbol and words for each class, and which wards they are."""
    cells = "".join(
        f'<li style="border-color:{item.colour(dark) if not item.hatched else "#8a949a"}"><b>{count}</b>'
        f"<span>{escape(item.symbol)} {escape(item.label)}</span><small>{escape(names)}</small></li>"
        for item, (count, names) in counts.items()
    )
    st.html(f'<ul class="atlas-tally" aria-label="How many wards stand where">{cells}</ul>')


def download(
    table: pd.DataFrame,
    name: str,
    basis: str,
    *,
    key: str,
    shown: pd.DataFrame | None = None,
    chart: Callable[[], go.Figure] | None = None,
    title: str = "",
    sources: Sequence[str] = (),
    note: str = "",
) -> None:
    """Offer what is shown as files, every row with its basis, and an analyst's saying that it is not for publication.

    `sources` are contracts of the files behind it, otherwise all those the page names; `shown` is the table on
    screen where `table` holds its figures unrounded; `chart` makes the figure beside it, in light, outside the
    page.
    """
    figures, screen = (lambda: table), (None if shown is None else lambda: shown)
    of = downloads.subject(name, basis, title, sources, note)
    downloads.tables(of, name, key, "Download this table", figures=figures, shown=screen, chart=chart)


def download_made(
    make: Callable[[], pd.DataFrame],
    name: str,
    basis: str,
    *,
    key: str,
    words: str,
    shown: pd.DataFrame | None = None,
    chart: Callable[[], go.Figure] | None = None,
    title: str = "",
    sources: Sequence[str] = (),
) -> None:
    """As `download`, of a table that is made only when it is asked for; `words` say which table of several it is.

    `make` runs outside the page, so it draws nothing and asks for nothing cached.
    """
    of, screen = downloads.subject(name, basis, title, sources), (None if shown is None else lambda: shown)
    downloads.tables(of, name, key, words, figures=make, shown=screen, chart=chart)


def download_chart(make: Callable[[], go.Figure], name: str, basis: str, *, key: str, title: str) -> None:
    """Offer a chart that has no table of its own as a picture; `make` makes it, in light, outside the page."""
    downloads.chart_of(downloads.subject(name, basis, title), name, key, make)


def download_map(
    view: Callable[[], MapView],
    layer: MapLayer,
    name: str,
    basis: str,
    *,
    key: str,
    title: str,
    marked: Marked = None,
    sites: Callable[[], Sequence[SitePaint]] = tuple,
    noun: str = "wards",
    note: str = "",
    sources: Sequence[str] = (),
) -> None:
    """Offer a map as a picture with its key, basis and sources; `note` says what its colours count.

    `view` and `sites` make what is on it, in light, outside the page.
    """
    of = downloads.subject(name, basis, title, sources, note)
    downloads.map_of(of, name, key, layer, view, marked=marked, sites=sites, noun=noun)


def nothing(reason: str) -> None:
    """Stand in for a figure that cannot be shown, with the reason."""
    st.info(reason, icon=":material/info:")
