"""Your return: a template to fill in, a check that names every fault, and what loading it would change."""

from __future__ import annotations

import streamlit as st

from analysis.present import return_view
from analysis.returns.check import check
from analysis.returns.report import Report
from analysis.returns.summary import changes
from pages.components import cached, evidence, plain, scope
from pages.components.cached import own_return as cached_return

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES = {"ACTIVITY": "Activity", "ACTIVITY_DETAIL": "Detail"}


def page() -> None:
    """The answer on the file given, or how to begin; then the template, the file, and what was found in it."""
    scope.choose()
    st.title("Your return")
    top = st.container()
    _template()
    given = _given()
    if given is None:
        with top:
            evidence.answer(*return_view.START)
    else:
        name, content = given
        with st.spinner("Checking every row"):
            report = check(cached.library(), content, name)
        with top:
            evidence.answer(*return_view.headline(report))
        _found(report, name)


def _given() -> tuple[str, bytes] | None:
    st.header("2. Have it checked", anchor=False)
    file = st.file_uploader(
        "Give the filled-in template, as .xlsx, .ods or .csv",
        key="return_file",
        help="At most 10 MB and 50,000 rows. Nothing in it is run, and nothing of it is stored.",
    )
    return None if file is None else (file.name, file.getvalue())


def _found(report: Report, name: str) -> None:
    if report.lawful:
        _lawful(report, name)
    else:
        _faults(report)
    if report.notes:
        with st.expander(f"How some cells were read ({len(report.notes)})"):
            plain.table(return_view.listing(report.notes[: return_view.ON_SCREEN]), "Cells read differently")


def _faults(report: Report) -> None:
    st.header("Every fault", anchor=False)
    plain.table(return_view.listing(report.faults[: return_view.ON_SCREEN]), "Faults of this return")
    more = return_view.more(report)
    if more:
        st.caption(more)
    _save("Download the faults (CSV)", return_view.download(report.faults), "faults_of_the_return.csv", "text/csv")


def _lawful(report: Report, name: str) -> None:
    if "ACTIVITY" in report.tables:
        held = cached.library().table("ACTIVITY")
        rows = changes(held, report.tables["ACTIVITY"])
        basis = return_view.basis(rows)
        worst = "illustrative" if "illustrative" in set(basis) else "published"
        st.header(evidence.headed("What loading it would change", worst), anchor=False)
        st.caption(return_view.BEFORE_AFTER)
        shown = return_view.changes(rows)
        plain.table(shown, "Cases supported, now and in this return")
        evidence.download(shown.assign(basis=basis.to_numpy()), "what_the_return_changes", worst, key="changes_csv")
    st.header("3. Have it loaded", anchor=False)
    st.markdown("Whoever runs the atlas types this where it is installed. All of it is put in place, or nothing is.")
    st.code(return_view.command(name), language="bash")


def _template() -> None:
    st.header("1. Fill in the template", anchor=False)
    st.markdown(
        "A workbook with drop-down lists, a worked example and every definition: what a case is, when support starts, "
        "who is waiting."
    )
    _save("Download the template (Excel)", cached_return.workbook(), "early_help_return.xlsx", WORKBOOK)
    with st.expander("The same as CSV"):
        for contract, title in TITLES.items():
            low = title.lower()
            headings, example = cached_return.headings(contract), cached_return.example(contract)
            _save(f"{title}: headings (CSV)", headings, f"early_help_return_{low}.csv", "text/csv")
            _save(f"{title}: worked example (CSV)", example, f"early_help_return_{low}_example.csv", "text/csv")
    with st.expander("Every column: what it means and what may stand in it"):
        plain.table(return_view.columns(), "Columns of the return")


def _save(words: str, content: bytes, name: str, kind: str) -> None:
    key = f"save_{name.partition('.')[0]}_{name.rpartition('.')[2]}"
    stem, _, ending = name.partition(".")
    marked = evidence.file_name(stem, ending)
    st.download_button(words, content, marked, kind, key=key, icon=":material/download:", on_click="ignore")


page()
