"""The score of a pair of chains, out of features that a person can read.

The evidence is a sum of log-odds, as in the record linkage of Fellegi and Sunter (1969); the
weights were set by hand and adjusted on two collections of news (MEANTIME, ECB+).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection as Collected
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from kg.resolve.collection import Collection, Setting
from kg.resolve.names import NameMatch, core_tokens, is_initials, match_names, person_tokens
from kg.resolve.profiles import Profile
from kg.vocabulary import EntityType

MERGE_AT = 0.7
"""Score from which a pair is merged."""
ASK_AT = 0.45
"""Score from which a pair that is not merged is worth a person's look."""

_NEAR_DAYS = 7
_FAR_DAYS = 3 * 365
_UNLIKE = 0.02
_CACHED_PAIRS = 65_536
_UNKNOWN = -1.0
_WEAK_NEEDS = 0.6
"""A weak match of names is not merged with less evidence from the context than this."""


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two chains mean the same, and why."""

    value: float
    """In [0, 1]."""
    reasons: tuple[str, ...]
    weak: bool
    """True if the names alone say too little, as a surname does."""
    context: float
    """The part of the evidence (log-odds) that the articles gave."""
    rank: float = 0.0
    """All evidence without ceilings, to tell which of two likely ones is the likelier."""

    @property
    def merges(self) -> bool:
        """True if the two may be merged."""
        return self.value >= MERGE_AT and (not self.weak or self.context >= _WEAK_NEEDS)


class Scorer:
    """Scores pairs of chains of one collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._rarity = cache(collection.rarity)
        self._subjects = _Subjects(collection)

    def score(self, left: Profile, right: Profile) -> Score | None:
        """The score of two chains of two articles; None if nothing speaks for one entity."""
        known = _by_wikidata(left, right)
        if known is not None:
            return known if known.value > 0 else None
        match = best_match(left, right)
        if match is None:
            return None
        evidence = [(match.weight, match.reason), *self._context(left, right)]
        if left.type is not right.type:
            evidence.append((-1.2, f"{left.type} here, {right.type} there"))
        context = sum(weight for weight, _ in evidence[1:])
        value = 1.0 / (1.0 + math.exp(-(match.weight + context)))
        reasons = tuple(reason for _, reason in evidence)
        rank = match.weight + self._rank(left, right)
        return Score(round(value, 4), reasons, match.weak, context, rank)

    def _rank(self, left: Profile, right: Profile) -> float:
        shared, norm = self._subjects.likeness(left.article, right.article)
        return 10.0 * shared / norm if norm else 0.0

    def _context(self, left: Profile, right: Profile) -> list[tuple[float, str]]:
        one = self._collection.settings[left.article]
        other = self._collection.settings[right.article]
        own = {word for name in left.names | right.names for word in name.split()}
        found = [
            self._shared_subject(left.article, right.article, own),
            self._shared_neighbours(one.names & other.names, own),
            _shared_ties(left, right),
            _days_apart(one, other),
            self._other_bearers(left, right),
            _genders_differ(left, right),
        ]
        return [item for item in found if item is not None]

    def _shared_subject(self, left: int, right: int, own: Collected[str]) -> tuple[float, str]:
        """Cosine of the two articles' words, weighted by rarity; the names compared left out."""
        shared, norm = self._subjects.likeness(left, right)
        own_mass = self._subjects.shared_mass(own, left, right)
        likeness = max(0.0, shared - own_mass) / norm if norm else 0.0
        if likeness < _UNLIKE:
            return -0.4, "the articles share hardly a rare word"
        return min(2.0, 10.0 * likeness), f"the articles share rare words ({likeness:.2f})"

    def _shared_neighbours(
        self, shared: Collected[str], own: Collected[str]
    ) -> tuple[float, str] | None:
        counts = self._collection.name_articles
        found = sorted(
            (
                (self._rarity(counts[name]), name)
                for name in shared
                if not any(word in own for word in name.split())
            ),
            key=lambda item: (-item[0], item[1]),
        )
        if not found:
            return None
        weight = min(1.8, 0.2 * sum(rarity for rarity, _ in found))
        names = ", ".join(name for _, name in found[:3])
        return weight, f"both with {names}"

    def _other_bearers(self, left: Profile, right: Profile) -> tuple[float, str] | None:
        """A surname that several people of the collection bear tells less."""
        if left.type is not EntityType.PERSON:
            return None
        tokens = [person_tokens(profile.name) for profile in (left, right)]
        if min(len(t) for t in tokens) > 1:
            return None
        bearers = self._collection.given_names.get(tokens[0][-1], 0)
        if bearers > 1:
            return -1.0, f"{bearers} people here have that surname"
        return (0.7, "nobody else here has that surname") if bearers else None


