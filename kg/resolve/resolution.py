"""Chains of many articles in, entities and judged links out."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from kg.model import Annotation, Article, Entity, Link, LinkOrigin
from kg.resolve.blocking import candidate_pairs
from kg.resolve.clusters import Clusters
from kg.resolve.collection import Collection, collect
from kg.resolve.entities import entity_of_group
from kg.resolve.names import person_tokens
from kg.resolve.pairs import Fits, Pairs
from kg.resolve.scoring import ASK_AT, Scorer
from kg.spill import Spill
from kg.vocabulary import EntityType, Judgement

_PEOPLE = {EntityType.PERSON}
_PLACE_BITS = 32
_MARGIN = 0.6
"""A surname that fits two people goes to neither if the second has this share of the evidence."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What resolution decided; the same for any order of the articles."""

    entities: tuple[Entity, ...]
    """By id; every chain is in exactly one."""
    links: tuple[Link, ...]
    """By (left, right): POSITIVE were merged, UNSURE are worth a person's look, NEGATIVE are kept
    apart by a person or by a contradiction; all judgements of people are among them."""
    entity_of: Mapping[str, str]
    """Chain id to entity id."""


def resolve(
    annotated: Iterable[tuple[Article, Annotation]], judgements: Sequence[Link] = ()
) -> Resolution:
    """One entity for all chains that mean the same, across articles.

    Chains without a name are entities of their own, unless a judgement says otherwise. Judgements
    of chains that are not there are left out: the ledger reports them.
    """
    with resolving(annotated, judgements) as found:
        links = sorted(found.links(), key=lambda link: (link.left, link.right, link.judgement))
        entities = tuple(sorted(found.entities(), key=lambda entity: entity.id))
    entity_of = {chain: entity.id for entity in entities for chain in entity.chains}
    return Resolution(entities, tuple(links), dict(sorted(entity_of.items())))


@contextmanager
def resolving(
    annotated: Iterable[tuple[Article, Annotation]], judgements: Sequence[Link] = ()
) -> Iterator[Resolving]:
    """The same, to be read entity by entity while the block lasts: memory holds numbers alone."""
    wanted = {chain for link in judgements for chain in (link.left, link.right)}
    with Spill() as profiles, Spill() as settings, Spill() as reasons:
        collection = collect(annotated, profiles, settings, wanted=wanted)
        clusters = Clusters(collection)
        judged = {_key(link): link for link in clusters.judge(judgements)}
        pairs = _scored(collection, reasons)
        decided = _decide(pairs, collection, clusters, judged)
        yield Resolving(collection, clusters, pairs, decided, tuple(judged.values()))


@dataclass(slots=True)
class Resolving:
    """What was decided, by the places of chains and the numbers of pairs."""

    _collection: Collection
    _clusters: Clusters
    _pairs: Pairs
    _decided: _Decided
    _judged: tuple[Link, ...]

    def entities(self) -> Iterator[Entity]:
        """All entities, by the place of the chain that founded them."""
        scores = self._link_scores()
        profiles = self._collection.profiles
        for group in self._clusters.groups():
            yield entity_of_group(
                [profiles[place] for place in group], [scores[place] for place in group]
            )

    def links(self) -> Iterator[Link]:
        """All links, once."""
        for number in self._decided.merged:
            yield self._link(number, Judgement.POSITIVE)
        for number in self._decided.asked:
            forbidden = self._clusters.forbidden(*self._pairs.places(number))
            yield self._link(number, Judgement.NEGATIVE if forbidden else Judgement.UNSURE)
        yield from self._judged

    def _link(self, number: int, judgement: Judgement) -> Link:
        profiles = self._collection.profiles
        left, right = sorted(profiles[place].chain for place in self._pairs.places(number))
        value, reasons = self._pairs.value(number), self._pairs.reasons(number)
        return Link(left, right, judgement, value, reasons, LinkOrigin.RESOLVER)

    def _link_scores(self) -> array[float]:
        """Place to the best score of the links that put the chain into its entity; 1.0 if none."""
        found = array("d", [-1.0]) * len(self._collection.profiles)
        for number in self._decided.merged:
            for place in self._pairs.places(number):
                found[place] = max(found[place], self._pairs.value(number))
        for link in self._judged:
            if link.judgement is Judgement.POSITIVE:
                for chain in (link.left, link.right):
                    place = self._collection.places[chain]
                    found[place] = max(found[place], link.score)
        return array("d", (1.0 if score < 0 else score for score in found))


