"""Stretches of tokens that may be names: what the tagger found, trimmed to the bare name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.names.tagger import TYPES, Tagged
from kg.annotate.names.words import ARTICLES, POSSESSIVES, TITLES
from kg.vocabulary import EntityType

_QUESTIONS = frozenset({"where", "when", "why", "how", "what", "which"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens start to end (half-open) of a possible name."""

    start: int
    end: int
    scores: tuple[float, ...]
    """How likely each of TYPES is, here; each in [0, 1]."""

    @property
    def type(self) -> EntityType:
        """The likeliest type, here."""
        return TYPES[self.scores.index(max(self.scores))]

    def text(self, doc: Doc) -> str:
        """The words as they stand in the article."""
        return str(doc[self.start : self.end])


def find_candidates(doc: Doc, tagged: list[Tagged]) -> list[Candidate]:
    """Tagged stretches cut at line ends and trimmed to the bare name; text order, no overlap."""
    wholes = (Candidate(one.start, one.end, one.scores) for one in tagged)
    found = (trim(doc, part) for whole in wholes for part in _lines(doc, whole))
    return [candidate for candidate in found if candidate is not None]


def _lines(doc: Doc, candidate: Candidate) -> Iterator[Candidate]:
    """The parts of a candidate between line breaks and brackets: a name never runs over one."""
    start = candidate.start
    for index in range(candidate.start, candidate.end + 1):
        if index == candidate.end or "\n" in doc[index].text or doc[index].text in "()":
            if start < index:
                yield replace(candidate, start=start, end=index)
            start = index + 1


def trim(doc: Doc, candidate: Candidate) -> Candidate | None:
    """The name without article, title, possessive and punctuation; None if nothing is left."""
    start, end = candidate.start, candidate.end
    while start < end and _is_edge(doc[end - 1], ".)"):
        end -= 1
    while start < end and (_is_edge(doc[start], "(") or _is_article(doc[start])):
        start += 1
    if candidate.type is EntityType.PERSON:
        start = _after_titles(doc, start, end)
    if not any(_is_word(token) for token in doc[start:end]) or _is_question(doc, start, end):
        return None
    return replace(candidate, start=start, end=end)


def _is_edge(token: Token, kept: str) -> bool:
    """True for what stands at the edge of a name and is no part of it."""
    text = token.text
    if text in POSSESSIVES or token.is_space:
        return True
    return token.is_punct and text not in kept


def _is_article(token: Token) -> bool:
    is_initial = token.text == "A" and token.i + 1 < len(token.doc) and token.nbor().text == "."
    return token.lower_ in ARTICLES and not is_initial


def _is_question(doc: Doc, start: int, end: int) -> bool:
    """True for the first word of "Where was the mayor?", which its capital makes look like one."""
    return end - start == 1 and doc[start].lower_ in _QUESTIONS and doc[start].tag_.startswith("W")


def _is_word(token: Token) -> bool:
    """True for letters of a script that English is written in; addresses are no names."""
    if token.like_url or token.like_email:
        return False
    return any(letter.isalnum() and letter < "Ͱ" for letter in token.text)


def _after_titles(doc: Doc, start: int, end: int) -> int:
    """The index of the first token that is no title; one token is always left."""
    while start + 1 < end and doc[start].lower_.rstrip(".") in TITLES:
        start += 1
        while start + 1 < end and doc[start].is_punct:
            start += 1
    return start
