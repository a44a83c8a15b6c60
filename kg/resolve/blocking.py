"""Which pairs of chains are compared at all: those with names in common, never all pairs.

Names are compared first, each pair of different names once; then the chains that bear them. The
work grows linearly with the chains: a name borne by many is compared in windows.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np

from kg.resolve.collection import Collection
from kg.resolve.names import core_tokens, match_names, person_tokens
from kg.resolve.profiles import Profile
from kg.vocabulary import EntityType

_MAX_NAMES = 60
"""Different names in one block; a word that more names share (`united`) tells nothing."""
_MAX_FULL = 20
"""Chains of two names that are compared each with each."""
_WINDOW = 8
"""Neighbours in time that a chain is compared with beyond that."""
_MAX_SEEN = 100_000

_Name = tuple[EntityType, str]


def candidate_pairs(collection: Collection) -> Iterator[tuple[int, int]]:
    """Places of pairs of named chains of two articles worth a score, earlier chain first.

    A pair comes once, unless hundreds of thousands of others came between.
    """
    bearers = _bearers(collection.profiles)
    articles, count = collection.article_of, len(collection.profiles)
    seen: set[int] = set()
    for left, right in _name_pairs(sorted(bearers)):
        for pair in _chain_pairs(bearers[left], bearers[right], collection.moments):
            one, other = (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])
            code = one * count + other
            if articles[one] != articles[other] and code not in seen:
                if len(seen) >= _MAX_SEEN:
                    seen.clear()
                seen.add(code)
                yield one, other


def _bearers(profiles: Iterable[Profile]) -> dict[_Name, array[int]]:
    """The places of the chains that bear a name, ascending."""
    found: dict[_Name, array[int]] = defaultdict(lambda: array("I"))
    for place, profile in enumerate(profiles):
        for name in profile.names:
            found[profile.type, name].append(place)
        if profile.names and profile.wikidata is not None:
            found[profile.type, profile.wikidata].append(place)
    return found


def _name_pairs(names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Each name with itself and with those that may mean the same; in order."""
    count = len(names)
    pairs = array("Q", (number * count + number for number in range(count)))
    for block in _blocks(names, lambda name: (name[1],)):
        pairs.extend(left * count + right for left, right in combinations(block, 2))
    for block in _blocks(names, _keys):
        if len(block) <= _MAX_NAMES:
            pairs.extend(
                left * count + right
                for left, right in combinations(block, 2)
                if match_names(names[left][1], names[right][1], names[left][0]) is not None
            )
    for code in np.unique(np.frombuffer(pairs, np.uint64)):
        left, right = divmod(int(code), count)
        yield names[left], names[right]


def _blocks(
    names: Sequence[_Name], keys_of: Callable[[_Name], Iterable[str]]
) -> Iterator[list[int]]:
    """Numbers of the names that share a key, ascending, two or more."""
    numbers: dict[str, int] = {}
    keys, members = array("I"), array("I")
    for member, name in enumerate(names):
        for key in keys_of(name):
            keys.append(numbers.setdefault(key, len(numbers)))
            members.append(member)
    by_key = np.argsort(np.array(keys), kind="stable")
    ends = np.cumsum(np.bincount(keys, minlength=1)) if keys else np.zeros(1, np.int64)
    ordered = np.array(members)[by_key]
    for start, end in pairwise((0, *ends.tolist())):
        if end - start > 1:
            yield ordered[start:end].tolist()


def _keys(name: _Name) -> set[str]:
    """Words a name shares with other forms of it, and its initials; the type is part of a key."""
    entity_type, folded = name
    if entity_type is EntityType.PERSON:
        tokens = person_tokens(folded)
        # The first letters let a surname that is spelt alike meet.
        keys = {*tokens, f"{tokens[0]} {tokens[-1][:3]}"}
        return {f"{entity_type}:{key}" for key in keys}
    if entity_type not in (EntityType.ORGANISATION, EntityType.PLACE):
        return set()
    core = core_tokens(folded)
    keys = set(core)
    if len(core) > 1:
        keys.add("".join(token[0] for token in core))
        keys.add("".join(token[0] for token in folded.split() if token not in {"and", "of", "&"}))
        keys.add(f"{core[0][:4]} {core[-1][:4]}")
    return {f"{entity_type}:{key}" for key in keys}


def _chain_pairs(
    left: array[int], right: array[int], moments: array[int]
) -> Iterator[tuple[int, int]]:
    if left is right:
        yield from _within(left)
    elif len(left) * len(right) <= _MAX_FULL * _MAX_FULL:
        yield from ((one, other) for one in left for other in right)
    else:
        yield from _between(left, right, moments)


def _within(places: array[int]) -> Iterator[tuple[int, int]]:
    window = len(places) if len(places) <= _MAX_FULL else _WINDOW
    for index, one in enumerate(places):
        for other in places[index + 1 : index + 1 + window]:
            yield one, other


def _between(left: array[int], right: array[int], moments: array[int]) -> Iterator[tuple[int, int]]:
    """Each chain of the rarer name with its neighbours in time among the commoner one."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    start = 0
    for one in few:
        while start < len(many) and moments[many[start]] < moments[one]:
            start += 1
        for other in many[max(0, start - _WINDOW) : start + _WINDOW]:
            yield one, other
