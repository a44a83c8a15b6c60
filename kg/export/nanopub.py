"""Nanopublications, one a statement, unsigned: assertion, provenance and publication info.

Each stands alone: the assertion holds the statements that report this one, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import BinaryIO

from kg.export.claims import claims_of
from kg.export.lineages import Lineage, lineages
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
    claims = claims_of(annotation)
    run = f"run:{annotation.run}"
    for id_, lineage in lineages(annotation).items():
        own = [f"st:{id_}", *(f"cl:{claim.id}" for claim in claims.get(id_, []))]
        said = [*_outer(lineage, nodes), *((name, nodes[name]) for name in own)]
        speakers = dict.fromkeys(view.entity_of(statement.speaker) for statement in lineage)
        labels = [(f"ent:{one}", [f'rdfs:label "{escape(names[one])}"']) for one in speakers]
        assertion, evidence = [*_assertion(said), *labels], _evidence(said, nodes)
        yield _nanopub(f"{base}nanopub/{id_}", assertion, evidence, article.id, run)


def _outer(lineage: Lineage, nodes: Mapping[str, list[str]]) -> Iterator[Node]:
    """The statements that report one, each with that as its only content.

    Without them "the Union rejects it" would be the article's own report, and not Drewell's.
    """
    for outer, inner in pairwise(lineage):
        pairs = [pair for pair in nodes[f"st:{outer.id}"] if not pair.startswith("kg:content ")]
        yield f"st:{outer.id}", [*pairs, f"kg:content st:{inner.id}"]


def _assertion(said: list[Node]) -> list[Node]:
    return [
        (name, [pair for pair in pairs if not pair.startswith(_PROVENANCE)]) for name, pairs in said
    ]


def _evidence(said: list[Node], nodes: dict[str, list[str]]) -> list[Node]:
    """How sure the reading is, and the words behind it."""
    spans = {
        pair.partition(" ")[2]: None
        for _, pairs in said
        for pair in pairs
        if pair.startswith(_EVIDENCE)
    }
    found = [(name, [p for p in pairs if p.startswith(_PROVENANCE)]) for name, pairs in said]
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
