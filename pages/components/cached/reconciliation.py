"""The reconciliation of the held tables, worked out once."""

from __future__ import annotations

import pandas as pd

from analysis import reconciliation
<<<<<<< HEAD
from analysis.present import reconciliation_view
from pages.components.cached import answers, library
=======
from pages.components.cached import library
>>>>>>> pictures


@answers(show_spinner="Working every figure out again…")
def checks() -> pd.DataFrame:
    """One row a check of a printed figure against the one worked out again."""
    return reconciliation.reconcile(library())
<<<<<<< HEAD


@answers()
def every_check_as_csv() -> bytes:
    """Every check as a CSV file, its basis in each row."""
    table = reconciliation_view.in_full(checks(), library().table("CONTRADICTIONS"))
    return table.assign(basis=reconciliation_view.BASIS).to_csv(index=False).encode("utf-8-sig")
=======
>>>>>>> pictures
