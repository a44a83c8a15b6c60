"""The process that runs queries for others, so that one that takes too long can be ended.

A script of its own that imports Oxigraph alone and starts in a tenth of a second. Each line of
stdin is a request in JSON, with the fields of `kg.query.process.Request`. Stdout answers with
pieces of the result, each after its length in four bytes, then a piece without bytes, then one line
of JSON: null, or what went wrong. When stdin ends the process ends, also amid a query: nothing is
left running when the one who asked has gone.
"""

from __future__ import annotations

import io
import json
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO, Any, BinaryIO

import pyoxigraph as ox

PIECE_BYTES = 1 << 16

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class _Pieces(io.RawIOBase):
    """A stream that writes each piece after its length."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever holds bytes
        piece = bytes(data)
        if piece:
            self._out.write(len(piece).to_bytes(4, "big") + piece)
        return len(piece)


class _Data:
    """The data set that was asked for last; on disk, or copied from the store to memory."""

    def __init__(self) -> None:
        self._key: tuple[Path, bool] | None = None
        self._store: ox.Store | None = None

    def get(self, folder: Path, *, in_memory: bool) -> ox.Store:
        if self._store is None or self._key != (folder, in_memory):
            self._store = None  # never two copies at once
            self._store = _copy(folder) if in_memory else ox.Store.read_only(str(folder))
            self._key = (folder, in_memory)
        return self._store


def _copy(folder: Path) -> ox.Store:
    # This script is started without the path of the package, which nothing else here needs.
    sys.path.append(str(Path(__file__).parents[2]))
    from kg.query.memory import read_store

    return read_store(folder.parents[1])


def main() -> None:
    """Answer requests until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    data = _Data()
    while True:
        request = json.loads(lines.get())
        failure = None
        pieces = io.BufferedWriter(_Pieces(sys.stdout.buffer), PIECE_BYTES)
        try:
            store = data.get(Path(request["folder"]), in_memory=request["in_memory"])
            _answer(store, request, pieces)
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who asked is told
            failure = {"kind": type(error).__name__, "message": str(error)}
        pieces.flush()
        sys.stdout.buffer.write(bytes(4) + json.dumps(failure).encode() + b"\n")
        sys.stdout.buffer.flush()


def _listen(lines: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)


def _answer(store: ox.Store, request: dict[str, Any], out: IO[bytes]) -> None:
    answer = store.query(
        request["query"],
        prefixes=request["prefixes"],
        use_default_graph_as_union=request["default_graphs"] is None,
        default_graph=_nodes(request["default_graphs"]),
        named_graphs=_nodes(request["named_graphs"]),
    )
    form = request["format"]
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, out, format=_TRIPLES[form], prefixes=request["prefixes"])
    else:
        answer.serialize(out, format=_RESULTS[form])


def _nodes(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


if __name__ == "__main__":
    main()
