from __future__ import annotations

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.errors import UsageError
from kg.query.dataset import read_only_dataset
from kg.query.index import Index
from kg.query.live import LiveData

THING = URIRef("x:a")
KG = {"kg": "https://w3id.org/claimgraph/ns#"}
DENIALS = "SELECT ?s WHERE { ?s kg:stance kg:denies }"
HERE = "http://127.0.0.1:1/sparql"


def dataset_of(index: Index) -> Dataset:
    return read_only_dataset(LiveData(index.state()))


def test_text_and_prepared_queries_are_answered(index: Index) -> None:
    dataset = dataset_of(index)
    found = {row[0] for row in dataset.query(DENIALS)}
    assert len(found) == 2
    assert {row[0] for row in dataset.query(prepareQuery(DENIALS, initNs=KG))} == found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        # Oxigraph would ask the other server
        (f"SELECT * WHERE {{ SERVICE <{HERE}> {{ ?s ?p ?o }} }}", "SERVICE asks another server"),
        # rdflib would read the file
        ("SELECT * FROM <file:///etc/hostname> WHERE { ?s ?p ?o }", "FROM names a data set"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1: DELETE changes the graph"),
    ],
)
def test_a_query_that_does_more_than_read_is_refused(
    index: Index, query: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        dataset_of(index).query(query)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * WHERE {{ ?s ?p ?o OPTIONAL {{ SERVICE <{HERE}> {{ ?s ?q ?r }} }} }}",
        "SELECT * FROM <file:///etc/hostname> WHERE { ?s ?p ?o }",
    ],
)
def test_a_prepared_query_that_does_more_than_read_is_refused(index: Index, query: str) -> None:
    with pytest.raises(UsageError, match="asks another server or names a file"):
        dataset_of(index).query(prepareQuery(query))


def test_graphs_are_listed_looked_at_and_written(index: Index) -> None:
    dataset = dataset_of(index)
    graphs = {str(graph.identifier): len(graph) for graph in dataset.graphs()}
    runs = next(name for name in graphs if name.endswith("/graph/runs"))
    assert sum(graphs.values()) == len(dataset)
    assert len(dataset.graph(URIRef(runs))) == graphs[runs] > 0
    for form in ("nquads", "trig", "json-ld"):
        again = Dataset(default_union=True).parse(data=dataset.serialize(format=form), format=form)
        assert len(again) == len(dataset)


def test_every_change_is_refused(index: Index) -> None:
    dataset = dataset_of(index)
    before = len(dataset)
    changes = (
        lambda: dataset.add((THING, THING, Literal("c"))),
        lambda: dataset.addN([(THING, THING, THING, dataset.graph(THING))]),
        lambda: dataset.remove((None, None, None)),
        lambda: dataset.update("CLEAR ALL"),
        lambda: dataset.parse(data="<x:a> <x:b> <x:c> .", format="turtle"),
        lambda: dataset.remove_graph(THING),
    )
    for change in changes:
        with pytest.raises(UsageError, match="read-only"):
            change()
    assert len(dataset) == before > 500
