"""Which candidate becomes an identifier: in doubt none, and a person has the last word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from kg.link import Verdict, decide
from kg.model import Candidate, Entity, ExternalId, LinkService, ServiceAnswer
from kg.vocabulary import EntityType, Review
from tests import linking
from tests.linking import AnswersInMemory, Decided

URL = "http://h/reconcile"
SPACE = "http://example.org/p/"
SERVICE = LinkService(URL, "People", SPACE, 0.9)
WIKIDATA = LinkService("http://w/api", "Wikidata", "http://www.wikidata.org/entity/", 0.9)


def an_entity(name: str, id_: str = "e1", **fields: object) -> Entity:
    type_ = fields.pop("type", EntityType.PERSON)
    return Entity(id_, type_, name, (), (f"c-{id_}",), **fields)  # type: ignore[arg-type]


def offer(
    id_: str, name: str, score: float, *, match: bool = False, space: str = SPACE
) -> Candidate:
    return Candidate(space + id_, name, score, match)


def an_answer(entity: Entity, *candidates: Candidate, service: str = URL) -> ServiceAnswer:
    return ServiceAnswer(service, entity.type, entity.name, "[]", entity.chains[0], candidates)


def decided(
    entities: Iterable[Entity],
    answers: Iterable[ServiceAnswer],
    *verdicts: Verdict,
    services: tuple[LinkService, ...] = (SERVICE, WIKIDATA),
) -> Decided:
    return linking.decided(list(entities), services, answers, verdicts)


MARSH = an_entity("Ilda Marsh")


@pytest.mark.parametrize(
    ("candidates", "taken", "reason"),
    [
        # the service is sure, and so is the score
        ([offer("M1", "Ilda Marsh", 100, match=True)], "M1", ""),
        ([offer("M1", "Ilda Marsh", 100, match=True), offer("M2", "I. Marsh", 99)], "M1", ""),
        # the service is sure, the score is not
        ([offer("M1", "Ilda Marsh", 89, match=True)], None, "score 0.89 is below 0.90"),
        # not sure, but far ahead under the same name
        ([offer("M1", "Ilda Marsh", 100), offer("M2", "Marsh", 80)], "M1", ""),
        ([offer("M1", "ilda marsh", 95)], "M1", ""),
        # not sure, and the second is close
        ([offer("M1", "Ilda Marsh", 100), offer("M2", "Ilda Marsh", 95)], None, "the second candidate is close"),
        # not sure, and another name
        ([offer("M1", "Ilda Moore", 100)], None, "the service is not sure, and the names differ"),
        # two of whom it is sure, or equally good
        ([offer("M1", "Ilda Marsh", 100, match=True), offer("M2", "Ilda Marsh", 98, match=True)], None, "two candidates are as good"),
        ([offer("M1", "Ilda Marsh", 100, match=True), offer("M2", "Ilda Marsh", 100)], None, "two candidates are as good"),
    ],
)  # fmt: skip
def test_candidate_is_taken_only_beyond_doubt(
    candidates: list[Candidate], taken: str | None, reason: str
) -> None:
    found = decided([MARSH], [an_answer(MARSH, *candidates)])
    ids = [each.iri.removeprefix(SPACE) for each in found.external.get("e1", ())]
    assert ids == ([taken] if taken else [])
    assert [each.reason for each in found.open] == ([reason] if reason else [])


def test_nothing_was_offered_and_nothing_waits() -> None:
    assert decided([MARSH], [an_answer(MARSH)]) == Decided({}, ())


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([1.0], 1.0),  # a scale from 0 to 1
        ([95.0], 0.95),  # from 0 to 100
        ([0.4, 95.0], 0.95),  # one small score does not change the scale of the service
        ([640.0], 1.0),  # no scale at all: the best score seen is the top
    ],
)
def test_scale_is_that_of_the_service(scores: list[float], expected: float) -> None:
    people = [an_entity(f"Ilda Marsh{i}", f"e{i}") for i in range(len(scores))]
    answers = [
        an_answer(person, offer(f"M{i}", person.name, score, match=True))
        for i, (person, score) in enumerate(zip(people, scores, strict=True))
    ]
    found = decided(people, answers)
    assert found.external[people[-1].id][0].score == expected


def test_without_a_scale_only_the_word_of_the_service_counts() -> None:
    found = decided([MARSH], [an_answer(MARSH, offer("M1", "Ilda Marsh", 640))])
    assert found.external == {}
    assert found.open[0].reason == "the service is not sure, and its scores have no scale"


def test_surname_alone_links_nobody() -> None:
    marsh = an_entity("Marsh")
    found = decided([marsh], [an_answer(marsh, offer("M1", "Marsh", 100, match=True))])
    assert found.external == {}
    assert found.open[0].reason == "one word is too little to tell a person by"


def test_one_word_is_enough_for_a_place() -> None:
    place = an_entity("Tarnby", type=EntityType.PLACE)
    found = decided([place], [an_answer(place, offer("P1", "Tarnby", 100, match=True))])
    assert found.external["e1"][0].iri == SPACE + "P1"


def test_item_that_two_entities_claim_is_given_to_neither() -> None:
    one, other = MARSH, an_entity("Dame Ilda Marsh", "e2")
    offered = offer("M1", "Ilda Marsh", 100, match=True)
    found = decided([one, other], [an_answer(one, offered), an_answer(other, offered)])
    assert found.external == {}
    assert {each.reason for each in found.open} == {"another entity here has the same candidate"}


def test_identifier_of_the_gazetteer_is_never_doubled() -> None:
    known = (ExternalId("wikidata", "Q217", 1.0, "gazetteer"),)
    moldova = an_entity("Moldova", type=EntityType.PLACE, external=known)
    twin = an_entity("Moldavia", "e2", type=EntityType.PLACE)
    offered = offer("Q217", "Moldova", 100, match=True, space=WIKIDATA.space)
    answers = [an_answer(each, offered, service=WIKIDATA.url) for each in (moldova, twin)]
    assert decided([moldova, twin], answers).external == {}


def test_services_that_disagree_link_nothing() -> None:
    other = replace(WIKIDATA, url="http://w2/api")
    answers = [
        an_answer(MARSH, offer("Q1", "Ilda Marsh", 100, match=True, space=WIKIDATA.space), service=WIKIDATA.url),
        an_answer(MARSH, offer("Q2", "Ilda Marsh", 100, match=True, space=WIKIDATA.space), service=other.url),
    ]  # fmt: skip
    found = decided([MARSH], answers, services=(WIKIDATA, other))
    assert found.external == {}
    assert {each.reason for each in found.open} == {"two services disagree"}


def test_two_spaces_give_two_identifiers() -> None:
    answers = [
        an_answer(MARSH, offer("Q1", "Ilda Marsh", 100, match=True, space=WIKIDATA.space), service=WIKIDATA.url),
        an_answer(MARSH, offer("M1", "Ilda Marsh", 100, match=True)),
    ]  # fmt: skip
    external = decided([MARSH], answers).external["e1"]
    assert [(each.scheme, each.id) for each in external] == [
        (SPACE, SPACE + "M1"),
        ("wikidata", "Q1"),
    ]
    assert [each.origin for each in external] == [URL, WIKIDATA.url]


def test_accepted_link_is_a_persons() -> None:
    answer = an_answer(MARSH, offer("M1", "I. Marsh", 60))
    found = decided([MARSH], [answer], Verdict("e1", SPACE + "M1", is_same=True))
    assert found.external["e1"] == (ExternalId(SPACE, SPACE + "M1", 1.0, "person"),)
    assert found.open == ()


def test_rejected_link_gives_way_to_the_next() -> None:
    answer = an_answer(
        MARSH, offer("M1", "Ilda Marsh", 100, match=True), offer("M2", "Ilda Marsh", 97)
    )
    found = decided([MARSH], [answer], Verdict("e1", SPACE + "M1", is_same=False))
    assert [each.iri for each in found.external["e1"]] == [SPACE + "M2"]


def test_what_a_person_gave_to_one_no_service_gives_to_another() -> None:
    other = an_entity("Ilda Marsh", "e2")
    answer = an_answer(MARSH, offer("M1", "Ilda Marsh", 100, match=True))
    found = decided([MARSH, other], [answer], Verdict("e2", SPACE + "M1", is_same=True))
    assert set(found.external) == {"e2"}


def test_answer_is_found_again_when_the_name_has_grown() -> None:
    grown = replace(MARSH, name="Ilda Ann Marsh")
    answer = an_answer(MARSH, offer("M1", "Ilda Marsh", 100, match=True))
    assert decided([grown], [answer]).external["e1"][0].iri == SPACE + "M1"


def test_rejected_entity_has_no_identifier() -> None:
    gone = replace(MARSH, review=Review.REJECTED)
    answer = an_answer(MARSH, offer("M1", "Ilda Marsh", 100, match=True))
    assert decided([gone], [answer]).external == {}


def test_weak_candidates_are_not_worth_a_look() -> None:
    assert decided([MARSH], [an_answer(MARSH, offer("M1", "Ildefonso", 49.0))]).open == ()


def test_order_of_entities_and_answers_does_not_matter() -> None:
    people = [an_entity(f"Ilda Marsh{i}", f"e{i}") for i in range(4)]
    answers = [
        an_answer(each, offer(f"M{i % 3}", each.name, 90 + i)) for i, each in enumerate(people)
    ]
    assert decided(people, answers) == decided(people[::-1], answers[::-1])


def test_entities_pass_one_by_one() -> None:
    """Twice, for who claims the same item is known after all of them, and none is held."""
    people = [an_entity(f"Ilda Marsh{i}", f"e{i}") for i in range(3)]
    answers = [an_answer(each, offer(f"M{each.id}", each.name, 100)) for each in people]
    drawn: list[str] = []

    def entities() -> Iterator[Entity]:
        for each in people:
            drawn.append(each.id)
            yield each

    found = decide(entities, [SERVICE], AnswersInMemory(answers), (), is_named=lambda _: True)
    assert drawn == []
    assert next(found).entity is people[0]
    assert drawn == ["e0", "e1", "e2", "e0"]
    assert [linked.entity.id for linked in found] == ["e1", "e2"]
