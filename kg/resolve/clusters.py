"""Groups chains by their links: the best links first, and never against what forbids it.

A NEGATIVE judgement of a person holds between groups, however many positive links lead round it;
people and places, two identifiers and contradicting names stay apart as well.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Link
from kg.resolve.collection import Collection
from kg.resolve.names import conflict
from kg.vocabulary import EntityType, Judgement

_NONE = -1
_NO_ITEMS = frozenset[str]()
_CACHED = 4_096


_Names = frozenset[tuple[EntityType, str]]


@dataclass(slots=True)
class _Group:
    """Two or more chains, by their places, or one that is looked at."""

    chains: array[int]
    names: tuple[int, ...]
    """Numbers of types with names, ascending."""
    wikidata: frozenset[str]
    apart: frozenset[int] = frozenset()
    """Chains that a person keeps out of the group."""


class Clusters:
    """The groups while they grow, of chains by their places."""

    def __init__(self, collection: Collection) -> None:
        self._article_of = collection.article_of
        self._places = collection.places
        self._labels: list[tuple[EntityType, str]] = []
        self._items: list[str] = []
        self._label_of, self._item_of = array("l"), array("l")
        """Place to the number of type and name, and of the item of Wikidata; -1 without one."""
        self._note(collection)
        count = len(self._label_of)
        self._head = array("I", range(count))
        """Place to the place under which its group is known."""
        self._groups: dict[int, _Group] = {}
        """Those of two chains or more, and those that a person keeps something out of."""
        self._same_names = lru_cache(maxsize=_CACHED)(self._name_set)

    def _note(self, collection: Collection) -> None:
        labels: dict[tuple[EntityType, str], int] = {}
        items: dict[str, int] = {}
        for profile in collection.profiles:
            label = (profile.type, profile.name)
            named, item = profile.named, profile.wikidata
            self._label_of.append(labels.setdefault(label, len(labels)) if named else _NONE)
            self._item_of.append(_NONE if item is None else items.setdefault(item, len(items)))
        self._labels, self._items = list(labels), list(items)

    def judge(self, judgements: Sequence[Link]) -> list[Link]:
        """Apply what people decided: NEGATIVE first, then POSITIVE. Returns what was applied."""
        known = [j for j in judgements if {j.left, j.right} <= self._places.keys()]
        known.sort(key=lambda j: (j.left, j.right, j.judgement))
        for link in known:
            left, right = self._places[link.left], self._places[link.right]
            if link.judgement is Judgement.NEGATIVE and left != right:
                self._keep(left).apart |= {right}
                self._keep(right).apart |= {left}
        for link in known:
            left, right = self._places[link.left], self._places[link.right]
            if link.judgement is Judgement.POSITIVE and not self._kept_apart(left, right):
                self._join(left, right)
        return known

    def merge(self, left: int, right: int) -> bool:
        """Put two chains into one group unless something forbids it; True if they are in one."""
        if self.together(left, right):
            return True
        if self.forbidden(left, right):
            return False
        self._join(left, right)
        return True

    def together(self, left: int, right: int) -> bool:
        """True if the two are in one group."""
        return self._head[left] == self._head[right]

    def forbidden(self, left: int, right: int) -> bool:
        """True if the groups of the two must stay apart."""
        one, other = self._group(left), self._group(right)
        return (
            self._kept_apart(left, right)
            or len(one.wikidata | other.wikidata) > max(1, len(one.wikidata), len(other.wikidata))
            or self._names_forbid(one, other)
        )

    def has_article(self, chain: int, article: int) -> bool:
        """True if the group of the chain has a chain of the article."""
        return any(self._article_of[each] == article for each in self._group(chain).chains)

    def key(self, chain: int) -> int:
        """One chain that stands for the group now."""
        return self._head[chain]

    def groups(self) -> Iterator[Sequence[int]]:
        """All groups by their earliest chain, their chains ascending."""
        is_told = bytearray(len(self._head))
        for place, head in enumerate(self._head):
            if not is_told[head]:
                is_told[head] = True
                yield sorted(self._group(place).chains)

    def _group(self, place: int) -> _Group:
        """The group of a chain; one of a single chain is made for the look."""
        found = self._groups.get(self._head[place])
        if found is not None:
            return found
        label, item = self._label_of[place], self._item_of[place]
        names = () if label == _NONE else (label,)
        wikidata = _NO_ITEMS if item == _NONE else frozenset({self._items[item]})
        return _Group(array("I", (place,)), names, wikidata)

    def _keep(self, place: int) -> _Group:
        return self._groups.setdefault(self._head[place], self._group(place))

    def _kept_apart(self, left: int, right: int) -> bool:
        one, other = self._group(left), self._group(right)
        if len(one.chains) > len(other.chains):
            one, other = other, one
        return bool(other.apart) and not other.apart.isdisjoint(one.chains)

    def _join(self, left: int, right: int) -> None:
        if self.together(left, right):
            return
        if len(self._group(left).chains) < len(self._group(right).chains):
            left, right = right, left
        keep, go = self._keep(left), self._group(right)
        self._groups.pop(self._head[right], None)
        keep.chains.extend(go.chains)
        if go.names != keep.names:
            keep.names = tuple(sorted({*keep.names, *go.names}))
        if go.wikidata != keep.wikidata:
            keep.wikidata |= go.wikidata
        keep.apart |= go.apart
        head = self._head[left]
        for chain in go.chains:
            self._head[chain] = head

    def _names_forbid(self, one: _Group, other: _Group) -> bool:
        if one.names == other.names and len(one.names) <= 1:
            return False
        left, right = self._same_names(one.names), self._same_names(other.names)
        return _types_forbid(left, right) or (
            one.wikidata.isdisjoint(other.wikidata) and _names_forbid(left, right)
        )

    def _name_set(self, numbers: tuple[int, ...]) -> _Names:
        return frozenset(self._labels[number] for number in numbers)


def _types_forbid(one: _Names, other: _Names) -> bool:
    types = {entity_type for entity_type, _ in one | other}
    return {EntityType.PERSON, EntityType.PLACE} <= types


def _names_forbid(one: _Names, other: _Names) -> bool:
    """True if a name of one group contradicts the other group and has no equal there.

    The equal matters where a person merged two names: both are the entity's from then on.
    """
    return any(_contradicts(name, other) for name in one) and any(
        _contradicts(name, one) for name in other
    )


def _contradicts(name: tuple[EntityType, str], names: frozenset[tuple[EntityType, str]]) -> bool:
    if name in names:
        return False
    entity_type, folded = name
    same_type = [other for kind, other in names if kind is entity_type]
    return any(conflict(min(folded, o), max(folded, o), entity_type) for o in same_type)
