from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store
from tests.factories import small_graph
from tests.unit.query.conftest import fill


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small graph, for reading."""
    path = tmp_path_factory.mktemp("web") / "kg"
    with Store.open(path, create=True) as store:
        fill(store, small_graph())
    return path


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """A store with the small graph, for writing."""
    with Store.open(tmp_path / "kg", create=True) as store:
        fill(store, small_graph())
        yield store
