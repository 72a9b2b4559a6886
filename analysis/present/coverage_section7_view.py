"""Section 7's needs against services and providers, and the levels of need, as tables of words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.words import listed
from analysis.services import LIFE_STAGES


def answered(rows: pd.DataFrame) -> pd.DataFrame:
    """What the service map lists for each need of section 7, every blank with its reason."""
    return pd.DataFrame(
        {
            "Need (section 7)": rows["need"],
            "Marked": "Marked at " + rows["marked"].map(_stages).str.lower(),
            "Services listed": [_services(row) for row in rows.to_dict("records")],
            "Providers": [_providers(row) for row in rows.to_dict("records")],
            "Gaps in the service map": [_gaps(row) for row in rows.to_dict("records")],
        }
    )


def headline(rows: pd.DataFrame, provider: str | None) -> str:
    """How the needs of section 7 stand against the services listed."""
    many = f"{len(rows)} need{'' if len(rows) == 1 else 's'} of section 7"
    if provider is not None:
        return (
            f"{many} {'has' if len(rows) == 1 else 'have'} a service of this choice of provider; only those are shown."
        )
    none = [need.lower() for need in rows.loc[rows["services"].map(len).eq(0), "need"]]
    one = [need.lower() for need in rows.loc[rows["services"].map(len).eq(1), "need"]]
    parts = [f"{len(rows) - len(none)} of {many} have a service listed"]
    parts += [f"{listed(none)} {_has(none)} none"] if none else []
    parts += [f"{listed(one)} {_has(one)} one and no more that can be read"] if one else []
    return f"{'; '.join(parts)}."


def download(rows: pd.DataFrame) -> pd.DataFrame:
    """Section 7 against services and providers for a spreadsheet, names in full."""
    stages = ("marked", "uncovered", "unclear")
    words = {column: rows[column].map(lambda found: "; ".join(LIFE_STAGES[one] for one in found)) for column in stages}
    names = {column: rows[column].map("; ".join) for column in ("services", "providers", "unnamed")}
    return rows.assign(**words, **names).rename(columns={"unnamed": "services_without_named_provider"})


def levels(rows: pd.DataFrame) -> pd.DataFrame:
    """The levels of need: who is at each, what assessment is asked for, and who answers."""
    return pd.DataFrame(
        {
            "Level": rows["level"].astype(str) + ". " + rows["level_name"],
            "Who is at it": rows["situation"],
            "Early Help or other assessment": rows["assessment_needed"].str.replace("None", "None is asked for"),
            "Who answers": rows["response"],
            "Where in the assessment": rows["locator"],
        }
    )


def _stages(stages: tuple[str, ...]) -> str:
    if len(stages) == len(LIFE_STAGES):
        return "All four life stages"
    return listed([LIFE_STAGES[stage] for stage in stages]) or "no life stage shown"


def _has(needs: list[str]) -> str:
    return "has" if len(needs) == 1 else "have"


def _gaps(row: Mapping[Hashable, Any]) -> str:
    none = f"No service listed: {_stages(row['uncovered']).lower()}" if row["uncovered"] else ""
    unread = f"Cannot be read: {_stages(row['unclear']).lower()}" if row["unclear"] else ""
    return ". ".join(part for part in (none, unread) if part) or "none"


def _services(row: Mapping[Hashable, Any]) -> str:
    return f"{len(row['services'])}: {'; '.join(row['services'])}" if row["services"] else "none"


def _providers(row: Mapping[Hashable, Any]) -> str:
    named = "; ".join(row["providers"])
    missing = len(row["unnamed"])
    unnamed = f"{missing} service{'' if missing == 1 else 's'} without a named provider" if missing else ""
    return "; ".join(part for part in (named, unnamed) if part) or "none"
