"""What is derived from the articles as a whole: corrections applied, entities, links of claims."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg import __version__
from kg.ids import short_hash
from kg.ledger import Applied, Ledger, correct_entities, read_ledger, replay, wanted
from kg.match import copy_of, find_copies, match
from kg.pipeline.identify import with_identifiers
from kg.pipeline.report import Progress, ProgressHook, Stage, no_progress
from kg.resolve import resolving
from kg.store import Store

_STAMP = "derived"


@dataclass(frozen=True, slots=True)
class Derived:
    """What deriving came to."""

    changed: bool
    """True if the graph is another one now."""
    complaints: tuple[str, ...] = ()
    """Corrections that find nothing to correct, and lines of the ledger that are none."""


def derive(store: Store, progress: ProgressHook | None = None) -> Derived:
    """Apply the ledger, resolve and match again if articles or corrections changed.

    One transaction: readers see the graph before or the graph after.
    """
    progress = progress or no_progress
    ledger = read_ledger(store.corrections)
    if store.stamp(_STAMP) == _inputs(store, ledger):
        return Derived(changed=False, complaints=tuple(store.stamp("complaints").splitlines()))
    before = store.change
    with _uncollected(), store.transaction():
        applied = _apply(store, ledger)
        _resolve(store, applied, progress)
        _match(store, progress)
        complaints = tuple(_complaints(ledger, applied))
        store.set_stamp("complaints", "\n".join(complaints))
        store.set_stamp(_STAMP, _inputs(store, ledger))
    return Derived(store.change != before, complaints)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles, for as long as the block runs.

    The records of a whole collection have none: of 20,000 articles it looked through 500 MB five
    times, a second each in which no Ctrl-C is heard, and found 684 objects.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _inputs(store: Store, ledger: Ledger) -> str:
    """What the outcome depends on; taken again afterwards, for deriving moves the change number."""
    corrections = [made.id for made in ledger.corrections]
    return short_hash(__version__, store.change, *corrections, *ledger.bad_lines)


def _apply(store: Store, ledger: Ledger) -> Applied:
    articles, files = wanted(ledger.corrections)
    applied = replay(ledger.corrections, store.found(articles, files))
    store.save_corrected(applied.annotations)
    return applied


def _resolve(store: Store, applied: Applied, progress: ProgressHook) -> None:
    progress(Progress(Stage.RESOLVE, 0))
    with resolving(store.all_annotated(), applied.judgements) as resolution:
        changes = applied.entity_changes
        entities = with_identifiers(
            store, lambda: correct_entities(resolution.entities(), changes), changes
        )
        store.save_resolution(entities, resolution.links())


def _match(store: Store, progress: ProgressHook) -> None:
    progress(Progress(Stage.MATCH, 0))
    groups = find_copies(store.articles())
    store.save_copies(
        (article, group.representative, group.similarity)
        for group in groups
        for article in group.articles
        if article != group.representative
    )
    store.save_claim_links(match(store.annotated(), store.entity_of_chain, copy_of(groups)))


def _complaints(ledger: Ledger, applied: Applied) -> Iterable[str]:
    for line in ledger.bad_lines:
        yield f"corrections.jsonl:{line.number}: {line.reason}"
    for unfit in applied.unfit:
        yield f"{unfit.correction.action} {unfit.correction.id}: {unfit.reason}"
