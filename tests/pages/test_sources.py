"""The Sources page, worked as a reader works it: sections, search, tables, kinds of contradiction, written pages."""

from __future__ import annotations

import re
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from analysis.present import sources_view
from analysis.sources.catalogue import Entry
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from tests.pages import reader
from tests.pages.reader import quiet

opened = partial(reader.opened, "sources")
drawn = partial(reader.drawn, between="")


def rows_drawn(app: AppTest) -> int:
    bodies = " ".join(element.proto.body for element in app.get("html"))
    return bodies.count('role="rowheader"')


def test_the_page_opens_on_the_catalogue_and_names_every_file(shipped: Library) -> None:
    page = opened()
    assert [title.value for title in page.title] == ["Sources"]
    for entry in shipped.entries.values():
        assert entry.path in drawn(page)
        assert entry.sha256[:10] in drawn(page)


def test_the_answer_counts_files_by_basis(shipped: Library) -> None:
    sentence, _ = sources_view.headline(shipped.entries.values())
    assert f"{len(shipped.entries)} files" in sentence
    assert sentence in drawn(opened())


def test_searching_keeps_files_that_hold_every_word() -> None:
    page = opened()
    page.text_input(key="catalogue_search").input("POVERTY ward").run()
    assert "child_poverty_ward19.csv" in drawn(page)
    assert "sites.csv" not in drawn(page)


def test_a_search_that_finds_nothing_says_so_and_shows_no_markup() -> None:
    page = opened()
    page.text_input(key="catalogue_search").input("<b>nothing</b>").run()
    assert "No file holds all of these words" in page.info[0].value
    assert "<b>nothing</b>" not in "".join(element.proto.body for element in page.get("html"))


def test_the_rows_of_a_return_are_neither_shown_nor_offered() -> None:
    page = opened(section="dictionary", table="ACTIVITY")
    assert sources_view.WITHHELD in [note.value for note in page.info]
    assert not page.dataframe
    assert "rows_csv" not in str(page.get("download_button"))
    assert "rows_csv" in str(opened(section="dictionary", table="SITES").get("download_button"))


def test_every_acknowledgement_owed_is_shown(shipped: Library) -> None:
    page = opened()
    for entry in shipped.entries.values():
        assert entry.attribution in drawn(page)


def test_a_link_opens_its_section_and_table() -> None:
    page = opened(section="dictionary", table="ACTIVITY")
    assert page.segmented_control(key="section").value == "dictionary"
    assert page.selectbox(key="table").value == "ACTIVITY"
    assert "New cases are part of those supported." in drawn(page)


def test_a_link_to_an_unknown_section_falls_back_to_the_catalogue() -> None:
    page = opened(section="nowhere")
    assert page.segmented_control(key="section").value == "catalogue"


@pytest.mark.parametrize("name", ["IDACI2015_PRINTED", "IOD2019", "SERVICES", "SITES"])
def test_choosing_a_table_lists_its_columns(name: str) -> None:
    page = opened(section="dictionary")
    page.selectbox(key="table").select(name).run()
    contract = CONTRACTS[name]
    assert rows_drawn(quiet(page)) == len(contract.fields) + len(sources_view.laws(contract))
    for column in contract.columns:
        assert COLUMNS[column].meaning in drawn(page)


def test_the_first_rows_say_where_a_cell_is_blank() -> None:
    page = opened(section="dictionary", table="SERVICES")
    assert (page.dataframe[0].value == "(blank)").any().any()


def test_the_ledger_shows_both_readings_and_the_one_used(shipped: Library) -> None:
    page = opened(section="ledger")
    for row in shipped.table("CONTRADICTIONS").itertuples():
        for said in (row.reading_first, row.where_first, row.reading_second, row.where_second, row.used, row.why):
            assert said in drawn(page)


def test_choosing_a_kind_leaves_only_that_kind(shipped: Library) -> None:
    page = opened(section="ledger")
    page.segmented_control(key="contradiction").set_value("rounding").run()
    ledger = shipped.table("CONTRADICTIONS")
    for row in ledger.itertuples():
        assert (row.why in drawn(quiet(page))) == (row.kind == "rounding")


@pytest.mark.parametrize(
    ("section", "words"),
    [("methods", "Wilson"), ("glossary", "Toxic trio"), ("accessibility", "Streamlit's own")],
)
def test_written_pages_are_shown_under_one_heading(section: str, words: str) -> None:
    page = opened(section=section)
    written = page.main.markdown[-1].value
    assert words in written
    assert not re.search(r"^#{1,2} ", written, flags=re.MULTILINE)


def entry(**changed: str) -> Entry:
    plain = dict.fromkeys(("title", "publisher", "url", "period", "vintage", "caveat", "attribution"), "")
    given = {"path": "data/a.csv", "contract": "AREAS", "licence": "OGL v3", "basis": "published", "sha256": "0" * 64}
    return Entry(**{**plain, **given, **changed}, derived_from=())


def test_a_count_of_one_file_is_said_in_the_singular() -> None:
    sentence, _ = sources_view.headline([entry(), entry(basis="modelled"), entry(basis="modelled")])
    assert sentence == (
        "Everything shown rests on 3 files: one holds published figures or boundaries and two hold our own modelling."
    )


def test_an_acknowledgement_owed_twice_is_printed_once() -> None:
    owed = sources_view.acknowledgements(
        [entry(title="A", attribution="Thanks."), entry(title="B", attribution="Thanks."), entry(title="C")]
    )
    assert owed.to_dict("records") == [{"Acknowledgement": "Thanks.", "Owed for": "A; B"}]


def test_what_a_cell_may_hold_is_said_in_words() -> None:
    assert sources_view.allowed(Field("count", "integer", minimum=0)) == "0 or more"
    assert sources_view.allowed(Field("percent", "number", minimum=0, maximum=100)) == "0 to 100"
    assert sources_view.allowed(Field("basis", "text", allowed=("published", "modelled"))) == "published, modelled"
    assert sources_view.allowed(Field("name", "text")) == "anything"


def test_the_dictionary_says_where_the_reason_for_a_blank_stands() -> None:
    fields = (Field("area_code", "code"), Field("count", "integer", blank=True), Field("status", "text"))
    contract = Contract("T", "A table", fields, key=("area_code",), reasons=(("count", "status"),))
    blanks = sources_view.dictionary(contract).set_index("Column")["May it be blank?"]
    assert blanks.to_dict() == {"area_code": "no", "count": "yes; status says why", "status": "no"}


def test_reconciliation_answers_first_and_lists_every_disagreement() -> None:
    page = opened(section="reconciliation")
    shown = drawn(page)
    assert "printed figures worked out again" in shown
    assert "each is explained below" in shown
    assert "Contradiction: Upper limit of the first-time entrants rate" in shown
    assert "Rule: Low-income counts adjusted" in shown
    assert "reconciliation_csv" in str(page.get("download_button"))


def test_disagreements_are_narrowed_to_a_source_and_the_link_keeps_it() -> None:
    page = opened(section="reconciliation", disagreeing="SURVEY")
    assert page.selectbox(key="disagreeing").value == "SURVEY"
    shown = drawn(page)
    assert "Contradiction: Use of the Early Help App" in shown
    assert "Contradiction: Upper limit of the first-time entrants rate" not in shown
