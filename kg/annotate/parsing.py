"""Article text to spaCy Docs whose character offsets are those of `Article.text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.annotate.wrapping import unwrap
from kg.model import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The tokenizer takes affixes off one by one and searches the rest each time: a million quotation
# marks in a row would take hours. No word, and hardly an address, is as long.
_LONG_WORD = re.compile(r"\S{500}(?=\S)")

BLOCK_CHARS = 60_000
"""Longer texts are parsed in blocks of about this size: the parser's memory grows with the text."""


def parse(nlp: Language, article: Article) -> Doc:
    """One Doc over the whole text, parsed in blocks where the text is long."""
    return next(parse_many(nlp, [article]))


def parse_many(nlp: Language, articles: Sequence[Article]) -> Iterator[Doc]:
    """A Doc for each article, in order; short texts go through the model in batches."""
    parts = [blocks_of(article) for article in articles]
    docs = nlp.pipe((block for blocks in parts for block in blocks), batch_size=32)
    for blocks in parts:
        yield _join([next(docs) for _ in blocks])


def blocks_of(article: Article) -> list[str]:
    """What is parsed one by one; joined, they are as long as the text.

    Metadata is a block of spaces: nothing is found there, no offset moves, and the sentence after
    it is parsed as if it stood first. Line breaks inside wrapped paragraphs are spaces.
    """
    blocks: list[str] = []
    position = 0
    text = unwrap(article.text)
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
