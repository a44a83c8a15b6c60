"""GraphML, GEXF, tables and FollowTheMoney as programs read them that no one here wrote."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.clients.conftest import Exports, need, need_module, need_program, run

pytestmark = pytest.mark.clients

GRAPHML = pytest.mark.parametrize("name", ["g.graphml", "projected.graphml"])
GEXF = pytest.mark.parametrize("name", ["g.gexf", "projected.gexf"])
DEBIAN_PYTHON = "/usr/bin/python3"


def size(exports: Exports, name: str) -> tuple[int, int]:
    counts = exports.counts(name)
    return counts["nodes"], counts["edges"]


@GRAPHML
def test_xmllint_finds_it_well_formed(exports: Exports, name: str) -> None:
    need_program("xmllint")
    run("xmllint", "--huge", "--noout", str(exports.path(name)))


@GRAPHML
def test_networkx_reads_the_counts(exports: Exports, name: str) -> None:
    import networkx as nx

    graph = nx.read_graphml(exports.path(name))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == size(exports, name)


@GRAPHML
def test_igraph_reads_the_counts(exports: Exports, name: str) -> None:
    import igraph

    graph = igraph.Graph.Read_GraphML(str(exports.path(name)))
    assert (graph.vcount(), graph.ecount()) == size(exports, name)


@GRAPHML
def test_rustworkx_reads_the_counts(exports: Exports, name: str) -> None:
    need_module("rustworkx")
    import rustworkx

    (graph,) = rustworkx.read_graphml(str(exports.path(name)))
    assert (graph.num_nodes(), graph.num_edges()) == size(exports, name)


@GRAPHML
def test_networkit_reads_the_counts(exports: Exports, name: str) -> None:
    need_module("networkit")
    import networkit

    graph = networkit.readGraph(str(exports.path(name)), networkit.Format.GraphML)
    nodes, edges = size(exports, name)
    # NetworKit has no parallel edges by default; it counts those as one.
    assert graph.numberOfNodes() == nodes
    assert 0 < graph.numberOfEdges() <= edges


@GRAPHML
def test_graph_tool_reads_the_counts(exports: Exports, name: str) -> None:
    probe = subprocess.run(
        [DEBIAN_PYTHON, "-c", "import graph_tool"], capture_output=True, check=False
    )
    need(probe.returncode == 0, "python3-graph-tool")
    script = (
        "import sys, graph_tool; g = graph_tool.load_graph(sys.argv[1]); "
        "print(g.num_vertices(), g.num_edges())"
    )
    said = run(DEBIAN_PYTHON, "-c", script, str(exports.path(name))).stdout
    assert tuple(map(int, said.split())) == size(exports, name)


@GRAPHML
@pytest.mark.parametrize("client", ["graphology_graphml", "graphml_js"])
def test_javascript_reads_the_counts(exports: Exports, name: str, client: str, node) -> None:
    nodes, edges = size(exports, name)
    assert node(client, exports.path(name)) == {"nodes": nodes, "edges": edges}


@GEXF
def test_graphology_reads_the_counts_of_gexf(exports: Exports, name: str, node) -> None:
    nodes, edges = size(exports, name)
    assert node("graphology_gexf", exports.path(name)) == {"nodes": nodes, "edges": edges}


@GEXF
def test_networkx_reads_the_counts_of_gexf(exports: Exports, name: str) -> None:
    import networkx as nx

    graph = nx.read_gexf(exports.path(name))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == size(exports, name)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_pandas_reads_the_rows(exports: Exports, form: str) -> None:
    need_module("pandas")
    import pandas as pd

    folder, counts = exports.tables(form)
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet}[form]
    assert {name: len(read(folder / f"{name}.{form}")) for name in counts} == counts


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_duckdb_reads_the_rows(exports: Exports, form: str) -> None:
    need_module("duckdb")
    import duckdb

    folder, counts = exports.tables(form)
    found = {
        name: duckdb.sql(f"SELECT COUNT(*) FROM '{folder / name}.{form}'").fetchall()[0][0]
        for name in counts
    }
    assert found == counts


def test_followthemoney_takes_every_entity_as_it_is(exports: Exports) -> None:
    need_module("followthemoney")
    from followthemoney import model

    lines = exports.path("g.ftm.json").read_text().splitlines()
    assert len(lines) == exports.counts("g.ftm.json")["entities"]
    for line in lines:
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)
        cleaned = model.get_proxy(entity, cleaned=False).to_dict()
        kept = {name: sorted(values) for name, values in cleaned["properties"].items()}
        assert kept == {name: sorted(set(v)) for name, v in entity["properties"].items()}
