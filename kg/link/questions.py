"""What is asked for: entities with names, each once, with no more than the user allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.protocol import Question
from kg.model import Entity, LinkService, Relation, external_id
from kg.vocabulary import EntityType, Review

LINKED_TYPES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_MAX_NAME_CHARS = 200
_MAX_HINTS = 3

_WIKIDATA_CLASSES: Mapping[EntityType, str] = {
    EntityType.PERSON: "Q5",
    EntityType.ORGANISATION: "Q43229",
    EntityType.PLACE: "Q2221906",
}
"""Human, organisation, geographic location."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A property of the service that one of our relations fills."""

    property: str
    predicate: str
    """As in `Relation.predicate`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entities are asked for, and what is told of them beside the name."""

    entities: Collection[str] = ()
    """Ids; all if there is none."""
    types: Collection[EntityType] = LINKED_TYPES
    classes: Mapping[EntityType, str] | None = None
    """Type to a class of the service."""
    hints: tuple[Hint, ...] = ()


def questions(
    entities: Iterable[Entity],
    wanted: Wanted,
    *,
    is_named: Callable[[str], bool],
    relations: Iterable[tuple[str, Relation, str]] = (),
) -> list[Question]:
    """One question for each name and type, by type and name.

    `is_named` says of a chain whether it has a name; `relations` are (entity, relation, name of
    the other side) as the articles themselves word them.
    """
    told = _hints(relations, wanted.hints)
    found: dict[tuple[EntityType, str], Question] = {}
    for entity in entities:
        if not is_linkable(entity, wanted, is_named):
            continue
        found.setdefault(
            (entity.type, entity.name),
            Question(
                entity.type,
                entity.name,
                entity.chains[0],
                (wanted.classes or {}).get(entity.type),
                tuple(told.get(entity.id, ())[:_MAX_HINTS]),
            ),
        )
    return [found[key] for key in sorted(found)]


def wikidata_classes(service: LinkService) -> Mapping[EntityType, str]:
    """The classes to ask for where a service gives Wikidata's items; none elsewhere."""
    is_wikidata = external_id(f"{service.space}Q1", score=0, origin="").scheme == "wikidata"
    return _WIKIDATA_CLASSES if is_wikidata else {}


def is_linkable(entity: Entity, wanted: Wanted, is_named: Callable[[str], bool]) -> bool:
    """True for a named person, organisation or place that nobody rejected."""
    return (
        entity.type in wanted.types
        and entity.type in LINKED_TYPES
        and (not wanted.entities or entity.id in wanted.entities)
        and entity.review is not Review.REJECTED
        and 1 < len(entity.name) <= _MAX_NAME_CHARS
        and any(map(is_named, entity.chains))
    )


def _hints(
    relations: Iterable[tuple[str, Relation, str]], hints: Sequence[Hint]
) -> dict[str, list[tuple[str, str]]]:
    """Entity to property and value, sorted; only what the articles themselves word."""
    properties = {hint.predicate: hint.property for hint in hints}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entity, relation, name in relations:
        if relation.predicate in properties and relation.statement is None:
            found[entity].add((properties[relation.predicate], name))
    return {entity: sorted(told) for entity, told in found.items()}
