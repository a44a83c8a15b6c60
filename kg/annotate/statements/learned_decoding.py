"""From the tagger's scores for one cue to the spans of an attribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.annotate.statements.learned_features import Floats, Ints, TokenFeatures

_CLIP = 4.0
_MAX_GAP_TOKENS = 3
_GAP_LOGIT = -2.5
_MIN_CONTENT_LOGIT = -1.0
_MIN_PART = 0.25
_QUOTED_SHARE = 0.6

Runs = list[tuple[int, int]]
"""Half-open ranges of tokens, text order."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the scores of one window say; token indices of the Doc."""

    cue_head: int
    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: Runs
    evidence: tuple[float, ...]
    """Numbers the confidence is made of; see `EVIDENCE_NAMES`."""
    first: int
    """First token of the window."""
    content_logits: Floats
    """(tokens of the window,): of being content."""

    def mean_logit(self, start: int, end: int) -> float:
        """How sure the tagger is that the range is content, as far as the window reaches."""
        part = self.content_logits[max(start - self.first, 0) : max(end - self.first, 0)]
        return float(part.mean()) if len(part) else 0.0


EVIDENCE_NAMES = (
    "cue",
    "valid",
    "content mean",
    "content best",
    "source",
    "has source",
    "content length",
    "quoted",
    "sure",
)


def best_run(scores: Floats) -> tuple[int, int, float]:
    """The range with the greatest sum and that sum; (0, 0, 0.0) if no score is above 0."""
    best, total, start = (0, 0, 0.0), 0.0, 0
    above = np.flatnonzero(scores > 0)
    if not len(above):
        return best
    first, last = int(above[0]), int(above[-1])
    for index, score in enumerate(scores[first : last + 1].tolist(), first):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best[2]:
            best = (start, index + 1, total)
    return best


def _runs(mask: NDArray[np.bool_]) -> Runs:
    padded = np.zeros(len(mask) + 2, dtype=np.bool_)
    padded[1:-1] = mask
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _clipped(scores: Floats, low: float, high: float) -> Floats:
    """`np.clip` without its overhead, which is most of its time on a window."""
    return np.minimum(np.maximum(scores, np.float32(low)), np.float32(high))


def _mean(values: Floats | Ints) -> float:
    return float(np.add.reduce(values) / len(values))


def _join(runs: Runs, scores: Floats, blocked: NDArray[np.bool_]) -> Runs:
    """Runs with the small gaps between them closed, unless cue or source stand there."""
    joined: Runs = []
    for start, end in runs:
        if joined:
            gap = slice(joined[-1][1], start)
            small = start - joined[-1][1] <= _MAX_GAP_TOKENS
            if small and scores[gap].min() > _GAP_LOGIT and not blocked[gap].any():
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _content(scores: Floats, blocked: NDArray[np.bool_]) -> Runs:
    """Ranges of the window that are content; empty if nothing is likely enough."""
    open_scores = np.where(blocked, -_CLIP, scores)
    runs = _join(_runs(open_scores > 0), open_scores, blocked)
    if not runs:
        start, end, _ = best_run(
            _clipped(open_scores - np.float32(_MIN_CONTENT_LOGIT), -_CLIP, _CLIP)
        )
        return [(start, end)] if end else []
    if len(runs) == 1:
        return runs
    positive = _clipped(open_scores, 0, _CLIP)
    sums = [float(np.add.reduce(positive[s:e])) for s, e in runs]
    return [run for run, total in zip(runs, sums, strict=True) if total >= _MIN_PART * max(sums)]


def read_window(
    features: TokenFeatures, cue: int, first: int, roles: Floats, *, logits: tuple[float, float]
) -> Reading | None:
    """The attribution of a cue whose window begins at token `first`; None without content.

    `roles` is (tokens of the window, 3); `logits` are those of the cue and of its validity.
    """
    head = cue - first
    cue_start, cue_end = _cue(roles[:, 1], head)
    source_scores = _clipped(roles[:, 0], -_CLIP, _CLIP)
    source_scores[cue_start:cue_end] = -_CLIP
    start, end, _ = best_run(source_scores)
    blocked = np.zeros(len(roles), dtype=np.bool_)
    blocked[start:end] = True
    blocked[cue_start:cue_end] = True
    content = _content(roles[:, 2], blocked)
    if not content:
        return None
    evidence = _evidence(features, roles, content, (start, end), first)
    shifted = _close_quotations(features, [(first + s, first + e) for s, e in content], cue)
    return Reading(
        cue,
        (first + start, first + end) if end else None,
        (first + cue_start, first + cue_end),
        shifted,
        (*logits, *evidence),
        first,
        roles[:, 2],
    )


def _cue(scores: Floats, head: int) -> tuple[int, int]:
    start, end = head, head + 1
    while start > 0 and scores[start - 1] > 0:
        start -= 1
    while end < len(scores) and scores[end] > 0:
        end += 1
    return start, end


def _evidence(
    features: TokenFeatures, roles: Floats, content: Runs, source: tuple[int, int], first: int
) -> tuple[float, ...]:
    inside = np.concatenate([np.arange(s, e) for s, e in content])
    clipped = _clipped(roles[:, 2], -_CLIP, _CLIP)
    scores = clipped[inside]
    named = roles[slice(*source), 0]
    return (
        _mean(scores),
        float(scores.max()),
        min(max(float(named.max()), 0.0), _CLIP) if len(named) else -float(roles[:, 0].max()),
        float(len(named) > 0),
        float(np.log1p(len(inside))),
        _mean(features.quotations[first + inside] % 2),
        _mean(np.abs(clipped)),
    )


def _close_quotations(features: TokenFeatures, content: Runs, cue: int) -> Runs:
    """Content that covers most of a quotation, grown to all of it; the cue stays outside."""
    grown: Runs = []
    for start, end in content:
        for edge in (end - 1, start):
            number = int(features.quotations[edge])
            if number % 2 == 0:
                continue
            low = int(np.searchsorted(features.quotations, number))
            high = int(np.searchsorted(features.quotations, number, side="right"))
            shared = min(end, high) - max(start, low)
            wide = not low <= cue < high
            if wide and (shared >= _QUOTED_SHARE * (high - low) or high - cue > 90):
                start, end = min(start, low), max(end, high)
        grown.append((start, end))
    return _merged(grown)


def _merged(runs: Runs) -> Runs:
    merged: Runs = []
    for start, end in sorted(runs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cue_tokens(scores: Floats, min_logit: float) -> Ints:
    """Tokens likely enough to be the head of a cue to be looked at, in text order."""
    return np.flatnonzero(scores > min_logit)
