"""What resolution knows of a chain: its names and ties, and the article it stands in."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from sys import intern

from kg.model import Annotation, Article, Chain, Span
from kg.resolve.names import core_tokens, fold, has_post, is_coordination, person_tokens
from kg.resolve.words import POST_HEADS, STOP_WORDS
from kg.vocabulary import EntityType, MentionKind

_WORD = re.compile(r"[^\W\d_]{4,}", re.UNICODE)
_MAX_WORDS = 400
"""Of an article: the first ones tell its subject, and a book does not outweigh the rest."""
_SMOOTHING = 30.0
"""Articles assumed besides the ones at hand, so that rarity means something in a small set."""
_ELECTED = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_VOTED = (*_ELECTED, EntityType.OTHER)
_MIN_VOTES, _MAJORITY = 2, 3
"""Articles that must take a name for another type, and how many times those that do not."""
_POST = re.compile(r"\s+(?:in|to|at)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?")
_TIES = frozenset({"worksFor", "memberOf", "leaderOf", "spokespersonFor", "spouse", "relative"})

Order = tuple[date, str, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article is about, for the comparison of two."""

    article: str
    published: date | None
    words: array[int]
    """Numbers of its subject words (`Collection.word_numbers`), none twice. A set of strings would
    take fifty times the memory, and all articles of a collection are here at once."""
    names: tuple[str, ...]
    """Folded names of the chains, in every form, sorted."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One chain, ready to be compared."""

    chain: Chain
    """Without its mentions, which nothing here asks for again."""
    type: EntityType
    """Of the chain, unless most other articles take its name for something else."""
    order: Order
    """When it was first met: day of publication (undated last), article id, first mention."""
    name: str
    """The folded name that the article uses most, of a person the full name."""
    names: frozenset[str]
    """All folded names of the chain that may mean it in another article."""
    worded: Mapping[str, int] = field(hash=False)
    """Names as worded, with how often."""
    titles: frozenset[str]
    ties: frozenset[tuple[str, str]]
    """Relation and folded name of the other side."""


@dataclass(frozen=True, slots=True)
class Collection:
    """All chains of all articles, and how rare their words and names are."""

    profiles: Mapping[str, Profile]
    """Chain id to profile, named chains and others, in order of first mention."""
    settings: Mapping[str, Setting]
    word_numbers: Mapping[str, int]
    word_articles: Mapping[int, int]
    """Number of a word to the articles that have it."""
    name_articles: Mapping[str, int]
    given_names: Mapping[str, frozenset[str]]
    """Surname to the given names it occurs with."""

    def rarity(self, count: int) -> float:
        """How much it tells that two articles share what `count` of them have; about 0 to 5."""
        return max(0.0, math.log((len(self.settings) + _SMOOTHING) / (count + 0.5)))


def collect(annotated: Iterable[tuple[Article, Annotation]]) -> Collection:
    """The profiles of all chains; the order of the articles does not matter."""
    settings: dict[str, Setting] = {}
    profiles: list[Profile] = []
    votes: Counter[tuple[str, EntityType]] = Counter()
    numbers: dict[str, int] = {}
    for article, annotation in annotated:
        found = _profiles_of(article, annotation)
        settings[article.id] = Setting(
            article=article.id,
            published=article.published,
            words=_subject_words(article, numbers),
            names=tuple(sorted({name for profile in found for name in profile.names})),
        )
        profiles.extend(found)
        votes.update({(fold(form), p.type) for p in found for form in p.worded})
    profiles = [_with_voted_type(profile, votes) for profile in profiles]
    profiles.sort(key=lambda profile: (profile.order, profile.chain.id))
    return Collection(
        profiles={profile.chain.id: profile for profile in profiles},
        settings=dict(sorted(settings.items())),
        word_numbers=numbers,
        word_articles=Counter(word for s in settings.values() for word in s.words),
        name_articles=Counter(name for s in settings.values() for name in s.names),
        given_names=_given_names(profiles),
    )


def _subject_words(article: Article, numbers: dict[str, int]) -> array[int]:
    found: dict[int, None] = {}
    for match in _WORD.finditer(article.text):
        word = match.group().casefold()
        if word not in STOP_WORDS:
            found[numbers.setdefault(word, len(numbers))] = None
            if len(found) >= _MAX_WORDS:
                break
    return array("I", found)


