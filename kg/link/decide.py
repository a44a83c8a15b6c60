"""From answers to identifiers: which candidate is the entity, which wait for a person.

A pure function of what the store holds, so links last through every rebuild. A link is a merge with
something far away: it wants a score above the threshold, the service's own word or a clear lead
over the second, and an item that no other entity of the graph claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.link.questions import LINKED_TYPES
from kg.model import Candidate, Entity, ExternalId, LinkService, ServiceAnswer, external_id
from kg.vocabulary import EntityType, Review

DEFAULT_THRESHOLD = 0.9
_MARGIN = 0.1
"""How far the second must be behind a candidate that the service is not sure of, in [0, 1]."""
_SHOW_AT = 0.5
"""Candidates with lower scores are kept, and not worth a person's look."""
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person says that an entity is, or is not, what an IRI names."""

    entity: str
    iri: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class OpenLink:
    """An entity with candidates that wait for a person."""

    entity: Entity
    service: LinkService
    candidates: tuple[tuple[Candidate, float], ...]
    """Best first, each with its score in [0, 1]."""
    reason: str
    """Why none was taken."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What was decided."""

    external: Mapping[str, tuple[ExternalId, ...]]
    """Entity id to its new identifiers, those that people gave included."""
    open: tuple[OpenLink, ...]
    """Likeliest first."""


