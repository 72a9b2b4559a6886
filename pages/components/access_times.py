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


def given() -> scope.GivenFile | None:
    """Draw the panel and return the name and content of the CSV given, which has no fault, or None."""
    with st.expander("Give travel times from a route planner (CSV)", icon=":material/route:"):
        st.markdown(
            "Until a route planner's table is given, a straight line at a stated speed stands in for every journey. A "
            "table takes its place for the journeys it holds; the rest keep the stand-in, and the page says how many "
            "that is. The file stays in this session: it is not stored or shown to anybody else."
        )
        file = scope.loaded(NAME, _draw)
        if file is not None:
            rows = cached_access.times_of(*file)
            count = "one journey" if len(rows) == 1 else f"{len(rows):,} journeys"
            st.success(
                f"The table you gave holds {count}. Those of what is chosen above are used.", icon=":material/check:"
            )
            st.button("Go back to the stand-in", on_click=scope.unload, args=(NAME,), icon=":material/undo:")
        _columns()
    return file


def _draw(key: str) -> scope.GivenFile | None:
    uploaded = st.file_uploader("Travel times", type=["csv"], key=key)
    if uploaded is None:
        return None
    file = (uploaded.name, uploaded.getvalue())
    try:
        cached_access.times_of(*file)
    except Refusal as refused:
        st.error("Nothing was taken up; what was shown before stays as it was.")
        st.code(str(refused), language=None, wrap_lines=True)
        return None
    return file


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
