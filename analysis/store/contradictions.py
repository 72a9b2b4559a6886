"""Printed figures that contradict one another in one version and did not in another, or had an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pandas as pd

from analysis.reconciliation import SUBJECTS, unexplained
from analysis.reconciliation.explained import explanations
from analysis.reconciliation.observed import Held
from analysis.sources.catalogue import CatalogueError
from analysis.sources.library import Library

MOST = 50


def contradictions(
    before: Library, after: Library, subjects: Sequence[ModuleType] = SUBJECTS
) -> list[tuple[str, str, str]]:
    """Contract, row and words of each figure of `after` that lies apart from its parts with nothing to explain it.

    Those that were so in `before` are left out. At most MOST are listed, and the rest counted. `subjects` are the
    checks made, all of them unless some are named.
    """
    now = _unexplained(after, subjects)
    if now.empty:
        return []
    known = set(_unexplained(before, subjects)[["kind", "row", "printed"]].itertuples(index=False, name=None))
    fresh = [row for row in now.to_dict("records") if (row["kind"], row["row"], row["printed"]) not in known]
    found = [(str(row["source"]), str(row["row"]), _words(row)) for row in fresh[:MOST]]
    if len(fresh) > MOST:
        found.append((str(fresh[MOST]["source"]), "", f"{len(fresh) - MOST} more figures contradict their parts."))
    return found


def _unexplained(library: Library, subjects: Sequence[ModuleType]) -> pd.DataFrame:
    held, made = Held(library), []
    for subject in subjects:
        try:
            made.append(subject.checks(held))
        except CatalogueError:
            continue
    checks = pd.concat(made, ignore_index=True) if made else pd.DataFrame({"explanation": []})
    return unexplained(checks.assign(explanation=explanations(checks)) if len(checks) else checks)


def _words(row: dict[Any, Any]) -> str:
    return (
        f"{row['what']}: {row['printed']:g} is given, and its parts make {row['recomputed']:g} ({row['kind']}). "
        "No entry of the list of contradictions explains it."
    )
