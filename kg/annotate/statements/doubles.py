"""Which of several candidates keeps the words that they all claim.

A statement inside a statement is no rival: there the content of one holds the cue of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate.draft import Candidate
from kg.annotate.nearby import SpanIndex
from kg.annotate.statements.rules_asides import ASIDE
from kg.model import Span

SAME_CONTENT = 0.5
"""Character F1 from which two contents count as one, as in the scoring of PolNeAR."""
MIN_NESTED = 0.5
"""Confidence from which a statement inside another stays, though most of the words are the same."""
SAME_SPAN = 0.8
"""Share of a span from which it counts as claimed by a candidate that holds so much of it."""
MIN_REST = 12
"""Characters that are left of a content for it to stay without the words another has taken."""


def content_f1(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Overlap of two contents in characters, in [0, 1]; each content's spans must be disjoint."""
    left, right = tuple(left), tuple(right)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    total = sum(span.end - span.start for span in (*left, *right))
    return 2 * shared / total if total else 0.0


def nested(left: Candidate, right: Candidate) -> bool:
    """True if the content of one holds the cue of the other: it reports it, and both are right."""
    return _holds(left.content, right.cue) or _holds(right.content, left.cue)


def _holds(content: Iterable[Span], cue: Iterable[Span]) -> bool:
    words = tuple(cue)
    return any(outer.contains(inner) for outer in content for inner in words)


def without_doubles(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with each quotation or clause claimed by one of them, surest first.

    A span that two claim stays with the surer one, unless the other has nothing else and the surer
    one has. One whose content is gone is left out. The gold of news marks few statements inside
    statements, so that the confidence of one that is made in so many words says little.
    """
    ordered = sorted(candidates, key=lambda c: (-c.score, position(c)))
    near = SpanIndex([extent(candidate) for candidate in ordered])
    kept: dict[int, Candidate] = {}
    for number, candidate in enumerate(ordered):
        rest: Candidate | None = candidate
        for rival in near.overlapping(extent(candidate)):
            if rest is not None and rival in kept:
                rest, kept[rival] = _settle(rest, kept[rival])
        if rest is not None:
            kept[number] = rest
    return list(kept.values())


def _settle(less: Candidate, surer: Candidate) -> tuple[Candidate | None, Candidate]:
    """Both without what the other keeps; None for the less sure one if nothing is left of it."""
    if less.rule.startswith(ASIDE) or surer.rule.startswith(ASIDE):
        return less, surer
    if nested(less, surer):
        reports = less.rule.startswith(("quote", "that-passive")) and surer.second_hand
        doubted = less.score < MIN_NESTED and not less.second_hand and not reports
        return (None if doubted and _same(less, surer) else less), surer
    rest = _without(less.content, surer.content)
    if len(rest) < len(less.content) and _is_enough(rest):
        return replace(less, content=rest), surer
    left = _without(surer.content, less.content)
    gives = len(rest) < len(less.content) and len(left) < len(surer.content) and _is_enough(left)
    if gives and less.cue and less.cue_head is not None:
        return less, replace(surer, content=left)
    return (None if _same(less, surer) else less), surer


def _same(less: Candidate, surer: Candidate) -> bool:
    return content_f1(less.content, surer.content) >= SAME_CONTENT


def _without(content: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in content if not any(_covers(other, span) for other in taken))


def _covers(outer: Span, inner: Span) -> bool:
    shared = min(outer.end, inner.end) - max(outer.start, inner.start)
    return shared > SAME_SPAN * (inner.end - inner.start)


def _is_enough(content: Sequence[Span]) -> bool:
    return sum(span.end - span.start for span in content) >= MIN_REST


def extent(candidate: Candidate) -> Span:
    """From the first to the last character of cue and content."""
    spans = (*candidate.cue, *candidate.content)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def position(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands in the text: the first to begin first, of those the longest."""
    spans = (*candidate.cue, *candidate.content)
    return min(span.start for span in spans), -max(span.end for span in spans)
