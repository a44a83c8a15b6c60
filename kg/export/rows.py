"""The rows of the tables, one function a table; memory holds one article.

Several values in one cell are joined by ` | `.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.export.claims import claims_of, shared
from kg.export.source import file_name
from kg.graph import GraphView
from kg.model import Annotation, Article, Claim, Span, Statement
from kg.spill import Lookup

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column to type, and what makes its rows."""

    columns: Mapping[str, type]
    rows: Callable[[GraphView], Iterator[Row]]


def _statement_rows(view: GraphView) -> Iterator[Row]:
    with _names(view) as names:
        for article, annotation in view.annotated():
            yield from _StatementRows(view, names, article, annotation).build()


class _StatementRows:
    """The rows of the statements of one article."""

    def __init__(
        self, view: GraphView, names: Lookup, article: Article, annotation: Annotation
    ) -> None:
        self._article = article
        self._annotation = annotation
        self._entities = {c.id: view.entity_of(c.id) for c in annotation.chains}
        self._names = {chain: names[entity] for chain, entity in self._entities.items()}
        self._types = {c.id: c.type for c in annotation.chains}

    def build(self) -> Iterator[Row]:
        claims = claims_of(self._annotation)
        for statement in self._annotation.statements:
            yield self._row(statement, claims.get(statement.id, []))

    def _row(self, one: Statement, claims: list[Claim]) -> Row:
        article, said = self._article, one.said
        about = list(dict.fromkeys(chain for claim in claims for chain in claim.about))
        source = () if one.speaker_span is None else (one.speaker_span,)
        return (
            *(one.id, article.id, file_name(article.source), article.published),
            *(self._entities[one.speaker], self._name(one.speaker), self._types[one.speaker]),
            *(self._words(source), self._words(one.cue), one.act, one.stance),
            *(shared(c.polarity for c in claims), shared(c.certainty for c in claims)),
            *(self._words(one.content), self._words(one.quotes), one.quote_type, one.kind),
            *(one.depth, one.parent, one.sentence.of(article.text)),
            *(one.sentence.start, one.sentence.end),
            *((said.earliest, said.latest) if said else (None, None)),
            said.span.of(article.text) if said else None,
            *(self._name(one.addressee), self._name(one.on_behalf_of), self._name(one.work)),
            _joined(self._names[chain] for chain in about),
            _joined(self._entities[chain] for chain in about),
            *(one.rule, round(one.confidence, 4), one.review),
        )

    def _name(self, chain: str | None) -> str | None:
        return None if chain is None else self._names[chain]

    def _words(self, spans: Iterable[Span]) -> str | None:
        return _joined(span.of(self._article.text) for span in spans)


def _mention_rows(view: GraphView) -> Iterator[Row]:
    with _names(view) as names:
        for article, annotation in view.annotated():
            for one in annotation.mentions:
                entity = view.entity_of(one.chain)
                yield (
                    *(article.id, one.span.start, one.span.end, one.span.of(article.text)),
                    *(one.kind, one.type, one.chain, entity, names[entity]),
                    *(one.rule, round(one.confidence, 4)),
                )


def _entity_rows(view: GraphView) -> Iterator[Row]:
    for one in view.entities():
        wikidata = [(found.score, found.id) for found in one.external if found.scheme == "wikidata"]
        yield (
            *(one.id, one.name, one.type, one.subtype, one.gender, _joined(one.aliases)),
            *(max(wikidata)[1] if wikidata else None, _joined(found.iri for found in one.external)),
            *(len(one.chains), one.review),
        )


def _relation_rows(view: GraphView) -> Iterator[Row]:
    with _names(view) as names:
        for article, annotation in view.annotated():
            for one in annotation.relations:
                subject = view.entity_of(one.subject)
                thing = None if one.object is None else view.entity_of(one.object)
                yield (
                    *(one.id, article.id, subject, names[subject], one.predicate),
                    *(thing, one.text if thing is None else names[thing], one.text),
                    *(one.span.of(article.text), one.span.start, one.span.end),
                    *(one.statement, one.rule, round(one.confidence, 4)),
                )


def _names(view: GraphView) -> Lookup:
    return Lookup((entity.id, entity.name) for entity in view.entities())


def _joined(values: Iterable[str]) -> str | None:
    return " | ".join(values) or None


def _columns(texts: str, **others: type) -> dict[str, type]:
    """Columns by name, in order; `others` says which of them hold no text."""
    return {name: others.get(name, str) for name in texts.split()}


TABLES: Mapping[str, Table] = {
    "statements": Table(
        _columns(
            "id article file published speaker_id speaker speaker_type speaker_words cue act "
            "stance polarity certainty content quotes quote_type kind depth parent sentence "
            "sentence_start sentence_end said_earliest said_latest said_words addressee "
            "on_behalf_of work about about_ids rule confidence review",
            published=date,
            depth=int,
            sentence_start=int,
            sentence_end=int,
            said_earliest=date,
            said_latest=date,
            confidence=float,
        ),
        _statement_rows,
    ),
    "mentions": Table(
        _columns(
            "article start end words kind type chain entity entity_name rule confidence",
            start=int,
            end=int,
            confidence=float,
        ),
        _mention_rows,
    ),
    "entities": Table(
        _columns(
            "id name type subtype gender aliases wikidata exact_match chains review", chains=int
        ),
        _entity_rows,
    ),
    "relations": Table(
        _columns(
            "id article subject subject_name predicate object object_name object_words words "
            "start end statement rule confidence",
            start=int,
            end=int,
            confidence=float,
        ),
        _relation_rows,
    ),
}
