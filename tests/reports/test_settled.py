"""What is settled in the store goes into an order and comes out of it the same, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.refusal import Refusal
from analysis.reports.registry import WORD, report_of
from analysis.reports.settled import settings_of, settled, since
from analysis.sources.library import Library
from analysis.store.builtin import fill
from analysis.store.drafts import start_draft
from analysis.store.opening import opened
from analysis.store.paragraphs import leave_out, write
from analysis.store.place import in_file
from analysis.store.publishing import publish, shown_now
from tests.world.word_file import WordFile

ASKED = {"edition": "2020", "made_on": "2026-11-28"}


def test_an_order_holds_what_is_settled_and_what_was_published_before(world: Library, tmp_path: Path) -> None:
    store = opened(in_file(tmp_path / "atlas.db"), filled=False)
    fill(store, world.root)
    first = shown_now(store)["2020"]
    assert settled(store, "2020", first.version) == {}
    write(store, "2020", "gaps", "before", 'Two\nlines, "quoted"', "Ann", seen="")
    leave_out(store, "2020", ["equity", "activity"], "Ann")
    draft = start_draft(store, "2020", "Second", "Ann")
    publish(store, draft, first.id, "Ann", about="Again")
    found = settled(store, "2020", draft)
    assert found["leave_out"] == "activity,equity"
    assert since(found) == first.version
    assert settled(store, "2020", first.version).get("since") is None
    settings = settings_of({**ASKED, "need": "idaci2015", **found})
    assert settings.paragraphs == {("gaps", "before"): 'Two\nlines, "quoted"'}
    assert (settings.left_out, settings.need) == (["activity", "equity"], "idaci2015")
    store.engine.dispose()


@pytest.mark.parametrize("wrong", ["not JSON", '[["gaps", "before"]]', "7"])
def test_paragraphs_that_are_none_are_refused(wrong: str) -> None:
    with pytest.raises(Refusal, match="a list of section, place and text"):
        settings_of({"paragraphs": wrong})


def test_a_version_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refusal, match="'soon' is not the number of a version"):
        since({"since": "soon"})


def test_the_report_is_made_by_its_name_from_an_order(world: Library) -> None:
    params = {
        **ASKED,
        "leave_out": "gaps,equity,ward_tables,deprivation,activity",
        "paragraphs": '[["population", "after", "Ours"]]',
    }
    told: list[str] = []
    made = report_of("needs-assessment", params).make(world, params, lambda _done, _of, what: told.append(what))
    assert (made.file_name, made.mime) == ("needs_assessment_2020.docx", WORD)
    assert WordFile(made.content).styled("LocalParagraph") == ["Ours"]
    assert told[-1] == "setting the document"
