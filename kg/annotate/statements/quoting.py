"""How much of a content is quoted, and whom "I" and "we" mean inside the quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.annotate.statements.frames import Frame
from kg.annotate.statements.tokens import TokenIndex
from kg.annotate.statements.wordlists import words
from kg.model import Span
from kg.vocabulary import QuoteType

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST_PERSON = words("i me my mine myself we us our ours ourselves")


def inner_quotes(frame: Frame, quoted: Sequence[Span]) -> tuple[Span, ...]:
    """The quoted stretches of the content, in text order.

    A quotation that holds the cue as well is that of an outer speaker, and does not count.
    """
    cue = frame.candidate.cue
    found = []
    for quotation in quoted:
        if any(quotation.overlaps(span) for span in cue):
            continue
        for span in frame.candidate.content:
            start, end = max(span.start, quotation.start), min(span.end, quotation.end)
            if start < end:
                found.append(Span(start, end))
    return tuple(found)


def quote_type_of(frame: Frame, quotes: Sequence[Span]) -> QuoteType:
    """`direct` if every word of the content is quoted, `mixed` if some are."""
    if not quotes:
        return QuoteType.INDIRECT
    words = (frame.doc[i] for i in frame.content)
    starts = [word.idx for word in words if any(c.isalnum() for c in word.text)]
    inside = sum(any(q.start <= start < q.end for q in quotes) for start in starts)
    return QuoteType.DIRECT if inside == len(starts) else QuoteType.MIXED


def first_person(index: TokenIndex, quotes: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
    """For each attribution the first-person pronouns that mean its speaker.

    A pronoun belongs to the smallest quotation around it, the first of equals.
    """
    owner: dict[int, tuple[int, int]] = {}
    for number, spans in enumerate(quotes):
        for span in spans:
            for i in index.inside(span):
                if _is_first_person(index.doc[i]):
                    owner[i] = min(owner.get(i, (1 << 62, 0)), (span.end - span.start, number))
    found: list[list[Span]] = [[] for _ in quotes]
    for i in sorted(owner):
        token = index.doc[i]
        found[owner[i][1]].append(Span(token.idx, token.idx + len(token)))
    return [tuple(spans) for spans in found]


def _is_first_person(token: Token) -> bool:
    return token.lower_ in _FIRST_PERSON and token.text != "US"
