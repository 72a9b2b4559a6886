"""Fetching one file over https: bounded in time, size, tries and places, and never taken when it is not whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from analysis.build.refresh.publishers import Published
from analysis.build.refresh.troubles import NOTHING, PassingTrouble, SourceTrouble

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PASSING = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
CHUNK = 65_536
AGENT = "early-help-atlas (refresh of published statistics)"
BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


@dataclass(frozen=True)
class Limits:
    """How long and how often: seconds to connect, between two parts and in all, tries, and the first wait."""

    connect: float = 10.0
    read: float = 30.0
    seconds: float = 300.0
    tries: int = 4
    wait: float = 1.0
    longest_wait: float = 60.0


@dataclass(frozen=True)
class Fetched:
    """A file as received: its bytes, and what a manifest says of them."""

    file: Published
    url: str
    content: bytes = field(repr=False)
    content_type: str
    fetched_at: str

    @property
    def sha256(self) -> str:
        """Checksum of the bytes received."""
        return hashlib.sha256(self.content).hexdigest()

    def record(self) -> dict[str, object]:
        """The file without its bytes, for a manifest."""
        return {
            "id": self.file.id,
            "title": self.file.title,
            "publisher": self.file.publisher,
            "url": self.url,
            "sha256": self.sha256,
            "bytes": len(self.content),
            "content_type": self.content_type,
            "fetched_at": self.fetched_at,
            "shape_known_from": self.file.seen,
        }


def fetch(file: Published, limits: Limits, data: Mapping[str, str] | None = None) -> Fetched:
    """The whole file, posted for when `data` is given. Raises SourceTrouble in one sentence; keeps nothing of a part.

    Tried again, with a doubling wait, when the trouble may pass: no connection, a server error, a body that ends early.
    """
    host = _host(file, file.url)
    with requests.Session() as session:
        session.trust_env = host not in LOOPBACK
        session.headers["User-Agent"] = AGENT
        for attempt in range(1, limits.tries + 1):
            try:
                return _once(session, file, host, limits, data)
            except PassingTrouble as trouble:
                if attempt == limits.tries:
                    raise SourceTrouble(f"{trouble} Tried {attempt} times: try again later. {NOTHING}") from trouble
                time.sleep(min(max(trouble.wait, limits.wait * 2 ** (attempt - 1)), limits.longest_wait))
    raise SourceTrouble(f"{file.title} was not asked for: allow at least one try.")


def _once(
    session: requests.Session, file: Published, host: str, limits: Limits, data: Mapping[str, str] | None
) -> Fetched:
    until, url = time.monotonic() + limits.seconds, file.url
    for _ in range(MOST_REDIRECTS + 1):
        with _asked(session, file, url, limits, data) as response:
            if response.status_code not in REDIRECTS:
                _refuse_status(file, response)
                kind = _refuse_type(file, response)
                content = b"".join(_parts(file, response, until, limits))
                _refuse_other(file, content)
                return Fetched(file, url, content, kind, datetime.now(UTC).isoformat(timespec="seconds"))
            url = urljoin(url, response.headers.get("Location", ""))
            if _host(file, url) != host:
                raise SourceTrouble(
                    f"{file.title}: {host} sends the reader on to {urlsplit(url).hostname}, which is not declared for "
                    f"this file. Check with the publisher, then give the new address by {file.setting}. {NOTHING}"
                )
    raise SourceTrouble(f"{file.title}: {host} sends the reader on more than {MOST_REDIRECTS} times. {NOTHING}")


def _asked(
    session: requests.Session, file: Published, url: str, limits: Limits, data: Mapping[str, str] | None
) -> requests.Response:
    method, pause = "GET" if data is None else "POST", (limits.connect, limits.read)
    try:
        return session.request(method, url, data=data, stream=True, allow_redirects=False, timeout=pause)
    except requests.Timeout as slow:
        raise PassingTrouble(f"{file.title}: {urlsplit(url).hostname} is too slow to answer.") from slow
    except BROKEN as broken:
        raise PassingTrouble(f"{file.title}: {urlsplit(url).hostname} cannot be reached ({_kind(broken)}).") from broken


def _host(file: Published, url: str) -> str:
    """The host of an address. Raises SourceTrouble unless it is https, or this machine."""
    if not url and file.page:
        raise SourceTrouble(
            f"{file.title} has a new address every year. Find it at {file.page} and give it by {file.setting}. "
            f"{NOTHING}"
        )
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host or (parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK)):
        raise SourceTrouble(
            f"{file.title}: {url!r} is not an https address. Give one, by {file.setting} where it differs from the "
            f"declared one. {NOTHING}"
        )
    return host


def _refuse_status(file: Published, response: requests.Response) -> None:
    code, host = response.status_code, urlsplit(response.url).hostname
    if code in PASSING:
        trouble = PassingTrouble(f"{file.title}: {host} answers that it cannot serve it now (error {code}).")
        told = response.headers.get("Retry-After", "")
        trouble.wait = float(told) if told.isdigit() else 0.0
        raise trouble
    if code in (404, 410):
        raise SourceTrouble(
            f"{file.title} is no longer at {response.url} (error {code}). Find its new address on the publisher's page "
            f"and give it by {file.setting}. {NOTHING}"
        )
    if code != 200:
        raise SourceTrouble(f"{file.title}: {host} refuses it (error {code}). {NOTHING}")


def _refuse_type(file: Published, response: requests.Response) -> str:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and kind not in file.types:
        what = "a web page" if kind == "text/html" else f"a file of type {kind}"
        raise SourceTrouble(
            f"{file.title}: {response.url} gives {what}, not {_either(file.types)}. The file may have moved: give its "
            f"address by {file.setting}. {NOTHING}"
        )
    return kind


def _parts(file: Published, response: requests.Response, until: float, limits: Limits) -> Iterator[bytes]:
    """The body as it comes, unpacked; stops at once where it is too large or slow, and at the end if it is short."""
    told, read = response.headers.get("Content-Length", ""), 0
    if told.isdigit() and int(told) > file.most_bytes:
        raise _too_large(file)
    try:
        while part := response.raw.read1(CHUNK, decode_content=True):
            read += len(part)
            if read > file.most_bytes:
                raise _too_large(file)
            if time.monotonic() > until:
                raise _too_slow(file, limits.seconds)
            yield part
    except urllib3.exceptions.ReadTimeoutError as slow:
        raise PassingTrouble(f"{file.title} stopped coming for {limits.read:g} seconds: it is too slow.") from slow
    except BROKEN as broken:
        raise PassingTrouble(f"{file.title} broke off after {read:,} bytes: it is not whole.") from broken
    if told.isdigit() and not response.headers.get("Content-Encoding") and read != int(told):
        raise PassingTrouble(f"{file.title} broke off after {read:,} of {int(told):,} bytes: it is not whole.")


def _too_large(file: Published) -> SourceTrouble:
    return SourceTrouble(
        f"{file.title} is larger than {file.most_bytes / 1e6:g} MB, more than such a file can be. Look at it by hand "
        f"before it is used. {NOTHING}"
    )


def _too_slow(file: Published, seconds: float) -> SourceTrouble:
    return SourceTrouble(f"{file.title} had not come after {seconds:g} seconds: try again later. {NOTHING}")


def _refuse_other(file: Published, content: bytes) -> None:
    if not content:
        raise PassingTrouble(f"{file.title} came empty.")
    if not content.startswith(file.begins):
        raise SourceTrouble(
            f"{file.title}: what came is not {_either(file.types)}, though it is said to be. Look at {file.url} in a "
            f"browser. {NOTHING}"
        )


def _either(types: tuple[str, ...]) -> str:
    return types[0] if len(types) == 1 else f"{types[0]} or the like"


def _kind(error: BaseException) -> str:
    return type(error).__name__
