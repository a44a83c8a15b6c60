"""Annotation of many articles, in this process or in worker processes that may die.

A worker loads the model once. If it dies (memory, kill) or takes too long, its articles are tried
again one by one, each in a worker of its own kind; what kills a worker twice is a failure. A worker
that ran out of memory and lives is ended too: what it holds would starve the next articles.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol

from kg.errors import KgError, ModelError
from kg.model import Annotation, Article, Run

CHUNK_ARTICLES = 32
CHUNK_CHARS = 60_000
_MAX_FAILED_STARTS = 3


class ArticleAnnotator(Protocol):
    """What turns articles into annotations. `run` is cheap; the model is loaded when used."""

    @property
    def run(self) -> Run:
        """What the annotations will say produced them."""

    def annotate_many(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, Annotation | Exception]]:
        """Each article with its annotation or with the error that it met, in the order given."""


AnnotatorFactory = Callable[[], ArticleAnnotator]
"""Makes an annotator. Worker processes import it by name, so it is a class, a function of a module,
or a `functools.partial` of one."""

Outcome = tuple[Article, Annotation | Exception]


class AnnotationError(KgError):
    """One article that could not be annotated; the rest of the batch goes on."""


class StarvedError(AnnotationError):
    """One article that memory was too short for."""


def annotate_articles(
    annotator: ArticleAnnotator,
    factory: AnnotatorFactory,
    articles: Iterable[Article],
    *,
    jobs: int = 1,
    max_seconds: float | None = None,
) -> Iterator[Outcome]:
    """Each article with its annotation or its error; in any order where workers are used.

    Raises ModelError if the model cannot be loaded, KgError if no worker can be started.
    """
    chunks = in_chunks(articles)
    if jobs == 1 and max_seconds is None:
        for chunk in chunks:
            yield from _annotate_chunk(annotator, chunk)
        return
    with contextlib.closing(_Pool(factory, chunks, jobs, max_seconds)) as pool:
        yield from pool.outcomes()


def in_chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in lists that are worth a batch of the language model, and not too long."""
    chunk: list[Article] = []
    chars = 0
    for article in articles:
        if chunk and (len(chunk) == CHUNK_ARTICLES or chars + len(article.text) > CHUNK_CHARS):
            yield chunk
            chunk, chars = [], 0
        chunk.append(article)
        chars += len(article.text)
    if chunk:
        yield chunk


def _annotate_chunk(annotator: ArticleAnnotator, chunk: Sequence[Article]) -> list[Outcome]:
    """The outcomes of a chunk; if the batch as a whole fails, its articles are tried alone."""
    try:
        found = annotator.annotate_many(chunk)
        return [(article, _portable(outcome)) for article, outcome in found]
    except ModelError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a text does, the others are annotated
        if len(chunk) == 1:
            return [(chunk[0], _portable(error))]
    return [outcome for article in chunk for outcome in _annotate_chunk(annotator, [article])]


def _portable(outcome: Annotation | Exception) -> Annotation | AnnotationError:
    """The outcome in a form that surely can be sent, and that keeps nothing else alive.

    The traceback of an error holds what was made of the article until then, arrays of the language
    model among it: hundreds of megabytes for a long one, while the next ones are annotated.
    """
    if isinstance(outcome, Annotation):
        return outcome
    kind = StarvedError if isinstance(outcome, MemoryError) else AnnotationError
    return kind(describe(outcome))


def describe(error: Exception) -> str:
    """An error of an annotator as a reason for people."""
    if isinstance(error, KgError):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


# -- in the worker ---------------------------------------------------------------------------------


def serve(connection: Connection, factory: AnnotatorFactory) -> None:
    """The life of a worker: chunks in, outcomes out, until the other side closes."""
    # Ctrl-C reaches every process of the terminal; the parent decides what happens to workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    annotator = factory()
    connection.send(annotator.run.id)
    # Without memory to receive or to answer it ends, and the parent sees that it did.
    with contextlib.suppress(EOFError, MemoryError):
        while True:
            chunk = connection.recv()
            try:
                outcomes = _annotate_chunk(annotator, chunk)
            except ModelError as error:
                connection.send(error)
                return
            connection.send([outcome for _, outcome in outcomes])


