"""`kg sparql` in a process of its own, asked by clients that no one here wrote."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.query import cookbook
from kg.query.engine import run_query
from kg.query.index import Index
from kg.store import Store
from tests.cookbook import ROWS, query_for_small_graph

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "PREFIX kg: <https://w3id.org/claimgraph/ns#> "
DENIALS = PREFIX + "SELECT ?s WHERE { ?s kg:stance kg:denies } ORDER BY ?s"
TRIPLES = PREFIX + "CONSTRUCT { ?s kg:stance kg:denies } WHERE { ?s kg:stance kg:denies }"
ENDLESS = """SELECT (COUNT(*) AS ?n) WHERE {
  ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . FILTER(?b != ?d && ?f != ?h) }"""


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of the server, once it can be reached, and the address of its endpoint."""
    words = [sys.executable, "-m", "kg", "--store", str(folder), "--json", "sparql", "--port", "0"]
    process = subprocess.Popen(
        [*words, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        said = "".join(process.stdout.readline() for _ in range(3))
        yield process, json.loads(said)["endpoint"]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    with serving(folder) as (_process, address):
        yield address


def local(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with Store.open(folder, read_only=True) as store:
        index = Index(store.index)
        index.catch_up(store)
        return list(run_query(index.open(), query, index.state().prefixes))


def test_sparqlwrapper_gets_rows_truth_and_triples(endpoint: str, folder: Path) -> None:
    from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(endpoint)
    expected = [row[0] for row in local(folder, DENIALS)]
    client.setQuery(DENIALS)
    client.setReturnFormat(JSON)
    for method in ("GET", POST):
        client.setMethod(method)
        found = client.queryAndConvert()["results"]["bindings"]
        assert [row["s"]["value"] for row in found] == expected
    client.setRequestMethod(POSTDIRECTLY)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 2
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 2
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["s", *expected]
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery(TRIPLES)
    client.setReturnFormat(TURTLE)
    assert b"kg:denies" in client.queryAndConvert()


def test_sparqlwrapper_tells_a_query_that_is_wrong(endpoint: str) -> None:
    from SPARQLWrapper import SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(endpoint)
    client.setQuery("SELECT ?s WHERE { ?s nope:a ?o }")
    with pytest.raises(QueryBadFormed, match=r"line 1, column 22: prefix 'nope:' is not declared"):
        client.query()


@pytest.mark.parametrize("name", cookbook.names())
def test_rdflib_reads_the_cookbook_from_the_endpoint(
    endpoint: str, folder: Path, name: str
) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    query = query_for_small_graph(name)
    rows = list(SPARQLStore(endpoint).query(query))
    assert len(rows) == ROWS[name]
    texts = {tuple("" if term is None else str(term) for term in row) for row in rows}
    with Store.open(folder, read_only=True) as store:
        index = Index(store.index)
        terms = run_query(index.open(), query, index.state().prefixes).terms
    assert texts == {tuple("" if t is None else t.value for t in row) for row in terms}


def test_rdflib_reads_the_endpoint_as_a_graph(endpoint: str) -> None:
    from rdflib import Dataset, Namespace

    kg = Namespace("https://w3id.org/claimgraph/ns#")
    dataset = Dataset(store="SPARQLStore", default_union=True)
    dataset.open(endpoint)
    assert len(list(dataset.triples((None, kg.stance, kg.denies)))) == 2


def curl(*words: str) -> str:
    if shutil.which("curl") is None:
        pytest.skip("curl is missing")
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "60", *words],
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_curl_gets_posts_and_looks(endpoint: str, folder: Path) -> None:
    expected = "s\r\n" + "".join(f"{row[0]}\r\n" for row in local(folder, DENIALS))
    take = ("-H", "Accept: text/csv")
    assert curl(*take, "-G", endpoint, "--data-urlencode", f"query={DENIALS}") == expected
    assert curl(*take, endpoint, "--data-urlencode", f"query={DENIALS}") == expected
    typed = ("-H", "Content-Type: application/sparql-query")
    assert curl(*take, *typed, endpoint, "--data-binary", DENIALS) == expected
    head = curl("--head", *take, "-G", endpoint, "--data-urlencode", f"query={DENIALS}")
    assert head.startswith("HTTP/1.1 200 OK")
    assert f"content-length: {len(expected)}" in head
    assert "access-control" not in head
    assert "sd:Service" in curl(endpoint)


def test_curl_under_another_name_is_refused(endpoint: str) -> None:
    code = ("-o", os.devnull, "-w", "%{http_code}")
    assert curl(*code, "-H", "Host: rebound.example", endpoint) == "421"
    assert curl(*code, "-H", "Origin: http://rebound.example", endpoint) == "403"
    assert curl(*code, "-X", "DELETE", endpoint) == "405"


def test_other_addresses_of_this_machine_do_not_reach_it(endpoint: str) -> None:
    port = int(endpoint.rpartition(":")[2].partition("/")[0])
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_it_and_its_queries_at_once(folder: Path) -> None:
    with serving(folder) as (process, address):
        codes: list[str] = []

        def ask() -> None:
            wanted = ("-w", "%{http_code}", "-o", os.devnull, "-G", address)
            codes.append(curl(*wanted, "--data-urlencode", f"query={ENDLESS}"))

        asking = threading.Thread(target=ask)
        asking.start()
        wait_for_child(process.pid)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
        asking.join()
    assert (process.returncode, err) == (130, "Stopped.\n")
    assert codes in (["500"], ["503"])


def wait_for_child(pid: int) -> None:
    """Until the process has one that runs a query (Linux says so)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        pytest.skip("no /proc here")
    tasks = Path(f"/proc/{pid}/task")
    while not any((task / "children").read_text() for task in tasks.iterdir()):
        continue


def test_a_port_in_use_is_named(
    endpoint: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    port = endpoint.rpartition(":")[2].partition("/")[0]
    with pytest.raises(SystemExit) as left:
        main(["--store", str(folder), "sparql", "--port", port])
    message = f"Error: cannot listen on 127.0.0.1:{port}: address already in use. Try --port 0\n"
    assert (left.value.code, capfd.readouterr().err) == (2, message)


def test_without_the_extra_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "kg.web.serving", raising=False)
    with pytest.raises(SystemExit) as left:
        main(["--store", str(folder), "sparql"])
    message = "Error: serving needs starlette and uvicorn. Run: pip install 'claimgraph[server]'\n"
    assert (left.value.code, capfd.readouterr().err) == (1, message)


def test_without_a_store_it_says_how_to_make_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--store", str(tmp_path / "none"), "sparql"])
    assert left.value.code == 2
    assert "Make one: kg build INPUT" in capfd.readouterr().err


def test_the_examples_of_the_documentation_run(endpoint: str) -> None:
    text = (ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    known: dict[str, Any] = {}
    exec(first.replace("http://127.0.0.1:7878/sparql", endpoint), known)
    assert len(known["rows"]) == 2
    exec(second.replace("http://127.0.0.1:7878/sparql", endpoint), known)
    assert len(known["graph"]) > 500
