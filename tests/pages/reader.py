"""A reader of the app: opens a page by its link, as a server does, and reads what is drawn."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from analysis.sources.library import ROOT

Files = dict[str, tuple[str, Callable[[], bytes]]]


def opened(page: str, **asked: str) -> AppTest:
    """The app at a page, with the values of a link."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.run().switch_page(f"pages/{page}.py")
    for name, value in asked.items():
        app.query_params[name] = value
    return quiet(app.run())


def quiet(app: AppTest) -> AppTest:
    """The app, which must not have failed."""
    assert not app.exception
    return app


def raw(app: AppTest) -> str:
    """All HTML of ours on the page, but for style sheets."""
    return re.sub(r"<style>.*?</style>", "", " ".join(part.proto.body for part in app.get("html")), flags=re.DOTALL)


def drawn(app: AppTest, between: str = " ") -> str:
    """Everything the page says in HTML of ours; each tag gives way to `between`."""
    return html.unescape(re.sub(r"<wbr>|<[^>]+>", between, raw(app)))


def said(app: AppTest) -> str:
    """Everything the page says in text and small print."""
    return " ".join([*(part.value for part in app.markdown), *(part.value for part in app.caption)])


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
