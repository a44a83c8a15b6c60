from __future__ import annotations

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import kg
import kg.query.copying as copying_module
import kg.query.process as process_module
from kg.errors import KgError, UsageError
from kg.query.engine import QueryTimeoutError, run_query
from kg.query.index import Index
from kg.query.process import QueryProcess, Request
from kg.query.rows import Rows
from kg.store import Store

ENDLESS = """SELECT (COUNT(*) AS ?n) WHERE {
  ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . FILTER(?b != ?d && ?f != ?h) }"""
SMALL = "SELECT ?s WHERE { ?s kg:stance kg:denies } ORDER BY ?s"


@pytest.fixture
def queries() -> Iterator[QueryProcess]:
    process = QueryProcess()
    yield process
    process.close()


@pytest.fixture
def copy_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies pay after the first answer."""
    monkeypatch.setattr(copying_module, "copy_cost_s", lambda _triples: 0.0)


def ask(queries: QueryProcess, index: Index, query: str, timeout_s: float | None = 60) -> Rows:
    return queries.rows(index.state(), query, timeout_s=timeout_s)


@pytest.mark.parametrize(
    "query",
    [
        SMALL,
        # numbers, days and unbound cells keep their kind
        "SELECT ?s ?c ?d WHERE { ?s kg:confidence ?c OPTIONAL { ?s kg:saidEarliest ?d } } ORDER BY ?s",
        "ASK { ?s kg:stance kg:denies }",
        "ASK { ?s kg:stance kg:nothing }",
        # no row at all
        "SELECT ?s WHERE { ?s a kg:Nothing }",
    ],
)
def test_answer_is_that_of_the_same_query_in_this_process(
    queries: QueryProcess, index: Index, query: str
) -> None:
    here = run_query(index.open(), query, index.state().prefixes)
    there = ask(queries, index, query)
    assert (there.variables, list(there.terms)) == (here.variables, list(here.terms))
    assert there.to_text("json") == here.to_text("json")


def test_triples_come_back_as_triples(queries: QueryProcess, index: Index) -> None:
    query = "CONSTRUCT { ?s kg:stance ?o } WHERE { ?s kg:stance ?o }"
    here, there = run_query(index.open(), query, index.state().prefixes), ask(queries, index, query)
    assert sorted(there) == sorted(here)
    assert "kg:stance kg:denies" in there.to_text("ttl")


def test_a_query_out_of_time_ends_and_the_next_one_is_answered(
    queries: QueryProcess, index: Index
) -> None:
    assert len(ask(queries, index, SMALL)) == 2
    first = queries._process
    assert first is not None
    with pytest.raises(QueryTimeoutError, match=r"longer than 0.3 s. Add a LIMIT"):
        ask(queries, index, ENDLESS, timeout_s=0.3)
    assert first.poll() is not None  # gone, with all that the query held
    assert len(ask(queries, index, SMALL)) == 2


def test_closing_ends_the_process(queries: QueryProcess, index: Index) -> None:
    ask(queries, index, SMALL)
    process = queries._process
    assert process is not None
    queries.close()
    assert process.poll() is not None


def test_a_process_that_is_forgotten_ends(index: Index) -> None:
    queries = QueryProcess()
    ask(queries, index, SMALL)
    process = queries._process
    assert process is not None
    del queries
    assert process.poll() is not None


def test_the_process_ends_when_the_one_who_asks_has_gone(index: Index) -> None:
    request = Request(index.state(), ENDLESS, "json")
    process = subprocess.Popen(
        [sys.executable, "-P", process_module._WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    out, _ = process.communicate(request.line(in_memory=False), timeout=30)
    assert (process.returncode, out) == (0, b"")


@contextmanager
def once_sent(monkeypatch: pytest.MonkeyPatch, action: Callable[[], None]) -> Iterator[None]:
    """Do something in another thread as soon as the next query has been sent."""
    send = process_module._send
    threads: list[threading.Thread] = []

    def send_and_act(process: subprocess.Popen[bytes], line: bytes) -> None:
        send(process, line)
        threads.append(threading.Thread(target=action))
        threads[0].start()

    with monkeypatch.context() as patch:
        patch.setattr(process_module, "_send", send_and_act)
        yield
    threads[0].join()


def test_a_killed_process_is_an_error_and_not_an_empty_answer(
    queries: QueryProcess, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(queries, index, SMALL)
    process = queries._process
    assert process is not None
    with (
        once_sent(monkeypatch, process.kill),
        pytest.raises(KgError, match="the process of the query ended with code -9"),
    ):
        ask(queries, index, ENDLESS, timeout_s=None)
    assert len(ask(queries, index, SMALL)) == 2  # another one is started


def test_closing_ends_the_query_that_runs_and_refuses_others(
    queries: QueryProcess, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(queries, index, SMALL)
    with (
        once_sent(monkeypatch, queries.close),
        pytest.raises(KgError, match="ended with code -9"),
    ):
        ask(queries, index, ENDLESS, timeout_s=None)
    with pytest.raises(KgError, match="the graph is closed"):
        ask(queries, index, SMALL)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        # found before it is sent
        ("SELEC", "SPARQL line 1, column 1: expected SELECT"),
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE asks another server"),
        # found by Oxigraph
        ("SELECT ?s WHERE {\n ?s ?p }", "SPARQL line 2, column"),
    ],
)
def test_a_wrong_query_is_refused_with_its_place(
    queries: QueryProcess, index: Index, query: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        ask(queries, index, query)
    assert len(ask(queries, index, SMALL)) == 2


def test_graphs_can_be_chosen(queries: QueryProcess, index: Index) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    runs = index.state().prefixes["g"] + "runs"

    def number(query: str, default: tuple[str, ...], names: tuple[str, ...]) -> int:
        out = io.BytesIO()
        request = Request(
            index.state(),
            query,
            "csv",
            default_graphs=default,
            named_graphs=names,
        )
        queries.write(request, out, timeout_s=60)
        return int(out.getvalue().split()[1])

    of_runs = run_query(index.open(), f"SELECT * WHERE {{ GRAPH <{runs}> {{ ?s ?p ?o }} }}", {})
    assert number(count, (runs,), ()) == len(of_runs) > 0
    assert number(named, (runs,), ()) == 0
    assert number(count, (), (runs,)) == 0
    assert number(named, (), (runs,)) == 1


def test_a_graph_ends_its_queries_in_time_and_its_process_when_it_is_closed(store: Store) -> None:
    with kg.open(store.folder, read_only=True) as graph:
        assert len(graph.sparql(SMALL)) == 2
        with pytest.raises(QueryTimeoutError):
            graph.sparql(ENDLESS, timeout_s=0.3)
        assert len(graph.sparql(SMALL)) == len(graph.sparql(SMALL, in_process=True)) == 2
        assert graph._asking.process is not None
        process = graph._asking.process._process
    assert process is not None
    assert process.poll() is not None


def test_few_answers_make_no_copy(queries: QueryProcess, index: Index) -> None:
    for _ in range(3):
        ask(queries, index, SMALL)
    assert queries._copied is queries._copying is None


@pytest.mark.usefixtures("copy_is_free")
def test_a_copy_is_made_after_the_answer_and_asked_from_then_on(
    queries: QueryProcess, store: Store, index: Index
) -> None:
    first = ask(queries, index, SMALL)
    assert (queries._copied, queries._copying) == (None, index.state())
    second = ask(queries, index, SMALL)
    assert queries._copied == index.state()
    assert second.terms == first.terms
    store.save_claim_links([])
    index.catch_up(store)
    ask(queries, index, SMALL)  # another state is asked on disk again
    assert queries._copied is None
    ask(queries, index, SMALL)
    assert queries._copied == index.state()


@pytest.mark.usefixtures("copy_is_free")
def test_who_wants_the_disk_gets_no_copy(queries: QueryProcess, index: Index) -> None:
    for _ in range(2):
        assert len(queries.rows(index.state(), SMALL, timeout_s=60, in_memory=False)) == 2
    assert queries._copied is queries._copying is None


def test_the_time_of_a_copy_is_not_that_of_the_query(
    queries: QueryProcess, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[float | None] = []
    clock = process_module._Clock

    def note(process: subprocess.Popen[bytes], timeout_s: float | None) -> process_module._Clock:
        assert queries._copied == index.state()
        started.append(timeout_s)
        return clock(process, timeout_s)

    monkeypatch.setattr(process_module, "_Clock", note)
    assert len(queries.rows(index.state(), SMALL, timeout_s=60, in_memory=True)) == 2
    assert started == [60]


@pytest.mark.usefixtures("copy_is_free")
def test_a_query_that_runs_out_of_time_takes_the_copy_with_it(
    queries: QueryProcess, index: Index
) -> None:
    ask(queries, index, SMALL)
    with pytest.raises(QueryTimeoutError):
        ask(queries, index, ENDLESS, timeout_s=0.3)
    assert queries._copied is None
    assert len(ask(queries, index, SMALL)) == 2


@pytest.mark.parametrize("in_memory", [None, True])
@pytest.mark.usefixtures("copy_is_free")
def test_a_process_that_dies_of_a_copy_is_followed_by_one_on_disk(
    queries: QueryProcess, index: Index, monkeypatch: pytest.MonkeyPatch, *, in_memory: bool | None
) -> None:
    send = process_module._send
    deaths = 0

    def die(process: subprocess.Popen[bytes], line: bytes) -> None:
        nonlocal deaths
        if b'"copy"' in line:
            deaths += 1
            process.kill()
        else:
            send(process, line)

    monkeypatch.setattr(process_module, "_send", die)
    for _ in range(4):
        found = queries.rows(index.state(), SMALL, timeout_s=60, in_memory=in_memory)
        assert len(found) == 2
    assert deaths == (4 if in_memory else 1)  # unasked it is not tried again


@pytest.mark.usefixtures("copy_is_free")
def test_a_process_that_died_while_it_copied_unasked_is_not_asked_to_again(
    queries: QueryProcess, index: Index
) -> None:
    ask(queries, index, SMALL)
    process = queries._process
    assert process is not None
    assert queries._copying is not None
    process.kill()
    process.wait()
    for _ in range(2):
        assert len(ask(queries, index, SMALL)) == 2
    assert queries._copied is queries._copying is None


@pytest.mark.parametrize("in_memory", [None, True])
@pytest.mark.usefixtures("copy_is_free")
def test_a_store_that_has_changed_is_not_copied(
    queries: QueryProcess, store: Store, index: Index, *, in_memory: bool | None
) -> None:
    state = index.state()
    store.remove(next(store.articles()).id)
    for _ in range(2):
        assert len(queries.rows(state, SMALL, timeout_s=60, in_memory=in_memory)) == 2
    assert queries._copied is None
