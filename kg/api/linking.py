"""Identifiers elsewhere, from Python: ask a service, see what waits, forget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.link import LINKED_TYPES, Hint, Wanted
from kg.pipeline import LinkOptions, LinkReport, ProgressHook, forget, link, open_links
from kg.vocabulary import EntityType

if TYPE_CHECKING:
    from kg.api.graph import Graph
    from kg.api.views import EntityView
    from kg.link import OpenLink, Transport

_PREDICATES = frozenset(
    "jobTitle worksFor memberOf leaderOf spokespersonFor spouse relative locatedIn".split()  # noqa: SIM905 - a list of words
)


@dataclass(frozen=True, slots=True)
class OfferedLink:
    """An item of a service that an entity may be."""

    iri: str
    name: str
    score: float
    """In [0, 1]."""
    is_match: bool
    """True if the service itself is sure."""
    types: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LinkSuggestion:
    """An entity with the items that it may be elsewhere; a person decides."""

    entity: EntityView
    service: str
    offered: tuple[OfferedLink, ...]
    """Best first."""
    reason: str
    """Why none was taken."""

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        return {
            "entity": self.entity.id,
            "name": self.entity.name,
            "type": self.entity.type.value,
            "service": self.service,
            "reason": self.reason,
            "candidates": [
                {
                    "iri": each.iri,
                    "name": each.name,
                    "score": each.score,
                    "match": each.is_match,
                    "types": list(each.types),
                    "reason": each.reason,
                }
                for each in self.offered
            ],
        }


def ask_service(
    graph: Graph,
    url: str,
    entities: Iterable[str],
    *,
    transport: Transport | None = None,
    progress: ProgressHook | None = None,
    **options: Any,
) -> LinkReport:
    """What `Graph.link` does."""
    wanted = Wanted(
        entities=tuple(graph.entity(name).id for name in entities),
        types=_types(options.get("types") or ()),
        classes=_classes(options.get("classes") or {}),
        hints=_hints(options.get("hints") or {}),
    )
    report = link(
        graph.store,
        url,
        LinkOptions(
            wanted,
            threshold=_threshold(options.get("threshold")),
            refresh=bool(options.get("refresh")),
            dry_run=bool(options.get("dry_run")),
        ),
        transport=transport,
        progress=progress,
    )
    graph.refresh()
    return report


def forget_service(graph: Graph, url: str) -> bool:
    """Drop a service, its answers and its identifiers; True if it was known."""
    known = forget(graph.store, url)
    graph.refresh()
    return known


def link_suggestions(graph: Graph) -> tuple[LinkSuggestion, ...]:
    """Entities with candidates that wait for a person, likeliest first."""
    return tuple(_suggestion(graph, each) for each in open_links(graph.store))


def _suggestion(graph: Graph, found: OpenLink) -> LinkSuggestion:
    offered = tuple(
        OfferedLink(each.iri, each.name, score, each.is_match, each.types, each.reason)
        for each, score in found.candidates
    )
    return LinkSuggestion(graph.entity(found.entity.id), found.service.url, offered, found.reason)


def _types(named: Iterable[str]) -> tuple[EntityType, ...]:
    found = tuple(_type(name) for name in named)
    return found or LINKED_TYPES


def _type(name: str) -> EntityType:
    if name not in set(LINKED_TYPES):
        raise UsageError(f"cannot link a '{name}'. One of: {', '.join(LINKED_TYPES)}")
    return EntityType(name)


def _classes(given: Mapping[str, str]) -> Mapping[EntityType, str] | None:
    return {_type(name): class_id for name, class_id in given.items()} or None


def _hints(given: Mapping[str, str]) -> tuple[Hint, ...]:
    for predicate in given.values():
        if predicate not in _PREDICATES:
            known = ", ".join(sorted(_PREDICATES))
            raise UsageError(f"unknown relation '{predicate}'. One of: {known}")
    return tuple(Hint(property_, predicate) for property_, predicate in given.items())


def _threshold(given: float | None) -> float | None:
    if given is not None and not 0.0 <= given <= 1.0:
        raise UsageError(f"the threshold is {given}; expected a number from 0 to 1")
    return given
