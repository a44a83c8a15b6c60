"""Cities by the countries their articles name; no city where several may be meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.link.geonames import SERVICE, Cities, answer_places, cities_of
from kg.model import Entity, ExternalId
from kg.vocabulary import EntityType
from tests.linking import decided


def a_city(id_: int, name: str, country: str, population: int, *others: str) -> dict:
    return {
        "geonameid": id_,
        "name": name,
        "countrycode": country,
        "population": population,
        "alternatenames": list(others),
    }


CITIES = cities_of(
    [
        a_city(1, "Vienna", "AT", 1_691_468, "Wien", "Вена"),
        a_city(2, "Vienna", "US", 16_522),
        a_city(3, "Springfield", "US", 170_188),
        a_city(4, "Springfield", "US", 154_341),
        a_city(5, "Tripoli", "LY", 1_302_947),
        a_city(6, "Tripoli", "LB", 229_398),
        a_city(7, "Zürich", "CH", 402_762),
        a_city(8, "Marl", "DE", 90_000, "Brenholt"),
    ],
    [
        {"iso": iso, "name": name}
        for iso, name in [("AT", "Austria"), ("US", "United States"), ("LY", "Libya"), ("LB", "Lebanon"), ("DE", "Germany"), ("CH", "Switzerland")]
    ],
    ["Ohio", "Texas"],
)  # fmt: skip


def a_place(name: str, **fields: object) -> Entity:
    return Entity("e1", EntityType.PLACE, name, (), ("c1",), **fields)  # type: ignore[arg-type]


def linked(place: Entity, *articles: Sequence[str], cities: Cities = CITIES) -> list[str]:
    context = {place.id: [cities.countries_in(names) for names in articles]}
    answers = answer_places([place], context, cities)
    found = decided([place], [SERVICE], answers)
    return [known.iri for known in found.external.get("e1", ())]


@pytest.mark.parametrize(
    ("name", "articles", "expected"),
    [
        ("Vienna", [["Austria"]], 1),  # its country is named
        ("Vienna", [["Austrian"]], 1),  # or its people
        ("Vienna", [["Ohio"], []], 2),  # a state of the USA, and of no other country
        ("Vienna", [["Austria", "United States"]], 1),  # both named: by far the larger one
        ("Vienna", [[]], 1),  # none named: a hundred times as large
        ("VIENNA", [["Austria"]], 1),
        ("Wien", [[]], 1),  # another name of a large city
        ("Zurich", [["Switzerland"]], 7),  # without its accent
        ("Springfield", [["Ohio"]], None),  # two in that country
        ("Springfield", [[]], None),
        ("Tripoli", [["Lebanon"]], 6),  # the smaller one, for its country is named
        ("Tripoli", [["Lebanon"], ["Libya"]], 5),  # five times as large
        ("Tripoli", [[]], None),  # not twenty times as large
        ("Marl", [[]], None),  # a town that another may be called like
        ("Marl", [["Germany"]], 8),
        ("Brenholt", [["Germany"]], None),  # other names of a town are not looked up
        ("Lisk", [["Germany"]], None),  # no city
    ],
)
def test_city_is_taken_only_where_no_other_can_be_meant(
    name: str, articles: list[list[str]], expected: int | None
) -> None:
    iris = [f"https://sws.geonames.org/{expected}/"] if expected else []
    assert linked(a_place(name), *articles) == iris


def test_territories_and_other_types_are_left_alone() -> None:
    known = (ExternalId("wikidata", "Q1741", 1.0, "gazetteer"),)
    assert linked(a_place("Vienna", external=known), ["Austria"]) == []
    person = Entity("e1", EntityType.PERSON, "Vienna", (), ("c1",))
    assert answer_places([person], {}, CITIES) == []


def test_doubtful_city_waits_with_its_candidates() -> None:
    place = a_place("Springfield")
    answers = answer_places([place], {}, CITIES)
    [waiting] = decided([place], [SERVICE], answers).open
    assert [each.iri.rsplit("/")[-2] for each, _ in waiting.candidates] == ["3", "4"]
    assert waiting.candidates[0][0].reason == "170,188 inhabitants"


def test_reason_says_what_decided() -> None:
    [answer] = answer_places([a_place("Vienna")], {"e1": [frozenset({"AT"})]}, CITIES)
    assert answer.candidates[0].reason == "the articles name Austria"
