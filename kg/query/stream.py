"""The graph as a stream of TriG, and Oxigraph data sets that are filled from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.export.rdf.graphs import GraphNodes
from kg.export.rdf.syntaxes import size_of, trig_block
from kg.export.rdf.terms import header

_PIECE_CHARS = 1 << 18
_LOAD_CHARS = 12 << 20
"""Of TriG in one bulk load, about 280,000 quads: Oxigraph holds what one load brings, sorts it and
writes it as files of their own. Larger loads take more memory, smaller ones more files to merge."""


class ChunkReader:
    """A file of chunks that are made while it is read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes (all that are left if negative); empty at the end."""
        if size < 0:
            rest = self._rest + b"".join(self._chunks)
            self._rest = b""
            return rest
        if not self._rest:
            self._rest = next(self._chunks, b"")
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def readable(self) -> bool:
        """Always true."""
        return True


class _Counted:
    """Pieces of a graph that are counted while they pass."""

    def __init__(self, pieces: Iterable[GraphNodes]) -> None:
        self._pieces = pieces
        self.triples = 0

    def __iter__(self) -> Iterator[GraphNodes]:
        for graph, nodes in self._pieces:
            self.triples += size_of(nodes)
            yield graph, nodes


def bulk_load(data: ox.Store, base: str, pieces: Iterable[GraphNodes]) -> int:
    """Add the graphs to a data set, in loads whose size bounds the memory; not all or nothing.

    How many triples they have is returned.
    """
    counted = _Counted(pieces)
    blocks = _blocks(counted)
    for first in blocks:
        chunks = ChunkReader(_chunks(base, _one_load(first, blocks)))
        data.bulk_load(chunks, format=ox.RdfFormat.TRIG)  # type: ignore[arg-type]
    return counted.triples


def load(data: ox.Store, base: str, pieces: Iterable[GraphNodes]) -> None:
    """The same for a data set in memory: as quick there, and with less memory on the way."""
    chunks = ChunkReader(_chunks(base, _blocks(pieces)))
    data.load(chunks, format=ox.RdfFormat.TRIG)  # type: ignore[arg-type]


def _blocks(pieces: Iterable[GraphNodes]) -> Iterator[str]:
    return (trig_block(graph, nodes) for graph, nodes in pieces)


def _one_load(first: str, rest: Iterator[str]) -> Iterator[str]:
    """The first block, and so many of the rest as a load may hold."""
    size = len(first)
    yield first
    while size < _LOAD_CHARS and (block := next(rest, None)) is not None:
        size += len(block)
        yield block


def _chunks(base: str, blocks: Iterable[str]) -> Iterator[bytes]:
    held = [header(base)]
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= _PIECE_CHARS:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
