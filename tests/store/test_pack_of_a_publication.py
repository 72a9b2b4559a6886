"""A meeting pack made of a publication: what changed since the one before, and what was decided on it."""

from __future__ import annotations

from datetime import date

from analysis.gap import gap
from analysis.present.frozen_figures import frozen
from analysis.reports.pack.gathered import STEADY, THE_FIRST, gathered
from analysis.reports.pack.model import Grid, Slide
from analysis.reports.pack.slides import deck
from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.decision_words import Words
from analysis.store.decisions import record
from analysis.store.drafts import put_table, start_draft
from analysis.store.publishing import publish
from analysis.store.reading import published
from tests.store.editors import published_as, shown

ASKED = {"edition": "2026", "need": "low_income_bhc2025", "provision": "caseload_families"}
WORDS = Words("=1+1 <b>More</b>\nplaces", "Because.", "Sub-group", date(2026, 3, 2), date(2026, 9, 2))


def slides(store: Store) -> dict[str, Slide]:
    told = gathered(published(store, "2026"), ASKED, store)
    return {slide.id: slide for slide in deck(told, "No map is drawn.", date(2026, 11, 28)).slides}


def with_fewer_in_elm(store: Store, world: Library) -> int:
    """A publication in which Elm has a quarter of the families."""
    rows = world.table("ACTIVITY")
    elm = (rows["area_code"] == "E05012401") & (rows["case_unit"] == "family") & (rows["edition"] == "2026")
    fewer = rows.assign(supported=rows["supported"].mask(elm, 10), open_at_end=rows["open_at_end"].mask(elm, 10))
    draft = start_draft(store, "2026", "Fewer in Elm", "Ann")
    put_table(store, draft, "ACTIVITY", fewer, {}, "activity.csv", "Ann")
    return publish(store, draft, shown(store), "Ann")


def test_the_first_publication_has_nothing_to_compare_with(file_store: Store) -> None:
    assert slides(file_store)["changed"].points == (THE_FIRST,)


def test_another_publication_with_the_same_figures_says_so(file_store: Store, world: Library) -> None:
    published_as(file_store, world, 7)
    found = slides(file_store)["changed"]
    assert (found.title, found.points) == ("Nothing changed since the publication before", (STEADY,))


def test_what_changed_is_told_in_the_words_of_the_meeting_view(file_store: Store, world: Library) -> None:
    with_fewer_in_elm(file_store, world)
    found = slides(file_store)["changed"]
    assert found.title == "Figures of 3 areas differ; 2 verdicts do"
    assert any(point.startswith("Elm: over-provided, for certain, now ") for point in found.points)
    assert found.basis == "illustrative"


def test_a_decision_on_the_same_comparison_stands_in_the_pack_and_another_does_not(
    file_store: Store, world: Library
) -> None:
    library = published(file_store, "2026")
    for provision in ("caseload_families", "access_gp"):
        link = {**ASKED, "provision": provision}
        shown_then = frozen(gap(library, "2026", ASKED["need"], provision), None, library, "meeting", link)
        record(file_store, WORDS, shown_then, "Kim")
    assert _decided(slides(file_store)) == [
        ("2 March 2026", "=1+1 <b>More</b> places", "2 September 2026", "as they were")
    ]
    with_fewer_in_elm(file_store, world)
    assert [row[3] for row in _decided(slides(file_store))] == ["changed; verdicts that differ: 2"]


def _decided(found: dict[str, Slide]) -> list[tuple[str, ...]]:
    part = found["decided"].part
    assert isinstance(part, Grid)
    assert found["decided"].title == "On the same comparison one decision stands"
    return list(part.rows)
