"""Observations held against their indicators: known, used, in range; and each indicator's unit against its scale."""

from __future__ import annotations

import re

import pandas as pd

from analysis.sources.contracts import Breach, ContractBroken

_FIGURES = ("value", "lower", "upper")
_PER_CENT = ("%", "per cent")
_PER = re.compile(r"(?:^|\b)per ([\d,]+)\b")


def require_lawful(observations: pd.DataFrame, indicators: pd.DataFrame, file: str) -> None:
    """Every observation belongs to an indicator and lies in its lawful range; every indicator is observed.

    The unit of an indicator says how many its figures are out of, and `per` the same.

    Both frames are typed by their contracts; row numbers of `file` (the observations) count the header as row 1.
    Raises ContractBroken with every breach.
    """
    frame = observations.reset_index(drop=True)
    breaches = [*_unknown(frame, indicators, file), *_unused(frame, indicators, file)]
    breaches += _units(indicators.reset_index(drop=True), file.replace("observations", "indicators"))
    for figure in _FIGURES:
        breaches += _outside(frame, indicators, figure, file)
    if breaches:
        raise ContractBroken(sorted(breaches, key=lambda breach: breach.row or 0))


def _unknown(frame: pd.DataFrame, indicators: pd.DataFrame, file: str) -> list[Breach]:
    strangers = frame.loc[~frame["indicator_id"].isin(indicators["indicator_id"]), "indicator_id"]
    remedy = "Declare the indicator, or correct its identifier."
    return [
        Breach(file, int(row) + 2, "indicator_id", name, remedy)
        for row, name in zip(strangers.index, strangers, strict=True)
    ]


def _unused(frame: pd.DataFrame, indicators: pd.DataFrame, file: str) -> list[Breach]:
    idle = sorted(set(indicators["indicator_id"]) - set(frame["indicator_id"]))
    remedy = "Give it an observation, or remove the indicator."
    return [Breach(file, None, "indicator_id", f"{name} without an observation", remedy) for name in idle]


def _units(indicators: pd.DataFrame, file: str) -> list[Breach]:
    remedy = "Its unit makes it a figure out of {:g}: correct the unit, or what it is out of."
    stated = indicators["unit"].map(out_of)
    wrong = stated.notna() & stated.ne(indicators["per"])
    return [
        Breach(file, int(row) + 2, "per", f"{indicators['per'][row]:g}", remedy.format(stated[row]))
        for row in indicators.index[wrong]
    ]


def out_of(unit: str) -> float | None:
    """How many people or things a unit is out of: 100 for per cent, 1000 for 'per 1,000 girls', None where unsaid."""
    if unit in _PER_CENT:
        return 100.0
    named = _PER.search(unit)
    return float(named[1].replace(",", "")) if named else None


def _outside(frame: pd.DataFrame, indicators: pd.DataFrame, figure: str, file: str) -> list[Breach]:
    ranges = indicators.set_index("indicator_id")[["least", "most"]].reindex(frame["indicator_id"])
    least, most = ranges["least"].to_numpy(), ranges["most"].to_numpy()
    outside = frame.index[(frame[figure] < least) | (frame[figure] > most)]
    return [
        Breach(file, int(row) + 2, figure, f"{frame.loc[row, figure]:g}", _remedy(least[row], most[row]))
        for row in outside
    ]


def _remedy(least: float, most: float) -> str:
    ends = [f"{word} {end:g}" for word, end in (("at least", least), ("at most", most)) if not pd.isna(end)]
    return f"Its indicator allows {' and '.join(ends)}: correct the figure or the range."
