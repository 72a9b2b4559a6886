"""Opening a view again from the settings file of a zip, at the foot of the sidebar."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from analysis.refusal import Refusal
from pages.components import scope

FILE, FIRST = "saved_view", "overview"


def offer() -> None:
    """Draw the place for the file; open its view, or say why it cannot be opened."""
    with st.sidebar, st.popover("Open a saved view", icon=":material/folder_open:", width="stretch"):
        given = scope.loaded(FILE, _asked)
        if given is None:
            return
        scope.unload(FILE)
        _open(given[1])


def _asked(key: str) -> scope.GivenFile | None:
    file = st.file_uploader("The file settings.json from a zip of this atlas", type="json", key=key, max_upload_size=1)
    return None if file is None else (file.name, file.getvalue())


def _open(content: bytes) -> None:
    from analysis.exports import settings  # noqa: PLC0415

    try:
        page, choices = settings.read(content, _pages())
    except Refusal as refused:
        st.error(str(refused))
        return
    scope.forget()
    st.switch_page(_pages()[page], query_params=choices)


@cache
def _pages() -> dict[str, str]:
    """The file of each page by its address."""
    folder = Path(__file__).resolve().parents[1]
    names = [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    return {"" if name == FIRST else name: f"pages/{name}.py" for name in names}
