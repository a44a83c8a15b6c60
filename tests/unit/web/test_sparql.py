"""The protocol, without a socket."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.query.index import Index
from kg.store import Store
from kg.web.answers import Answers
from kg.web.sparql import MAX_QUERY_BYTES, sparql_app

BASE = "http://127.0.0.1:7878"
DENIALS = "SELECT ?s WHERE { ?s kg:stance kg:denies } ORDER BY ?s"
TRIPLES = "CONSTRUCT { ?s kg:stance kg:denies } WHERE { ?s kg:stance kg:denies }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = """SELECT (COUNT(*) AS ?n) WHERE {
  ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . FILTER(?b != ?d && ?f != ?h) }"""
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    answers = Answers(folder, processes=1, timeout_s=60)
    with TestClient(sparql_app(answers), base_url=BASE) as opened:
        yield opened


def ask(client: TestClient, query: str, accept: str = "*/*", **more: str):
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


def bindings(answer) -> list[dict[str, dict[str, str]]]:
    return answer.json()["results"]["bindings"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        # the names that other clients use
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        # the better quality wins, then the closer range
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/tab-separated-values; charset=utf-8"),
        # what a browser sends
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    ],
)
@pytest.mark.parametrize("query", [DENIALS, "ASK { ?s kg:stance kg:denies }"])
def test_rows_come_in_the_format_that_the_client_takes(
    client: TestClient, query: str, accept: str, content_type: str
) -> None:
    answer = ask(client, query, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert answer.headers["vary"] == "Accept"
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_every_format_holds_the_same_rows(client: TestClient) -> None:
    found = [row["s"]["value"] for row in bindings(ask(client, DENIALS))]
    assert len(found) == 2
    comma = csv.DictReader(io.StringIO(ask(client, DENIALS, "text/csv").text))
    assert [row["s"] for row in comma] == found
    tab = ask(client, DENIALS, "text/tab-separated-values").text.splitlines()
    assert tab == ["?s", *(f"<{iri}>" for iri in found)]
    xml = ask(client, DENIALS, "application/sparql-results+xml").content
    parsed = ox.parse_query_results(xml, format=ox.QueryResultsFormat.XML)
    assert [row["s"].value for row in parsed] == found


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        # what rdflib's store sends
        ("application/sparql-results+xml,application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_triples_come_in_the_format_that_the_client_takes(
    client: TestClient, accept: str, content_type: str
) -> None:
    answer = ask(client, TRIPLES, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    kind = ox.RdfFormat.from_media_type(content_type)
    assert len(list(ox.parse(answer.content, format=kind))) == 2


def test_a_query_can_be_posted_as_a_form_or_as_it_is(client: TestClient) -> None:
    got = bindings(ask(client, DENIALS))
    form = client.post("/sparql", data={"query": DENIALS})
    bare = client.post("/sparql", content=DENIALS, headers=QUERY)
    with_charset = {"content-type": "application/sparql-query; charset=UTF-8"}
    named = client.post("/sparql", content=DENIALS, headers=with_charset)
    assert bindings(form) == bindings(bare) == bindings(named) == got


def test_head_answers_like_get_without_the_body(client: TestClient) -> None:
    got = ask(client, DENIALS)
    head = client.head("/sparql", params={"query": DENIALS})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["content-type"] == got.headers["content-type"]


def test_named_graphs_make_the_data_set(client: TestClient) -> None:
    listed = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    graphs = [row["g"]["value"] for row in bindings(ask(client, listed))]
    runs = next(graph for graph in graphs if graph.endswith("/runs"))

    def count(**parameters: str) -> int:
        return int(bindings(ask(client, COUNT, **parameters))[0]["n"]["value"])

    assert 0 < count(**{"default-graph-uri": runs}) < count()
    assert count(**{"named-graph-uri": runs}) == 0  # the default graph is empty then
    only = ask(client, listed, **{"named-graph-uri": runs})
    assert [row["g"]["value"] for row in bindings(only)] == [runs]
    posted = client.post(
        "/sparql", params={"default-graph-uri": runs}, content=COUNT, headers=QUERY
    )
    assert int(bindings(posted)[0]["n"]["value"]) == count(**{"default-graph-uri": runs})


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("*/*", ox.RdfFormat.TURTLE), ("application/rdf+xml", ox.RdfFormat.RDF_XML)],
)
def test_without_a_query_the_service_describes_itself(
    client: TestClient, accept: str, kind: ox.RdfFormat
) -> None:
    answer = client.get("/sparql", headers={"accept": accept})
    assert answer.status_code == 200
    store = ox.Store()
    store.load(answer.content, format=kind)
    found = store.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
        "SELECT ?e WHERE { ?s a sd:Service ; sd:endpoint ?e ; "
        "sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph }"
    )
    assert [row["e"].value for row in found] == [f"{BASE}/sparql"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC * WHERE { }", "SPARQL line 1, column 1: expected SELECT, ASK"),
        # the engine's own errors
        ("SELECT ?s WHERE {\n  ?s ?p }", "SPARQL line 2, column"),
        ("SELECT ?x WHERE { ?x nope:a ?y }", "SPARQL line 1, column 22: prefix 'nope:' is not"),
        ("", "SPARQL line 1, column 1"),
        # nothing is fetched, nothing is changed
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM names a data set"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE changes the graph"),
        ("LOAD <file:///etc/passwd>", "LOAD changes the graph"),
    ],
)
def test_a_query_that_cannot_be_answered_is_400_with_its_place(
    client: TestClient, query: str, message: str
) -> None:
    for answer in (ask(client, query), client.post("/sparql", content=query, headers=QUERY)):
        assert answer.status_code == 400
        assert message in answer.text
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "request_", "status", "message"),
    [
        ("PUT", {"content": "x"}, 405, "Method Not Allowed"),
        # what a browser asks before a request of another site
        ("OPTIONS", {}, 405, "Method Not Allowed"),
        (
            "POST",
            {"content": DENIALS, "headers": {"content-type": "text/plain"}},
            415,
            "text/plain",
        ),
        ("POST", {"content": DENIALS}, 415, "application/sparql-query"),
        (
            "POST",
            {"content": "CLEAR ALL", "headers": {"content-type": "application/sparql-update"}},
            415,
            "read-only",
        ),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 400, "read-only"),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 400, "read-only"),
        (
            "POST",
            {"content": b"x", "headers": {**QUERY, "content-encoding": "gzip"}},
            415,
            "the encoding 'gzip'",
        ),
        ("POST", {"data": {"x": "y"}}, 400, "one parameter 'query'; found 0"),
        ("POST", {"content": "query=%FF", "headers": FORM}, 400, "cannot be read"),
        ("POST", {"content": b"\xff", "headers": QUERY}, 400, "not UTF-8"),
        ("POST", {"content": b" " * (MAX_QUERY_BYTES + 1), "headers": QUERY}, 413, "1048576"),
        ("GET", {"params": [("query", COUNT), ("query", COUNT)]}, 400, "found 2"),
        (
            "GET",
            {"params": {"query": COUNT, "default-graph-uri": "no iri"}},
            400,
            "'no iri' is not",
        ),
        (
            "GET",
            {"params": {"query": COUNT}, "headers": {"accept": "image/png"}},
            406,
            "application/sparql-results+json",
        ),
        (
            "GET",
            {"params": {"query": COUNT}, "headers": {"accept": "text/csv;q=0"}},
            406,
            "text/csv",
        ),
        (
            "GET",
            {"params": {"query": TRIPLES}, "headers": {"accept": "text/csv"}},
            406,
            "text/turtle",
        ),
    ],
)
def test_a_request_that_is_not_of_the_protocol_is_refused(
    client: TestClient, method: str, request_: dict, status: int, message: str
) -> None:
    answer = client.request(method, "/sparql", **request_)
    assert answer.status_code == status
    assert message in answer.text


def test_an_address_that_is_not_utf_8_is_refused(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%20%7D")
    assert answer.status_code == 400
    assert "The parameters cannot be read: 'utf-8' codec" in answer.text


def test_other_paths_name_the_endpoint(client: TestClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.text) == (404, "The SPARQL endpoint is /sparql\n")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7878", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:7878", 200),
        # a name of someone else that points here
        ("rebound.example:7878", 421),
        ("127.0.0.1.rebound.example", 421),
        ("localhost.rebound.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_an_address_or_localhost_is_answered(
    client: TestClient, host: str, status: int
) -> None:
    answer = client.get("/sparql", headers={"host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [(BASE, 200), ("http://rebound.example", 403), ("null", 403), ("http://127.0.0.1:1", 403)],
)
def test_requests_of_other_sites_are_refused(client: TestClient, origin: str, status: int) -> None:
    answer = client.get("/sparql", params={"query": COUNT}, headers={"origin": origin})
    assert answer.status_code == status
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_query_out_of_time_is_503_and_leaves_nothing_behind(folder: Path) -> None:
    answers = Answers(folder, processes=1, timeout_s=0.5)
    with TestClient(sparql_app(answers), base_url=BASE) as client:
        late = ask(client, ENDLESS)
        assert late.status_code == 503
        assert late.text == "the query took longer than 0.5 s. Add a LIMIT?\n"
        assert [each._process for each in answers._all] == [None]


def test_a_query_waits_for_a_process_and_is_told_when_none_gets_free(folder: Path) -> None:
    answers = Answers(folder, processes=1, timeout_s=0.2)
    taken = threading.Event()
    done = threading.Event()

    def keep() -> None:
        with answers._process():
            taken.set()
            done.wait(30)

    holder = threading.Thread(target=keep)
    holder.start()
    assert taken.wait(30)
    with TestClient(sparql_app(answers), base_url=BASE) as client:
        busy = ask(client, COUNT)
        done.set()
        holder.join()
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
    assert "Try again later" in busy.text


@pytest.mark.parametrize("in_memory", [False, True, None])
def test_what_changes_in_the_store_is_in_the_next_answer(
    own: Store, *, in_memory: bool | None
) -> None:
    answers = Answers(own.folder, processes=1, timeout_s=60, in_memory=in_memory)
    with TestClient(sparql_app(answers), base_url=BASE) as client:
        assert len(bindings(ask(client, DENIALS))) == 2
        for article in list(own.articles()):
            own.remove(article.id)
        own.save_resolution([], [])
        assert bindings(ask(client, DENIALS)) == []
        # the index may be deleted at any time
        Index(own.index).delete()
        assert bindings(ask(client, DENIALS)) == []


def test_a_store_that_has_gone_is_503(own: Store, tmp_path: Path) -> None:
    answers = Answers(tmp_path / "nothing", processes=1, timeout_s=60)
    with TestClient(sparql_app(answers), base_url=BASE) as client:
        answer = ask(client, DENIALS)
    assert answer.status_code == 503
    assert "no store in" in answer.text


def test_large_answers_are_whole(client: TestClient) -> None:
    query = "SELECT * WHERE { ?s ?p ?o . ?a kg:stance ?b }"
    answer = ask(client, query)
    assert len(bindings(answer)) > 5_000
    assert json.loads(answer.content)
