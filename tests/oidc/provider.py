"""A provider of OpenID Connect sign-ins on this machine, with people who sign in honestly and some who do not.

It speaks the authorisation code flow with PKCE as RFC 6749, RFC 7636 and OpenID Connect Core 1.0 write it. Its keys and
its client's secret are made anew each time.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "atlas"
SOON = 3600
PEOPLE: dict[str, dict[str, Any]] = {
    "Vera Viewer": {"sub": "v1", "email": "vera@council.example", "email_verified": True},
    "Anna Analyst": {"sub": "a1", "email": "Anna@Council.example", "email_verified": True},
    "Edda Editor": {"sub": "e1", "groups": ["atlas-editors", "everybody"]},
    "<b>Sam</b> **Stranger**": {"sub": "s1", "email": "sam@elsewhere.example", "groups": ["Atlas-Editors"]},
    "Lars Lapsed": {"sub": "a1", "iat": -9 * SOON},
    "Eve Expired": {"sub": "a1", "iat": -2 * SOON, "exp": -SOON},
    "Fred Forger": {"sub": "a1", "forged": True},
}


@dataclass
class Provider:
    """What the provider knows: its address, its key, its client's secret, and the codes it has given out."""

    address: str
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def metadata(self) -> dict[str, Any]:
        """What a client reads first."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def signed(self, asked: dict[str, str]) -> str:
        """The identity token of the person a code was given to."""
        person = dict(PEOPLE[asked["person"]])
        now, forged = int(time.time()), person.pop("forged", False)
        issued = now + person.pop("iat", 0)
        claims = {
            **person,
            "nonce": asked["nonce"],
            "iss": self.address,
            "aud": CLIENT,
            "name": asked["person"],
            "iat": issued,
            "exp": now + person.get("exp", SOON),
        }
        key = RSAKey.generate_key(2048, {"kid": self.key.kid}) if forged else self.key
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)

    def chosen(self, asked: dict[str, str]) -> str:
        """The address to go back to, with a code for the person who was chosen."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def redeemed(self, given: dict[str, str], authorization: str) -> dict[str, Any]:
        """The tokens for a code. Raises PermissionError where client, code, address or verifier is not as it was."""
        client, _, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.codes.pop(given.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if (unquote(client), unquote(secret)) != (CLIENT, self.secret) or asked is None:
            raise PermissionError("client or code")
        if asked["redirect_uri"] != given.get("redirect_uri") or asked["code_challenge"] != challenge:
            raise PermissionError("address or verifier")
        return {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "expires_in": SOON,
            "id_token": self.signed(asked),
        }


class Handler(BaseHTTPRequestHandler):
    """What the provider answers; a subclass holds the provider."""

    provider: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, _once(urlsplit(self.path).query)
        answers: dict[str, Callable[[], None]] = {
            "/.well-known/openid-configuration": lambda: self._json(self.provider.metadata),
            "/keys": lambda: self._json({"keys": [self.provider.key.as_dict(private=False)]}),
            "/authorize": lambda: self._say("text/html", _choice(asked)),
            "/chosen": lambda: self._go(self.provider.chosen(asked)),
            "/leave": lambda: self._go(asked["post_logout_redirect_uri"]),
        }
        answers.get(path, lambda: self.send_error(404))()

    def do_POST(self) -> None:
        given = _once(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            self._json(self.provider.redeemed(given, self.headers.get("Authorization", "")))
        except PermissionError as error:
            self._json({"error": "invalid_grant", "error_description": str(error)}, 400)

    def _json(self, value: dict[str, Any], status: int = 200) -> None:
        self._say("application/json", json.dumps(value), status)

    def _say(self, kind: str, text: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _go(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


def _once(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _choice(asked: dict[str, str]) -> str:
    links = "".join(
        f'<p><a href="/chosen?{escape(urlencode({**asked, "person": person}))}">{escape(person)}</a></p>'
        for person in PEOPLE
    )
    return f"<!doctype html><html lang=en><title>Provider</title><h1>Who are you?</h1>{links}"


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers for as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("OfProvider", (Handler,), {"provider": provider})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
