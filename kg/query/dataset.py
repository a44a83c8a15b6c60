"""The index as the store of an rdflib Dataset: what reads is answered, what changes is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from kg.errors import UsageError
from kg.query.syntax import read_form

_READ_ONLY = "the graph is read-only here; to_rdflib() makes a copy to change"
_ELSEWHERE = "the query asks another server or names a file; queries read this graph alone"


class ReadOnlyStore(OxigraphStore):
    """Oxigraph behind rdflib, without its ways to the network and to files.

    A query that is not to be run raises UsageError, with line and column if it is text: an update,
    SERVICE and FROM, which Oxigraph or rdflib would fetch.
    """

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
        return super().query(query, initNs, initBindings, queryGraph, **kwargs)

    def update(self, *_args: object, **_more: object) -> NoReturn:
        """Refused with UsageError, as are all changes."""
        raise UsageError(_READ_ONLY)

    add = addN = remove = add_graph = remove_graph = update  # noqa: N815


def _check_prepared(query: Query) -> None:
    is_elsewhere = query.algebra.get("datasetClause") is not None

    def visit(part: object) -> None:
        nonlocal is_elsewhere
        if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
            is_elsewhere = True

    traverse(query.algebra, visitPre=visit)
    if is_elsewhere:
        raise UsageError(_ELSEWHERE)
