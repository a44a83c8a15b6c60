"""Text and token starts of one Doc, read once: spaCy joins the words anew each time it is asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


class TokenIndex:
    """Finds the tokens of a Doc by character offsets, without walking the text each time."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        table = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).sum(axis=1)
        self.starts: list[int] = (np.cumsum(table) - table).tolist()
        """Offset of the first character of each token."""

    def inside(self, span: Span) -> range:
        """Indices of the tokens that overlap the span; spaces at its ends do not count."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = bisect_left(self.starts, span.end)
        if first < last and self.starts[first] + len(self.doc[first]) <= span.start:
            first += 1
        return range(first, max(first, last))

    def all_inside(self, spans: Sequence[Span]) -> tuple[int, ...]:
        """Indices of the tokens of all the spans, in the order of the spans."""
        return tuple(index for span in spans for index in self.inside(span))
