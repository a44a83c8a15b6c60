"""The graph as a stream of TriG, and Oxigraph data sets that are filled from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.export.rdf.graphs import GraphNodes
from kg.export.rdf.syntaxes import trig_block
from kg.export.rdf.terms import header

_PIECE_BYTES = 1 << 18


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


def bulk_load(data: ox.Store, base: str, pieces: Iterable[GraphNodes]) -> None:
    """Add the graphs to a data set; not all or nothing."""
    chunks = ChunkReader(_chunks(base, pieces))
    data.bulk_load(chunks, format=ox.RdfFormat.TRIG)  # type: ignore[arg-type]


def load(data: ox.Store, base: str, pieces: Iterable[GraphNodes]) -> None:
    """The same for a data set in memory: as quick there, and with less memory on the way."""
    data.load(ChunkReader(_chunks(base, pieces)), format=ox.RdfFormat.TRIG)  # type: ignore[arg-type]


def _chunks(base: str, pieces: Iterable[GraphNodes]) -> Iterator[bytes]:
    held = [header(base)]
    size = 0
    for graph, nodes in pieces:
        block = trig_block(graph, nodes)
        held.append(block)
        size += len(block)
        if size >= _PIECE_BYTES:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
