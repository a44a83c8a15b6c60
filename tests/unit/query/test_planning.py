from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.query.planning as planning
from kg.errors import UsageError
from kg.query import engine
from kg.query.engine import run_query
from kg.query.index import Index
from kg.query.planning import plan
from kg.query.statistics import Statistics, count
from kg.query.syntax import read_form
from tests.cookbook import ROWS, query_for_small_graph

X = "http://x/"
PREFIXES = {"x": X}
MANY = Statistics(
    predicates={f"{X}{name}": 10_000 for name in "pqrs"} | {f"{X}few": 10},
    objects={f"{X}p": 10_000, f"{X}q": 10_000, f"{X}r": 4, f"{X}s": 5_000, f"{X}few": 10},
    values={f"{X}r": {f"{X}a": 9_000, "word": 1}},
)


def is_planned(query: str, statistics: Statistics = MANY) -> bool:
    return plan(query, PREFIXES, statistics) != query


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that can be joined by hashing is."""
    monkeypatch.setattr(planning, "_MIN_ROWS", 0)
    monkeypatch.setattr(planning, "_LOOK_UP_COST", 1e9)


def test_patterns_of_many_rows_become_subqueries() -> None:
    query = "SELECT ?a ?c { ?a x:p ?b ; x:q ?c . FILTER(?c != 1) }"
    assert plan(query, PREFIXES, MANY) == (
        "SELECT ?a ?c { { SELECT ?a ?b WHERE { ?a x:p ?b } }\n"
        "{ SELECT ?a ?c WHERE { ?a x:q ?c } } FILTER(?c != 1) }"
    )


def test_steps_of_a_path_are_joined_one_by_one() -> None:
    planned = plan("SELECT ?a ?b { ?a x:p/^x:q ?b }", PREFIXES, MANY)
    assert "{ ?a x:p ?kg_step_1 }" in planned
    assert "{ ?b x:q ?kg_step_1 }" in planned


def test_few_rows_are_looked_up_beside_what_is_hashed() -> None:
    query = "SELECT ?a ?b ?c ?d { ?a x:p ?b ; x:q ?c . ?b x:big ?d }"
    statistics = Statistics(
        {**MANY.predicates, f"{X}big": 1_000_000}, {**MANY.objects, f"{X}big": 9}
    )
    planned = plan(query, PREFIXES, statistics)
    assert "{ ?b x:big ?d . {" not in planned
    assert "?b x:big ?d ." in planned


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?a ?c { ?a x:p ?b ; x:q ?c }", True),
        ("CONSTRUCT { ?a x:p ?c } WHERE { ?a x:p ?b ; x:q ?c }", True),
        ("PREFIX y: <http://x/> SELECT ?a ?c { ?a y:p ?b ; y:q ?c }", True),
        ("SELECT ?a ?c { ?a <http://x/p> ?b ; <http://x/q> ?c }", True),
        ("SELECT ?a ?c { ?a x:p ?b ; x:q ?c } ORDER BY ?a LIMIT 5", True),  # all must be sorted
        ("SELECT ?a (COUNT(*) AS ?n) { ?a x:p ?b ; x:q ?c } GROUP BY ?a LIMIT 5", True),
        ("SELECT ?a { ?a x:r x:a ; x:q ?c }", True),  # a value that many have
        ("SELECT ?a { VALUES ?k { x:a } ?a x:r ?k ; x:p ?b }", True),
        ("SELECT ?a { ?a x:p ?b . MINUS { ?a x:few ?c } ?a x:q ?d }", True),
        ("SELECT ?a { { ?a x:p ?b ; x:q ?c } UNION { ?a x:s ?c } }", True),
        # one value of many, a rare value and a rare predicate lead to few rows
        ("SELECT ?a { ?a x:p x:one ; x:q ?c }", False),
        ('SELECT ?a { ?a x:r "word" ; x:q ?c }', False),
        ("SELECT ?a { ?a x:few ?b ; x:q ?c }", False),
        ("SELECT ?a { VALUES ?b { 1 2 3 } ?a x:p ?b ; x:q ?c }", False),
        ("SELECT ?c { x:one x:p ?b . ?b x:q ?c }", False),
        # a predicate that nothing has
        ("SELECT ?a { ?a x:none ?b ; x:q ?c }", False),
        # one pattern is read in its order anyway
        ("SELECT ?a { ?a x:p ?b }", False),
        # few of many rows may be wanted
        ("SELECT ?a ?c { ?a x:p ?b ; x:q ?c } LIMIT 5", False),
        ("ASK { ?a x:p ?b ; x:q ?c }", False),
        # the steps of a path would be among the columns
        ("SELECT * { ?a x:p/x:q ?b }", False),
        # outside of the grammar here
        ("CONSTRUCT WHERE { ?a x:p ?b ; x:q ?c }", False),
        ("SELECT ?a { ?a x:p [ x:q ?c ] }", False),
        ("SELECT ?a { ?a x:p _:b . _:b x:q ?c }", False),
        ("SELECT ?a { GRAPH ?g { ?a x:p ?b ; x:q ?c } }", False),
        ("SELECT ?a { { SELECT ?a { ?a x:p ?b } LIMIT 3 } ?a x:q ?c ; x:s ?d }", False),
        ("SELECT ?a { ?a x:p ?b ; x:q ?c } VALUES ?a { x:one }", False),
        ("SELECT ?a { ?a x:p/x:q ?b . ?b x:p ?kg_step_1 }", False),  # a name that we would give
        ("SELECT ?a { ?a x:p/x:q ?b . ?b x:p $kg_step_1 }", False),
        ("SELECT ?a { ?a x:p ?b ; x:q", False),
        ("", False),
    ],
)
def test_a_query_is_planned_where_that_pays(query: str, *, expected: bool) -> None:
    assert is_planned(query) is expected


def test_without_statistics_nothing_is_planned() -> None:
    assert not is_planned("SELECT ?a ?c { ?a x:p ?b ; x:q ?c }", Statistics())


@pytest.mark.parametrize(
    ("optional", "expected"),
    [
        ("?a x:s ?d", True),
        ("?a x:s/x:p ?d", True),
        ("?a x:s* ?d", False),  # no subquery can hold it: it is looked up for each row
        ("?a x:s ?d FILTER(?d > 1)", True),
        ("?a x:s ?d OPTIONAL { ?d x:p ?e }", False),
    ],
)
def test_optional_is_hashed_as_a_whole_or_not_at_all(optional: str, *, expected: bool) -> None:
    planned = plan(f"SELECT ?a ?d {{ ?a x:p ?b OPTIONAL {{ {optional} }} }}", PREFIXES, MANY)
    assert ("SELECT ?a ?d WHERE" in planned or "SELECT ?a ?kg_step_1" in planned) is expected


# All kinds of parts that a query can have, over a small graph with the same triple in two graphs.
_THINGS = ("x:a", "x:b", "x:c")
_NODES = st.sampled_from(("?a", "?b", "?c", "?d", *_THINGS))
_PATHS = st.sampled_from(
    ("x:p", "x:q", "^x:p", "x:p/x:q", "x:q/^x:p/x:p", "x:p*", "(x:p|x:q)", "?b")
)
_ENDS = st.sampled_from(("?a", "?b", "?c", "?d", *_THINGS, "1", '"x"@en', '"x"'))


@st.composite
def _blocks(draw: st.DrawFn) -> str:
    patterns = draw(st.lists(st.tuples(_NODES, _PATHS, _ENDS), min_size=1, max_size=3))
    return " . ".join(" ".join(pattern) for pattern in patterns)


_PARTS = st.one_of(
    _blocks(),
    _blocks().map("OPTIONAL {{ {} }}".format),
    _blocks().map("MINUS {{ {} }}".format),
    _blocks().map("FILTER NOT EXISTS {{ {} }}".format),
    st.tuples(_blocks(), _blocks()).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
    st.sampled_from(
        ("FILTER(?a != ?b)", "VALUES ?a { x:a x:b }", "VALUES (?a ?c) { (x:a UNDEF) }")
    ),
)


@pytest.fixture(scope="module")
def small() -> ox.Store:
    """Three nodes, two predicates, literals of three kinds."""
    store = ox.Store()
    nodes = [ox.NamedNode(f"{X}{name}") for name in "abc"]
    literals = [ox.Literal(1), ox.Literal("x"), ox.Literal("x", language="en")]
    pairs = list(itertools.product(nodes, nodes + literals))
    for number, (subject, thing) in enumerate(pairs):
        predicate = ox.NamedNode(f"{X}{'pq'[number % 2]}")
        for graph in range(1 + number % 3 // 2):
            store.add(ox.Quad(subject, predicate, thing, ox.NamedNode(f"{X}g{graph}")))
    return store


@pytest.fixture(scope="module")
def forced() -> Iterator[None]:
    """As `always`, for all the examples of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "_MIN_ROWS", 0)
        patch.setattr(planning, "_LOOK_UP_COST", 1e9)
        yield


