"""Counts of a graph, for `kg status` and `kg entities`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.model import Failure
from kg.store import FoundEntity, Store
from kg.vocabulary import Review


def is_none(found: FoundEntity) -> bool:
    """True for what a person rejected: its words were misread."""
    return found.entity.review is Review.REJECTED


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity with its counts."""

    found: FoundEntity

    def as_row(self) -> tuple[object, ...]:
        """Id, type, name, mentions, statements, articles, aliases."""
        entity = self.found.entity
        counts = (self.found.mentions, self.found.statements, len(entity.chains))
        name = f"{entity.name} (rejected)" if is_none(self.found) else entity.name
        return (entity.id, entity.type.value, name, *counts, ", ".join(entity.aliases))

    def as_object(self) -> dict[str, object]:
        """The same, for JSON."""
        entity = self.found.entity
        return {
            "id": entity.id,
            "type": entity.type.value,
            "name": entity.name,
            "mentions": self.found.mentions,
            "statements": self.found.statements,
            "articles": len(entity.chains),
            "aliases": list(entity.aliases),
            "review": entity.review.value if entity.review else None,
        }


class EntityRows(Sequence[EntityRow]):
    """Rows of `kg entities`."""

    def __init__(self, rows: Sequence[EntityRow]) -> None:
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[EntityRow]:
        return iter(self._rows)

    def __getitem__(self, position: Any) -> Any:
        return self._rows[position]


class Status:
    """What is in a store, and what failed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counts = store.counts()
        self.failures: tuple[Failure, ...] = tuple(store.failures())
        self._runs = tuple(store.runs())

    def lines(self) -> Iterator[tuple[str, str]]:
        """Name and value, for a terminal."""
        yield "store", str(self._store.folder.resolve())
        for name, value in asdict(self._counts).items():
            yield name.replace("_", " "), f"{value:,}"
        for run in self._runs:
            yield "run", f"{run.id}: kg {run.version}, {run.model}, sha256 {run.model_sha256[:12]}"

    def as_object(self) -> dict[str, object]:
        """The same, for JSON."""
        return {
            "store": str(self._store.folder.resolve()),
            "counts": asdict(self._counts),
            "runs": [asdict(run) for run in self._runs],
            "failures": [
                {"source": each.source, "reason": each.reason, "kind": each.kind.value}
                for each in self.failures
            ],
        }
