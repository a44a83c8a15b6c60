"""Which pairs of chains are compared at all: those with names in common, never all pairs.

Names are compared first, each pair of different names once; then the chains that bear them. The
work grows linearly with the chains: a name borne by many is compared in windows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.resolve.names import core_tokens, match_names, person_tokens
from kg.resolve.profiles import Collection, Profile
from kg.vocabulary import EntityType

_MAX_NAMES = 60
"""Different names in one block; a word that more names share (`united`) tells nothing."""
_MAX_FULL = 20
"""Chains of two names that are compared each with each."""
_WINDOW = 8
"""Neighbours in time that a chain is compared with beyond that."""

_Name = tuple[EntityType, str]


def candidate_pairs(collection: Collection) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of named chains of two articles worth a score, each once, earlier chain first."""
    bearers = _bearers(collection.profiles.values())
    seen: set[tuple[str, str]] = set()
    for left, right in _name_pairs(bearers):
        for one, other in _chain_pairs(bearers[left], bearers[right]):
            if one.chain.article == other.chain.article:
                continue
            if (other.order, other.chain.id) < (one.order, one.chain.id):
                one, other = other, one
            key = (one.chain.id, other.chain.id)
            if key not in seen:
                seen.add(key)
                yield one, other


def _bearers(profiles: Iterable[Profile]) -> dict[_Name, list[Profile]]:
    found: dict[_Name, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for name in sorted(profile.names):
            found[profile.type, name].append(profile)
        if profile.names and profile.chain.wikidata is not None:
            found[profile.type, profile.chain.wikidata].append(profile)
    return found


def _name_pairs(bearers: Mapping[_Name, Sequence[Profile]]) -> list[tuple[_Name, _Name]]:
    names = sorted(bearers)
    pairs = {(name, name) for name in names}
    blocks: dict[str, list[_Name]] = defaultdict(list)
    types: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        types[name[1]].append(name)
        for key in _keys(name):
            blocks[key].append(name)
    for block in types.values():
        pairs.update(_each_with_each(block))
    for block in blocks.values():
        if len(block) <= _MAX_NAMES:
            pairs.update(
                pair
                for pair in _each_with_each(block)
                if match_names(pair[0][1], pair[1][1], pair[0][0]) is not None
            )
    return sorted(pairs)


def _each_with_each(names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name]]:
    for index, left in enumerate(names):
        for right in names[index + 1 :]:
            yield left, right


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
    left: Sequence[Profile], right: Sequence[Profile]
) -> Iterator[tuple[Profile, Profile]]:
    if left is right:
        yield from _within(left)
    elif len(left) * len(right) <= _MAX_FULL * _MAX_FULL:
        yield from ((one, other) for one in left for other in right)
    else:
        yield from _between(left, right)


def _within(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    window = len(profiles) if len(profiles) <= _MAX_FULL else _WINDOW
    for index, one in enumerate(profiles):
        for other in profiles[index + 1 : index + 1 + window]:
            yield one, other


def _between(
    left: Sequence[Profile], right: Sequence[Profile]
) -> Iterator[tuple[Profile, Profile]]:
    """Each chain of the rarer name with its neighbours in time among the commoner one."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    start = 0
    for one in few:
        while start < len(many) and many[start].order < one.order:
            start += 1
        for other in many[max(0, start - _WINDOW) : start + _WINDOW]:
            yield one, other
