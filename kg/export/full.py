"""The full view: articles, statements, entities and what is said to tie them are nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from kg.export.claims import claims_of, factuality
from kg.export.copies import beside_originals
from kg.export.elements import Edge, Node, Value, entity_node, said_days, shortened
from kg.export.relations import relation_elements
from kg.export.source import file_name
from kg.graph import GraphView
from kg.model import Annotation, Article, Claim, Statement
from kg.spill import Lookup, Sorter


def full_elements(view: GraphView) -> Iterator[Node | Edge]:
    """Every article, statement and entity, and what connects them; nodes and edges mixed.

    Only the saying is asserted: an edge between two entities is what an article itself words.

    Memory holds one article at a time.
    """
    base = view.base
    with Sorter() as claims:
        for article, annotation, original in beside_originals(view):
            found = _ArticleElements(view, base, article, annotation).build()
            yield from found if original is None else _of_copy(found, article.id, original)
            for claim in annotation.claims:
                claims.add((claim.id, claim.statement))
        for entity in view.entities():
            yield entity_node(entity, base)
        with Lookup(claims) as statement_of:
            yield from _claim_edges(view, statement_of)


def _of_copy(found: Iterator[Node | Edge], copy: str, original: str) -> Iterator[Node | Edge]:
    """The elements of a near copy: none counts, and the nodes name the original."""
    for element in found:
        element.counted = False
        if isinstance(element, Node):
            element.attributes["copy_of"] = f"art:{original}"
        yield element
    yield Edge(f"art:{copy}", f"art:{original}", "copyOf", counted=False)


def _claim_edges(view: GraphView, statement_of: Lookup) -> Iterator[Edge]:
    """An edge for each pair of statements whose claims are linked, in the order of the links.

    Where several claims of the two are, the first gives the place and the last the score.
    """
    with Sorter() as linked, Sorter() as edges:
        for number, link in enumerate(view.claim_links()):
            left, right = statement_of.get(link.left), statement_of.get(link.right)
            if left is not None and right is not None:
                linked.add((left, link.relation, right, number, link.score))
        for pair, links in groupby(linked, key=itemgetter(0, 1, 2)):
            numbered = [link[3:] for link in links]
            edges.add((numbered[0][0], *pair, numbered[-1][1]))
        for _, source, relation, target, score in edges:
            yield Edge(f"st:{source}", f"st:{target}", relation, score)


class _ArticleElements:
    """The nodes and edges of one article."""

    def __init__(
        self, view: GraphView, base: str, article: Article, annotation: Annotation
    ) -> None:
        self._base = base
        self._article = article
        self._annotation = annotation
        self._node = f"art:{article.id}"
        self._day = article.published.isoformat() if article.published is not None else ""
        self._entities = {c.id: f"ent:{view.entity_of(c.id)}" for c in annotation.chains}

    def build(self) -> Iterator[Node | Edge]:
        claims = claims_of(self._annotation)
        yield self._article_node()
        for statement in self._annotation.statements:
            own = claims.get(statement.id, [])
            yield self._statement_node(statement, own)
            yield from self._statement_edges(statement, own)
        mentions = Counter(self._entities[m.chain] for m in self._annotation.mentions)
        for entity, count in mentions.items():
            yield Edge(self._node, entity, "mentions", float(count))
        yield from relation_elements(self._article, self._annotation, self._entities, self._base)

    def _article_node(self) -> Node:
        article = self._article
        file = file_name(article.source)
        name = article.title or file or article.id
        attributes: dict[str, Value] = {
            "name": name,
            "kind": "article",
            "iri": f"{self._base}article/{article.id}",
        }
        if self._day:
            attributes["date"] = self._day
        if file:
            attributes["file"] = file
        return Node(self._node, shortened(name), attributes, self._day, self._day)

    def _statement_node(self, statement: Statement, claims: list[Claim]) -> Node:
        text = self._article.text
        words = " … ".join([span.of(text) for span in statement.content])
        cue = " … ".join([span.of(text) for span in statement.cue])
        label = shortened(words or cue or statement.act.value)
        attributes: dict[str, Value] = {
            "name": label,
            "kind": "statement",
            "iri": f"{self._base}statement/{statement.id}",
            "sentence": statement.sentence.of(text),
            "sentence_start": statement.sentence.start,
            "sentence_end": statement.sentence.end,
            "act": statement.act.value,
            "stance": statement.stance.value,
            "quote_type": statement.quote_type.value,
            "depth": statement.depth,
            "confidence": round(statement.confidence, 4),
        }
        if words:
            attributes["text"] = words
        if cue:
            attributes["cue"] = cue
        attributes.update(factuality(claims))
        first, last = said_days(statement, self._article)
        if statement.said is not None:
            attributes["said_earliest"], attributes["said_latest"] = first, last
        if self._day:
            attributes["date"] = self._day
        if statement.review is not None:
            attributes["review"] = statement.review.value
        return Node(f"st:{statement.id}", label, attributes, first, last)

    def _statement_edges(self, statement: Statement, claims: list[Claim]) -> Iterator[Edge]:
        node, entities = f"st:{statement.id}", self._entities
        yield Edge(entities[statement.speaker], node, "says")
        yield Edge(node, self._node, "reportedIn")
        for entity in sorted({entities[chain] for claim in claims for chain in claim.about}):
            yield Edge(node, entity, "about")
        if statement.parent is not None:
            yield Edge(f"st:{statement.parent}", node, "content")
        parties = (
            ("onBehalfOf", statement.on_behalf_of),
            ("inWork", statement.work),
            ("addressee", statement.addressee),
            ("citesEvidence", statement.evidence),
        )
        for label, chain in parties:
            if chain is not None:
                yield Edge(node, entities[chain], label)
