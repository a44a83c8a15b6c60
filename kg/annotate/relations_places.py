"""Where the text puts an organisation or a place: "the Russian Embassy in Washington"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.chains.words import Words

_INSIDE = frozenset({"in", "at", "inside", "within"})
_BASED = frozenset({"base", "locate", "headquarter", "situate"})


@dataclass(frozen=True, slots=True)
class Located:
    """The token of a place, and what says that the name is there."""

    index: int
    rule: str
    confidence: float


def places_of(words: Words, head: int, end: int) -> Iterator[Located]:
    """The places that may hold the thing whose name has this head and ends before `end`.

    The surest first; "in A and B" gives the first.
    """
    after_name = list(_objects(words, head))[:1]
    yield from (Located(index, "place-after-name", 0.85) for index in after_name)
    if end + 1 < len(words) and words.words[end] == "," and words.pos[end + 1] == "PROPN":
        nearby = (child for child in words.children[head] if child > end)
        yield from (Located(index, "place-after-comma", 0.85) for index in nearby)
    for noun in _said_of(words, head):
        yield from (Located(i, "place-in-description", 0.85) for i in _objects(words, noun))
    for verb in _verbs(words, head):
        yield from (Located(index, "place-of-base", 0.85) for index in _objects(words, verb))


def owners_of(words: Words, head: int) -> Iterator[Located]:
    """The places that a place belongs to: "Iraq's Anbar province"."""
    for child in words.children[head]:
        if words.dep[child] == "poss" and child < head:
            yield Located(child, "place-owner", 0.85)


def _objects(words: Words, index: int) -> Iterator[int]:
    for child in words.children[index]:
        if words.dep[child] == "prep" and words.lower[child] in _INSIDE and child > index:
            yield from (i for i in words.children[child] if words.dep[i] == "pobj")


def _said_of(words: Words, head: int) -> Iterator[int]:
    """Nouns that say what a name is: "Marl, a town in ...", "Marl is a town in ..."."""
    for child in words.children[head]:
        if words.dep[child] == "appos" and words.pos[child] == "NOUN" and child > head:
            yield child
    verb = words.head[head]
    if words.dep[head] == "nsubj" and words.lemma[verb] == "be" and not _is_negated(words, verb):
        yield from (c for c in words.children[verb] if words.dep[c] == "attr" and c > verb)


def _verbs(words: Words, head: int) -> Iterator[int]:
    """Verbs of being somewhere: "the firm based in ...", "the firm is based in ..."."""
    for child in words.children[head]:
        if words.dep[child] == "acl" and words.lemma[child] in _BASED and child > head:
            yield child
    verb = words.head[head]
    is_subject = words.dep[head].startswith("nsubj")
    if is_subject and words.lemma[verb] in _BASED and not _is_negated(words, verb):
        yield verb


def _is_negated(words: Words, verb: int) -> bool:
    return any(words.dep[child] == "neg" for child in words.children[verb])
