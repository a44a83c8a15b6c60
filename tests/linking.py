"""Answers of services in memory, and what is decided with them, for tests of linking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.link import OpenLink, Verdict, decide
from kg.model import Entity, ExternalId, LinkService, ServiceAnswer


class AnswersInMemory:
    """What `kg.link.Answers` asks for."""

    def __init__(self, answers: Iterable[ServiceAnswer]) -> None:
        self._answers = sorted(answers, key=lambda each: (each.service, each.type, each.name))

    def best_scores(self) -> Mapping[str, float]:
        best: dict[str, float] = {}
        for answer in self._answers:
            scores = [candidate.score for candidate in answer.candidates]
            best[answer.service] = max([best.get(answer.service, 0.0), *scores])
        return best

    def answer_for(self, service: str, entity: Entity) -> ServiceAnswer | None:
        known = [a for a in self._answers if (a.service, a.type) == (service, entity.type)]
        by_chain = {answer.chain: answer for answer in known}
        own = [answer for answer in known if answer.name == entity.name]
        own += [by_chain[chain] for chain in entity.chains if chain in by_chain]
        return own[0] if own else None


@dataclass(frozen=True)
class Decided:
    """What was decided of some entities."""

    external: Mapping[str, tuple[ExternalId, ...]]
    open: tuple[OpenLink, ...]
    """By the id of the entity."""


def decided(
    entities: Collection[Entity],
    services: Iterable[LinkService],
    answers: Iterable[ServiceAnswer],
    verdicts: Iterable[Verdict] = (),
) -> Decided:
    """The decisions where every chain has a name."""
    found = list(
        decide(
            lambda: entities,
            services,
            AnswersInMemory(answers),
            tuple(verdicts),
            is_named=lambda _: True,
        )
    )
    waiting = sorted((each for linked in found for each in linked.open), key=_entity_id)
    return Decided(
        {each.entity.id: each.external for each in found if each.external}, tuple(waiting)
    )


def _entity_id(waiting: OpenLink) -> str:
    return waiting.entity.id
