"""Groups of articles that print one text: the same words, or a wire story with small edits.

Near copies are found with MinHash (Broder 1997) over runs of words, in bands, so that no two
articles of different words meet. Our own sixty lines: the libraries for it bring scipy along.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.model import Article

NEAR_COPY = 0.6
"""Share of common runs of words from which two texts are one; unrelated news stay below 0.05."""

_WORD = re.compile(r"\w+", re.UNICODE)
_RUN_WORDS = 4
_BANDS, _ROWS = 24, 5
"""Two texts that share 0.6 of their runs meet with probability .85, with 0.75 of them .999."""
_MIN_WORDS = 20
"""A shorter text is a copy only if it is equal: two headlines share much by chance."""
_MAX_BUCKET = 30

_Sketch = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles that print one text."""

    representative: str
    """The earliest by day of publication (undated last), then by id."""
    articles: tuple[str, ...]
    """All of them, the representative first, then by id."""
    similarity: float
    """Lowest estimated share of common runs of words by which a member joined; 1.0 if equal."""


@dataclass(frozen=True, slots=True)
class _Printed:
    order: tuple[date, str]
    digest: bytes
    sketch: _Sketch | None


def find_copies(articles: Iterable[Article]) -> tuple[CopyGroup, ...]:
    """Groups of two or more copies, by representative; the order of articles does not matter."""
    printed = sorted((_print(article) for article in articles), key=lambda p: p.order)
    groups = _Groups(printed)
    for one, other in _equal_pairs(printed):
        groups.join(one, other, 1.0)
    for one, other in _near_pairs(printed):
        similarity = _estimate(one, other)
        if similarity >= NEAR_COPY:
            groups.join(one, other, similarity)
    return groups.copies()


def copy_of(groups: Iterable[CopyGroup]) -> dict[str, str]:
    """Article id to its representative, for all that are copies of an earlier one."""
    return {
        article: group.representative
        for group in groups
        for article in group.articles
        if article != group.representative
    }


def _print(article: Article) -> _Printed:
    words = [match.group().casefold() for match in _WORD.finditer(_body(article))]
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()
    sketch = _sketch(words) if len(words) >= _MIN_WORDS else None
    return _Printed((article.published or date.max, article.id), digest, sketch)


def _body(article: Article) -> str:
    """The text without metadata, so that a header with another date does not tell copies apart."""
    parts, start = [], 0
    for span in article.skip:
        parts.append(article.text[start : span.start])
        start = span.end
    return " ".join([*parts, article.text[start:]])


def _hash_functions() -> _Sketch:
    """One number for each hash function, fixed, so that sketches are the same on every machine."""
    digests = (hashlib.sha256(f"run {n}".encode()).digest() for n in range(_BANDS * _ROWS))
    return np.array([int.from_bytes(digest[:8], "big") for digest in digests], np.uint64)


_HASH_FUNCTIONS = _hash_functions()


def _sketch(words: list[str]) -> _Sketch:
    """The least hash of the text's runs of words under each function."""
    runs = {
        crc32(" ".join(words[n : n + _RUN_WORDS]).encode("utf-8", "surrogatepass"))
        for n in range(len(words) - _RUN_WORDS + 1)
    }
    hashed = np.fromiter(sorted(runs), np.uint64, len(runs))
    # One function at a time: a table of all would take 1 kB for each word of a long article.
    return np.array([_mixed(hashed, function).min() for function in _HASH_FUNCTIONS], np.uint64)


def _mixed(hashed: _Sketch, function: np.uint64) -> _Sketch:
    """SplitMix64's finish: products alone leave small numbers small, under every function."""
    mixed = (hashed ^ function) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _equal_pairs(printed: list[_Printed]) -> Iterator[tuple[_Printed, _Printed]]:
    by_digest: dict[bytes, list[_Printed]] = defaultdict(list)
    for one in printed:
        by_digest[one.digest].append(one)
    for same in by_digest.values():
        yield from pairwise(same)


def _near_pairs(printed: list[_Printed]) -> Iterator[tuple[_Printed, _Printed]]:
    """Pairs that are alike in a band, by place of the later one, band, place of the earlier one."""
    different = {one.digest: one for one in reversed(printed) if one.sketch is not None}
    sketched = sorted(different.values(), key=lambda one: one.order)
    met: dict[tuple[int, int], int] = {}
    # Band after band: the buckets of all at once take six times the memory of the sketches.
    for band in range(_BANDS):
        for later, earlier in _alike(sketched, band):
            met.setdefault((later, earlier), band)
    for later, earlier in sorted(met, key=lambda pair: (pair[0], met[pair], pair[1])):
        yield sketched[earlier], sketched[later]


def _alike(sketched: list[_Printed], band: int) -> Iterator[tuple[int, int]]:
    buckets: dict[bytes, list[int]] = defaultdict(list)
    for place, one in enumerate(sketched):
        assert one.sketch is not None
        bucket = buckets[one.sketch[band * _ROWS : (band + 1) * _ROWS].tobytes()]
        yield from ((place, other) for other in bucket[-_MAX_BUCKET:])
        bucket.append(place)


def _estimate(one: _Printed, other: _Printed) -> float:
    assert one.sketch is not None
    assert other.sketch is not None
    return round(float(np.mean(one.sketch == other.sketch)), 3)


class _Groups:
    """Union of articles that are copies."""

    def __init__(self, printed: list[_Printed]) -> None:
        self._order = {one.order[1]: one.order for one in printed}
        self._head = {article: article for article in self._order}
        self._similarity: dict[str, float] = {}

    def join(self, one: _Printed, other: _Printed, similarity: float) -> None:
        first, second = self._find(one.order[1]), self._find(other.order[1])
        if first == second:
            return
        if self._order[second] < self._order[first]:
            first, second = second, first
        self._head[second] = first
        lowest = (self._similarity.get(first, 1.0), self._similarity.get(second, 1.0), similarity)
        self._similarity[first] = min(lowest)

    def copies(self) -> tuple[CopyGroup, ...]:
        members: dict[str, list[str]] = defaultdict(list)
        for article in sorted(self._head):
            members[self._find(article)].append(article)
        return tuple(
            CopyGroup(head, (head, *(a for a in found if a != head)), self._similarity[head])
            for head, found in sorted(members.items())
            if len(found) > 1
        )

    def _find(self, article: str) -> str:
        while self._head[article] != article:
            self._head[article] = self._head[self._head[article]]
            article = self._head[article]
        return article
