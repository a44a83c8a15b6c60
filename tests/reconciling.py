"""A reconciliation service on loopback that can misbehave in the ways that services do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

SPACE = "http://example.org/person/"
MANIFEST = {"name": "People", "identifierSpace": SPACE, "schemaSpace": SPACE, "versions": ["0.2"]}

Row = dict[str, Any]
Answer = tuple[int, Mapping[str, str], bytes]
Fault = Callable[[bytes], Answer]
"""The body of the good answer to what is sent instead."""


def row(id_: str, name: str, score: float, *, match: bool = False, **more: Any) -> Row:
    """A candidate as services send it."""
    return {"id": id_, "name": name, "score": score, "match": match, **more}


def status(code: int, **headers: str) -> Fault:
    """An error; `Retry_After="3"` becomes a header."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: (code, names, b"<html>sorry</html>")


def body(data: bytes) -> Fault:
    """Other bytes instead of the answer."""
    return lambda _: (200, {}, data)


def changed(change: Callable[[dict[str, Any]], Any]) -> Fault:
    """The good answer, changed."""
    return lambda good: (200, {}, json.dumps(change(json.loads(good))).encode())


def cut(good: bytes) -> Answer:
    """Half of the answer, though the whole was announced."""
    return 200, {"Content-Length": str(len(good))}, good[: len(good) // 2]


@dataclass
class FakeService:
    """What it knows, what it was asked, and how it fails."""

    known: dict[str, list[Row]]
    manifest: Any = field(default_factory=lambda: dict(MANIFEST))
    faults: list[Fault] = field(default_factory=list)
    """Taken one by one, before it answers well."""
    bad_names: frozenset[str] = frozenset()
    """Names that make it fail with 500, whatever else is in the batch."""
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    """Method, path and queries of each request."""
    moved_to: str = ""
    """Where the address leads instead."""
    url: str = ""

    @property
    def names(self) -> list[str]:
        """Every name that was sent, in order."""
        found = []
        for _, _, sent in self.requests:
            queries = sent.values() if isinstance(sent, dict) else sent or ()
            found += [
                each.get("query") or each["conditions"][0]["propertyValue"] for each in queries
            ]
        return found

    def answer(self, method: str, path: str, sent: bytes) -> Answer:
        if self.moved_to and path == "/old":
            return 302, {"Location": self.moved_to}, b""
        is_draft = path.endswith("/match")
        queries = _queries(sent, is_draft=is_draft)
        self.requests.append((method, path, queries))
        if self.faults:
            return self.faults.pop(0)(json.dumps(self._good(queries)).encode())
        if any(name in sent.decode() for name in self.bad_names):
            return status(500)(b"")
        return 200, {}, json.dumps(self._good(queries)).encode()

    def _good(self, queries: Any) -> Any:
        if queries is None:
            return self.manifest
        if isinstance(queries, list):
            found = [self.known.get(q["conditions"][0]["propertyValue"], []) for q in queries]
            return {"results": [{"candidates": each} for each in found]}
        return {key: {"result": self.known.get(q["query"], [])} for key, q in queries.items()}


def _queries(sent: bytes, *, is_draft: bool) -> Any:
    if not sent:
        return None
    if is_draft:
        return json.loads(sent)["queries"]
    return json.loads(parse_qs(sent.decode())["queries"][0])


@contextmanager
def serving(service: FakeService) -> Iterator[FakeService]:
    """The service at `service.url`, on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply("GET", b"")

        def do_POST(self) -> None:
            self._reply("POST", self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, method: str, sent: bytes) -> None:
            code, headers, data = service.answer(method, self.path, sent)
            self.send_response_only(code)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/reconcile"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class FakeClock:
    """Time that passes only when somebody waits, or a step at each look."""

    def __init__(self, step_s: float = 0.0) -> None:
        self.waited: list[float] = []
        self._now_s = 0.0
        self._step_s = step_s

    def now(self) -> float:
        self._now_s += self._step_s
        return self._now_s

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self._now_s += seconds
