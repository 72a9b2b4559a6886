"""How a council puts its own Early Help return in place of the illustrative one."""

from __future__ import annotations

import streamlit as st

from analysis.gap import Gap


def invite(result: Gap) -> None:
    """Say, where targeted provision by ward is missing, how to load a return of the council's own."""
    if result.provision.kind == "shares":
        return
    with st.expander("Load your council's own return"):
        st.markdown(
            "No council publishes Early Help caseload by ward. Yours can be loaded here without being published. "
            "On the page *Your return* there is a template to fill in, and a check that names every fault and stores "
            "nothing."
        )
        st.page_link("pages/own_return.py", label="Go to Your return", icon=":material/upload_file:")
