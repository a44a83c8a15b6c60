"""What the trained tagger sees of a token when it looks from one cue: where it stands from there.

The tree path follows the idea of the dependency features of Pareti et al. (EMNLP 2013): how far to
climb from the cue, along which label, and down which label.
"""

from __future__ import annotations

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


def window(features: TokenFeatures, cue: int) -> tuple[int, int]:
    """The tokens that may belong to a cue: half-open.

    Its sentence and the two around it; where the sentence after touches a quotation, the paragraph.
    """
    sentences, quotations = features.sentences, features.quotations
    number = sentences[cue]
    start = int(np.searchsorted(sentences, number - 1))
    end = int(np.searchsorted(sentences, number + 1, side="right"))
    if quotations[end - 1] % 2 or quotations[end - 1] > quotations[cue]:
        end = int(np.searchsorted(quotations, quotations[end - 1] + 1, side="right"))
    if quotations[start] % 2:
        start = int(np.searchsorted(quotations, quotations[start]))
    return max(start, cue - MAX_TOKENS_BEFORE), min(end, cue + MAX_TOKENS_AFTER + 1)


def _mark_paths(
    features: TokenFeatures, cue: int, start: int, paths: tuple[Ints, Ints, Ints]
) -> None:
    """Fill climbs, ups and downs of one window, from the cue upwards."""
    climbs, ups, downs = paths
    heads, deps = features.heads, features.deps
    node, up = cue, 0
    low = high = -1
    for climb in range(_ELSEWHERE):
        left, right = max(features.lefts[node], start), features.rights[node] + 1
        part = slice(left - start, max(right - start, 0))
        new = np.arange(left, right)[: len(climbs[part])]
        fresh = (new < low) | (new >= high) if high >= 0 else np.ones(len(new), dtype=bool)
        index = new[fresh] - start
        climbs[index], ups[index] = climb, up
        downs[index] = _branches(features, node, new[fresh])
        low, high = int(left), int(right)
        if heads[node] == node:
            return
        up, node = int(deps[node]), int(heads[node])


def _branches(features: TokenFeatures, node: int, tokens: Ints) -> Ints:
    """Label of the child of the node under which each token hangs, + 1; 1 for the node itself."""
    heads = features.heads
    at = tokens.copy()
    for _ in range(len(at)):
        moving = (at != node) & (heads[at] != node) & (heads[at] != at)
        if not moving.any():
            break
        at[moving] = heads[at[moving]]
    return np.where(at == node, 1, features.deps[at] + 1)


def pair_features(features: TokenFeatures, cues: Ints) -> PairFeatures:
    """The windows of the cues (token indices), one after the other."""
    parts: list[tuple[Ints, ...]] = [(np.zeros(0, dtype=np.int64),) * len(fields(PairFeatures))]
    for number, cue in enumerate(cues.tolist()):
        start, end = window(features, cue)
        tokens = np.arange(start, end)
        paths = (
            np.full(end - start, _ELSEWHERE),
            np.zeros(end - start, dtype=np.int64),
            np.zeros(end - start, dtype=np.int64),
        )
        _mark_paths(features, cue, start, paths)
        parts.append(
            (
                tokens,
                np.full(end - start, number),
                *paths,
                np.searchsorted(_DISTANCE_EDGES, tokens - cue, side="right"),
                np.clip(features.sentences[start:end] - features.sentences[cue], -2, 4) + 2,
                _quotation_steps(features, cue, slice(start, end)),
            )
        )
    return PairFeatures(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _quotation_steps(features: TokenFeatures, cue: int, part: slice) -> Ints:
    """Marks between cue and token, signed and clipped, for cues outside and inside quotations."""
    steps = np.clip(features.quotations[part] - features.quotations[cue], -2, 3) + 2
    inside: Ints = np.where(steps == 2, 6, 6 + np.clip(steps, 1, 4))
    return inside if features.quotations[cue] % 2 else steps
