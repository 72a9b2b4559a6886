"""What a person with a browser sees: time from click to changed map, bytes received, zoom kept, cold start."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import Server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'

WATCH = """(selector) => {
  const frames = () => [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument).filter(Boolean);
  const shapes = () => frames().flatMap((page) => [...page.querySelectorAll(selector)]);
  const fills = () => shapes().map((path) => path.getAttribute("fill"));
  window.armBenchmark = () => {
    const before = fills();
    window.benchmarkMs = null;
    document.addEventListener("click", () => {
      const start = performance.now();
      const look = () => {
        const now = fills();
        const changed = now.length === before.length && now.some((fill, i) => fill !== before[i]);
        if (changed) window.benchmarkMs = performance.now() - start;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  };
}"""


@dataclass(frozen=True, slots=True)
class Target:
    """A page to measure: where it is, the control that changes its map, and how its ward shapes are found."""

    name: str
    path: str
    control: str
    options: tuple[str, ...]
    shapes: str


@dataclass
class Visit:
    """One browser tab on a target, with the websocket bytes it has received and any request to another host."""

    page: Page
    target: Target
    received: int = 0
    foreign: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        self.page.on("request", lambda request: self._note(request.url))

    def _count(self, payload: str | bytes) -> None:
        self.received += len(payload)

    def _note(self, url: str) -> None:
        if url.startswith("http") and not url.startswith("http://127.0.0.1:"):
            self.foreign.append(url)

    def open(self, server: Server) -> None:
        self.page.goto(server.url + self.target.path)
        self.page.frame_locator("iframe").locator(self.target.shapes).first.wait_for(timeout=30_000)

    def settle(self) -> None:
        """Wait for the end of the run, and of the second one that some pages start by themselves."""
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_timeout(500)
        self.page.wait_for_selector(IDLE)

    def choose(self, option: str) -> None:
        group = self.page.get_by_test_id("stButtonGroup").filter(has_text=self.target.control)
        group.get_by_text(option, exact=True).click()

    def timed_choice(self, option: str) -> tuple[float, int]:
        """Milliseconds from the click to the frame in which a shape changed colour, and bytes received."""
        self.page.evaluate("armBenchmark()")
        self.received = 0
        self.choose(option)
        self.page.wait_for_function("() => benchmarkMs !== null", timeout=20_000)
        self.settle()
        return float(self.page.evaluate("benchmarkMs")), self.received

    def zoom(self) -> float:
        frames = [frame for frame in self.page.frames if frame.evaluate("Boolean(window.map?.getZoom)")]
        return float(frames[-1].evaluate("map.getZoom()"))

    def keeps_zoom(self) -> bool:
        """Whether the map is still zoomed in after the control has changed it."""
        self.page.frame_locator("iframe").get_by_role("button", name="Zoom in").click()
        self.page.wait_for_timeout(600)
        self.settle()
        zoomed = self.zoom()
        self.timed_choice(self.target.options[-1])
        return self.zoom() == zoomed


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that can reach no other machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[ONLY_THIS_MACHINE])
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, server: Server, target: Target) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    tab = Visit(context.new_page(), target)
    tab.listen()
    tab.open(server)
    tab.page.evaluate(WATCH, target.shapes)
    tab.settle()
    yield tab
    context.close()


def first_map_seconds(browser: Browser, server: Server, target: Target) -> float:
    """Seconds from the start of the server's process to the first painted ward, with an empty browser cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    Visit(context.new_page(), target).open(server)
    seconds = time.perf_counter() - server.started
    context.close()
    return seconds
