"""Nanopublications, one a statement, unsigned: assertion, provenance and publication info."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.export.rdf.article import ArticleNodes, Node
from kg.export.rdf.syntaxes import turtle
from kg.export.rdf.terms import escape, header
from kg.graph import GraphView
from kg.model import Annotation, Article
from kg.spill import Lookup

_NP = "http://www.nanopub.org/nschema#"
_PROVENANCE = ("prov:wasDerivedFrom ", "prov:wasGeneratedBy ", "kg:rule ", "kg:confidence ")
_EVIDENCE = ("kg:sentence ", "kg:cue ", "kg:speakerMention ", "kg:quote ", "kg:span ")


def write_nanopubs(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """TriG with four graphs a statement. What the article reports is asserted, never what is so."""
    count = 0
    base = view.base
    out.write((f"@prefix np: <{_NP}> .\n" + header(base)).encode())
    with Lookup((entity.id, entity.name) for entity in view.entities()) as names:
        for article, annotation in view.annotated():
            for text in _nanopubs(view, base, article, annotation, names):
                out.write(text.encode())
                count += 1
    return {"nanopublications": count}


def _nanopubs(
    view: GraphView, base: str, article: Article, annotation: Annotation, names: Lookup
) -> Iterator[str]:
    nodes = dict(ArticleNodes(article, annotation, view.entity_of).build())
    claims: dict[str, list[str]] = {}
    for claim in annotation.claims:
        claims.setdefault(claim.statement, []).append(f"cl:{claim.id}")
    for statement in annotation.statements:
        subject = f"st:{statement.id}"
        own = [(name, nodes[name]) for name in (subject, *claims.get(statement.id, []))]
        speaker = view.entity_of(statement.speaker)
        label = (f"ent:{speaker}", [f'rdfs:label "{escape(names[speaker])}"'])
        run = f"run:{annotation.run}"
        iri = f"{base}nanopub/{statement.id}"
        yield _nanopub(iri, [*_assertion(own), label], _evidence(own, nodes), article.id, run)


def _assertion(own: list[Node]) -> list[Node]:
    return [
        (name, [pair for pair in pairs if not pair.startswith(_PROVENANCE)]) for name, pairs in own
    ]


def _evidence(own: list[Node], nodes: dict[str, list[str]]) -> list[Node]:
    """How sure the reading is, and the words behind it."""
    spans = {
        pair.partition(" ")[2]: None
        for _, pairs in own
        for pair in pairs
        if pair.startswith(_EVIDENCE)
    }
    found = [(name, [p for p in pairs if p.startswith(_PROVENANCE)]) for name, pairs in own]
    found += [(span, nodes[span]) for span in spans]
    return [(name, pairs) for name, pairs in found if pairs]


def _nanopub(iri: str, assertion: list[Node], evidence: list[Node], article: str, run: str) -> str:
    parts = {name: f"<{iri}#{name}>" for name in ("Head", "assertion", "provenance", "pubinfo")}
    head = [
        (
            f"<{iri}>",
            [
                "a np:Nanopublication",
                f"np:hasAssertion {parts['assertion']}",
                f"np:hasProvenance {parts['provenance']}",
                f"np:hasPublicationInfo {parts['pubinfo']}",
            ],
        )
    ]
    source = [f"prov:wasDerivedFrom art:{article}", f"prov:wasGeneratedBy {run}"]
    graphs = (
        (parts["Head"], head),
        (parts["assertion"], assertion),
        (parts["provenance"], [(parts["assertion"], source), *evidence]),
        (parts["pubinfo"], [(f"<{iri}>", [f"prov:wasGeneratedBy {run}"])]),
    )
    return "".join(f"{graph} {{\n{turtle(nodes)}}}\n\n" for graph, nodes in graphs)
