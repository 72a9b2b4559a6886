"""Need that services know of beside need that is estimated to be there: Wiltshire's figures as the worked example."""

from __future__ import annotations

import pandas as pd

from analysis.sources.library import Library

PAIRS = (
    ("wiltshire2013_hidden_harm_estimated", "wiltshire2013_hidden_harm_children"),
    ("wiltshire2013_harmful_use_parents", "wiltshire2013_hidden_harm_parents"),
)


def known_and_estimated(library: Library) -> pd.DataFrame:
    """One row a pair that is printed: title, value (people), period, note and locator of the estimated and the known.

    `share` is known over estimated, from 0 to 1; low means that much of the need is out of sight, or that the estimate
    is too high. No limits are printed, so none are shown. Source: Wiltshire Early Help Strategy 2013-16, section 4.
    """
    rows = library.table("STRATEGIES_OBSERVATIONS").merge(library.table("STRATEGIES_INDICATORS"), on="indicator_id")
    printed = rows.set_index("indicator_id")[["title", "value", "period", "note", "locator"]]
    estimated, known = (printed.loc[list(ids)].reset_index(drop=True) for ids in zip(*PAIRS, strict=True))
    table = estimated.add_prefix("estimated_").join(known.add_prefix("known_"))
    return table.assign(share=table["known_value"] / table["estimated_value"])
