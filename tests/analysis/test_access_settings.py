"""The configuration of who may do what, and how the server may be started."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from analysis.access_settings import configured, from_this_machine, local_editing, read, refuse_weak_sign_in
from analysis.refusal import Refusal
from analysis.roles import Access, Listed, Role
from analysis.sources.library import ROOT

WHOLE = """
[atlas]
issuer = "https://sign.council.example"
provider = "council"
viewing = "listed"
subject_claim = "oid"
group_claim = "roles"
sign_in_hours = 4.5
[atlas.viewers]
groups = ["staff"]
[atlas.analysts]
emails = ["Anna@Council.example"]
[atlas.editors]
subjects = ["e-1", "e-2"]
"""
START = '[atlas]\nissuer = "https://sign.council.example"\n'
SECRET = "x" * 32


def test_a_whole_configuration_is_read() -> None:
    people = {
        Role.VIEWER: Listed(groups=frozenset({"staff"})),
        Role.ANALYST: Listed(emails=frozenset({"anna@council.example"})),
        Role.EDITOR: Listed(subjects=frozenset({"e-1", "e-2"})),
    }
    issuer = "https://sign.council.example"
    assert read(WHOLE, "atlas.toml") == Access(issuer, "council", True, "oid", "roles", 4.5, people)


def test_an_empty_table_is_as_nothing() -> None:
    assert read("[atlas]\n", "atlas.toml") == Access()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[atlas", "f.toml is not TOML: "),
        ("atlas = 1", "f.toml has no table [atlas]"),
        ("[atlass]", "f.toml has no table [atlas]"),
        (START + "editor = 1", "[atlas] has an unknown entry 'editor'. It may have: issuer, provider"),
        (START + '[atlas.editors]\nemail = ["a@b"]', "[atlas.editors] has an unknown entry 'email'"),
        (START + 'editors = ["a@b"]', "Write a table [atlas.editors] with emails, subjects, groups"),
        (START + '[atlas.editors]\nemails = "a@b"', "emails of [atlas.editors] is 'a@b'. It must be a list"),
        (START + "[atlas.editors]\nsubjects = [1]", "1 in subjects of [atlas.editors] must be text"),
        (START + '[atlas.editors]\ngroups = [""]', "'' in groups of [atlas.editors] must be text"),
        (START + '[atlas.editors]\ngroups = [" a"]', "' a' in groups of [atlas.editors] must be text without spaces"),
        (START + '[atlas.editors]\nemails = ["*@b.example"]', "is not an e-mail address. List people one by one"),
        (START + '[atlas.editors]\nemails = ["@b.example"]', "'@b.example' in emails of [atlas.editors] is not"),
        ('[atlas]\n[atlas.editors]\nsubjects = ["a"]', "lists people but no issuer. Say whose sign-ins count"),
        (START + 'viewing = "all"', "viewing is 'all'. It may be"),
        (START + '[atlas.viewers]\nsubjects = ["a"]', "lists viewers, but viewing is open to everybody"),
        (START + "sign_in_hours = 0", "sign_in_hours is 0. It must be a number above 0, at most 24"),
        (START + "sign_in_hours = 25", "sign_in_hours is 25"),
        (START + "sign_in_hours = true", "sign_in_hours is True"),
        (START + "sign_in_hours = nan", "sign_in_hours is nan"),
        ("[atlas]\nissuer = 5", "issuer is 5. It must be text"),
        (
            START + '[atlas.analysts]\nemails = ["A@b.c"]\n[atlas.editors]\nemails = ["a@B.c"]',
            "a@b.c is listed both as analyst and as editor. List it once.",
        ),
        (
            START + '[atlas.analysts]\ngroups = ["g"]\n[atlas.editors]\ngroups = ["g"]',
            "g is listed both as analyst and as editor",
        ),
    ],
)
def test_what_does_not_mean_one_thing_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text, "f.toml")
    assert said in str(refused.value)
    assert "f.toml" in str(refused.value)


def test_the_file_beside_the_app_is_read_and_the_one_named_before_it(tmp_path: Path) -> None:
    assert configured({}, tmp_path) == Access()
    (tmp_path / "atlas.toml").write_text(START)
    assert configured({}, tmp_path).issuer == "https://sign.council.example"
    (tmp_path / "other.toml").write_text(WHOLE)
    assert configured({"ATLAS_CONFIG": str(tmp_path / "other.toml")}, tmp_path).sign_in_hours == 4.5


def test_a_file_named_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"none\.toml, the configuration of the atlas, cannot be read"):
        configured({"ATLAS_CONFIG": str(tmp_path / "none.toml")}, tmp_path)
    (tmp_path / "atlas.toml").write_bytes(b"\xff")
    with pytest.raises(Refusal, match="cannot be read"):
        configured({}, tmp_path)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_local_editing_works_on_a_server_bound_to_this_machine(address: str) -> None:
    assert local_editing({"ATLAS_LOCAL_EDITING": "1"}, address, sign_in=False)


@pytest.mark.parametrize("asked", [{}, {"ATLAS_LOCAL_EDITING": ""}, {"ATLAS_LOCAL_EDITING": "0"}])
def test_local_editing_is_off_unless_asked_for(asked: dict[str, str]) -> None:
    assert not local_editing(asked, "127.0.0.1", sign_in=False)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.4", "127.0.0.1.evil.example"])
def test_local_editing_is_refused_where_others_can_reach_the_server(address: str | None) -> None:
    with pytest.raises(Refusal, match=f"this one is bound to {address or 'every address'}"):
        local_editing({"ATLAS_LOCAL_EDITING": "1"}, address, sign_in=False)


def test_local_editing_is_refused_beside_a_sign_in_and_when_unclear() -> None:
    with pytest.raises(Refusal, match="is for a server without a sign-in"):
        local_editing({"ATLAS_LOCAL_EDITING": "1"}, "127.0.0.1", sign_in=True)
    with pytest.raises(Refusal, match=r"is 'yes'\. It may be 1"):
        local_editing({"ATLAS_LOCAL_EDITING": "yes"}, "127.0.0.1", sign_in=False)


@pytest.mark.parametrize(
    ("headers", "client", "here"),
    [
        ({"Host": "127.0.0.1:8501"}, None, True),
        ({"host": "localhost:8501"}, "127.0.0.1", True),
        ({"Host": "[::1]:8501"}, None, True),
        ({"Host": "localhost"}, "10.0.0.7", False),
        ({"Host": "atlas.council.example"}, None, False),
        ({"Host": "localhost.evil.example"}, None, False),
        ({"Host": "localhost", "X-Forwarded-For": "10.0.0.7"}, None, False),
        ({"Host": "localhost", "x-forwarded-proto": "https"}, None, False),
        ({"Host": "localhost", "Forwarded": "for=10.0.0.7"}, None, False),
        ({"Host": "localhost", "Via": "1.1 proxy"}, None, False),
        ({"Host": "[::1"}, None, False),
        ({}, None, False),
    ],
)
def test_only_a_browser_on_this_machine_may_edit_without_a_sign_in(
    headers: dict[str, str], client: str | None, here: bool
) -> None:
    assert from_this_machine(headers, client) is here


def test_a_sign_in_somebody_could_make_up_is_refused() -> None:
    refuse_weak_sign_in({"cookie_secret": SECRET, "redirect_uri": "https://a.example/oauth2callback"}, False)
    refuse_weak_sign_in({"cookie_secret": SECRET, "redirect_uri": "http://localhost:{port}/oauth2callback"}, False)
    with pytest.raises(Refusal, match="at least 32 characters"):
        refuse_weak_sign_in({"cookie_secret": "short", "redirect_uri": "https://a.example/oauth2callback"}, False)
    with pytest.raises(Refusal, match="must begin with https://"):
        refuse_weak_sign_in({"cookie_secret": SECRET, "redirect_uri": "http://a.example/oauth2callback"}, False)
    with pytest.raises(Refusal, match="trustedUserHeaders lets the headers of a request say who somebody is"):
        refuse_weak_sign_in({"cookie_secret": SECRET, "redirect_uri": "https://a.example/oauth2callback"}, True)


def test_the_examples_of_the_guide_are_accepted() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    sign_in, lists = re.findall(r"^```toml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    auth = tomllib.loads(sign_in)["auth"]
    refuse_weak_sign_in(auth, False)
    assert {"redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url"} <= set(auth)
    access = read(lists, "atlas.toml")
    assert auth["server_metadata_url"].startswith(access.issuer)
    assert set(access.people) == {Role.ANALYST, Role.EDITOR}
