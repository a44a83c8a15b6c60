"""Chains of many articles in, entities and judged links out: `resolve`, and `redirects`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Annotation, Article, Entity, Link, LinkOrigin
from kg.resolve.blocking import candidate_pairs
from kg.resolve.clusters import Clusters
from kg.resolve.entities import entity_of_group
from kg.resolve.names import person_tokens
from kg.resolve.profiles import Collection, Profile, collect
from kg.resolve.scoring import ASK_AT, Score, Scorer
from kg.vocabulary import EntityType, Judgement

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


@dataclass(frozen=True, slots=True)
class _Pair:
    left: Profile
    right: Profile
    score: Score

    @property
    def rank(self) -> tuple[float, str, str]:
        return -self.score.value, self.left.chain.id, self.right.chain.id


def resolve(
    annotated: Iterable[tuple[Article, Annotation]], judgements: Sequence[Link] = ()
) -> Resolution:
    """One entity for all chains that mean the same, across articles.

    Chains without a name are entities of their own, unless a judgement says otherwise. Judgements
    of chains that are not there are left out: the ledger reports them.
    """
    collection = collect(annotated)
    clusters = Clusters(collection.profiles)
    judged = {_key(link): link for link in clusters.judge(judgements)}
    links = _decide(list(_scored(collection)), clusters, judged)
    links.extend(judged.values())
    links.sort(key=lambda link: (link.left, link.right, link.judgement))
    return _resolution(collection, clusters, links)


def redirects(old: Iterable[Entity], new: Resolution) -> dict[str, str]:
    """Ids that went, and the id under which their founding chain lives now.

    Where the founding chain itself is gone (its article was removed), the next chain of the old
    entity that is still there decides; an entity with none left has no redirect.
    """
    current = {entity.id for entity in new.entities}
    found: dict[str, str] = {}
    for entity in old:
        if entity.id in current:
            continue
        heir = next((new.entity_of[c] for c in entity.chains if c in new.entity_of), None)
        if heir is not None:
            found[entity.id] = heir
    return found


def suggestions(resolution: Resolution) -> tuple[Link, ...]:
    """The pairs worth a person's look, the most likely first."""
    unsure = [link for link in resolution.links if link.judgement is Judgement.UNSURE]
    return tuple(sorted(unsure, key=lambda link: (-link.score, link.left, link.right)))


def _scored(collection: Collection) -> Iterator[_Pair]:
    scorer = Scorer(collection)
    for left, right in candidate_pairs(collection):
        score = scorer.score(left, right)
        if score is not None and score.value >= ASK_AT:
            yield _Pair(left, right, score)


def _decide(
    pairs: list[_Pair], clusters: Clusters, judged: Mapping[tuple[str, str], Link]
) -> list[Link]:
    """Merge what may be merged, strong names before weak ones; links of all that was compared."""
    pairs = [pair for pair in pairs if _pair_key(pair) not in judged]
    pairs.sort(key=lambda pair: pair.rank)
    merged: list[_Pair] = []
    open_pairs: list[_Pair] = []
    for pair in pairs:
        strong = pair.score.merges and not pair.score.weak
        done = strong and _merge(pair, clusters, merged)
        if not done:
            open_pairs.append(pair)
    open_pairs = _merge_weak(open_pairs, clusters, merged)
    links = [_link(pair, Judgement.POSITIVE) for pair in merged]
    links.extend(_asked(open_pairs, clusters))
    return links


def _merge(pair: _Pair, clusters: Clusters, merged: list[_Pair]) -> bool:
    left, right = pair.left.chain.id, pair.right.chain.id
    if clusters.together(left, right):
        return True
    if not clusters.merge(left, right):
        return False
    merged.append(pair)
    return True


