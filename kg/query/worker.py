"""The process that runs queries for others, so that one that takes too long can be ended.

A script of its own that imports Oxigraph alone and starts in a tenth of a second. Each line of
stdin is a request in JSON: a query with the fields of `kg.query.process.Request`, or a state of the
index to be copied to memory. Stdout answers with pieces of the result, each after its length in
four bytes, then a piece without bytes, then one line of JSON: null, or what went wrong. When stdin
ends the process ends, also amid a query: nothing is left running when the one who asked has gone.
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
    """The data sets of the state that was asked for last: on disk, and copied to memory."""

    def __init__(self) -> None:
        self._folder = ""
        self._disk: ox.Store | None = None
        self._copy: ox.Store | None = None

    def get(self, folder: str, *, in_memory: bool) -> ox.Store:
        self._turn_to(folder)
        if in_memory and self._copy is not None:
            return self._copy
        if self._disk is None:
            self._disk = ox.Store.read_only(folder)
        return self._disk

    def copy(self, folder: str, change: int) -> None:
        self._turn_to(folder)
        # This script is started without the path of the package, which nothing else here needs.
        sys.path.append(str(Path(__file__).parents[2]))
        from kg.query.memory import copy_of

        self._copy = copy_of(Path(folder), change)
        if self._copy is None:
            raise LookupError("the store has changed")

    def _turn_to(self, folder: str) -> None:
        """Let go of another state: never two copies at once."""
        if folder != self._folder:
            self._folder, self._disk, self._copy = folder, None, None


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
            if "copy" in request:
                data.copy(request["copy"], request["change"])
            else:
                store = data.get(request["folder"], in_memory=request["in_memory"])
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
    try:
        answer = _ask(store, request, request["planned"])
    except SyntaxError:  # its place is one in the planned query
        answer = _ask(store, request, request["query"])
    form = request["format"]
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, out, format=_TRIPLES[form], prefixes=request["prefixes"])
    else:
        answer.serialize(out, format=_RESULTS[form])


def _ask(
    store: ox.Store, request: dict[str, Any], query: str
) -> ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples:
    return store.query(
        query,
        prefixes=request["prefixes"],
        use_default_graph_as_union=request["default_graphs"] is None,
        default_graph=_nodes(request["default_graphs"]),
        named_graphs=_nodes(request["named_graphs"]),
    )


def _nodes(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


if __name__ == "__main__":
    main()
