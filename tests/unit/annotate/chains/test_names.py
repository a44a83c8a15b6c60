"""Which names of an article mean the same."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.chains import build_chains
from kg.annotate.draft import Name
from kg.model import Span
from kg.vocabulary import EntityType

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE


def groups(text: str, type_: EntityType, *names: str) -> list[list[str]]:
    """The names of a text, which is a list of them with filler, by chain."""
    words = text.split(" ")
    doc = Doc(Vocab(), words=words, pos=["PROPN" if w[:1].isupper() else "ADP" for w in words],
              heads=list(range(len(words))), deps=["dep"] * len(words))  # fmt: skip
    found, at = [], 0
    for name in names:
        at = doc.text.index(name, at)
        found.append(Name(Span(at, at + len(name)), type_))
        at += len(name)
    chains = build_chains("a", doc, found, []).chains
    return [[span.of(doc.text) for span in chain.mentions] for chain in chains if chain.named]


@pytest.mark.parametrize(
    ("type_", "names", "chains"),
    [
        (PERSON, ["Ana Reyes", "Reyes"], 1),  # surname
        (PERSON, ["Reyes", "Ana Reyes"], 1),  # the headline has the surname first
        (PERSON, ["Ana Reyes", "Ana"], 1),  # given name
        (PERSON, ["Ana Reyes", "Tom Reyes", "Reyes"], 3),  # two with one surname: in doubt apart
        (PERSON, ["Robert Hale", "Bob Hale"], 1),  # nickname
        (PERSON, ["J. Hale", "John Hale"], 1),  # initial
        (PERSON, ["John Hale", "John Michael Hale"], 1),  # middle name
        (PERSON, ["John Hale", "Mark Hale"], 2),  # other given name
        (PERSON, ["John Hale", "Jane Hale"], 2),  # same initial is not the same name
        (PERSON, ["John Hale Jr.", "Hale"], 1),  # suffix is no surname
        (ORGANISATION, ["Tarnby Bank Ltd", "Tarnby Bank"], 1),  # legal form
        (ORGANISATION, ["Coast Guard Agency", "CGA"], 1),  # initials
        (ORGANISATION, ["CGA", "Coast Guard Agency"], 1),  # initials, first in the text
        (ORGANISATION, ["Coast Guard Agency", "CGT"], 2),  # other initials
        (ORGANISATION, ["National Bank", "National Union"], 2),  # one general word in common
        (ORGANISATION, ["Embassy to Norland", "Embassy in Norland"], 1),  # two prepositions
        (ORGANISATION, ["Norland Embassy", "Sudland Embassy"], 2),  # two countries
        # a capital stands for its country, an adjective for its own
        (
            ORGANISATION,
            ["Russian Embassy in Washington", "Russian Embassy to the United States"],
            1,
        ),
        (ORGANISATION, ["Embassy of Kenya in Paris", "Kenyan Embassy to France"], 1),
        (ORGANISATION, ["Kenyan Embassy in Paris", "Kenyan Embassy in Washington"], 2),
        (ORGANISATION, ["Kenyan Embassy in Paris", "French Embassy in Nairobi"], 2),
        (
            ORGANISATION,
            ["Kenyan Consulate in Paris", "Kenyan Consulate in France"],
            2,
        ),  # not the only one
        (PLACE, ["Tarnby", "Tarnby City"], 1),  # kind of place
        (PLACE, ["North Tarnby", "Tarnby"], 2),  # another place
    ],
)
def test_names_join_only_where_exactly_one_fits(
    type_: EntityType, names: list[str], chains: int
) -> None:
    assert len(groups(" met ".join(names), type_, *names)) == chains


def test_embassies_in_two_capitals_are_two() -> None:
    text = "the Norland Embassy to Sudland met the Norland Embassy in Westport"
    found = groups(text, ORGANISATION, "Norland Embassy", "Norland Embassy")
    assert found == [["Norland Embassy"], ["Norland Embassy"]]


def test_bare_embassy_is_the_one_named_before_it() -> None:
    text = "the Norland Embassy to Sudland met the Norland Embassy and the Norland Embassy in Oro"
    found = groups(text, ORGANISATION, "Norland Embassy", "Norland Embassy", "Norland Embassy")
    assert [len(chain) for chain in found] == [2, 1]


def test_mr_and_mrs_of_one_surname_are_two_people() -> None:
    found = groups("Mr. Reyes met Mrs. Reyes", PERSON, "Mr. Reyes", "Mrs. Reyes")
    assert len(found) == 2


def test_places_with_one_wikidata_id_are_one() -> None:
    doc = Doc(Vocab(), words=["Norland", "and", "Norlandic", "Republic"], pos=["PROPN"] * 4,
              heads=[0, 1, 2, 3], deps=["dep"] * 4)  # fmt: skip
    names = [Name(Span(0, 7), PLACE, wikidata="Q1"), Name(Span(12, 30), PLACE, wikidata="Q1")]
    chains = [chain for chain in build_chains("a", doc, names, []).chains if chain.named]
    assert [(chain.name, chain.wikidata) for chain in chains] == [("Norlandic Republic", "Q1")]


def test_acronym_is_defined_in_brackets_even_if_letters_differ() -> None:
    text = "Norland Staten Bureau ( NBS ) met NBS"
    assert len(groups(text, ORGANISATION, "Norland Staten Bureau", "NBS", "NBS")) == 1


def test_two_offices_under_one_surname_are_two_people() -> None:
    doc = Doc(
        Vocab(), words=["Union", "leader", "Petra", "Hale", "met", "Prime", "Minister", "Hale"],
        pos=["NOUN", "NOUN", "PROPN", "PROPN", "VERB", "PROPN", "PROPN", "PROPN"],
        heads=[1, 3, 3, 4, 4, 6, 7, 4],
        deps=["compound", "compound", "compound", "nsubj", "ROOT", "compound", "compound", "dobj"],
    )  # fmt: skip
    at = doc.text.index
    names = [Name(Span(at("Petra"), at(" met")), PERSON),
             Name(Span(len(doc.text.rstrip()) - 4, len(doc.text.rstrip())), PERSON)]  # fmt: skip
    chains = [chain.name for chain in build_chains("a", doc, names, []).chains if chain.named]
    assert chains == ["Petra Hale", "Hale"]
