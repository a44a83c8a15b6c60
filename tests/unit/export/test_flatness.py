"""No export reads the store more often, or holds more of it, because the graph is larger."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from benchmarks.synthetic import SyntheticView, synthetic_view
from kg.export import FORMATS, export
from kg.store import Store

EXPORTS = [*FORMATS, *(f"{name} projected" for name, one in FORMATS.items() if one.projected)]


def write(view, name: str) -> None:
    format_, _, kind = name.partition(" ")
    export(view, io.BytesIO(), format_, projected=bool(kind))


def fill(folder: Path, view: SyntheticView) -> None:
    with Store.open(folder, create=True) as store:
        for run in view.runs():
            store.save_run(run)
        for article, annotation in view.annotated():
            store.add(article)
            store.put(article, annotation)
        store.save_resolution(view.entities(), ())
        store.save_claim_links(view.claim_links())


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Stores of four and of twelve articles."""
    folders = [tmp_path_factory.mktemp("store") / str(count) for count in (4, 12)]
    for folder in folders:
        fill(folder, synthetic_view(int(folder.name)))
    return folders


@pytest.mark.parametrize("name", EXPORTS)
def test_number_of_queries_is_the_same_for_more_articles(name: str, stores: list[Path]) -> None:
    counts = []
    for folder in stores:
        queries: list[str] = []
        with Store.open(folder, read_only=True) as store:
            store._database._connection.set_trace_callback(queries.append)
            write(store, name)
        counts.append(len(queries))
    assert counts[0] == counts[1] > 0
