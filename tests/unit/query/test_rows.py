from __future__ import annotations

import json
from datetime import date

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.query.engine import QueryTimeoutError, run_query
from kg.query.rows import Rows
from kg.vocabulary import XSD

X = "https://example.org/"
DATA = f"""
@prefix x: <{X}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:a x:text "hello <b>"@en ; x:n 3 ; x:d 0.5 ; x:on "2024-03-05"^^xsd:date ; x:ok true .
x:b x:text "=1+1" .
"""


def answer(query: str) -> Rows:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{X}graph"))
    return run_query(store, query, {"x": X})


ALL = "SELECT ?s ?t ?n ?d ?on ?ok { ?s x:text ?t OPTIONAL { ?s x:n ?n ; x:d ?d ; x:on ?on ; x:ok ?ok } } ORDER BY ?s"


def test_rows_are_python_values_as_often_as_asked() -> None:
    rows = answer(ALL)
    expected = [
        (f"{X}a", "hello <b>", 3, 0.5, date(2024, 3, 5), True),
        (f"{X}b", "=1+1", None, None, None, None),
    ]
    assert list(rows) == expected
    assert list(rows) == expected
    assert len(rows) == 2
    assert rows.variables == ("s", "t", "n", "d", "on", "ok")


def test_all_graphs_are_one() -> None:
    assert len(answer("SELECT * { ?s ?p ?o }")) == 6


def test_table_shortens_iris_and_long_texts() -> None:
    text = answer(
        'SELECT ?s (CONCAT("word ", ?t, STR(?s), STR(?s), STR(?s)) AS ?long) { ?s x:n ?n ; x:text ?t }'
    )
    lines = text.to_text("table").splitlines()
    assert lines[0].split() == ["s", "long"]
    assert lines[2].startswith("x:a  word hello <b>https://")
    assert lines[2].endswith("…")


def test_empty_answer_has_heads() -> None:
    assert answer("SELECT ?s ?t { ?s x:none ?t }").to_text("table") == "s  t\n-  -\n"


def test_csv_defuses_formulas() -> None:
    assert answer("SELECT ?t { x:b x:text ?t }").to_text("csv") == "t\r\n'=1+1\r\n"


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('"x"^^xsd:integer', "x"),
        ('"1_000"^^xsd:integer', "1_000"),  # Python would read it
        ('"2024-02-30"^^xsd:date', "2024-02-30"),  # no such day
        ('"-0044-03-15"^^xsd:date', "-0044-03-15"),  # no such year in Python
        ('"20240305"^^xsd:date', "20240305"),
        ('"abc"^^xsd:double', "abc"),
        ('"perhaps"^^xsd:boolean', "perhaps"),
        ('"0"^^xsd:boolean', False),
        ('"2024-03-05Z"^^xsd:date', date(2024, 3, 5)),
        ('"-INF"^^xsd:double', float("-inf")),
        ("-2.50", -2.5),
        (f'"{"9" * 5_000}"^^xsd:integer', "9" * 5_000),
    ],
)
def test_literal_without_a_python_value_is_its_text(literal: str, value: object) -> None:
    rows = run_query(ox.Store(), f"SELECT ({literal} AS ?n) {{}}", {"xsd": XSD})
    assert list(rows) == [(value,)]


@pytest.mark.parametrize(
    ("literal", "cell"),
    [
        ("true", "true"),
        ("12345678901234567890.12345678", "12345678901234567890.12345678"),  # not rounded
        ('"x"^^xsd:integer', "x"),
        ("-3", "-3"),  # a number, no formula
        ('"-0044-03-15"^^xsd:date', "-0044-03-15"),
        ('"=1+1"^^xsd:integer', "'=1+1"),  # of a type that it does not fit
        ('"-3"', "'-3"),  # text
    ],
)
def test_csv_has_the_lexical_forms(literal: str, cell: str) -> None:
    rows = run_query(ox.Store(), f"SELECT ({literal} AS ?n) {{}}", {"xsd": XSD})
    assert rows.to_text("csv") == f"n\r\n{cell}\r\n"


def test_json_is_that_of_sparql() -> None:
    found = json.loads(answer(ALL).to_text("json"))
    assert found["head"]["vars"][:2] == ["s", "t"]
    first, second = found["results"]["bindings"]
    assert first["t"] == {"type": "literal", "value": "hello <b>", "xml:lang": "en"}
    assert first["n"]["datatype"].endswith("#integer")
    assert set(second) == {"s", "t"}  # what is unbound is left out


def test_ask_is_one_truth_value() -> None:
    rows = answer("ASK { ?s x:n 3 }")
    assert list(rows) == [(True,)]
    assert json.loads(rows.to_text("json")) == {"head": {}, "boolean": True}


def test_construct_is_turtle() -> None:
    rows = answer("CONSTRUCT { ?s x:said ?t } { ?s x:text ?t }")
    assert list(ox.parse(rows.to_text("ttl").encode(), format=ox.RdfFormat.TURTLE))
    assert "x:a x:said" in rows.to_text("ttl")
    assert rows.variables == ("subject", "predicate", "object")


def test_select_has_no_turtle() -> None:
    with pytest.raises(UsageError, match="SELECT answers no triples; use table, csv or json"):
        answer(ALL).to_text("ttl")


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"unknown format 'xml'\. One of: table, csv, json, ttl"):
        answer(ALL).to_text("xml")


def test_html_is_escaped() -> None:
    assert "hello &lt;b&gt;" in answer(ALL)._repr_html_()


def test_pandas_gets_the_columns() -> None:
    frame = pytest.importorskip("pandas") and answer(ALL).to_pandas()
    assert list(frame.columns) == ["s", "t", "n", "d", "on", "ok"]
    assert frame["n"].iloc[0] == 3


def test_query_that_takes_too_long_is_given_up() -> None:
    store = ox.Store()
    x = ox.NamedNode(f"{X}p")
    store.extend(
        ox.Quad(ox.NamedNode(f"{X}{i}"), x, ox.NamedNode(f"{X}{(i * 7) % 150}")) for i in range(150)
    )
    # Under a second: the thread of a query that was given up goes on to its end.
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.05 s"):
        run_query(store, slow, {}, timeout_s=0.05)
