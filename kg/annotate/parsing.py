"""Article text to spaCy Docs whose character offsets are those of `Article.text`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from kg.annotate.headline import sentence_cased
from kg.annotate.wrapping import unwrap
from kg.model import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The tokenizer takes affixes off one by one and searches the rest each time: a million quotation
# marks in a row would take hours. No word, and hardly an address, is as long.
_LONG_WORD = re.compile(r"\S{500}(?=\S)")

BLOCK_CHARS = 60_000
"""Longer texts are parsed in blocks of about this size: the parser's memory grows with the text.
As much goes through the language model in one call, so that Ctrl-C is heard between two."""

MAX_SENTENCE_TOKENS = 1_000
"""A block with a longer sentence is parsed again in short pieces. The longest of 70,000 sentences
in nine corpora has 531 tokens; a megabyte without a full stop would make one tree, and what is
looked up in the tree of each cue would grow with the square of the text."""

_PIECE_CHARS = 2_000
_BATCH_BLOCKS = 32


def parse(nlp: Language, article: Article) -> Doc:
    """One Doc over the whole text, parsed in blocks where the text is long."""
    return next(parse_many(nlp, [article]))


def parse_many(nlp: Language, articles: Sequence[Article]) -> Iterator[Doc]:
    """A Doc for each article, in order; short texts go through the model in batches."""
    parts = [blocks_of(article) for article in articles]
    batches = _batches(block for blocks in parts for block in blocks)
    docs = chain.from_iterable(nlp.pipe(batch, batch_size=_BATCH_BLOCKS) for batch in batches)
    for blocks in parts:
        yield _join([piece for _ in blocks for piece in _without_endless(nlp, next(docs))])


def _batches(blocks: Iterable[str]) -> Iterator[list[str]]:
    """The blocks in lists that go through the model together."""
    batch: list[str] = []
    chars = 0
    for block in blocks:
        if batch and (len(batch) == _BATCH_BLOCKS or chars + len(block) > BLOCK_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(block)
        chars += len(block)
    yield batch


def _without_endless(nlp: Language, doc: Doc) -> Sequence[Doc]:
    """The block, or its pieces if one of its sentences has no end."""
    text = doc.text
    if len(doc) <= MAX_SENTENCE_TOKENS or len(text) <= _PIECE_CHARS:
        return [doc]
    starts = np.flatnonzero(doc.to_array("SENT_START") == 1)
    if np.diff(starts, append=len(doc)).max() <= MAX_SENTENCE_TOKENS:
        return [doc]
    pieces = [span.of(text) for span in split_blocks(text, _PIECE_CHARS)]
    return list(nlp.pipe(pieces, batch_size=_BATCH_BLOCKS))


def blocks_of(article: Article) -> list[str]:
    """What is parsed one by one; joined, they are as long as the text.

    Metadata is a block of spaces: nothing is found there, no offset moves, and the sentence after
    it is parsed as if it stood first. Line breaks inside wrapped paragraphs are spaces.
    """
    blocks: list[str] = []
    position = 0
    text = sentence_cased(unwrap(article.text))
    for skipped in article.skip:
        blocks += _pieces(text[position : skipped.start])
        blocks.append(" " * (skipped.end - skipped.start))
        position = skipped.end
    blocks += _pieces(text[position:])
    return blocks or [""]


def _pieces(text: str) -> list[str]:
    blocks = (span.of(text) for span in split_blocks(text)) if text else ()
    return [piece for block in blocks for piece in _without_long_words(block)]


def _without_long_words(block: str) -> Iterator[str]:
    start = 0
    for match in _LONG_WORD.finditer(block):
        yield block[start : match.end()]
        start = match.end()
    yield block[start:]


def split_blocks(text: str, block_chars: int = BLOCK_CHARS) -> Iterator[Span]:
    """Consecutive spans that cover the text, cut after a paragraph, a line or a word if it can.

    A text of at most `block_chars` characters (an empty one too) is one block.
    """
    if len(text) <= block_chars:
        yield Span(0, max(1, len(text)))
        return
    start = 0
    while len(text) - start > block_chars:
        end = _cut(text, start, start + block_chars)
        yield Span(start, end)
        start = end
    if start < len(text):
        yield Span(start, len(text))


def _cut(text: str, start: int, limit: int) -> int:
    earliest = start + (limit - start) // 2
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, earliest, limit)
        if found != -1:
            return found + len(mark)
    return limit


def _join(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None
    return joined
