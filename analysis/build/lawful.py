"""Observations held against their indicators: known, used, and within the range each indicator allows."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import Breach, ContractBroken

_FIGURES = ("value", "lower", "upper")


def require_lawful(observations: pd.DataFrame, indicators: pd.DataFrame, file: str) -> None:
    """Every observation belongs to an indicator and lies in its lawful range; every indicator is observed.

    Both frames are typed by their contracts; row numbers of `file` (the observations) count the header as row 1.
    Raises ContractBroken with every breach.
    """
    frame = observations.reset_index(drop=True)
    breaches = [*_unknown(frame, indicators, file), *_unused(frame, indicators, file)]
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
