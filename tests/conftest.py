"""What every test may use: the shipped files, the three-ward world, and repeatable random examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.editions import EDITIONS
from analysis.indicators import collected
from analysis.sources.library import ROOT, Library
from analysis.ward_together import Together
from tests.world import three_wards

settings.register_profile("repeatable", max_examples=20, deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store of the tests' own, so that none reads or writes the one kept beside the atlas."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ATLAS_STORE", str(tmp_path_factory.mktemp("store") / "atlas.db"))
        environment.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the shipped files."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> Library:
    """The shipped files, opened."""
    return Library()


@pytest.fixture(scope="session")
def wards(shipped: Library) -> dict[str, Together]:
    """What the wards of each edition share, for the profile of any of them."""
    held = collected(shipped)
    return {edition: Together(shipped, edition, held) for edition in EDITIONS}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three old wards and three new ones, whose answers can be done by hand."""
    return Library(three_wards.build(tmp_path_factory.mktemp("world")))


@pytest.fixture(scope="session")
def roomy_world(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same world with two sites of one service, which hold a place for every child."""
    sites = {"COMMISSIONED_SITES": (three_wards.TABLES["COMMISSIONED_SITES"], three_wards.ROOMY_SITES)}
    return Library(three_wards.build(tmp_path_factory.mktemp("roomy"), sites))


@pytest.fixture
def changed_world(tmp_path: Path) -> Callable[..., Library]:
    """The same world with some lines of some tables replaced, declared anew and opened."""

    def opened(**replaced: tuple[str, str]) -> Library:
        return Library(three_wards.build(tmp_path, replaced))

    return opened
