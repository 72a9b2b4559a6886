"""Every page in real Chromium, light and dark, in every frame: no axe violation that is not Streamlit's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Frame

from analysis.sources.library import ROOT
from tests.browser.reader import PAGES, Reader, new_reader

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => {
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], iframes: false};
  return (await axe.run(document, options)).violations;
}"""
STATEMENT = ROOT / "docs" / "accessibility.md"
RADSTOCK = {"edition": "2020", "ward": "E05001962"}
VIEWS = [
    ("", {"edition": "2020"}),
    ("", {"edition": "2020", "provision": "caseload_families", "show": "need"}),
    *((path, {}) for path in PAGES),
    ("need_index", {"edition": "2020", "indicators": "children.income.imd", "weights": "imd:3"}),
    ("indicators", {"subject": "health"}),
    ("indicators", {"indicator": "census2021_home_terraced"}),
    ("compare", {"part": "profiles"}),
    ("compare", {"indicator": "csc_looked_after"}),
    ("ward", RADSTOCK),
    ("sources", {"section": "ledger"}),
]
OPEN_ALL = """() => document.querySelectorAll('[data-testid="stExpander"] details:not([open]) summary')
  .forEach((summary) => summary.click())"""
SPOIL = """() => document.body.insertAdjacentHTML("beforeend", `<div style="position:fixed;top:0;z-index:9999999">
  <p style="color:#ccc;background:#fff">Pale</p><img src="data:,"><button></button></div>`)"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks one rule."""

    rule: str
    target: str
    html: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.target}: {self.summary}\n    {self.html}"


def allowed(statement: str) -> list[tuple[str, str]]:
    """Rules and the elements they may be broken by, from the table of what is Streamlit's own in the statement."""
    own = statement.split("## What is Streamlit's own")[1].split("\n## ", maxsplit=1)[0]
    return re.findall(r"^\| `([a-z-]+)` \| [^|`]*`([^`|]+)`[^|]*\|", own, flags=re.MULTILINE)


def violations(frame: Frame) -> Iterator[Violation]:
    frame.evaluate(AXE_SCRIPT)
    for broken in frame.evaluate(RUN, TAGS):
        for node in broken["nodes"]:
            summary = " ".join(node["failureSummary"].split())
            yield Violation(broken["id"], str(node["target"][-1]), node["html"][:300], summary)


def is_allowed(violation: Violation, frame: Frame) -> bool:
    matches = "([target, allowed]) => document.querySelector(target)?.closest(allowed) != null"
    return any(
        violation.rule == rule and frame.evaluate(matches, [violation.target, selector])
        for rule, selector in allowed(STATEMENT.read_text(encoding="utf-8"))
    )


@pytest.fixture(scope="module", params=[False, True], ids=["light", "dark"])
def tab(request: pytest.FixtureRequest, atlas: str, chromium: Browser) -> Iterator[Reader]:
    """One tab for all pages in a theme: each page is a new visit, but the browser keeps the scripts it has read."""
    reader = new_reader(chromium, atlas, dark=request.param)
    yield reader
    reader.page.context.close()


@pytest.mark.parametrize(("path", "asked"), VIEWS, ids=[" ".join([path, *asked.values()]) for path, asked in VIEWS])
def test_no_page_breaks_a_rule(tab: Reader, path: str, asked: dict[str, str]) -> None:
    tab.open(path, **asked)
    tab.page.evaluate(OPEN_ALL)
    found = [
        violation
        for frame in tab.settled().page.frames
        for violation in violations(frame)
        if not is_allowed(violation, frame)
    ]
    assert not found, "\n".join(map(str, found))


def test_the_check_sees_what_is_spoiled_in_the_page_and_in_the_frame_of_the_map(reader: Reader) -> None:
    reader.open()
    assert len(reader.page.frames) == 2
    for frame in reader.page.frames:
        frame.evaluate(SPOIL)
        assert {"color-contrast", "image-alt", "button-name"} <= {violation.rule for violation in violations(frame)}


def test_only_a_rule_beside_a_selector_counts_as_streamlits_own() -> None:
    table = (
        "| `frame-tested` (undecided) | the map | Why. |\n| `label` | the search box, `.stTextInput input` | Why. |\n"
    )
    assert allowed(f"## What is Streamlit's own\n\n{table}\n## Telling us\n| `other` | `a` | Why. |\n") == [
        ("label", ".stTextInput input")
    ]
