"""What must hold of access to sites wherever a reader adds them, and a second way of working it out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.added_sites import AddedSite, read, written
from analysis.site_access import ALL_CHILDREN, SETTINGS, Access, access, capacity_reached, changed, demand_points
from analysis.sites import SOUGHT
from analysis.sources.library import Library
from analysis.travel import MODES
from tests.world import land, loops, three_wards

ADDED = st.builds(
    AddedSite,
    st.floats(51.33, 51.40).map(lambda degrees: round(degrees, 5)),
    st.floats(-2.55, -2.45).map(lambda degrees: round(degrees, 5)),
    st.integers(1, 100),
    st.sampled_from(["Hub", "Site 2", "St. Mary's (north)"]),
)
MANY = st.lists(ADDED, max_size=4)
MODE = st.sampled_from(sorted(MODES))
fewer = settings(max_examples=12)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(land.lay(three_wards.build(tmp_path_factory.mktemp("landed"))))


def hubs(library: Library, mode: str, added: list[AddedSite], demand: str = ALL_CHILDREN) -> Access:
    return access(library, SOUGHT["children_centres"], "2020", MODES[mode], demand, added)


@fewer
@given(added=MANY, mode=MODE)
def test_plain_loops_give_the_same(landed: Library, added: list[AddedSite], mode: str) -> None:
    result = hubs(landed, mode, added, "idaci2015")
    rows = demand_points(landed, "2020", "idaci2015").to_dict("records")
    points = [(row["ward"], (row["latitude"], row["longitude"]), row["demand"]) for row in rows]
    sites = [((51.35, -2.5), 40.0), ((51.37698, -2.5), 10.0)]
    sites += [((site.latitude, site.longitude), float(site.capacity)) for site in added]
    for setting in SETTINGS:
        expected = loops.rates(points, sites, MODES[mode].km_per_hour, setting)
        got = result.settings.set_index("area_code")[setting] / 100
        assert got.to_dict() == pytest.approx(expected)


@fewer
@given(added=MANY, more=ADDED, mode=MODE)
def test_one_more_site_never_lowers_a_ward_under_any_setting(
    landed: Library, added: list[AddedSite], more: AddedSite, mode: str
) -> None:
    before, after = hubs(landed, mode, added), hubs(landed, mode, [*added, more])
    for setting in SETTINGS:
        assert (after.settings[setting] >= before.settings[setting] - 1e-9).all()
    assert (after.wards["minutes"] <= before.wards["minutes"] + 1e-9).all()
    gains = changed(before, after)
    assert (gains[["gained", "gained_lowest", "gained_highest"]] >= 0).all(axis=None)
    assert (gains["gained_lowest"] <= gains["gained"]).all()
    assert (gains["gained"] <= gains["gained_highest"]).all()
    assert gains["places_gained"].sum() == pytest.approx(capacity_reached(after) - capacity_reached(before))


@fewer
@given(site=ADDED, mode=MODE, times=st.integers(2, 9))
def test_what_a_site_adds_grows_with_its_places(landed: Library, site: AddedSite, mode: str, times: int) -> None:
    larger = AddedSite(site.latitude, site.longitude, times * site.capacity, site.name)
    none, one, many = (hubs(landed, mode, added) for added in ([], [site], [larger]))
    once, often = (changed(none, other)["places_gained"] for other in (one, many))
    assert often.to_numpy() == pytest.approx(times * once.to_numpy(), abs=1e-6)


@fewer
@given(added=st.lists(ADDED, min_size=2, max_size=4), mode=MODE)
def test_the_order_of_sites_does_not_matter(landed: Library, added: list[AddedSite], mode: str) -> None:
    one, other = (hubs(landed, mode, order).wards.drop(columns="area_code") for order in (added, added[::-1]))
    assert other.to_numpy() == pytest.approx(one.to_numpy())


@fewer
@given(added=MANY, mode=MODE)
def test_the_parts_of_wards_sum_to_the_places_somebody_can_reach(
    landed: Library, added: list[AddedSite], mode: str
) -> None:
    result = hubs(landed, mode, added)
    assert result.wards["places"].sum() == pytest.approx(capacity_reached(result))


@fewer
@given(added=st.lists(ADDED, max_size=10))
def test_a_link_gives_back_the_sites_it_was_given(added: list[AddedSite]) -> None:
    assert list(read(written(added))) == added
