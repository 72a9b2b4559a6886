"""Recommendations in words: the sentence, the table, and what the strategy says where it says something."""

from __future__ import annotations

from datetime import date

from analysis.present import recommendations_view
from analysis.recommendations import DONE, UNDER_WAY, Entry
from analysis.sources.library import Library

TODAY = date(2026, 7, 1)


def every(shipped: Library, **known: Entry) -> dict[str, Entry]:
    return {str(name): known.get(str(name), Entry()) for name in shipped.table("RECOMMENDATIONS")["recommendation_id"]}


def test_nothing_entered_is_said_plainly(shipped: Library) -> None:
    found = recommendations_view.sentence(every(shipped), TODAY)
    assert found == "Nothing has been entered for any of the 25 recommendations and steps."


def test_the_sentence_counts_and_says_whose_entries_they_are(shipped: Library) -> None:
    entries = every(shipped, r01=Entry(DONE), r04=Entry(UNDER_WAY, review_date="2026-01-31"))
    assert recommendations_view.sentence(entries, TODAY) == (
        "Of 25 recommendations and steps: 1 done, 1 under way, 0 not started, 0 given up and 23 not known. "
        "The review date of 1 has passed. These are your own entries, not published."
    )


def test_the_table_sets_own_entries_beside_the_strategy(shipped: Library) -> None:
    entries = every(shipped, r04a=Entry(DONE, "Ann", "2026-09-30", "Agreed"))
    shown = recommendations_view.table(
        shipped.table("RECOMMENDATIONS"), shipped.table("RECOMMENDATIONS_IN_STRATEGY"), entries
    ).set_index("Recommendation")
    hub = shown.loc["4a. Consider a hub model like that of Cornwall"]
    assert hub[["Your status", "Owner", "Review by", "Note"]].tolist() == [
        "● Done",
        "Ann",
        "30 September 2026",
        "Agreed",
    ]
    assert hub["The strategy of 2021"] == "Nothing"
    named = shown[shown["Owner"].eq("Leaders in the system (named in 2020)")]
    assert len(named) == 1
    assert shown["The strategy of 2021"].ne("Nothing").sum() == 13
    pathways = shown.loc["4. Review the pathways, and adapt them to the points of pressure"]
    assert pathways["Where"].endswith("line 1596; strategy, chapter 1, Our Commitments, line 391")
