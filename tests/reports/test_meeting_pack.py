"""The meeting pack read back: titles, charts, tables, marks, notes, language, and the same bytes every time."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from analysis.equity import equity
from analysis.gap import gap
from analysis.present import what_if_tables
from analysis.present.words import headline
from analysis.refusal import Refusal
from analysis.reports.pack.document import document
from analysis.reports.pack.gathered import gathered
from analysis.reports.pack.layout import MARKS
from analysis.reports.pack.model import Bars, Curve, Deck, Grid, Picture
from analysis.reports.pack.powerpoint import powerpoint
from analysis.reports.pack.report import pack
from analysis.sources.library import Library

DAY = date(2026, 11, 28)
NEED, FAMILIES = "low_income_bhc2025", "caseload_families"
GROUPS = "Somer Valley:E05012484.E05012490;West Bath:E05012486.E05012488"
CHANGES = "move-E05012475-E05012488-8~move-E05012469-E05012484-5"
HOSTILE = "#import $x$ *b* <script>alert(1)</script> = @ref"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def untold(_done: int, _of: int, _what: str) -> None:
    """Nobody listens for the steps."""


def made(library: Library, provision: str = FAMILIES, day: date = DAY, **more: str) -> Deck:
    asked = {"edition": "2026", "need": NEED, "provision": provision, **more}
    return pack(library, asked, day, untold)


def slide_of(deck: Deck, name: str) -> Any:
    return next(slide for slide in deck.slides if slide.id == name)


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return [re.sub(r"\s+", " ", page.replace("\ufffe", "").replace("\xad", "")) for page in pages]


@pytest.fixture(scope="module")
def deck(shipped: Library) -> Deck:
    """Illustrative figures with counts held back, localities, a ward, and a scenario."""
    return made(shipped, groups=GROUPS, ward="Radstock", service="family_support", changes=CHANGES)


@pytest.fixture(scope="module")
def written(deck: Deck) -> bytes:
    return powerpoint(deck)


@pytest.fixture(scope="module")
def slides(written: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(written)).slides)


@pytest.fixture(scope="module")
def paper(deck: Deck) -> bytes:
    return document(deck)


def test_every_slide_has_a_title_of_its_own_that_says_the_finding(
    shipped: Library, deck: Deck, slides: list[Any]
) -> None:
    titles = [slide.shapes.title.text for slide in slides]
    assert titles == [slide.title for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    assert titles[1] == headline(gap(shipped, "2026", NEED, FAMILIES))[0].rstrip(".")
    assert [slide.id for slide in deck.slides][:11] == [
        "front",
        "headline",
        "map",
        "certain",
        "unclear",
        "place",
        "localities",
        "equity",
        "changed",
        "options",
        "decisions",
    ]
    assert titles[5] == "Radstock: under-provided, for certain"


def test_slides_are_wide_numbered_and_say_edition_tables_and_day(shipped: Library, written: bytes) -> None:
    opened = Presentation(io.BytesIO(written))
    assert (opened.slide_width, opened.slide_height) == (Inches(13.333), Inches(7.5))
    for slide in opened.slides:
        kinds = {shape.element.ph.get("type"): shape for shape in slide.placeholders}
        for said in ("2026 edition", shipped.told, "28 November 2026"):
            assert said in kinds["ftr"].text
        assert kinds["sldNum"].element.find(f".//{qn('a:fld')}").get("type") == "slidenum"


def test_bars_are_the_figures_of_the_comparison_with_their_limits(
    shipped: Library, deck: Deck, slides: list[Any]
) -> None:
    wards = gap(shipped, "2026", NEED, FAMILIES).wards.set_index("area_name")
    chart = next(shape.chart for shape in slides[3].shapes if shape.has_chart)
    plot = chart.plots[0]
    named = [label.split(" ", 1)[1] for label in plot.categories]
    assert named[:3] == ["Twerton", "Radstock", "Peasedown"]
    assert list(plot.series[0].values) == [wards["oe"][name] for name in named]
    for side, other in (("plus", "oe_upper"), ("minus", "oe_lower")):
        written = plot.series[0]._element.findall(f"{qn('c:errBars')}/{qn(f'c:{side}')}//{qn('c:v')}")
        lengths = [abs(wards[other][name] - wards["oe"][name]) for name in named]
        assert [float(value.text) for value in written] == pytest.approx(lengths)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == list(plot.categories)
    for row, name in zip(rows, named, strict=True):
        assert row[1:4] == pytest.approx(tuple(wards.loc[name, ["oe", "oe_lower", "oe_upper"]]))
    assert isinstance(slide_of(deck, "certain").part, Bars)


def test_curves_are_the_running_shares_and_their_workbook_names_the_wards(shipped: Library, slides: list[Any]) -> None:
    found = equity(shipped, gap(shipped, "2026", NEED, FAMILIES)).wards
    chart = next(shape.chart for shape in slides[7].shapes if shape.has_chart)
    need, provision, even = chart.plots[0].series
    assert [need.name, provision.name, even.name] == ["Need", "Provision", "The same for every child"]
    for series, column in ((need, "need_so_far"), (provision, "provision_so_far")):
        assert list(series.values) == pytest.approx([0, *(100 * found[column])], abs=0.05)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [sheet.cell(row, 3).value for row in range(3, 3 + len(found))] == list(found["area_name"])
    references = [ref.text for ref in need._element.iter(qn("c:f"))]
    assert references == ["Sheet1!$B$1", f"Sheet1!$A$2:$A${len(found) + 2}", f"Sheet1!$B$2:$B${len(found) + 2}"]
    assert [sheet.cell(row, 2).value for row in range(2, 5)] == list(need.values)[:3]


def test_whatever_is_drawn_has_words_and_tables_have_heads(deck: Deck, slides: list[Any]) -> None:
    for slide, told in zip(slides, deck.slides, strict=True):
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table or shape.shape_type == 13]
        assert len(drawn) == (told.part is not None)
        for shape in drawn:
            assert shape._element.find(f".//{qn('p:cNvPr')}").get("descr") == told.part.alt
            if shape.has_table:
                assert shape.table.first_row
                cells = [[cell.text for cell in row.cells] for row in shape.table.rows]
                assert cells == [list(told.part.heads), *(list(row) for row in told.part.rows)]
    kinds = {type(slide.part) for slide in deck.slides}
    assert {Bars, Curve, Picture, Grid} <= kinds


def test_figures_are_marked_right_after_the_title_and_before_what_is_drawn(deck: Deck, slides: list[Any]) -> None:
    for slide, told in zip(slides, deck.slides, strict=True):
        order = [shape.name for shape in slide.shapes]
        assert order[0] == slide.shapes.title.name
        if told.basis:
            mark = slide.shapes[1]
            assert mark.text == MARKS[told.basis][0]
        assert [name.split(" ")[0] for name in order[-2:]] == ["Footer", "Slide"]
    marked = {told.id for told in deck.slides if told.basis == "illustrative"}
    assert {"headline", "map", "certain", "unclear", "equity", "options", "place", "wards-1"} <= marked
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert all(chart.chart_title.text_frame.text.startswith("Illustrative: ") for chart in charts)


def test_letters_of_points_are_never_smaller_than_18(slides: list[Any]) -> None:
    sizes = [
        run.font.size
        for slide in slides
        for shape in slide.placeholders
        if shape.placeholder_format.idx == 1
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert min(sizes) >= Pt(18)


def test_notes_say_how_to_read_it_and_where_it_is_from(deck: Deck, slides: list[Any]) -> None:
    for slide, told in zip(slides, deck.slides, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes
        if told.basis:
            assert "Source: Children in low-income families by ward (Department for Work and Pensions" in notes
            assert "In: data/published/child_poverty_ward19.csv." in notes
    assert "How to read it" in slides[3].notes_slide.notes_text_frame.text
    assert "Keynsham East, Oldfield Park, Widcombe & Lyncombe" in slides[4].notes_slide.notes_text_frame.text
    assert "How often right" in slides[9].notes_slide.notes_text_frame.text


def test_places_in_the_printed_assessment_are_named(shipped: Library) -> None:
    asked = {"edition": "2020", "need": "idaci2015", "provision": "contact2017"}
    notes = " ".join(slide_of(pack(shipped, asked, DAY, untold), "headline").notes)
    assert "Section 4.4.4, list 'Ward of residence'" in notes
    assert "line 6" not in notes


def test_every_run_of_every_part_is_in_british_english(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = [fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    for part in parts:
        for run in part.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).get("lang") == "en-GB"
    assert Presentation(io.BytesIO(written)).core_properties.language == "en-GB"


def test_what_is_held_back_is_said_on_the_slide_in_question(deck: Deck) -> None:
    assert "3 wards have counts so small" in slide_of(deck, "headline").points[0]
    rows = slide_of(deck, "unclear").part.rows
    assert rows[1][:2] == ("✱ Not shown, to protect families", "3")
    assert any("Left out: 3 wards whose count is not shown" in point for point in slide_of(deck, "equity").points)
    withheld = [row for slide in deck.slides if slide.id.startswith("wards") for row in slide.part.rows]
    assert [row for row in withheld if row[0] == "Oldfield Park"] == [
        ("Oldfield Park", "✱ Not shown, to protect families", "withheld", "17 (11 to 27) children", "withheld")
    ]
    assert len(withheld) == 33


def test_a_scenario_stands_beside_today_and_made_up_places_decide_nothing(shipped: Library, deck: Deck) -> None:
    asked = {"edition": "2026", "need": NEED, "provision": FAMILIES, "service": "family_support", "changes": CHANGES}
    tried = gathered(shipped, asked).tried
    table = what_if_tables.side_by_side(tried)
    slide = slide_of(deck, "options")
    assert slide.part.heads[1:] == ("Today", "As tried in What if", "All places by fair share")
    assert set(slide.part.rows) <= {tuple(row) for row in table.to_numpy()}
    assert "Twerton and Radstock gain" in slide.title
    points = " ".join(slide_of(deck, "decisions").points)
    assert "Nothing may be decided about these wards on these figures" in points
    assert "no move may be decided on them" in points
    assert "What is to be done for" not in points


def test_the_file_holds_together(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = set(archive.namelist())
        assert len(names) == len(archive.namelist())
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith((".xml", ".rels")):
                fromstring(archive.read(name))
                assert name.endswith(".rels") or name == "[Content_Types].xml" or f'PartName="/{name}"' in types
        for name in (name for name in names if name.endswith(".rels")):
            here = posixpath.dirname(posixpath.dirname(name))
            for relation in fromstring(archive.read(name)).iter(RELATIONS):
                assert relation.get("TargetMode") != "External"
                target = relation.get("Target")
                found = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(here, target))
                assert found in names
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
    for slide in Presentation(io.BytesIO(written)).slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_the_same_tables_choices_and_day_give_the_same_bytes(world: Library) -> None:
    first, again, later = (made(world, day=day) for day in (DAY, DAY, date(2026, 11, 29)))
    assert powerpoint(first) == powerpoint(again) != powerpoint(later)
    assert document(first) == document(again) != document(later)


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of a tree of tags."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def test_the_pdf_is_a_page_for_each_slide_and_then_the_notes(deck: Deck, paper: bytes) -> None:
    pages = texts(paper)
    count = len(deck.slides)
    for number, slide in enumerate(deck.slides):
        assert slide.title in pages[number]
        assert not slide.basis or MARKS[slide.basis][0] in pages[number]
        assert deck.foot in pages[number]
    assert "How to read each slide, and where it comes from" in pages[count]
    notes = " ".join(pages[count:])
    assert all(f"Slide {number}: {slide.title}" in notes for number, slide in enumerate(deck.slides, start=1))


@pytest.mark.parametrize(
    ("edition", "need", "provision"),
    [("2020", "idaci2015", "contact2017"), ("2020", "idaci2015", "caseload_youth"), ("2026", NEED, "access_library")],
)
def test_no_slide_of_other_comparisons_runs_over_its_page(
    shipped: Library, edition: str, need: str, provision: str
) -> None:
    told = pack(shipped, {"edition": edition, "need": need, "provision": provision}, DAY, untold)
    pages = texts(document(told))
    assert [slide.title in page for slide, page in zip(told.slides, pages, strict=False)] == [True] * len(told.slides)
    assert "How to read each slide" in pages[len(told.slides)]


def test_the_pdf_is_tagged_titled_and_in_a_language(deck: Deck, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert root.Lang == "en-GB"
        with pdf.open_metadata() as about:
            assert about["dc:title"] == deck.title
            assert about["pdfuaid:part"] == "1"
        found = list(elements(root.StructTreeRoot.K))
        kinds = [str(element.S) for element in found]
        told = {str(element.Alt) for element in found if element.S == "/Figure" and "/Alt" in element}
    assert kinds.count("/H1") == len(deck.slides) + 1
    assert kinds.count("/Table") == sum(isinstance(slide.part, Grid) for slide in deck.slides)
    assert kinds.count("/TH") == sum(len(slide.part.heads) for slide in deck.slides if isinstance(slide.part, Grid))
    drawn = [slide.part for slide in deck.slides if isinstance(slide.part, Bars | Curve | Picture)]
    assert {part.alt for part in drawn} <= told


@pytest.mark.parametrize("name", [HOSTILE, "=cmd|' /C calc'!A0", "@SUM(1+1)"])
def test_words_of_the_data_are_never_markup_or_formulas(changed_world: Callable[..., Library], name: str) -> None:
    told = made(changed_world(AREAS=("Gorse,ward19", f'"{name}",ward19')))
    written, pages = powerpoint(told), " ".join(texts(document(told)))
    slides = list(Presentation(io.BytesIO(written)).slides)
    assert name in slides[1].shapes.title.text
    assert name in pages
    chart = next(shape.chart for shape in slides[3].shapes if shape.has_chart)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any(name in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_what_is_missing_is_said_where_it_would_stand(world: Library) -> None:
    told = made(world)
    assert slide_of(told, "map").points[0] == (
        "No map is drawn: the edition does not hold the boundaries of its wards."
    )
    assert slide_of(told, "map").part is None
    assert slide_of(told, "equity").title == "Whether the gap leans against deprived wards cannot be told"
    assert slide_of(told, "equity").points[0].startswith("Only three wards have a need and a count")
    assert slide_of(told, "changed").points[0].startswith("These tables are not a publication of the store")
    slides = list(Presentation(io.BytesIO(powerpoint(told))).slides)
    assert [slide.shapes.title.text for slide in slides] == [slide.title for slide in told.slides]


def test_a_comparison_without_certain_wards_asks_about_the_likely_ones(shipped: Library) -> None:
    told = made(shipped, "access_gp")
    assert slide_of(told, "certain").title == "No ward is under-provided for certain; 9 wards are likely to be"
    assert "They are not 95% limits." in slide_of(told, "certain").points[1]
    assert slide_of(told, "decisions").points[0].startswith("What would have to be found out about Twerton, Odd Down")
    assert slide_of(told, "options").title == "Of the 9 wards that fall short, 8 fall short by another measure too"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"need": "hunger"}, "There is no need 'hunger'."),
        ({"ward": "Nowhere"}, "'Nowhere' is neither one of the 33 wards since 2019 nor one of the localities given."),
        ({"changes": CHANGES, "weight": "lots"}, "The weight on need is 'lots'. Give a whole number of per cent"),
        ({"changes": CHANGES, "service": "magic"}, "The return holds no service 'magic' for the 2026 edition."),
        ({"groups": "Somewhere"}, "'Somewhere' is not a locality."),
    ],
)
def test_what_cannot_be_told_is_refused(shipped: Library, wrong: dict[str, str], said: str) -> None:
    asked = {"edition": "2026", "need": NEED, "provision": "access_gp", **wrong}
    with pytest.raises(Refusal, match=re.escape(said)):
        gathered(shipped, asked)


def test_a_locality_can_be_the_place_of_the_pack(shipped: Library) -> None:
    told = made(shipped, "access_gp", groups=GROUPS, ward="west bath")
    assert slide_of(told, "place").title == "West Bath: under-provided, likely"
    assert slide_of(told, "localities").title == "West Bath is under-provided as a whole"


def test_a_bar_without_limits_has_no_error_bar(deck: Deck) -> None:
    drawn = slide_of(deck, "certain").part
    without = replace(drawn, bars=(replace(drawn.bars[0], lower=None, upper=None), *drawn.bars[1:]))
    slides = (replace(slide_of(deck, "certain"), part=without),)
    (slide,) = Presentation(io.BytesIO(powerpoint(replace(deck, slides=slides)))).slides
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    written = chart.plots[0].series[0]._element.findall(f"{qn('c:errBars')}/{qn('c:plus')}//{qn('c:pt')}")
    assert [int(point.get("idx")) for point in written] == list(range(1, len(drawn.bars)))
    assert len(texts(document(replace(deck, slides=slides)))) == 2
