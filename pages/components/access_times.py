"""A table of travel times the reader gives in place of straight lines, for this session alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.refusal import Refusal
from analysis.sources.columns import COLUMNS
from analysis.sources.tables.travel import LONGEST_MINUTES, MODES, TRAVEL_TIMES
from pages.components import scope
from pages.components.cached import access as cached_access

NAME = "travel_times"
ALLOWED = {
    "from_code": "a code of a neighbourhood of this council",
    "site_id": "a site_id of the tables of sites on the Sources page",
    "mode": ", ".join(MODES),
    "minutes": f"a number from 0 to {LONGEST_MINUTES:,}",
}


def given() -> bytes | None:
    """Draw the panel and return the CSV given, which has no fault, or None."""
    with st.expander("Give travel times from a route planner (CSV)", icon=":material/route:"):
        st.markdown(
            "Until a route planner's table is given, a straight line at a stated speed stands in for every journey. A "
            "table takes its place for the journeys it holds; the rest keep the stand-in, and the page says how many "
            "that is. The file stays in this session: it is not stored or shown to anybody else."
        )
        content = scope.loaded(NAME, _draw)
        if content is not None:
            rows = cached_access.times_of(content, "")
            count = "One journey is" if len(rows) == 1 else f"{len(rows):,} journeys are"
            st.success(f"{count} taken from the table you gave.", icon=":material/check:")
            st.button("Go back to the stand-in", on_click=scope.unload, args=(NAME,), icon=":material/undo:")
        _columns()
    return content


def _draw(key: str) -> bytes | None:
    uploaded = st.file_uploader("Travel times", type=["csv"], key=key)
    if uploaded is None:
        return None
    content = uploaded.getvalue()
    try:
        cached_access.times_of(content, uploaded.name)
    except Refusal as refused:
        st.error("Nothing was taken up; what was shown before stays as it was.")
        st.code(str(refused), language=None, wrap_lines=True)
        return None
    return content


def _columns() -> None:
    fields = TRAVEL_TIMES.fields
    st.dataframe(
        pd.DataFrame(
            {
                "Column": [field.column for field in fields],
                "What goes in it": [COLUMNS[field.column].meaning for field in fields],
                "Allowed": [ALLOWED[field.column] for field in fields],
            }
        ),
        hide_index=True,
    )
