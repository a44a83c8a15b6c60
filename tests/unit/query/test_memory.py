from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.api import Graph
from kg.query import cookbook
from kg.query.dataset import read_only_dataset
from kg.query.index import Index
from kg.query.live import LiveData
from kg.query.memory import copy_of, to_rdflib
from kg.query.process import QueryProcess
from kg.store import Store


@pytest.fixture
def queries() -> Iterator[QueryProcess]:
    process = QueryProcess()
    yield process
    process.close()


def test_copy_in_memory_has_the_quads_of_the_index(store: Store, index: Index) -> None:
    state = index.state()
    copied = copy_of(state.folder, state.change)
    assert copied is not None
    assert set(copied) == set(index.open())


def test_copy_changes_without_the_store(store: Store, index: Index) -> None:
    copied = to_rdflib(store)
    before = len(copied)
    copied.update("DELETE WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }")
    assert len(copied) < before
    assert len(read_only_dataset(LiveData(index.state()))) == before


@pytest.mark.parametrize("name", cookbook.names())
def test_query_finds_the_same_rows_in_memory(
    queries: QueryProcess, index: Index, name: str
) -> None:
    state = index.state()
    query = cookbook.query(name)
    on_disk = queries.rows(state, query, timeout_s=60)
    in_memory = queries.rows(state, query, timeout_s=60, in_memory=True)
    assert sorted(map(str, on_disk.terms)) == sorted(map(str, in_memory.terms))


def test_change_of_the_store_is_in_the_next_answer(
    queries: QueryProcess, store: Store, index: Index
) -> None:
    query = "SELECT ?article WHERE { ?article a schema:NewsArticle }"

    def count() -> int:
        return len(queries.rows(index.state(), query, timeout_s=60, in_memory=True))

    before = count()
    store.remove(next(store.articles()).id)
    index.catch_up(store)
    assert count() == before - 1


def test_graph_answers_from_the_memory_of_this_process_and_sees_changes(store: Store) -> None:
    query = "SELECT ?article WHERE { ?article a schema:NewsArticle }"
    graph = Graph(store)
    before = len(graph.sparql(query, in_process=True))
    assert len(graph.sparql(query, in_process=True, in_memory=True)) == before
    store.remove(next(store.articles()).id)
    assert len(graph.sparql(query, in_process=True, in_memory=True)) == before - 1