@given(parts=st.lists(_PARTS, min_size=1, max_size=4))
def test_a_planned_query_has_the_same_rows(small: ox.Store, forced: None, parts: list[str]) -> None:
    query = f"SELECT ?a ?b ?c ?d WHERE {{ {' '.join(_with_dots(parts))} }}"
    statistics = count(small)
    assert _rows(small, plan(query, PREFIXES, statistics)) == _rows(small, query)


def _with_dots(parts: list[str]) -> Iterator[str]:
    """A block ends with a dot, or the next would be part of its last triple."""
    for part in parts:
        yield f"{part} ." if part[0] in "?x" else part


def _rows(store: ox.Store, query: str) -> Counter[tuple[str, ...]]:
    solutions = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    return Counter(tuple(map(str, solution)) for solution in solutions)


@pytest.mark.parametrize("name", ROWS)
def test_the_cookbook_has_the_same_rows_planned(always: None, index: Index, name: str) -> None:
    state, store = index.state(), index.open()
    query = query_for_small_graph(name)
    planned = run_query(store, query, state.prefixes, statistics=state.statistics)
    assert Counter(planned.terms) == Counter(run_query(store, query, state.prefixes).terms)


def test_most_of_the_cookbook_can_be_planned(always: None, index: Index) -> None:
    state = index.state()
    queries = [query_for_small_graph(name) for name in ROWS]
    planned = [plan(query, state.prefixes, state.statistics) for query in queries]
    changed = [new for old, new in zip(queries, planned, strict=True) if new != old]
    assert len(changed) >= 18  # all but those with GRAPH and with a place that is not there
    for query in changed:
        read_form(query, state.prefixes)


def test_what_the_engine_cannot_read_is_asked_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "plan", lambda *_args: "SELECT nonsense")
    rows = run_query(ox.Store(), "SELECT ?a { ?a x:p ?b }", PREFIXES, statistics=MANY)
    assert len(rows) == 0
    with pytest.raises(UsageError, match=r"line 2, column \d+: cannot read"):
        run_query(ox.Store(), "SELECT ?a ?b\n{ ?a x:p }", PREFIXES, statistics=MANY)


def test_statistics_count_triples_objects_and_kinds(index: Index) -> None:
    store, state = index.open(), index.state()
    found = state.statistics
    assert found == count(store)
    assert found.triples == len(store) == state.triples
    stances = [quad.object for quad in store.quads_for_pattern(None, _kg("stance"), None, None)]
    assert found.predicates[_kg("stance").value] == len(stances)
    assert found.objects[_kg("stance").value] == len(set(stances))
    assert found.values[_kg("stance").value] == Counter(each.value for each in stances)


def _kg(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/claimgraph/ns#{name}")
