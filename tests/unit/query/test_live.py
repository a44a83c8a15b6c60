from __future__ import annotations

import pytest
from rdflib.plugins.sparql import prepareQuery

import kg.query.copying as copying
from kg.api import Graph
from kg.query import cookbook
from kg.query.dataset import read_only_dataset
from kg.query.index import Index
from kg.query.live import LiveData
from kg.store import Store
from kg.vocabulary import KG

LABELS = "SELECT ?s ?name WHERE { ?s rdfs:label ?name }"
ARTICLES = "SELECT ?article WHERE { ?article a schema:NewsArticle }"


@pytest.fixture
def copy_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies pay after the first answer."""
    monkeypatch.setattr(copying, "copy_cost_s", lambda _triples: 0.0)


@pytest.fixture
def live(index: Index) -> LiveData:
    return LiveData(index.state())


def test_the_disk_is_asked_until_it_has_cost_as_much_as_a_copy(live: LiveData) -> None:
    disk = live.get()
    with live.counted(disk):
        pass
    assert live.get() is disk
    live._spending.add(live.state, 1000)
    copied = live.get()
    assert copied is not disk
    assert set(copied) == set(disk)
    assert live.get() is copied
    assert live.get(in_memory=False) is disk


def test_who_wants_a_copy_gets_one_at_once(live: LiveData) -> None:
    live.get(in_memory=True)
    assert live.is_in_memory


def test_time_in_memory_is_not_counted(live: LiveData) -> None:
    copied = live.get(in_memory=True)
    with live.counted(copied):
        pass
    assert list(live.each_counted(copied, "abc")) == ["a", "b", "c"]
    assert live._spending._spent_s == 0


@pytest.mark.usefixtures("copy_is_free")
def test_a_store_that_has_changed_is_not_copied(live: LiveData, store: Store) -> None:
    dataset = read_only_dataset(live)
    before = len(list(dataset.query(ARTICLES)))
    store.remove(next(store.articles()).id)
    assert len(list(dataset.query(ARTICLES))) == before
    assert live.get(in_memory=True) is live.get(in_memory=False)


@pytest.mark.parametrize("name", cookbook.names())
@pytest.mark.usefixtures("copy_is_free")
def test_rdflib_finds_the_same_rows_before_and_after_the_copy(live: LiveData, name: str) -> None:
    dataset = read_only_dataset(live)
    query = cookbook.query(name)
    first = sorted(map(str, dataset.query(query)))
    assert not live.is_in_memory
    assert sorted(map(str, dataset.query(query))) == first
    assert live.is_in_memory


@pytest.mark.usefixtures("copy_is_free")
def test_rows_that_are_taken_while_the_copy_is_made_are_all_there(live: LiveData) -> None:
    dataset = read_only_dataset(live)
    rows = iter(dataset.query(LABELS))
    found = [next(rows)]
    expected = len(list(dataset.query(LABELS)))
    assert live.is_in_memory
    found += rows
    assert len(found) == expected > 5


@pytest.mark.usefixtures("copy_is_free")
def test_queries_that_rdflib_runs_itself_count(live: LiveData) -> None:
    dataset = read_only_dataset(live)
    query = prepareQuery("SELECT ?s WHERE { ?s kg:stance kg:denies }", initNs={"kg": KG})
    first = set(dataset.query(query))
    assert set(dataset.query(query)) == first
    assert len(first) == 2
    assert live.is_in_memory


@pytest.mark.usefixtures("copy_is_free")
def test_datasets_of_a_graph_share_a_copy_until_the_store_changes(store: Store) -> None:
    graph = Graph(store)
    before = len(list(graph.rdf.query(ARTICLES)))
    assert len(list(graph.rdf.query(ARTICLES))) == before
    first = graph._asking.live
    assert first is not None
    assert first.is_in_memory
    assert len(graph.sparql(ARTICLES, in_process=True)) == before
    store.remove(next(store.articles()).id)
    assert len(list(graph.rdf.query(ARTICLES))) == before - 1
    assert graph._asking.live is not first
    graph.close()
