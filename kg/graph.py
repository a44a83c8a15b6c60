"""The assembled view: what exporters and queries read, whoever holds the records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.errors import EvidenceError
from kg.model import Annotation, Article, ClaimLink, Entity, Link, Run, Span


class GraphView(Protocol):
    """Articles with their annotations, and what was resolved across them; all orders are stable.

    A store implements it by streaming, so that no exporter needs the whole graph in memory.
    """

    @property
    def base(self) -> str:
        """Base IRI of the data, ending in `/` or `#`."""

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        """Articles with their annotations, by article id; corrections applied."""

    def entities(self) -> Iterator[Entity]:
        """All entities, by id, narrators and unnamed sources included; each chain has one."""

    def entity_of(self, chain: str) -> str:
        """The id of the entity of a chain. Raises KeyError for an unknown chain."""

    def links(self) -> Iterator[Link]:
        """Judged pairs of chains, by (left, right)."""

    def claim_links(self) -> Iterator[ClaimLink]:
        """Pairs of claims, by (left, relation, right)."""

    def copies(self) -> Iterator[tuple[str, str]]:
        """Ids of near copies, each with that of the article that it repeats, by id of the copy."""

    def runs(self) -> Iterator[Run]:
        """What produced the annotations, by id."""


def check_evidence(article: Article, annotation: Annotation) -> None:
    """Raises EvidenceError unless each span of the annotation lies in the text and shows words.

    Also checked: nothing lies in a part of the article that is metadata, a cue and a content lie in
    the sentence of their statement, and every chain that is named exists.
    """
    chains = {chain.id for chain in annotation.chains}
    for record, span in _spans(annotation):
        words = span.of(article.text)
        if span.end > len(article.text) or words != words.strip() or not words:
            raise EvidenceError(f"{article.id}: {record} at {span.start}-{span.end} is {words!r}")
        if any(span.overlaps(skipped) for skipped in article.skip):
            raise EvidenceError(f"{article.id}: {record} at {span.start}-{span.end} is metadata")
    for statement in annotation.statements:
        for span in statement.cue + statement.content:
            if not statement.sentence.contains(span):
                raise EvidenceError(f"{article.id}: {statement.id} reaches out of its sentence")
    for record, chain in _chain_references(annotation):
        if chain not in chains:
            raise EvidenceError(f"{article.id}: {record} names an unknown chain {chain}")


def _spans(annotation: Annotation) -> Iterator[tuple[str, Span]]:
    for mention in annotation.mentions:
        yield "a mention", mention.span
    for statement in annotation.statements:
        yield f"the sentence of {statement.id}", statement.sentence
        for span in statement.cue + statement.content + statement.quotes:
            yield f"statement {statement.id}", span
        if statement.speaker_span is not None:
            yield f"the speaker of {statement.id}", statement.speaker_span
        if statement.said is not None:
            yield f"the date of {statement.id}", statement.said.span
    for claim in annotation.claims:
        for span in claim.spans:
            yield f"claim {claim.id}", span
    for relation in annotation.relations:
        yield f"relation {relation.id}", relation.span


def _chain_references(annotation: Annotation) -> Iterator[tuple[str, str]]:
    for mention in annotation.mentions:
        yield f"the mention at {mention.span.start}", mention.chain
    for statement in annotation.statements:
        named = (statement.addressee, statement.on_behalf_of, statement.work, statement.evidence)
        for chain in (statement.speaker, *named):
            if chain is not None:
                yield f"statement {statement.id}", chain
    for relation in annotation.relations:
        yield f"relation {relation.id}", relation.subject
        if relation.object is not None:
            yield f"relation {relation.id}", relation.object
