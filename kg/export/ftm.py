"""FollowTheMoney entities as JSON lines, for OpenAleph and the tools of OpenSanctions.

A statement becomes a Note at its speaker and an UnknownLink to each one it is about, as that model
has no word for saying; both name who reports it and where. What is only said is never an interest,
a post or a tie there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.export.lineages import lineages, passage, sources
from kg.export.source import file_name, is_web_address
from kg.graph import GraphView
from kg.ids import short_hash
from kg.model import Annotation, Article, Entity, Relation, Span, Statement
from kg.spill import Lookup
from kg.vocabulary import EntityType

Proxy = tuple[str, str, dict[str, list[str]]]
"""Id, schema, and properties with their values."""

_SCHEMATA: Mapping[EntityType, str] = {
    EntityType.PERSON: "Person",
    EntityType.ORGANISATION: "Organization",
    EntityType.PLACE: "Address",
    EntityType.GROUP: "LegalEntity",
    EntityType.WORK: "Document",
}
_LEGAL = frozenset((EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP))
_PERSON = frozenset((EntityType.PERSON,))
_ORGANISATION = frozenset((EntityType.ORGANISATION,))
_TIES: Mapping[str, tuple[str, str, frozenset[EntityType], str, frozenset[EntityType]]] = {
    "worksFor": ("Employment", "employee", _PERSON, "employer", _ORGANISATION),
    "memberOf": ("Membership", "member", _LEGAL, "organization", _ORGANISATION),
    "leaderOf": ("Directorship", "director", _LEGAL, "organization", _ORGANISATION),
    "spokespersonFor": ("Representation", "agent", _LEGAL, "client", _LEGAL),
    "spouse": ("Family", "person", _PERSON, "relative", _PERSON),
    "relative": ("Family", "person", _PERSON, "relative", _PERSON),
}
"""Relation to schema, and its two ends with what may stand there."""


def write_ftm(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """An entity a line: people, organisations ..., articles, mentions, ties and statements.

    Narrators and things that are neither source nor place are left out. Memory holds one article.
    """
    count = 0
    for id_, schema, properties in _proxies(view):
        kept = {name: values for name, values in properties.items() if any(values)}
        proxy = {"id": id_, "schema": schema, "properties": kept}
        line = json.dumps(proxy, ensure_ascii=False, separators=(",", ":")) + "\n"
        out.write(line.encode(errors="replace"))
        count += 1
    return {"entities": count}


def _proxies(view: GraphView) -> Iterator[Proxy]:
    for entity in view.entities():
        if entity.type in _SCHEMATA:
            yield _entity(entity)
    with Lookup((one.id, (one.type.value, one.name)) for one in view.entities()) as known:
        for article, annotation in view.annotated():
            yield from _ArticleProxies(view, known, article, annotation).build()


def _entity(entity: Entity) -> Proxy:
    wikidata = [one.id for one in entity.external if one.scheme == "wikidata"]
    properties = {"name": [entity.name], "alias": list(entity.aliases), "wikidataId": wikidata[:1]}
    others = [one.iri for one in entity.external if one.scheme != "wikidata"]
    properties["sourceUrl"] = list(filter(is_web_address, others))
    if entity.type is EntityType.PLACE:
        properties["full"] = [entity.name]
    if entity.type is EntityType.PERSON and entity.gender is not None:
        properties["gender"] = [entity.gender]
    return entity.id, _SCHEMATA[entity.type], properties


class _ArticleProxies:
    """What one article adds."""

    def __init__(
        self, view: GraphView, known: Lookup, article: Article, annotation: Annotation
    ) -> None:
        """`known`: entity id to type and name."""
        self._article = article
        self._annotation = annotation
        self._lineages = lineages(annotation)
        self._entities = {c.id: view.entity_of(c.id) for c in annotation.chains}
        found = {entity: known[entity] for entity in self._entities.values()}
        self._names = {chain: found[entity][1] for chain, entity in self._entities.items()}
        types = {entity: EntityType(kind) for entity, (kind, _) in found.items()}
        self._types = {entity: kind for entity, kind in types.items() if kind in _SCHEMATA}

    def build(self) -> Iterator[Proxy]:
        yield self._document()
        for mention in self._annotation.mentions:
            entity = self._entities[mention.chain]
            if self._types.get(entity) in _LEGAL:
                yield self._mention(mention.span, entity)
        for relation in self._annotation.relations:
            if relation.statement is None:
                yield from self._tie(relation)
        for statement in self._annotation.statements:
            yield from self._statement(statement)

    def _document(self) -> Proxy:
        article = self._article
        properties = {
            "title": [article.title or ""],
            "publishedAt": [article.published.isoformat() if article.published else ""],
            "publisher": [article.publisher or ""],
            "author": [article.author or ""],
            "sourceUrl": [article.url or ""] if is_web_address(article.url) else [],
            "fileName": [file_name(article.source)],
        }
        return article.id, "Article", {k: [v for v in vs if v] for k, vs in properties.items()}

    def _mention(self, span: Span, entity: str) -> Proxy:
        id_ = short_hash("mention", self._article.id, span.start, span.end)
        properties = {
            "document": [self._article.id],
            "resolved": [entity],
            "name": [span.of(self._article.text)],
            "detectedSchema": [_SCHEMATA[self._types[entity]]],
        }
        return id_, "Mention", properties

    def _tie(self, relation: Relation) -> Iterator[Proxy]:
        """A tie between two entities; a job title is a text and has no second end."""
        if relation.object is None:
            return
        subject, thing = self._entities[relation.subject], self._entities[relation.object]
        if subject not in self._types or thing not in self._types:
            return
        properties = {
            "role": [relation.predicate],
            "summary": [relation.span.of(self._article.text)],
            "proof": [self._article.id],
        }
        schema, left, lefts, right, rights = _TIES.get(
            relation.predicate, ("UnknownLink", "subject", frozenset(), "object", frozenset())
        )
        if self._types[subject] not in lefts or self._types[thing] not in rights:
            schema, left, right = "UnknownLink", "subject", "object"
        if schema == "Family":
            properties["relationship"] = properties.pop("role")
        yield relation.id, schema, {left: [subject], right: [thing], **properties}

    def _statement(self, statement: Statement) -> Iterator[Proxy]:
        speaker = self._entities[statement.speaker]
        if speaker not in self._types:
            return
        who = sources(self._lineages[statement.id], self._names.__getitem__)
        said = f"{who} – {statement.act} ({statement.stance}): {self._content(statement)}"
        properties = {
            "entity": [speaker],
            "summary": [self._role(statement)],
            "description": [said.removesuffix(": ")],  # where nothing is said: no comment
            "notes": [passage(statement, self._article)],
            "proof": [self._article.id],
        }
        yield statement.id, "Note", properties
        for about in self._about(statement, speaker):
            yield (
                short_hash("about", statement.id, about),
                "UnknownLink",
                {
                    "subject": [speaker],
                    "object": [about],
                    **self._link_properties(statement),
                },
            )

    def _link_properties(self, statement: Statement) -> dict[str, list[str]]:
        """What all links from the speaker of a statement to those it is about have alike."""
        day = statement.said.earliest if statement.said else self._article.published
        return {
            "role": [self._role(statement)],
            "summary": [self._content(statement)],
            "description": [passage(statement, self._article)],
            "date": [day.isoformat()] if day is not None else [],
            "proof": [self._article.id],
        }

    def _content(self, statement: Statement) -> str:
        return " … ".join(span.of(self._article.text) for span in statement.content)

    def _role(self, statement: Statement) -> str:
        """Act and stance of the speaker; at second hand also who reports them."""
        role = f"{statement.act} ({statement.stance})"
        *outer, _ = self._lineages[statement.id]
        if not outer:
            return role
        return f"{role}, reported by {sources(outer, self._names.__getitem__)}"

    def _about(self, statement: Statement, speaker: str) -> list[str]:
        chains = {
            chain
            for claim in self._annotation.claims
            if claim.statement == statement.id
            for chain in claim.about
        }
        found = {self._entities[chain] for chain in chains} - {speaker}
        return sorted(entity for entity in found if entity in self._types)
