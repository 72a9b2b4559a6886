"""Serve the atlas; what the first page needs is read while the first browser is still fetching the screen."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st

FIRST_NEEDED = ("analysis.present.maps", "analysis.present.gap_view", "analysis.equity", "analysis.worst_five")


@asynccontextmanager
async def _warmed(_server: st.App) -> AsyncIterator[None]:
    """The life of the server. Reading goes on beside it, so that it can answer at once."""
    threading.Thread(target=_read, name="first page", daemon=True).start()
    yield


def _read() -> None:
    for module in FIRST_NEEDED:
        import_module(module)


app = st.App("app.py", lifespan=_warmed)
