"""Names in headlines where every word has a capital: "Nora Quill Endorses Ada Kessling"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.annotate.names.candidates import Candidate
from kg.vocabulary import EntityType

_MIN_WORDS = 4
_LONG_LETTERS = 4
_SMALL = frozenset(
    ("with", "from", "over", "after", "into", "than", "that", "upon", "amid", "about")
)
"""Words of four letters and more that stand in headlines without a capital."""

Words = tuple[str, ...]


def cut_headlines(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, people in headlines cut to the longest name that the text below has.

    A family name alone is taken for the whole where other words follow it.
    """
    headlines = [sentence for sentence in doc.sents if _is_headline(sentence)]
    if not headlines:
        return candidates
    headed = {index for line in headlines for index in range(line.start, line.end)}
    people = [one for one in candidates if one.type is EntityType.PERSON]
    full = {
        _words(doc, one) for one in people if one.start not in headed and one.end - one.start > 1
    }
    return [
        _cut(doc, one, full) if one.start in headed and one.type is EntityType.PERSON else one
        for one in candidates
    ]


def _is_headline(sentence: Span) -> bool:
    words = [token.text for token in sentence if token.is_alpha and len(token) >= _LONG_LETTERS]
    capitalised = all(word[0].isupper() or word in _SMALL for word in words)
    return capitalised and len(words) >= _MIN_WORDS


def _words(doc: Doc, candidate: Candidate) -> Words:
    return tuple(token.text for token in doc[candidate.start : candidate.end])


def _cut(doc: Doc, candidate: Candidate, full: set[Words]) -> Candidate:
    words = _words(doc, candidate)
    if not all(word.isalpha() and word[0].isupper() for word in words):  # "Nawaf al-Ahmad"
        return candidate
    for start, end in _parts(len(words)):
        if words[start:end] in full:
            return replace(candidate, start=candidate.start + start, end=candidate.start + end)
    if words[0] in {name[-1] for name in full} - {name[0] for name in full}:
        return replace(candidate, end=candidate.start + 1)
    return candidate


def _parts(length: int) -> Iterator[tuple[int, int]]:
    """Ranges within a length, the longest first; none of a single word."""
    for size in range(length, 1, -1):
        for start in range(length - size + 1):
            yield start, start + size
