"""Streamlit servers to measure: started, watched and stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUB_JS = "window.d3 = new Proxy(function () {}, { get: () => window.d3, apply: () => window.d3 });\n"


@dataclass(frozen=True, slots=True)
class Server:
    """A running Streamlit server; `started` is the clock (seconds) just before it was spawned."""

    url: str
    port: int
    pid: int
    started: float

    def memory_mb(self) -> float:
        """Resident memory now, in MB (from /proc, so on Linux only)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(resident.split()[1]) / 1024


@contextmanager
def running(app: Path) -> Iterator[Server]:
    """Serve `app` from its own folder until the block ends."""
    port, started = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false", "--logger.level", "warning"]
    process = subprocess.Popen(command, cwd=app.parent, env=_environment(), stdout=subprocess.DEVNULL)
    try:
        server = Server(f"http://127.0.0.1:{port}", port, process.pid, started)
        _wait_until_healthy(server.url)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lay_out_naive(folder: Path, geometry: Path) -> Path:
    """Put the naive page and all it fetches into `folder`; returns its script."""
    static = folder / "static"
    static.mkdir(parents=True)
    spec = find_spec("js_lib_leaflet")
    assert spec is not None and spec.origin is not None
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(Path(spec.origin).parent / "static" / "js_lib_leaflet" / name, static / name)
    (static / "stub.js").write_text(STUB_JS, encoding="utf-8")
    (static / "stub.css").write_text("", encoding="utf-8")
    shutil.copy(geometry, static / "wards.geojson")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    return Path(shutil.copy(ROOT / "benchmarks" / "naive_app.py", folder / "naive_app.py"))


def _environment() -> dict[str, str]:
    """As installed: bytecode is kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _wait_until_healthy(url: str, limit: float = 30) -> None:
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"{url} did not become healthy in {limit} s")
