"""No export reads the store more often, or holds more of it, because the graph is larger."""

from __future__ import annotations

import gc
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.synthetic import SyntheticView, synthetic_view
from kg.export import FORMATS, export
from kg.model import ClaimLink, Entity
from kg.store import Store

EXPORTS = [*FORMATS, *(f"{name} projected" for name, one in FORMATS.items() if one.projected)]


BUFFERS = (
    ("kg.spill._MAX_WAITING_ROWS", 16),
    ("kg.spill._MAX_RUNS", 2),
    ("kg.spill._BLOCK_ROWS", 16),
    ("kg.spill._KEPT_BLOCKS", 1),
    ("kg.store.resolution._MAX_NEAR", 50),
    ("kg.export.rdf.graphs._BATCH_NODES", 16),
    ("kg.export.tables._BATCH_ROWS", 64),
    ("kg.export.tables._CHUNK_ROWS", 16),
    ("kg.export.graphml._CHUNK_LINES", 16),
)
"""What memory may hold, made so small that the smaller graph fills it."""
LONG = "-" * 1000
"""Ends the ids of entities, so that one kept for each of them shows."""
MAX_GROWTH_KIB = 150
"""An id kept for each entity of 36 articles is 300."""


def write(store: Store, name: str, path: Path) -> None:
    format_, _, kind = name.partition(" ")
    measured = False if FORMATS[format_].projected else None
    with path.open("wb") as out:
        export(store, out, format_, projected=bool(kind), measured=measured)


def fill(folder: Path, view: SyntheticView) -> None:
    with Store.open(folder, create=True) as store:
        for run in view.runs():
            store.save_run(run)
        for article, annotation in view.annotated():
            store.add(article)
            store.put(article, annotation)
        store.save_resolution(view.entities(), ())
        store.save_claim_links(view.claim_links())
        store.save_copies((copy, original, 0.9) for copy, original in view.copies())


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Stores of 12 and of 48 articles: each chain an entity, each claim linked, half are copies."""
    folders = [tmp_path_factory.mktemp("store") / str(count) for count in (12, 48)]
    for folder in folders:
        view = synthetic_view(int(folder.name))
        view.found = sorted(
            (
                Entity(f"{chain.id}{LONG}", chain.type, chain.name, (), (chain.id,))
                for _, annotation in view.pairs
                for chain in annotation.chains
            ),
            key=lambda entity: entity.id,
        )
        claims = [claim.id for _, annotation in view.pairs for claim in annotation.claims]
        view.claim_pairs = [ClaimLink(*two, "contradicts", 0.7, ()) for two in pairwise(claims)]
        ids = [article.id for article in view.articles()]
        view.copy_pairs = [(copy, one) for one, copy in zip(ids[::2], ids[1::2], strict=True)]
        fill(folder, view)
    return folders


@pytest.mark.parametrize("name", EXPORTS)
def test_number_of_queries_is_the_same_for_more_articles(
    name: str, stores: list[Path], tmp_path: Path
) -> None:
    counts = []
    for folder in stores:
        queries: list[str] = []
        with Store.open(folder, read_only=True) as store:
            store._database._connection.set_trace_callback(queries.append)
            write(store, name, tmp_path / "out")
        counts.append(len(queries))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("name", EXPORTS)
def test_memory_is_the_same_for_more_articles(
    name: str, stores: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for target, size in BUFFERS:
        monkeypatch.setattr(target, size)
    with Store.open(stores[1], read_only=True) as store:  # fills what Python keeps of old tuples
        write(store, name, tmp_path / "out")
    small, large = (peak_kib(folder, name, tmp_path / "out") for folder in stores)
    assert large - small < MAX_GROWTH_KIB


def peak_kib(folder: Path, name: str, path: Path) -> int:
    """The most memory that an export allocates, SQLite's own left out."""
    with Store.open(folder, read_only=True) as store:
        gc.disable()
        tracemalloc.start()
        try:
            write(store, name, path)
            return tracemalloc.get_traced_memory()[1] // 1024
        finally:
            tracemalloc.stop()
            gc.enable()
