"""Finer classes and Wikidata items of names."""

import pytest

from kg.annotate.names.subtypes import find_subtype
from kg.vocabulary import EntityType


@pytest.mark.parametrize(
    ("name", "subtype", "wikidata"),
    [
        ("Israel", "Country", "Q801"),
        ("Chechnya", "AdministrativeArea", "Q5187"),
        ("Chechen Republic", "AdministrativeArea", "Q5187"),
        # both a country and a state of the USA
        ("Georgia", "Country", None),
        # a state and a capital
        ("Washington", "AdministrativeArea", None),
        # a capital is not its country, though the gazetteer leads there
        ("Paris", None, None),
        ("Gaza", None, None),
        # a word the lookup takes for a code
        ("La", None, None),
    ],
)
def test_territory_has_its_item_if_beyond_doubt(name, subtype, wikidata):
    assert find_subtype(name, EntityType.PLACE) == (subtype, wikidata)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("Ministry of Defence", "GovernmentOrganization"),
        ("Russian Embassy to Israel", "GovernmentOrganization"),
        ("Novaya Gazeta", "NewsMediaOrganization"),
        ("Haaretz", "NewsMediaOrganization"),
        ("Acme Ltd.", "Corporation"),
        ("Leeds University", "EducationalOrganization"),
        ("Green Party", "PoliticalParty"),
        # nothing in the name says it
        ("Amnesty", None),
    ],
)
def test_organisation_has_the_class_its_words_say(name, subtype):
    assert find_subtype(name, EntityType.ORGANISATION) == (subtype, None)


def test_person_has_no_class():
    assert find_subtype("Israel", EntityType.PERSON) == (None, None)
