"""Identifiers elsewhere onto entities, out of the store and the ledger alone: no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.ledger import LINK_ACTIONS, Action, EntityChange, read_ledger, replay, wanted
from kg.link import Linking, OpenLink, Verdict, decide
from kg.model import Entity, ExternalId
from kg.store import Store


def with_identifiers(
    store: Store, entities: Iterable[Entity], changes: Sequence[EntityChange]
) -> Iterable[Entity]:
    """The entities with what services answered and what people decided of links.

    They pass one by one where there is neither; one decides about all of them otherwise.
    """
    is_decided = any(change.action in LINK_ACTIONS for change in changes)
    if not is_decided and not any(True for _ in store.identifiers.services()):
        return entities
    listed = _without_refused(entities, changes)
    found = _linking(store, listed, changes).external
    return tuple(
        replace(entity, external=_joined(entity.external, found[entity.id]))
        if entity.id in found
        else entity
        for entity in listed
    )


def open_links(store: Store) -> tuple[OpenLink, ...]:
    """Entities with candidates that wait for a person, likeliest first."""
    ledger = read_ledger(store.corrections)
    changes = replay(ledger.corrections, store.found(*wanted(ledger.corrections))).entity_changes
    return _linking(store, tuple(store.entities()), changes, is_derived=True).open


def _linking(
    store: Store,
    entities: Sequence[Entity],
    changes: Sequence[EntityChange],
    *,
    is_derived: bool = False,
) -> Linking:
    services = tuple(store.identifiers.services())
    verdicts = _verdicts(entities, changes)
    if not services and not verdicts:
        return Linking({}, ())
    if is_derived:  # what this very function added before is no evidence
        entities = [replace(each, external=_own(each.external)) for each in entities]
    answers = store.identifiers.answers()
    named = store.identifiers.named_chains()
    return decide(entities, services, answers, verdicts, named=named)


def _own(external: Iterable[ExternalId]) -> tuple[ExternalId, ...]:
    return tuple(each for each in external if each.origin == "gazetteer")


def _verdicts(entities: Iterable[Entity], changes: Iterable[EntityChange]) -> tuple[Verdict, ...]:
    """What people said of links: of an entity and an IRI the latest word."""
    links = [change for change in changes if change.action in LINK_ACTIONS]
    if not links:
        return ()
    home = {chain: entity.id for entity in entities for chain in entity.chains}
    found: dict[tuple[str, str], Verdict] = {}
    for change in links:
        entity = next((home[chain] for chain in change.chains if chain in home), None)
        if entity is None or change.value is None:
            continue
        found.pop((entity, change.value), None)
        is_same = change.action is Action.LINK
        found[entity, change.value] = Verdict(entity, change.value, is_same)
    return tuple(found.values())


def _without_refused(
    entities: Iterable[Entity], changes: Sequence[EntityChange]
) -> tuple[Entity, ...]:
    """Without the identifiers that a person took from them, the gazetteer's own included."""
    listed = tuple(entities)
    refused = {(v.entity, v.iri) for v in _verdicts(listed, changes) if not v.is_same}
    if not refused:
        return listed
    return tuple(
        replace(
            entity,
            external=tuple(e for e in entity.external if (entity.id, e.iri) not in refused),
        )
        for entity in listed
    )


def _joined(own: Sequence[ExternalId], new: Sequence[ExternalId]) -> tuple[ExternalId, ...]:
    """One identifier a scheme: what is new replaces what the gazetteer said."""
    found = {each.scheme: each for each in (*own, *new)}
    return tuple(found[scheme] for scheme in sorted(found))
