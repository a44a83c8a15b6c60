from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import UsageError
from kg.export import export
from kg.export.rdf.terms import prefixes
from kg.query import cookbook
from kg.query.engine import run_query
from kg.query.rows import Rows
from kg.vocabulary import DEFAULT_BASE
from tests.cookbook import ROWS, query_for_small_graph
from tests.factories import small_graph

SHARED = Path(__file__).resolve().parents[4] / "shared" / "rdf" / "queries"


def trig() -> bytes:
    out = io.BytesIO()
    export(small_graph(), out, "trig")
    return out.getvalue()


@pytest.fixture(scope="module")
def oxigraph() -> ox.Store:
    store = ox.Store()
    store.load(trig(), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    return rdflib.Dataset(default_union=True).parse(data=trig(), format="trig")


def as_counter(rows) -> Counter[tuple[str, ...]]:
    return Counter(tuple("" if term is None else str(term) for term in row) for row in rows)


def texts(rows: Rows) -> Counter[tuple[str, ...]]:
    return as_counter([None if term is None else term.value for term in row] for row in rows.terms)


def test_cookbook_has_twenty_queries() -> None:
    assert cookbook.names() == sorted(ROWS)
    assert len(ROWS) == 20


@pytest.mark.parametrize("name", ROWS)
def test_query_finds_its_rows_and_rdflib_finds_the_same(
    name: str, oxigraph: ox.Store, dataset: rdflib.Dataset
) -> None:
    query = query_for_small_graph(name)
    rows = run_query(oxigraph, query, prefixes(DEFAULT_BASE))
    assert len(rows) == ROWS[name]
    assert texts(rows) == as_counter(dataset.query(query))


@pytest.mark.parametrize("name", ROWS)
def test_query_says_what_it_answers(name: str) -> None:
    title = cookbook.title(name)
    assert title.endswith(".")
    assert title[0].isupper()


@pytest.mark.parametrize("name", ROWS)
def test_page_shows_the_query_as_it_is(name: str) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "cookbook.md").read_text()
    lines = cookbook.query(name).splitlines()
    body = "\n".join(line for line in lines if not line.startswith(("#", "PREFIX")))
    assert f"```sparql\n{body}\n```" in page
    assert f"## {cookbook.title(name).rstrip('.')}" in page


def test_a_query_asks_about_another_name_and_day() -> None:
    name = "05-sources-on-a-place-before-a-date"
    asked = cookbook.about(cookbook.query(name), name='Port "C"', day=date(2024, 6, 19))
    assert 'schema:name "Port \\"C\\"" .' in asked
    assert '"2024-06-19"^^xsd:date' in asked
    assert cookbook.asked_about(cookbook.query(name)) == "Chechnya"
    assert cookbook.about(cookbook.query(name)) == cookbook.query(name)


@pytest.mark.parametrize(
    ("name", "word"), [("06-denials", "name"), ("01-said-by-a-person", "date")]
)
def test_what_a_query_does_not_ask_about_cannot_be_another(name: str, word: str) -> None:
    given = {"name": "Mia Holt"} if word == "name" else {"day": date(2024, 6, 19)}
    with pytest.raises(UsageError, match=f"asks about no {word}"):
        cookbook.about(cookbook.query(name), **given)


def test_unknown_query_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        cookbook.query("../../secrets")


@pytest.mark.quality
@pytest.mark.skipif(not SHARED.is_dir(), reason="the eleven queries are not beside the checkout")
@pytest.mark.parametrize("number", range(1, 12))
def test_question_of_a_journalist_is_answered(number: int, oxigraph: ox.Store) -> None:
    (path,) = SHARED.glob(f"{number:02}-*.rq")
    query = path.read_text().replace("Ramzan Kadyrov", "Ilda Marsh").replace("Chechnya", "Tarnby")
    query = query.replace("Dmitry Alushkin", "Ilda Marsh").replace("2017-05-05", "2024-03-05")
    assert len(run_query(oxigraph, query, prefixes(DEFAULT_BASE))) > 0
