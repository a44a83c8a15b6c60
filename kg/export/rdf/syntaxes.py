"""Writers of Turtle, TriG, N-Triples and N-Quads: plain strings, one article at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kg.export.rdf.article import Node
from kg.export.rdf.graphs import graphs
from kg.export.rdf.terms import Expander, header
from kg.graph import GraphView

_NEXT_PAIR = " ;\n    "


def write_turtle(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """Turtle: all graphs as one."""
    out.write(header(view.base).encode())
    triples = 0
    for _, nodes in graphs(view):
        out.write(turtle(nodes).encode())
        triples += size_of(nodes)
    return {"triples": triples}


def write_trig(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """TriG: a block for the graph of each article and one for its provenance; the others follow."""
    out.write(header(view.base).encode())
    quads = 0
    for graph, nodes in graphs(view):
        if nodes:
            out.write(trig_block(graph, nodes).encode())
            quads += size_of(nodes)
    return {"quads": quads}


def write_ntriples(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """N-Triples: all graphs as one."""
    expander = Expander(view.base)
    triples = 0
    for _, nodes in graphs(view):
        out.write("".join(lines(expander, nodes, " .\n")).encode())
        triples += size_of(nodes)
    return {"triples": triples}


def write_nquads(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """N-Quads: a line a quad, in the order of the graph; `LC_ALL=C sort` makes it canonical."""
    expander = Expander(view.base)
    quads = 0
    for graph, nodes in graphs(view):
        end = f" {expander.term(graph)} .\n"
        out.write("".join(lines(expander, nodes, end)).encode())
        quads += size_of(nodes)
    return {"quads": quads}


def turtle(nodes: Iterable[Node]) -> str:
    """The nodes in Turtle, without the prefixes."""
    return "".join([f"{subject} {_NEXT_PAIR.join(pairs)} .\n\n" for subject, pairs in nodes])


def trig_block(graph: str, nodes: Iterable[Node]) -> str:
    """The nodes as a block of TriG, without the prefixes."""
    return f"{graph} {{\n{turtle(nodes)}}}\n\n"


def lines(expander: Expander, nodes: Iterable[Node], end: str) -> Iterator[str]:
    """The triples of the nodes, a line each, closed with `end`."""
    for subject, pairs in nodes:
        start = expander.term(subject)
        for pair in pairs:
            yield f"{start} {expander.pair(pair)}{end}"


def size_of(nodes: list[Node]) -> int:
    """How many triples the nodes are."""
    return sum([len(pairs) for _, pairs in nodes])
