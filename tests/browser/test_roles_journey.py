"""Who may do what, in real Chromium against a real provider of sign-ins on this machine."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.comparison import SMALL, Verdict
from analysis.gap import gap
from analysis.present.palette import VERDICTS
from analysis.sources.library import ROOT, Library
from pages.components.evidence import DISCLOSURE
from tests.browser.conftest import free_port, served
from tests.browser.reader import PATIENCE_MS, Reader, new_reader
from tests.browser.test_accessibility import is_allowed, violations
from tests.oidc.provider import CLIENT, Provider, running

USER_COOKIE = "_streamlit_user"
CASELOAD = {"edition": "2020", "need": "idaci2015", "provision": "caseload_families"}
SWITCH = "Show small counts"
NOBODY = "You are looking as a viewer, without signing in."
CONFIGURATION = """
[atlas]
issuer = "{issuer}"
[atlas.analysts]
emails = ["anna@council.example"]
subjects = ["a1"]
[atlas.editors]
groups = ["atlas-editors"]
"""


@dataclass
class Signed:
    """An atlas with a sign-in, its provider, and the folder of its configuration and log."""

    address: str
    provider: Provider
    folder: Path

    @property
    def log(self) -> str:
        """What the server has written to its log."""
        return (self.folder / "server.log").read_text("utf-8")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    folder, port = tmp_path_factory.mktemp("signed"), free_port()
    with running() as provider:
        auth = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": secrets.token_urlsafe(48),
            "client_id": CLIENT,
            "client_secret": provider.secret,
            "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
        }
        lines = [*(f"{name} = {json.dumps(value)}" for name, value in auth.items()), "[auth.client_kwargs]"]
        (folder / "secrets.toml").write_text("\n".join(["[auth]", *lines, 'code_challenge_method = "S256"']))
        (folder / "atlas.toml").write_text(CONFIGURATION.format(issuer=provider.address))
        options = ["--secrets.files", str(folder / "secrets.toml")]
        environ = {"ATLAS_CONFIG": str(folder / "atlas.toml")}
        with served(folder / "server.log", port, options, environ) as address:
            yield Signed(address, provider, folder)


@pytest.fixture
def visitor(signed: Signed, chromium: Browser) -> Iterator[Callable[..., Reader]]:
    """People with a browser of their own each; a name signs in as that person."""
    opened: list[Reader] = []

    def begin(person: str | None = None) -> Reader:
        opened.append(new_reader(chromium, signed.address, also=signed.provider.address))
        opened[-1].page.goto(f"{signed.address}/costs")
        if person:
            sign_in(opened[-1], person)
        return opened[-1]

    yield begin
    for reader in opened:
        reader.page.context.close()


@pytest.fixture(scope="module")
def shared(signed: Signed, chromium: Browser) -> Iterator[Reader]:
    """One browser that many people use, one after the other."""
    reader = new_reader(chromium, signed.address, also=signed.provider.address)
    reader.page.goto(f"{signed.address}/costs")
    yield reader
    reader.page.context.close()


def sign_in(reader: Reader, person: str) -> None:
    reader.page.get_by_role("button", name="Sign in").click(timeout=PATIENCE_MS)
    reader.page.get_by_role("link", name=person, exact=True).click(timeout=PATIENCE_MS)
    reader.page.wait_for_url(f"{reader.base}/", timeout=PATIENCE_MS)


def sign_out(reader: Reader) -> None:
    with reader.page.expect_response(lambda answer: "/auth/logout" in answer.url, timeout=PATIENCE_MS):
        reader.page.get_by_role("button", name="Sign out").click(timeout=PATIENCE_MS)
    reader.page.get_by_role("button", name="Sign in").wait_for(timeout=PATIENCE_MS)
    assert not signed_in(reader)


def signed_in(reader: Reader) -> bool:
    """Whether the browser holds the cookie of a sign-in."""
    return USER_COOKIE in {cookie["name"] for cookie in reader.page.context.cookies()}


def foot(page: Page) -> str:
    """What the foot of the sidebar says, once it says anything of the person."""
    said = page.get_by_test_id("stSidebar").get_by_text(re.compile("^Signed in as|^You are looking as a viewer"))
    said.wait_for(timeout=PATIENCE_MS)
    return " ".join(said.inner_text().split())


def saved(reader: Reader) -> tuple[str, pd.DataFrame]:
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("button", name="Download this table").first.click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    return coming.value.suggested_filename, pd.read_csv(io.StringIO(coming.value.path().read_text("utf-8-sig")))


def everything(reader: Reader) -> str:
    """The page with its map and its tables, as the browser holds them."""
    return " ".join(frame.content() for frame in reader.page.frames)


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    """The wards whose counts no viewer may see, with their counts."""
    library = Library()
    asked = [CASELOAD[name] for name in ("edition", "need", "provision")]
    shown, whole = gap(library, *asked), gap(library, *asked, small_counts=True)
    hidden = shown.table.index[shown.table["verdict"] == Verdict.NOT_SHOWN]
    assert whole.table.loc[hidden, "observed"].between(1, 4).any()
    return whole.table.loc[hidden].set_index("area_code")


@pytest.mark.parametrize(
    ("person", "role", "why"),
    [
        ("Vera Viewer", "viewer", None),
        ("<b>Sam</b> **Stranger**", "viewer", None),
        ("Edda Editor", "editor", None),
        ("Lars Lapsed", "viewer", "more than 8 hours old"),
    ],
)
def test_a_person_who_signs_in_has_the_role_of_the_lists_or_is_told_why_not(
    shared: Reader, person: str, role: str, why: str | None
) -> None:
    sign_in(shared, person)
    assert foot(shared.page) == f"Signed in as {person}, {role}."
    expect(shared.page.get_by_text(SWITCH)).to_have_count(1 if role == "editor" else 0)
    if why:
        expect(shared.page.get_by_test_id("stSidebar").get_by_text(why)).to_be_visible()
    sign_out(shared)


@pytest.mark.parametrize(
    ("person", "fault"),
    [("Eve Expired", "expired_token"), ("Fred Forger", "bad_signature")],
)
def test_an_expired_or_forged_token_signs_nobody_in(shared: Reader, signed: Signed, person: str, fault: str) -> None:
    assert fault not in signed.log
    sign_in(shared, person)
    assert foot(shared.page) == NOBODY
    assert not signed_in(shared)
    expect(shared.page.get_by_text(SWITCH)).to_have_count(0)
    assert fault in signed.log


def test_small_counts_are_seen_by_the_analyst_alone_marked_and_gone_after_signing_out(
    visitor: Callable[..., Reader], signed: Signed, small: pd.DataFrame
) -> None:
    analyst, viewer = visitor("Anna Analyst"), visitor()
    analyst.open(**CASELOAD)
    assert SMALL in everything(analyst)
    analyst.page.get_by_text(SWITCH).click()
    banner = analyst.page.get_by_text("Analyst's view, not for publication.")
    expect(banner).to_be_visible(timeout=PATIENCE_MS)
    analyst.settled()
    assert SMALL not in everything(analyst)
    assert "small" not in analyst.page.url
    expect(analyst.page.locator(".atlas-key .mark").first).to_have_text("Analyst's view: not for publication")
    for heading in analyst.page.get_by_role("heading", level=2).all():
        expect(heading).to_contain_text("not for publication")
    found = [one for frame in analyst.page.frames for one in violations(frame) if not is_allowed(one, frame)]
    assert not found, "\n".join(map(str, found))
    name, table = saved(analyst)
    assert name.endswith("_small_counts.csv")
    assert set(table["disclosure"]) == {DISCLOSURE}
    counts = table.set_index("area_code")["observed"]
    pd.testing.assert_series_equal(counts[small.index], small["observed"])

    viewer.open(**CASELOAD, small_counts="on")
    assert everything(viewer).count(VERDICTS[Verdict.NOT_SHOWN].label) > len(small)
    expect(viewer.page.get_by_text("not for publication")).to_have_count(0)
    name, table = saved(viewer)
    assert "small" not in name
    assert "disclosure" not in table
    assert table.set_index("area_code").loc[small.index, ["observed", "oe", "gap"]].isna().all(axis=None)

    analyst.turn_to("Need", "Deprivation")
    analyst.arrives("deprivation", "Where is deprivation")
    expect(banner).to_be_visible()
    analyst.open(**CASELOAD)
    expect(banner).to_have_count(0)
    assert SMALL in everything(analyst)
    assert not analyst.errors + viewer.errors
    sign_out(analyst)
    assert signed.log.count("small counts shown: analyst a1") == 1


def test_pages_of_the_return_give_an_analyst_every_count_and_a_viewer_none_of_them(
    visitor: Callable[..., Reader],
) -> None:
    analyst, viewer = visitor("Anna Analyst"), visitor()
    analyst.open("met_need", **CASELOAD)
    analyst.page.get_by_text(SWITCH).click()
    expect(analyst.page.get_by_text("Analyst's view, not for publication.")).to_be_visible(timeout=PATIENCE_MS)
    analyst.settled()
    viewer.open("met_need", **CASELOAD)
    label, whole, shown = VERDICTS[Verdict.NOT_SHOWN].label, saved(analyst), saved(viewer)
    assert "Supported: not shown" in everything(viewer)
    assert "Supported: not shown" not in everything(analyst)
    assert label in everything(viewer)
    held = shown[1]["met"].isna()
    assert held.any()
    assert whole[1].loc[held, "met"].between(0, 4).any()
    assert (whole[0].endswith("_small_counts.csv"), "small" in shown[0]) == (True, False)
    assert set(whole[1]["disclosure"]) == {DISCLOSURE}
    assert "disclosure" not in shown[1]
    analyst.turn_to("Provision", "Activity")
    analyst.arrives("activity", "What do services do")
    assert "not shown" not in analyst.page.get_by_test_id("stMain").inner_text()
    viewer.open("activity", edition="2020")
    assert "not shown" in viewer.page.get_by_test_id("stMain").inner_text()
    sign_out(analyst)
    assert "small" not in analyst.page.url
    analyst.open("activity", edition="2020")
    assert "not shown" in analyst.page.get_by_test_id("stMain").inner_text()
    assert not analyst.errors + viewer.errors


def test_a_cookie_that_was_tampered_with_signs_nobody_in(visitor: Callable[..., Reader]) -> None:
    reader = visitor("Anna Analyst")
    assert foot(reader.page) == "Signed in as Anna Analyst, analyst."
    cookie = next(cookie for cookie in reader.page.context.cookies() if cookie["name"] == USER_COOKIE)
    reader.page.context.add_cookies([{**cookie, "value": f"{cookie['value'][:-2]}AA"}])
    reader.page.goto(f"{reader.base}/costs")
    assert foot(reader.page) == NOBODY


def test_a_person_taken_off_the_list_loses_the_role_and_what_it_showed_with_the_next_click(
    visitor: Callable[..., Reader], signed: Signed
) -> None:
    analyst, kept = visitor("Anna Analyst"), (signed.folder / "atlas.toml").read_text("utf-8")
    analyst.open(**CASELOAD)
    analyst.page.get_by_text(SWITCH).click()
    expect(analyst.page.get_by_text("Analyst's view, not for publication.")).to_be_visible(timeout=PATIENCE_MS)
    analyst.settled()
    try:
        (signed.folder / "atlas.toml").write_text(kept.replace('"a1"', "").replace('"anna@council.example"', ""))
        analyst.choose("Show on the map", "Provision")
        expect(analyst.page.get_by_text("not for publication")).to_have_count(0, timeout=PATIENCE_MS)
        assert SMALL in everything(analyst.settled())
    finally:
        (signed.folder / "atlas.toml").write_text(kept)


RUN_BY_MARKUP = """() => new Promise((done) => {
  document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = true">');
  document.body.lastElementChild.addEventListener("error", () => done(window.ran === true));
})"""


def test_local_editing_is_for_a_browser_on_this_machine_and_no_markup_runs(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path / "server.log", environ={"ATLAS_LOCAL_EDITING": "1"}) as address:
        here = new_reader(chromium, address)
        here.open("costs")
        expect(here.page.get_by_text("Editing is on for this machine alone")).to_be_visible(timeout=PATIENCE_MS)
        expect(here.page.get_by_text(SWITCH)).to_be_visible()
        assert here.page.evaluate(RUN_BY_MARKUP) is False
        assert any("Content Security Policy" in error for error in here.errors)
        here.page.context.set_extra_http_headers({"X-Forwarded-For": "10.0.0.7"})
        here.open("costs")
        expect(here.page.get_by_text("Editing is on for this machine alone")).to_have_count(0)
        expect(here.page.get_by_text(SWITCH)).to_have_count(0)
        here.page.context.close()


def test_local_editing_is_refused_on_a_server_others_can_reach() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(free_port())]
    refused = subprocess.run(
        [*command, "--server.address", "0.0.0.0"],
        cwd=ROOT,
        env={**os.environ, "ATLAS_LOCAL_EDITING": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert "this one is bound to 0.0.0.0" in refused.stderr
