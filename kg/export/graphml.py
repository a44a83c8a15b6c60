"""GraphML that Gephi, yEd, Cytoscape, Neo4j, igraph and networkx open with the same counts.

Four types of values only, a missing value left out, keys with `for`, ASCII ids, nodes before edges;
`labels` of a node and `label` of an edge are what Neo4j's importer looks for.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, BinaryIO

import numpy as np

from kg.export.elements import EVERYTHING, NODE_TYPES, Declared, Edge, Node, Value
from kg.export.networks import Network, network
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
_CHUNK_LINES = 256  # about what a cache holds; twice as quick as sixteen times as many
_FREE_TEXTS = frozenset(
    ("name", "iri", "aliases", "wikidata", "file", "text", "sentence", "cue", "evidence")
)
"""Attributes that can hold anything; the others are numbers, days, ids and words of ours."""
_ESCAPES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\n", "&#10;"),
    ("\t", "&#9;"),
    ("\r", "&#13;"),
)
"""Characters of texts; the first one stands in the others' replacements."""
_KEPT_ENDINGS = 1024
_FIRST_PRINTABLE = 0x20
_FORBIDDEN = bytes(set(range(_FIRST_PRINTABLE)) - set(b"\n"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NONCHARACTERS_START = b"\xef"


def write_full(view: GraphView, out: BinaryIO, *, measured: bool | None = None) -> dict[str, int]:
    """Articles, statements and entities as nodes."""
    return _write(network(view, projected=False, measured=measured), out)


def write_projected(
    view: GraphView, out: BinaryIO, *, measured: bool | None = None
) -> dict[str, int]:
    """Entities as nodes; who speaks about whom."""
    return _write(network(view, projected=True, measured=measured), out)


def _write(made: Network, out: BinaryIO) -> dict[str, int]:
    return write_graphml(made.elements, out, made.declared)


def write_graphml(
    found: Iterable[Node | Edge], out: BinaryIO, having: Declared = EVERYTHING
) -> dict[str, int]:
    """Nodes and edges in any order; edges wait in a temporary file until all nodes are written."""
    out.write((_HEAD + _keys(having) + _GRAPH).encode())
    nodes = edges = 0
    node_lines: list[bytes] = []
    edge_lines: list[str] = []
    node_line = _NodeLines().line
    with tempfile.TemporaryFile() as waiting:
        for element in found:
            if isinstance(element, Edge):
                edges += 1
                edge_lines.append(_edge(element, edges))
                if len(edge_lines) == _CHUNK_LINES:
                    waiting.write("".join(edge_lines).encode())
                    edge_lines.clear()
            else:
                nodes += 1
                node_lines.append(node_line(element))
                if len(node_lines) == _CHUNK_LINES:
                    out.write(_without_controls(node_lines))
                    node_lines.clear()
        out.write(_without_controls(node_lines))
        waiting.write("".join(edge_lines).encode())
        waiting.seek(0)
        shutil.copyfileobj(waiting, out)
    out.write(_TAIL)
    return {"nodes": nodes, "edges": edges}


def _without_controls(lines: list[bytes]) -> bytes:
    """The lines as one, without the characters that XML 1.0 forbids.

    They are looked for here and not in each value: that took longer than all the rest.
    """
    data = b"".join(lines)
    if np.count_nonzero(np.frombuffer(data, np.uint8) < _FIRST_PRINTABLE) != len(lines):
        data = data.translate(None, _FORBIDDEN)
    if _NONCHARACTERS_START in data:
        for char in _NONCHARACTERS:
            data = data.replace(char, b"")
    return data


def _keys(having: Declared) -> str:
    node_types = {"label": "string", **having.nodes}
    edge_types = {"interaction": "string", "weight": "double", **having.edges}
    lines = [_key("labels", "node", "labels", "string"), _key("label", "edge", "label", "string")]
    lines += [_key(f"node_{name}", "node", name, kind) for name, kind in node_types.items()]
    lines += [_key(f"edge_{name}", "edge", name, kind) for name, kind in edge_types.items()]
    return "".join(lines)


def _key(key: str, domain: str, name: str, kind: str) -> str:
    return f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'


class _NodeLines:
    """Nodes as lines, by a template for each kind and set of attributes; of these there are few."""

    def __init__(self) -> None:
        self._templates: dict[tuple[Value, ...], _Template] = {}

    def line(self, node: Node) -> bytes:
        """The line of a node; control characters that XML forbids can still be in it."""
        key = (node.attributes["kind"], *node.attributes)
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = _Template(node)
        return template.line(node)


class _Template:
    """What stays the same in the lines of nodes that have the same attributes."""

    def __init__(self, like: Node) -> None:
        names = list(like.attributes)
        kind = str(like.attributes["kind"]).capitalize()
        fixed = [
            '<node id="',
            f'"><data key="labels">:{kind}</data><data key="node_label">',
            *[f'</data><data key="node_{name}">' for name in names],
            "</data></node>\n",
        ]
        self._pieces = [""] * (2 * len(fixed) - 1)
        self._pieces[::2] = fixed
        places = list(enumerate(names, 2))
        self._numbers = [place for place, name in places if NODE_TYPES[name] != "string"]
        self._texts = [1, *[place for place, name in places if name in _FREE_TEXTS]]
        self._get_texts = itemgetter(*self._texts)

    def line(self, node: Node) -> bytes:
        """The line of a node like the one it was made from."""
        values: list[Any] = [node.id, node.label, *node.attributes.values()]
        for place in self._numbers:
            values[place] = str(values[place])
        # One search over all texts for what is seldom in any.
        joined = "".join(self._get_texts(values))
        if _has_special(joined):
            self._escape(values, joined)
        pieces = self._pieces.copy()
        pieces[1::2] = values
        return "".join(pieces).encode(errors="ignore")  # which leaves out lone surrogates

    def _escape(self, values: list[Any], joined: str) -> None:
        for char, escaped in _ESCAPES:
            if char in joined:
                for place in self._texts:
                    values[place] = values[place].replace(char, escaped)


def _has_special(text: str) -> bool:
    return (
        "&" in text
        or "<" in text
        or ">" in text
        or '"' in text
        or "\n" in text
        or "\t" in text
        or "\r" in text
    )


def _edge(edge: Edge, number: int) -> str:
    if edge.attributes:
        ending = _edge_ending(edge.label, edge.weight, _edge_data(edge.attributes))
    else:
        ending = _plain_ending(edge.label, edge.weight)
    return f'<edge id="e{number}" source="{edge.source}" target="{edge.target}">{ending}'


def _edge_ending(label: str, weight: float, data: str = "") -> str:
    return (
        f'<data key="label">{label}</data><data key="edge_interaction">{label}</data>'
        f'<data key="edge_weight">{weight}</data>{data}</edge>\n'
    )


_plain_ending = lru_cache(_KEPT_ENDINGS)(_edge_ending)
"""What follows the ends of nearly all edges; there are few different ones."""


def _edge_data(attributes: Mapping[str, Value]) -> str:
    return "".join(
        [
            f'<data key="edge_{name}">{xml_text(value) if name in _FREE_TEXTS else value}</data>'
            for name, value in attributes.items()
        ]
    )