class _Subjects:
    """What articles are about, compared by their words, the rarer the weightier."""

    def __init__(self, collection: Collection) -> None:
        self._settings = collection.settings
        self._numbers = collection.word_numbers
        rarity = cache(collection.rarity)
        self._masses = array("d", (rarity(count) ** 2 for count in collection.word_articles))
        self._mass_of = array("d", [_UNKNOWN]) * len(collection.settings)
        self._cached: dict[int, tuple[float, float]] = {}

    def likeness(self, left: int, right: int) -> tuple[float, float]:
        """Mass of the words that two articles share, and what it is divided by for a cosine."""
        left, right = min(left, right), max(left, right)
        pair = left * len(self._mass_of) + right
        found = self._cached.get(pair)
        if found is None:
            shared = self._mass(self._settings[left].words & self._settings[right].words)
            found = shared, math.sqrt(self._article_mass(left) * self._article_mass(right))
            if len(self._cached) >= _CACHED_PAIRS:
                self._cached.clear()
            self._cached[pair] = found
        return found

    def shared_mass(self, words: Iterable[str], left: int, right: int) -> float:
        """Mass of those of the words that both articles have."""
        one, other = self._settings[left].words, self._settings[right].words
        numbers = (self._numbers.get(word, -1) for word in words)
        return self._mass([number for number in numbers if number in one and number in other])

    def _article_mass(self, article: int) -> float:
        if self._mass_of[article] == _UNKNOWN:
            self._mass_of[article] = self._mass(self._settings[article].words)
        return self._mass_of[article]

    def _mass(self, numbers: Iterable[int]) -> float:
        # Exact, so that the order of the numbers, which differs by process, cannot show.
        return math.fsum(map(self._masses.__getitem__, numbers))


def best_match(left: Profile, right: Profile) -> NameMatch | None:
    """The best agreement among the names; across types only equal full names count."""
    if left.type is not right.type:
        return _match_across_types(left, right)
    pairs = ((one, other) for one in sorted(left.names) for other in sorted(right.names))
    matches = [match_names(min(pair), max(pair), left.type) for pair in pairs]
    found = [match for match in matches if match is not None]
    best = max(found, key=lambda match: (not match.weak, match.weight, match.reason), default=None)
    if best is not None and _share_initials_alone(left, right):
        return replace(best, weak=True)
    return best


def _share_initials_alone(left: Profile, right: Profile) -> bool:
    """True if all that two share is an acronym that one of them spells out: CBS is many things."""
    shared = left.names & right.names
    spelt = [
        [any(is_initials(short, name) for name in profile.names) for short in sorted(shared)]
        for profile in (left, right)
    ]
    return bool(shared) and all(one != other for one, other in zip(*spelt, strict=True))


def _match_across_types(left: Profile, right: Profile) -> NameMatch | None:
    if {left.type, right.type} == {EntityType.PERSON, EntityType.PLACE}:
        return None
    if left.name == right.name and core_tokens(left.name):
        return NameMatch("same name", 1.2, weak=True)
    return None


def _by_wikidata(left: Profile, right: Profile) -> Score | None:
    one, other = left.wikidata, right.wikidata
    if one is None or other is None:
        return None
    if one == other and left.type is right.type:
        return Score(0.99, (f"both are {one}",), weak=False, context=0.0)
    return None if one == other else Score(0.0, (), weak=False, context=0.0)


def _days_apart(left: Setting, right: Setting) -> tuple[float, str] | None:
    if left.day is None or right.day is None:
        return None
    days = abs(left.day - right.day)
    if days <= _NEAR_DAYS:
        return 0.4, f"{days} days apart"
    return (-0.4, f"{days // 365} years apart") if days > _FAR_DAYS else None


def _genders_differ(left: Profile, right: Profile) -> tuple[float, str] | None:
    """Pronouns are resolved wrongly at times, so this speaks against and does not forbid."""
    one, other = left.gender, right.gender
    if one is None or other is None or one == other:
        return None
    return -2.0, f"{one} here, {other} there"


def _shared_ties(left: Profile, right: Profile) -> tuple[float, str] | None:
    ties = sorted(left.ties & right.ties)
    if ties:
        return 1.5, "both " + ", ".join(f"{relation} {other}" for relation, other in ties[:2])
    titles = sorted(left.titles & right.titles)
    if titles:
        return 0.8, "both titled " + " ".join(titles[:3])
    return None
