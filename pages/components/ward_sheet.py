"""The one page of a ward to print."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from analysis import ward_indicators
from analysis.present import ward_sheet, ward_small_map
from analysis.present.bands import equal_count
from pages.components import cached, scope
from pages.components.cached import ward as cached_ward
from pages.components.cached.indicators import all_indicators


def show(chosen: scope.Scope, facts: pd.DataFrame, name: str) -> None:
    """Draw the sheet, on paper white in either theme, with a word on how to print it."""
    with st.container(key="off_paper"):
        st.caption("Print this with the browser's own command, on A4. The bar, the choices and this line are left off.")
    need, worse = (chosen.need.title, chosen.need.short), ward_indicators.more_is_worse(all_indicators())
    picture = _picture(chosen, name)
    st.html(ward_sheet.sheet(facts, chosen.edition, str(chosen.ward), name, need, more_is_worse=worse, picture=picture))


def _picture(chosen: scope.Scope, name: str) -> str:
    table = cached.need_of(chosen.need_id).set_index("area_code")
    values = 100 * table["need_share"]
    lines = {str(code): [f"{value:.1f}%"] for code, value in values.items()}
    paints = equal_count(values, lambda value: f"{value:.1f}%").paints(lines, dark=False)
    alt = f"Map of the wards by their share of {chosen.need.short}, darker where it is larger; {name} is outlined."
    drawn = ward_small_map.picture(cached_ward.small_map(chosen.edition.ward_layer), paints, str(chosen.ward), alt)
    words = f"Share of the council's {chosen.need.short}: darker is more. {name} is outlined."
    return f"<figure>{drawn}<figcaption>{escape(words)}</figcaption></figure>"
