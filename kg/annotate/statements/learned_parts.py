"""A long article in parts for the trained tagger: its arrays stay small, whatever the length.

The whole article in one piece takes gigabytes where every other word may be a cue, and holds the
interpreter for seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.annotate.statements.learned_features import Ints, TokenFeatures
from kg.annotate.statements.learned_pairs import MAX_TOKENS_AFTER, MAX_TOKENS_BEFORE

PART_TOKENS = 8_192
"""Articles that are shorter, as nearly all are, are one part."""
_MARGIN_SENTENCES = 4
"""One more than the layers of the network: each looks one token, and one arc, further."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences of an article, and those around them that their words are read with.

    All are token indices, half-open; the cues of a part lie in `first` to `last`.
    """

    start: int
    first: int
    last: int
    end: int

    def of(self, features: TokenFeatures) -> TokenFeatures:
        """The rows of the part, with heads, arcs and subtrees counted from its start."""
        start, end = self.start, self.end
        if (start, end) == (0, len(features.heads)):
            return features
        arcs = features.children
        inside = (arcs[:, 0] >= start) & (arcs[:, 0] < end)
        return TokenFeatures(
            vectors=features.vectors[start:end],
            tensor=features.tensor[start:end],
            tags=features.tags[start:end],
            deps=features.deps[start:end],
            entities=features.entities[start:end],
            lemmas=features.lemmas[start:end],
            heads=features.heads[start:end] - start,
            flags=features.flags[start:end],
            children=arcs[inside] - np.array([start, 0]),
            sentences=features.sentences[start:end],
            paragraphs=features.paragraphs[start:end],
            quotations=features.quotations[start:end],
            lefts=features.lefts[start:end] - start,
            rights=features.rights[start:end] - start,
        )


def parts_of(features: TokenFeatures, part_tokens: int = PART_TOKENS) -> Iterator[Part]:
    """Parts whose cues are, one part after the other, all tokens of the article.

    What the network says of the cues of a part is what it would say with the whole article.
    """
    size = len(features.heads)
    starts = np.flatnonzero(np.diff(features.sentences, prepend=-1) > 0)
    first = 0
    while first < size:
        last = size if size - first <= part_tokens else _next(starts, first + part_tokens, size)
        start = _margin_before(starts, first - MAX_TOKENS_BEFORE)
        end = _next(starts, last + MAX_TOKENS_AFTER, size, _MARGIN_SENTENCES)
        yield Part(start, first, last, end)
        first = last


def _next(starts: Ints, token: int, size: int, count: int = 0) -> int:
    """Where a sentence begins at or after the token, or so many sentences later."""
    place = int(np.searchsorted(starts, token)) + count
    return int(starts[place]) if place < len(starts) else size


def _margin_before(starts: Ints, token: int) -> int:
    place = int(np.searchsorted(starts, token, side="right")) - 1 - _MARGIN_SENTENCES
    return int(starts[place]) if place > 0 else 0
