"""Runs one query over an Oxigraph store: read-only, with a time limit."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.planning import plan
from kg.query.rows import Rows, Term
from kg.query.statistics import Statistics
from kg.query.syntax import read_form, syntax_error
from kg.query.tokens import read_tokens

DEFAULT_TIMEOUT_S = 60.0


class QueryTimeoutError(KgError):
    """The query took longer than it was given."""


@dataclass
class _Run:
    """What the thread of a query leaves behind."""

    variables: tuple[str, ...] = ()
    terms: list[tuple[Term, ...]] = field(default_factory=list)
    error: BaseException | None = None


def timeout_error(timeout_s: float | None) -> QueryTimeoutError:
    """The error for a query that took longer than it was given."""
    return QueryTimeoutError(f"the query took longer than {timeout_s:g} s. Add a LIMIT?")


def run_query(
    store: ox.Store,
    query: str,
    prefixes: Mapping[str, str],
    *,
    statistics: Statistics | None = None,
    timeout_s: float | None = DEFAULT_TIMEOUT_S,
) -> Rows:
    """The answer over the union of all graphs, with the prefixes bound; GRAPH selects one graph.

    With the statistics of a data set on disk the query is planned for it: see `kg.query.planning`.
    Raises UsageError with line and column for a query that cannot be read or would do more than
    read, and QueryTimeoutError after `timeout_s` seconds (None waits for ever). Oxigraph cannot be
    interrupted: the thread of a query that ran out of time goes on until the process ends. That
    suits a command, which ends then; what lives on asks `kg.query.process`, where nothing stays.
    """
    tokens = read_tokens(query)
    form = read_form(query, prefixes, tokens)
    planned = query if statistics is None else plan(query, prefixes, statistics, tokens)
    run = _Run()
    if not _Thread.call(partial(_collect, store, (planned, query), prefixes, run), timeout_s):
        raise timeout_error(timeout_s)
    if isinstance(run.error, SyntaxError):
        raise syntax_error(query, str(run.error)) from run.error
    if run.error is not None:
        raise KgError(f"the query failed: {run.error}") from run.error
    return Rows(form, run.variables, run.terms, prefixes)


class _Thread:
    """A thread that runs one query at a time.

    One that has run a query before takes 0.1 ms less for the next, which is a third of what a query
    takes that finds nothing.
    """

    _idle: list[_Thread] = []  # noqa: RUF012 - shared by all who ask

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[None] = queue.SimpleQueue()
        threading.Thread(target=self._serve, daemon=True, name="kg-query").start()

    @classmethod
    def call(cls, job: Callable[[], None], timeout_s: float | None) -> bool:
        """Run a job that raises nothing; False if it takes longer, and then goes on."""
        try:
            thread = cls._idle.pop()
        except IndexError:
            thread = cls()
        thread._jobs.put(job)
        try:
            thread._done.get(timeout=timeout_s)
        except queue.Empty:
            return False  # it is never asked again
        cls._idle.append(thread)
        return True

    @classmethod
    def forget_all(cls) -> None:
        """Threads do not live on in a forked process."""
        cls._idle.clear()

    def _serve(self) -> None:
        while True:
            job = self._jobs.get()
            job()
            del job  # and all that it holds
            self._done.put(None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Thread.forget_all)


def _collect(
    store: ox.Store, queries: tuple[str, str], prefixes: Mapping[str, str], run: _Run
) -> None:
    try:
        answer = _ask(store, queries, dict(prefixes))
        if isinstance(answer, ox.QueryBoolean):
            run.variables, run.terms = ("answer",), [(ox.Literal(bool(answer)),)]
        elif isinstance(answer, ox.QueryTriples):
            run.variables = ("subject", "predicate", "object")
            run.terms = [(t.subject, t.predicate, t.object) for t in answer]
        else:
            run.variables = tuple(variable.value for variable in answer.variables)
            run.terms = [tuple(solution) for solution in answer]
    except BaseException as error:  # noqa: BLE001 - raised by the one who asks
        run.error = error


def _ask(
    store: ox.Store, queries: tuple[str, str], prefixes: dict[str, str]
) -> ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples:
    """The answer to a planned query; where that cannot be read, of the query as it was written."""
    planned, written = queries
    try:
        return store.query(planned, prefixes=prefixes, use_default_graph_as_union=True)
    except SyntaxError:  # its place is one in the planned query
        return store.query(written, prefixes=prefixes, use_default_graph_as_union=True)
