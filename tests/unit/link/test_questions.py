"""What is asked for, and that nothing but what the user allowed is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.link import Hint, Question, Wanted, questions, wikidata_classes
from kg.model import Entity, LinkService, Relation, Span
from kg.vocabulary import EntityType, Review

MARSH = Entity("e1", EntityType.PERSON, "Ilda Marsh", ("Marsh",), ("c1",))
AGENCY = Entity("e2", EntityType.ORGANISATION, "Coast Agency", (), ("c2",))
NAMED = {"c1", "c2"}


def asked(*entities: Entity, wanted: Wanted | None = None, **more) -> list[Question]:
    return questions(entities, wanted or Wanted(), is_named=NAMED.__contains__, **more)


def test_each_name_is_asked_for_once_by_type_and_name() -> None:
    twin = replace(MARSH, id="e3", chains=("c2",))
    assert [each.name for each in asked(MARSH, twin, AGENCY)] == ["Coast Agency", "Ilda Marsh"]


@pytest.mark.parametrize(
    "entity",
    [
        replace(MARSH, type=EntityType.GROUP),  # "two officials"
        replace(MARSH, type=EntityType.OTHER),
        replace(MARSH, chains=("c9",)),  # no name: "the mayor"
        replace(MARSH, review=Review.REJECTED),
        replace(MARSH, name="x" * 201),  # no name of anything
        replace(MARSH, name="M"),
    ],
    ids=lambda entity: f"{entity.type} {entity.name[:10]}",
)
def test_what_has_no_name_of_its_own_is_not_asked_for(entity: Entity) -> None:
    assert asked(entity) == []


def test_types_and_entities_can_be_chosen() -> None:
    assert [q.name for q in asked(MARSH, AGENCY, wanted=Wanted(entities=("e2",)))] == [
        "Coast Agency"
    ]
    people = Wanted(types=(EntityType.PERSON,), classes={EntityType.PERSON: "Q5"})
    assert [(q.name, q.class_id) for q in asked(MARSH, AGENCY, wanted=people)] == [
        ("Ilda Marsh", "Q5")
    ]


def test_relations_are_told_only_as_hints_and_only_where_the_article_words_them() -> None:
    worded = Relation("r1", "a", "c1", "worksFor", "c2", "the agency", Span(0, 9), None)
    said = replace(worded, id="r2", statement="s1")
    other = replace(worded, id="r3", predicate="spouse")
    relations = [
        ("e1", worded, "Coast Agency"),
        ("e1", said, "Rivals"),
        ("e1", other, "Orrin Vale"),
    ]
    [question] = asked(MARSH, relations=relations)
    assert question.hints == ()
    [question] = asked(MARSH, wanted=Wanted(hints=(Hint("P108", "worksFor"),)), relations=relations)
    assert question.hints == (("P108", "Coast Agency"),)


@pytest.mark.parametrize(
    ("space", "is_typed"),
    [
        ("http://www.wikidata.org/entity/", True),
        ("https://www.wikidata.org/entity/", True),
        ("http://example.org/p/", False),  # its classes are not known
    ],
)
def test_classes_are_known_for_wikidata_alone(space: str, is_typed: bool) -> None:
    found = wikidata_classes(LinkService("http://h/r", "x", space, 0.9))
    assert found.get(EntityType.PERSON) == ("Q5" if is_typed else None)
