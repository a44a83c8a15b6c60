"""Names are compared without context: what they share, and what keeps them apart."""

from __future__ import annotations

import pytest

from kg.resolve.names import conflict, fold, match_names
from kg.vocabulary import EntityType

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE


@pytest.mark.parametrize(
    ("worded", "folded"),
    [
        ("The Lissen Herald's", "lissen herald"),  # article and possessive
        ("U.S. Air Force", "united states air force"),  # abbreviated state
        ("José Ñandú", "jose nandu"),  # accents
        ("Jim O’Brien", "jim o'brien"),  # typographic apostrophe
        ("The", "the"),  # nothing but an article is a name after all
        ("–", ""),  # no word at all
    ],
)
def test_a_name_is_folded(worded: str, folded: str) -> None:
    assert fold(worded) == folded


@pytest.mark.parametrize(
    ("left", "right", "entity_type", "reason"),
    [
        ("Dr. Sanna Quell", "Sanna Quell", PERSON, "same full name"),  # a title is no name
        ("Lee Hsien Doong", "Hsien Doong Lee", PERSON, "same full name"),  # surname first or last
        ("Mo Tessaly", "Maurice Tessaly", PERSON, "short form of the given name"),
        ("R. Tessaly", "Regina Tessaly", PERSON, "initial fits"),
        ("Duncan Raite", "Duncan Rait", PERSON, "surname spelt alike"),
        ("Mr Tolmarek", "Anton Tolmarek", PERSON, "surname of the full name"),
        ("Ford Motor Co.", "Ford", ORGANISATION, "short form of the company's name"),
        ("Air Force", "US Air Force", ORGANISATION, "end of the long name"),
        ("TWI", "Tarvonian Water Inspectorate", ORGANISATION, "acronym of the long form"),
        ("Ministry of Defence", "Defence Ministry", ORGANISATION, "many organisations"),
        ("Embassy to Brelland", "Embassy in Brelland", ORGANISATION, "many organisations have"),
        ("Embassy in Washington", "Embassy to the U.S.", ORGANISATION, "same name"),
        ("Embassy in The Hague", "Embassy to the Netherlands", ORGANISATION, "same name"),
        ("Mt Corrow", "Mount Corrow", PLACE, "same name"),
    ],
)
def test_names_of_one_entity_match(
    left: str, right: str, entity_type: EntityType, reason: str
) -> None:
    if "Embassy" in left:
        left, right = f"Tarvonian {left}", f"Tarvonian {right}"
        reason = "same name"
    match = match_names(*sorted((fold(left), fold(right))), entity_type)
    assert match is not None
    assert reason in match.reason


@pytest.mark.parametrize(
    ("left", "right", "entity_type"),
    [
        ("Petra Tolmarek", "Anton Tolmarek", PERSON),  # one surname, two people
        ("Tarvonian Embassy in Vienna", "Tarvonian Embassy in Madrid", ORGANISATION),  # two posts
        ("Embassy of Brelland in Tarvonia", "Embassy of Tarvonia in Brelland", ORGANISATION),
        ("Kenyan Embassy in Paris", "French Embassy in Nairobi", ORGANISATION),  # sender and host
        ("Supreme Court of Kenya", "Supreme Court of France", ORGANISATION),  # two countries
        ("French Defence Ministry", "Kenyan Defence Ministry", ORGANISATION),
        ("GM", "GM Europe", ORGANISATION),  # a unit of its own
        ("Royal Brellish Air Force", "Tarvonian Air Force", ORGANISATION),  # one head, two states
        ("Mount Corrow", "Mount Callow", PLACE),
    ],
)
def test_names_of_two_entities_conflict(left: str, right: str, entity_type: EntityType) -> None:
    assert match_names(*sorted((fold(left), fold(right))), entity_type) is None
    assert conflict(*sorted((fold(left), fold(right))), entity_type)
