"""Corrections out of what a person points at: entities, mentions and statements of the graph.

`annotated` holds at least the articles of the chains or statements that are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.errors import UsageError
from kg.ledger.anchors import Corpus, anchor_of, target_of_entity, target_of_statement
from kg.ledger.entries import Action, Author, Correction, Target, correction
from kg.model import Annotation, Article, Entity, Mention, Statement, external_id
from kg.vocabulary import EntityType, Stance

_MAX_SPLIT_ANCHORS = 100
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")

Annotated = Iterable[tuple[Article, Annotation]]


def merge(
    keep: Entity, others: Sequence[Entity], annotated: Annotated, author: Author, *, force: bool
) -> Correction:
    """All are one. Raises UsageError for a person and a place unless forced, or for one entity."""
    if not others or any(other.id == keep.id for other in others):
        raise UsageError("merge needs two or more different entities: kg merge KEEP OTHER...")
    for other in others:
        if {keep.type, other.type} == {EntityType.PERSON, EntityType.PLACE} and not force:
            kinds = f"{keep.id} is a {keep.type}, {other.id} a {other.type}"
            raise UsageError(f"{kinds}. Use --force.")
    corpus = Corpus.of(annotated)
    targets = tuple(target_of_entity(other, corpus) for other in others)
    return correction(Action.MERGE, author, target_of_entity(keep, corpus), targets)


def split(
    entity: Entity,
    mentions: Sequence[Mention],
    annotated: Annotated,
    author: Author,
    *,
    whole_chains: bool | None = None,
) -> Correction:
    """The mentions mean another entity than the rest of this one.

    With `whole_chains` all that their articles mean by them goes along; by default so if another
    chain of the entity is left. Raises UsageError if a mention is not of the entity, or none stays.
    """
    moved = {mention.chain for mention in mentions}
    if not mentions or not moved <= set(entity.chains):
        raise UsageError(f"split needs mentions of {entity.id} itself: kg show {entity.id}")
    rest = [chain for chain in entity.chains if chain not in moved]
    by_chain = bool(rest) if whole_chains is None else whole_chains
    if by_chain and not rest:
        raise UsageError(f"nothing of {entity.id} would be left; it is {entity.name} in full.")
    corpus = Corpus.of(annotated)
    kept = tuple(rest) if by_chain else entity.chains
    subject = target_of_entity(_with_chains(entity, kept), corpus, limit=_MAX_SPLIT_ANCHORS)
    anchors = tuple(
        anchor_of(corpus.articles[mention.article], mention.span)
        for mention in sorted(mentions, key=lambda m: (m.article, m.span))
    )
    other = Target(entity.id, anchors[0].words, anchors)
    level = "chain" if by_chain else "mention"
    return correction(Action.SPLIT, author, subject, (other,), value=level)


def rename(entity: Entity, name: str, annotated: Annotated, author: Author) -> Correction:
    """The entity is called so. Raises UsageError for an empty name."""
    clean = " ".join(name.split())
    if not clean:
        raise UsageError("rename needs a name that is not empty: kg rename ID NAME")
    subject = target_of_entity(entity, Corpus.of(annotated))
    return correction(Action.RENAME, author, subject, value=clean)


def retype(entity: Entity, type_name: str, annotated: Annotated, author: Author) -> Correction:
    """The entity is of this type. Raises UsageError for an unknown type."""
    if type_name not in set(EntityType):
        known = ", ".join(kind for kind in EntityType if kind is not EntityType.NARRATOR)
        raise UsageError(f"unknown type '{type_name}'. One of: {known}")
    subject = target_of_entity(entity, Corpus.of(annotated))
    return correction(Action.RETYPE, author, subject, value=type_name)


def reject_entity(entity: Entity, annotated: Annotated, author: Author) -> Correction:
    """The entity is none: its words were misread."""
    return correction(Action.REJECT, author, target_of_entity(entity, Corpus.of(annotated)))


def link(
    entity: Entity, iri: str, annotated: Annotated, author: Author, *, is_same: bool
) -> Correction:
    """The entity is, or is not, what the IRI (or the QID of Wikidata) names.

    Raises UsageError for what is no IRI.
    """
    known = external_id(iri.strip(), score=1.0, origin="person").iri
    if not _IRI.fullmatch(known):
        raise UsageError(f"'{iri}' is neither an http or https address nor a QID such as Q42")
    action = Action.LINK if is_same else Action.NOT_LINK
    return correction(action, author, target_of_entity(entity, Corpus.of(annotated)), value=known)


def not_a_statement(statement: Statement, article: Article, author: Author) -> Correction:
    """Nobody says this; the words were misread."""
    subject = target_of_statement(statement, article)
    return correction(Action.NOT_A_STATEMENT, author, subject)


def correct_stance(
    statement: Statement, article: Article, stance: str, author: Author
) -> Correction:
    """The speaker does this to the content as worded. Raises UsageError for an unknown stance."""
    if stance not in set(Stance):
        raise UsageError(f"unknown stance '{stance}'. One of: {', '.join(Stance)}")
    subject = target_of_statement(statement, article)
    return correction(Action.STANCE, author, subject, value=stance)


def correct_speaker(
    statement: Statement, article: Article, speaker: Entity, annotated: Annotated, author: Author
) -> Correction:
    """This entity says it, whether its name stands in the article or not."""
    corpus = Corpus.of(annotated)
    entity = target_of_entity(speaker, corpus)
    subject = target_of_statement(statement, article)
    return correction(Action.SPEAKER, author, subject, (entity,), value=str(speaker.type))


def _with_chains(entity: Entity, chains: tuple[str, ...]) -> Entity:
    return replace(entity, chains=chains)
