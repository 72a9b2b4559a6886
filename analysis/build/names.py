"""Names of places as identifiers and as they are usually written."""

from __future__ import annotations

import pandas as pd


def slug(names: pd.Series) -> pd.Series:
    """Names in lower case, apostrophes dropped, everything else but letters and digits as single hyphens."""
    lower = names.str.lower().str.replace("'", "", regex=False)
    return lower.str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")


def spoken(shouted: str) -> str:
    """A name in capitals as it is usually written."""
    return shouted.title().replace("'S", "'s").replace(" Of ", " of ").replace("St Chads", "St Chad's")
