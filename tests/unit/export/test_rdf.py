from __future__ import annotations

import io
from dataclasses import replace
from importlib.resources import files

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.export import export
from kg.export.rdf.graphs import ENTITIES, graphs
from kg.export.rdf.terms import decimal, escape
from kg.model import Relation
from kg.vocabulary import KG, SCHEMA, Polarity
from tests.factories import MemoryView, small_graph

ID = "https://w3id.org/claimgraph/id/"
SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}


def written(form: str, view: MemoryView | None = None) -> bytes:
    out = io.BytesIO()
    export(view or small_graph(), out, form)
    return out.getvalue()


def quads(form: str, view: MemoryView | None = None) -> list[ox.Quad]:
    return list(ox.parse(written(form, view), format=SYNTAXES[form]))


def as_graph(view: MemoryView | None = None) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written("turtle", view), format="turtle")


@pytest.mark.parametrize("form", SYNTAXES)
def test_no_quad_is_written_twice_and_the_count_is_told(form: str) -> None:
    found = quads(form)
    assert len(found) == len(set(found)) > 500
    (count,) = export(small_graph(), io.BytesIO(), form).counts.values()
    assert count == len(found)


def test_all_syntaxes_say_the_same() -> None:
    trig, nquads = set(quads("trig")), set(quads("nquads"))
    assert trig == nquads
    assert {str(q.triple) for q in trig} == {str(q.triple) for q in quads("turtle")}
    assert set(quads("turtle")) == set(quads("nt"))


def test_no_node_is_blank() -> None:
    assert not any(isinstance(term, ox.BlankNode) for quad in quads("trig") for term in quad.triple)


def test_rdflib_reads_what_oxigraph_reads() -> None:
    assert len(as_graph()) == len(quads("turtle"))


def test_export_conforms_to_the_shapes() -> None:
    shapes = rdflib.Graph().parse(data=(files("kg.export") / "data/shapes.ttl").read_text())
    conforms, _, report = pyshacl.validate(as_graph(), shacl_graph=shapes)
    assert conforms, report


def test_every_term_of_ours_is_in_the_vocabulary() -> None:
    vocabulary = rdflib.Graph().parse(data=(files("kg.export") / "data/vocabulary.ttl").read_text())
    known = {str(subject) for subject in vocabulary.subjects()}
    used = {str(term) for triple in as_graph() for term in triple if str(term).startswith(KG)}
    assert used - known == set()


def test_nested_statement_is_content_of_its_parent_beside_the_claim() -> None:
    rows = as_graph().query(
        f"""PREFIX kg: <{KG}> SELECT ?claim WHERE {{
        ?outer kg:act kg:Write ; kg:content ?inner , ?claim . ?inner kg:depth 2 .
        ?claim a <{SCHEMA}Claim> }}"""
    )
    assert len(rows) == 1


def test_speaking_place_is_an_organisation_too() -> None:
    graph = as_graph()
    names = {
        str(graph.value(entity, rdflib.RDFS.label))
        for entity in graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}Place"))
        if (entity, rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}Organization")) in graph
    }
    assert names == {"Moldavia"}  # Tarnby is a place that says nothing


def test_cue_outside_its_sentence_is_not_shown() -> None:
    view = small_graph()
    (article, annotation), *others = view.annotations
    statement = annotation.statements[0]
    moved = replace(statement, sentence=annotation.statements[1].sentence)
    changed = replace(annotation, statements=(moved, *annotation.statements[1:]))
    graph = as_graph(replace(view, annotations=((article, changed), *others)))
    subject = rdflib.URIRef(f"{ID}statement/{statement.id}")
    assert graph.value(subject, rdflib.URIRef(f"{KG}cue")) is None
    assert graph.value(subject, rdflib.URIRef(f"{KG}speakerMention")) is None


