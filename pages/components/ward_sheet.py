"""The one page of a ward to print."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from analysis import ward_indicators
from analysis.present import ward_sheet, ward_sheet_html, ward_small_map
from pages.components import cached, scope
from pages.components.cached import ward as cached_ward
from pages.components.cached.indicators import all_indicators


def show(chosen: scope.Scope, facts: pd.DataFrame, name: str) -> None:
    """Draw the sheet, on paper white in either theme, with a word on how to print it."""
    with st.container(key="off_paper"):
        st.caption("Print this with the browser's own command, on A4. The bar, the choices and this line are left off.")
    need, worse = (chosen.need.title, chosen.need.short), ward_indicators.more_is_worse(all_indicators())
    sheet = ward_sheet.sheet(facts, chosen.edition, str(chosen.ward), name, need, more_is_worse=worse)
    st.html(ward_sheet_html.html(sheet, _picture(chosen, name)))


def _picture(chosen: scope.Scope, name: str) -> str:
    table = cached.need_of(chosen.need_id).set_index("area_code")
    small = ward_small_map.of_need(
        cached_ward.small_map(chosen.edition.ward_layer), table["need_share"], chosen.need.short, str(chosen.ward), name
    )
    return f"<figure>{ward_small_map.picture(small)}<figcaption>{escape(small.caption)}</figcaption></figure>"
