"""Article text to spaCy Docs whose character offsets are those of `Article.text`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.model import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BLOCK_CHARS = 60_000
"""Longer texts are parsed in blocks of about this size: the parser's memory grows with the text."""


def analysed_text(article: Article) -> str:
    """The text with its metadata parts as spaces: nothing is found there, and no offset moves."""
    text = article.text
    for span in article.skip:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def parse(nlp: Language, text: str) -> Doc:
    """One Doc over the whole text, parsed in blocks where the text is long."""
    blocks = list(split_blocks(text))
    if len(blocks) == 1:
        return nlp(text)
    return _join(list(nlp.pipe(block.of(text) for block in blocks)))


def parse_many(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """A Doc for each text, in order; short texts go through the model in batches."""
    block_lists = [list(split_blocks(text)) for text in texts]
    pieces = (
        block.of(text) for text, blocks in zip(texts, block_lists, strict=True) for block in blocks
    )
    docs = nlp.pipe(pieces, batch_size=32)
    for blocks in block_lists:
        parts = [next(docs) for _ in blocks]
        yield parts[0] if len(parts) == 1 else _join(parts)


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

    joined = Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None
    return joined
