"""How a council puts its own Early Help return in place of the illustrative one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.gap import Gap
from analysis.sources.columns import COLUMNS
from analysis.sources.tables import CONTRACTS


def invite(result: Gap) -> None:
    """Say, where targeted provision by ward is missing, how to load a return of the council's own."""
    if result.provision.kind == "shares":
        return
    with st.expander("Load your council's own return"):
        st.markdown(
            "No council publishes Early Help caseload by ward. Yours can be loaded here without being "
            "published: save it as "
            "`data/illustrative/activity.csv` with the columns below, set *basis* to `published` or `modelled`, run "
            "`python -m analysis accept` and start the atlas again. `make check` names every row and column that is "
            "not as it should be, and nothing is shown until it is."
        )
        fields = CONTRACTS["ACTIVITY"].fields
        st.dataframe(
            pd.DataFrame(
                {
                    "Column": [field.column for field in fields],
                    "What goes in it": [COLUMNS[field.column].meaning for field in fields],
                    "Allowed": [", ".join(field.allowed) or field.kind for field in fields],
                }
            ),
            hide_index=True,
        )
