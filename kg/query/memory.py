"""The graph as an rdflib Dataset in memory, for those who want to change or mix it."""

from __future__ import annotations

import io

from rdflib import Dataset as Dataset

from kg.export import export
from kg.export.rdf.terms import prefixes
from kg.graph import GraphView


def to_rdflib(view: GraphView) -> Dataset:
    """A Dataset with the named graphs of the export, all of them in its default graph.

    A copy: what is changed in it does not reach the store. Memory grows with the graph.
    """
    quads = io.BytesIO()
    export(view, quads, "nquads")
    dataset = Dataset(default_union=True)
    dataset.parse(data=quads.getvalue(), format="nquads")
    for prefix, namespace in prefixes(view.base).items():
        dataset.bind(prefix, namespace)
    return dataset