def _profiles_of(article: Article, annotation: Annotation) -> list[Profile]:
    worded: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in annotation.mentions:
        if mention.kind is MentionKind.NAME:
            worded[mention.chain][_worded(article.text, mention.span)] += 1
    folded = {chain.id: _main_name(chain, worded[chain.id]) for chain in annotation.chains}
    titles, ties = _relations_of(annotation, folded)
    day = article.published or date.max
    return [
        Profile(
            chain=_light(chain, article.id),
            type=chain.type,
            order=(day, article.id, chain.mentions[0].start if chain.mentions else -1),
            name=intern(folded[chain.id]),
            names=_telling_names(chain, folded[chain.id], worded[chain.id]),
            worded={intern(form): n for form, n in sorted(worded[chain.id].items())},
            titles=frozenset(titles[chain.id]),
            ties=frozenset(ties[chain.id]),
        )
        for chain in annotation.chains
    ]


def _light(chain: Chain, article: str) -> Chain:
    """The chain without mentions, one string for each name and each article."""
    return replace(chain, article=article, name=intern(chain.name), mentions=())


def _worded(text: str, span: Span) -> str:
    """A name as worded, of an embassy with its post: what tells it from its sisters."""
    name = " ".join(span.of(text).split())
    if POST_HEADS.isdisjoint(name.casefold().split()):
        return name
    post = _POST.match(text, span.end)
    return name if post is None else f"{name} {' '.join(post.group().split())}"


def _main_name(chain: Chain, worded: Mapping[str, int]) -> str:
    """A name used once may be a misreading (`Boeing 737s`): the most frequent one counts."""
    counts: Counter[str] = Counter()
    for form, count in worded.items():
        counts[fold(form)] += count
    counts.pop("", None)
    posted = [name for name in counts if has_post(name)]
    if posted:
        return max(posted, key=lambda name: (counts[name], name))
    full = [name for name in counts if len(person_tokens(name)) > 1]
    names = full if chain.type is EntityType.PERSON and full else list(counts)
    return min(names, key=lambda name: (-counts[name], -len(name), name), default=fold(chain.name))


def _telling_names(chain: Chain, name: str, worded: Mapping[str, int]) -> frozenset[str]:
    """The main name and those that are no part of it; a surname says less than the full name."""
    if not chain.named:
        return frozenset()
    names = {intern(fold(form)) for form in worded} | {intern(name)}
    names.discard("")
    if chain.type is EntityType.PERSON:
        full = set(person_tokens(name))
        return frozenset(n for n in names if n == name or not set(person_tokens(n)) <= full)
    if has_post(name):
        return frozenset(n for n in names if has_post(n))
    return frozenset(n for n in names if n == name or not is_coordination(n, name))


def _relations_of(
    annotation: Annotation, folded: Mapping[str, str]
) -> tuple[dict[str, set[str]], dict[str, set[tuple[str, str]]]]:
    titles: dict[str, set[str]] = defaultdict(set)
    ties: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for relation in annotation.relations:
        if relation.predicate == "jobTitle":
            titles[relation.subject].update(core_tokens(fold(relation.text)))
        elif relation.predicate in _TIES:
            other = folded.get(relation.object or "", "") or fold(relation.text)
            if other:
                ties[relation.subject].add((relation.predicate, other))
    return titles, ties


def _with_voted_type(profile: Profile, votes: Mapping[tuple[str, EntityType], int]) -> Profile:
    """A name that one article takes for a place and most others for a person is a person's."""
    if profile.type not in _VOTED or not profile.chain.named or profile.chain.wikidata is not None:
        return profile
    best = max(_ELECTED, key=lambda kind: votes.get((profile.name, kind), 0))
    own, others = (votes.get((profile.name, kind), 0) for kind in (profile.type, best))
    if others < _MIN_VOTES or others < _MAJORITY * own:
        return profile
    return replace(profile, type=best)


def _given_names(profiles: Iterable[Profile]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        if profile.type is EntityType.PERSON and profile.chain.named:
            tokens = person_tokens(profile.name)
            if len(tokens) > 1:
                found[tokens[-1]].add(tokens[0])
    return {surname: frozenset(names) for surname, names in found.items()}
