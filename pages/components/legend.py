"""The key of a map: every class with its fill, its symbol, its words and how many areas it holds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from analysis.present.palette import Class, ink_on
from pages.components import evidence, scope


def show(counts: Mapping[Class, int], dark: bool, noun: str = "wards") -> None:
    """Draw the key; `counts` is in legend order."""
    items = "".join(_item(item, count, dark, noun) for item, count in counts.items())
    mark = f'<li class="mark">{evidence.MARK.capitalize()}</li>' if scope.small_counts() else ""
    st.html(f'<ul class="atlas-key" aria-label="Key">{items}{mark}</ul>')


def _item(item: Class, count: int, dark: bool, noun: str) -> str:
    fill = item.colour(dark)
    pattern = (
        f"background:repeating-linear-gradient(45deg,{fill} 0 4px,#8a949a 4px 5px)"
        if item.hatched
        else f"background:{fill}"
    )
    words = f"{count} {noun if count != 1 else noun.removesuffix('s')}"
    ink = ink_on(fill)
    return (
        f'<li><i style="{pattern};color:{ink}" aria-hidden="true">{escape(item.symbol)}</i>'
        f"<span>{escape(item.label)} <b>({words})</b></span></li>"
    )
