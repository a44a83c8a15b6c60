"""Measures of the nodes of a graph, and the graph as networkx holds it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.export.communities import communities
from kg.export.elements import Declared, Edge, Node, declared
from kg.export.full import full_elements
from kg.export.projection import projected_elements
from kg.graph import GraphView
from kg.spill import Row, Spill

if TYPE_CHECKING:
    import networkx
    from networkx import MultiDiGraph as MultiDiGraph

MAX_MEASURED_ELEMENTS = 100_000
"""Larger graphs have measures only where they are asked for: ids and edges are in memory then.

For 953,000 elements degree and PageRank alone take 30 % more time and 110 MiB, communities another
100 % and 170 MiB.
"""

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

_BLOCK_ELEMENTS = 64
_NODE_FIELDS = len(fields(Node))

_DAMPING = 0.85
_PAGERANK_ROUNDS = 100
_PAGERANK_CHANGE = 1e-9
_DIGITS = 6  # of PageRank; beyond them the order of summation would show


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, mixed, and the attributes that they may have."""

    elements: Iterator[Node | Edge]
    declared: Declared


def network(view: GraphView, *, projected: bool, measured: bool | None = None) -> Network:
    """Nodes and edges of a view; nodes have measures too, if there are not too many (None).

    These are `degree`, `pagerank` and `community` (Louvain; 0 is the largest), to which near copies
    add nothing. Too many are more than `MAX_MEASURED_ELEMENTS`.
    """
    found = projected_elements(view) if projected else full_elements(view)
    if measured is not False:
        head = list(islice(found, MAX_MEASURED_ELEMENTS + 1))
        if len(head) <= MAX_MEASURED_ELEMENTS:
            found, measured = _measured(head, head), True
        else:
            found = chain(head, found)
            found = _measured_on_disk(found) if measured else found
    return Network(found, declared(projected=projected, measured=bool(measured)))


def to_networkx(view: GraphView, *, projected: bool = False) -> networkx.MultiDiGraph[str]:
    """The graph of a view, with the ids and attributes of its GraphML."""
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = []
    for element in network(view, projected=projected).elements:
        if isinstance(element, Node):
            graph.add_node(element.id, label=element.label, **element.attributes)
        else:
            edges.append(element)
    for edge in edges:
        named: dict[str, Any] = {"label": edge.label, "interaction": edge.label}
        named.update(weight=edge.weight, **edge.attributes)
        graph.add_edge(edge.source, edge.target, **named)
    return graph


def _measured(found: Iterable[Node | Edge], again: Iterable[Node | Edge]) -> Iterator[Node | Edge]:
    """The elements, which come twice, with the measures of the nodes that count."""
    ends = _Ends()
    for element in found:
        ends.add(element)
    measures = ends.measures()
    for element in again:
        if isinstance(element, Node) and element.counted:
            degree, rank, community = next(measures)
            element.attributes.update(degree=degree, pagerank=rank, community=community)
        yield element


def _measured_on_disk(found: Iterator[Node | Edge]) -> Iterator[Node | Edge]:
    with Spill() as waiting:
        yield from _measured(_kept(found, waiting), _back(waiting))


def _kept(found: Iterator[Node | Edge], waiting: Spill) -> Iterator[Node | Edge]:
    """The elements, each of which goes to the disk as well."""
    while block := list(islice(found, _BLOCK_ELEMENTS)):
        waiting.append(tuple([_values(element) for element in block]))
        yield from block


def _values(element: Node | Edge) -> Row:
    attributes = element.attributes
    rest = element.first_day, element.last_day, element.counted
    if isinstance(element, Node):
        return (element.id, element.label, attributes, *rest)
    return (element.source, element.target, element.label, element.weight, attributes, *rest)


def _back(waiting: Spill) -> Iterator[Node | Edge]:
    for block in waiting:
        for values in block:
            yield Node(*values) if len(values) == _NODE_FIELDS else Edge(*values)


class _Ends:
    """Who is linked with whom, as numbers: all that measures need of a graph."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        """Of an id, in the order in which nodes or edges name them."""
        self._nodes = array("q")
        self._sources = array("q")
        self._targets = array("q")
        self._weights = array("d")

    def add(self, element: Node | Edge) -> None:
        """Note an element, if it counts; a node can come after its edges."""
        if not element.counted:
            return
        if isinstance(element, Node):
            self._nodes.append(self._number_of(element.id))
        else:
            self._sources.append(self._number_of(element.source))
            self._targets.append(self._number_of(element.target))
            self._weights.append(element.weight)

    def _number_of(self, id_: str) -> int:
        return self._number.setdefault(id_, len(self._number))

    def measures(self) -> Iterator[tuple[int, float, int]]:
        """Degree, PageRank and community of each node that counts, in the order of the nodes."""
        size = len(self._nodes)
        place = np.full(len(self._number), -1, dtype=np.int64)
        place[np.array(self._nodes, dtype=np.int64)] = np.arange(size)
        self._number.clear()
        sources = place[np.array(self._sources, dtype=np.int64)]
        targets = place[np.array(self._targets, dtype=np.int64)]
        counted = (sources >= 0) & (targets >= 0)  # not an edge to a node that does not count
        sources, targets = sources[counted], targets[counted]
        weights = np.array(self._weights)[counted]
        degrees = np.bincount(sources, minlength=size) + np.bincount(targets, minlength=size)
        ranks = _pagerank(size, sources, targets, weights)
        pairs = zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True)
        return zip(degrees.tolist(), ranks, communities(size, pairs), strict=True)


def _pagerank(size: int, sources: Numbers, targets: Numbers, weights: Weights) -> list[float]:
    """PageRank by power iteration, as networkx's own needs scipy (Brin and Page 1998).

    The rank of a node without a way out goes to all nodes alike.
    """
    if size == 0:
        return []
    out = np.bincount(sources, weights, size)
    share = weights / out[sources]
    rank = np.full(size, 1 / size)
    for _ in range(_PAGERANK_ROUNDS):
        lost = rank[out == 0].sum()
        flow = np.bincount(targets, rank[sources] * share, size)
        updated = _DAMPING * (flow + lost / size) + (1 - _DAMPING) / size
        change = np.abs(updated - rank).sum()
        rank = updated
        if change < _PAGERANK_CHANGE:
            break
    return [round(float(value), _DIGITS) for value in rank]
