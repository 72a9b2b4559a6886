"""The chart of the Overview page: every ward once, in words as well as marks, and nothing unpublished drawn."""

from __future__ import annotations

import re

import pytest

from analysis.gap import gap
from analysis.present.gap_view import ordered
from analysis.present.share_chart import chart
from analysis.provision import REST
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library()


def drawn(library: Library, edition: str, need: str, provision: str) -> str:
    return chart(gap(library, edition, need, provision), False, lambda code: f"ward?ward={code}&need=<x>")


def lines(html: str) -> dict[str, str]:
    return dict(re.findall(r'<li title="([^:"]+): [^"]*">(.*?)</li>', html))


def test_every_ward_stands_once_in_the_order_of_the_table(shipped: Library) -> None:
    result = gap(shipped, "2020", "idaci2015", "contact2017")
    table = ordered(result)
    wards = table[table["area_code"] != REST]["area_name"]
    assert list(lines(chart(result, False, str))) == list(wards)


def test_a_listed_ward_has_both_shares_and_an_unlisted_one_its_bound(shipped: Library) -> None:
    html = lines(drawn(shipped, "2020", "idaci2015", "contact2017"))
    assert "7.4% of need, 5% of provision" in html["Radstock"]
    assert 'i class="provision"' in html["Radstock"]
    assert "6.7% of need, provision not published, at most 5.5%" in html["Southdown"]
    assert 'class="provision"' not in html["Southdown"]
    assert 'i class="bound"' in html["Southdown"]


def test_marks_stand_where_the_axis_says(shipped: Library) -> None:
    html = drawn(shipped, "2020", "idaci2015", "contact2017")
    longest = 100 * 5 / float(re.search(r"--step:([0-9.]+)%", html).group(1))
    need = float(re.search(r'<i class="need" style="left:([0-9.]+)%', lines(html)["Radstock"]).group(1))
    assert need * longest / 100 == pytest.approx(100 * 267 / 3606, abs=0.01)


def test_access_has_no_limits_of_provision_and_illustrative_is_stamped(shipped: Library) -> None:
    access = drawn(shipped, "2026", "low_income_bhc2025", "access_gp")
    assert 's class="provision"' not in access
    assert "ILLUSTRATIVE" not in access
    caseload = drawn(shipped, "2026", "low_income_bhc2025", "caseload_families")
    assert 's class="provision"' in caseload
    assert "ILLUSTRATIVE" in caseload


def test_names_and_links_are_escaped(shipped: Library) -> None:
    html = drawn(shipped, "2026", "low_income_bhc2025", "access_gp")
    assert "Widcombe &amp; Lyncombe" in html
    assert "&amp;need=&lt;x&gt;" in html
    assert "<x>" not in html
