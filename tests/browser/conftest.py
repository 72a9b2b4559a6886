"""The real atlas and a real browser: a server for the session, and a tab that reaches nothing but that server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from analysis.sources.library import ROOT
from tests.browser.reader import Reader, new_reader

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Whatever a page asks for, no name but this machine's is looked up.
ARGUMENTS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the atlas, started as its readers start it."""
    with served(tmp_path_factory.mktemp("atlas") / "server.log") as address:
        yield address


@pytest.fixture
def new_server(tmp_path: Path, chromium: Browser) -> Iterator[Reader]:
    """A tab on a server that nobody has visited yet."""
    with served(tmp_path / "server.log") as address:
        reader = new_reader(chromium, address)
        yield reader
        reader.page.context.close()


@contextmanager
def served(
    log: Path, port: int | None = None, options: Sequence[str] = (), environ: Mapping[str, str] | None = None
) -> Iterator[str]:
    """A server of the atlas for as long as this lasts, with more options and variables than its own."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port), *options]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env={**os.environ, **(environ or {})},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium; module by module, so that its event loop never outlives the browser tests."""
    with chromium_with(*ARGUMENTS) as browser:
        yield browser


@contextmanager
def chromium_with(*arguments: str) -> Iterator[Browser]:
    """Chromium, started with arguments of one's own."""
    with sync_playwright() as playwright:
        browser = _launched(playwright, arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(atlas: str, chromium: Browser) -> Iterator[Callable[..., Reader]]:
    """Open tabs of a given width and theme; all are closed at the end of the test."""
    opened: list[Reader] = []

    def begin(**look: int | bool) -> Reader:
        opened.append(new_reader(chromium, atlas, **look))
        return opened[-1]

    yield begin
    for reader in opened:
        reader.page.context.close()


@pytest.fixture
def reader(visit: Callable[..., Reader]) -> Reader:
    """A tab at the width of a desk, in the light theme."""
    return visit()


def _launched(playwright: Playwright, arguments: Sequence[str]) -> Browser:
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return playwright.chromium.launch(executable_path=named, args=list(arguments))
    except Error as error:
        reason = f"There is no Chromium to test with ({str(error).splitlines()[0]}); run .ci/chromium or set CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"The atlas did not start. It said:\n{log.read_text(errors='replace')[-2000:]}")
