"""From the graph to files: one small module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from kg.errors import UsageError
from kg.export.formats import FORMATS, Exporter, exporter, format_of, load
from kg.export.rows import TABLES
from kg.export.target import whole_file, whole_folder
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
    measured: bool | None = None,
) -> ExportCounts:
    """Write the graph to a file or a stream, and tell what was written.

    A file appears when it is whole; what stood there before stays until then. `projected` asks for
    the graph of who speaks about whom, `measured` for nodes with or without degree, PageRank and
    community (None: with them up to 100,000 nodes and edges). A folder gets the tables of CSV and
    Parquet. Raises UsageError for an unknown format, a format without a projected view or measures
    where they are asked for, or a path that cannot be written.
    """
    write = exporter(format, projected=projected, measured=measured)
    if not isinstance(target, Path):
        return ExportCounts(format, write(view, target))
    if target.is_dir():
        return ExportCounts(format, _export_tables(view, target, format))
    with whole_file(target) as out:
        return ExportCounts(format, write(view, out))


def _export_tables(view: GraphView, folder: Path, name: str) -> dict[str, int]:
    form = FORMATS.get(name)
    if form is None or form.table is None:
        raise UsageError(f"'{folder}' is a folder; {name} is one file. Name the file.")
    write = cast("Callable[[GraphView, str, IO[bytes]], int]", load(form.table))
    names = [f"{table}{form.table_suffix}" for table in TABLES]
    with whole_folder(folder, names) as streams:
        return {table: write(view, table, out) for table, out in zip(TABLES, streams, strict=True)}
