"""The two editions and the wards they stand on."""

from __future__ import annotations

import pytest

from analysis.editions import COUNCIL, EDITIONS, ENGLAND
from analysis.gap import lenses
from analysis.sources.library import Library


@pytest.mark.parametrize(("edition", "wards"), [("2020", 37), ("2026", 33)])
def test_an_edition_names_its_wards_and_says_how_many(shipped: Library, edition: str, wards: int) -> None:
    codes = shipped.codes(EDITIONS[edition].ward_type)
    assert len(codes) == wards
    assert f"the {wards} wards" in EDITIONS[edition].wards
    assert all(shipped.names[code] for code in codes)


def test_no_ward_code_belongs_to_both_editions(shipped: Library) -> None:
    assert not set(shipped.codes("ward11")) & set(shipped.codes("ward19"))


def test_names_are_shared_between_vintages_so_only_codes_can_join_them(shipped: Library) -> None:
    old, new = ({shipped.names[code] for code in shipped.codes(kind)} for kind in ("ward11", "ward19"))
    assert {"Saltford", "Newbridge", "Southdown"} <= old & new


def test_council_and_country_are_known(shipped: Library) -> None:
    assert shipped.names[COUNCIL] == "Bath and North East Somerset"
    assert shipped.names[ENGLAND] == "England"


@pytest.mark.parametrize("edition", list(EDITIONS))
def test_the_lenses_shown_first_are_real(edition: str) -> None:
    needs, provisions = lenses(edition)
    assert needs[0].basis == "published"
    assert provisions[0].basis in ("published", "modelled")
    assert {lens.edition for lens in needs} == {edition}
    assert all(edition in lens.editions for lens in provisions)


@pytest.mark.parametrize("edition", list(EDITIONS))
def test_everything_illustrative_says_so_in_its_title(edition: str) -> None:
    for lens in [*lenses(edition)[0], *lenses(edition)[1]]:
        assert (lens.basis == "illustrative") == ("(illustrative)" in lens.title)
