"""Groups of articles that print one text: the same words, or a wire story with small edits.

Near copies are found with MinHash (Broder 1997) over runs of words, in bands, so that no two
articles of different words meet. Our own sixty lines: the libraries for it bring scipy along.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.model import Article
from kg.spill import Spill

NEAR_COPY = 0.6
"""Share of common runs of words from which two texts are one; unrelated news stay below 0.05."""

_WORD = re.compile(r"\w+", re.UNICODE)
_RUN_WORDS = 4
_BANDS, _ROWS = 24, 5
"""Two texts that share 0.6 of their runs meet with probability .85, with 0.75 of them .999."""
_MIN_WORDS = 20
"""A shorter text is a copy only if it is equal: two headlines share much by chance."""
_MAX_BUCKET = 30
_DIGEST_NUMBERS = 4
_TABLE_RUNS = 128

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


def find_copies(articles: Iterable[Article]) -> tuple[CopyGroup, ...]:
    """Groups of two or more copies, by representative; the order of articles does not matter.

    Memory holds some hundred bytes an article; sketches are on disk.
    """
    with Spill() as sketches:
        printed = _print(articles, sketches)
        groups = _Groups(len(printed.articles))
        for one, other in _equal_pairs(printed):
            groups.join(one, other, 1.0)
        for one, other in _near_pairs(printed):
            similarity = _estimate(*(printed.sketch(place) for place in (one, other)))
            if similarity >= NEAR_COPY:
                groups.join(one, other, similarity)
    return groups.copies(printed.articles)


def copy_of(groups: Iterable[CopyGroup]) -> dict[str, str]:
    """Article id to its representative, for all that are copies of an earlier one."""
    return {
        article: group.representative
        for group in groups
        for article in group.articles
        if article != group.representative
    }


@dataclass(frozen=True, slots=True)
class _Printed:
    """What is compared of each article, by its place: day of publication, undated last, then id."""

    articles: list[str]
    digests: NDArray[np.uint64]
    """A row of four for each article: equal if the words are."""
    sketches: Spill
    """Of the texts that are long enough, in the order in which they came."""
    bands: NDArray[np.uint64]
    """A row of numbers for each sketch, one a band: equal if the bands are."""
    sketch_of: NDArray[np.int64]
    """Number of the sketch; -1 for a text that is too short for one."""

    def sketch(self, place: int) -> _Sketch:
        """The sketch of an article that has one."""
        return np.frombuffer(self.sketches[int(self.sketch_of[place])], np.uint64)


def _print(articles: Iterable[Article], sketches: Spill) -> _Printed:
    days, sketch_of = array("l"), array("q")
    digests, bands = bytearray(), bytearray()
    ids: list[str] = []
    for article in articles:
        words = [match.group().casefold() for match in _WORD.finditer(_body(article))]
        digests += hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()
        sketch_of.append(-1)
        if len(words) >= _MIN_WORDS:
            sketch = _sketch(words)
            bands += _band_numbers(sketch).tobytes()
            sketch_of[-1] = sketches.append(sketch.tobytes())
        days.append((article.published or date.max).toordinal())
        ids.append(article.id)
    places = sorted(range(len(ids)), key=lambda number: (days[number], ids[number]))
    order = np.array(places, np.int64)
    return _Printed(
        [ids[number] for number in places],
        np.frombuffer(digests, np.uint64).reshape(-1, _DIGEST_NUMBERS)[order],
        sketches,
        np.frombuffer(bands, np.uint64).reshape(-1, _BANDS),
        np.array(sketch_of, np.int64)[order],
    )


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
    least = np.full(len(_HASH_FUNCTIONS), np.iinfo(np.uint64).max, np.uint64)
    # A table of all functions, of so many runs that the processor keeps it near.
    for start in range(0, len(hashed), _TABLE_RUNS):
        table = _mixed(hashed[start : start + _TABLE_RUNS], _HASH_FUNCTIONS[:, None])
        np.minimum(least, table.min(axis=1), out=least)
    return least


def _band_numbers(sketch: _Sketch) -> NDArray[np.uint64]:
    """One number for each band of a sketch: a fifth of the memory, and as good as its rows."""
    rows = sketch.reshape(_BANDS, _ROWS)
    numbers = np.zeros(_BANDS, np.uint64)
    for row in range(_ROWS):
        numbers = _mixed(numbers, rows[:, row])
    return numbers


def _mixed(hashed: _Sketch, function: np.uint64 | _Sketch) -> _Sketch:
    """SplitMix64's finish: products alone leave small numbers small, under every function."""
    mixed = (hashed ^ function) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _equal_pairs(printed: _Printed) -> Iterator[tuple[int, int]]:
    """Neighbours among the articles of the same words."""
    for places in _equal_rows(printed.digests):
        yield from pairwise(places)


