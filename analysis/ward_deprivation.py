"""Facts of one ward about deprivation: every domain with the range inside the ward, and each of its neighbourhoods."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from analysis.deprivation import (
    DOMAINS,
    by_ward,
    council_score,
    no_best_fit,
    placed,
    vintage_of,
    why_not_summed,
)
from analysis.deprivation_change import unchanged
from analysis.ward_facts import Facts, fact, source, under
from analysis.ward_together import Together

YEARS = {"2020": (2015, 2019), "2026": (2019, 2025)}
INDICES = {"imd": "IMD", "idaci": "IDACI"}
POCKET = "in England's most deprived fifth"
MEASURE = "Average score, weighted by people"


def neighbourhoods_of(together: Together, year: int, domain: str) -> pd.DataFrame:
    """`deprivation.placed` for the wards of the edition."""
    return together.once(("placed", year, domain), lambda: placed(together.library, year, domain, together.ward_column))


def summed(together: Together, year: int, domain: str) -> pd.DataFrame:
    """`deprivation.by_ward` for the wards of the edition, indexed by ward."""
    return together.once(
        ("by_ward", year, domain),
        lambda: by_ward(together.library, year, domain, together.ward_column).set_index("area_code"),
    )


def domains(together: Together, ward: str, *, newest: bool = False) -> Facts:
    """Each domain, the newest indices of the edition first: the ward's average, and its neighbourhoods' range.

    With `newest`, of those alone.
    """
    earlier, later = YEARS[together.edition]
    library, column = together.library, together.ward_column
    asked = (later,) if newest else (later, earlier)
    years = [year for year in asked if no_best_fit(library, vintage_of(year), column) is None]
    return [item for domain in DOMAINS for year in years for item in _domain(together, domain, year, ward)]


def _domain(together: Together, domain: str, year: int, ward: str) -> Facts:
    row = _row(together, domain, year, ward)
    return under(
        "domains",
        DOMAINS[domain],
        _not_held(domain, year)
        if row is None
        else [*_scores(together, row, domain, year), *_tenths(together, domain, year, ward)],
        period=f"Indices of Deprivation {year}",
        source=together.once(("iod", year), lambda: source(together.library, (f"IOD{year}",))),
    )


def _row(together: Together, domain: str, year: int, ward: str) -> Any:
    """The ward's row of a domain, its scores blank where wards are not summed; None where it has no row."""
    reason = why_not_summed(together.library, year, together.ward_column)
    if reason:
        return _unsummed(reason)
    wards = summed(together, year, domain)
    return wards.loc[ward] if ward in wards.index else None


def _unsummed(reason: str) -> dict[str, object]:
    """What stands for a ward's average where the indices are not summed to wards."""
    return {"score": np.nan, "lowest": np.nan, "highest": np.nan, "give_or_take": 0.0, "blank_reason": reason}


def _not_held(domain: str, year: int) -> Facts:
    """The same figures, blank, of a domain that has no row of the ward's neighbourhoods."""
    told = {"basis": "modelled", "note": "no figure of this domain is held for its neighbourhoods"}
    tenths = (
        "Most deprived neighbourhood",
        "Least deprived neighbourhood",
        "Neighbourhoods",
        f"Neighbourhoods {POCKET}",
    )
    return [
        fact(f"{MEASURE}, {year}", np.nan, f"{domain} score", **told),
        *(fact(f"{label}, {year}", np.nan, "national tenth", **told) for label in tenths),
    ]


def _scores(together: Together, row: Any, domain: str, year: int) -> Facts:
    width = row["give_or_take"] if row["give_or_take"] else np.nan
    council = together.once(("council", year, domain), lambda: council_score(together.library, year, domain))
    unit, told = f"{domain} score", {"basis": "modelled", "note": row["blank_reason"]}
    limits = {"lower": row["score"] - width, "upper": row["score"] + width}
    beside = np.nan if council is None else council
    return [
        fact(f"{MEASURE}, {year}", row["score"], unit, council=beside, **limits, **told),
        fact(f"Lowest score of a neighbourhood, {year}", row["lowest"], unit, **told),
        fact(f"Highest score of a neighbourhood, {year}", row["highest"], unit, **told),
    ]


