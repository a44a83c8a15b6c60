"""W3C Web Annotations for statements and mentions, so that annotation tools can show them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.export.rdf.terms import is_iri
from kg.export.source import is_web_address
from kg.graph import GraphView
from kg.model import Annotation, Article, Mention, Span, Statement

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_CHARS = 32
"""Before and after the words, for tools that find them in another edition of the text."""


def write_annotations(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """One annotation page; a statement or mention a line."""
    count = 0
    base = view.base
    head = {"@context": _CONTEXT, "id": f"{base}annotations", "type": "AnnotationPage"}
    out.write((json.dumps(head)[:-1] + ', "items": [').encode())
    for article, annotation in view.annotated():
        for item in _Items(view, base, article, annotation).build():
            line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
            out.write(((",\n" if count else "\n") + line).encode(errors="replace"))
            count += 1
    out.write(b"\n]}\n")
    return {"annotations": count}


class _Items:
    """The annotations of one article."""

    def __init__(
        self, view: GraphView, base: str, article: Article, annotation: Annotation
    ) -> None:
        self._base = base
        self._article = article
        self._annotation = annotation
        self._entities = {c.id: f"{base}entity/{view.entity_of(c.id)}" for c in annotation.chains}
        self._names = {chain.id: chain.name for chain in annotation.chains}
        url = article.url or ""
        is_address = is_web_address(url) and is_iri(url)
        self._source = url if is_address else f"{base}article/{article.id}"

    def build(self) -> Iterator[dict[str, Any]]:
        for statement in self._annotation.statements:
            yield self._statement(statement)
        for mention in self._annotation.mentions:
            yield self._mention(mention)

    def _statement(self, statement: Statement) -> dict[str, Any]:
        words = " … ".join(span.of(self._article.text) for span in statement.content)
        speaker = self._names[statement.speaker] or "the article"
        said = f"{speaker} – {statement.act}, {statement.stance}: {words}".rstrip(": ")
        entity = self._entities[statement.speaker]
        return {
            "id": f"{self._base}statement/{statement.id}",
            "type": "Annotation",
            "motivation": "describing",
            "body": [
                {"type": "TextualBody", "value": said, "format": "text/plain"},
                {"type": "TextualBody", "value": statement.stance, "purpose": "tagging"},
                {"type": "SpecificResource", "source": entity, "purpose": "identifying"},
            ],
            "target": [self._target(span) for span in statement.content or statement.cue]
            or self._target(statement.sentence),
        }

    def _mention(self, mention: Mention) -> dict[str, Any]:
        return {
            "id": f"{self._base}span/{_span_id(mention)}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": self._entities[mention.chain],
            "target": self._target(mention.span),
        }

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


def _span_id(mention: Mention) -> str:
    return f"{mention.article}-{mention.span.start}-{mention.span.end}"