# -- in the parent ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Task:
    articles: list[Article]
    deaths: int = 0
    """Workers that died or starved of it."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    task: _Task | None = None
    started_s: float = 0.0
    ready: bool = False
    is_worn: bool = False
    """True if it has done a task before, of which memory may be left that it does not give back."""


@dataclass(slots=True)
class _Pool:
    """Worker processes, their tasks, and what is to be tried again."""

    factory: AnnotatorFactory
    chunks: Iterator[list[Article]]
    jobs: int
    max_seconds: float | None
    workers: list[_Worker] = field(default_factory=list)
    again: deque[_Task] = field(default_factory=deque)
    failed_starts: int = 0

    def outcomes(self) -> Iterator[Outcome]:
        """Outcomes as they come."""
        self._hand_out()
        while self.workers:
            for worker in self._next_to_answer():
                yield from self._hear(worker)
            yield from self._end_slow_ones()
            self._hand_out()

    def close(self) -> None:
        """End all workers at once."""
        for worker in self.workers:
            self._end(worker)
        self.workers.clear()

    def _hand_out(self) -> None:
        """Give each idle worker a task, start workers while there are tasks, end idle ones."""
        for worker in [each for each in self.workers if each.ready and each.task is None]:
            task = self._next_task()
            if task is None:
                self._end(worker)
                self.workers.remove(worker)
            else:
                self._give(worker, task)
        while len(self.workers) < self.jobs and (task := self._next_task()) is not None:
            self.workers.append(self._start(task))

    def _next_task(self) -> _Task | None:
        if self.again:
            return self.again.popleft()
        chunk = next(self.chunks, None)
        return None if chunk is None else _Task(chunk)

    def _start(self, task: _Task) -> _Worker:
        # Spawned, not forked: the parent holds an open database and may run threads.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self.factory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, task)

    def _give(self, worker: _Worker, task: _Task) -> None:
        worker.task, worker.started_s = task, time.monotonic()
        # A worker that has just died is found out by the next wait.
        with contextlib.suppress(OSError):
            worker.connection.send(task.articles)

    def _next_to_answer(self) -> list[_Worker]:
        by_connection = {worker.connection: worker for worker in self.workers}
        timeout = None if self.max_seconds is None else min(0.2, self.max_seconds)
        answered = wait(list(by_connection), timeout)
        return [worker for worker in self.workers if worker.connection in answered]

    def _hear(self, worker: _Worker) -> Iterator[Outcome]:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, "ended the worker process twice (memory?)")
            return
        if isinstance(answer, ModelError):
            raise answer
        task = worker.task
        assert task is not None
        if not worker.ready:
            worker.ready, self.failed_starts = True, 0
            self._give(worker, task)
            return
        worker.task = None
        yield from self._settle(worker, task, answer)

    def _settle(
        self, worker: _Worker, task: _Task, answer: Sequence[Annotation | AnnotationError]
    ) -> Iterator[Outcome]:
        """The outcomes of a task; what its worker alone was too full for is tried again once."""
        was_alone = len(task.articles) == 1 and not worker.is_worn
        worker.is_worn = True
        if any(isinstance(outcome, StarvedError) for outcome in answer):
            self._end(worker)
            self.workers.remove(worker)
        for article, outcome in zip(task.articles, answer, strict=True):
            if isinstance(outcome, StarvedError) and not (was_alone or task.deaths):
                self.again.append(_Task([article], deaths=1))
            else:
                yield article, outcome

    def _end_slow_ones(self) -> Iterator[Outcome]:
        if self.max_seconds is None:
            return
        limit_s = self.max_seconds
        reason = f"took longer than {limit_s:g} s (--max-seconds)"
        for worker in list(self.workers):
            task = worker.task
            if worker.ready and task is not None and time.monotonic() - worker.started_s > limit_s:
                task.deaths += 1  # what is slow alone is slow again
                yield from self._bury(worker, reason)

    def _bury(self, worker: _Worker, reason: str) -> Iterator[Outcome]:
        """Take a dead worker away; its articles are tried again alone, or have failed."""
        self._end(worker)
        self.workers.remove(worker)
        task = worker.task
        assert task is not None
        if not worker.ready:
            self._count_failed_start(worker)
            self.again.append(task)
        elif len(task.articles) > 1:
            self.again.extend(_Task([article], deaths=1) for article in task.articles)
        elif task.deaths:
            yield task.articles[0], AnnotationError(reason)
        else:
            self.again.append(_Task(task.articles, deaths=1))

    def _count_failed_start(self, worker: _Worker) -> None:
        self.failed_starts += 1
        if self.failed_starts >= _MAX_FAILED_STARTS:
            code = worker.process.exitcode
            raise KgError(f"worker processes end at once (exit code {code}). Try --jobs 1")

    def _end(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
