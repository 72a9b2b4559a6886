"""Pages are run as a server runs them."""

from __future__ import annotations

import pytest
from streamlit.runtime.pages_manager import PagesManager


@pytest.fixture(autouse=True)
def _by_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each run at app.py: AppTest forgets between runs, as no server does, that st.navigation gives the pages."""
    begun = PagesManager.__init__

    def begin(self: PagesManager, *given: object, **named: object) -> None:
        begun(self, *given, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin)
