"""Compare: the opening sentence, the figures and the findings of a draft beside those of any other version."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import differences_view, update_view
from analysis.present.differences_view import Headline
from analysis.sources.tables import CONTRACTS
from analysis.store.differences import TableDifference
from pages.components import evidence, plain, scope, update_given, update_reasons, update_state
from pages.components.cached import editions
from pages.components.cached.editions import Seen
from pages.components.update_state import Desk, Draft

AGAINST, TABLE, NOW = "update_against", "update_cells_of", "now"


def show(desk: Desk, draft: Draft) -> None:
    """The version to compare with, a button, and all that would be another, with the reasons asked for."""
    st.header("4. Compare", anchor=False)
    if desk.own.empty:
        evidence.nothing("Put a table into the draft first: then see here what it would change.")
        return
    before = _against(desk, draft)
    if not update_given.was_compared(before, draft.seen):
        st.markdown("Nothing was compared yet since the draft was last changed. It takes some seconds.")
        st.button("Compare", key="update_compare", on_click=_begin, args=(before, draft))
        return
    compared = update_state.worked(lambda: _steps(before, draft))
    if compared is None:
        return
    headlines, found, flipped = compared
    _headlines(headlines)
    plain.words(differences_view.summary(found, flipped))
    _figures(draft, before, found)
    _certain(flipped)
    _findings(draft, flipped)
    if before == desk.published(draft):
        update_reasons.show(draft, flipped)
    else:
        evidence.nothing("Reasons are asked for when the draft is compared with what is published now.")


def _begin(before: Seen, draft: Draft) -> None:
    update_given.compared(before, draft.seen)


def _against(desk: Desk, draft: Draft) -> Seen:
    """The version chosen; what is published now stays chosen when another is published."""
    held = desk.versions[desk.versions["base"].eq(draft.base) & desk.versions["version"].ne(draft.number)]
    now = held[held["shown"]].to_dict("records")[0]
    titles = {NOW: update_view.version_title(now)}
    for row in held[~held["shown"]].to_dict("records"):
        titles[str(row["version"])] = update_view.version_title(row)
    if scope.kept_for_session(AGAINST, NOW) not in titles:
        scope.keep_for_session(AGAINST, NOW)
    chosen = scope.for_session(
        AGAINST,
        NOW,
        lambda key: str(st.selectbox("Compare with", [*titles], format_func=titles.__getitem__, key=key)),
    )
    return desk.published(draft) if chosen == NOW else desk.seen(int(chosen))


def _steps(before: Seen, draft: Draft) -> tuple[list[Headline], list[TableDifference], pd.DataFrame]:
    place, after = st.empty(), draft.seen
    with place.status("1 of 3: comparing figure by figure") as status:
        found = editions.differences_of(before, after)
        status.update(label="2 of 3: asking every finding again")
        flipped = editions.flips_of(before, after, draft.base)
        status.update(label="3 of 3: writing the opening sentence")
        headlines = editions.headlines_of(before, after, draft.base)
    place.empty()
    return headlines, found, flipped


def _headlines(headlines: list[Headline]) -> None:
    for one in headlines:
        with st.container(border=True, key=f"update_headline_{one.need}_{one.provision}"):
            if one.differs:
                plain.words(one.before, "The opening sentence of the atlas now")
                plain.words(one.after, "The opening sentence with this draft")
            else:
                plain.words(one.after, "The opening sentence of the atlas stays as it is")


def _figures(draft: Draft, before: Seen, found: list[TableDifference]) -> None:
    st.subheader("Figures", anchor=False)
    if not found:
        evidence.nothing("Every figure is the same in both.")
        return
    plain.table(differences_view.tables(found), "Tables that differ")
    by_name = {one.contract: one for one in found}
    titles = {name: CONTRACTS[name].title for name in by_name}
    if scope.kept_for_session(TABLE, "") not in by_name:
        scope.keep_for_session(TABLE, next(iter(by_name)))
    name = scope.for_session(
        TABLE,
        "",
        lambda key: str(st.selectbox("Figures of the table", [*titles], format_func=titles.__getitem__, key=key)),
    )
    _said(by_name[name])
    _cells(draft, before, by_name[name])


def _said(one: TableDifference) -> None:
    if one.said:
        rows = [(name, old or "nothing", new or "nothing") for name, (old, new) in one.said.items()]
        plain.table(pd.DataFrame(rows, columns=["Said of the table", "Before", "After"]), "What is said of the table")


def _cells(draft: Draft, before: Seen, one: TableDifference) -> None:
    if one.withheld:
        evidence.nothing("This return counts so few people that its figures are counted here and not listed.")
        return
    cells = differences_view.cells(one)
    if cells.empty:
        return
    basis = _basis(before, draft, one.contract)
    evidence.badge(basis)
    st.dataframe(cells.head(update_view.MOST_CELLS), hide_index=True, key="update_cells")
    if len(cells) > update_view.MOST_CELLS:
        st.caption(f"The first {update_view.MOST_CELLS:,} of {len(cells):,} are shown; the download holds all.")
    name = f"changed_figures_{one.contract.lower()}"
    evidence.download(update_view.safe(cells), name, basis, key="update_cells_csv")


def _basis(before: Seen, draft: Draft, contract: str) -> str:
    for seen in (draft.seen, before):
        for entry in editions.version_of(seen).entries.values():
            if entry.contract == contract:
                return entry.basis
    return "published"


def _certain(flipped: pd.DataFrame) -> None:
    st.subheader("Under-provided for certain", anchor=False)
    enter, leave = update_view.certain(flipped)
    for rows, words, none in (
        (enter, "Wards that become under-provided for certain", "No ward becomes under-provided for certain."),
        (leave, "Wards no longer under-provided for certain", "No ward ceases to be under-provided for certain."),
    ):
        if rows.empty:
            st.markdown(none)
        else:
            st.markdown(f"**{words}**")
            plain.table(update_view.wards_certain(rows), words)


def _findings(draft: Draft, flipped: pd.DataFrame) -> None:
    if flipped.empty:
        return
    st.subheader("Findings that flip", anchor=False)
    shown = update_view.findings(flipped)
    narrow = {"Finding": st.column_config.Column(width="medium"), "Area": st.column_config.Column(width="small")}
    st.dataframe(shown, hide_index=True, key="update_findings", column_config=narrow)
    saved = update_view.safe(shown).rename(columns={"Basis": "basis"})
    evidence.download(saved, f"findings_that_flip_draft_{draft.number}", "", key="update_flips_csv")
