"""The exports of the seed article that lie in `exports/` are what a build writes, byte by byte.

`KG_UPDATE_GOLDEN=1 pytest tests/golden` rewrites them after a change that is meant.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

import kg
from kg.export import FORMATS

ROOT = Path(__file__).resolve().parents[2]
SEED = "seeds/000_ac290a27def8f6b2.txt"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed")
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with kg.open(folder / ".kg", create=True) as graph:
            assert not graph.add(SEED).failed
    finally:
        os.chdir(before)
    return folder


@pytest.mark.parametrize("name", ["seed.ttl", "seed.graphml"])
def test_committed_export_is_what_a_build_writes(name: str, built: Path) -> None:
    with kg.open(built / ".kg", read_only=True) as graph:
        graph.export(built / name)
    written, committed = (built / name).read_bytes(), ROOT / "exports" / name
    if os.environ.get("KG_UPDATE_GOLDEN"):
        committed.write_bytes(written)
    assert written == committed.read_bytes()


def test_graphml_has_the_same_counts_in_networkx_and_igraph(built: Path) -> None:
    import igraph
    import networkx

    path = ROOT / "exports" / "seed.graphml"
    theirs = networkx.read_graphml(path, force_multigraph=True)
    other = igraph.Graph.Read_GraphML(str(path))
    assert (other.vcount(), other.ecount()) == (theirs.number_of_nodes(), theirs.number_of_edges())
    assert other.ecount() > 50


def test_every_format_is_the_same_twice_and_after_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    inputs = [SEED, "seeds/002_brenholt_denies.txt", "seeds/012_commission_report.txt"]
    with kg.open(tmp_path / ".kg", create=True) as graph:
        assert not graph.add(*inputs).failed
        first, again = exports(graph), exports(graph)
        assert not graph.add(*inputs, rebuild=True).failed
        rebuilt = exports(graph)
    with kg.open(tmp_path / "other", create=True) as graph:
        for one in reversed(inputs):
            assert not graph.add(one).failed
        other_order = exports(graph)
    assert len(first) == len(FORMATS) + 2
    assert again == first
    assert rebuilt == first
    assert other_order == first


def exports(graph: kg.Graph) -> dict[tuple[str, str], bytes]:
    found = {}
    for name, form in FORMATS.items():
        for view in ("full", "projected") if form.projected else ("full",):
            out = io.BytesIO()
            graph.export(out, format=name, view=view)
            found[name, view] = out.getvalue()
    return found
