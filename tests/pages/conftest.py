"""Pages are run as a server runs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit
from streamlit.runtime.pages_manager import PagesManager

from tests.pages.reader import Files


@pytest.fixture(autouse=True)
def _by_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each run at app.py: AppTest forgets between runs, as no server does, that st.navigation gives the pages."""
    begun = PagesManager.__init__

    def begin(self: PagesManager, *given: object, **named: object) -> None:
        begun(self, *given, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What the page last drawn offers, by key: the name of the file, and how it is made when it is asked for."""
    files: Files = {}
    draw = streamlit.download_button

    def noting(words: str, data: Callable[[], bytes] | bytes, *given: object, **named: object) -> bool:
        if callable(data):
            files[str(named["key"])] = (str(named["file_name"]), data)
        return draw(words, data, *given, **named)

    monkeypatch.setattr(streamlit, "download_button", noting)
    return files
