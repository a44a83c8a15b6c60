"""Organisations known by name, whatever the tagger made of them."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.known import TABLE, complete_known
from kg.vocabulary import EntityType

VOCAB = spacy.blank("en").vocab
PERSON = (0.9, 0.1, 0.0, 0.0)


def found(text: str, *tagged: tuple[int, int]) -> list[tuple[str, EntityType]]:
    doc = Doc(VOCAB, words=text.split())
    candidates = [Candidate(start, end, PERSON) for start, end in tagged]
    return [(one.text(doc), one.type) for one in complete_known(doc, candidates)]


@pytest.mark.parametrize(
    ("text", "tagged", "names"),
    [
        # taken for a person
        ("Transparency International objects", [(0, 2)], ["Transparency International"]),
        # half of it tagged
        ("Human Rights Watch objects", [(2, 3)], ["Human Rights Watch"]),
        # the longest of two known names
        ("the UN Security Council met", [], ["UN Security Council"]),
    ],
)
def test_a_known_organisation_is_one_name(text, tagged, names):
    assert found(text, *tagged) == [(name, EntityType.ORGANISATION) for name in names]


def test_a_longer_name_that_holds_a_known_one_stays():
    assert found("Amnesty International Kenya objects", (0, 3)) == [
        ("Amnesty International Kenya", EntityType.PERSON)
    ]


def test_the_list_is_in_order_and_names_nothing_twice():
    names = TABLE.read_text(encoding="utf-8").splitlines()
    assert names == sorted(set(names), key=lambda name: (name.casefold(), name))
