"""The table of formats: name, suffixes and where the writer lives; loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kg.errors import UsageError
from kg.graph import GraphView


class Exporter(Protocol):
    """Writes a view to a stream of bytes, without holding the whole of it in memory."""

    def __call__(self, view: GraphView, out: BinaryIO) -> Mapping[str, int]:
        """What was written: a word (`triples`, `nodes` ...) to its count."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write the graph."""

    suffixes: tuple[str, ...]
    writer: str
    """`module:attribute` of the Exporter."""
    projected: str | None = None
    """The same for the projected view, where the format has one."""


FORMATS: Mapping[str, Format] = {
    "turtle": Format((".ttl",), "kg.export.rdf.syntaxes:write_turtle"),
    "nt": Format((".nt",), "kg.export.rdf.syntaxes:write_ntriples"),
    "trig": Format((".trig",), "kg.export.rdf.syntaxes:write_trig"),
    "nquads": Format((".nq",), "kg.export.rdf.syntaxes:write_nquads"),
    "graphml": Format(
        (".graphml",), "kg.export.graphml:write_full", "kg.export.graphml:write_projected"
    ),
    "gexf": Format((".gexf",), "kg.export.gexf:write_full", "kg.export.gexf:write_projected"),
    "jsonl": Format((".jsonl",), "kg.export.jsonl:write_jsonl"),
}

_ENTRY_POINTS = "kg.exporters"


def format_of(path: Path) -> str:
    """The name of the format that the suffix of a path stands for.

    Raises UsageError if no format has that suffix.
    """
    suffix = path.suffix.lower()
    for name, one in FORMATS.items():
        if suffix in one.suffixes:
            return name
    known = " ".join(suffix for one in FORMATS.values() for suffix in one.suffixes)
    shown = path.suffix or path.name
    raise UsageError(f"cannot tell the format from '{shown}'. One of: {known}")


def exporter(name: str, *, projected: bool = False) -> Exporter:
    """The writer of a format, ours or one that another package registers under `kg.exporters`.

    Raises UsageError for an unknown name, or if the format has no projected view.
    """
    known = FORMATS.get(name)
    if known is None:
        return _registered(name)
    where = known.projected if projected else known.writer
    if where is None:
        having = ", ".join(key for key, one in FORMATS.items() if one.projected is not None)
        raise UsageError(f"{name} has no projected view. One of: {having}")
    module, _, attribute = where.partition(":")
    return cast("Exporter", getattr(import_module(module), attribute))


def _registered(name: str) -> Exporter:
    for point in entry_points(group=_ENTRY_POINTS, name=name):
        return cast("Exporter", point.load())
    known = ", ".join(sorted({*FORMATS, *(p.name for p in entry_points(group=_ENTRY_POINTS))}))
    raise UsageError(f"unknown format '{name}'. One of: {known}")
