"""The parsed article as columns: what the rules of chains read, without a Token object each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Words:
    """One entry a token in every column; indices are token indices of the Doc."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    """Index of the syntactic head; a root points to itself."""
    sentence: list[int]
    """Number of the sentence, from 0."""
    children: list[list[int]]
    left: list[int]
    """First token of the subtree."""
    right: list[int]
    """Last token of the subtree."""

    def __len__(self) -> int:
        return len(self.starts)

    def index_at(self, char: int) -> int:
        """The token that holds the code point, or the last one before it."""
        return max(0, bisect_right(self.starts, char) - 1)

    def range_of(self, span: Span) -> tuple[int, int]:
        """First token and one past the last token that share a code point with the span."""
        first = self.index_at(span.start)
        if first + 1 < len(self) and self.ends[first] <= span.start:
            first += 1
        return first, max(first, self.index_at(span.end - 1)) + 1

    def span(self, first: int, end: int) -> Span:
        """The code points from the first token up to the end token, which is left out.

        White space around it is left out too: spaCy has tokens of line breaks, and words that end
        in a no-break space.
        """
        start, stop = self.starts[first], self.ends[end - 1]
        shown = self.text[start:stop]
        lead, tail = len(shown) - len(shown.lstrip()), len(shown) - len(shown.rstrip())
        return Span(start + lead, stop - tail) if lead + tail < len(shown) else Span(start, stop)

    def above(self, index: int) -> Iterator[int]:
        """The tokens that govern a token, from its own head up to the root."""
        while self.head[index] != index:
            index = self.head[index]
            yield index

    def head_of(self, first: int, end: int) -> int:
        """The syntactic head of a run of tokens: what its own head outside governs.

        Where several are, as in a name inside a longer phrase, it is the last of the first run of
        nouns: "Novaya Gazeta" of "the Novaya Gazeta newspaper".
        """
        best = -1
        for index in range(first, end):
            head = self.head[index]
            if not first <= head < end or head == index:
                if self.pos[index] not in _NOUNS:
                    continue
                if best < 0 or all(pos in _NOMINAL for pos in self.pos[best:index]):
                    best = index
        return best if best >= 0 else self._any_head(first, end)

    def _any_head(self, first: int, end: int) -> int:
        """The first token governed from outside, adjectives and numbers before other words."""
        outside = [
            index
            for index in range(first, end)
            if (not first <= self.head[index] < end or self.head[index] == index)
            and self.dep[index] != "punct"
        ]
        nominal = [index for index in outside if self.pos[index] in _NOMINAL]
        return (nominal or outside or [end - 1])[0]


_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def words_of(doc: Doc) -> Words:
    """The columns of a parsed Doc; read as arrays, which is several times faster than by token."""
    size = len(doc)
    columns = doc.to_array(["HEAD", "LEMMA", "POS", "TAG", "DEP", "SENT_START", "IDX", "LENGTH"])
    heads, lemmas, parts, tags, deps, sentence_starts, starts, lengths = columns.astype(
        "int64"
    ).T.tolist()
    head = [index + offset for index, offset in enumerate(heads)]
    text = doc.text
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    left, right, children = _subtrees(head, size)
    return Words(
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        lower=[word.lower() for word in words],
        lemma=[lemma.lower() for lemma in _strings(doc, lemmas)],
        pos=_strings(doc, parts),
        tag=_strings(doc, tags),
        dep=_strings(doc, deps),
        head=head,
        sentence=list(accumulate(int(start == 1) for start in [0, *sentence_starts[1:]])),
        children=children,
        left=left,
        right=right,
    )


def _strings(doc: Doc, keys: list[int]) -> list[str]:
    """The strings behind the keys of one attribute; each is looked up once."""
    known = {key: doc.vocab.strings[key % 2**64] for key in dict.fromkeys(keys)}
    return [known[key] for key in keys]


def _subtrees(head: list[int], size: int) -> tuple[list[int], list[int], list[list[int]]]:
    """Edges of every subtree and the children; a token passes its edges up to the root once."""
    left, right = list(range(size)), list(range(size))
    children: list[list[int]] = [[] for _ in range(size)]
    depth = [-1] * size
    for index in range(size):
        if head[index] != index:
            children[head[index]].append(index)
    for index in range(size):
        _measure_depth(index, head, depth)
    for index in sorted(range(size), key=depth.__getitem__, reverse=True):
        above = head[index]
        left[above] = min(left[above], left[index])
        right[above] = max(right[above], right[index])
    return left, right, children


def _measure_depth(index: int, head: list[int], depth: list[int]) -> None:
    path = []
    while depth[index] < 0 and head[index] != index:
        path.append(index)
        index = head[index]
    level = max(depth[index], 0)
    depth[index] = level
    for offset, node in enumerate(reversed(path), start=1):
        depth[node] = level + offset
