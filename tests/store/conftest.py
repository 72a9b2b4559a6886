"""Stores of the three-ward world: in a file, and in a real PostgreSQL where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from analysis.sources.library import Library
from analysis.store.builtin import fill
from analysis.store.database import Store
from analysis.store.opening import opened
from analysis.store.place import Place, in_file, in_postgres
from tests.store.servers import MUST, Server, programs

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server. Without its programs the test is skipped, unless ATLAS_POSTGRES says they must be there."""
    found = programs()
    if found is None:
        assert not os.environ.get(MUST), "PostgreSQL must be here and is not: install the package postgresql"
        pytest.skip("PostgreSQL is not installed")
    running = Server(found)
    yield running
    running.remove()


@pytest.fixture
def file_place(tmp_path: Path) -> Place:
    return in_file(tmp_path / "atlas.db")


@pytest.fixture(params=["file", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "file":
        return request.getfixturevalue("file_place")
    return in_postgres(request.getfixturevalue("server").database(f"atlas{next(NUMBERS)}"))


@pytest.fixture
def store(place: Place, world: Library) -> Iterator[Store]:
    """A store that holds the world, in a file and in PostgreSQL in turn."""
    held = opened(place, filled=False)
    fill(held, world.root)
    yield held
    held.engine.dispose()


@pytest.fixture
def file_store(file_place: Place, world: Library) -> Iterator[Store]:
    """A store that holds the world, in a file."""
    held = opened(file_place, filled=False)
    fill(held, world.root)
    yield held
    held.engine.dispose()
