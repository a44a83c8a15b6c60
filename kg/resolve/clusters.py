"""Groups chains by their links: the best links first, and never against what forbids it.

A NEGATIVE judgement of a person holds between groups, however many positive links lead round it;
people and places, two identifiers and contradicting names stay apart as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Link
from kg.resolve.names import conflict
from kg.resolve.profiles import Profile
from kg.vocabulary import EntityType, Judgement


@dataclass(slots=True)
class _Group:
    # Sets that cannot change: a hundred thousand empty ones are a single one.
    chains: list[str]
    names: frozenset[tuple[EntityType, str]] = frozenset()
    wikidata: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    """Chains that a person keeps out of the group."""


class Clusters:
    """The groups while they grow."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles
        self._group_of: dict[str, _Group] = {}
        single = cache(lambda kind, name: frozenset({(kind, name)}))
        for chain, profile in profiles.items():
            group = _Group([chain])
            if profile.chain.named:
                group.names = single(profile.type, profile.name)
            if profile.chain.wikidata is not None:
                group.wikidata = frozenset({profile.chain.wikidata})
            self._group_of[chain] = group

    def judge(self, judgements: Sequence[Link]) -> list[Link]:
        """Apply what people decided: NEGATIVE first, then POSITIVE. Returns what was applied."""
        known = [j for j in judgements if {j.left, j.right} <= self._group_of.keys()]
        known.sort(key=lambda j: (j.left, j.right, j.judgement))
        for link in known:
            if link.judgement is Judgement.NEGATIVE and link.left != link.right:
                self._group_of[link.left].apart |= {link.right}
                self._group_of[link.right].apart |= {link.left}
        for link in known:
            if link.judgement is Judgement.POSITIVE and not self._kept_apart(link.left, link.right):
                self._join(link.left, link.right)
        return known

    def merge(self, left: str, right: str) -> bool:
        """Put two chains into one group unless something forbids it; True if they are in one."""
        if self.together(left, right):
            return True
        if self.forbidden(left, right):
            return False
        self._join(left, right)
        return True

    def together(self, left: str, right: str) -> bool:
        """True if the two are in one group."""
        return self._group_of[left] is self._group_of[right]

    def forbidden(self, left: str, right: str) -> bool:
        """True if the groups of the two must stay apart."""
        one, other = self._group_of[left], self._group_of[right]
        return (
            self._kept_apart(left, right)
            or _types_forbid(one, other)
            or len(one.wikidata | other.wikidata) > max(1, len(one.wikidata), len(other.wikidata))
            or _names_forbid(one, other)
        )

    def has_article(self, chain: str, article: str) -> bool:
        """True if the group of the chain has a chain of the article."""
        chains = self._group_of[chain].chains
        return any(self._profiles[each].chain.article == article for each in chains)

    def key(self, chain: str) -> str:
        """One chain that stands for the group now."""
        return self._group_of[chain].chains[0]

    def groups(self) -> list[list[str]]:
        """All groups, their chains in no order that means anything."""
        unique = {id(group): group for group in self._group_of.values()}
        return [group.chains for group in unique.values()]

    def _kept_apart(self, left: str, right: str) -> bool:
        one, other = self._group_of[left], self._group_of[right]
        if len(one.chains) > len(other.chains):
            one, other = other, one
        return not other.apart.isdisjoint(one.chains)

    def _join(self, left: str, right: str) -> None:
        keep, go = self._group_of[left], self._group_of[right]
        if keep is go:
            return
        if len(keep.chains) < len(go.chains):
            keep, go = go, keep
        keep.chains.extend(go.chains)
        keep.names |= go.names
        keep.wikidata |= go.wikidata
        keep.apart |= go.apart
        for chain in go.chains:
            self._group_of[chain] = keep


def _types_forbid(one: _Group, other: _Group) -> bool:
    types = {entity_type for entity_type, _ in one.names | other.names}
    return {EntityType.PERSON, EntityType.PLACE} <= types


def _names_forbid(one: _Group, other: _Group) -> bool:
    """True if a name of one group contradicts the other group and has no equal there.

    The equal matters where a person merged two names: both are the entity's from then on.
    """
    if one.wikidata & other.wikidata:
        return False
    return any(_contradicts(name, other.names) for name in one.names) and any(
        _contradicts(name, one.names) for name in other.names
    )


def _contradicts(name: tuple[EntityType, str], names: frozenset[tuple[EntityType, str]]) -> bool:
    if name in names:
        return False
    entity_type, folded = name
    same_type = [other for kind, other in names if kind is entity_type]
    return any(conflict(min(folded, o), max(folded, o), entity_type) for o in same_type)
