"""Measure the ward map beside a naive page, in one run: `python -m benchmarks.bench`.

Both pages run offline on this machine with the same server settings. Numbers are loopback and software graphics:
read the ratios. Results go to benchmarks/results/latest.json as well.
"""

import argparse
import compileall
import json
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browser import Target, chromium, first_map_seconds, visit
from benchmarks.server import ROOT, lay_out_naive, running
from benchmarks.sessions import load

RESULTS = ROOT / "benchmarks" / "results" / "latest.json"
NAIVE_SHAPES = "path.leaflet-interactive"
ATLAS_SHAPES = "path.atlas-area[aria-label]"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page's figures."""

    click_ms: float
    click_ms_p90: float
    kb_a_click: float
    kb_a_click_most: float
    zoom_kept: bool
    reruns_per_second: float
    rerun_ms: float
    memory_mb: float
    cold_start_s: float
    other_hosts: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that the atlas promises."""

    words: str
    met: Callable[[Measured, Measured], bool]


GOALS = (
    Goal("click to changed map at most 120 ms", lambda atlas, naive: atlas.click_ms <= 120),
    Goal("at least 3 times faster than the naive page", lambda atlas, naive: naive.click_ms >= 3 * atlas.click_ms),
    Goal("zoom kept", lambda atlas, naive: atlas.zoom_kept),
    Goal("at most 30 kB a click", lambda atlas, naive: atlas.kb_a_click_most <= 30),
    Goal(
        "at least 3 times the naive page's reruns a second",
        lambda atlas, naive: atlas.reruns_per_second >= 3 * naive.reruns_per_second,
    ),
    Goal("server memory at most 250 MB", lambda atlas, naive: atlas.memory_mb <= 250),
    Goal("cold start to first map at most 5 s", lambda atlas, naive: atlas.cold_start_s <= 5),
    Goal("nothing fetched from another host", lambda atlas, naive: atlas.other_hosts == 0),
)


def measure(browser: Browser, app: Path, target: Target, settings: argparse.Namespace) -> Measured:
    """All figures of one page; cold starts first, then the clicks of one visitor, then the crowd."""
    cold = [_cold_start(browser, app, target) for _ in range(settings.cold_starts)]
    with running(app) as server:
        with visit(browser, server, target) as tab:
            clicks = [tab.timed_choice(_option(target, turn)) for turn in range(1, settings.clicks + 1)]
            kept, foreign = tab.keeps_zoom(), len(tab.foreign)
        crowd = load(server, target, settings.sessions, settings.session_clicks)
        memory = server.memory_mb()
    times, sizes = [click[0] for click in clicks], [click[1] / 1000 for click in clicks]
    return Measured(
        click_ms=median(times),
        click_ms_p90=sorted(times)[int(0.9 * (len(times) - 1))],
        kb_a_click=median(sizes),
        kb_a_click_most=max(sizes),
        zoom_kept=kept,
        reruns_per_second=crowd.reruns_per_second,
        rerun_ms=crowd.median_ms,
        memory_mb=memory,
        cold_start_s=median(cold),
        other_hosts=foreign,
    )


def _cold_start(browser: Browser, app: Path, target: Target) -> float:
    with running(app) as server:
        return first_map_seconds(browser, server, target)


def _option(target: Target, turn: int) -> str:
    return target.options[turn % len(target.options)]


def run(settings: argparse.Namespace) -> tuple[Measured, Measured]:
    """The atlas and the naive page, one after the other on an otherwise idle machine."""
    for folder in ("analysis", "pages"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    options = tuple(settings.options)
    atlas = Target("atlas", settings.path, settings.control, options, ATLAS_SHAPES)
    naive = Target("naive", "/", "Show on the map", ("Gap", "Need", "Provision"), NAIVE_SHAPES)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        naive_app = lay_out_naive(Path(folder) / "naive", settings.geometry)
        return measure(browser, settings.app, atlas, settings), measure(browser, naive_app, naive, settings)


def table(atlas: Measured, naive: Measured) -> str:
    rows = [("", "atlas", "naive", "ratio")] + [
        (words, f"{ours:.{digits}f}", f"{theirs:.{digits}f}", f"{theirs / ours if lower else ours / theirs:.1f}")
        for words, ours, theirs, digits, lower in (
            ("click to changed map, median ms", atlas.click_ms, naive.click_ms, 0, True),
            ("click to changed map, 90th percentile ms", atlas.click_ms_p90, naive.click_ms_p90, 0, True),
            ("websocket kB a click, median", atlas.kb_a_click, naive.kb_a_click, 1, True),
            ("websocket kB a click, most", atlas.kb_a_click_most, naive.kb_a_click_most, 1, True),
            ("reruns a second, crowd", atlas.reruns_per_second, naive.reruns_per_second, 1, False),
            ("rerun in a crowd, median ms", atlas.rerun_ms, naive.rerun_ms, 0, True),
            ("server memory, MB", atlas.memory_mb, naive.memory_mb, 0, True),
            ("cold start to first map, s", atlas.cold_start_s, naive.cold_start_s, 1, True),
        )
    ]
    rows.append(("zoom kept", _yes(atlas.zoom_kept), _yes(naive.zoom_kept), ""))
    return "\n".join(f"{row[0]:<42}{row[1]:>9}{row[2]:>9}{row[3]:>8}" for row in rows)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def save(atlas: Measured, naive: Measured, goals: dict[str, bool], settings: argparse.Namespace) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    figures = {"atlas": asdict(atlas), "naive": asdict(naive)}
    machine = {"python": platform.python_version(), "system": platform.platform()}
    asked = {"clicks": settings.clicks, "sessions": settings.sessions, "session_clicks": settings.session_clicks}
    content = {"machine": machine, "asked": asked, **figures, "goals": goals}
    RESULTS.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=lambda path: Path(path).resolve(), default=ROOT / "serve.py")
    parser.add_argument("--path", default="/", help="page to open")
    parser.add_argument("--control", default="Show on the map", help="label of the segmented control")
    parser.add_argument("--options", nargs="+", default=["Gap", "Need", "Provision"])
    parser.add_argument("--geometry", type=Path, default=ROOT / "geo" / "wards_2011.geojson")
    parser.add_argument("--clicks", type=int, default=25)
    parser.add_argument("--cold-starts", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--session-clicks", type=int, default=15)
    parser.add_argument("--strict", action="store_true", help="fail when a goal is missed")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    settings = parse(arguments)
    atlas, naive = run(settings)
    goals = {goal.words: bool(goal.met(atlas, naive)) for goal in GOALS}
    print(table(atlas, naive), *(f"{'met   ' if met else 'MISSED'} {words}" for words, met in goals.items()), sep="\n")
    save(atlas, naive, goals, settings)
    return int(settings.strict and not all(goals.values()))


if __name__ == "__main__":
    sys.exit(main())
