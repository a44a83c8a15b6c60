"""Identifiers elsewhere: services that were asked for them, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.model import Candidate, Entity, LinkService, ServiceAnswer
from kg.store.changes import next_change
from kg.store.database import Database, Row
from kg.vocabulary import EntityType


class Identifiers:
    """The services and their answers, kept in a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_service(self, service: LinkService) -> None:
        """Note a service, or what changed about it."""
        row = (
            *(service.url, service.name, service.space, service.threshold),
            *(service.view, json.dumps(service.versions), service.batch_size),
        )
        if self._database.row("SELECT * FROM services WHERE url = ?", (service.url,)) == row:
            return
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO services VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE "
                "SET name = excluded.name, space = excluded.space, "
                "threshold = excluded.threshold, view = excluded.view, "
                "versions = excluded.versions, batch_size = excluded.batch_size",
                row,
            )
            next_change(self._database)

    def save_answers(self, answers: Iterable[ServiceAnswer]) -> None:
        """Keep answers, each in the place of an older one to the same name and type."""
        rows = [
            (
                *(answer.service, str(answer.type), answer.name, answer.asked, answer.chain),
                json.dumps([_fields(each) for each in answer.candidates], ensure_ascii=False),
            )
            for answer in answers
        ]
        with self._database.transaction():
            self._database.execute_many(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", rows
            )
            next_change(self._database)

    def forget(self, url: str) -> bool:
        """Drop a service with its answers; True if it was known."""
        with self._database.transaction():
            gone = self._database.execute("DELETE FROM services WHERE url = ?", (url,)) > 0
            if gone:
                next_change(self._database)
        return gone

    def services(self) -> Iterator[LinkService]:
        """All services, by address."""
        for row in self._database.rows("SELECT * FROM services ORDER BY url"):
            url, name, space, threshold, view, versions, batch_size = row
            yield LinkService(
                url, name, space, threshold, view, tuple(json.loads(versions)), batch_size
            )

    def answers(self) -> Iterator[ServiceAnswer]:
        """All answers, by service, type and name."""
        for row in self._database.rows("SELECT * FROM answers ORDER BY service, type, name"):
            yield _answer_of(row)

    def is_named(self, chain: str) -> bool:
        """True for the id of a chain that has a name: only those are asked for."""
        found = self._database.value("SELECT named FROM chains WHERE id = ?", (chain,))
        return bool(found)

    def answers_by_entity(self) -> EntityAnswers:
        """The answers, to be asked for one by one."""
        return EntityAnswers(self._database)


class EntityAnswers:
    """Answers of services by entity, read one at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # A table of this connection alone: of the answers, chains are no key.
        database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS asked_chains (service TEXT, type TEXT, chain TEXT, "
            "name TEXT, PRIMARY KEY (service, type, chain)) WITHOUT ROWID"
        )
        database.execute("DELETE FROM asked_chains")
        database.execute(
            "INSERT OR REPLACE INTO asked_chains SELECT service, type, chain, name FROM answers "
            "ORDER BY service, type, name"
        )

    def best_scores(self) -> dict[str, float]:
        """Address of a service to the highest score that it ever gave."""
        best: dict[str, float] = {}
        for service, candidates in self._database.rows("SELECT service, candidates FROM answers"):
            scores = [_candidate(each).score for each in json.loads(candidates)]
            best[service] = max([best.get(service, 0.0), *scores])
        return best

    def answer_for(self, service: str, entity: Entity) -> ServiceAnswer | None:
        """What was answered to the name of an entity; where that changed, to one of its chains."""
        own = self._answer(service, entity.type, entity.name)
        if own is not None:
            return own
        rows = self._database.rows(
            "SELECT chain, name FROM asked_chains WHERE service = ? AND type = ? "
            "AND chain IN (SELECT value FROM json_each(?))",
            (service, str(entity.type), json.dumps(entity.chains)),
        )
        names: dict[str, str] = dict(rows)
        first = next((chain for chain in entity.chains if chain in names), None)
        return None if first is None else self._answer(service, entity.type, names[first])

    def _answer(self, service: str, type_: EntityType, name: str) -> ServiceAnswer | None:
        row = self._database.row(
            "SELECT * FROM answers WHERE service = ? AND type = ? AND name = ?",
            (service, str(type_), name),
        )
        return None if row is None else _answer_of(row)


def _answer_of(row: Row) -> ServiceAnswer:
    service, type_, name, asked, chain, candidates = row
    found = tuple(_candidate(each) for each in json.loads(candidates))
    return ServiceAnswer(service, EntityType(type_), name, asked, chain, found)


def _fields(candidate: Candidate) -> list[object]:
    return [
        *(candidate.iri, candidate.name, candidate.score, candidate.is_match),
        *(list(candidate.types), candidate.reason),
    ]


def _candidate(fields: list[object]) -> Candidate:
    iri, name, score, is_match, types, reason = fields
    assert isinstance(types, list)
    return Candidate(
        str(iri), str(name), float(str(score)), bool(is_match), tuple(types), str(reason)
    )
