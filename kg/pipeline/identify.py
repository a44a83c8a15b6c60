"""Identifiers elsewhere onto entities, out of the store and the ledger alone: no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from kg.ledger import LINK_ACTIONS, Action, EntityChange, read_ledger, replay, wanted
from kg.link import Linked, OpenLink, Verdict, decide
from kg.model import Entity, ExternalId
from kg.store import Store

Entities = Callable[[], Iterable[Entity]]
"""All entities, in the same order each time that it is called."""


def with_identifiers(
    store: Store, entities: Entities, changes: Sequence[EntityChange]
) -> Iterator[Entity]:
    """The entities with what services answered and what people decided of links."""
    is_decided = any(change.action in LINK_ACTIONS for change in changes)
    if not is_decided and not any(True for _ in store.identifiers.services()):
        yield from entities()
        return
    verdicts = _verdicts(entities(), changes)
    for found in _linked(store, partial(_without_refused, entities, verdicts), verdicts):
        entity = found.entity
        if found.external:
            entity = replace(entity, external=_joined(entity.external, found.external))
        yield entity


def open_links(store: Store) -> tuple[OpenLink, ...]:
    """Entities with candidates that wait for a person, likeliest first."""
    waiting = list(waiting_links(store))
    waiting.sort(key=lambda each: (-each.candidates[0][1], each.entity.name, each.entity.id))
    return tuple(waiting)


def waiting_links(store: Store) -> Iterator[OpenLink]:
    """The same in the order of the entities, without holding them."""
    ledger = read_ledger(store.corrections)
    changes = replay(ledger.corrections, store.found(*wanted(ledger.corrections))).entity_changes

    def as_found() -> Iterator[Entity]:
        for each in store.entities():  # what this very module added before is no evidence
            yield replace(each, external=_own(each.external))

    verdicts = _verdicts(store.entities(), changes)
    for found in _linked(store, as_found, verdicts):
        yield from found.open


def _linked(store: Store, entities: Entities, verdicts: Sequence[Verdict]) -> Iterator[Linked]:
    identifiers = store.identifiers
    services = tuple(identifiers.services())
    return decide(
        entities, services, identifiers.answers_by_entity(), verdicts, is_named=identifiers.is_named
    )


def _own(external: Iterable[ExternalId]) -> tuple[ExternalId, ...]:
    return tuple(each for each in external if each.origin == "gazetteer")


def _verdicts(entities: Iterable[Entity], changes: Iterable[EntityChange]) -> tuple[Verdict, ...]:
    """What people said of links: of an entity and an IRI the latest word."""
    links = [change for change in changes if change.action in LINK_ACTIONS]
    if not links:
        return ()
    meant = {chain for change in links for chain in change.chains}
    home = {chain: entity.id for entity in entities for chain in entity.chains if chain in meant}
    found: dict[tuple[str, str], Verdict] = {}
    for change in links:
        entity = next((home[chain] for chain in change.chains if chain in home), None)
        if entity is None or change.value is None:
            continue
        found.pop((entity, change.value), None)
        is_same = change.action is Action.LINK
        found[entity, change.value] = Verdict(entity, change.value, is_same)
    return tuple(found.values())


def _without_refused(entities: Entities, verdicts: Iterable[Verdict]) -> Iterator[Entity]:
    """Without the identifiers that a person took from them, the gazetteer's own included."""
    refused = {(v.entity, v.iri) for v in verdicts if not v.is_same}
    for entity in entities():
        kept = tuple(e for e in entity.external if (entity.id, e.iri) not in refused)
        yield entity if len(kept) == len(entity.external) else replace(entity, external=kept)


def _joined(own: Sequence[ExternalId], new: Sequence[ExternalId]) -> tuple[ExternalId, ...]:
    """One identifier a scheme: what is new replaces what the gazetteer said."""
    found = {each.scheme: each for each in (*own, *new)}
    return tuple(found[scheme] for scheme in sorted(found))
