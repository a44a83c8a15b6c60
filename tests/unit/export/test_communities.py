"""Communities are those of networkx, and found in a bounded number of sweeps."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import communities as louvain
from kg.export.communities import communities

Edges = list[tuple[int, int, float]]


def as_networkx(size: int, edges: Edges) -> nx.Graph[int]:
    weights: dict[tuple[int, int], float] = {}
    for one, other, weight in edges:
        ends = min(one, other), max(one, other)
        weights[ends] = weights.get(ends, 0.0) + weight
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from((*ends, weights[ends]) for ends in sorted(weights))
    return graph


def groups_of(member: list[int]) -> list[set[int]]:
    groups: list[set[int]] = [set() for _ in set(member)]
    for node, number in enumerate(member):
        groups[number].add(node)
    return groups


def random_edges(size: int, count: int) -> Edges:
    return [(*ends, 1.0) for ends in nx.gnm_random_graph(size, count, seed=1).edges]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    size = draw(st.integers(1, 30))
    node, weight = st.integers(0, size - 1), st.integers(1, 3).map(float)
    return size, draw(st.lists(st.tuples(node, node, weight), max_size=3 * size))


@given(graphs())
@settings(deadline=None, derandomize=True)
def test_communities_are_those_of_networkx(graph: tuple[int, Edges]) -> None:
    theirs = nx.community.louvain_communities(as_networkx(*graph), weight="weight", seed=0)
    assert sorted(map(sorted, groups_of(communities(*graph)))) == sorted(map(sorted, theirs))


def test_largest_community_is_the_first() -> None:
    edges = [(5, 6, 1.0), (0, 1, 1.0), (2, 3, 1.0), (3, 4, 1.0), (2, 4, 1.0)]
    assert communities(8, edges) == [1, 1, 0, 0, 0, 2, 2, 3]


@pytest.mark.parametrize("size", [0, 3])
def test_without_edges_each_node_is_alone(size: int) -> None:
    assert communities(size, []) == list(range(size))


def test_random_graph_is_done_in_few_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    sweeps = []
    sweep = louvain._Level.sweep
    monkeypatch.setattr(
        louvain._Level, "sweep", lambda level, order: sweeps.append(1) or sweep(level, order)
    )
    edges = random_edges(2000, 10_000)
    groups = groups_of(communities(2000, edges))
    assert len(sweeps) <= 40
    graph = as_networkx(2000, edges)
    theirs = nx.community.louvain_communities(graph, seed=0)
    ours = nx.community.modularity(graph, groups)
    assert ours > nx.community.modularity(graph, theirs) - 0.005
