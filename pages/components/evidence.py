"""What stands beside every figure: its basis, its source, its download, and a reason where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Literal

import pandas as pd
import streamlit as st

from analysis.present.palette import BASIS_WORDS, Class
from analysis.sources.catalogue import Entry
from pages.components import cached, scope

DISCLOSURE = "includes small counts: not for publication"
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
    entries = [cached.library().entry(contract) for contract in dict.fromkeys(contracts)]
    named = "; ".join(dict.fromkeys(f"{entry.title} ({entry.publisher}, {entry.period})" for entry in entries))
    st.caption(f"**Source:** {named}. {_thanks(entries)}")


def _thanks(entries: Sequence[Entry]) -> str:
    sentences = [part.strip(". ") for entry in entries for part in entry.attribution.split(". ")]
    return " ".join(f"{sentence}." for sentence in dict.fromkeys(sentences) if sentence)


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


def download(table: pd.DataFrame, name: str, basis: str, *, key: str) -> None:
    """A CSV of exactly what is shown, every row carrying its basis, and an analyst's that it is not for publication."""
    st.download_button(
        "Download this table (CSV)",
        _csv(table, basis, analysts=scope.small_counts()),
        file_name=file_name(name),
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def download_made(make: Callable[[], pd.DataFrame], name: str, basis: str, *, key: str, words: str) -> None:
    """As `download`, of a table that is made only when it is asked for; `words` say which table of several it is.

    `make` runs outside the page, so it draws nothing and asks for nothing cached.
    """
    analysts = scope.small_counts()
    st.download_button(
        words,
        lambda: _csv(make(), basis, analysts=analysts),
        file_name=file_name(name),
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def file_name(name: str, ending: str = "csv") -> str:
    """The name of a file to download, which says of an analyst's that it holds small counts."""
    return f"{name}{'_small_counts' if scope.small_counts() else ''}.{ending}"


def _csv(table: pd.DataFrame, basis: str, *, analysts: bool) -> bytes:
    carrying = table if "basis" in table.columns else table.assign(basis=basis)
    carrying = carrying.assign(disclosure=DISCLOSURE) if analysts else carrying
    return carrying.to_csv(index=False).encode("utf-8-sig")


def nothing(reason: str) -> None:
    """Stand in for a figure that cannot be shown, with the reason."""
    st.info(reason, icon=":material/info:")
