"""Where the quotations of a text lie among its tokens, and what kind of text it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from kg.annotate.statements.coordination import ends_of_contents
from kg.annotate.statements.quotations import Quotation
from kg.annotate.statements.tokens import TokenIndex

REPORTING = frozenset(("said", "says", "told", "tells", "according"))
FIRST_PERSON = frozenset(("i", "you", "we", "my", "your", "our"))
PRIOR_TOKENS = 200


@dataclass(slots=True)
class Quoted:
    """A quotation with its tokens."""

    quotation: Quotation
    start: int
    end: int
    """Half-open token range, marks included."""


class Layout:
    """Where the quotations of a Doc lie, in tokens, and which one holds a token."""

    def __init__(self, tokens: TokenIndex, quotations: Sequence[Quotation]) -> None:
        self.doc = doc = tokens.doc
        self.text = tokens.text
        self.starts = starts = tokens.starts
        words = doc.to_array("LOWER").astype(np.uint64)
        reporting, first_person = _count(words, REPORTING), _count(words, FIRST_PERSON)
        self.reporting = _step(reporting, len(starts), (1.0, 2.0, 3.5, 6.0))
        """How much the text reports, in steps from 0 to 4: news does, instructions do not."""
        self.first_person = _step(first_person, len(starts), (5.0, 12.0, 30.0))
        """How much the text speaks of "I" and "you", in steps from 0 to 3."""
        self.ends = ends_of_contents(doc)
        """Where the content of a verb of saying ends; see `coordination`."""
        self.quoted: list[Quoted] = []
        self.inner: list[Quoted] = []
        """Quotations right inside those."""
        for quotation in quotations:
            if quotation.depth < len(lists := (self.quoted, self.inner)):
                first = max(bisect_right(starts, quotation.outer.start) - 1, 0)
                last = bisect_left(starts, quotation.outer.end)
                lists[quotation.depth].append(Quoted(quotation, first, last))
        spaces = np.flatnonzero(doc.to_array("IS_SPACE")).tolist()
        self._breaks = [i for i in spaces if "\n" in doc[i].text]
        self._starts = [q.start for q in self.quoted]

    def breaks(self, start: int, end: int) -> list[int]:
        """Tokens of the range that end a paragraph."""
        low, high = bisect_left(self._breaks, start), bisect_left(self._breaks, end)
        return self._breaks[low:high]

    def at(self, index: int) -> Quoted | None:
        """The outermost quotation that holds the token, if any."""
        i = bisect_right(self._starts, index) - 1
        if i >= 0 and index < self.quoted[i].end:
            return self.quoted[i]
        return None


def _count(words: NDArray[np.uint64], wanted: frozenset[str]) -> int:
    ids = np.array(sorted(get_string_id(word) for word in wanted), dtype=np.uint64)
    return int(np.isin(words, ids).sum())


def _step(count: int, tokens: int, limits: Sequence[float]) -> int:
    """The number of limits (in occurrences in 1,000 tokens) that a count reaches.

    A short text is taken for an average one: it holds `PRIOR_TOKENS` more, with one occurrence.
    """
    rate = 1000.0 * (count + 1) / (tokens + PRIOR_TOKENS)
    return sum(rate >= limit for limit in limits)
