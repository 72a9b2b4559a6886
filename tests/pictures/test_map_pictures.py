"""Maps as pictures: the classes, symbols and hatching of the screen, and the marks of what they are."""

from __future__ import annotations

import html
import re

import pytest

from analysis.gap import Gap, gap
from analysis.pictures.map import map_picture
from analysis.pictures.sheet import Words
from analysis.present import gap_view, layers
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def result(shipped: Library) -> Gap:
    return gap(shipped, "2020", "idaci2015", "contact2017")


def drawn(shipped: Library, result: Gap, words: Words, marked: str | None = None, *, dark: bool = False) -> str:
    view = gap_view.map_view(result, "gap", dark)
    layer = layers.map_layer(shipped, "wards_2011")
    return map_picture(view, layer, words, marked=marked, dark=dark, kind="svg").decode()


def printed(picture: str) -> list[str]:
    return [html.unescape(words.strip()) for words in re.findall(r"<!--(.*?)-->", picture, flags=re.DOTALL)]


def fills(picture: str) -> set[str]:
    return set(re.findall(r"fill: (#[0-9a-f]{6})", picture))


PUBLISHED = Words("The map", ("Source: somebody.",), "published")


def test_the_key_gives_every_class_with_its_number_of_wards(shipped: Library, result: Gap) -> None:
    words = printed(drawn(shipped, result, PUBLISHED))
    for item, count in gap_view.map_view(result, "gap", False).counts.items():
        assert f"{item.label} ({count} ward{'' if count == 1 else 's'})" in words


def test_every_ward_has_one_symbol_and_the_key_has_each(shipped: Library, result: Gap) -> None:
    view, picture = gap_view.map_view(result, "gap", False), drawn(shipped, result, PUBLISHED)
    assert re.findall(r'id="symbol-(E\d+)"', picture) == list(dict.fromkeys(re.findall(r'id="symbol-(E\d+)"', picture)))
    assert set(re.findall(r'id="symbol-(E\d+)"', picture)) == {area.code for area in view.paints}
    assert {item.symbol for item in view.counts} <= set(printed(picture))


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_those_of_the_screen_in_the_same_theme(shipped: Library, result: Gap, dark: bool) -> None:
    view = gap_view.map_view(result, "gap", dark)
    assert {item.colour(dark) for item in view.counts if not item.hatched} <= fills(
        drawn(shipped, result, PUBLISHED, dark=dark)
    )


def test_wards_without_an_answer_are_hatched(shipped: Library, result: Gap) -> None:
    unknown = sum(count for item, count in gap_view.map_view(result, "gap", False).counts.items() if item.hatched)
    assert len(re.findall(r"url\(#h[0-9a-f]+\)", drawn(shipped, result, PUBLISHED))) == unknown + 1


def test_the_marked_ward_and_nothing_else_changes(shipped: Library, result: Gap) -> None:
    code = str(result.wards["area_code"].iloc[0])
    plain, marked = drawn(shipped, result, PUBLISHED), drawn(shipped, result, PUBLISHED, code)
    assert marked.count("<path") == plain.count("<path") + 1
    assert drawn(shipped, result, PUBLISHED, "nowhere") == plain


def test_a_map_says_what_it_is_and_where_it_comes_from(shipped: Library, result: Gap) -> None:
    words = printed(drawn(shipped, result, Words("The map", ("Source: somebody.",), "illustrative", analysts=True)))
    assert "The map" in words
    assert "ILLUSTRATIVE: made up to show the tool, and says nothing of these places" in words
    assert "ANALYST'S VIEW: NOT FOR PUBLICATION" in words
    assert "Source: somebody." in words
    assert "Basis: illustrative, made up to show the tool." in words


def test_the_city_and_towns_are_named(shipped: Library, result: Gap) -> None:
    assert {"Bath", "Keynsham"} <= set(re.findall(r'id="name-([^"]+)"', drawn(shipped, result, PUBLISHED)))
