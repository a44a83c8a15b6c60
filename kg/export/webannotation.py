"""W3C Web Annotations for statements and mentions, so that annotation tools can show them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.export.rdf.terms import is_iri
from kg.graph import GraphView
from kg.model import Annotation, Article, Mention, Span, Statement

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_CHARS = 32
"""Before and after the words, for tools that find them in another edition of the text."""


def write_annotations(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """One annotation page; a statement or mention a line."""
    count = 0
    head = {"@context": _CONTEXT, "id": f"{view.base}annotations", "type": "AnnotationPage"}
    out.write((json.dumps(head)[:-1] + ', "items": [').encode())
    for item in _items(view):
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
        out.write(((",\n" if count else "\n") + line).encode(errors="replace"))
        count += 1
    out.write(b"\n]}\n")
    return {"annotations": count}


def _items(view: GraphView) -> Iterator[dict[str, Any]]:
    for article, annotation in view.annotated():
        names = {chain.id: chain.name for chain in annotation.chains}
        for statement in annotation.statements:
            yield _statement(view, article, statement, names)
        yield from _mentions(view, article, annotation)


def _statement(
    view: GraphView, article: Article, statement: Statement, names: dict[str, str]
) -> dict[str, Any]:
    words = " … ".join(span.of(article.text) for span in statement.content)
    speaker = names[statement.speaker] or "the article"
    said = f"{speaker} – {statement.act}, {statement.stance}: {words}".rstrip(": ")
    entity = f"{view.base}entity/{view.entity_of(statement.speaker)}"
    return {
        "id": f"{view.base}statement/{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": said, "format": "text/plain"},
            {"type": "TextualBody", "value": statement.stance, "purpose": "tagging"},
            {"type": "SpecificResource", "source": entity, "purpose": "identifying"},
        ],
        "target": [_target(view, article, span) for span in statement.content or statement.cue]
        or _target(view, article, statement.sentence),
    }


def _mentions(
    view: GraphView, article: Article, annotation: Annotation
) -> Iterator[dict[str, Any]]:
    for mention in annotation.mentions:
        yield {
            "id": f"{view.base}span/{_span_id(mention)}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": f"{view.base}entity/{view.entity_of(mention.chain)}",
            "target": _target(view, article, mention.span),
        }


def _span_id(mention: Mention) -> str:
    return f"{mention.article}-{mention.span.start}-{mention.span.end}"


def _target(view: GraphView, article: Article, span: Span) -> dict[str, Any]:
    text = article.text
    url = article.url
    source = url if url is not None and is_iri(url) else f"{view.base}article/{article.id}"
    return {
        "source": source,
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
