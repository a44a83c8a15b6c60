"""The table of formats: name, suffixes and where the writer lives; loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
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
    table: str | None = None
    """The same for one table, where the format writes several to a folder."""
    table_suffix: str = ""


FORMATS: Mapping[str, Format] = {
    "turtle": Format((".ttl",), "kg.export.rdf.syntaxes:write_turtle"),
    "nt": Format((".nt",), "kg.export.rdf.syntaxes:write_ntriples"),
    "trig": Format((".trig",), "kg.export.rdf.syntaxes:write_trig"),
    "nquads": Format((".nq",), "kg.export.rdf.syntaxes:write_nquads"),
    "jsonld": Format((".jsonld",), "kg.export.jsonld:write_jsonld"),
    "graphml": Format(
        (".graphml",), "kg.export.graphml:write_full", "kg.export.graphml:write_projected"
    ),
    "gexf": Format((".gexf",), "kg.export.gexf:write_full", "kg.export.gexf:write_projected"),
    "csv": Format(
        (".csv",),
        "kg.export.tables:write_csv",
        table="kg.export.tables:write_csv_table",
        table_suffix=".csv",
    ),
    "zip": Format((".zip",), "kg.export.tables:write_zip"),
    "parquet": Format(
        (".parquet",),
        "kg.export.tables:write_parquet",
        table="kg.export.tables:write_parquet_table",
        table_suffix=".parquet",
    ),
    "ftm": Format((".ftm.json", ".ftm"), "kg.export.ftm:write_ftm"),
    "webannotation": Format((".anno.json",), "kg.export.webannotation:write_annotations"),
    "nanopub": Format((".nanopub.trig",), "kg.export.nanopub:write_nanopubs"),
    "jsonl": Format((".jsonl",), "kg.export.jsonl:write_jsonl"),
}

_ENTRY_POINTS = "kg.exporters"


def format_of(path: Path) -> str:
    """The name of the format that the suffix of a path stands for.

    Raises UsageError if no format has that suffix.
    """
    name = path.name.lower()
    fitting = [
        (len(suffix), format_name)
        for format_name, one in FORMATS.items()
        for suffix in one.suffixes
        if name.endswith(suffix)
    ]
    if fitting:
        return max(fitting)[1]  # ".nanopub.trig" is no ".trig"
    known = " ".join(suffix for one in FORMATS.values() for suffix in one.suffixes)
    shown = path.suffix or path.name
    raise UsageError(f"cannot tell the format from '{shown}'. One of: {known}")


def exporter(name: str, *, projected: bool = False, measured: bool | None = None) -> Exporter:
    """The writer of a format, ours or one that another package registers under `kg.exporters`.

    Raises UsageError for an unknown name, or if the format has no projected view or no measures.
    """
    known = FORMATS.get(name)
    having = ", ".join(key for key, one in FORMATS.items() if one.projected is not None)
    if measured is not None and (known is None or known.projected is None):
        raise UsageError(f"{name} has no measures of nodes. One of: {having}")
    if known is None:
        return _registered(name)
    where = known.projected if projected else known.writer
    if where is None:
        raise UsageError(f"{name} has no projected view. One of: {having}")
    write = cast("Callable[..., Mapping[str, int]]", load(where))
    return write if measured is None else partial(write, measured=measured)


def load(where: str) -> object:
    """What `module:attribute` names."""
    module, _, attribute = where.partition(":")
    return getattr(import_module(module), attribute)


def _registered(name: str) -> Exporter:
    from importlib.metadata import entry_points  # a tenth of the start of `kg query`

    for point in entry_points(group=_ENTRY_POINTS, name=name):
        return cast("Exporter", point.load())
    known = ", ".join(sorted({*FORMATS, *(p.name for p in entry_points(group=_ENTRY_POINTS))}))
    raise UsageError(f"unknown format '{name}'. One of: {known}")
