"""From the claims of a sign-in to what a person may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.refusal import Refusal
from analysis.roles import Access, Listed, Role, Standing, require, standing

NOW = 1_800_000_000.0
ISSUER = "https://sign.council.example"
ACCESS = Access(
    issuer=ISSUER,
    people={
        Role.ANALYST: Listed(emails=frozenset({"anna@council.example"}), groups=frozenset({"Public health"})),
        Role.EDITOR: Listed(subjects=frozenset({"e-1"}), groups=frozenset({"editors"})),
    },
)
CLAIMS = {"is_logged_in": True, "iss": ISSUER, "iat": NOW - 60, "sub": "x-9", "name": "Anna"}
ANNA = {"email": "Anna@Council.example", "email_verified": True}


def role(access: Access = ACCESS, **claims: Any) -> Role:
    return standing(access, {**CLAIMS, **claims}, NOW).role


def test_nothing_configured_leaves_everybody_a_viewer() -> None:
    assert standing(Access(), {}, NOW) == Standing(Role.VIEWER)
    assert role(Access(), **ANNA) is Role.VIEWER
    assert standing(Access(), {**CLAIMS, "iss": ""}, NOW).role is Role.VIEWER


def test_people_are_known_by_a_verified_address_a_subject_or_a_group() -> None:
    assert role(**ANNA) is Role.ANALYST
    assert role(groups=["Public health"]) is Role.ANALYST
    assert role(sub="e-1") is Role.EDITOR
    assert role(groups="editors") is Role.EDITOR
    assert role() is Role.VIEWER


def test_the_greatest_of_several_roles_counts() -> None:
    assert role(**ANNA, groups=["Public health", "editors"]) is Role.EDITOR


@pytest.mark.parametrize("verified", [False, None, "yes", 1, "True"])
def test_an_address_that_is_not_verified_gives_no_role_and_says_so(verified: Any) -> None:
    found = standing(ACCESS, {**CLAIMS, **ANNA, "email_verified": verified}, NOW)
    assert found.role is Role.VIEWER
    assert "anna@council.example is listed, but the provider does not say" in found.why
    assert "Small counts are for analysts and editors. anna@" in refusal(found, Role.ANALYST)


def test_an_unverified_address_is_not_held_against_a_person_known_otherwise() -> None:
    found = standing(ACCESS, {**CLAIMS, "email": "anna@council.example", "sub": "e-1"}, NOW)
    assert (found.role, found.why) == (Role.EDITOR, "")


@pytest.mark.parametrize(
    "strange",
    [
        {"groups": ["Editors"]},
        {"groups": {"editors": True}},
        {"groups": [["editors"]]},
        {"roles": ["editors"]},
        {"sub": ["e-1"]},
        {"oid": "e-1"},
        {"email": ["anna@council.example"], "email_verified": True},
        {"email": "anna@council.example.evil.example", "email_verified": True},
    ],
)
def test_what_is_only_like_an_entry_gives_no_role(strange: dict[str, Any]) -> None:
    assert role(**strange) is Role.VIEWER


def test_the_claims_that_name_people_and_groups_are_configured() -> None:
    access = replace(ACCESS, subject_claim="oid", group_claim="roles")
    assert role(access, oid="e-1") is Role.EDITOR
    assert role(access, roles=["Public health"]) is Role.ANALYST
    assert role(access, sub="e-1", groups=["editors"]) is Role.VIEWER


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://other.example"}, "not from the provider that the configuration"),
        ({"iss": None}, "not from the provider that the configuration"),
        ({"iat": None}, "does not say when it was made"),
        ({"iat": True}, "does not say when it was made"),
        ({"iat": NOW + 301}, "does not say when it was made"),
        ({"iat": NOW - 8 * 3600 - 1}, "is more than 8 hours old and has lapsed"),
    ],
)
def test_a_sign_in_that_does_not_count_says_why(changed: dict[str, Any], why: str) -> None:
    found = standing(ACCESS, {**CLAIMS, "sub": "e-1", **changed}, NOW)
    assert (found.role, found.signed_in) == (Role.VIEWER, True)
    assert why in found.why


def test_a_sign_in_counts_to_its_last_second_and_clocks_may_differ() -> None:
    assert role(sub="e-1", iat=NOW - 8 * 3600) is Role.EDITOR
    assert role(sub="e-1", iat=NOW + 300) is Role.EDITOR
    assert role(replace(ACCESS, sign_in_hours=0.5), sub="e-1", iat=NOW - 1801) is Role.VIEWER


def test_only_a_sign_in_gives_a_role() -> None:
    for said in (False, None, "true", 1):
        assert role(sub="e-1", is_logged_in=said) is Role.VIEWER


def test_where_viewing_is_for_people_listed_others_are_outside() -> None:
    access = replace(ACCESS, listed_only=True, people={Role.VIEWER: Listed(subjects=frozenset({"v"})), **ACCESS.people})
    assert standing(access, {}, NOW).role is Role.OUTSIDE
    assert role(access) is Role.OUTSIDE
    assert role(access, sub="v") is Role.VIEWER
    assert role(access, sub="e-1") is Role.EDITOR
    assert role(access, sub="e-1", iat=1) is Role.OUTSIDE


def test_each_role_may_do_what_those_before_it_may() -> None:
    order = [Role.OUTSIDE, Role.VIEWER, Role.ANALYST, Role.EDITOR]
    for place, one in enumerate(order):
        assert [one.may(other) for other in order] == [place >= other for other in range(4)]


def refusal(found: Standing, needed: Role) -> str:
    with pytest.raises(Refusal) as refused:
        require(found, needed)
    return str(refused.value)


def test_a_refusal_says_what_is_needed_and_what_to_do() -> None:
    assert refusal(Standing(Role.VIEWER), Role.EDITOR) == (
        "Changing the atlas is for editors. Sign in as an editor to go on."
    )
    assert refusal(Standing(Role.ANALYST, signed_in=True), Role.EDITOR) == (
        "Changing the atlas is for editors. You are signed in, but not listed as an editor. "
        "Ask whoever runs this atlas to list you."
    )
    assert refusal(Standing(Role.OUTSIDE), Role.VIEWER).startswith("Only people on its lists may see this atlas.")
    require(Standing(Role.EDITOR), Role.EDITOR)
    require(Standing(Role.EDITOR), Role.ANALYST)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*CLAIMS, "email", "email_verified", "groups"]), anything))
def test_no_claims_crash_or_give_a_role_that_no_list_gives(claims: dict[str, Any]) -> None:
    assert standing(ACCESS, claims, NOW).role is Role.VIEWER
    assert standing(ACCESS, {**claims, **CLAIMS}, NOW).role is Role.VIEWER
