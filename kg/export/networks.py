"""Measures of a graph that fits in memory, and the graph as networkx holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from kg.export.communities import communities
from kg.export.elements import Edge, Node, full_elements
from kg.export.projection import projected_elements
from kg.graph import GraphView

if TYPE_CHECKING:
    import networkx
    from networkx import MultiDiGraph as MultiDiGraph

MAX_MEASURED_ELEMENTS = 100_000
"""Larger graphs have measures only where they are asked for: all of it is in memory then."""

_DAMPING = 0.85
_PAGERANK_ROUNDS = 100
_PAGERANK_CHANGE = 1e-9
_DIGITS = 6  # of PageRank; beyond them the order of summation would show


def elements(
    view: GraphView, *, projected: bool, measured: bool | None = None
) -> Iterator[Node | Edge]:
    """Nodes and edges of a view; nodes have measures too, if there are not too many (None).

    These are `degree`, `pagerank` and `community` (Louvain; 0 is the largest). Too many are more
    than `MAX_MEASURED_ELEMENTS`.
    """
    found = projected_elements(view) if projected else full_elements(view)
    if measured is False:
        return found
    if measured:
        held = list(found)
        _measure(held)
        return iter(held)
    head = list(islice(found, MAX_MEASURED_ELEMENTS + 1))
    if len(head) <= MAX_MEASURED_ELEMENTS:
        _measure(head)
    return chain(head, found)


def to_networkx(view: GraphView, *, projected: bool = False) -> networkx.MultiDiGraph[str]:
    """The graph of a view, with the ids and attributes of its GraphML."""
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = []
    for element in elements(view, projected=projected):
        if isinstance(element, Node):
            graph.add_node(element.id, label=element.label, **element.attributes)
        else:
            edges.append(element)
    for edge in edges:
        named: dict[str, Any] = {"label": edge.label, "weight": edge.weight, **edge.attributes}
        graph.add_edge(edge.source, edge.target, **named)
    return graph


def _measure(found: Iterable[Node | Edge]) -> None:
    nodes, edges = [], []
    for element in found:
        if isinstance(element, Node):
            nodes.append(element)
        else:
            edges.append(element)
    number = {node.id: i for i, node in enumerate(nodes)}
    pairs = [(number[edge.source], number[edge.target], edge.weight) for edge in edges]
    degrees = Counter(end for source, target, _ in pairs for end in (source, target))
    ranks = _pagerank(len(nodes), pairs)
    groups = communities(len(nodes), pairs)
    for i, node in enumerate(nodes):
        node.attributes["degree"] = degrees[i]
        node.attributes["pagerank"] = ranks[i]
        node.attributes["community"] = groups[i]


def _pagerank(size: int, pairs: Sequence[tuple[int, int, float]]) -> list[float]:
    """PageRank by power iteration, as networkx's own needs scipy (Brin and Page 1998).

    The rank of a node without a way out goes to all nodes alike.
    """
    import numpy as np

    if size == 0:
        return []
    sources = np.array([pair[0] for pair in pairs], dtype=np.int64)
    targets = np.array([pair[1] for pair in pairs], dtype=np.int64)
    weights = np.array([pair[2] for pair in pairs], dtype=np.float64)
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