def plain(view: MemoryView) -> list[str]:
    """What the articles say themselves of entities: the nodes of these without a class."""
    found = []
    for graph, nodes in graphs(view):
        if graph == ENTITIES:
            found += [pair for _, pairs in nodes if pairs[0][:2] != "a " for pair in pairs]
    return found


def test_relation_worded_by_the_article_is_a_plain_triple() -> None:
    assert plain(small_graph()) == [
        'schema:jobTitle "Mayor"@en',
        "schema:worksFor ent:coast-agency-d8d63ae9",
    ]


def test_relation_worded_inside_a_statement_is_no_fact() -> None:
    view = small_graph()
    (article, annotation), *others = view.annotations
    said = annotation.statements[0].id

    def inside(relation: Relation) -> Relation:
        return replace(relation, statement=said)

    changed = replace(annotation, relations=tuple(map(inside, annotation.relations)))
    view = replace(view, annotations=((article, changed), *others))
    assert plain(view) == []
    assert written("turtle", view).count(f"kg:saidIn st:{said}".encode()) == 2


def test_relation_that_two_articles_word_is_one_triple() -> None:
    view = small_graph()
    (article, annotation), (second, other) = view.annotations
    marsh = next(chain for chain in other.chains if chain.name == "Ilda Marsh")
    relation = replace(annotation.relations[0], id="hsecond", article=second.id, subject=marsh.id)
    view = replace(
        view, annotations=((article, annotation), (second, replace(other, relations=(relation,))))
    )
    assert len(plain(view)) == 2
    in_graphs = [quad.triple for quad in quads("nquads", view)]
    assert len(in_graphs) == len(set(in_graphs)) == len(set(quads("turtle", view)))


def test_link_confidence_stands_at_the_chain_that_was_linked() -> None:
    found = list(as_graph().objects(None, rdflib.URIRef(f"{KG}linkConfidence")))
    assert [str(value) for value in found] == ["0.97"] * 3  # Marsh, Tarnby, Coast Agency


def test_claim_link_is_a_triple_between_claims() -> None:
    graph = as_graph()
    ((left, right),) = graph.subject_objects(rdflib.URIRef(f"{KG}contradicts"))
    polarity = rdflib.URIRef(f"{KG}polarity")
    assert str(graph.value(left, polarity)).endswith(Polarity.POSITIVE)
    assert str(graph.value(right, polarity)).endswith(Polarity.NEGATIVE)


def test_path_of_the_source_does_not_leave_the_machine() -> None:
    assert b"/home/someone" not in written("nquads")
    assert b'"leak.txt"' in written("nquads")


def test_data_lie_under_the_base_that_was_set() -> None:
    text = written("nquads", small_graph(base="https://data.example/g#"))
    assert b"w3id.org/claimgraph/id/" not in text
    assert b"<https://data.example/g#statement/" in text


@given(st.text())
def test_any_text_survives_as_a_literal(text: str) -> None:
    (quad,) = ox.parse(f'<x:s> <x:p> "{escape(text)}" .'.encode(), format=ox.RdfFormat.N_TRIPLES)
    assert quad.object.value == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"),  # rdflib would write 3e-01 for the double
        (1.0, "1.0"),  # Turtle reads "1" as an integer, "1." as the end of a sentence
        (0.00001, "0.0"),  # never an exponent
        (0.12345, "0.1235"),
    ],
)
def test_decimal_has_digits_and_a_point(number: float, text: str) -> None:
    assert decimal(number) == text


def test_lone_surrogate_becomes_one_replacement_character() -> None:
    assert escape("a\ud800b") == "a\ufffdb"


def test_a_copy_names_the_article_that_it_repeats() -> None:
    view = small_graph()
    (first, second, *_) = [article.id for article in view.articles()]
    out = io.BytesIO()
    export(replace(view, all_copies=((second, first),)), out, "nquads")
    (said,) = [line for line in out.getvalue().decode().splitlines() if "#copyOf>" in line]
    assert said.index(f"/{second}>") < said.index("#copyOf>") < said.index(f"/{first}>")
