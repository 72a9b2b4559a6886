"""What the server tells browsers to refuse, and what it refuses itself, on every answer it gives."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMPONENT = "/component/"
METRICS = "/_stcore/metrics"
AGENTS = "/_stcore/agent"
PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
OURS = {
    "default-src": "'self'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
EVALUATING = {"script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}


def _policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _inline(page: Path) -> str:
    """The scripts that stand in Streamlit's own page, as a policy allows them: each by its checksum."""
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


SCRIPTS = f"{OURS['script-src']} {_inline(Path(st.__file__).with_name('static') / 'index.html')}"
PAGE_POLICY, COMPONENT_POLICY = _policy({**OURS, "script-src": SCRIPTS}), _policy({**OURS, **EVALUATING})
ALWAYS = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Edge:
    """The outermost layer of the server: protective headers on every answer, and no answer where none is owed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as ASGI asks for."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        policy = COMPONENT_POLICY if COMPONENT in path else PAGE_POLICY

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                for name, value in ALWAYS.items():
                    headers[name] = value
            await send(message)

        refused = AGENTS in path or (METRICS in path and not _from_here(scope))
        await (PlainTextResponse("Not found", 404) if refused else self.app)(scope, receive, guarded)


def _from_here(scope: Scope) -> bool:
    """Whether a request comes straight from this machine and was passed on by no proxy."""
    client = scope.get("client")
    headers = Headers(scope=scope)
    return client is not None and ip_address(client[0]).is_loopback and not any(name in headers for name in PASSED_ON)
