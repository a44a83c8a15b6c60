"""Pairs to compare grow with the chains, not with their square."""

from __future__ import annotations

import pytest

from kg.resolve.blocking import candidate_pairs
from kg.resolve.collection import collect
from kg.spill import Spill
from tests.resolving import ORGANISATION, PERSON, an_article


def pairs_of(*names: str, kind=PERSON) -> list[tuple[str, str]]:
    articles = [
        an_article(f"{name} came, {number}.", (name, kind), day=number % 28 + 1)
        for number, name in enumerate(names)
    ]
    with Spill() as profiles, Spill() as settings:
        found = collect(articles, profiles, settings)
        named = [profile.worded_as for profile in found.profiles]
        return [(named[one], named[other]) for one, other in candidate_pairs(found)]


@pytest.mark.parametrize("count", [200, 400])
def test_a_name_that_all_articles_bear_is_compared_in_windows(count: int) -> None:
    assert len(pairs_of(*["Anton Tolmarek"] * count)) <= 10 * count


def test_a_word_that_many_names_share_compares_none_of_them() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"{one * 3}{other * 3} Institute".title() for one in letters for other in letters[:4]]
    assert pairs_of(*names, kind=ORGANISATION) == []


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Tolmarek", "Anton Tolmarek", PERSON),  # a surname meets the full name
        ("Duncan Raite", "Duncan Rait", PERSON),  # a surname spelt alike
        ("Mo Tessaly", "Maurice Tessaly", PERSON),  # a short form
        ("TWI", "Tarvonian Water Inspectorate", ORGANISATION),  # an acronym
    ],
)
def test_forms_of_one_name_meet(left: str, right: str, kind) -> None:
    assert pairs_of(left, right, kind=kind) == [(left, right)]


def test_different_names_never_meet() -> None:
    assert pairs_of("Anton Tolmarek", "Ilsa Veskari") == []
