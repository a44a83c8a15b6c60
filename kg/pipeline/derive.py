"""What is derived from the articles as a whole: entities and links between claims."""

from __future__ import annotations

from kg import __version__
from kg.ids import short_hash
from kg.pipeline.report import Progress, ProgressHook, Stage, no_progress
from kg.resolve import redirects, resolve
from kg.store import Store

_STAMP = "derived"


def derive(store: Store, progress: ProgressHook | None = None) -> bool:
    """Resolve and match again if articles or corrections changed; True if the graph changed."""
    progress = progress or no_progress
    if store.stamp(_STAMP) == _inputs(store):
        return False
    changed = _resolve(store, progress)
    store.set_stamp(_STAMP, _inputs(store))
    return changed


def _inputs(store: Store) -> str:
    """What the outcome depends on; the change number comes last, for the outcome moves it."""
    ledger = store.corrections.read_bytes().hex() if store.corrections.exists() else ""
    return short_hash(__version__, ledger, store.change)


def _resolve(store: Store, progress: ProgressHook) -> bool:
    progress(Progress(Stage.RESOLVE, 0))
    resolution = resolve(store.all_annotated())
    gone = redirects(store.entities(), resolution)
    return store.save_resolution(resolution.entities, resolution.links, gone)
