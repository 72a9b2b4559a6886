"""A reader with a browser: opens pages of the atlas, waits until they have settled, and looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Locator, Page, Request, Route, expect

PAGES = {
    "": "Where does need outstrip provision?",
    "deprivation": "Where is deprivation",
    "need_index": "Which wards have the most need",
    "what_if": "What if places were moved?",
    "toxic_trio": "Toxic trio",
    "access": "What can families reach",
    "coverage": "Which needs have a service",
    "activity": "What do services do, and for whom?",
    "met_need": "How much of the need is met?",
    "indicators": "indicator by indicator",
    "practitioner_voice": "What do practitioners say is missing?",
    "outcomes": "What should early help achieve",
    "costs": "What does early help cost",
    "own_return": "Your return",
    "ward": "ward",
    "compare": "How does B&NES compare with other councils?",
    "localities": "by locality?",
    "meeting": "What we will look at",
    "decisions": "What was decided, and does it still hold?",
    "reports": "Reports",
    "sources": "Sources",
    "update": "Update",
}
PATIENCE_MS = 30_000
OWN_PROBE = re.compile(r"/_stcore/(health|host-config)$")
SETTLED = """() => {
  const all = (selector, page = document) => [...page.querySelectorAll(selector)];
  const drawn = all("iframe").every((frame) => {
    const areas = frame.contentDocument ? all("path.atlas-area", frame.contentDocument) : [];
    return areas.length && areas.every((path) => path.hasAttribute("aria-label"));
  });
  return drawn && document.querySelector("h1")
    && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]')
    && all('[data-testid="stPlotlyChart"]').every((chart) => chart.querySelector("svg.main-svg"));
}"""


@dataclass
class Reader:
    """One browser tab on the atlas. `foreign` is what it asked of other hosts, `errors` what the console showed."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def hear(self, said: ConsoleMessage) -> None:
        """Keep an error of the console, unless it is Streamlit looking for its own base path."""
        if said.type == "error" and not OWN_PROBE.search(said.location["url"]):
            self.errors.append(said.text)

    def open(self, path: str = "", **asked: str) -> Reader:
        """Follow a link to a page and wait until all of it is drawn."""
        self.page.goto(f"{self.base}/{path}" + (f"?{urlencode(asked)}" if asked else ""))
        return self.arrives(path, PAGES[path])

    def settled(self) -> Reader:
        """Wait until the page has run and its maps and charts are drawn."""
        self.page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
        return self

    def arrives(self, path: str, heading: str) -> Reader:
        """Wait until another page, known by its path and its heading, has taken this one's place."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE_MS)
        expect(self.page).to_have_url(re.compile(rf"{re.escape(self.base)}/{path}(\?|$)"))
        return self.settled()

    @property
    def headline(self) -> str:
        """The answer at the top of the page."""
        return self.page.locator(".atlas-answer").first.inner_text()

    @property
    def map_frame(self) -> Frame:
        """The frame of the first map."""
        handle = self.page.locator("iframe").first.element_handle()
        frame = handle.content_frame()
        assert frame is not None
        return frame

    def ward(self, name: str) -> Locator:
        """An area of the first map, by its name."""
        return self.page.frame_locator("iframe").first.locator(f'path.atlas-area[aria-label^="{name}."]')

    def fills(self) -> dict[str, str]:
        """The fill of every area of the first map, by code."""
        return self.map_frame.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('path.atlas-area')]"
            ".map((path) => [path.dataset.code, path.getAttribute('fill')]))"
        )

    def zoom(self) -> float:
        """How far the first map is zoomed in."""
        return self.map_frame.evaluate("() => window.atlas.map.getZoom()")

    def turn_to(self, section: str, title: str) -> None:
        """Choose a page from a section of the bar."""
        self.page.get_by_test_id("stTopNav").get_by_role("button", name=section, exact=True).click()
        self.page.get_by_role("menuitem", name=title, exact=True).click()

    def choose(self, group: str, option: str) -> None:
        """Press one segment of a control."""
        self.page.get_by_role("radiogroup", name=group).get_by_role("radio", name=option, exact=True).click()


def new_reader(
    browser: Browser, base: str, *, width: int = 1440, height: int = 1000, dark: bool = False, also: str = ""
) -> Reader:
    """A tab that can reach the atlas, `also` one other address and no other host; the caller closes its context."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    reader = Reader(context.new_page(), base)
    _shut_in(context, reader, also)
    reader.page.on("console", reader.hear)
    reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
    return reader


def _shut_in(context: BrowserContext, reader: Reader, also: str) -> None:
    own = "|".join(re.escape(base.partition("://")[2]) for base in (reader.base, also) if base)
    elsewhere = re.compile(rf"^(?!data:|blob:|about:|(https?|wss?)://({own})(/|$))")

    def refuse(route: Route) -> None:
        reader.foreign.append(route.request.url)
        route.abort()

    def note(request: Request) -> None:
        if elsewhere.match(request.url) and request.url not in reader.foreign:
            reader.foreign.append(request.url)

    context.route(elsewhere, refuse)
    context.on("request", note)
    reader.page.on("websocket", lambda s: reader.foreign.append(s.url) if elsewhere.match(s.url) else None)
