"""A reader of the app: opens a page by its link, as a server does, and reads what is drawn."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from analysis.sources.library import ROOT


@contextmanager
def by_navigation() -> Iterator[None]:
    """Start each run at app.py, as a server does: AppTest forgets that st.navigation gives the pages."""
    begun = PagesManager.__init__

    def begin(self: PagesManager, *given: object, **named: object) -> None:
        begun(self, *given, **named)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = begin
    try:
        yield
    finally:
        PagesManager.__init__ = begun


def opened(page: str, **asked: str) -> AppTest:
    """The app at a page, with the values of a link."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    for name, value in asked.items():
        app.query_params[name] = value
    return quiet(app.run())


def quiet(app: AppTest) -> AppTest:
    """The app, which must not have failed."""
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    """Everything the page says in HTML of ours, tags left out."""
    bodies = " ".join(element.proto.body for element in app.get("html"))
    return html.unescape(re.sub(r"<style>.*?</style>|<wbr>|<[^>]+>", " ", bodies, flags=re.DOTALL))


def answer(app: AppTest) -> str:
    """The answer of the page."""
    bodies = [element.proto.body for element in app.get("html")]
    first = next(body for body in bodies if "atlas-answer" in body and "<style>" not in body)
    return html.unescape(re.sub(r"<[^>]+>", " ", first))


def chosen(app: AppTest, name: str, value: str) -> AppTest:
    """The app after the reader chose a value of a control."""
    control = next(
        element
        for kind in ("selectbox", "segmented_control", "button_group")
        for element in app.get(kind)
        if element.key == name
    )
    control.set_value(value)
    return quiet(app.run())
