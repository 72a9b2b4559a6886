"""The one palette: colours, symbols and words for verdicts, bases and bands, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.comparison import Verdict


@dataclass(frozen=True)
class Class:
    """One entry of a legend: its words, a symbol, a colour for each theme, and hatching where there is no answer."""

    label: str
    symbol: str
    light: str
    dark: str
    hatched: bool = False

    def colour(self, dark: bool) -> str:
        """The fill in the theme shown."""
        return self.dark if dark else self.light


VERDICTS: dict[Verdict, Class] = {
    Verdict.UNDER_CERTAIN: Class("Under-provided, for certain", "▼▼", "#a33b0b", "#ff8a4c"),
    Verdict.UNDER_LIKELY: Class("Under-provided, likely", "▼", "#f0a868", "#b5652a"),
    Verdict.IN_LINE: Class("In line with its share of need", "=", "#e8e4da", "#56616a"),
    Verdict.OVER_LIKELY: Class("Over-provided, likely", "▲", "#8ec6cf", "#2f7f8c"),
    Verdict.OVER_CERTAIN: Class("Over-provided, for certain", "▲▲", "#14697a", "#7fd6e2"),
    Verdict.DEPENDS: Class("Depends on the catchment", "~", "#f4f1ea", "#3a444c"),
    Verdict.TOO_FEW: Class("Too few to tell", "…", "#f4f1ea", "#3a444c", hatched=True),
    Verdict.NOT_SHOWN: Class("Not shown, to protect families", "✱", "#dfe5ea", "#26323a", hatched=True),
    Verdict.NOT_KNOWN: Class("Not known", "?", "#ffffff", "#1b242b", hatched=True),
}

NO_VALUE = Class("No value", "?", "#ffffff", "#1b242b", hatched=True)

SEQUENCE_LIGHT = ("#f3efe4", "#e3cf9f", "#d2a65b", "#b0702b", "#7a3d12")
SEQUENCE_DARK = ("#2c343a", "#5e5236", "#94723b", "#cf9a4f", "#ffd08a")

BASIS_WORDS = {
    "published": "Published figures",
    "modelled": "Modelled by us",
    "illustrative": "Illustrative: made up to show the tool",
}

INK = {"light": "#1d2b33", "dark": "#e6ecef"}
MUTED = {"light": "#57646c", "dark": "#a9b5bc"}
NEED_COLOUR = {"light": "#a33b0b", "dark": "#ff9a61"}
PROVISION_COLOUR = {"light": "#14697a", "dark": "#7fd6e2"}
SERIES = {
    "light": ("#14697a", "#a33b0b", "#6b5b95", "#7a7a2a", "#57646c"),
    "dark": ("#7fd6e2", "#ff9a61", "#c3b3ec", "#d3d37a", "#a9b5bc"),
}


def sequence(dark: bool) -> tuple[str, ...]:
    """Five fills from little need to much."""
    return SEQUENCE_DARK if dark else SEQUENCE_LIGHT


def theme(dark: bool) -> str:
    """The name of the theme, to look colours up by."""
    return "dark" if dark else "light"


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on `fill` (#rrggbb); at least 4.5 to 1 on either side of the switch."""
    channels = (int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"
