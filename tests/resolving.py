"""Small collections of invented articles for the tests of resolution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kg.model import Annotation, Article, Chain
from kg.vocabulary import EntityType
from tests.factories import NAME, ArticleBuilder

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE
Annotated = tuple[Article, Annotation]


def an_article(
    text: str, *names: tuple[str, EntityType], day: int | None = 1, **fields: object
) -> Annotated:
    """An article with one chain for each of the names, which stand in its text."""
    published = None if day is None else date(2024, 3, 1) + timedelta(days=day - 1)
    made = ArticleBuilder(text, published=published)
    for name, entity_type in names:
        made.chain(name, entity_type, (name, 0, NAME), **fields)
    return made.build("hrun")


def chain_of(annotated: Annotated, name: str) -> Chain:
    """The chain of that name in the article."""
    return next(chain for chain in annotated[1].chains if chain.name == name)


def entity_name_sets(entities: Sequence[object]) -> set[frozenset[str]]:
    """The chains of each entity as a set: what must not depend on any order."""
    return {frozenset(entity.chains) for entity in entities}  # type: ignore[attr-defined]
