"""What an editor gives before publication: warnings accepted and reasons for findings, kept for the session."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.present import update_view
from analysis.store.cautions import Caution
from pages.components import scope
from pages.components.cached.editions import Seen
from pages.components.update_state import Draft

COMPARED = "update_compared"


def acceptance(draft: Draft, caution: Caution) -> str:
    """The name under which the acceptance of one warning of a draft is kept; another figure is another warning."""
    return f"update_accept_{draft.number}_{_short(f'{caution.kind}|{caution.contract}|{caution}')}"


def reason(draft: Draft, row: Mapping[Any, Any]) -> str:
    """The name under which the reason for one finding that flips is kept."""
    return f"update_reason_{draft.number}_{_short(update_view.flip_id(row))}"


def not_accepted(draft: Draft, found: Iterable[Caution]) -> list[Caution]:
    """The warnings still to be accepted."""
    return [one for one in found if not scope.is_ticked(acceptance(draft, one))]


def reasons(draft: Draft, flipped: pd.DataFrame) -> dict[str, str]:
    """The reasons given, by finding; those still to be given are left out."""
    given = {
        str(row["finding"]): scope.kept_for_session(reason(draft, row), "").strip()
        for row in flipped.to_dict("records")
    }
    return {finding: why for finding, why in given.items() if why}


def was_compared(before: Seen, after: Seen) -> bool:
    """Whether this session set these two versions, as they are now, side by side."""
    return (before, after) in (scope.kept(COMPARED) or set())


def compared(before: Seen, after: Seen) -> None:
    """Remember that these two versions, as they are now, were set side by side."""
    scope.keep(COMPARED, {*(scope.kept(COMPARED) or set()), (before, after)})


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
