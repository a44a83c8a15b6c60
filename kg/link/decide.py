"""From answers to identifiers: which candidate is the entity, which wait for a person.

A pure function of what the store holds, so links last through every rebuild. A link is a merge with
something far away: it wants a score above the threshold, the service's own word or a clear lead
over the second, and an item that no other entity of the graph claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from kg.link.questions import LINKED_TYPES
from kg.model import Candidate, Entity, ExternalId, LinkService, ServiceAnswer, external_id
from kg.spill import Sorter
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
class Linked:
    """An entity and what was decided of it."""

    entity: Entity
    external: tuple[ExternalId, ...] = ()
    """Its new identifiers, by scheme, those that people gave included."""
    open: tuple[OpenLink, ...] = ()
    """What waits for a person, a service each."""


class Answers(Protocol):
    """What services answered, one answer at a time: all of them may be many."""

    def best_scores(self) -> Mapping[str, float]:
        """Address of a service to the highest score that it ever gave."""

    def answer_for(self, service: str, entity: Entity) -> ServiceAnswer | None:
        """What was answered to the name of an entity; where that changed, to one of its chains."""


def decide(
    entities: Callable[[], Iterable[Entity]],
    services: Iterable[LinkService],
    answers: Answers,
    verdicts: Sequence[Verdict],
    *,
    is_named: Callable[[str], bool],
) -> Iterator[Linked]:
    """Each entity, in order, with its identifiers and what waits for a person.

    The entities are asked for twice and pass one by one; `is_named` says of a chain whether it has
    a name.
    """
    best = answers.best_scores()
    known = [_Service(each, best.get(each.url, 0.0)) for each in services]
    known.sort(key=lambda each: each.record.url)
    people = _People.of(verdicts)

    def choices(entity: Entity) -> list[_Choice] | None:
        if not _is_linked(entity, is_named):
            return None
        found = ((each, answers.answer_for(each.record.url, entity)) for each in known)
        return [_choice(entity, each, people, answer) for each, answer in found if answer]

    answered = bytearray()  # whether there are choices, by the place of the entity
    contested = _contested(entities(), choices, answered)
    given = _given(verdicts)
    for place, entity in enumerate(entities()):
        checked = _checked(choices(entity) or (), contested, people) if answered[place] else []
        taken = [choice.taken for choice in checked if choice.taken is not None]
        waiting = tuple(choice.as_open() for choice in checked if choice.waits(people))
        yield Linked(entity, _one_a_scheme([*given.get(entity.id, ()), *taken]), waiting)


def _contested(
    entities: Iterable[Entity],
    choices: Callable[[Entity], list[_Choice] | None],
    answered: bytearray,
) -> frozenset[str]:
    """IRIs that two entities have or would have: neither gets it, until a person says.

    Appends to `answered` for each entity whether there are choices.
    """
    with Sorter() as claims:
        for entity in entities:
            found = choices(entity)
            answered.append(bool(found))
            if found is None:
                continue
            for known in entity.external:
                claims.add((known.iri, entity.id))
            for choice in found:
                if choice.taken is not None:
                    claims.add((choice.taken.iri, entity.id))
        by_iri = groupby(claims, key=itemgetter(0))
        return frozenset(iri for iri, rows in by_iri if len({id_ for _, id_ in rows}) > 1)


def _given(verdicts: Iterable[Verdict]) -> Mapping[str, list[ExternalId]]:
    """Entity id to what people gave it."""
    found: dict[str, list[ExternalId]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.is_same:
            found[verdict.entity].append(external_id(verdict.iri, score=1.0, origin="person"))
    return found


def _is_linked(entity: Entity, is_named: Callable[[str], bool]) -> bool:
    return (
        entity.type in LINKED_TYPES
        and entity.review is not Review.REJECTED
        and any(map(is_named, entity.chains))
    )


@dataclass(frozen=True, slots=True)
class _Service:
    """A service and the scale of its scores."""

    record: LinkService
    best_score: float

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


def _choice(entity: Entity, service: _Service, people: _People, answer: ServiceAnswer) -> _Choice:
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


def _checked(
    choices: Sequence[_Choice], contested: Collection[str], people: _People
) -> list[_Choice]:
    """The choices of one entity, without those that another entity or service speaks against."""
    own: dict[str, set[str]] = defaultdict(set)
    for choice in choices:
        if choice.taken is not None:
            own[choice.taken.scheme].add(choice.taken.iri)
    return [_check(choice, contested, own, people) for choice in choices]


def _check(
    choice: _Choice,
    contested: Collection[str],
    own: Mapping[str, Collection[str]],
    people: _People,
) -> _Choice:
    taken = choice.taken
    if taken is None:
        return choice
    if (choice.entity.id, taken.scheme) in people.settled:
        return replace(choice, taken=None)
    if taken.iri in contested:
        return replace(choice, taken=None, reason="another entity here has the same candidate")
    if len(own[taken.scheme]) > 1:
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
