"""Composes the stages: read, annotate, store, resolve, match.

    build(store, inputs, options=None, *, annotator=FACTORY, progress=None) -> BuildReport
    remove(store, names) -> list[str]       # the sources that went; derives again
    derive(store, progress=None) -> Derived # ledger, entities, claims; after a correction too
    link(store, url, options=None) -> LinkReport    # asks a service; the only stage that may

Each stage works on what changed alone and leaves the store whole, so a run that was stopped
anywhere is gone on with by the next one. One bad input never ends the batch: it is recorded.
"""

from kg.pipeline.build import build, remove
from kg.pipeline.derive import Derived, derive
from kg.pipeline.identify import open_links
from kg.pipeline.linking import LinkOptions, LinkReport, forget, link
from kg.pipeline.places import link_places
from kg.pipeline.report import BuildOptions, BuildReport, Progress, ProgressHook, Stage
from kg.pipeline.workers import AnnotatorFactory, ArticleAnnotator

__all__ = [
    "AnnotatorFactory",
    "ArticleAnnotator",
    "BuildOptions",
    "BuildReport",
    "Derived",
    "LinkOptions",
    "LinkReport",
    "Progress",
    "ProgressHook",
    "Stage",
    "build",
    "derive",
    "forget",
    "link",
    "link_places",
    "open_links",
    "remove",
]
