"""Sites a reader adds, in the link and back, and postcodes as points."""

from __future__ import annotations

import pytest

from analysis.added_sites import LAWFUL, AddedSite, coordinates, read, with_site, without_site, written
from analysis.postcodes import located
from analysis.refusal import Refusal
from analysis.sources.library import Library

HUB = AddedSite(51.35, -2.5, 20, "Hub (north)")
LINK = "51.35000,-2.50000,20,Hub (north)"


def test_a_site_goes_into_the_link_and_comes_back() -> None:
    assert written([HUB]) == LINK
    assert read(LINK) == (HUB,)
    assert read("") == ()


def test_sites_are_added_at_the_end_and_removed_by_place() -> None:
    two = with_site(LINK, 51.3600004, -2.4, 5, "  Second ")
    assert two == f"{LINK};51.36000,-2.40000,5,Second"
    assert without_site(two, 0) == "51.36000,-2.40000,5,Second"
    assert without_site(LINK, 0) == ""


@pytest.mark.parametrize(
    "text",
    [
        "51.35,-2.5,20,Hub",
        "51.90000,-2.50000,20,Hub",
        "51.35000,-3.50000,20,Hub",
        "51.35000,-2.50000,0,Hub",
        "51.35000,-2.50000,2001,Hub",
        "51.35000,-2.50000,20,<b>Hub</b>",
        "51.35000,-2.50000,20,",
        f"51.35000,-2.50000,20,{'x' * 41}",
        "__import__('os')",
        LINK + ";",
        ";".join([LINK] * 11),
    ],
)
def test_a_link_with_anything_else_is_not_on_the_allow_list(text: str) -> None:
    assert text not in LAWFUL
    with pytest.raises(Refusal):
        read(text)


def test_what_is_on_the_allow_list() -> None:
    assert "" in LAWFUL
    assert LINK in LAWFUL
    assert ";".join([LINK] * 10) in LAWFUL


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ((52.0, -2.5, 20, "Hub"), r"52, -2\.5 lies outside the map\. Give a latitude from 51\.2 to 51\.5"),
        ((51.3, -2.5, 0, "Hub"), r"A site of 0 places: give from 1 to 2,000"),
        ((51.3, -2.5, 20, "Hub; drop"), r"Name a site with at most 40 letters"),
        ((51.3, -2.5, 20, "*Hub*"), r"Name a site with at most 40 letters"),
    ],
)
def test_a_site_out_of_range_is_refused_in_a_sentence(site: tuple[float, float, int, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        with_site("", *site)


def test_an_eleventh_site_is_refused() -> None:
    with pytest.raises(Refusal, match="At most 10 sites can be tried at a time"):
        with_site(";".join([LINK] * 10), 51.3, -2.5, 1, "More")


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("51.3769, -2.3927", (51.3769, -2.3927)),
        (" 51.4 -2.4 ", (51.4, -2.4)),
        ("BA2 1EA", None),
        ("51.4", None),
        ("1e5,2", None),
    ],
)
def test_coordinates_are_two_numbers(words: str, point: tuple[float, float] | None) -> None:
    assert coordinates(words) == point


@pytest.mark.parametrize("typed", ["BA2 1EA", "ba21ea", " Ba2  1eA "])
def test_a_postcode_is_found_however_it_is_spaced(shipped: Library, typed: str) -> None:
    assert located(shipped, typed) == (51.376937, -2.392729)


def test_what_is_no_postcode_is_told_from_one_that_is_not_known(shipped: Library) -> None:
    with pytest.raises(Refusal, match=r"'somewhere' is not a postcode\. Write it in full, such as BA2 1EA"):
        located(shipped, "somewhere")
    with pytest.raises(Refusal, match=r"ZZ9 9ZZ is not among the 5,938 postcodes of the council known here"):
        located(shipped, "zz9 9zz")
