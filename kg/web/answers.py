"""Answers to queries over the newest state of a store, from a few processes that wait for them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import KgError
from kg.query.index import Index
from kg.query.process import QueryProcess, Request
from kg.query.state import IndexState
from kg.query.syntax import Form, read_form
from kg.store import Store


class BusyError(KgError):
    """All processes had work until the time was up."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the graphs it is asked of; None stands for all of them."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Answers:
    """Answers from the store in a folder, for use by several threads at once.

    Before each answer the index is brought to the state of the store, so that what `kg build` or
    `kg merge` changed meanwhile is in it. With `in_memory` each process answers from a copy in its
    memory, with None as soon as that pays.
    """

    def __init__(
        self, folder: Path, *, processes: int, timeout_s: float, in_memory: bool | None = None
    ) -> None:
        self._folder = folder
        self._in_memory = in_memory
        self._timeout_s = timeout_s
        self._all = [QueryProcess() for _ in range(processes)]
        # The last one first: it is the likeliest to have a copy, and few clients need few copies.
        self._idle: queue.LifoQueue[QueryProcess] = queue.LifoQueue()
        for each in self._all:
            self._idle.put(each)
        self._catching_up = threading.Lock()

    def form(self, query: str) -> Form:
        """What a query answers. Raises UsageError, with its place, for one that is refused."""
        return read_form(query, self.newest().prefixes)

    def write(self, question: Question, format: str, out: IO[bytes]) -> None:  # noqa: A002
        """Write the answer, in one of the formats of `Request`.

        Raises UsageError for a query that cannot be read, BusyError if no process got free in
        `timeout_s` seconds, QueryTimeoutError if the query took longer, KgError if it fails. `out`
        may hold a part then.
        """
        request = Request(
            self.newest(),
            question.query,
            format,
            question.default_graphs,
            question.named_graphs,
            self._in_memory,
        )
        with self._process() as process:
            process.write(request, out, timeout_s=self._timeout_s)

    def newest(self) -> IndexState:
        """The index, brought to the state of the store. Raises StoreError."""
        with self._catching_up, Store.open(self._folder, read_only=True) as store:
            index = Index(store.index)
            index.catch_up(store)
            return index.state()

    def kill(self) -> None:
        """End all queries that run, and refuse others."""
        for each in self._all:
            each.kill()

    def close(self) -> None:
        """End the processes."""
        for each in self._all:
            each.close()

    @contextmanager
    def _process(self) -> Iterator[QueryProcess]:
        try:
            process = self._idle.get(timeout=self._timeout_s)
        except queue.Empty as error:
            message = f"other queries took all of the {self._timeout_s:g} s. Try again later."
            raise BusyError(message) from error
        try:
            yield process
        finally:
            self._idle.put(process)
