"""The configuration of who may do what, read whole or refused with one sentence, and how the server may be started."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analysis.refusal import Refusal
from analysis.roles import Access, Listed, Role

FILE = "atlas.toml"
NAMED_BY = "ATLAS_CONFIG"
LOCAL_EDITING = "ATLAS_LOCAL_EDITING"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET = 32
LONGEST_SIGN_IN = 24
_LISTS = {"viewers": Role.VIEWER, "analysts": Role.ANALYST, "editors": Role.EDITOR}
_WORDS = ("issuer", "provider", "subject_claim", "group_claim")
_VIEWING = ("open", "listed")
_KINDS = ("emails", "subjects", "groups")


def configured(environ: Mapping[str, str], root: Path) -> Access:
    """What the file named by ATLAS_CONFIG says, or `atlas.toml` beside the app, or nothing where there is neither.

    Raises Refusal, naming the file and what is wrong in it, when it cannot be read or does not mean one thing.
    """
    named = environ.get(NAMED_BY, "")
    path = Path(named) if named else root / FILE
    if not named and not path.exists():
        return Access()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}, the configuration of the atlas, cannot be read: {error}.") from error
    return read(text, path.name)


def read(text: str, file: str) -> Access:
    """The table [atlas] of a TOML. Raises Refusal as `configured` does."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{file} is not TOML: {error}.") from error
    table = given.get("atlas")
    if not isinstance(table, dict):
        raise Refusal(f"{file} has no table [atlas]. Add one, or take the file away.")
    _refuse_unknown(file, "[atlas]", table, [*_WORDS, "viewing", "sign_in_hours", *_LISTS])
    words = {name: _word(file, name, table[name]) for name in _WORDS if name in table}
    people = {role: _listed(file, name, table[name]) for name, role in _LISTS.items() if name in table}
    viewing = table.get("viewing", _VIEWING[0])
    if viewing not in _VIEWING:
        raise Refusal(f'{file}: viewing is {viewing!r}. It may be "open", to everybody, or "listed", to people listed.')
    hours = _hours(file, table.get("sign_in_hours", 8))
    access = Access(**words, listed_only=viewing == "listed", sign_in_hours=hours, people=people)
    _refuse_contradictions(file, access)
    return access


def _refuse_unknown(file: str, where: str, table: Mapping[str, Any], known: list[str]) -> None:
    unknown = [name for name in table if name not in known]
    if unknown:
        raise Refusal(f"{file}: {where} has an unknown entry {unknown[0]!r}. It may have: {', '.join(known)}.")


def _word(file: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refusal(f"{file}: {name} is {value!r}. It must be text in quotation marks.")
    return value


def _hours(file: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_SIGN_IN:
        raise Refusal(f"{file}: sign_in_hours is {value!r}. It must be a number above 0, at most {LONGEST_SIGN_IN}.")
    return value


def _listed(file: str, name: str, table: Any) -> Listed:
    where = f"[atlas.{name}]"
    if not isinstance(table, dict):
        raise Refusal(f"{file}: {name} is {table!r}. Write a table {where} with {', '.join(_KINDS)}.")
    _refuse_unknown(file, where, table, [*_KINDS])
    lists = {kind: _entries(file, f"{kind} of {where}", table[kind]) for kind in table}
    emails = frozenset(entry.casefold() for entry in lists.get("emails", []))
    for email in sorted(emails):
        if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or "*" in email:
            raise Refusal(f"{file}: {email!r} in emails of {where} is not an e-mail address. List people one by one.")
    return Listed(emails, frozenset(lists.get("subjects", [])), frozenset(lists.get("groups", [])))


def _entries(file: str, what: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Refusal(f"{file}: {what} is {value!r}. It must be a list in square brackets.")
    for entry in value:
        if not isinstance(entry, str) or not entry or entry != entry.strip():
            raise Refusal(f"{file}: {entry!r} in {what} must be text without spaces before or after it.")
    return value


def _refuse_contradictions(file: str, access: Access) -> None:
    if any(listed != Listed() for listed in access.people.values()) and not access.issuer:
        raise Refusal(
            f"{file} lists people but no issuer. Say whose sign-ins count: the value of `issuer` in the provider's "
            ".well-known/openid-configuration."
        )
    if Role.VIEWER in access.people and not access.listed_only:
        raise Refusal(f'{file} lists viewers, but viewing is open to everybody. Set viewing = "listed", or list none.')
    held: dict[tuple[str, str], Role] = {}
    for role, listed in access.people.items():
        for kind in _KINDS:
            for entry in sorted(getattr(listed, kind)):
                other = held.setdefault((kind, entry), role)
                if other is not role:
                    raise Refusal(f"{file}: {entry} is listed both as {other} and as {role}. List it once.")


def local_editing(environ: Mapping[str, str], address: str | None, *, sign_in: bool) -> bool:
    """Whether the operator of a server bound to `address` asked for editing without a sign-in.

    Raises Refusal when it was asked for and would let others edit, or beside a sign-in (`sign_in`).
    """
    asked = environ.get(LOCAL_EDITING, "")
    if asked in ("", "0"):
        return False
    if asked != "1":
        raise Refusal(f"{LOCAL_EDITING} is {asked!r}. It may be 1, for editing on this machine, or 0.")
    if address not in LOOPBACK:
        raise Refusal(
            f"{LOCAL_EDITING} lets whoever reaches the atlas change it, so it works only on a server bound to this "
            f"machine, and this one is bound to {address or 'every address'}. Start it with "
            "--server.address 127.0.0.1, or with `make edit`."
        )
    if sign_in:
        raise Refusal(f"{LOCAL_EDITING} is for a server without a sign-in, and this one has one. Take away either.")
    return True


def from_this_machine(headers: Mapping[str, str], client: str | None) -> bool:
    """Whether a request was made by a browser on this machine: from it, to its own name, and passed on by no proxy.

    `client` is the address the connection came from, None where that is this machine.
    """
    given = {name.lower(): value for name, value in headers.items()}
    passed_on = {"forwarded", "via", "x-real-ip"} & set(given) or any(name.startswith("x-forwarded") for name in given)
    try:
        host = urlsplit(f"//{given.get('host', '')}").hostname
    except ValueError:
        return False
    return client in (None, *LOOPBACK) and host in LOOPBACK and not passed_on


def refuse_weak_sign_in(sign_in: Mapping[str, Any], headers_trusted: bool) -> None:
    """Nothing when a sign-in can be relied on. Raises Refusal when somebody could make up one."""
    if len(str(sign_in.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise Refusal(
            f"The cookie_secret of [auth] must have at least {SHORTEST_SECRET} characters, because whoever guesses it "
            'can sign in as anybody. Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    address = urlsplit(str(sign_in.get("redirect_uri", "")))
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise Refusal("The redirect_uri of [auth] must begin with https://, so that no sign-in can be read on its way.")
    if headers_trusted:
        raise Refusal(
            "server.trustedUserHeaders lets the headers of a request say who somebody is, beside the sign-in. Take it "
            "out of the configuration of Streamlit."
        )
