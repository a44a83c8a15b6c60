"""From the graph to files: one small module a format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.export.formats import FORMATS, Exporter, exporter, format_of
from kg.export.target import whole_file
from kg.graph import GraphView

__all__ = ["FORMATS", "ExportCounts", "Exporter", "export", "format_of"]


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """What an export wrote."""

    format: str
    counts: Mapping[str, int]
    """`triples`, `quads`, `nodes` and `edges`, or `rows`, by format."""

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {word}" for word, count in self.counts.items())


def export(
    view: GraphView,
    target: Path | BinaryIO,
    format: str,  # noqa: A002 - the word of the command line
    *,
    projected: bool = False,
) -> ExportCounts:
    """Write the graph to a file or a stream, and tell what was written.

    A file appears when it is whole; what stood there before stays until then. `projected` asks for
    the graph of who speaks about whom. Raises UsageError for an unknown format, a format without a
    projected view, or a path that cannot be written.
    """
    write = exporter(format, projected=projected)
    if not isinstance(target, Path):
        return ExportCounts(format, write(view, target))
    with whole_file(target) as out:
        return ExportCounts(format, write(view, out))
