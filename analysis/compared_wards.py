"""The wards of a comparison that can be set beside each other, and draws of their need."""

from __future__ import annotations

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import EDITIONS
from analysis.gap import Gap
from analysis.need import NeedLens
from analysis.provision import provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.intervals import Floats

FEWEST = 10
_COUNTED = (
    "No",
    "Only one",
    *(f"Only {few}" for few in ("two", "three", "four", "five", "six", "seven", "eight", "nine")),
)
_FIGURES = {
    "shares": ("was published", "were published"),
    "access": ("has a need that is known", "have a need that is known"),
    "caseload": (
        "has a need and a count that are known and may be shown",
        "have a need and a count that are known and may be shown",
    ),
}


def comparable(result: Gap, so: str) -> pd.DataFrame:
    """Rows of the wards whose need and provision are both known and may be shown, in code order.

    Raises Refusal, with the reason and then `so`, when there are fewer than 10.
    """
    wards = result.wards
    kept = wards[wards["observed"].notna() & wards["need"].notna()]
    refuse_few(len(kept), result, so)
    return kept.reset_index(drop=True)


def refuse_few(wards: int, result: Gap, so: str) -> None:
    """Nothing when there are at least 10 wards; otherwise Refusal with the reason and then `so`."""
    if wards >= FEWEST:
        return
    one, many = _FIGURES[result.provision.kind]
    found = f"ward {one}" if wards == 1 else f"wards {many}"
    raise Refusal(f"{_COUNTED[wards]} {found}, so {so}")


def left_out(result: Gap, kept: pd.DataFrame) -> tuple[int, int]:
    """How many wards are not among `kept`: those whose count may not be shown, and those that are not known."""
    others = result.wards[~result.wards["area_code"].isin(kept["area_code"])]
    hidden = int((others["verdict"] == Verdict.NOT_SHOWN).sum())
    return hidden, len(others) - hidden


def need_draws(library: Library, lens: NeedLens, codes: pd.Series) -> Floats | None:
    """Simulated need, shaped (draws, wards in the order of `codes`), or None where need is taken as it stands."""
    if lens.draws is None:
        return None
    place = {code: number for number, code in enumerate(library.codes(EDITIONS[lens.edition].ward_type))}
    return lens.draws(library)[:, [place[code] for code in codes]]


def catchments(library: Library, result: Gap, codes: pd.Series) -> pd.DataFrame:
    """Places within reach, one row a ward in the order of `codes`, one column a catchment.

    Raises ValueError for provision that has no catchments.
    """
    drawn = provision(library, result.provision, result.edition)
    if drawn.variants is None:
        raise ValueError(f"{result.provision.title} is not places within reach, so it has no catchments.")
    return drawn.variants.set_index(drawn.table["area_code"]).loc[codes].reset_index(drop=True)
