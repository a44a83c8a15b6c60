"""W3C Web Annotations for statements and mentions, so that annotation tools can show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kg.export.lineages import lineages, passage, sources
from kg.export.rdf.terms import is_iri
from kg.export.source import is_web_address
from kg.graph import GraphView
from kg.model import Annotation, Article, Mention, Span, Statement
from kg.spill import Lookup

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_CHARS = 32
"""Before and after the words, for tools that find them in another edition of the text."""


def write_annotations(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """One annotation page; a statement or mention a line."""
    count = 0
    base = view.base
    head = {"@context": _CONTEXT, "id": f"{base}annotations", "type": "AnnotationPage"}
    out.write((json.dumps(head)[:-1] + ', "items": [').encode())
    for item in _items(view, base):
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
        out.write(((",\n" if count else "\n") + line).encode(errors="replace"))
        count += 1
    out.write(b"\n]}\n")
    return {"annotations": count}


def _items(view: GraphView, base: str) -> Iterator[dict[str, Any]]:
    with Lookup((entity.id, entity.name) for entity in view.entities()) as names:
        for article, annotation in view.annotated():
            resolved = {chain.id: view.entity_of(chain.id) for chain in annotation.chains}
            yield from _Items(base, article, annotation, resolved, names).build()


class _Items:
    """The annotations of one article."""

    def __init__(
        self,
        base: str,
        article: Article,
        annotation: Annotation,
        resolved: Mapping[str, str],
        names: Lookup,
    ) -> None:
        """`resolved`: chain id to entity id; `names`: entity id to name."""
        self._base = base
        self._article = article
        self._annotation = annotation
        self._entities = {chain: f"{base}entity/{entity}" for chain, entity in resolved.items()}
        self._names = {chain: names[entity] for chain, entity in resolved.items()}
        self._lineages = lineages(annotation)
        self._worded = {chain.id: chain.name for chain in annotation.chains}
        url = article.url or ""
        is_address = is_web_address(url) and is_iri(url)
        self._source = url if is_address else f"{base}article/{article.id}"

    def build(self) -> Iterator[dict[str, Any]]:
        for statement in self._annotation.statements:
            yield self._statement(statement)
        for mention in self._annotation.mentions:
            yield self._mention(mention)

    def _statement(self, statement: Statement) -> dict[str, Any]:
        entity = self._entities[statement.speaker]
        return {
            "id": f"{self._base}annotation/{statement.id}",
            "type": "Annotation",
            "motivation": "describing",
            "body": [
                _text(self._said(statement)),
                {"type": "TextualBody", "value": statement.stance, "purpose": "tagging"},
                _linked(entity, "identifying"),
                _linked(f"{self._base}statement/{statement.id}", "linking"),
            ],
            "target": [self._target(span) for span in statement.content or statement.cue]
            or self._target(statement.sentence),
        }

    def _said(self, statement: Statement) -> str:
        """All sources and what is said; on a second line the sentence and its place."""
        words = " … ".join(span.of(self._article.text) for span in statement.content)
        who = sources(self._lineages[statement.id], self._name)
        said = f"{who} – {statement.act}, {statement.stance}: {words}".removesuffix(": ")
        return f"{said}\n{passage(statement, self._article)}"

    def _mention(self, mention: Mention) -> dict[str, Any]:
        return {
            "id": f"{self._base}annotation/{_span_id(mention)}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                _linked(self._entities[mention.chain], "identifying"),
                _text(self._name(mention.chain)),
            ],
            "target": self._target(mention.span),
        }

    def _name(self, chain: str) -> str:
        """The name in the graph, which a person may have chosen; then that in the article."""
        name, worded = self._names[chain] or "the article", self._worded[chain]
        return name if worded in {"", name} else f'{name} ("{worded}")'

    def _target(self, span: Span) -> dict[str, Any]:
        text = self._article.text
        return {
            "source": self._source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": span.of(text),
                    "prefix": text[max(0, span.start - _CONTEXT_CHARS) : span.start],
                    "suffix": text[span.end : span.end + _CONTEXT_CHARS],
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        }


def _text(value: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain"}


def _linked(iri: str, purpose: str) -> dict[str, str]:
    return {"type": "SpecificResource", "source": iri, "purpose": purpose}


def _span_id(mention: Mention) -> str:
    return f"{mention.article}-{mention.span.start}-{mention.span.end}"
