"""Who is looking: the role of this session, from Streamlit's own sign-in or the operator's switch."""

from __future__ import annotations

import os
import time

import streamlit as st
from streamlit.logger import get_logger

from analysis import access_settings, roles
from analysis.roles import Access, Role, Standing
from analysis.sources.assets import ROOT


def check() -> None:
    """Nothing when the atlas may be served as it was started. Raises Refusal when that would give roles away."""
    settings()
    local_editing()
    if sign_in_offered():
        access_settings.refuse_weak_sign_in(st.secrets["auth"], bool(st.get_option("server.trustedUserHeaders")))


def settings() -> Access:
    """What is configured now, so that a person taken off a list loses the role with the next click."""
    return access_settings.configured(os.environ, ROOT)


def sign_in_offered() -> bool:
    """Whether a provider of sign-ins is configured."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def local_editing() -> bool:
    """Whether the operator started the atlas for editing on this machine. Raises Refusal where that is not safe."""
    return access_settings.local_editing(os.environ, st.get_option("server.address"), sign_in=sign_in_offered())


def current() -> Standing:
    """The standing of whoever looks at this session. Never asked for in a cached function: a role is in its key."""
    if local_editing() and access_settings.from_this_machine(st.context.headers, st.context.ip_address):
        return Standing(Role.EDITOR)
    return roles.standing(settings(), st.user.to_dict(), time.time())


def require(needed: str) -> None:
    """Nothing when this session has a role, such as "editor". Raises Refusal with a sentence for the page otherwise."""
    roles.require(current(), Role(needed))


def log(what: str) -> None:
    """Write to the log of the server what this person did: the role and the provider's subject, never a name."""
    found = current()
    get_logger(__name__).info("%s: %s %s", what, found.role, found.subject or "on this machine")
