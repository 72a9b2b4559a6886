"""Bands for a map: one object gives the fills, the words of the legend and the reasons for blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.present.paint import AreaPaint
from analysis.present.palette import NO_VALUE, SEQUENCE_DARK, SEQUENCE_LIGHT, Class
from analysis.statistics.bands import quantile_bands

SYMBOLS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Banded:
    """Areas sorted into classes. `members` gives the class of each area code; `reasons` explains the blanks."""

    classes: tuple[Class, ...]
    members: Mapping[str, Class]

    def counts(self) -> dict[Class, int]:
        """How many areas stand in each class, in legend order, classes without areas left out."""
        found = list(self.members.values())
        return {item: found.count(item) for item in self.classes if item in found}

    def with_class(self, item: Class, codes: Iterable[str]) -> Banded:
        """The same with these areas in a class of their own, last in the legend."""
        return Banded((*self.classes, item), {**self.members, **dict.fromkeys(codes, item)})

    def paints(self, lines: Mapping[str, Sequence[str]], dark: bool, *, symbols: bool = True) -> list[AreaPaint]:
        """The paint of every area, with the tooltip lines given for its code."""
        return [
            AreaPaint(code, item.colour(dark), item.symbol if symbols else "", tuple(lines.get(code, ())), item.hatched)
            for code, item in self.members.items()
        ]


def equal_count(
    values: pd.Series, show: Callable[[float], str], *, low_is_more: bool = False, blank: Class = NO_VALUE
) -> Banded:
    """Five bands of about equal numbers of areas; `values` is indexed by area code, missing where there is none.

    `blank` is the class of the missing. Darker is more (or less, with `low_is_more`).
    Labels give the lowest and highest value in each band.
    """
    if values.nunique() < len(SYMBOLS):
        return _each_value(values, show, blank)
    band = pd.Series(quantile_bands(values, invert=low_is_more), index=values.index)
    classes = {number: _band_class(number, values[band == number], show) for number in sorted(band.dropna().unique())}
    members = {code: classes[band[code]] if band[code] == band[code] else blank for code in values.index}
    return Banded((*reversed(classes.values()), blank), members)


def stepped(values: pd.Series, edges: Sequence[float], labels: Sequence[str]) -> Banded:
    """Bands with fixed edges: band k holds values from edges[k] up to but not including edges[k + 1]."""
    fills = _fills(len(labels))
    classes = [
        Class(label, symbol, *fill)
        for label, symbol, fill in zip(labels, (str(number + 1) for number in range(len(labels))), fills, strict=True)
    ]
    place = np.digitize(values.to_numpy(float), np.asarray(edges, float)[1:-1])
    members = {
        code: NO_VALUE if np.isnan(value) else classes[number]
        for code, value, number in zip(values.index, values.to_numpy(float), place, strict=True)
    }
    return Banded((*classes, NO_VALUE), members)


def _each_value(values: pd.Series, show: Callable[[float], str], blank: Class) -> Banded:
    known = sorted(values.dropna().unique())
    fills = _fills(len(known))
    classes = {
        value: Class(show(value), str(place), *fill)
        for place, (value, fill) in enumerate(zip(known, fills, strict=True), start=1)
    }
    members = {str(code): classes.get(value, blank) for code, value in values.items()}
    return Banded((*reversed(classes.values()), blank), members)


def _band_class(number: float, inside: pd.Series, show: Callable[[float], str]) -> Class:
    place = int(number) - 1
    return Class(
        f"{show(inside.min())} to {show(inside.max())}", SYMBOLS[place], SEQUENCE_LIGHT[place], SEQUENCE_DARK[place]
    )


def _fills(count: int) -> list[tuple[str, str]]:
    places = np.linspace(0, len(SEQUENCE_LIGHT) - 1, count).round().astype(int)
    return [(SEQUENCE_LIGHT[place], SEQUENCE_DARK[place]) for place in places]