def _equal_rows(rows: NDArray[np.uint64]) -> Iterator[list[int]]:
    """The places of rows that are equal to another one, ascending, value by value."""
    if len(rows) < 2:
        return
    order = np.lexsort(rows.T)  # stable: equal rows stay in the order of their places
    ordered = rows[order]
    same = (ordered[1:] == ordered[:-1]).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield order[start : end + 1].tolist()


def _near_pairs(printed: _Printed) -> Iterator[tuple[int, int]]:
    """Pairs that are alike in a band, by place of the later one, band, place of the earlier one."""
    sketched = _sketched(printed)
    met: dict[tuple[int, int], int] = {}
    for band in range(_BANDS):
        for later, earlier in _alike(printed, sketched, band):
            met.setdefault((later, earlier), band)
    for later, earlier in sorted(met, key=lambda pair: (pair[0], met[pair], pair[1])):
        yield earlier, later


def _sketched(printed: _Printed) -> NDArray[np.int64]:
    """Places of the articles with a sketch, ascending; of equal texts the first."""
    has_sketch = printed.sketch_of >= 0
    for places in _equal_rows(printed.digests):
        has_sketch[places[1:]] = False
    return np.flatnonzero(has_sketch)


def _alike(printed: _Printed, sketched: NDArray[np.int64], band: int) -> Iterator[tuple[int, int]]:
    numbers = printed.bands[printed.sketch_of[sketched], band]
    for bucket in _equal_rows(numbers.reshape(-1, 1)):
        places = sketched[bucket].tolist()
        for number, later in enumerate(places):
            for earlier in places[max(0, number - _MAX_BUCKET) : number]:
                yield later, earlier


def _estimate(one: _Sketch, other: _Sketch) -> float:
    return round(float(np.mean(one == other)), 3)


class _Groups:
    """Union of articles that are copies, each named by its place; the earliest stands for all."""

    def __init__(self, count: int) -> None:
        self._head = array("l", range(count))
        self._similarity: dict[int, float] = {}

    def join(self, one: int, other: int, similarity: float) -> None:
        first, second = sorted((self._find(one), self._find(other)))
        if first == second:
            return
        self._head[second] = first
        lowest = (self._similarity.get(first, 1.0), self._similarity.get(second, 1.0), similarity)
        self._similarity[first] = min(lowest)

    def copies(self, articles: Sequence[str]) -> tuple[CopyGroup, ...]:
        members: dict[int, list[str]] = {}
        for place, article in enumerate(articles):
            head = self._find(place)
            if head != place:
                members.setdefault(head, []).append(article)
        groups = (
            CopyGroup(articles[head], (articles[head], *sorted(found)), self._similarity[head])
            for head, found in members.items()
        )
        return tuple(sorted(groups, key=lambda group: group.representative))

    def _find(self, place: int) -> int:
        while self._head[place] != place:
            self._head[place] = self._head[self._head[place]]
            place = self._head[place]
        return place
