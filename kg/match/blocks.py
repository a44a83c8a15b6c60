"""Which claims are compared at all: those that share two rare words, entities or numbers.

The claims wait on disk; memory holds, of each, the numbers of its rarest words.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from kg.match.propositions import Proposition
from kg.spill import Spill

MIN_SHARED = 2
"""Rare words that two claims share if they are compared."""
_RARE_KEYS = 6
_MAX_BLOCK = 80
"""A word of more claims is still compared in so many of them, by claim id."""
_SMOOTHING = 20.0
_CACHED = 2_048


class Propositions:
    """Propositions on disk, in the order of their claims' ids, with the weights of their words."""

    def __init__(self, spill: Spill, found: Iterable[Proposition]) -> None:
        self._spill = spill
        self.counts = Counter[str]()
        """How many propositions have a word, entity or number."""
        claims: list[str] = []
        for proposition in found:
            spill.append(tuple(proposition))
            claims.append(proposition.claim)
            self.counts.update(proposition.keys)
        self._order = array("I", sorted(range(len(claims)), key=claims.__getitem__))
        self.weights = self._weigh()
        """The rarer, the weightier."""
        # A proposition meets several others, one after the other.
        self._read = lru_cache(maxsize=_CACHED)(lambda place: Proposition(*spill[place]))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: int) -> Proposition:
        return self._read(self._order[place])

    def __iter__(self) -> Iterator[Proposition]:
        return (Proposition(*self._spill[number]) for number in self._order)

    def _weigh(self) -> dict[str, float]:
        total = len(self) + _SMOOTHING
        # One number for all words of a count: most are rare.
        weight_of = {count: math.log(total / (count + 0.5)) for count in self.counts.values()}
        return {key: weight_of[count] for key, count in self.counts.items()}


def candidates(found: Propositions) -> Iterator[tuple[int, int]]:
    """Places of pairs that share two rare words, entities or numbers; common ones tell nothing."""
    rare = _Rare(found)
    for one in range(len(found)):
        met = Counter[int]()
        for block in rare.blocks_before(one):
            met.update(block)
        for other in sorted(met):
            if met[other] >= MIN_SHARED:
                yield other, one
        rare.add(one)


class _Rare:
    """The rarest keys of each proposition, and for each key the propositions met so far."""

    def __init__(self, found: Propositions) -> None:
        self._keys = array("I")
        """Numbers of keys, proposition after proposition; `_ends` says where each one's end."""
        self._ends = array("Q")
        numbers: dict[str, int] = {}
        for proposition in found:
            met_elsewhere = [key for key in proposition.keys if found.counts[key] > 1]
            rarest = sorted(met_elsewhere, key=lambda key: (-found.weights[key], key))[:_RARE_KEYS]
            self._keys.extend(numbers.setdefault(key, len(numbers)) for key in rarest)
            self._ends.append(len(self._keys))
        self._firsts = self._make_room(len(numbers))
        self._met = array("I", bytes(self._firsts.itemsize * self._firsts[-1]))
        """For each key, from its place in `_firsts` on, the propositions that have it so far."""
        self._sizes = array("I", bytes(self._firsts.itemsize * len(numbers)))

    def _make_room(self, count: int) -> array[int]:
        uses = array("I", bytes(array("I").itemsize * count))
        for key in self._keys:
            uses[key] += 1
        sizes = (min(used, _MAX_BLOCK + 1) for used in uses)
        return array("I", accumulate(sizes, initial=0))

    def blocks_before(self, place: int) -> Iterator[array[int]]:
        """For each rare key of a proposition the earlier ones that have it, if they are few."""
        for key in self._keys_of(place):
            if self._sizes[key] <= _MAX_BLOCK:
                first = self._firsts[key]
                yield self._met[first : first + self._sizes[key]]

    def add(self, place: int) -> None:
        """From here on the proposition is an earlier one."""
        for key in self._keys_of(place):
            if self._sizes[key] <= _MAX_BLOCK:
                self._met[self._firsts[key] + self._sizes[key]] = place
                self._sizes[key] += 1

    def _keys_of(self, place: int) -> array[int]:
        return self._keys[self._ends[place - 1] if place else 0 : self._ends[place]]