def _merge_weak(pairs: list[_Pair], clusters: Clusters, merged: list[_Pair]) -> list[_Pair]:
    """Merge surnames, acronyms and short forms, where only one group fits well."""
    pairs = [pair for pair in pairs if not _told_apart(pair, clusters)]
    fits = _best_fits(pairs, clusters)
    return [
        pair
        for pair in pairs
        if not pair.score.merges
        or _rival(pair, fits, clusters)
        or not _merge(pair, clusters, merged)
    ]


def _told_apart(pair: _Pair, clusters: Clusters) -> bool:
    """True for a surname with an office whose own article names a bearer of the full name as well,
    as another person: "Prime Minister Tolmarek" beside the union's Petra Tolmarek."""
    if not pair.score.weak or {pair.left.type, pair.right.type} != {EntityType.PERSON}:
        return False
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if one.titles and len(person_tokens(one.name)) == 1 < len(person_tokens(other.name)):
            return not clusters.together(one.chain.id, other.chain.id) and clusters.has_article(
                other.chain.id, one.chain.article
            )
    return False


def _best_fits(pairs: list[_Pair], clusters: Clusters) -> dict[str, dict[str, float]]:
    """For each group (by a chain of it) the groups it may belong to, with the best rank."""
    fits: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        one, other = clusters.key(pair.left.chain.id), clusters.key(pair.right.chain.id)
        if one != other:
            rank = pair.score.rank
            fits[one][other] = max(fits[one].get(other, rank), rank)
            fits[other][one] = max(fits[other].get(one, rank), rank)
    return fits


def _rival(pair: _Pair, fits: Mapping[str, Mapping[str, float]], clusters: Clusters) -> bool:
    """True if a group that contradicts one side of the pair fits the other side as well."""
    ends = (pair.left.chain.id, pair.right.chain.id)
    for here, there in (ends, ends[::-1]):
        fit = fits.get(clusters.key(here), {})
        best = fit.get(clusters.key(there), pair.score.rank)
        for rival, rank in fit.items():
            close = rank >= _MARGIN * best
            if close and not clusters.together(rival, there) and clusters.forbidden(rival, there):
                return True
    return False


def _asked(pairs: list[_Pair], clusters: Clusters) -> Iterator[Link]:
    """One question for each two groups: the most likely pair between them."""
    asked: set[tuple[str, str]] = set()
    for pair in pairs:
        left, right = pair.left.chain.id, pair.right.chain.id
        if clusters.together(left, right):
            continue
        one, other = sorted((clusters.key(left), clusters.key(right)))
        if (one, other) in asked:
            continue
        asked.add((one, other))
        forbidden = clusters.forbidden(left, right)
        yield _link(pair, Judgement.NEGATIVE if forbidden else Judgement.UNSURE)


def _link(pair: _Pair, judgement: Judgement) -> Link:
    left, right = sorted((pair.left.chain.id, pair.right.chain.id))
    return Link(left, right, judgement, pair.score.value, pair.score.reasons, LinkOrigin.RESOLVER)


def _key(link: Link) -> tuple[str, str]:
    return (link.left, link.right) if link.left < link.right else (link.right, link.left)


def _pair_key(pair: _Pair) -> tuple[str, str]:
    left, right = sorted((pair.left.chain.id, pair.right.chain.id))
    return left, right


def _resolution(collection: Collection, clusters: Clusters, links: list[Link]) -> Resolution:
    scores = _link_scores(links)
    entities = [
        entity_of_group([collection.profiles[chain] for chain in group], scores)
        for group in clusters.groups()
    ]
    entities.sort(key=lambda entity: entity.id)
    entity_of = {chain: entity.id for entity in entities for chain in entity.chains}
    return Resolution(tuple(entities), tuple(links), dict(sorted(entity_of.items())))


def _link_scores(links: Iterable[Link]) -> dict[str, float]:
    """Chain id to the best score of the links that put it into its entity."""
    found: dict[str, float] = {}
    for link in links:
        if link.judgement is Judgement.POSITIVE:
            for chain in (link.left, link.right):
                found[chain] = max(found.get(chain, 0.0), link.score)
    return found
