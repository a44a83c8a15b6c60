"""Worker processes: the same graph as one process, and articles that end their worker."""

from __future__ import annotations

import gc
import multiprocessing
import weakref
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Annotation, Article
from kg.pipeline import BuildOptions, BuildReport, build
from kg.pipeline.workers import (
    CHUNK_ARTICLES,
    CHUNK_CHARS,
    StarvedError,
    annotate_articles,
    in_chunks,
)
from kg.store import Store
from tests.annotating import PlainAnnotator, sentence, write_articles
from tests.factories import ArticleBuilder
from tests.storing import new_store


def run(store: Store, folder: Path, **options) -> BuildReport:
    factory = partial(PlainAnnotator, "workers")
    return build(store, [str(folder)], BuildOptions(**options), annotator=factory)


def graph_of(folder: Path, inputs: Path, **options) -> tuple[object, ...]:
    with new_store(folder) as store:
        run(store, inputs, **options)
        return list(store.annotated()), list(store.entities()), list(store.links())


def test_several_processes_make_the_graph_of_one(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 100)
    one = graph_of(tmp_path / "one", inputs)
    three = graph_of(tmp_path / "three", inputs, jobs=3)
    assert one == three
    assert multiprocessing.active_children() == []


def test_article_that_kills_its_worker_fails_and_the_others_are_done(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 5)
    (inputs / "bad.txt").write_text(sentence(99) + "KILL")
    with new_store(tmp_path) as store:
        report = run(store, inputs, jobs=2)
        assert report.annotated == 5
        [failure] = report.failed
        assert failure.source.endswith("bad.txt")
        assert failure.reason == "not annotated (ended the worker process twice (memory?))"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for the size")
def test_article_that_wants_more_memory_than_there_is_fails_alone(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 40)
    (inputs / "hoard.txt").write_text(sentence(99) + "HOARD")
    with new_store(tmp_path) as store:
        report = run(store, inputs, jobs=2)
        assert report.annotated == 40
        [failure] = report.failed
        assert failure.source.endswith("hoard.txt")
        assert failure.reason == "not annotated (MemoryError)"


def test_worker_that_ran_out_of_memory_starves_no_other_article(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 2 * CHUNK_ARTICLES)
    (inputs / "a_full.txt").write_text(sentence(99) + "FULL")
    with new_store(tmp_path) as store:
        report = run(store, inputs, max_seconds=60.0)  # in one worker: the first article fills it
        assert report.annotated == 2 * CHUNK_ARTICLES
        assert [failure.source.rpartition("/")[2] for failure in report.failed] == ["a_full.txt"]
        assert report.failed[0].reason == "not annotated (MemoryError)"


@pytest.mark.parametrize("is_raised", [True, False])
def test_error_of_an_article_keeps_nothing_of_it_alive(is_raised: bool) -> None:
    annotator = _HoldsArrays(is_raised)
    article = ArticleBuilder("A text.").article
    [(_, outcome)] = annotate_articles(annotator, PlainAnnotator, [article])
    assert isinstance(outcome, StarvedError)
    assert annotator.held is not None
    gc.collect()
    assert annotator.held() is None


class _Arrays:
    """Something large."""


class _HoldsArrays:
    """An annotator whose errors have large things in the frames of their tracebacks."""

    def __init__(self, is_raised: bool) -> None:
        self.run = PlainAnnotator().run
        self.is_raised = is_raised
        self.held: weakref.ref[_Arrays] | None = None

    def annotate_many(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, Annotation | Exception]]:
        for article in articles:
            try:
                self.annotate()
            except MemoryError as error:
                if self.is_raised:
                    raise
                yield article, error

    def annotate(self) -> None:
        arrays = _Arrays()
        self.held = weakref.ref(arrays)
        raise MemoryError


def test_article_whose_worker_dies_once_is_tried_again(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 2)
    (inputs / "unlucky.txt").write_text(sentence(99) + f"ONCE {tmp_path / 'flag'} \n")
    with new_store(tmp_path) as store:
        report = run(store, inputs, jobs=2)
        assert (report.annotated, report.failed) == (3, [])


def test_article_that_takes_too_long_fails(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 2)
    (inputs / "slow.txt").write_text(sentence(99) + "SLOW")
    with new_store(tmp_path) as store:
        report = run(store, inputs, max_seconds=0.5)
        assert report.annotated == 2
        assert [failure.reason for failure in report.failed] == [
            "not annotated (took longer than 0.5 s (--max-seconds))"
        ]


def test_workers_that_cannot_start_are_a_clear_error(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", 3)
    with new_store(tmp_path) as store, pytest.raises(KgError, match="Try --jobs 1"):
        build(store, [str(inputs)], BuildOptions(jobs=2), annotator=_DiesInWorkers())


class _DiesInWorkers:
    """Makes an annotator here, and ends any other process that it is sent to."""

    def __call__(self) -> PlainAnnotator:
        return PlainAnnotator()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return exit, (7,)


def test_chunks_are_neither_long_nor_many() -> None:
    short = [ArticleBuilder("x" * 10).article for _ in range(CHUNK_ARTICLES + 1)]
    long = [ArticleBuilder("x" * CHUNK_CHARS).article for _ in range(2)]
    assert [len(chunk) for chunk in in_chunks(short)] == [CHUNK_ARTICLES, 1]
    assert [len(chunk) for chunk in in_chunks([*short[:1], *long])] == [1, 1, 1]
    assert list(in_chunks([])) == []
