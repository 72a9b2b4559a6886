"""The profile of a ward as PDF, read back: its words, its one page, its tags, and what it says of missing things."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pikepdf
import pypdfium2
import pytest

from analysis.refusal import Refusal
from analysis.reports import typeset, ward_profile
from analysis.reports.ward_profile import Profiles
from analysis.sources.library import Library

DAY = date(2026, 11, 28)
HOSTILE = "#import $x$ *b* <script>alert(1)</script> = \\ @ref"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", words.replace("\ufffe", "").replace("\xad", ""))


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of a tree of tags."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.fixture(scope="module")
def now(shipped: Library) -> Profiles:
    return Profiles(shipped, "2026", made_on=DAY)


@pytest.fixture(scope="module")
def radstock(now: Profiles) -> bytes:
    return now.pdf("Radstock")


@pytest.mark.parametrize("ward", ["Kingsmead", "Bathavon North"])
def test_the_wards_with_most_to_say_fit_one_page(now: Profiles, ward: str) -> None:
    """All 70 are counted by `python -m benchmarks.reports`."""
    assert pages_of(now.pdf(ward)) == 1


def test_so_does_the_longest_of_the_earlier_wards(shipped: Library) -> None:
    assert pages_of(ward_profile.pdf(shipped, "2020", "Abbey", made_on=DAY)) == 1


def test_a_profile_is_tagged_titled_and_in_a_language(radstock: bytes) -> None:
    with pikepdf.open(io.BytesIO(radstock)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert root.Lang == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["dc:title"] == "Radstock ward: profile"
            assert about["pdfuaid:part"] == "1"
        found = list(elements(root.StructTreeRoot.K))
    kinds = [str(element.S) for element in found]
    assert kinds.count("/Table") >= 8
    assert kinds.count("/TH") > kinds.count("/Table")
    assert kinds.count("/H1") + kinds.count("/Title") + kinds.count("/H2") >= 10
    figures = [element for element in found if element.S == "/Figure"]
    assert ["Radstock is outlined" in str(figure.Alt) for figure in figures] == [True]


def test_a_profile_says_the_figures_of_the_sheet_with_their_basis_and_sources(
    shipped: Library, now: Profiles, radstock: bytes
) -> None:
    sheet = now.sheet(now.code_of("Radstock"))
    said = text_of(radstock)
    for words in (sheet.answer, "What is not known, and why", "Made on 28 November 2026", shipped.told):
        assert words in said
    for block in sheet.blocks:
        assert block.title in said
        for cell in (cell for row in block.rows for cell in row[1:]):
            assert cell in said
    assert said.count("illustrative") >= 4
    assert "say nothing about this ward" in said
    for number, source in enumerate(sheet.sources, start=1):
        assert f"{number} {source}" in said


def test_another_day_is_another_file(world: Library) -> None:
    first, again, later = (
        ward_profile.pdf(world, "2026", "Elm", made_on=day) for day in (DAY, DAY, date(2026, 11, 29))
    )
    assert first == again != later
    assert "Made on 29 November 2026" in text_of(later)


def test_missing_tables_are_listed_with_the_reason(world: Library) -> None:
    said = text_of(ward_profile.pdf(world, "2026", "Elm", made_on=DAY))
    assert "the edition does not hold the table “English Indices of Deprivation 2025 by neighbourhood”" in said
    assert "Indicators left out: the edition does not hold" in said
    assert "Where it is left out: the edition does not hold the boundaries of its wards" in said
    assert "Elm has 10 children in low-income families" in said


def test_a_ward_whose_need_is_suppressed_says_so(world: Library) -> None:
    said = text_of(ward_profile.pdf(world, "2026", "Fir", made_on=DAY, need_id="low_income_ahc2025"))
    assert "How many children in low-income families live in Fir is not known (suppressed by the source" in said
    assert "the need of this ward is not known, so nothing can be set against it" in said
    assert "nan" not in said.lower().split()


def test_small_counts_are_withheld_unless_an_analyst_asks_and_then_it_is_marked(
    shipped: Library, now: Profiles
) -> None:
    viewers = text_of(now.pdf("Kingsmead"))
    analysts = text_of(ward_profile.pdf(shipped, "2026", "Kingsmead", made_on=DAY, small_counts=True))
    assert "Not shown, to protect families" in viewers
    assert "Not shown, to protect families" not in analysts
    assert "not for publication" not in viewers
    assert "includes small counts, not for publication" in analysts


def test_words_of_the_data_are_never_markup(changed_world: Callable[..., Library]) -> None:
    hostile = changed_world(AREAS=("Ash,ward11", f'"{HOSTILE}",ward11'))
    assert HOSTILE in text_of(ward_profile.pdf(hostile, "2020", "E05001901", made_on=DAY))


def test_all_profiles_are_a_zip_that_is_always_the_same(changed_world: Callable[..., Library]) -> None:
    named = changed_world(AREAS=("Birch,ward11", "=1+Ash,ward11"))
    steps: list[tuple[int, int, str]] = []
    first, again = (
        ward_profile.archive(Profiles(named, "2020", made_on=DAY), lambda *step: steps.append(step)) for _ in range(2)
    )
    assert first == again
    assert steps[:4] == [(0, 3, "=1+Ash"), (1, 3, "Ash"), (2, 3, "Cedar"), (3, 3, "the list of files")]
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["1-ash.pdf", "ash.pdf", "cedar.pdf", "index.csv"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        index = archive.read("index.csv").decode("utf-8-sig").splitlines()
    assert index[1].startswith("1-ash.pdf,E05001902,'=1+Ash,2020,idaci2015,")
    assert len(index) == 4


def test_names_alike_get_files_of_their_own() -> None:
    assert ward_profile.file_names(["Combe Down", "Combe-Down", "Twerton", "…"]) == [
        "combe-down.pdf",
        "combe-down-2.pdf",
        "twerton.pdf",
        "ward.pdf",
    ]


@pytest.mark.parametrize(
    ("edition", "ward", "need", "said"),
    [
        ("2021", "Ash", None, "There is no edition '2021'. Choose one of: 2020, 2026."),
        ("2020", "Elm", None, "'Elm' is not one of the 37 wards of 2011 to 2019, which the 2020 edition uses."),
        ("2020", "Ash", "low_income_bhc2025", "There is no need 'low_income_bhc2025' in the 2020 edition."),
    ],
)
def test_what_is_not_offered_is_refused(world: Library, edition: str, ward: str, need: str | None, said: str) -> None:
    with pytest.raises(Refusal, match=re.escape(said)):
        ward_profile.pdf(world, edition, ward, made_on=DAY, need_id=need)


def test_a_letter_that_no_font_has_is_an_error_and_not_a_box() -> None:
    with pytest.raises(typeset.NotSet):
        typeset.pdf("ward_profile", {}, DAY)
