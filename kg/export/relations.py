"""Relations between entities in the full view: an edge only where the article itself words one.

What is worded inside a statement is a node, tied to that statement and to both entities by edges
that assert nothing: "Helen Marsh denied that Wilk was the brother of Kral" makes no kin of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.export.claims import claims_of, factuality
from kg.export.elements import Edge, Node, Value, said_days, shortened
from kg.model import Annotation, Article, Relation, Statement


def relation_elements(
    article: Article, annotation: Annotation, entities: Mapping[str, str], base: str
) -> Iterator[Node | Edge]:
    """The relations of an article; `entities`: chain id to the node of its entity.

    A job title is no entity, so it stays in RDF and the tables.
    """
    statements = {one.id: one for one in annotation.statements}
    claims = claims_of(annotation)
    for relation in annotation.relations:
        if relation.object is None:
            continue
        subject, thing = entities[relation.subject], entities[relation.object]
        if relation.statement is None:
            yield _edge(relation, article, subject, thing)
            continue
        statement = statements[relation.statement]
        said = factuality(claims.get(statement.id, []))
        yield _node(relation, statement, article, f"{base}relation/{relation.id}", said)
        yield from _ties(relation, subject, thing)


def _edge(relation: Relation, article: Article, subject: str, thing: str) -> Edge:
    attributes: dict[str, Value] = {
        "confidence": round(relation.confidence, 4),
        "evidence": relation.span.of(article.text),
    }
    return Edge(subject, thing, relation.predicate, attributes=attributes)


def _node(
    relation: Relation, statement: Statement, article: Article, iri: str, said: Mapping[str, str]
) -> Node:
    """A relation that somebody words; the stance stands first, so that no label hides it."""
    words = relation.span.of(article.text)
    label = shortened(f"{statement.stance}: {relation.predicate} – {words}")
    first, last = said_days(statement, article)
    attributes: dict[str, Value] = {
        "name": label,
        "kind": "relation",
        "iri": iri,
        "predicate": relation.predicate,
        "text": words,
        "stance": statement.stance.value,
        "depth": statement.depth,
        "confidence": round(relation.confidence, 4),
        **said,
    }
    return Node(f"rel:{relation.id}", label, attributes, first, last)


def _ties(relation: Relation, subject: str, thing: str) -> Iterator[Edge]:
    node = f"rel:{relation.id}"
    yield Edge(node, f"st:{relation.statement}", "saidIn")
    yield Edge(node, subject, "subject")
    yield Edge(node, thing, "object")
