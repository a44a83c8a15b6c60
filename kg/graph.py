"""The assembled view: what exporters and queries read, whoever holds the records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.model import Annotation, Article, ClaimLink, Entity, Link, Run


class GraphView(Protocol):
    """Articles with their annotations, and what was resolved across them; all orders are stable.

    A store implements it by streaming, so that no exporter needs the whole graph in memory.
    """

    @property
    def base(self) -> str:
        """Base IRI of the data, ending in `/` or `#`."""

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        """Articles with their annotations, by article id; corrections applied."""

    def entities(self) -> Iterator[Entity]:
        """All entities, by id, narrators and unnamed sources included; each chain has one."""

    def entity_of(self, chain: str) -> str:
        """The id of the entity of a chain. Raises KeyError for an unknown chain."""

    def links(self) -> Iterator[Link]:
        """Judged pairs of chains, by (left, right)."""

    def claim_links(self) -> Iterator[ClaimLink]:
        """Pairs of claims, by (left, relation, right)."""

    def runs(self) -> Iterator[Run]:
        """What produced the annotations, by id."""
