"""What people decide, from Python: each decision is a line of the ledger, applied at once."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg import ledger
from kg.errors import UsageError
from kg.ledger import Author, Correction
from kg.model import Annotation, Article, Entity, Mention, Span, Statement
from kg.pipeline import derive
from kg.store import Store

if TYPE_CHECKING:
    from kg.api.graph import Graph


class Corrections:
    """The ledger of a graph: decide, undo, export, import. `len` counts the decisions in force.

    Every method that decides returns the corrections it wrote, and brings the graph up to date.
    `who` is the login name unless it is given.
    """

    def __init__(self, graph: Graph, *, who: str | None = None, why: str = "") -> None:
        self._graph = graph
        self._store: Store = graph.store
        self._who = who or _login()
        self._why = why

    def __len__(self) -> int:
        return len(self.in_force())

    def __iter__(self) -> Iterator[Correction]:
        return iter(self.in_force())

    def in_force(self) -> tuple[Correction, ...]:
        """The decisions that hold, oldest first."""
        return ledger.active(self._read())

    def complaints(self) -> tuple[str, ...]:
        """Decisions that find nothing to correct any more, and lines that are none."""
        return derive(self._store).complaints

    def merge(self, keep: str, *others: str, force: bool = False) -> Correction:
        """All these entities are one. Raises UsageError for a person and a place unless forced."""
        entities = [self._entity(each) for each in (keep, *others)]
        annotated = self._homes(*entities)
        made = ledger.merge(entities[0], entities[1:], annotated, self._author(), force=force)
        return self._write(made)

    def split(self, entity: str, mentions: Sequence[str]) -> Correction:
        """These mentions (`ARTICLE:START-END`, or a chain id) mean another entity than the rest."""
        found = self._entity(entity)
        moved = [mention for each in mentions for mention in self._mentions(found, each)]
        return self._write(ledger.split(found, moved, self._homes(found), self._author()))

    def rename(self, entity: str, name: str) -> Correction:
        """The entity is called so."""
        return self._about_entity(ledger.rename, entity, name)

    def retype(self, entity: str, type: str) -> Correction:
        """The entity is a person, organisation, place ..."""
        return self._about_entity(ledger.retype, entity, type)

    def reject(self, entity: str) -> Correction:
        """The entity is none: its words were misread."""
        found = self._entity(entity)
        return self._write(ledger.reject_entity(found, self._homes(found), self._author()))

    def accept_link(self, entity: str, iri: str) -> Correction:
        """The entity is what the IRI, or the QID of Wikidata, names."""
        return self._link(entity, iri, is_same=True)

    def reject_link(self, entity: str, iri: str) -> Correction:
        """The entity is not what the IRI names; no service can link the two again."""
        return self._link(entity, iri, is_same=False)

    def speaker(self, statement: str, speaker: str) -> Correction:
        """This entity makes the statement."""
        record, article = self._statement(statement)
        found = self._entity(speaker)
        annotated = self._homes(found)
        return self._write(
            ledger.correct_speaker(record, article, found, annotated, self._author())
        )

    def stance(self, statement: str, stance: str) -> Correction:
        """The speaker does this to the content as worded."""
        record, article = self._statement(statement)
        return self._write(ledger.correct_stance(record, article, stance, self._author()))

    def not_a_statement(self, statement: str) -> Correction:
        """Nobody says this; the words were misread."""
        record, article = self._statement(statement)
        return self._write(ledger.not_a_statement(record, article, self._author()))

    def undo(self, count: int = 1) -> tuple[Correction, ...]:
        """Take back the last decisions in force, the last first."""
        made = ledger.undo(self._read(), count, self._author())
        ledger.append_corrections(self._store.corrections, made)
        self._graph.refresh()
        return made

    def export(self, target: Path) -> int:
        """Write the ledger to a file; how many decisions it has."""
        return ledger.export_corrections(self._store.corrections, target)

    def import_from(self, origin: Path) -> tuple[int, tuple[str, ...]]:
        """Add the decisions of another ledger; how many were new, and which lines are none."""
        added, bad = ledger.import_corrections(self._store.corrections, origin)
        self._graph.refresh()
        return added, tuple(f"{origin}:{line.number}: {line.reason}" for line in bad)

    def _read(self) -> tuple[Correction, ...]:
        return ledger.read_ledger(self._store.corrections).corrections

    def _author(self) -> Author:
        return Author(self._who, datetime.now(UTC).isoformat(timespec="seconds"), self._why)

    def _write(self, made: Correction) -> Correction:
        ledger.append_corrections(self._store.corrections, [made])
        self._graph.refresh()
        return made

    def _about_entity(
        self,
        decide: Callable[[Entity, str, list[tuple[Article, Annotation]], Author], Correction],
        entity: str,
        value: str,
    ) -> Correction:
        found = self._entity(entity)
        return self._write(decide(found, value, self._homes(found), self._author()))

    def _link(self, entity: str, iri: str, *, is_same: bool) -> Correction:
        found = self._entity(entity)
        homes = self._homes(found)
        return self._write(ledger.link(found, iri, homes, self._author(), is_same=is_same))

    def _entity(self, name: str) -> Entity:
        return self._graph.entity(name).record

    def _homes(self, *entities: Entity) -> list[tuple[Article, Annotation]]:
        """The articles in which the entities are mentioned."""
        chains = [chain for entity in entities for chain in entity.chains]
        homes = sorted({self._store.article_of(chain) for chain in chains})
        return [(self._store.article(home), self._store.annotation(home)) for home in homes]

    def _statement(self, statement: str) -> tuple[Statement, Article]:
        view = self._graph.statement(statement)
        return view.record, view.article

    def _mentions(self, entity: Entity, named: str) -> list[Mention]:
        mentions = list(self._store.mentions_of(entity.id))
        chain = named.removeprefix("le:")
        found = [each for each in mentions if each.chain == chain]
        return found or [each for each in mentions if _place(each) == named.removeprefix("art:")]


def _place(mention: Mention) -> str:
    span: Span = mention.span
    return f"{mention.article}:{span.start}-{span.end}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("who corrects? Set the variable USER.") from error
