"""RDF as programs read it that no one here wrote: the same counts, shapes and rows as ours."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.query import cookbook
from kg.query.engine import run_query
from tests.clients.conftest import Exports, need_module, need_program, run
from tests.cookbook import query_for_small_graph

pytestmark = pytest.mark.clients

SYNTAXES = {"g.ttl": "turtle", "g.nt": "ntriples", "g.trig": "trig", "g.nq": "nquads"}
RDF = pytest.mark.parametrize("name", SYNTAXES)


def expected(exports: Exports, name: str) -> int:
    (count,) = exports.counts(name).values()
    return count


def shapes(name: str) -> Path:
    with as_file(files("kg.export") / "data" / name) as path:
        return path


@RDF
def test_rapper_counts_the_same(exports: Exports, name: str) -> None:
    need_program("rapper")
    said = run("rapper", "-c", "-i", SYNTAXES[name], str(exports.path(name))).stderr
    found = re.search(r"returned (\d+) (?:triples|quads)", said)
    assert found is not None, said
    assert int(found[1]) == expected(exports, name)
    assert "Warning" not in said


@RDF
def test_serd_counts_the_same(exports: Exports, name: str) -> None:
    need_program("serdi")
    form = {"nt": "NTriples", "ttl": "Turtle", "trig": "TriG", "nq": "NQuads"}[name[2:]]
    said = run("serdi", "-i", form, "-o", "NQuads", str(exports.path(name))).stdout
    assert len(said.splitlines()) == expected(exports, name)


@RDF
def test_n3_counts_the_same(exports: Exports, name: str, node) -> None:
    assert node("n3", exports.path(name)) == {"quads": expected(exports, name)}


@pytest.mark.parametrize("name", [*SYNTAXES, "g.jsonld"])
def test_jena_counts_the_same(exports: Exports, name: str, jena) -> None:
    assert jena("count", exports.path(name)) == {"quads": expected(exports, name)}


@pytest.mark.parametrize("name", [*SYNTAXES, "g.jsonld"])
def test_oxigraph_counts_the_same(exports: Exports, name: str) -> None:
    syntax = ox.RdfFormat.from_extension(name[2:])
    found = set(ox.parse(path=str(exports.path(name)), format=syntax))
    assert len(found) == expected(exports, name)


def test_jsonld_js_counts_the_same(small: Exports, node) -> None:
    assert node("jsonld", small.path("g.jsonld")) == {"quads": expected(small, "g.jsonld")}


def test_topquadrant_finds_that_the_shapes_conform(small: Exports, jena) -> None:
    found = jena("shacl", small.path("g.ttl"), shapes("shapes.ttl"))
    assert found == {"conforms": True}


def test_shacl_in_javascript_finds_that_the_core_conforms(small: Exports, node) -> None:
    found = node("shacl", small.path("g.ttl"), shapes("shapes-core.ttl"))
    assert found == {"conforms": True}


def rows(found: dict[str, list[list[str]]]) -> dict[str, Counter[tuple[str, ...]]]:
    return {name: Counter(tuple(row) for row in answer) for name, answer in found.items()}


@pytest.fixture(scope="session")
def queries(small: Exports) -> Path:
    path = small.folder / "queries.json"
    path.write_text(json.dumps({name: query_for_small_graph(name) for name in cookbook.names()}))
    return path


def ours(exports: Exports, queries: Path) -> dict[str, Counter[tuple[str, ...]]]:
    store = ox.Store()
    store.bulk_load(path=str(exports.path("g.trig")))
    found = {}
    for name, query in json.loads(queries.read_text()).items():
        terms = run_query(store, query, {}).terms
        texts = (tuple("" if t is None else t.value for t in row) for row in terms)
        found[name] = Counter(texts)
    return found


SEVERAL = pytest.mark.parametrize("graph", ["small", "medium"])


@SEVERAL
def test_jena_gives_the_rows_of_the_cookbook(
    graph: str, queries: Path, jena, request: pytest.FixtureRequest
) -> None:
    exports = request.getfixturevalue(graph)
    assert rows(jena("sparql", exports.path("g.trig"), queries)) == ours(exports, queries)


@SEVERAL
def test_comunica_gives_the_rows_of_the_cookbook(
    graph: str, queries: Path, node, request: pytest.FixtureRequest
) -> None:
    exports = request.getfixturevalue(graph)
    assert rows(node("comunica", exports.path("g.trig"), queries)) == ours(exports, queries)


def test_nanopub_library_finds_them_valid(small: Exports) -> None:
    need_module("nanopub")
    import rdflib
    from nanopub import Nanopub

    whole = rdflib.Dataset().parse(path := small.path("g.nanopub.trig"), format="trig")
    assert path.is_file()
    heads = {g.identifier for g in whole.graphs() if str(g.identifier).endswith("#Head")}
    assert len(heads) == small.counts("g.nanopub.trig")["nanopublications"]
    for head in heads:
        one = rdflib.ConjunctiveGraph()
        start = str(head).removesuffix("Head")
        for graph in whole.graphs():
            if str(graph.identifier).startswith(start):
                for triple in graph:
                    one.get_context(graph.identifier).add(triple)
        assert Nanopub(rdf=one).is_valid
