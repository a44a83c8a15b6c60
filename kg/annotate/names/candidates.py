"""Stretches of tokens that may be names: what spaCy found, trimmed to the bare name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.names.words import ARTICLES, POSSESSIVES, TITLES
from kg.vocabulary import EntityType

# OntoNotes types as spaCy gives them. Dates, quantities and the like are no names.
_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.OTHER,
    "EVENT": EntityType.OTHER,
    "LAW": EntityType.OTHER,
    "PRODUCT": EntityType.OTHER,
    "WORK_OF_ART": EntityType.OTHER,
    "LANGUAGE": EntityType.OTHER,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens start to end (half-open) of a possible name, and its type as far as known."""

    start: int
    end: int
    type: EntityType

    def text(self, doc: Doc) -> str:
        """The words as they stand in the article."""
        return str(doc[self.start : self.end])


def find_candidates(doc: Doc) -> list[Candidate]:
    """What spaCy takes for names, cut at line ends and trimmed; text order, no overlap."""
    found: list[Candidate | None] = []
    for entity in doc.ents:
        if entity.label_ in _TYPES:
            whole = Candidate(entity.start, entity.end, _TYPES[entity.label_])
            found.extend(trim(doc, part) for part in _lines(doc, whole))
    return [candidate for candidate in found if candidate is not None]


def _lines(doc: Doc, candidate: Candidate) -> Iterator[Candidate]:
    """The parts of a candidate between line breaks: a name never runs over one."""
    start = candidate.start
    for index in range(candidate.start, candidate.end + 1):
        if index == candidate.end or "\n" in doc[index].text:
            if start < index:
                yield replace(candidate, start=start, end=index)
            start = index + 1


def trim(doc: Doc, candidate: Candidate) -> Candidate | None:
    """The name without article, title, possessive and punctuation; None if nothing is left."""
    start, end = candidate.start, candidate.end
    while start < end and _is_edge(doc[end - 1], ".)"):
        end -= 1
    while start < end and (
        _is_edge(doc[start], "(") or (doc[start].lower_ in ARTICLES and not _is_initial(doc[start]))
    ):
        start += 1
    if candidate.type is EntityType.PERSON:
        start = _after_titles(doc, start, end)
    if not any(character.isalnum() for token in doc[start:end] for character in token.text):
        return None
    return replace(candidate, start=start, end=end)


def _is_edge(token: Token, kept: str) -> bool:
    """True for what stands at the edge of a name and is no part of it."""
    text = token.text
    if text in POSSESSIVES or token.is_space:
        return True
    return token.is_punct and text not in kept


def _is_initial(token: Token) -> bool:
    return token.text == "A" and token.i + 1 < len(token.doc) and token.nbor().text == "."


def _after_titles(doc: Doc, start: int, end: int) -> int:
    """The index of the first token that is no title; one token is always left."""
    while start + 1 < end and doc[start].lower_.rstrip(".") in TITLES:
        start += 1
        while start + 1 < end and doc[start].is_punct:
            start += 1
    return start
