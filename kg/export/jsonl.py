"""JSON Lines, an article a line: the format in which annotations are measured and exchanged."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from kg.export.claims import claims_of
from kg.graph import GraphView
from kg.model import (
    Annotation,
    Article,
    Claim,
    Entity,
    ExternalId,
    Mention,
    Relation,
    Span,
    Statement,
)
from kg.spill import Lookup
from kg.vocabulary import NEGATED_CUE, Certainty, EntityType, MentionKind, QuoteType, Stance

ENTITY_TYPES: Mapping[EntityType, str] = {
    EntityType.PERSON: "PERSON",
    EntityType.ORGANISATION: "ORG",
    EntityType.PLACE: "PLACE",
}
MENTION_KINDS: Mapping[MentionKind, str] = {
    MentionKind.NAME: "NAM",
    MentionKind.NOMINAL: "NOM",
    MentionKind.PRONOUN: "PRO",
}


def write_jsonl(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """A line an article, with the entities across articles as `chain`."""
    rows = 0
    with Lookup((entity.id, _of_all(entity)) for entity in view.entities()) as entities:
        for article, annotation in view.annotated():
            found = annotation_to_json(article, annotation, view.entity_of)
            for mention in found["entities"]:
                mention.update(entities[mention["chain"]])
            line = json_line(found)
            out.write(line.encode(errors="backslashreplace"))
            rows += 1
    return {"articles": rows}


def _of_all(entity: Entity) -> dict[str, Any]:
    """What all articles together tell of an entity: one may take for a place what is a firm."""
    type_ = ENTITY_TYPES.get(entity.type)
    return {**({"type": type_} if type_ else {}), **_identifiers(entity.external)}


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON, line feed included. A lone surrogate is to be escaped by the encoder."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def annotation_to_json(
    article: Article, annotation: Annotation, entity_of: Callable[[str], str] | None = None
) -> dict[str, Any]:
    """One article with its statements, mentions and relations; offsets in code points of `text`.

    Chains are those of the article (`chain_scope` is `doc`), or with `entity_of` the entities they
    were resolved to (`global`). The narrator's own statements are left out: nobody is their source.
    """
    names = {c.id: entity_of(c.id) if entity_of else c.id for c in annotation.chains}
    wikidata = {c.id: c.wikidata for c in annotation.chains if c.wikidata is not None}
    claims = claims_of(annotation)
    stances = {statement.id: statement.stance for statement in annotation.statements}
    return {
        "id": _input_id(article),
        "text": article.text,
        **_metadata(article),
        "attributions": [
            _attribution(statement, claims.get(statement.id, []), names[statement.speaker])
            for statement in annotation.statements
            if statement.depth > 0
        ],
        "entities": [
            _mention(mention, names[mention.chain], wikidata.get(mention.chain))
            for mention in annotation.mentions
        ],
        "relations": [_relation(one, names, stances) for one in annotation.relations],
        "chain_scope": "global" if entity_of else "doc",
    }


def _input_id(article: Article) -> str:
    """The id that the line had which the article was read from, else the article's own."""
    _, mark, given = article.source.rpartition("#")
    return given if mark and article.reader.startswith("jsonl") else article.id


def _metadata(article: Article) -> dict[str, str]:
    published = article.published
    found = {
        "title": article.title,
        "date": published.isoformat() if published is not None else None,
        "publisher": article.publisher,
    }
    return {key: value for key, value in found.items() if value}


def _attribution(statement: Statement, claims: list[Claim], speaker: str) -> dict[str, Any]:
    source = statement.speaker_span
    found: dict[str, Any] = {
        "source": [] if source is None else _offsets((source,)),
        "cue": _offsets(statement.cue),
        "content": _offsets(statement.content),
        "id": statement.id,
        "parent": statement.parent,
        "act": statement.act,
        "stance": statement.stance,
        "polarity": _polarity(statement),
        "kind": statement.kind,
        "speaker_chain": speaker,
        "confidence": round(statement.confidence, 4),
        "rule": statement.rule,
        "claims": [_claim(claim) for claim in claims],
    }
    if statement.quote_type is not QuoteType.NONE:
        found["type"] = statement.quote_type
    if claims and claims[0].certainty is not Certainty.UNDERSPECIFIED:
        found["certainty"] = claims[0].certainty
    if statement.said is not None:
        said = statement.said
        found["said"] = [said.earliest.isoformat(), said.latest.isoformat()]
    return found


def _polarity(statement: Statement) -> str:
    """Of the act, as GUM marks it: negative for "never said", positive for "said there is no P".

    On GUM's attributions this agrees with the gold 99 times in 100; the polarity of the contents
    87 times. What is said of the content itself is in `claims`.
    """
    return "negative" if statement.cue_lemma.startswith(NEGATED_CUE) else "positive"


def _claim(claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = {
        "content": _offsets(claim.spans),
        "polarity": claim.polarity,
        "certainty": claim.certainty,
    }
    if claim.tense is not None:
        found["tense"] = claim.tense
    return found


def _mention(mention: Mention, chain: str, wikidata: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start": mention.span.start,
        "end": mention.span.end,
        "type": ENTITY_TYPES.get(mention.type, "OTHER"),
        "mention_type": MENTION_KINDS[mention.kind],
        "chain": chain,
    }
    if wikidata is not None:
        found["wikidata"] = wikidata
    return found


def _relation(
    relation: Relation, names: Mapping[str, str], stances: Mapping[str, Stance]
) -> dict[str, Any]:
    """`statement` is the one that words it, with its stance; None where the article does."""
    said_in = relation.statement
    return {
        "head": names[relation.subject],
        "tail": None if relation.object is None else names[relation.object],
        "type": relation.predicate,
        "text": relation.text,
        "start": relation.span.start,
        "end": relation.span.end,
        "statement": said_in,
        "stance": None if said_in is None else stances[said_in],
        "confidence": round(relation.confidence, 4),
    }


def _identifiers(external: tuple[ExternalId, ...]) -> dict[str, Any]:
    """What an entity is called elsewhere: `wikidata` as in the gold, other IRIs as a list."""
    found: dict[str, Any] = {one.scheme: one.id for one in external if one.scheme == "wikidata"}
    others = [one.iri for one in external if one.scheme != "wikidata"]
    return {**found, "exact_match": others} if others else found


def _offsets(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
