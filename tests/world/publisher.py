"""A publisher on this machine: answers as told, address by address, its failures included."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer. `short` leaves bytes of the body unsent; `drip` sends it a byte at a time; `silent` never answers."""

    body: bytes = b""
    kind: str = "text/csv"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    short: int = 0
    drip: bool = False
    silent: bool = False
    length: bool = True


@dataclass
class Publisher:
    """What is served at each path (the last answer again and again), what was asked, and the forms that were posted."""

    address: str
    served: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[dict[str, list[str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def serve(self, path: str, *answers: Answer) -> str:
        """Give these answers at a path, one after another; returns the address."""
        self.served[path] = list(answers)
        return self.address + path

    def next_answer(self, path: str) -> Answer:
        """The answer to one more request."""
        answers = self.served.get(path, [Answer(b"none", "text/plain", 404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]


class _Handler(BaseHTTPRequestHandler):
    here: Publisher

    def do_GET(self) -> None:
        self.here.asked.append(self.path)
        self._give(self.here.next_answer(urlsplit(self.path).path))

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.here.posted.append(parse_qs(form))
        self.do_GET()

    def _give(self, answer: Answer) -> None:
        if answer.silent:
            self.here.closing.wait()
            return
        self.send_response(answer.status)
        length = (("Content-Length", str(len(answer.body))),) if answer.length else ()
        for name, value in (("Content-Type", answer.kind), *length, *answer.headers):
            self.send_header(name, value)
        self.end_headers()
        self._send(answer.body[: len(answer.body) - answer.short], answer.drip)

    def _send(self, body: bytes, drip: bool) -> None:
        parts = [body[place : place + 1] for place in range(len(body))] if drip else [body]
        with suppress(OSError):
            for part in parts:
                self.wfile.write(part)
                if drip and self.here.closing.wait(0.02):
                    return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A publisher that serves until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    here = Publisher(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"here": here})
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield here
    finally:
        here.closing.set()
        server.shutdown()
        server.server_close()
