"""Serve the atlas, or say why not; what the first page needs is read while the first browser fetches the screen."""

from __future__ import annotations

import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware

from analysis.refusal import Refusal
from edge import Edge
from pages.components import roles

FIRST_NEEDED = ("analysis.present.maps", "analysis.present.gap_view", "analysis.equity", "analysis.worst_five")


@asynccontextmanager
async def _warmed(_server: st.App) -> AsyncIterator[None]:
    """The life of the server. Reading goes on beside it, so that it can answer at once."""
    threading.Thread(target=_read, name="first page", daemon=True).start()
    yield


def _read() -> None:
    for module in FIRST_NEEDED:
        import_module(module)


try:
    roles.check()
except Refusal as refused:
    sys.exit(f"The atlas has not started. {refused}")

app = st.App("app.py", lifespan=_warmed, middleware=[Middleware(Edge)])
