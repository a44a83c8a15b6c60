"""GEXF 1.3 with the days on which things were said, for the timeline of Gephi."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg.export.elements import EVERYTHING, Declared, Edge, Node, Value
from kg.export.networks import Network, network
from kg.export.xml import xml_text
from kg.graph import GraphView

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_TYPES = {"int": "integer"}


def write_full(view: GraphView, out: BinaryIO, *, measured: bool | None = None) -> dict[str, int]:
    """Articles, statements and entities as nodes."""
    return _write(network(view, projected=False, measured=measured), out)


def write_projected(
    view: GraphView, out: BinaryIO, *, measured: bool | None = None
) -> dict[str, int]:
    """Entities as nodes; who speaks about whom."""
    return _write(network(view, projected=True, measured=measured), out)


def _write(made: Network, out: BinaryIO) -> dict[str, int]:
    return write_gexf(made.elements, out, made.declared)


def write_gexf(
    found: Iterable[Node | Edge], out: BinaryIO, having: Declared = EVERYTHING
) -> dict[str, int]:
    """Nodes and edges in any order; edges wait in a temporary file until all nodes are written."""
    out.write((_HEAD + _declare("node", having.nodes) + _declare("edge", having.edges)).encode())
    out.write(b"<nodes>\n")
    nodes = edges = 0
    with tempfile.TemporaryFile() as waiting:
        for element in found:
            if isinstance(element, Node):
                nodes += 1
                out.write(_node(element).encode())
            else:
                edges += 1
                waiting.write(_edge(element, edges).encode())
        out.write(b"</nodes>\n<edges>\n")
        waiting.seek(0)
        shutil.copyfileobj(waiting, out)
    out.write(b"</edges>\n</graph>\n</gexf>\n")
    return {"nodes": nodes, "edges": edges}


def _declare(domain: str, types: Mapping[str, str]) -> str:
    lines = [
        f'<attribute id="{domain}_{name}" title="{name}" type="{_TYPES.get(kind, kind)}"/>\n'
        for name, kind in types.items()
    ]
    return f'<attributes class="{domain}" mode="static">\n{"".join(lines)}</attributes>\n'


def _node(node: Node) -> str:
    return (
        f'<node id="{node.id}" label="{xml_text(node.label)}"{_time(node)}>'
        f"{_values('node', node.attributes)}</node>\n"
    )


def _edge(edge: Edge, number: int) -> str:
    return (
        f'<edge id="e{number}" source="{edge.source}" target="{edge.target}" '
        f'kind="{edge.label}" label="{edge.label}" weight="{edge.weight}"{_time(edge)}>'
        f"{_values('edge', edge.attributes)}</edge>\n"
    )


def _time(element: Node | Edge) -> str:
    if not element.first_day:
        return ""
    return f' start="{element.first_day}" end="{element.last_day}"'


def _values(domain: str, attributes: Mapping[str, Value]) -> str:
    if not attributes:
        return ""
    lines = [
        f'<attvalue for="{domain}_{name}" value="{xml_text(str(value))}"/>'
        for name, value in attributes.items()
    ]
    return f"<attvalues>{''.join(lines)}</attvalues>"
