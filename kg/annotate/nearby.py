"""Spans by place, so that a long text costs no more for each of its statements than a short one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import Span

_CELL_CHARS = 512


class SpanIndex:
    """Finds those of many spans that overlap a place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._cells: dict[int, list[int]] = defaultdict(list)
        for number, span in enumerate(spans):
            for cell in _cells(span):
                self._cells[cell].append(number)

    def overlapping(self, place: Span) -> list[int]:
        """Indices, ascending, of the spans that share a character with the place."""
        found = {number for cell in _cells(place) for number in self._cells.get(cell, ())}
        return sorted(number for number in found if self._spans[number].overlaps(place))

    def around(self, place: Span) -> list[int]:
        """Indices, ascending, of the spans that hold the whole place."""
        return [number for number in self.overlapping(place) if self._spans[number].contains(place)]


def _cells(span: Span) -> range:
    return range(span.start // _CELL_CHARS, (span.end - 1) // _CELL_CHARS + 1)
