"""Time the reports, and what somebody else notices meanwhile: `python -m benchmarks.reports`.

They are made as the server makes them, in a process of their own; every page of the profiles is counted. Meanwhile
another tab goes on clicking on a map. The exit code is 1 when a goal is missed.
"""

import io
import sys
import time
import zipfile
from dataclasses import dataclass
from statistics import median

import pypdfium2

from analysis.reports.jobs import Desk, Order, State, Status
from benchmarks.browser import Target, chromium, visit
from benchmarks.server import ROOT, running

DAY = "2026-11-28"
WARDS = {"2026": 33, "2020": 37}
ONE_SECONDS, ALL_SECONDS, CLICK_MS, GROWTH_MB = 2.0, 30.0, 500.0, 150.0
WORD_SECONDS, WORD_MB, PACK_SECONDS = 20.0, 8.0, 15.0
LENSES = {"need": "low_income_bhc2025", "provision": "caseload_families"}
LIMIT = 600.0
OPTIONS = ("Gap", "Need", "Provision")
OVERVIEW = Target("overview", "/", "Show on the map", OPTIONS, "path.atlas-area[aria-label]")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure measured, and what it may be at most."""

    what: str
    measured: float
    allowed: float
    unit: str

    @property
    def met(self) -> bool:
        return self.measured <= self.allowed

    @property
    def line(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{self.what}: {self.measured:.2f} {self.unit}: {verdict} ({self.allowed:g} {self.unit})"


def order(report: str, edition: str, **more: str) -> Order:
    """A report of an edition, made on a day of long ago."""
    return Order(report, {"edition": edition, "made_on": DAY, **more})


def made(desk: Desk, asked: Order) -> tuple[float, Status]:
    """Seconds from the question to the finished file. Raises AssertionError when it is not made."""
    start = time.perf_counter()
    desk.ask("bench", asked)
    status = desk.wait("bench", lambda found: not found.active, LIMIT)
    assert status is not None and status.state is State.DONE, status
    return time.perf_counter() - start, status


def one(desk: Desk) -> float:
    """Seconds for one profile when the page that offers it has been open for a moment."""
    desk.make_ready()
    time.sleep(5)
    return made(desk, order("ward-profile", "2026", ward="E05012488"))[0]


def word(desk: Desk) -> tuple[float, float]:
    """Seconds for the needs assessment of the longer edition, and its size in MB."""
    seconds, status = made(desk, order("needs-assessment", "2020"))
    assert status.file is not None
    return seconds, status.file.stat().st_size / 1e6


def pack(desk: Desk, form: str) -> float:
    """Seconds for a meeting pack in a form."""
    return made(desk, order(form, "2026", **LENSES))[0]


def every(desk: Desk, edition: str) -> float:
    """Seconds for all wards of an edition. Raises AssertionError when one of them is longer than a page."""
    seconds, status = made(desk, order("all-ward-profiles", edition))
    assert status.file is not None
    with zipfile.ZipFile(io.BytesIO(status.file.read_bytes())) as archive:
        profiles = [name for name in archive.namelist() if name.endswith(".pdf")]
        pages = {name: len(pypdfium2.PdfDocument(archive.read(name))) for name in profiles}
    assert len(pages) == WARDS[edition] and set(pages.values()) == {1}, pages
    return seconds


def meanwhile() -> tuple[list[float], float]:
    """Milliseconds of somebody else's clicks while all profiles are made, and by how many MB the server grew."""
    with chromium() as browser, running(ROOT / "app.py") as server, visit(browser, server, OVERVIEW) as tab:
        context = browser.new_context()
        asking = context.new_page()
        asking.goto(f"{server.url}/reports?edition=2026")
        button = asking.get_by_role("button", name="Make: All wards (zip)")
        button.wait_for(timeout=60_000)
        [tab.timed_choice(OPTIONS[turn % 3]) for turn in range(1, 7)]
        before, largest, clicks = server.memory_mb(), 0.0, []
        button.click()
        done = asking.get_by_role("button", name="Download ward_profiles_2026.zip")
        while not done.is_visible():
            clicks.append(tab.timed_choice(OPTIONS[(len(clicks) + 1) % 3])[0])
            largest = max(largest, server.memory_mb())
        context.close()
        return clicks, largest - before


def main() -> int:
    desk = Desk()
    try:
        seconds, (word_seconds, word_mb) = one(desk), word(desk)
        packs = [pack(desk, form) for form in ("meeting-pack", "meeting-pack-pdf")]
        all_2026, all_2020 = every(desk, "2026"), every(desk, "2020")
    finally:
        desk.close()
    clicks, growth = meanwhile()
    ordered = sorted(clicks)
    goals = (
        Goal("One ward profile", seconds, ONE_SECONDS, "s"),
        Goal("Needs assessment (Word)", word_seconds, WORD_SECONDS, "s"),
        Goal("its size", word_mb, WORD_MB, "MB"),
        Goal("Meeting pack (PowerPoint)", packs[0], PACK_SECONDS, "s"),
        Goal("Meeting pack (PDF)", packs[1], PACK_SECONDS, "s"),
        Goal("All 33 wards, each on one page", all_2026, ALL_SECONDS, "s"),
        Goal("All 37 wards, each on one page", all_2020, ALL_SECONDS * WARDS["2020"] / WARDS["2026"], "s"),
        Goal(f"Somebody else's {len(clicks)} clicks meanwhile, median", median(clicks), CLICK_MS, "ms"),
        Goal("nine in ten of them", ordered[int(0.9 * (len(ordered) - 1))], CLICK_MS, "ms"),
        Goal("Growth of the server's memory", growth, GROWTH_MB, "MB"),
    )
    print("\n".join(goal.line for goal in goals))
    return 0 if all(goal.met for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
