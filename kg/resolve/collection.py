"""All chains of all articles, ready to be compared: on disk, with numbers and names in memory."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.model import Annotation, Article
from kg.resolve.names import fold, person_tokens
from kg.resolve.profiles import Profile, profiles_of
from kg.resolve.words import STOP_WORDS
from kg.spill import Spill
from kg.vocabulary import EntityType

_WORD = re.compile(r"[^\W\d_]{4,}", re.UNICODE)
_MAX_WORDS = 400
"""Of an article: the first ones tell its subject, and a book does not outweigh the rest."""
_SMOOTHING = 30.0
"""Articles assumed besides the ones at hand, so that rarity means something in a small set."""
_ELECTED = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_VOTED = (*_ELECTED, EntityType.OTHER)
_MIN_VOTES, _MAJORITY = 2, 3
"""Articles that must take a name for another type, and how many times those that do not."""
_TYPES = tuple(EntityType)
_TYPE_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_CACHED = 4_096
_CACHED_SETTINGS = 1_024


class Setting(NamedTuple):
    """What an article is about, for the comparison of two."""

    day: int | None
    """Of publication, counted from the year 1."""
    words: frozenset[int]
    """Numbers of its subject words."""
    names: frozenset[str]
    """Folded names of the chains, in every form."""


@dataclass(slots=True)
class Collection:
    """All chains of all articles, and how rare their words and names are.

    A chain goes by its place: by day of publication (undated last), article id, first mention and
    id. Profiles and settings wait on disk; memory holds numbers, and every name once.
    """

    profiles: Profiles
    settings: Settings
    article_of: array[int]
    """Place to the number of the article."""
    moments: array[int]
    """Place to what orders chains without their ids: equal for two that begin at one character."""
    id_ranks: array[int]
    """Place to the place among all ids of chains."""
    places: Mapping[str, int]
    """Of the chains that were asked for, by id."""
    word_numbers: Mapping[str, int]
    word_articles: array[int]
    """Number of a word to the articles that have it."""
    name_articles: Mapping[str, int]
    given_names: Mapping[str, int]
    """Surname to the number of given names it occurs with."""

    def rarity(self, count: int) -> float:
        """How much it tells that two articles share what `count` of them have; about 0 to 5."""
        return max(0.0, math.log((len(self.settings) + _SMOOTHING) / (count + 0.5)))


class Profiles:
    """Profiles by place; the last ones asked for stay in memory."""

    def __init__(self, spill: Spill, order: array[int]) -> None:
        self._spill = spill
        self._order = order
        self._types = array("B", bytes(len(order)))
        self._read = lru_cache(maxsize=_CACHED)(self._load)

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: int) -> Profile:
        return self._read(place)

    def __iter__(self) -> Iterator[Profile]:
        return map(self._load, range(len(self)))

    def vote(self, votes: Mapping[tuple[str, str], int]) -> None:
        """Give each chain the type that most articles take its name for."""
        for place, number in enumerate(self._order):
            voted = _voted_type(Profile(*self._spill[number]), votes)
            self._types[place] = _TYPE_NUMBERS[voted]

    def type_of(self, place: int) -> EntityType:
        """The type that counts."""
        return _TYPES[self._types[place]]

    def _load(self, place: int) -> Profile:
        return Profile._make((*self._spill[self._order[place]], _TYPES[self._types[place]]))


class Settings:
    """Settings by number of the article; the last ones asked for stay in memory."""

    def __init__(self, spill: Spill) -> None:
        self._spill = spill
        self._read = lru_cache(maxsize=_CACHED_SETTINGS)(self._load)

    def __len__(self) -> int:
        return len(self._spill)

    def __getitem__(self, article: int) -> Setting:
        return self._read(article)

    def _load(self, article: int) -> Setting:
        day, words, names = self._spill[article]
        return Setting(day, frozenset(array("I", words)), frozenset(names))


@dataclass(slots=True)
class _Reader:
    """Puts the articles on disk one by one, and counts."""

    profiles: Spill
    settings: Spill
    days: array[int] = field(default_factory=lambda: array("l"))
    articles: list[str] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    article_of: array[int] = field(default_factory=lambda: array("I"))
    starts: array[int] = field(default_factory=lambda: array("l"))
    """Of the first mention; -1 without any."""
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)
    word_numbers: dict[str, int] = field(default_factory=dict)
    word_articles: array[int] = field(default_factory=lambda: array("I"))
    name_articles: Counter[str] = field(default_factory=Counter)

    def read(self, article: Article, annotation: Annotation) -> None:
        """Take in an article."""
        found = profiles_of(article, annotation, len(self.articles))
        names = sorted({name for profile in found for name in profile.names})
        words = self._words(article)
        day = None if article.published is None else article.published.toordinal()
        self.settings.append((day, words.tobytes(), tuple(names)))
        self.name_articles.update(names)
        self.days.append((article.published or date.max).toordinal())
        self.articles.append(article.id)
        for profile, chain in zip(found, annotation.chains, strict=True):
            self.profiles.append(tuple(profile[:-1]))
            self.chains.append(profile.chain)
            self.article_of.append(profile.article)
            self.starts.append(chain.mentions[0].start if chain.mentions else -1)
        self.votes.update({(fold(form), p.own_type) for p in found for form in p.worded})

    def _words(self, article: Article) -> array[int]:
        found = _subject_words(article, self.word_numbers)
        self.word_articles.extend([0] * (len(self.word_numbers) - len(self.word_articles)))
        for number in found:
            self.word_articles[number] += 1
        return found

    def collection(self, wanted: Container[str]) -> Collection:
        """All that was read."""
        id_ranks = _ranks(sorted(range(len(self.chains)), key=self.chains.__getitem__))
        by_day = sorted(range(len(self.articles)), key=lambda n: (self.days[n], self.articles[n]))
        article_ranks = _ranks(by_day)[np.array(self.article_of, np.int64)]
        starts = np.array(self.starts, np.int64)
        order = np.lexsort((id_ranks, starts, article_ranks))
        profiles = Profiles(self.profiles, array("I", order.astype(np.uint32).tobytes()))
        profiles.vote(self.votes)
        return Collection(
            profiles=profiles,
            settings=Settings(self.settings),
            article_of=_array(np.array(self.article_of, np.uint32)[order]),
            moments=_moments(article_ranks[order], starts[order]),
            id_ranks=_array(id_ranks[order]),
            places={
                self.chains[number]: place
                for place, number in enumerate(order.tolist())
                if self.chains[number] in wanted
            },
            word_numbers=self.word_numbers,
            word_articles=self.word_articles,
            name_articles=self.name_articles,
            given_names=_given_names(profiles),
        )


def collect(
    annotated: Iterable[tuple[Article, Annotation]],
    profiles: Spill,
    settings: Spill,
    *,
    wanted: Container[str] = (),
) -> Collection:
    """The profiles of all chains, in two spills; the order of the articles does not matter.

    `wanted`: ids of the chains whose places are asked for.
    """
    reader = _Reader(profiles, settings)
    for article, annotation in annotated:
        reader.read(article, annotation)
    return reader.collection(wanted)


def _ranks(order: Sequence[int]) -> NDArray[np.int64]:
    """The place of each number in an order of all of them."""
    ranks = np.empty(len(order), np.int64)
    ranks[np.array(order, np.int64)] = np.arange(len(order))
    return ranks


def _moments(articles: NDArray[np.int64], starts: NDArray[np.int64]) -> array[int]:
    later = (np.diff(articles) != 0) | (np.diff(starts) != 0)
    return _array(np.concatenate(([0] if len(articles) else [], np.cumsum(later))))


def _array(numbers: NDArray[Any]) -> array[int]:
    return array("I", numbers.astype(np.uint32).tobytes())


def _subject_words(article: Article, numbers: dict[str, int]) -> array[int]:
    found: dict[int, None] = {}
    for match in _WORD.finditer(article.text):
        word = match.group().casefold()
        if word not in STOP_WORDS:
            found[numbers.setdefault(word, len(numbers))] = None
            if len(found) >= _MAX_WORDS:
                break
    return array("I", found)


def _voted_type(profile: Profile, votes: Mapping[tuple[str, str], int]) -> EntityType:
    """A name that one article takes for a place and most others for a person is a person's."""
    own_type = EntityType(profile.own_type)
    if own_type not in _VOTED or not profile.named or profile.wikidata is not None:
        return own_type
    best = max(_ELECTED, key=lambda kind: votes.get((profile.name, kind.value), 0))
    own, others = (votes.get((profile.name, kind.value), 0) for kind in (own_type, best))
    return own_type if others < _MIN_VOTES or others < _MAJORITY * own else best


def _given_names(profiles: Iterable[Profile]) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        if profile.type is EntityType.PERSON and profile.named:
            tokens = person_tokens(profile.name)
            if len(tokens) > 1:
                found[tokens[-1]].add(tokens[0])
    return {surname: len(names) for surname, names in found.items()}
