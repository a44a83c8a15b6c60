"""Stores filled with the small graph, for tests."""

from __future__ import annotations

from pathlib import Path

from kg.store import Store
from tests.factories import MemoryView, a_run, small_graph


def fill(store: Store, graph: MemoryView | None = None) -> MemoryView:
    """Put a graph into a store, resolution included."""
    graph = graph or small_graph()
    store.save_run(a_run())
    for article, annotation in graph.annotated():
        store.add(article)
        store.put(article, annotation)
    store.save_resolution(graph.entities(), graph.links())
    store.save_claim_links(graph.claim_links())
    return graph


def new_store(folder: Path) -> Store:
    """An empty store."""
    return Store.open(folder / ".kg", create=True)