def _tenths(together: Together, domain: str, year: int, ward: str) -> Facts:
    by_code = together.once(("ranked", year, domain), lambda: _ranked(neighbourhoods_of(together, year, domain)))
    inside, everywhere = by_code[ward], [row for rows in by_code.values() for row in rows]
    pockets = [row for row in inside if row["pocket"]]
    named = "; ".join(f"{_called(row)}, tenth {row['decile']}" for row in pockets)
    worst, best, told = inside[0], inside[-1], {"basis": "published"}
    council = sum(row["pocket"] for row in everywhere)
    few = fact(f"Neighbourhoods {POCKET}, {year}", len(pockets), "neighbourhoods", council=council, note=named, **told)
    return [
        fact(f"Most deprived neighbourhood, {year}", worst["decile"], "national tenth", note=_called(worst), **told),
        fact(f"Least deprived neighbourhood, {year}", best["decile"], "national tenth", note=_called(best), **told),
        fact(f"Neighbourhoods, {year}", len(inside), "neighbourhoods", council=len(everywhere), **told),
        few,
    ]


def _ranked(rows: pd.DataFrame) -> dict[str, list[dict[Hashable, Any]]]:
    """The neighbourhoods of each ward, the most deprived first."""
    columns = rows[["ward_code", "name", "area_code", "decile", "pocket", "rank"]].sort_values("rank")
    found: dict[str, list[dict[Hashable, Any]]] = {}
    for row in columns.to_dict("records"):
        found.setdefault(str(row["ward_code"]), []).append(row)
    return found


def _called(row: Any) -> str:
    return f"{row['name']} ({row['area_code']})"


def deprivation(together: Together, ward: str) -> Facts:
    """National tenth and score on IMD and IDACI of each neighbourhood of the ward, newest indices of the edition last.

    Years before the newest are given only for neighbourhoods whose boundary is the same.
    """
    earlier, later = YEARS[together.edition]
    same = together.once(("same", later), lambda: unchanged(together.library, later))
    facts: Facts = []
    for index in INDICES:
        now = neighbourhoods_of(together, later, index)
        inside = now[now["ward_code"] == ward].sort_values(["decile", "name", "area_code"])
        before = neighbourhoods_of(together, earlier, index).set_index("area_code")
        for _, row in inside.iterrows():
            known = [(later, row)] + ([(earlier, before.loc[row["area_code"]])] if row["area_code"] in same else [])
            facts += [item for year, found in known for item in _standing(together, found, row, index, year)]
    return facts


def _standing(together: Together, found: pd.Series, row: pd.Series, index: str, year: int) -> Facts:
    shared = {
        "period": f"Indices of Deprivation {year}",
        "source": together.once(("iod", year), lambda: source(together.library, (f"IOD{year}",))),
    }
    council = together.once(("council", year, index), lambda: council_score(together.library, year, index))
    scored = {"note": "" if pd.isna(found["blank_reason"]) else str(found["blank_reason"]), "basis": found["basis"]}
    width = found["score_half_width"] if found["basis"] == "modelled" else np.nan
    score = fact(
        f"{INDICES[index]} score {year}",
        found["score"],
        f"{index} score",
        lower=found["score"] - width,
        upper=found["score"] + width,
        council=np.nan if council is None else council,
        **scored,
    )
    tenth = fact(
        f"{INDICES[index]} tenth {year}",
        found["decile"],
        "national tenth",
        basis="published",
        note=POCKET if found["pocket"] else "",
    )
    return under("deprivation", _called(row), [tenth, score], **shared)
