"""`kg build`: from inputs to a store whose graph is whole."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from functools import lru_cache

from kg import __version__
from kg.errors import EvidenceError
from kg.ids import short_hash
from kg.model import Annotation, Article, Failure
from kg.pipeline.derive import derive
from kg.pipeline.fields import Fields, forget_fields
from kg.pipeline.files import Files
from kg.pipeline.report import (
    BuildOptions,
    BuildReport,
    Progress,
    ProgressHook,
    Stage,
    no_progress,
)
from kg.pipeline.workers import (
    AnnotatorFactory,
    ArticleAnnotator,
    annotate_articles,
    describe,
)
from kg.read import ReadOptions, Unchanged, read_files
from kg.store import Addition, Store

_READING = 2
"""Counted up where readers make another article of the same bytes: they are then read again."""


def build(
    store: Store,
    inputs: Sequence[str],
    options: BuildOptions | None = None,
    *,
    annotator: AnnotatorFactory,
    progress: ProgressHook | None = None,
) -> BuildReport:
    """Bring the store up to date with the inputs.

    Raises UsageError before anything is written where an input does not exist, ReadError where
    nothing was readable, ModelError without a model, StoreError where the disk fails.
    """
    options, progress = options or BuildOptions(), progress or no_progress
    started_s = time.monotonic()
    report = BuildReport()
    _read(store, inputs, options, report, progress)
    if not options.dry_run:
        _annotate(store, annotator, options, report, progress)
        derived = derive(store, progress)
        report.derived, report.complaints = derived.changed, derived.complaints
        report.counts = store.counts()
    report.seconds = time.monotonic() - started_s
    return report


def remove(store: Store, names: Sequence[str], progress: ProgressHook | None = None) -> list[str]:
    """Take sources (files, folders, articles by id) out of the store; those that went, sorted."""
    gone = sorted({source for name in names for source in store.remove(name)})
    for name in names:
        forget_fields(store, name)
    derive(store, progress)
    return gone


def _read(
    store: Store,
    inputs: Sequence[str],
    options: BuildOptions,
    report: BuildReport,
    progress: ProgressHook,
) -> None:
    def is_known(source: str, sha256: str, read: ReadOptions) -> bool:
        return store.is_known(source, sha256, _digest(read))

    files = Files(store, is_dry=options.dry_run)
    fields = Fields(store, options.read, is_dry=options.dry_run)
    found_all = read_files(inputs, options.read, is_known=is_known, options_for=fields.options_for)
    for number, each in enumerate(found_all, start=1):
        files.see(each)
        fields.see(each)
        found = each.what
        if isinstance(found, Failure):
            report.failures.append(found)
        elif isinstance(found, Unchanged):
            report.unchanged += 1
        else:
            _count(report, _addition(store, found, each.options, dry_run=options.dry_run))
        progress(Progress(Stage.READ, number))
    if options.read.limit is None:
        report.removed = files.remove_vanished()
    report.fields_as_before = fields.as_before


@lru_cache(maxsize=8)
def _digest(options: ReadOptions) -> str:
    """Digest of what decides how a file is read; the same bytes may be read differently."""
    ignored = {"recursive", "limit", "max_read_seconds"}
    parts = [
        value
        for name, value in zip(options.__dataclass_fields__, astuple(options), strict=True)
        if name not in ignored
    ]
    return short_hash(__version__, _READING, *parts)


def _addition(store: Store, article: Article, read: ReadOptions, *, dry_run: bool) -> Addition:
    if dry_run:
        return store.would_add(article)
    return store.add(article, read_with=_digest(read))


def _count(report: BuildReport, addition: Addition) -> None:
    if addition is Addition.NEW:
        report.new += 1
    elif addition is Addition.CHANGED:
        report.changed += 1
    elif addition is Addition.COPY:
        report.copies += 1
    else:
        report.unchanged += 1


def _annotate(
    store: Store,
    factory: AnnotatorFactory,
    options: BuildOptions,
    report: BuildReport,
    progress: ProgressHook,
) -> None:
    annotator = factory()
    report.run = annotator.run.id
    if options.rebuild:
        store.annotate_again()
    pending = store.pending(report.run)
    if not pending:
        return
    store.save_run(annotator.run)
    report.again_because = dict(store.why_again(report.run))
    progress(Progress(Stage.ANNOTATE, 0, len(pending)))
    outcomes = _outcomes(store, annotator, factory, options, pending)
    for number, (article, outcome) in enumerate(outcomes, start=1):
        failure = _keep(store, article, outcome, report.run)
        if failure is None:
            report.annotated += 1
        else:
            report.failures.append(failure)
        progress(Progress(Stage.ANNOTATE, number, len(pending)))


def _outcomes(
    store: Store,
    annotator: ArticleAnnotator,
    factory: AnnotatorFactory,
    options: BuildOptions,
    pending: Sequence[str],
) -> Iterator[tuple[Article, Annotation | Exception]]:
    articles = (store.article(id_) for id_ in pending)
    return annotate_articles(
        annotator, factory, articles, jobs=options.jobs, max_seconds=options.max_seconds
    )


def _keep(
    store: Store, article: Article, outcome: Annotation | Exception, run: str
) -> Failure | None:
    """Write an annotation, or the reason why there is none."""
    if isinstance(outcome, Annotation):
        try:
            store.put(article, outcome)
        except EvidenceError as error:
            outcome = error
        else:
            return None
    failure = Failure(article.source, f"not annotated ({describe(outcome)})")
    store.save_failure(failure, article=article.id, run=run)
    return failure
