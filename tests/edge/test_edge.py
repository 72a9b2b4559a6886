"""The outermost layer of the server: what stands on every answer, and what is answered to nobody outside."""

from __future__ import annotations

import asyncio
import tomllib

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from analysis.sources.library import ROOT
from edge import ALWAYS, Edge

HERE, ELSEWHERE = ("127.0.0.1", 5), ("10.0.0.7", 5)


async def everything(_request: object) -> PlainTextResponse:
    return PlainTextResponse("figures", headers={"X-Frame-Options": "ALLOWALL"})


APP = Edge(Starlette(routes=[Route("/{path:path}", everything, methods=["GET", "POST"])]))


def asked(path: str, client: tuple[str, int] = HERE, method: str = "GET", **headers: str) -> Response:
    async def ask() -> Response:
        async with AsyncClient(transport=ASGITransport(APP, client=client), base_url="http://atlas") as browser:
            return await browser.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return asyncio.run(ask())


def rules(path: str) -> dict[str, str]:
    policy = asked(path).headers["Content-Security-Policy"]
    return dict(rule.split(" ", maxsplit=1) for rule in policy.split("; "))


@pytest.mark.parametrize("path", ["/", "/ward?ward=1", "/_stcore/health", "/_stcore/agent/mcp", "/component/a/b.html"])
def test_every_answer_carries_the_headers_and_none_is_left_to_the_app(path: str) -> None:
    headers = asked(path).headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers.get_list("X-Frame-Options") == ["SAMEORIGIN"]


def test_pages_run_no_script_but_streamlits_own_and_ask_nothing_of_other_hosts() -> None:
    given = rules("/ward")
    assert given["script-src"].startswith("'self' blob: 'sha256-")
    assert not any(word in given["script-src"] for word in ("unsafe", "http", "*", "data:"))
    assert given["default-src"] == given["connect-src"] == given["frame-ancestors"] == given["form-action"] == "'self'"
    assert given["object-src"] == "'none'"
    assert not any("http" in value or "*" in value for value in given.values())


def test_only_the_frame_of_the_map_may_evaluate() -> None:
    assert "'unsafe-eval'" in rules("/component/streamlit_folium.st_folium/index.html")["script-src"]
    assert "'unsafe-eval'" not in rules("/static/js/index.js")["script-src"]


def test_figures_of_the_server_are_for_this_machine() -> None:
    assert asked("/_stcore/metrics").text == "figures"
    assert asked("/_stcore/metrics", ELSEWHERE).status_code == 404
    assert asked("/base/_stcore/metrics", ELSEWHERE).status_code == 404
    for name in ("X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"):
        assert asked("/_stcore/metrics", **{name: "10.0.0.7"}).status_code == 404


@pytest.mark.parametrize("path", ["interact", "openapi.json", "mcp"])
def test_agents_are_answered_by_nobody(path: str) -> None:
    for client in (HERE, ELSEWHERE):
        for method in ("GET", "POST"):
            assert asked(f"/_stcore/agent/{path}", client, method).status_code == 404


def test_the_health_check_answers_everybody() -> None:
    assert asked("/_stcore/health", ELSEWHERE).text == "figures"


def test_the_server_has_an_address_so_that_it_never_asks_the_internet_for_one() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
