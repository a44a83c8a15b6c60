"""Chains go by when they were first met, whatever the order in which their articles come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.collection import Collection, collect
from kg.spill import Spill
from tests.resolving import ORGANISATION, PERSON, PLACE, Annotated, an_article, chain_of

ARTICLES = (
    an_article("Ilsa Veskari met Anton Tolmarek.", ("Anton Tolmarek", PERSON), day=2),
    an_article("Nobody dated Brenholt.", ("Brenholt", ORGANISATION), day=None),
    an_article("Orvenne greets Ilsa Veskari.", ("Ilsa Veskari", PERSON), ("Orvenne", PLACE), day=1),
)


@contextmanager
def collected(annotated: Sequence[Annotated], **options: object) -> Iterator[Collection]:
    with Spill() as profiles, Spill() as settings:
        yield collect(annotated, profiles, settings, **options)  # type: ignore[arg-type]


@given(st.permutations(ARTICLES))
def test_chains_are_in_order_of_day_and_first_mention(shuffled: list[Annotated]) -> None:
    with collected(shuffled) as found:
        names = [profile.worded_as for profile in found.profiles]
        assert names == ["Orvenne", "Ilsa Veskari", "Anton Tolmarek", "Brenholt"]
        assert list(found.moments) == [0, 1, 2, 3]
        days = [found.settings[number].day for number in found.article_of]
        assert days == [*sorted(days[:3]), None]


def test_ranks_of_ids_and_places_that_were_asked_for_fit_the_profiles() -> None:
    wanted = chain_of(ARTICLES[0], "Anton Tolmarek").id
    with collected(ARTICLES, wanted={wanted, "gone"}) as found:
        assert found.places == {wanted: 2}
        ids = [profile.chain for profile in found.profiles]
        assert [sorted(ids).index(each) for each in ids] == list(found.id_ranks)


def test_name_has_the_type_that_most_articles_give_it() -> None:
    names = [("Lissen", PLACE)] * 6 + [("Lissen", PERSON)]
    articles = [
        an_article(f"Lissen was there, {n}.", name, day=n + 1) for n, name in enumerate(names)
    ]
    with collected(articles) as found:
        assert {profile.type for profile in found.profiles} == {PLACE}
        assert [profile.own_type for profile in found.profiles][-1] == PERSON


def test_settings_know_the_rare_words_of_an_article() -> None:
    with collected(ARTICLES) as found:
        word = found.word_numbers["greets"]
        assert found.word_articles[word] == 1
        assert sum(word in found.settings[number].words for number in range(3)) == 1
        assert found.word_articles[found.word_numbers["ilsa"]] == 2
        assert found.name_articles["ilsa veskari"] == 1
        assert found.rarity(1) > found.rarity(2)


def test_nothing_makes_an_empty_collection() -> None:
    with collected(()) as found:
        assert len(found.profiles) == len(found.settings) == 0
