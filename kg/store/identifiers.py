"""Identifiers elsewhere: services that were asked for them, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.model import Candidate, LinkService, ServiceAnswer
from kg.store.changes import next_change
from kg.store.database import Database
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
            service, type_, name, asked, chain, candidates = row
            found = tuple(_candidate(each) for each in json.loads(candidates))
            yield ServiceAnswer(service, EntityType(type_), name, asked, chain, found)

    def named_chains(self) -> frozenset[str]:
        """The ids of the chains that have a name: only those are asked for."""
        rows = self._database.rows("SELECT id FROM chains WHERE named")
        return frozenset(id_ for (id_,) in rows)


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
