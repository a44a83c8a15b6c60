"""Queries in a process of their own: one that takes too long is ended, and nothing of it stays.

Oxigraph cannot be interrupted, and a thread cannot be killed; a process can. Once it pays
(`kg.query.copying`), the process copies the graph into its memory and answers from there.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.copying import Spending
from kg.query.engine import QueryTimeoutError, timeout_error
from kg.query.planning import plan
from kg.query.rows import Rows
from kg.query.state import IndexState
from kg.query.syntax import Form, read_form, syntax_error

_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, slots=True)
class Request:
    """One query, and what it is asked of."""

    state: IndexState
    query: str
    format: str
    """`json`, `xml`, `csv` or `tsv`; for triples `turtle`, `nt`, `rdfxml` or `jsonld`."""
    default_graphs: tuple[str, ...] | None = None
    """IRIs of the graphs that are searched without GRAPH; None for all."""
    named_graphs: tuple[str, ...] | None = None
    """IRIs of the graphs that GRAPH finds; None for all."""
    in_memory: bool | None = None
    """Answer from a copy in the memory of the process; None makes one as soon as it pays."""

    def line(self, *, in_memory: bool) -> bytes:
        """The request as the process reads it."""
        return _line(
            folder=str(self.state.folder),
            query=self.query,
            planned=self._planned(in_memory=in_memory),
            prefixes=dict(self.state.prefixes),
            format=self.format,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
            in_memory=in_memory,
        )

    def _planned(self, *, in_memory: bool) -> str:
        if in_memory:
            return self.query
        return plan(self.query, self.state.prefixes, self.state.statistics)


class QueryProcess:
    """A process that runs one query at a time; started by the first query, and again if killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[..., Any] | None = None
        self._is_closed = False
        self._spending = Spending()
        self._copied: IndexState | None = None
        self._copying: IndexState | None = None

    def write(self, request: Request, out: IO[bytes], *, timeout_s: float | None) -> None:
        """Write the answer to `out`. The query is checked by the caller: see `read_form`.

        After `timeout_s` seconds (None waits for ever) the process is killed, with all that the
        query holds, and QueryTimeoutError raised; the next query starts another. A copy is made
        outside this time, where it can be after an answer. Raises UsageError for a query that
        Oxigraph cannot read, KgError if it fails. `out` may hold a part then.
        """
        with self._lock:
            in_memory = self._is_from_copy(request)
            start = time.perf_counter()
            try:
                failure = self._ask(request.line(in_memory=in_memory), out, timeout_s)
            finally:
                if not in_memory:
                    self._spending.add(request.state, time.perf_counter() - start)
            if request.in_memory is None and self._needs_copy(request.state):
                self._start_copy(self._process, request.state)
        if failure is not None:
            raise _error(request.query, failure)

    def rows(
        self,
        state: IndexState,
        query: str,
        *,
        timeout_s: float | None,
        in_memory: bool | None = None,
    ) -> Rows:
        """The answer over the union of all graphs; see `write` and `run_query` for errors."""
        prefixes = state.prefixes
        form = read_form(query, prefixes)
        is_graph = form in (Form.CONSTRUCT, Form.DESCRIBE)
        out = io.BytesIO()
        kind = "nt" if is_graph else "json"
        request = Request(state, query, kind, in_memory=in_memory)
        self.write(request, out, timeout_s=timeout_s)
        return _read_triples(out, form, prefixes) if is_graph else _read(out, form, prefixes)

    def kill(self) -> None:
        """End the query that runs, if one does, and refuse others; who waits gets a KgError."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process and the query that runs, if one does; others are refused."""
        self.kill()
        with self._lock:
            self._end()

    def _ask(self, line: bytes, out: IO[bytes], timeout_s: float | None) -> dict[str, str] | None:
        process = self._running()
        clock = _Clock(process, timeout_s)
        try:
            _send(process, line)
            return _receive(process, out)
        except _EndedError as error:
            if clock.stop():
                raise timeout_error(timeout_s) from None
            message = f"the process of the query ended with code {process.wait()}"
            raise KgError(message) from error
        finally:
            # A clock that rang late has killed it as well; an error leaves half an answer.
            if clock.stop() or sys.exc_info()[0] is not None:
                self._end()

    def _is_from_copy(self, request: Request) -> bool:
        """True if the process has a copy to ask; one that is wanted, or begun, is waited for."""
        process = self._running()
        self._finish_copy(process)
        wanted = request.in_memory
        state = request.state
        if (wanted and self._copied != state) or (wanted is None and self._needs_copy(state)):
            process = self._running()
            self._start_copy(process, state)
            self._finish_copy(process)
        return wanted is not False and self._copied == state

    def _needs_copy(self, state: IndexState) -> bool:
        return self._copied != state and self._spending.pays_for_copy(state)

    def _start_copy(self, process: subprocess.Popen[bytes] | None, state: IndexState) -> None:
        if process is None:
            return
        self._copied = None  # the process holds no two
        self._copying = state
        try:
            _send(process, _line(copy=str(state.folder), change=state.change))
        except _EndedError:
            self._give_up_copy()

    def _finish_copy(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the copy that was begun, if one was; without time limit, as no query runs."""
        state, self._copying = self._copying, None
        if state is None:
            return
        self._spending.start_again()
        try:
            if _receive(process, io.BytesIO()) is None:
                self._copied = state
        except _EndedError:
            self._give_up_copy()
        except BaseException:  # an interrupt leaves half an answer
            self._end()
            raise

    def _give_up_copy(self) -> None:
        self._spending.give_up()
        self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._copying is not None:
            self._spending.give_up()  # it ended of the copy, as far as one can tell
        self._end()
        if self._is_closed:
            raise KgError("no more queries are answered: the graph is closed")
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-P", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._finalizer = weakref.finalize(self, _end_process, self._process)
        if self._is_closed:  # since it was asked above, by another thread
            self._process.kill()
        return self._process

    def _end(self) -> None:
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None
        self._copied = self._copying = None


class _EndedError(Exception):
    """The process ended amid its answer."""


class _Clock:
    """Kills a process when the time is up, unless it is stopped before."""

    def __init__(self, process: subprocess.Popen[bytes], timeout_s: float | None) -> None:
        self._process = process
        self._rang = False
        self._timer: threading.Timer | None = None
        if timeout_s is not None:
            self._timer = threading.Timer(timeout_s, self._ring)
            self._timer.daemon = True
            self._timer.start()

    def stop(self) -> bool:
        """True if the time was up."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        return self._rang

    def _ring(self) -> None:
        self._rang = True
        self._process.kill()


def _line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def _send(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except OSError as error:
        raise _EndedError from error


def _receive(process: subprocess.Popen[bytes], out: IO[bytes]) -> dict[str, str] | None:
    """Copy an answer; what went wrong, or None."""
    assert process.stdout is not None
    while size := int.from_bytes(_read_exactly(process.stdout, 4), "big"):
        out.write(_read_exactly(process.stdout, size))
    line = process.stdout.readline()
    if not line.endswith(b"\n"):
        raise _EndedError
    failure: dict[str, str] | None = json.loads(line)
    return failure


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise _EndedError
    return data


def _error(query: str, failure: Mapping[str, str]) -> KgError:
    if failure["kind"] == "SyntaxError":
        return syntax_error(query, failure["message"])
    return KgError(f"the query failed: {failure['message']}")


def _read(out: io.BytesIO, form: Form, prefixes: Mapping[str, str]) -> Rows:
    answer = ox.parse_query_results(out.getvalue(), format=ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return Rows(form, ("answer",), [(ox.Literal(bool(answer)),)], prefixes)
    variables = tuple(variable.value for variable in answer.variables)
    return Rows(form, variables, [tuple(solution) for solution in answer], prefixes)


def _read_triples(out: io.BytesIO, form: Form, prefixes: Mapping[str, str]) -> Rows:
    quads = ox.parse(out.getvalue(), format=ox.RdfFormat.N_TRIPLES)
    terms = [(quad.subject, quad.predicate, quad.object) for quad in quads]
    return Rows(form, ("subject", "predicate", "object"), terms, prefixes)


def _end_process(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was never sent
                continue
    process.wait()


__all__ = ["QueryProcess", "QueryTimeoutError", "Request"]
