"""The index as an rdflib Dataset: what reads is answered, what changes is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from kg.errors import UsageError
from kg.query.live import LiveData
from kg.query.planning import plan
from kg.query.syntax import read_form

_READ_ONLY = "the graph is read-only here; to_rdflib() makes a copy to change"
_ELSEWHERE = "the query asks another server or names a file; queries read this graph alone"


def read_only_dataset(data: LiveData) -> Dataset:
    """The data as rdflib has it, all graphs in its default graph; it stays as it is now."""
    dataset = Dataset(store=ReadOnlyStore(data), default_union=True)
    for prefix, namespace in data.state.prefixes.items():
        dataset.bind(prefix, namespace)
    return dataset


class ReadOnlyStore(OxigraphStore):
    """Oxigraph behind rdflib, without its ways to the network and to files.

    What it finds on disk is timed, so that a copy in memory is asked once that pays. A query that
    is not to be run raises UsageError, with line and column if it is text: an update, SERVICE and
    FROM, which Oxigraph or rdflib would fetch.
    """

    def __init__(self, data: LiveData) -> None:
        self._data = data
        super().__init__()

    @property
    def _inner(self) -> ox.Store:
        return self._data.get()

    def triples(
        self,
        triple_pattern: tuple[Any, Any, Any],
        context: Graph | None = None,
    ) -> Iterator[tuple[Any, Iterator[Graph | None]]]:
        """The triples that fit, each with its graph."""
        data = self._inner
        return self._data.each_counted(data, super().triples(triple_pattern, context))

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803 - the names of rdflib
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """The answer of Oxigraph. Raises NotImplementedError for a prepared query, as it does.

        rdflib then runs that one itself, over the same store.
        """
        if isinstance(query, Query):
            _check_prepared(query)
        else:
            read_form(query, {**self._namespace_for_prefix, **initNs})
        data = self._inner
        with self._data.counted(data):
            try:
                planned = query if initBindings else self._planned(query, initNs, data)
                result = super().query(planned, initNs, initBindings, queryGraph, **kwargs)
            except SyntaxError:  # its place is one in the planned query
                result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
        if result._genbindings is not None:  # rows are found while they are taken
            result._genbindings = self._data.each_counted(data, result._genbindings)
        return result

    def _planned(self, query: Query | str, names: Mapping[str, Any], data: ox.Store) -> Query | str:
        if isinstance(query, Query) or not self._data.is_on_disk(data):
            return query
        return plan(query, {**self._namespace_for_prefix, **names}, self._data.state.statistics)

    def update(self, *_args: object, **_more: object) -> NoReturn:
        """Refused with UsageError, as are all changes."""
        raise UsageError(_READ_ONLY)

    add = addN = remove = remove_graph = update  # noqa: N815

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib announces each graph that it looks at, the ones that it lists too."""


def _check_prepared(query: Query) -> None:
    is_elsewhere = query.algebra.get("datasetClause") is not None

    def visit(part: object) -> None:
        nonlocal is_elsewhere
        if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
            is_elsewhere = True

    traverse(query.algebra, visitPre=visit)
    if is_elsewhere:
        raise UsageError(_ELSEWHERE)
