"""Two servers of the atlas on one store, behind nginx with the shipped configuration, in real Chromium."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from analysis.__main__ import main
from analysis.sources.library import Library
from analysis.store.opening import opened
from analysis.store.publishing import shown_now
from edge import ALWAYS
from tests.browser.conftest import chromium_with, served
from tests.browser.reader import PAGES, PATIENCE_MS, Reader, new_reader
from tests.deploy.proxy import NAME, Proxy, program, proxied
from tests.pages.test_what_is_published import NAME as PUBLISHED
from tests.pages.test_what_is_published import draft
from tests.returns.files import activity
from tests.store.servers import Server, programs

EDITING = "Editing is on for this machine alone"
TRUSTING = (
    "--no-sandbox",
    "--ignore-certificate-errors",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE {NAME}",
)


@dataclass
class Site:
    """Two servers, that may be stopped, and the nginx before them. Both would let a person on this machine edit."""

    store: Mapping[str, str]
    proxy: Proxy
    running: dict[str, ExitStack]
    visit: Callable[[str], Reader]

    def ask(self) -> httpx.Client:
        """A visitor without a screen, who trusts the certificate and keeps cookies."""
        return httpx.Client(base_url=self.proxy.address, verify=self.proxy.trust)

    def reader_of(self, server: str) -> Reader:
        """A tab whose cookie keeps it with one of the servers."""
        for number in count():
            with self.ask() as visitor:
                for _ in range(2):
                    visitor.get(f"/{server}/{number}")
                cookie = visitor.cookies["atlas_server"]
            if self.answered(0, f"/{server}/{number}") == {server}:
                break
        reader = self.visit(self.proxy.address)
        reader.page.context.add_cookies([{"name": "atlas_server", "value": cookie, "url": self.proxy.address}])
        return reader

    def answered(self, since: int, path: str = r"\S+") -> set[str]:
        """Which servers have answered since a line of the log, of requests for a path."""
        asked = re.compile(rf'"(?:GET|PUT) {path}" \d+ \d+ \S+ (127\.0\.0\.1:\d+)$')
        return {found[1] for line in self.proxy.log[since:] if (found := asked.search(line))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    program()
    folder, found = tmp_path_factory.mktemp("behind"), programs()
    with ExitStack() as everything:
        store = {"ATLAS_STORE": str(folder / "atlas.db")}
        if found:
            database = Server(found)
            everything.callback(database.remove)
            store = {"DATABASE_URL": database.database("atlas")}
        running: dict[str, ExitStack] = {}
        for number in ("one", "two"):
            stack = everything.enter_context(ExitStack())
            environ = {"ATLAS_LOCAL_EDITING": "1", **store}
            address = stack.enter_context(served(folder / f"{number}.log", environ=environ))
            running[address.removeprefix("http://")] = stack
        (folder / "nginx").mkdir()
        proxy = everything.enter_context(proxied(folder / "nginx", list(running)))
        browser = everything.enter_context(chromium_with(*TRUSTING))

        def visit(address: str) -> Reader:
            reader = new_reader(browser, address)
            everything.callback(reader.page.context.close)
            return reader

        yield Site(store, proxy, running, visit)


def test_pages_uploads_and_downloads_work_and_all_come_from_one_server(site: Site) -> None:
    before = len(site.proxy.log)
    reader = site.visit(site.proxy.address).open("own_return")
    with reader.page.expect_download() as saved:
        reader.page.get_by_role("button", name="Download the template (Excel)").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"PK")
    upload = {"name": "return.xlsx", "mimeType": "application/octet-stream", "buffer": activity({"new": -1})}
    reader.page.locator("input[type=file]").set_input_files(upload)
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("1 fault and may not", timeout=PATIENCE_MS)
    reader.open("")
    assert reader.fills()
    assert reader.errors == []
    assert reader.foreign == []
    reader.page.context.close()
    log = "\n".join(site.proxy.log[before:])
    assert {"/media/", "/_stcore/upload_file/"} <= set(re.findall(r'"(?:GET|PUT) (\S+)"', log))
    assert "xlsx" not in log
    assert len(site.answered(before)) == 1
    assert not any(path.is_file() for folder in ("body", "proxied") for path in (site.proxy.folder / folder).rglob("*"))


def test_visitors_are_spread_and_each_stays_where_it_began(site: Site) -> None:
    spread = set()
    for number in range(24):
        with site.ask() as visitor:
            cookies = " ".join(visitor.get(f"/visit{number}").headers.get_list("set-cookie"))
            assert re.search(r"atlas_server=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", cookies)
            again = [visitor.get(f"/visit{number}") for _ in range(3)]
        assert not any("set-cookie" in answer.headers for answer in again)
        stayed = site.answered(0, f"/visit{number}")
        assert len(stayed) == 1
        spread |= stayed
    assert spread == set(site.running)


def test_a_cookie_that_was_made_up_is_replaced(site: Site) -> None:
    with site.ask() as visitor:
        answer = visitor.get("/", headers={"Cookie": "atlas_server=" + "x" * 500})
    assert "atlas_server=" in answer.headers["set-cookie"]


def test_nobody_edits_through_the_proxy_though_it_stands_on_the_machine_itself(site: Site) -> None:
    straight = site.visit(f"http://{next(iter(site.running))}").open("costs")
    expect(straight.page.get_by_text(EDITING)).to_be_visible(timeout=PATIENCE_MS)
    through = site.visit(site.proxy.address)
    through.page.context.set_extra_http_headers({"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"})
    through.open("costs")
    expect(through.page.get_by_text(EDITING)).to_have_count(0)


def test_answers_carry_the_headers_of_the_atlas_and_are_packed_where_they_are_public(site: Site) -> None:
    with site.ask() as visitor:
        page = visitor.get("/?ward=E05012488", headers={"Accept-Encoding": "gzip"})
        script = re.search(r'src="\./(static/js/[^"]+)"', page.text)
        assert script is not None
        packed = visitor.get(f"/{script[1]}", headers={"Accept-Encoding": "gzip"})
    assert {name: page.headers[name] for name in ALWAYS} == ALWAYS
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "E05012488" not in "\n".join(site.proxy.log)


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_figures_of_the_server_are_not_found_from_outside(site: Site, path: str) -> None:
    with site.ask() as visitor:
        assert visitor.get(path).status_code == 404


def test_an_upload_needs_its_token_and_may_not_be_large(site: Site) -> None:
    with site.ask() as visitor:
        assert visitor.put("/_stcore/upload_file/somebody/file", content=b"x").status_code == 403
        large = b"x" * (12 * 1024**2)
        assert visitor.put("/_stcore/upload_file/somebody/file", content=large).status_code == 413


def test_without_encryption_or_under_another_name_nothing_is_served(site: Site) -> None:
    moved = httpx.get(f"{site.proxy.plain}/ward?ward=E05012488")
    assert (moved.status_code, moved.headers["location"]) == (301, f"https://{NAME}/ward?ward=E05012488")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(site.proxy.plain, headers={"Host": "elsewhere.example"})
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(httpx.ConnectError, match=r"(?i)unrecognized"):
        httpx.get(site.proxy.address.replace(NAME, "127.0.0.1"), verify=anybody)


def test_what_is_published_is_on_both_servers_at_the_next_click(
    site: Site, shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = [site.reader_of(server).open("costs") for server in site.running]
    for name, value in site.store.items():
        monkeypatch.setenv(name, value)
    store = opened()
    number, compared = draft(store, shipped), shown_now(store)["2026"].id
    store.engine.dispose()
    said = ["--draft", str(number), "--compared-with", str(compared), "--who", "Ann", "--accept-warnings"]
    assert main(["edition", "publish", *said]) == 0
    for reader in readers:
        expect(reader.page.get_by_text(PUBLISHED)).to_have_count(0)
        reader.turn_to("Evidence", "Practitioner voice")
        reader.arrives("practitioner_voice", PAGES["practitioner_voice"])
        expect(reader.page.get_by_text(PUBLISHED)).to_be_visible(timeout=PATIENCE_MS)
        assert reader.errors == []


def test_when_a_server_stops_its_readers_are_served_by_the_other(site: Site) -> None:
    before = len(site.proxy.log)
    reader = site.visit(site.proxy.address).open("costs")
    (gone,) = site.answered(before)
    site.running[gone].close()
    before = len(site.proxy.log)
    reader.page.reload()
    reader.arrives("costs", PAGES["costs"])
    (other,) = set(site.running) - {gone}
    assert other in site.answered(before)