def decide(
    entities: Iterable[Entity],
    services: Iterable[LinkService],
    answers: Iterable[ServiceAnswer],
    verdicts: Sequence[Verdict],
    *,
    named: Collection[str],
) -> Linking:
    """The identifiers of all entities, and what waits for a person."""
    known = {each.url: _Service.of(each) for each in services}
    for answer in answers:
        known[answer.service].add(answer)
    people = _People.of(verdicts)
    listed = [each for each in entities if _is_linked(each, named)]
    choices = [
        _choice(entity, known[url], people)
        for entity in listed
        for url in sorted(known)
        if known[url].answer_for(entity) is not None
    ]
    choices = _claimed_once(choices, listed, people)
    external: dict[str, list[ExternalId]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.is_same:
            external[verdict.entity].append(external_id(verdict.iri, score=1.0, origin="person"))
    for choice in choices:
        if choice.taken is not None:
            external[choice.entity.id].append(choice.taken)
    waiting = [choice.as_open() for choice in choices if choice.waits(people)]
    waiting.sort(key=lambda each: (-each.candidates[0][1], each.entity.name, each.entity.id))
    return Linking({key: _one_a_scheme(found) for key, found in external.items()}, tuple(waiting))


def _is_linked(entity: Entity, named: Collection[str]) -> bool:
    return (
        entity.type in LINKED_TYPES
        and entity.review is not Review.REJECTED
        and any(chain in named for chain in entity.chains)
    )


@dataclass(slots=True)
class _Service:
    """A service with its answers, found by name, and where the name changed by chain."""

    record: LinkService
    by_name: dict[tuple[EntityType, str], ServiceAnswer]
    by_chain: dict[str, ServiceAnswer]
    best_score: float = 0.0

    @classmethod
    def of(cls, record: LinkService) -> _Service:
        return cls(record, {}, {})

    def add(self, answer: ServiceAnswer) -> None:
        self.by_name[answer.type, answer.name] = answer
        self.by_chain[answer.chain] = answer
        scores = [candidate.score for candidate in answer.candidates]
        self.best_score = max([self.best_score, *scores])

    def answer_for(self, entity: Entity) -> ServiceAnswer | None:
        own = self.by_name.get((entity.type, entity.name))
        if own is not None:
            return own
        return next(
            (
                self.by_chain[chain]
                for chain in entity.chains
                if chain in self.by_chain and self.by_chain[chain].type is entity.type
            ),
            None,
        )

    @property
    def has_scale(self) -> bool:
        """True for scores from 0 to 1 or from 0 to 100; the specification leaves them open."""
        return self.best_score <= _PERCENT

    def in_unit(self, score: float) -> float:
        top = 1.0 if self.best_score <= 1.0 else max(_PERCENT, self.best_score)
        return round(min(1.0, max(0.0, score / top)), 4)


@dataclass(frozen=True, slots=True)
class _People:
    """What people said of links."""

    same: Mapping[str, str]
    """IRI to the entity that it names."""
    different: frozenset[tuple[str, str]]
    settled: frozenset[tuple[str, str]]
    """Entity and scheme that a person gave."""

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> _People:
        same = [each for each in verdicts if each.is_same]
        return cls(
            same={_norm(each.iri): each.entity for each in same},
            different=frozenset((v.entity, _norm(v.iri)) for v in verdicts if not v.is_same),
            settled=frozenset((v.entity, _scheme(v.iri)) for v in same),
        )

    def allow(self, entity: Entity, candidate: Candidate) -> bool:
        iri = _norm(candidate.iri)
        return self.same.get(iri, entity.id) == entity.id and (entity.id, iri) not in self.different


@dataclass(frozen=True, slots=True)
class _Choice:
    entity: Entity
    service: LinkService
    candidates: tuple[tuple[Candidate, float], ...]
    taken: ExternalId | None
    reason: str

    def waits(self, people: _People) -> bool:
        if self.taken is not None or not self.shown:
            return False
        schemes = {_scheme(candidate.iri) for candidate, _ in self.shown}
        return not any((self.entity.id, scheme) in people.settled for scheme in schemes)

    def as_open(self) -> OpenLink:
        return OpenLink(self.entity, self.service, self.shown, self.reason)

    @property
    def shown(self) -> tuple[tuple[Candidate, float], ...]:
        return tuple(pair for pair in self.candidates if pair[1] >= _SHOW_AT)


def _choice(entity: Entity, service: _Service, people: _People) -> _Choice:
    answer = service.answer_for(entity)
    assert answer is not None
    listed = tuple(
        (candidate, service.in_unit(candidate.score))
        for candidate in answer.candidates
        if people.allow(entity, candidate)
    )
    reason = _doubt(entity, answer, listed, service)
    if reason or not listed:
        return _Choice(entity, service.record, listed, None, reason)
    best, score = listed[0]
    taken = external_id(best.iri, score=score, origin=service.record.url.partition("?")[0])
    return _Choice(entity, service.record, listed, taken, "")


def _doubt(
    entity: Entity,
    answer: ServiceAnswer,
    listed: Sequence[tuple[Candidate, float]],
    service: _Service,
) -> str:
    """Why the best candidate is not taken; empty if nothing speaks against it."""
    if not listed:
        return "no candidate"
    (best, score), others = listed[0], listed[1:]
    if any(known.scheme == _scheme(best.iri) for known in entity.external):
        return "already has an identifier there"
    if score < service.record.threshold:
        return f"score {score:.2f} is below {service.record.threshold:.2f}"
    if entity.type is EntityType.PERSON and len(answer.name.split()) < 2:
        return "one word is too little to tell a person by"
    if any(other.is_match for other, _ in others) or (others and others[0][1] >= score):
        return "two candidates are as good"
    if best.is_match:
        return ""
    if not service.has_scale:
        return "the service is not sure, and its scores have no scale"
    if others and score - others[0][1] < _MARGIN:
        return "the second candidate is close"
    names = {_folded(name) for name in (answer.name, entity.name, *entity.aliases)}
    return "" if _folded(best.name) in names else "the service is not sure, and the names differ"


def _claimed_once(
    choices: Sequence[_Choice], entities: Iterable[Entity], people: _People
) -> list[_Choice]:
    """Two entities that would become the same item elsewhere: neither does, until a person says."""
    claims: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for known in entity.external:
            claims[known.iri].add(entity.id)
    for choice in choices:
        if choice.taken is not None:
            claims[choice.taken.iri].add(choice.entity.id)
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    for choice in choices:
        if choice.taken is not None:
            own[choice.entity.id, choice.taken.scheme].add(choice.taken.iri)
    return [_checked(choice, claims, own, people) for choice in choices]


def _checked(
    choice: _Choice,
    claims: Mapping[str, Collection[str]],
    own: Mapping[tuple[str, str], Collection[str]],
    people: _People,
) -> _Choice:
    taken = choice.taken
    if taken is None:
        return choice
    if (choice.entity.id, taken.scheme) in people.settled:
        return replace(choice, taken=None)
    if len(claims[taken.iri]) > 1:
        return replace(choice, taken=None, reason="another entity here has the same candidate")
    if len(own[choice.entity.id, taken.scheme]) > 1:
        return replace(choice, taken=None, reason="two services disagree")
    return choice


def _one_a_scheme(found: Sequence[ExternalId]) -> tuple[ExternalId, ...]:
    """The surest of each scheme, by scheme; what a later person says counts."""
    best: dict[str, ExternalId] = {}
    for each in found:
        known = best.get(each.scheme)
        if known is None or each.origin == "person" or each.score > known.score:
            best[each.scheme] = each
    return tuple(best[scheme] for scheme in sorted(best))


def _norm(iri: str) -> str:
    return external_id(iri, score=1.0, origin="").iri


def _scheme(iri: str) -> str:
    return external_id(iri, score=1.0, origin="").scheme


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split())
