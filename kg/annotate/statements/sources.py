"""Sources that run over the end of a paragraph, cut to the part where the statement stands.

A heading, a list item or an address ends without a full stop, and the parser takes it for the
beginning of the next sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate.draft import Candidate
from kg.annotate.statements.quotations import paragraphs
from kg.model import Span


def within_paragraph(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates in their order, no source in two paragraphs; it keeps to that of its cue.

    Where it has no part there, it keeps to its own last paragraph.
    """
    bounds = list(paragraphs(text))
    starts = [start for start, _ in bounds]
    return [_cut(one, bounds, starts) for one in candidates]


def _cut(one: Candidate, bounds: Sequence[tuple[int, int]], starts: Sequence[int]) -> Candidate:
    source = one.source
    if source is None:
        return one
    first, last = (bisect_right(starts, at) - 1 for at in (source.start, source.end - 1))
    if first == last:
        return one
    home = bisect_right(starts, one.cue[0].start) - 1 if one.cue else last
    low, high = bounds[home if first <= home <= last else last]
    return replace(one, source=Span(max(low, source.start), min(high, source.end)))
