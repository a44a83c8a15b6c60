"""GraphML that Gephi, yEd, Cytoscape, Neo4j, igraph and networkx open with the same counts.

Four types of values only, a missing value left out, keys with `for`, ASCII ids, nodes before edges;
`labels` of a node and `label` of an edge are what Neo4j's importer looks for.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg.export.elements import EDGE_TYPES, NODE_TYPES, Edge, Node, Value
from kg.export.networks import elements
from kg.export.xml import xml_text
from kg.graph import GraphView

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns
    http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GRAPH = '<graph id="graph" edgedefault="directed">\n'
_TAIL = b"</graph>\n</graphml>\n"
_CHUNK_LINES = 4096
_FREE_TEXTS = frozenset(
    ("name", "iri", "aliases", "wikidata", "file", "text", "sentence", "cue", "evidence")
)
"""Attributes that can hold anything; the others are numbers, days, ids and words of ours."""
_NODE_STARTS = {name: f'<data key="node_{name}">' for name in NODE_TYPES}
_EDGE_STARTS = {name: f'<data key="edge_{name}">' for name in EDGE_TYPES}


def write_full(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """Articles, statements and entities as nodes."""
    return write_graphml(elements(view, projected=False), out)


def write_projected(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """Entities as nodes; who speaks about whom."""
    return write_graphml(elements(view, projected=True), out)


def write_graphml(found: Iterable[Node | Edge], out: BinaryIO) -> dict[str, int]:
    """Nodes and edges in any order; edges wait in a temporary file until all nodes are written."""
    out.write((_HEAD + _keys() + _GRAPH).encode())
    nodes = edges = 0
    node_lines: list[str] = []
    edge_lines: list[str] = []
    with tempfile.TemporaryFile() as waiting:
        for element in found:
            if isinstance(element, Node):
                nodes += 1
                node_lines.append(_node(element))
                if len(node_lines) == _CHUNK_LINES:
                    _flush(node_lines, out)
            else:
                edges += 1
                edge_lines.append(_edge(element, edges))
                if len(edge_lines) == _CHUNK_LINES:
                    _flush(edge_lines, waiting)
        _flush(node_lines, out)
        _flush(edge_lines, waiting)
        waiting.seek(0)
        shutil.copyfileobj(waiting, out)
    out.write(_TAIL)
    return {"nodes": nodes, "edges": edges}


def _flush(lines: list[str], out: BinaryIO) -> None:
    out.write("".join(lines).encode())
    lines.clear()


def _keys() -> str:
    node_types = {"label": "string", **NODE_TYPES}
    edge_types = {"interaction": "string", "weight": "double", **EDGE_TYPES}
    lines = [_key("labels", "node", "labels", "string"), _key("label", "edge", "label", "string")]
    lines += [_key(f"node_{name}", "node", name, kind) for name, kind in node_types.items()]
    lines += [_key(f"edge_{name}", "edge", name, kind) for name, kind in edge_types.items()]
    return "".join(lines)


def _key(key: str, domain: str, name: str, kind: str) -> str:
    return f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'


def _node(node: Node) -> str:
    kind = str(node.attributes["kind"]).capitalize()
    return (
        f'<node id="{node.id}"><data key="labels">:{kind}</data>'
        f'<data key="node_label">{xml_text(node.label)}</data>'
        f"{_data(_NODE_STARTS, node.attributes)}</node>\n"
    )


def _edge(edge: Edge, number: int) -> str:
    label = edge.label
    data = _data(_EDGE_STARTS, edge.attributes) if edge.attributes else ""
    return (
        f'<edge id="e{number}" source="{edge.source}" target="{edge.target}">'
        f'<data key="label">{label}</data><data key="edge_interaction">{label}</data>'
        f'<data key="edge_weight">{edge.weight}</data>{data}</edge>\n'
    )


def _data(starts: Mapping[str, str], attributes: Mapping[str, Value]) -> str:
    return "".join(
        [
            f"{starts[name]}{xml_text(value) if name in _FREE_TEXTS else value}</data>"
            for name, value in attributes.items()
        ]
    )
