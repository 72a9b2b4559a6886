"""Seconds and peak memory of 10,000 draws of a 12-indicator index: `python -m benchmarks.robustness`.

Each number of wards runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
DRAWS, INDICATORS = 10_000, 12
GOALS = {33: (1.5, 1000.0), 6_900: (60.0, 1000.0)}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    wards: int
    seconds: float
    peak_mb: float

    @property
    def met(self) -> bool:
        seconds, peak_mb = GOALS[self.wards]
        return self.seconds <= seconds and self.peak_mb <= peak_mb

    @property
    def line(self) -> str:
        seconds, peak_mb = GOALS[self.wards]
        judged = "met" if self.met else "NOT MET"
        return (
            f"{self.wards:6,d} wards, {INDICATORS} indicators, {DRAWS:,} draws: {self.seconds:6.2f} s "
            f"(goal {seconds:g}), peak {self.peak_mb:5.0f} MB (goal {peak_mb:g})  {judged}"
        )


def measured(wards: int) -> Run:
    """One run in a new process."""
    command = [sys.executable, "-m", "benchmarks.robustness", str(wards)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, peak_mb = done.stdout.split()
    return Run(wards, float(seconds), float(peak_mb))


def run_here(wards: int) -> tuple[float, float]:
    """Seconds of one run in this process, and the most memory this process has held, in MB."""
    import numpy as np

    from analysis.statistics.redraws import proportion
    from analysis.statistics.robustness import robustness

    generator = np.random.default_rng(1)
    people = generator.integers(200, 2000, (INDICATORS, wards))
    counts = generator.binomial(people, generator.uniform(0.02, 0.4, (INDICATORS, wards)))
    indicators = {str(k): proportion(counts[k], people[k]) for k in range(INDICATORS)}
    began = perf_counter()
    robustness(indicators, dict.fromkeys(indicators, 1), draws=DRAWS, seed=1)
    return perf_counter() - began, _peak_mb()


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM"))


def main(arguments: list[str]) -> int:
    if arguments:
        print(*run_here(int(arguments[0])))
        return 0
    runs = [measured(wards) for wards in GOALS]
    for run in runs:
        print(run.line, flush=True)
    return 0 if all(run.met for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
