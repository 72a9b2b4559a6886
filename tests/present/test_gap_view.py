"""The map of a comparison: no more decimals than the source prints, and a reason for every blank."""

from __future__ import annotations

import pytest

from analysis.gap import gap
from analysis.present.gap_view import banded, meaning, table
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def contact() -> object:
    return gap(Library(), "2020", "idaci2015", "contact2017")


def test_shares_printed_in_whole_per_cents_stay_whole_and_the_rest_are_not_published(contact: object) -> None:
    found = {item.label: count for item, count in banded(contact, "provision").counts().items()}
    assert found == {"14%": 1, "7%": 1, "6%": 1, "5%": 1, "Not published": 33}
    shown = table(contact).set_index("Ward")["Share of provision"]
    assert (shown["Radstock"], shown["Southdown"]) == ("5%", "not published")


def test_each_map_says_what_its_colours_count(contact: object) -> None:
    assert meaning(contact, "provision") == "Each ward's share of all parents in contact with services (2016/17)."
    assert "children in income-deprived families" in meaning(contact, "need")
    assert meaning(contact, "gap") == "Each ward's provision against its share of need."
