"""Who may do what: the role of a person, from the claims of a sign-in and the lists of the configuration.

Where nothing is configured everybody is a viewer, and nobody is anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.refusal import Refusal

CLOCKS_DIFFER = 300


class Role(StrEnum):
    """What a person may do; each role may also do what those before it may."""

    OUTSIDE = "outside"
    VIEWER = "viewer"
    ANALYST = "analyst"
    EDITOR = "editor"

    def may(self, needed: Role) -> bool:
        """Whether this role may do what needs another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Listed:
    """The people of a role: e-mail addresses in lower case, subjects and groups as the provider writes them."""

    emails: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Access:
    """What is configured: whose sign-ins count and for how long, where they name people, and who has which role.

    `issuer` is the provider whose claims count; `provider` the name under which Streamlit knows it, if it has one;
    `listed_only` that only people of a list may view; `sign_in_hours` how long a sign-in gives its role.
    """

    issuer: str = ""
    provider: str | None = None
    listed_only: bool = False
    subject_claim: str = "sub"
    group_claim: str = "groups"
    sign_in_hours: float = 8
    people: Mapping[Role, Listed] = field(default_factory=dict)

    @property
    def everybody(self) -> Role:
        """The role of a person of whom nothing is known."""
        return Role.OUTSIDE if self.listed_only else Role.VIEWER


@dataclass(frozen=True)
class Standing:
    """The role of a person, their `name` and `subject` as the provider gives them, and `why` a role was kept away."""

    role: Role
    signed_in: bool = False
    name: str = ""
    subject: str = ""
    why: str = ""


def standing(access: Access, claims: Mapping[str, Any], now: float) -> Standing:
    """The standing of the person with these claims of an identity token at `now` (seconds since 1970).

    The greatest role of those whose lists hold the person. A sign-in of another issuer, without the time of its issue
    or too long ago gives no role, and neither does an e-mail address that the provider does not say it has verified.
    """
    if claims.get("is_logged_in") is not True:
        return Standing(access.everybody)
    name, subject = _text(claims, "name") or _text(claims, "email"), _text(claims, access.subject_claim)
    why = _not_counted(access, claims, now)
    if why:
        return Standing(access.everybody, signed_in=True, name=name, subject=subject, why=why)
    found = [role for role in Role if role in access.people and _holds(access, access.people[role], claims)]
    role = found[-1] if found else access.everybody
    return Standing(role, signed_in=True, name=name, subject=subject, why=_unverified(access, claims, role))


def _not_counted(access: Access, claims: Mapping[str, Any], now: float) -> str:
    if not access.issuer or _text(claims, "iss") != access.issuer:
        return "This sign-in is not from the provider that the configuration of the atlas names, so it gives no role."
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float) or issued > now + CLOCKS_DIFFER:
        return "This sign-in does not say when it was made, so it gives no role. Sign out and in again."
    if now - issued > 3600 * access.sign_in_hours:
        return f"This sign-in is more than {access.sign_in_hours:g} hours old and has lapsed. Sign out and in again."
    return ""


def _holds(access: Access, listed: Listed, claims: Mapping[str, Any]) -> bool:
    return (
        (_text(claims, "email").casefold() in listed.emails and _verified(claims))
        or _text(claims, access.subject_claim) in listed.subjects
        or bool(_groups(claims.get(access.group_claim)) & listed.groups)
    )


def _unverified(access: Access, claims: Mapping[str, Any], role: Role) -> str:
    email = _text(claims, "email").casefold()
    greater = any(email in listed.emails and not role.may(other) for other, listed in access.people.items())
    if not greater or _verified(claims):
        return ""
    return f"{email} is listed, but the provider does not say that the address was verified, so it gives no role."


def _verified(claims: Mapping[str, Any]) -> bool:
    said = claims.get("email_verified")
    return said is True or said == "true"


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _groups(value: Any) -> frozenset[str]:
    given = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return frozenset(group for group in given if isinstance(group, str))


_NEEDS = {
    Role.VIEWER: "Only people on its lists may see this atlas",
    Role.ANALYST: "Small counts are for analysts and editors",
    Role.EDITOR: "Changing the atlas is for editors",
}


def require(found: Standing, needed: Role) -> None:
    """Nothing when a person may do what needs a role. Raises Refusal with what to do otherwise."""
    if found.role.may(needed):
        return
    article = "an" if needed[0] in "aeiou" else "a"
    todo = found.why or (
        f"You are signed in, but not listed as {article} {needed}. Ask whoever runs this atlas to list you."
        if found.signed_in
        else f"Sign in as {article} {needed} to go on."
    )
    raise Refusal(f"{_NEEDS[needed]}. {todo}")
