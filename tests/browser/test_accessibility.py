"""Every page in real Chromium, light and dark, in every frame: no axe violation that is not Streamlit's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame

from analysis.sources.library import ROOT
from tests.browser.reader import PAGES, Reader

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """(tags) => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], iframes: false})
  .then((results) => results.violations)"""
VIEWS = [("", {"edition": "2020"}), *((path, {}) for path in PAGES), ("ward", {"ward": "E05012461"})]


@dataclass(frozen=True)
class Violation:
    """One element that breaks one rule."""

    rule: str
    target: str
    html: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.target}: {self.summary}\n    {self.html}"


def allowed() -> list[tuple[str, str]]:
    """Rules and the elements they may be broken by, from the table of what is Streamlit's own in the statement."""
    statement = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    own = statement.split("## What is Streamlit's own")[1].split("\n## ")[0]
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
        violation.rule == rule and frame.evaluate(matches, [violation.target, selector]) for rule, selector in allowed()
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("path", "asked"), VIEWS, ids=[f"{path or 'overview'} {asked}" for path, asked in VIEWS])
def test_no_page_breaks_a_rule(visit: Callable[..., Reader], path: str, asked: dict[str, str], dark: bool) -> None:
    reader = visit(dark=dark).open(path, **asked)
    found = [
        violation for frame in reader.page.frames for violation in violations(frame) if not is_allowed(violation, frame)
    ]
    assert not found, "\n".join(map(str, found))
