"""What the Update page says, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.present import update_tables, update_view
from analysis.present.update_view import Standing
from analysis.sources.tables import CONTRACTS
from analysis.store.cautions import Caution
from analysis.store.findings import COLUMNS
from analysis.store.publishing import Published
from pages.components.plain import JOINER, inert

READY = Standing("Ann", 1, up_to_date=True, compared=True, warnings=0, reasons=0, note="New.")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"who": " "}, "Give your name, under Your draft."),
        ({"own_tables": 0}, "Put at least one table into the draft."),
        ({"up_to_date": False}, "Bring the draft up to date: somebody published after it was begun."),
        ({"compared": False}, "Compare the draft, as it is now, with what is published now."),
        ({"warnings": 3}, "Look at the warnings, and accept them: 3 left."),
        ({"reasons": 80}, "Give a reason for each finding that flips: 80 left."),
        ({"note": "\n"}, "Say in the note what is new: everybody reads it."),
    ],
)
def test_each_thing_that_prevents_publication_is_said_alone(missing: dict[str, object], words: str) -> None:
    assert update_view.prevents(READY) == []
    assert update_view.prevents(replace(READY, **missing)) == [words]


def test_every_table_stands_in_one_group() -> None:
    grouped = [name for names in update_tables.GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(CONTRACTS)
    assert list(update_tables.titles(update_tables.ALL)) == sorted(
        CONTRACTS, key=lambda name: CONTRACTS[name].title.casefold()
    )


def test_the_history_for_everybody_names_no_person() -> None:
    made = Published(3, "2026", 5, "Autumn", "2026-11-28T15:05:49.000001+00:00", "Zebedee", "", ("a warning",))
    shown = update_view.history([made])
    assert list(shown.iloc[0]) == ["2026: what is published now", "28 November 2026, 15:05 UTC", "Autumn", "no note"]


def test_the_names_of_groups_hold_no_word_of_a_file() -> None:
    found = [Caution(kind, "SITES", "<b>x</b>", "*y*") for kind in update_view.KINDS]
    assert "<b>" not in " ".join(update_view.warning_groups(found))
    assert [len(held) for held in update_view.warning_groups(found).values()] == [1] * len(found)


def flipped(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame([dict(zip(COLUMNS, row, strict=True)) for row in rows])


def test_findings_of_indicators_are_grouped_by_what_flips_and_all_stand_together_last() -> None:
    rows = flipped(
        ("gap:a+b:E1", "need against places", "a+b", "E1", "Elm", "not known", "in line", "", "illustrative"),
        ("trend:x", "X <b>, recent trend", "x", "E06", "", "up", "down", "", "published"),
        ("trend:y", "Y, recent trend", "y", "E06", "", "up", "down", "", "published"),
    )
    groups = update_view.finding_groups(rows)
    assert {name: len(held) for name, held in groups.items()} == {
        "need against places": 1,
        "Recent trends of indicators": 2,
        update_view.EVERY: 3,
    }
    assert list(update_view.finding_groups(rows.iloc[:1])) == ["need against places"]
    assert update_view.finding_words(rows.iloc[0].to_dict()) == "Elm: not known → in line. Illustrative."
    assert update_view.findings(rows)["Basis"].tolist()[0] == "Illustrative: made up to show the tool"


def test_a_reason_belongs_to_a_finding_with_these_words_and_no_other() -> None:
    row = {"finding": "trend:x", "before": "up", "after": "down"}
    assert update_view.flip_id(row) != update_view.flip_id({**row, "after": "level"})


def test_what_is_saved_runs_nothing_and_leaves_numbers_alone() -> None:
    table = pd.DataFrame({"Before": ["-5", "=1+1", "@SUM(A1)", None], "Row": ["+44 20", "a", "-x", "\tb"]})
    safe = update_view.safe(table)
    assert safe["Before"].fillna("").tolist() == ["-5", "'=1+1", "'@SUM(A1)", ""]
    assert safe["Row"].tolist() == ["'+44 20", "a", "'-x", "'\tb"]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("year_ending: 12 (2026).", "year_ending: 12 (2026)."),
        ("*a* _b_ <i>c</i>", r"\*a\* \_b\_ \<i\>c\</i\>"),
        (":material/home: :red[x]", f":{JOINER}material/home: :{JOINER}red\\[x\\]"),
        ("1. item", r"1\. item"),
        ("- item", r"\- item"),
        ("https://a.b www.c.d e@f.g", f"https:{JOINER}//a.b www{JOINER}.c.d e@{JOINER}f.g"),
        ("two\n    lines", "two lines"),
    ],
)
def test_words_of_a_file_are_marked_only_where_they_would_be_markdown(words: str, marked: str) -> None:
    assert inert(words) == marked


@given(st.text(alphabet=st.sampled_from("a1 _*`[]<>$~&:@#-+.\\\n"), max_size=30))
def test_without_its_marks_the_text_is_what_it_was(words: str) -> None:
    marks = iter(inert(words).replace(JOINER, ""))
    unmarked = "".join(next(marks) if letter == "\\" else letter for letter in marks)
    assert unmarked == " ".join(words.split())
