"""Measure the Indicators page in a browser: `python -m benchmarks.indicators`.

From a click, or a key, to the frame in which the answer and its table, or the list of results, have changed. The server
and the browser share this machine, so read the figures beside those of another version measured on the same day.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Locator, Page

from benchmarks.browser import IDLE, chromium
from benchmarks.server import ROOT, Server, running

RESULTS = ROOT / "benchmarks" / "results" / "indicators.json"
CLICK_MS, KEY_MS = 300, 100
TOPICS = ("social care", "education", "health", "early years", "special educational needs")
SEARCHES = ("absence primary", "hospital admissions injury", "re-referrals", "adopted", "persistent absentees")
TYPED = ("pupils", "social", "school", "pover", "hospi", "mental")
LETTERS = 3
DATED = "admissions_injury_0_14"

WATCH = """() => {
  const text = (selector) => [...document.querySelectorAll(selector)].map((found) => found.textContent).join("|");
  const shown = {
    page: () => [text(".atlas-answer"), text("table.atlas-rows")],
    results: () => [text(".atlas-find [role=status]")],
  };
  window.armed = (event, name) => {
    const before = shown[name]();
    window.tookMs = null;
    document.addEventListener(event, () => {
      const start = performance.now();
      const look = () => {
        const now = shown[name]();
        if (now.every((words, place) => words && words !== before[place])) window.tookMs = performance.now() - start;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  };
}"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one kind of step, with what is promised of its median and of nine in ten."""

    name: str
    goal_ms: float
    median_ms: float
    ninth_ms: float
    steps: int

    @property
    def met(self) -> bool:
        return self.ninth_ms <= self.goal_ms


@dataclass(frozen=True, slots=True)
class Tab:
    """A browser tab on the page of indicators."""

    page: Page
    server: Server

    def open(self, query: str) -> None:
        self.page.goto(f"{self.server.url}/indicators?{query}")
        self.page.locator(".atlas-answer").first.wait_for(timeout=60_000)
        self.page.locator(".atlas-find input").wait_for()
        self.page.evaluate(WATCH)
        self.settle()

    def settle(self) -> None:
        """Wait for the end of the run, and of the second one that following a result starts."""
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(IDLE)

    def timed(self, event: str, what: str, act: Callable[[], None]) -> float:
        self.page.evaluate("([event, name]) => armed(event, name)", [event, what])
        act()
        self.page.wait_for_function("() => tookMs !== null", timeout=20_000)
        took = float(self.page.evaluate("tookMs"))
        self.settle()
        return took

    @property
    def results(self) -> Locator:
        return self.page.locator(".atlas-find li button")


def from_topic(tab: Tab, turn: int) -> float:
    """A click on an indicator of a topic."""
    tab.open(f"subject={TOPICS[turn % len(TOPICS)]}")
    link = tab.page.locator('a[href^="indicators?indicator="]').nth(turn % 5)
    return tab.timed("click", "page", link.click)


def from_indicator(tab: Tab, turn: int) -> float:
    """A click on a result of the search while an indicator is shown."""
    if turn == 0:
        tab.open(f"indicator={DATED}")
    tab.page.locator(".atlas-find input").fill(SEARCHES[turn % len(SEARCHES)])
    tab.settle()
    return tab.timed("click", "page", tab.results.nth(turn % 2).click)


def of_period(tab: Tab, turn: int) -> float:
    """Another period of one indicator."""
    if turn == 0:
        tab.open(f"indicator={DATED}")
    tab.page.get_by_role("combobox", name="Period").click()
    return tab.timed("click", "page", tab.page.get_by_role("option").nth(turn % 4 + 1).click)


def of_key(tab: Tab, turn: int) -> float:
    """One more letter in the search, each of which changes how many are found."""
    letters = [(word, place) for word in TYPED for place in range(1, LETTERS + 1)]
    word, place = letters[turn % len(letters)]
    if turn == 0:
        tab.open("")
    box = tab.page.locator(".atlas-find input")
    box.fill(word[: place - 1])
    tab.settle()
    return tab.timed("input", "results", lambda: box.press_sequentially(word[place - 1]))


STEPS: tuple[tuple[str, float, Callable[[Tab, int], float]], ...] = (
    ("topic to indicator", CLICK_MS, from_topic),
    ("indicator to indicator", CLICK_MS, from_indicator),
    ("another period", CLICK_MS, of_period),
    ("key to results", KEY_MS, of_key),
)


def measure(app: Path, turns: int, only: str) -> list[Measured]:
    """Every kind of step, `turns` times each after one that is not counted."""
    with chromium() as browser, running(app) as server:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB").new_page()
        tab = Tab(page, server)
        return [_measured(tab, *step, turns) for step in STEPS if only in step[0]]


def _measured(tab: Tab, name: str, goal: float, step: Callable[[Tab, int], float], turns: int) -> Measured:
    times = sorted([step(tab, turn) for turn in range(turns + 1)][1:])
    return Measured(name, goal, median(times), times[int(0.9 * (len(times) - 1))], len(times))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=lambda path: Path(path).resolve(), default=ROOT / "app.py")
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--only", default="", help="part of the name of the step to measure")
    parser.add_argument("--strict", action="store_true", help="fail when a goal is missed")
    settings = parser.parse_args(arguments)
    found = measure(settings.app, settings.turns, settings.only)
    print(f"{'':<28}{'median ms':>10}{'9 in 10':>10}{'goal':>8}")
    for one in found:
        said = "met" if one.met else "MISSED"
        print(f"{one.name:<28}{one.median_ms:>10.0f}{one.ninth_ms:>10.0f}{one.goal_ms:>8.0f}  {said}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(one) for one in found], indent=2) + "\n", encoding="utf-8")
    return int(settings.strict and not all(one.met for one in found))


if __name__ == "__main__":
    sys.exit(main())
