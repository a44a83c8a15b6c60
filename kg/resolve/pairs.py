"""Scored pairs of chains as numbers, thirty bytes each: there are millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.resolve.clusters import Clusters
from kg.resolve.scoring import Score
from kg.spill import Spill

_SCALE = 10_000
"""Scores have four decimals."""
_WEAK, _MERGES = 1, 2


class Pairs:
    """Pairs by number; chains go by their places, the earlier one first."""

    def __init__(self, reasons: Spill) -> None:
        self._lefts, self._rights = array("I"), array("I")
        self._values = array("H")
        self._flags = array("B")
        self._ranks = array("d")
        self._reasons = reasons

    def __len__(self) -> int:
        return len(self._lefts)

    def add(self, left: int, right: int, score: Score) -> None:
        """Keep a pair."""
        self._lefts.append(left)
        self._rights.append(right)
        self._values.append(round(score.value * _SCALE))
        self._flags.append(_WEAK * score.weak + _MERGES * score.merges)
        self._ranks.append(score.rank)
        self._reasons.append(score.reasons)

    def places(self, number: int) -> tuple[int, int]:
        """The two chains."""
        return self._lefts[number], self._rights[number]

    def value(self, number: int) -> float:
        """`Score.value`."""
        return self._values[number] / _SCALE

    def is_weak(self, number: int) -> bool:
        """`Score.weak`."""
        return bool(self._flags[number] & _WEAK)

    def merges(self, number: int) -> bool:
        """`Score.merges`."""
        return bool(self._flags[number] & _MERGES)

    def rank(self, number: int) -> float:
        """`Score.rank`."""
        return self._ranks[number]

    def reasons(self, number: int) -> tuple[str, ...]:
        """`Score.reasons`, from disk."""
        found: tuple[str, ...] = self._reasons[number]
        return found

    def by_rank(self, id_ranks: array[int]) -> Iterator[int]:
        """Each pair once, likeliest first; of equals by the ids of the chains."""
        if not len(self):
            return
        ranks = np.frombuffer(id_ranks, np.uint32)
        lefts, rights = (np.frombuffer(each, np.uint32) for each in (self._lefts, self._rights))
        values = -np.frombuffer(self._values, np.uint16).astype(np.int32)
        order = np.lexsort((ranks[rights], ranks[lefts], values)).astype(np.uint32)
        before = (-1, -1)
        for number in array("I", order.tobytes()):
            pair = self.places(number)
            if pair != before:
                yield number
            before = pair


@dataclass(frozen=True, slots=True)
class Fits:
    """For each group (by a chain of it) the groups it may belong to, with the pairs' ranks."""

    ones: NDArray[np.uint32]
    """Ascending."""
    others: NDArray[np.uint32]
    ranks: NDArray[np.float64]

    @classmethod
    def of(cls, numbers: Iterable[int], pairs: Pairs, clusters: Clusters) -> Fits:
        """What these pairs say, of groups as they are now."""
        ones, others, ranks = array("I"), array("I"), array("d")
        for number in numbers:
            left, right = pairs.places(number)
            one, other = clusters.key(left), clusters.key(right)
            if one != other:
                ones.extend((one, other))
                others.extend((other, one))
                ranks.extend((pairs.rank(number),) * 2)
        order = np.argsort(np.array(ones, np.uint32), kind="stable")
        return cls(
            np.array(ones, np.uint32)[order],
            np.array(others, np.uint32)[order],
            np.array(ranks, np.float64)[order],
        )

    def of_group(self, key: int) -> Iterator[tuple[int, float]]:
        """The groups that one may belong to; a group comes as often as there are pairs."""
        start, end = np.searchsorted(self.ones, (key, key + 1)).tolist()
        others, ranks = self.others[start:end].tolist(), self.ranks[start:end].tolist()
        return zip(others, ranks, strict=True)