def suggestions(links: Iterable[Link]) -> tuple[Link, ...]:
    """The pairs worth a person's look, the most likely first."""
    unsure = (link for link in links if link.judgement is Judgement.UNSURE)
    return tuple(sorted(unsure, key=lambda link: (-link.score, link.left, link.right)))


def _scored(collection: Collection, reasons: Spill) -> Pairs:
    scorer = Scorer(collection)
    profiles = collection.profiles
    pairs = Pairs(reasons)
    for left, right in candidate_pairs(collection):
        score = scorer.score(profiles[left], profiles[right])
        if score is not None and score.value >= ASK_AT:
            pairs.add(left, right, score)
    return pairs


@dataclass(frozen=True, slots=True)
class _Decided:
    """Numbers of pairs."""

    merged: Sequence[int]
    asked: Sequence[int]
    """For each two groups that stayed apart the most likely pair between them."""


def _decide(
    pairs: Pairs,
    collection: Collection,
    clusters: Clusters,
    judged: Mapping[tuple[str, str], Link],
) -> _Decided:
    """Merge what may be merged, strong names before weak ones."""
    places = collection.places
    known = {tuple(sorted((places[left], places[right]))) for left, right in judged}
    merged, open_pairs = array("I"), array("I")
    for number in pairs.by_rank(collection.id_ranks):
        if known and pairs.places(number) in known:
            continue
        strong = pairs.merges(number) and not pairs.is_weak(number)
        if not (strong and _merge(number, pairs, clusters, merged)):
            open_pairs.append(number)
    open_pairs = _merge_weak(open_pairs, _Weak(pairs, collection, clusters), merged)
    return _Decided(merged, _asked(open_pairs, pairs, clusters))


def _merge(number: int, pairs: Pairs, clusters: Clusters, merged: array[int]) -> bool:
    left, right = pairs.places(number)
    if clusters.together(left, right):
        return True
    if not clusters.merge(left, right):
        return False
    merged.append(number)
    return True


def _merge_weak(numbers: array[int], weak: _Weak, merged: array[int]) -> array[int]:
    """Merge surnames, acronyms and short forms, where only one group fits well; the others."""
    numbers = array("I", (number for number in numbers if not weak.is_told_apart(number)))
    fits = Fits.of(numbers, weak.pairs, weak.clusters)
    return array(
        "I",
        (
            number
            for number in numbers
            if not weak.pairs.merges(number)
            or weak.has_rival(number, fits)
            or not _merge(number, weak.pairs, weak.clusters, merged)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Weak:
    """What is asked of a pair whose names alone say too little."""

    pairs: Pairs
    collection: Collection
    clusters: Clusters

    def is_told_apart(self, number: int) -> bool:
        """True for a surname with an office whose own article names a bearer of the full name as
        well, as another person: "Prime Minister Tolmarek" beside the union's Petra Tolmarek."""
        ends = self.pairs.places(number)
        profiles = self.collection.profiles
        if not self.pairs.is_weak(number) or {profiles.type_of(end) for end in ends} != _PEOPLE:
            return False
        for here, there in (ends, ends[::-1]):
            one, other = profiles[here], profiles[there]
            if one.titles and len(person_tokens(one.name)) == 1 < len(person_tokens(other.name)):
                return not self.clusters.together(here, there) and self.clusters.has_article(
                    there, one.article
                )
        return False

    def has_rival(self, number: int, fits: Fits) -> bool:
        """True if a group that contradicts one side of the pair fits the other side as well."""
        ends, clusters = self.pairs.places(number), self.clusters
        for here, there in (ends, ends[::-1]):
            found = list(fits.of_group(clusters.key(here)))
            target = clusters.key(there)
            known = [rank for rival, rank in found if rival == target]
            best = max(known, default=self.pairs.rank(number))
            for rival, rank in found:
                close = rank >= _MARGIN * best and not clusters.together(rival, there)
                if close and clusters.forbidden(rival, there):
                    return True
        return False


def _asked(numbers: Sequence[int], pairs: Pairs, clusters: Clusters) -> Sequence[int]:
    """One question for each two groups: the most likely pair between them."""
    apart, codes = array("I"), array("Q")
    for number in numbers:
        left, right = pairs.places(number)
        if not clusters.together(left, right):
            one, other = sorted((clusters.key(left), clusters.key(right)))
            apart.append(number)
            codes.append((one << _PLACE_BITS) + other)
    _, first = np.unique(np.array(codes, np.uint64), return_index=True)
    return array("I", (apart[index] for index in sorted(first.tolist())))


def _key(link: Link) -> tuple[str, str]:
    return (link.left, link.right) if link.left < link.right else (link.right, link.left)
