"""What the trained tagger sees of a token when it looks from one cue: where it stands from there.

The tree path follows the idea of the dependency features of Pareti et al. (EMNLP 2013): how far to
climb from the cue, along which label, and down which label.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields

import numpy as np

from kg.annotate.statements.learned_features import Ints, TokenFeatures

MAX_TOKENS_BEFORE = 48
MAX_TOKENS_AFTER = 96
N_CLIMBS = 6
"""0-4 steps up the tree from the cue, 5: another sentence or further up."""
_ELSEWHERE = N_CLIMBS - 1
N_DISTANCES = 24
N_SENTENCES = 7
N_QUOTATIONS = 11
_DISTANCE_EDGES = np.array(
    [-40, -30, -22, -16, -11, -7, -4, -2, -1, 0, 1, 2, 3, 5, 8, 12, 17, 23, 30, 40, 55, 72, 85]
)


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """Each token of each cue's window as seen from the cue; all arrays have one row a pair."""

    tokens: Ints
    """Index of the token; windows follow each other, tokens of a window in text order."""
    cues: Ints
    """Number of the cue in the list of cues."""
    climbs: Ints
    ups: Ints
    """Label of the arc by which the climb leaves the cue's side; 0 for none."""
    downs: Ints
    """Label of the branch that holds the token, + 1; 0 for none, 1 for the ancestor itself."""
    distances: Ints
    sentences: Ints
    quotations: Ints


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each token stands, as lists: looking up one number in them is quicker."""

    sentences: list[int]
    quotations: list[int]
    heads: list[int]
    deps: list[int]
    lefts: list[int]
    rights: list[int]

    def window(self, cue: int) -> tuple[int, int]:
        """The tokens that may belong to a cue: half-open.

        Its sentence and the two around it; where the sentence after touches a quotation, the
        paragraph.
        """
        sentences, quotations = self.sentences, self.quotations
        number = sentences[cue]
        start = bisect_left(sentences, number - 1)
        end = bisect_right(sentences, number + 1)
        if quotations[end - 1] % 2 or quotations[end - 1] > quotations[cue]:
            end = bisect_right(quotations, quotations[end - 1] + 1)
        if quotations[start] % 2:
            start = bisect_left(quotations, quotations[start])
        return max(start, cue - MAX_TOKENS_BEFORE), min(end, cue + MAX_TOKENS_AFTER + 1)

    def mark_climbs(self, cue: int, start: int, rows: tuple[Ints, Ints, Ints]) -> None:
        """Fill climbs, ups and the ancestors climbed to for one window, from the cue upwards."""
        climbs, ups, ancestors = rows
        size = len(climbs)
        node, up = cue, 0
        low = high = None
        for climb in range(_ELSEWHERE):
            left = max(self.lefts[node] - start, 0)
            right = min(max(self.rights[node] + 1 - start, 0), size)
            fresh = [(left, right)]
            if low is not None and high is not None:
                fresh = [(left, min(right, low)), (max(left, high), right)]
            for first, end in fresh:
                if first < end:
                    climbs[first:end], ups[first:end], ancestors[first:end] = climb, up, node
            low, high = left, right
            if self.heads[node] == node:
                return
            up, node = self.deps[node], self.heads[node]


def window(features: TokenFeatures, cue: int) -> tuple[int, int]:
    """The tokens that may belong to a cue: half-open."""
    return _places(features).window(cue)


def _places(features: TokenFeatures) -> _Places:
    return _Places(*(getattr(features, field.name).tolist() for field in fields(_Places)))


def _branches(features: TokenFeatures, tokens: Ints, ancestors: Ints) -> Ints:
    """Label of the child of each ancestor under which the token hangs, + 1; 1 for itself.

    0 where there is no ancestor (-1).
    """
    heads = features.heads
    at = tokens.copy()
    moving = np.flatnonzero((ancestors >= 0) & (at != ancestors))
    while len(moving):
        above = heads[at[moving]]
        on = (above != ancestors[moving]) & (above != at[moving])
        moving, above = moving[on], above[on]
        at[moving] = above
    found = np.where(at == ancestors, 1, features.deps[at] + 1)
    return np.where(ancestors < 0, 0, found)


def pair_features(features: TokenFeatures, cues: Ints) -> PairFeatures:
    """The windows of the cues (token indices), one after the other."""
    places = _places(features)
    windows = [places.window(cue) for cue in cues.tolist()]
    sizes = [end - start for start, end in windows]
    total = sum(sizes)
    climbs = np.full(total, _ELSEWHERE)
    ups = np.zeros(total, dtype=np.int64)
    ancestors = np.full(total, -1)
    at = 0
    for cue, (start, _), size in zip(cues.tolist(), windows, sizes, strict=True):
        part = slice(at, at + size)
        places.mark_climbs(cue, start, (climbs[part], ups[part], ancestors[part]))
        at += size
    numbers = np.repeat(np.arange(len(windows)), sizes)
    firsts = np.cumsum(sizes, dtype=np.int64) - np.array(sizes, dtype=np.int64)
    starts = np.array([start for start, _ in windows], dtype=np.int64)
    tokens = np.arange(total) + (starts - firsts)[numbers]
    seen_from = cues.astype(np.int64)[numbers]
    return PairFeatures(
        tokens,
        numbers,
        climbs,
        ups,
        _branches(features, tokens, ancestors),
        np.searchsorted(_DISTANCE_EDGES, tokens - seen_from, side="right"),
        np.clip(features.sentences[tokens] - features.sentences[seen_from], -2, 4) + 2,
        _quotation_steps(features, tokens, seen_from),
    )


def _quotation_steps(features: TokenFeatures, tokens: Ints, cues: Ints) -> Ints:
    """Marks between cue and token, signed and clipped, for cues outside and inside quotations."""
    numbers = features.quotations[cues]
    steps = np.clip(features.quotations[tokens] - numbers, -2, 3) + 2
    inside = np.where(steps == 2, 6, 6 + np.clip(steps, 1, 4))
    return np.where(numbers % 2 == 1, inside, steps)
