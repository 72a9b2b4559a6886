"""Template: choose a table, see what is held of it, and download what is to be filled in."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.present import sources_view, update_tables, update_view
from analysis.sources.tables import CONTRACTS
from analysis.store.records import audit
from analysis.store.shelf import tables_of
from analysis.store.templates import template, workbook
from pages.components import cached, evidence, plain, scope
from pages.components.update_state import Desk

GROUP, TABLE = "update_table_group", "update_table"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
USUAL_BASE = "2026"


def show(desk: Desk) -> str:
    """The table chosen, by the name of its contract; it is the one uploaded to as well."""
    st.header("1. Template", anchor=False)
    contract = _choose()
    _held(desk, contract)
    with st.container(horizontal=True, key="update_templates"):
        _save("Download the template (Excel)", contract, "xlsx")
        _save("Download the template (CSV)", contract, "csv")
    with st.expander("Every column: what it means and what may stand in it"):
        plain.table(sources_view.dictionary(CONTRACTS[contract]), "Columns of the table")
    return contract


def _choose() -> str:
    groups = [update_tables.ALL, *update_tables.GROUPS]
    left, right = st.columns([2, 3], gap="large")
    with left:
        group = scope.for_session(
            GROUP, update_tables.ALL, lambda key: str(st.selectbox("Tables about", groups, key=key))
        )
    titles = update_tables.titles(group)
    usual = "CHILD_POVERTY_WARD" if "CHILD_POVERTY_WARD" in titles else next(iter(titles))
    if scope.kept_for_session(TABLE, usual) not in titles:
        scope.keep_for_session(TABLE, usual)
    with right:
        return scope.for_session(
            TABLE,
            usual,
            lambda key: str(
                st.selectbox(
                    "Table to renew", [*titles], format_func=titles.__getitem__, key=key, help="Type to search."
                )
            ),
        )


def _held(desk: Desk, contract: str) -> None:
    base = desk.draft.base if desk.draft else USUAL_BASE
    held = tables_of(desk.store, desk.draft.number if desk.draft else desk.shown[base].version)
    rows = held[held["contract"].eq(contract)]
    if rows.empty:
        evidence.nothing(f"The {base} edition holds no such table yet: the template starts it.")
        return
    row = rows.to_dict("records")[0]
    evidence.badge(str(row["basis"]))
    replaced = update_view.replaced(audit(desk.store, base=base), contract, row)
    about = {
        "Published by": row["publisher"] or "not said",
        "Period": row["period"] or "not said",
        "Rows": f"{row['rows']:,}",
        "Last replaced": replaced,
    }
    plain.table(pd.DataFrame([about.values()], columns=list(about)), "What is held of this table")


def _save(words: str, contract: str, ending: str) -> None:
    made = {"xlsx": workbook, "csv": template}[ending]
    kind = {"xlsx": WORKBOOK, "csv": "text/csv"}[ending]
    st.download_button(
        words,
        partial(made, cached.shipped(), contract),
        f"template_{contract.lower()}.{ending}",
        kind,
        key=f"update_template_{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
