"""Embassies are one name; a nationality before a known name is another."""

import pytest

from kg.annotate.names.candidates import find_candidates
from kg.annotate.names.joining import (
    complete_organisations,
    complete_people,
    join_missions,
    without_nationality,
)
from tests.unit.annotate.names.factories import make_doc


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("[X Russian] Embassy to [L Israel]", ["Russian Embassy to Israel"]),
        # the tagger may have some of it
        ("[O Russian Embassy] in [L Washington]", ["Russian Embassy in Washington"]),
        ("[L U.S.] Embassy in the [L Philippines]", ["U.S. Embassy in the Philippines"]),
        ("Embassy of [L Japan] in [L Paris]", ["Embassy of Japan in Paris"]),
        # what follows need not be its seat
        ("the [X Thai] Embassy in [X April]", ["Thai Embassy", "April"]),
        # no sender, no seat: no name
        ("the Embassy said", []),
        # two of them
        (
            "[X Thai] Embassy and [X Lao] Consulate in [L Paris]",
            ["Thai Embassy", "Lao Consulate in Paris"],
        ),
    ],
)
def test_embassy_is_one_name(tagged, expected):
    doc, stretches = make_doc(tagged)
    found = join_missions(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        # known without it in the same article
        ("[O Russian Vesti] ; [O Vesti]", ["Russian", "Vesti", "Vesti"]),
        # a known newspaper
        ("[O Russian Novaya Gazeta]", ["Russian", "Novaya Gazeta"]),
        # part of the name for all we know
        ("[O Russian Railways]", ["Russian Railways"]),
        ("[X Russian]", ["Russian"]),
    ],
)
def test_nationality_before_a_known_name_is_taken_off(tagged, expected):
    doc, stretches = make_doc(tagged)
    found = without_nationality(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("Minister Thandiwe [P Mokoena] left", ["Thandiwe Mokoena"]),
        # titles, nationalities and small words are no given names
        ("Prime Minister [P Mokoena] and Thai [P Somsak]", ["Mokoena", "Somsak"]),
        # another name is not eaten
        ("[L Lima] [P Mokoena]", ["Lima", "Mokoena"]),
    ],
)
def test_given_name_outside_is_taken_in(tagged, expected):
    doc, stretches = make_doc(tagged)
    for token in doc:
        token.tag_ = "NNP" if token.is_title else "NN"
    found = complete_people(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("the [O Tarvonian Water] Inspectorate said", ["Tarvonian Water Inspectorate"]),
        ("a [P Brenholt] Chemicals plant", ["Brenholt Chemicals"]),
        # small letters and other words are outside
        ("the [L Lisk] inspectorate", ["Lisk"]),
        ("[L Lisk] Times Change", ["Lisk"]),
    ],
)
def test_last_word_of_an_organisation_outside_is_taken_in(tagged, expected):
    doc, stretches = make_doc(tagged)
    for token in doc:
        token.tag_ = "NNP" if token.is_title else "NN"
    found = complete_organisations(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected
