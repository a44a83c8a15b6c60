"""What resolution knows of a chain: its names and ties, as plain values that can wait on disk."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from sys import intern
from typing import NamedTuple

from kg.model import Annotation, Article, Chain, Span
from kg.resolve.names import core_tokens, fold, has_post, is_coordination, person_tokens
from kg.resolve.words import POST_HEADS
from kg.vocabulary import EntityType, MentionKind

_POST = re.compile(r"\s+(?:in|to|at)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?")
_TIES = frozenset({"worksFor", "memberOf", "leaderOf", "spokespersonFor", "spouse", "relative"})


class Profile(NamedTuple):
    """One chain, ready to be compared. Of plain values, so that it can wait on disk."""

    chain: str
    """Its id."""
    article: int
    """Number of its article, in the order in which they came."""
    own_type: str
    """As the article takes it; `type` is what counts."""
    worded_as: str
    """Name of the chain, as worded."""
    named: bool
    gender: str | None
    subtype: str | None
    wikidata: str | None
    name: str
    """The folded name that the article uses most, of a person the full name."""
    names: frozenset[str]
    """All folded names of the chain that may mean it in another article."""
    worded: Mapping[str, int]
    """Names as worded, with how often."""
    titles: frozenset[str]
    ties: frozenset[tuple[str, str]]
    """Relation and folded name of the other side."""
    type: EntityType = EntityType.OTHER
    """Of the chain, unless most other articles take its name for something else."""


def profiles_of(article: Article, annotation: Annotation, number: int) -> list[Profile]:
    """The profiles of the chains of an article, which goes by the number."""
    worded: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in annotation.mentions:
        if mention.kind is MentionKind.NAME:
            worded[mention.chain][_worded(article.text, mention.span)] += 1
    folded = {chain.id: _main_name(chain, worded[chain.id]) for chain in annotation.chains}
    titles, ties = _relations_of(annotation, folded)
    return [
        Profile(
            chain=chain.id,
            article=number,
            own_type=chain.type.value,
            worded_as=intern(chain.name),
            named=chain.named,
            gender=chain.gender,
            subtype=chain.subtype,
            wikidata=chain.wikidata,
            name=intern(folded[chain.id]),
            names=_telling_names(chain, folded[chain.id], worded[chain.id]),
            worded={intern(form): n for form, n in sorted(worded[chain.id].items())},
            titles=frozenset(titles[chain.id]),
            ties=frozenset(ties[chain.id]),
        )
        for chain in annotation.chains
    ]


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
