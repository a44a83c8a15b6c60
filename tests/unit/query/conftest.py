from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.query.index import Index
from kg.store import Store
from tests.factories import MemoryView, small_graph


def fill(store: Store, view: MemoryView) -> None:
    """Put a view into a store, as the pipeline would."""
    for run in view.runs():
        store.save_run(run)
    for article, annotation in view.annotated():
        store.add(article)
        store.put(article, annotation)
    store.save_resolution(view.entities(), view.links())
    store.save_claim_links(view.claim_links())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the small graph."""
    with Store.open(tmp_path / "kg", create=True) as opened:
        fill(opened, small_graph())
        yield opened


@pytest.fixture
def index(store: Store) -> Index:
    """The index of the small graph."""
    made = Index(store.index)
    made.catch_up(store)
    return made
