"""Settles which cue a stretch of text belongs to where two cues of the tagger claim it.

Each cue is read alone, so the quotation between "Melanie said" and "he said" can go to both. A
statement inside a statement is no conflict: there one cue stands in the content of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.nearby import SpanIndex
from kg.annotate.statements.confidence import logit
from kg.annotate.statements.learned_decoding import Reading, Runs
from kg.model import Span

Scored = tuple[float, Reading]
_MIN_KEPT = 0.2


def settle(scored: Sequence[Scored]) -> list[Scored]:
    """Readings without contested content, in text order of their cues.

    Each contested stretch stays with the cue that is surer of it; a reading that loses nearly all
    of its content goes.
    """
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1].cue_head))
    near = SpanIndex([_extent(reading) for _, reading in ordered])
    settled: dict[int, Scored] = {}
    for number, (score, reading) in enumerate(ordered):
        mine: Reading | None = reading
        for rival in near.overlapping(_extent(reading)):
            if mine is None:
                break
            if rival not in settled:
                continue
            other_score, other = settled[rival]
            shared = _shared(mine.content, other.content)
            if not shared or _is_nested(mine, other):
                continue
            lost, won = _judge(shared, (score, mine), (other_score, other))
            rest = _without(other, won)
            if rest is not None:
                settled[rival] = (other_score, rest)
                mine = _without(mine, lost)
            else:
                mine = _without(mine, shared)
        if mine is not None:
            settled[number] = (score, mine)
    return sorted(settled.values(), key=lambda pair: pair[1].cue_head)


def _extent(reading: Reading) -> Span:
    """From the first to the last token of the content; it never grows."""
    ends = [place for run in reading.content for place in run] or [reading.cue_head]
    return Span(min(ends), max(max(ends), min(ends) + 1))


def _is_nested(one: Reading, other: Reading) -> bool:
    return _holds(one.content, other.cue_head) or _holds(other.content, one.cue_head)


def _holds(runs: Runs, token: int) -> bool:
    return any(start <= token < end for start, end in runs)


def _shared(left: Runs, right: Runs) -> Runs:
    pairs = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return [(start, end) for start, end in pairs if start < end]


def _judge(shared: Runs, mine: Scored, other: Scored) -> tuple[Runs, Runs]:
    """The stretches that the first reading loses, and those that it takes from the second."""
    lost: Runs = []
    won: Runs = []
    prior = logit(mine[0]) - logit(other[0])
    for start, end in shared:
        lead = mine[1].mean_logit(start, end) - other[1].mean_logit(start, end) + prior
        (won if lead > 0 else lost).append((start, end))
    return lost, won


def _without(reading: Reading, taken: Runs) -> Reading | None:
    """The reading without these stretches; None if next to nothing of its content is left."""
    if not taken:
        return reading
    left = reading.content
    for start, end in taken:
        left = [
            part
            for low, high in left
            for part in ((low, min(high, start)), (max(low, end), high))
            if part[0] < part[1]
        ]
    size = sum(end - start for start, end in reading.content)
    left = [run for run in left if run[1] - run[0] > 1 or size < 3]
    if sum(end - start for start, end in left) < max(1, _MIN_KEPT * size):
        return None
    return replace(reading, content=left)
