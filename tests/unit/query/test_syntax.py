from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.query.engine import run_query
from kg.query.syntax import Form, _readable, read_form

PREFIXES = {"kg": "https://example.org/ns#", "ent": "https://example.org/e/"}


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("select * { ?s ?p ?o }", Form.SELECT),  # keywords in any case
        ("# SERVICE\nASK { ?s ?p ?o }", Form.ASK),  # a comment asks nothing
        ("PREFIX x: <http://x/> CONSTRUCT { ?s x:p ?o } { ?s x:p ?o }", Form.CONSTRUCT),
        ("BASE <http://x/> DESCRIBE <a>", Form.DESCRIBE),
        ("SELECT ?from ?service { ?from kg:from ?service }", Form.SELECT),  # not the keywords
        ("SELECT * { ?s ?p \"FROM x: SERVICE\", '''it's DELETE''' }", Form.SELECT),  # text
        ("SELECT * { ?s <http://x/FROM#LOAD> ent:a.b-c }", Form.SELECT),  # IRIs and names
        ('SELECT * { ?s kg:p "x"@en-GB, _:b, 1.5e3, true }', Form.SELECT),  # other tokens
        ("PREFIX : <http://x/> SELECT * { ?s :p ?o }", Form.SELECT),  # the empty prefix
    ],
)
def test_query_that_reads_is_allowed(query: str, form: Form) -> None:
    assert read_form(query, PREFIXES) is form


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC", "SPARQL line 1, column 1: expected SELECT, ASK, CONSTRUCT, DESCRIBE; found"),
        ("", "SPARQL line 1, column 1: expected SELECT, ASK, .*; the query is empty"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1: DELETE changes the graph; only SELECT"),
        ("PREFIX x: <http://x/>\nINSERT DATA { x:a x:b x:c }", "line 2, column 1: INSERT changes"),
        ("LOAD <file:///etc/passwd>", "LOAD changes the graph"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "column 12: SERVICE asks another server"),
        ("SELECT *\n  FROM <file:///etc/passwd> { ?s ?p ?o }", "line 2, column 3: FROM names a"),
        ("SELECT * FROM NAMED <x> { ?s ?p ?o }", "FROM names a data set"),
        ("SELECT * { ?s foo:bar ?o }", "column 15: prefix 'foo:' is not declared"),
        ("SELECT ?x WHERE { ?x ?y }", r"line 1, column \d+: cannot read"),
        ("SELECT ?x\nWHERE {\n  ?x kg:a }", r"line 3, column \d+: cannot read"),
        ("SELECT * { ?s ?p ?o", "SPARQL line 1, column .*: cannot read"),
    ],
)
def test_query_that_cannot_run_says_where_and_why(query: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run_query(ox.Store(), query, PREFIXES)


@pytest.mark.parametrize(
    ("query", "column", "variable"),
    [
        ("SELECT ?s ?n (COUNT(*) AS ?c) { ?s kg:p ?n } GROUP BY ?s", 11, "?n"),
        ("SELECT ?s (COUNT(*) AS ?c) WHERE { ?s ?p ?o }", 8, "?s"),  # no groups at all
        ("SELECT ?s ?n WHERE { ?s ?p ?n { ?s ?q ?m } } GROUP BY $s ORDER BY ?n", 11, "?n"),
        ("SELECT * { { SELECT ?s ?p { ?s ?p ?o } GROUP BY ?s } }", 24, "?p"),
        ("SELECT ?s ?m { ?s ?p ?o } GROUP BY ?s (STR(?o) AS ?x)", 11, "?m"),
    ],
)
def test_variable_outside_the_groups_is_named(query: str, column: int, variable: str) -> None:
    with pytest.raises(UsageError) as error:
        run_query(ox.Store(), query, PREFIXES)
    assert str(error.value) == (
        f"SPARQL line 1, column {column}: {variable} is neither grouped nor aggregated. Add it to "
        f"GROUP BY, or show for instance (COUNT({variable}) AS ?count)"
    )


def test_variable_beside_an_expression_needs_no_group() -> None:
    with pytest.raises(UsageError, match="overrides an existing variable"):
        run_query(ox.Store(), "SELECT (STR(?a) AS ?s) ?s { ?s ?p ?a }", PREFIXES)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (
            "one of \"$\", IF, SELECT * is not authorized with GROUP BY, ['0' ..= '9' | '\\u{00B7}'"
            "\n| '\\u{0300}'..='\\u{036F}'], ['_'], [_]",
            "SELECT * is not authorized with GROUP BY",
        ),
        ("one of Duplicated variable name in SELECT, [_]", "Duplicated variable name in SELECT"),
        ("one of NOT, [_]", "expected NOT"),
        ("one of A, B, C, D, E, F, G, H, I, J, [_]", "expected one of A, B, C, D, E, F, G, H ..."),
        ("one of ['A' ..= 'Z' | ']'], [_]", "cannot go on from here"),
        ("OPTIONAL", "cannot go on from here"),
        (None, "cannot go on from here"),
    ],
)
def test_what_the_engine_expected_is_told_shortly(expected: str | None, told: str) -> None:
    assert _readable(expected) == told


def test_refused_query_touches_nothing(tmp_path) -> None:
    victim = tmp_path / "secret.ttl"
    victim.write_text("<x:a> <x:b> <x:c> .")
    store = ox.Store()
    for query in (f"LOAD <{victim.as_uri()}>", f"SELECT * FROM <{victim.as_uri()}> {{ ?s ?p ?o }}"):
        with pytest.raises(UsageError):
            run_query(store, query, PREFIXES)
    assert len(store) == 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {" + "{" * 5_000 + "}" * 5_000 + "}", "column 210: more than 200 brackets"),
        ("ASK { FILTER(" + "STR(" * 1_000 + "1" + ")" * 1_000 + ") }", "more than 200 brackets"),
        # one after the other, as programs write them
        ("ASK {" + "BIND(1 AS ?x) " * 3_000 + "}", "more than 1,000 of FILTER"),
        ("ASK { FILTER(" + "1 = 1 || " * 10_000 + "true) }", "A list in VALUES or IN may"),
        ("ASK { FILTER(" + "!" * 10_000 + "true) }", "more than 1,000 of FILTER"),
        # rdflib's parser, which words the errors, has room for fewer brackets than the limit
        ("SELECT * {" + "{" * 190 + "?s ?p" + "}" * 190 + "}", "SPARQL line 1, column"),
    ],
)
def test_query_that_would_end_the_process_is_refused(query: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        run_query(ox.Store(), query, {})
    assert message in str(error.value)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { " + "{" * 190 + "}" * 190 + " }",
        "ASK { FILTER(" + "STR(" * 190 + '"a"' + ")" * 190 + ' = "a") }',
        "ASK { FILTER(" + "!!" * 490 + "true) }",
        # brackets side by side, and in strings and comments, are none inside each other
        "ASK { VALUES ?x { " + "1 " * 10_000 + "} FILTER(?x IN (" + "1, " * 10_000 + "1)) }",
        "ASK { " + "{ } " * 300 + "} # " + "{" * 300,
        'ASK { FILTER("' + "(" * 300 + '" != "") }',
    ],
)
def test_long_query_is_answered(query: str) -> None:
    assert next(iter(run_query(ox.Store(), query, {}))) == (True,)
