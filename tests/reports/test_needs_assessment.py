"""The needs assessment read back from Word: its structure, its figures, and what it says of what is not there."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from analysis.gap import gap
from analysis.need import NEEDS
from analysis.present import gap_view, words
from analysis.present.words import number
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.outline import OUTLINE
from analysis.reports.needs_assessment.report import Settings, needs_assessment
from analysis.sources.library import Library
from tests.world import three_wards
from tests.world.word_file import W, WordFile, text

DAY = date(2026, 11, 28)
HOSTILE = 'A </w:t> & "b" <script>alert(1)</script> { HYPERLINK "http://x" } **no** \x07\u202e=cmd|'
HARMLESS = HOSTILE.replace("\x07", "\ufffd").replace("\u202e", "\ufffd")
LIGHT = tuple(key for key in OUTLINE if key not in ("population", "limitations", "sources"))
DRAWN = tuple(key for key in OUTLINE if key not in ("gaps", "sources"))


@pytest.fixture(scope="module")
def made(world: Library) -> WordFile:
    return WordFile(needs_assessment(world, "2020", DAY))


@pytest.fixture(scope="module")
def shipped_one(shipped: Library) -> WordFile:
    """The shipped tables, with every kind of chapter but those that take longest."""
    return WordFile(needs_assessment(shipped, "2020", DAY, Settings(left_out=("gaps", "equity", "ward_tables"))))


@pytest.fixture(params=["world", "shipped"])
def either(request: pytest.FixtureRequest) -> WordFile:
    return request.getfixturevalue("made" if request.param == "world" else "shipped_one")


def light(library: Library, **settings: object) -> WordFile:
    return WordFile(needs_assessment(library, "2020", DAY, Settings(**{"left_out": LIGHT, **settings})))


def test_the_contents_are_the_headings_as_word_numbers_them(either: WordFile) -> None:
    assert either.contents == [f"{number} {title}" for number, title in either.headings]
    assert [title for number, title in either.headings if "." not in number][:3] == [
        "Population",
        "Deprivation",
        "Groups who would benefit",
    ]
    assert any(one.startswith("TOC \\o") for one in either.fields)
    assert {'TOC \\h \\z \\c "Table"', 'TOC \\h \\z \\c "Figure"'} <= set(either.fields)


def test_captions_are_numbered_in_order_and_listed(either: WordFile) -> None:
    captions = either.styled("Caption")
    for kind in ("Table", "Figure"):
        found = [one for one in captions if one.startswith(kind)]
        assert [one.split(".")[0] for one in found] == [f"{kind} {place}" for place in range(1, len(found) + 1)]
        assert either.fields.count(f"SEQ {kind} \\* ARABIC") == len(found)
        assert [one for one in either.styled("TableofFigures") if one.startswith(kind)] == found


def test_every_reference_leads_to_a_bookmark_and_reads_as_it_does(either: WordFile) -> None:
    references = either.references()
    numbers = {f"section_{key}": number for key, number in zip(_keys(either), _numbers(either), strict=True)}
    assert len(references) > 20
    for mark, shown in references:
        assert shown == numbers.get(mark, either.bookmarks[mark])
    assert len(either.find(".//w:bookmarkStart")) == len(either.bookmarks)


def _keys(made: WordFile) -> list[str]:
    titles = {outlined.title: key for key, outlined in OUTLINE.items()}
    return [titles[title] for number, title in made.headings if "." not in number]


def _numbers(made: WordFile) -> list[str]:
    return [number for number, _ in made.headings if "." not in number]


def test_every_picture_says_what_it_shows_and_every_table_has_a_head_that_repeats(either: WordFile) -> None:
    pictures = either.find(".//wp:docPr")
    assert len(pictures) > 3
    assert all(len(one.get("descr")) > 30 for one in pictures)
    assert len({one.get("id") for one in pictures}) == len(pictures)
    tables = either.find(".//w:tbl")
    assert len(tables) > 5
    for one in tables:
        rows = one.findall(f"{{{W}}}tr")
        marked = [bool(row.xpath("w:trPr/w:tblHeader", namespaces={"w": W})) for row in rows]
        assert marked == [True] + [False] * (len(rows) - 1)
        assert {len(row.findall(f"{{{W}}}tc")) for row in rows} == {len(one.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol"))}


def test_language_properties_and_pages(either: WordFile) -> None:
    about = either.opened.core_properties
    assert about.title.startswith("Early Help needs assessment: Bath and North East Somerset")
    assert (about.author, about.language, about.revision) == ("Bath and North East Somerset", "en-GB", 1)
    assert b'w:lang w:val="en-GB"' in either.parts["word/styles.xml"]
    assert b"en-US" not in b"".join(either.parts.values())
    assert b"rsid" not in either.parts["word/document.xml"]
    assert b"PAGE" in b"".join(part for name, part in either.parts.items() if "footer" in name)
    assert "docProps/thumbnail.jpeg" not in either.parts
    styles = {one.style_id for one in either.opened.styles}
    used = {one.get(f"{{{W}}}val") for one in either.find(".//w:pStyle | .//w:rStyle | .//w:tblStyle")}
    assert used <= styles


def test_its_figures_are_those_of_the_pages(made: WordFile, world: Library) -> None:
    result = gap(world, "2020", "idaci2015", "contact2017")
    first, more = words.headline(result)
    assert first in made.text
    assert more in made.text
    table = gap_view.table(result)
    shown = next(one for one in made.find(".//w:tbl") if "Provision ÷ expected" in text(one))
    cells = [[text(cell) for cell in row.findall(f"{{{W}}}tc")] for row in shown.findall(f"{{{W}}}tr")]
    assert cells == [list(table.columns), *table.astype(str).to_numpy().tolist()]
    assert f"All parents: {number(result.total)}." in made.text
    assert "About 300 children aged 0-15 lived in Bath and North East Somerset (mid-2019)." in made.text


def test_what_is_illustrative_is_boxed_and_named_wherever_it_stands(shipped_one: WordFile) -> None:
    body = list(shipped_one.body)
    shown = [place for place, one in enumerate(body) if "Basis: ILLUSTRATIVE" in text(one)]
    captions = [one for one in shipped_one.styled("Caption") if "ILLUSTRATIVE, made up" in one]
    assert len(shown) == len(captions) == 7
    for place in shown:
        before = [text(one) for one in body[place - 5 : place]]
        assert any(one.startswith("ILLUSTRATIVE: what follows was made up") for one in before)
    assert shipped_one.text.index("ILLUSTRATIVE FIGURES: 7 of") < shipped_one.text.index("Contents")
    assert ("7.1", "Places, cases, and how full (illustrative)") in shipped_one.headings


def test_what_the_edition_lacks_is_said_where_it_would_stand_and_at_the_front(made: WordFile) -> None:
    lacked = "the edition does not hold the table “Recommendations of the 2020 assessment"
    assert any(lacked in one for one in made.styled("LeftOutNotice") if one.startswith("This part is left out"))
    assert made.text.index(f"Recommendations ({lacked}") < made.text.index("Contents")
    assert "No earlier publication of this edition is held" in made.text


def test_sections_left_out_are_named_and_the_others_numbered_anew(world: Library) -> None:
    found = light(world, left_out=(*(key for key in OUTLINE if key not in ("population", "limitations", "methods")),))
    assert [(number, title) for number, title in found.headings if "." not in number] == [
        ("1", "Population"),
        ("2", "Limitations"),
        ("Appendix A", "Methods in short"),
    ]
    assert found.contents == [f"{number} {title}" for number, title in found.headings]
    assert "Left out on purpose: Deprivation; Groups who would benefit;" in found.text
    assert all(mark in found.bookmarks for mark, _ in found.references())
    assert "stand in Appendix A." in found.text
    assert "Sources: World (World, World)." in found.text


def test_own_paragraphs_stand_where_they_belong_as_plain_text(world: Library) -> None:
    own = {("population", "before"): f"First.\n\n{HOSTILE}", ("population", "after"): "Last words."}
    found = light(world, paragraphs=own)
    said = [text(one) for one in found.body]
    gaps, limits = (
        said.index("Population", said.index("Tables")),
        said.index("Limitations", said.index("Tables")),
    )
    assert said[gaps + 1 : gaps + 3] == ["First.", HARMLESS]
    assert said[limits - 1] == "Last words."
    assert found.styled("LocalParagraph") == ["First.", HARMLESS, "Last words."]
    assert "Paragraphs with a line at their left were written by the council." in found.text
    assert not any("HYPERLINK" in one for one in found.fields)
    assert not found.find(".//w:script")


def test_names_of_places_are_only_words(tmp_path: Path) -> None:
    hostile = "Ash </w:t> & <b>{ REF x } **b**"
    named = three_wards.TABLES["AREAS"].replace(f"{three_wards.ASH},Ash,", f"{three_wards.ASH},{hostile},")
    library = Library(three_wards.build(tmp_path, {"AREAS": (three_wards.TABLES["AREAS"], named)}))
    found = light(library)
    assert hostile in found.text
    assert not any("REF x" in one for one in found.fields)


def test_the_same_tables_settings_and_day_give_the_same_bytes(world: Library, tmp_path: Path) -> None:
    again = Library(three_wards.build(tmp_path))
    first, second = (light(library, left_out=DRAWN).content for library in (world, again))
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    on_one_day = light(world)
    later = WordFile(needs_assessment(world, "2020", date(2026, 11, 29), Settings(left_out=LIGHT)))
    changed = {name for name, part in later.parts.items() if part != on_one_day.parts[name]}
    assert changed == {"word/document.xml", "docProps/core.xml"}


def test_steps_are_told_in_order(world: Library) -> None:
    told: list[tuple[int, int, str]] = []
    needs_assessment(world, "2020", DAY, Settings(left_out=LIGHT), progress=lambda *step: told.append(step))
    assert told == [
        (0, 4, "population"),
        (1, 4, "limitations"),
        (2, 4, "sources"),
        (3, 4, "setting the document"),
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(left_out=("weather",)), "There is no section 'weather'. Choose one of: population,"),
        (Settings(paragraphs={("weather", "before"): "x"}), "There is no section 'weather'"),
        (Settings(need="hunger"), "There is no need 'hunger' in the 2020 edition. Choose one of: idaci2015,"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(world: Library, settings: Settings, said: str) -> None:
    with pytest.raises(Refusal, match=said.split(":", maxsplit=1)[0].replace("?", "\\?")):
        needs_assessment(world, "2020", DAY, settings)


def test_an_edition_that_is_none_is_refused(world: Library) -> None:
    with pytest.raises(Refusal, match="There is no edition '1999'"):
        needs_assessment(world, "1999", DAY)


def test_what_changed_since_the_last_publication_is_told(world: Library, tmp_path: Path) -> None:
    was = three_wards.TABLES["IDACI2015_PRINTED"]
    now = was.replace(f"{three_wards.ASH},10,10,", f"{three_wards.ASH},11,11,")
    later = Library(three_wards.build(tmp_path, {"IDACI2015_PRINTED": (was, now)}))
    only = tuple(key for key in OUTLINE if key != "changes")
    found = WordFile(needs_assessment(later, "2020", DAY, Settings(left_out=only), before=world))
    assert "1 table differs: 0 figures added, 2 changed and 0 lost." in found.text
    assert f"Compared with the tables {world.told}." in found.text
    assert "Tables that differ from the last publication" in found.text
    assert NEEDS["idaci2015"].title in found.text
