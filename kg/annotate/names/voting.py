"""One name has one type in one article: the votes of its mentions, and what speaks for a type."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.gazetteer import find_territory
from kg.annotate.names.words import (
    NEWS_ORGANISATIONS,
    ORGANISATION_HEADS,
    SPEECH_VERBS,
    TITLES,
)
from kg.vocabulary import EntityType

_ORDER = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.OTHER)


def vote(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, each with the type that most speaks for in the whole article."""
    votes: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)
    for candidate in candidates:
        votes[candidate.text(doc).lower()] += _evidence(doc, candidate)
    _lend_to_surnames(doc, candidates, votes)
    return [replace(c, type=_winner(votes[c.text(doc).lower()])) for c in candidates]


def _evidence(doc: Doc, candidate: Candidate) -> Counter[EntityType]:
    """What one mention says of the type of its name; larger is surer."""
    evidence = Counter({candidate.type: 2})
    name = candidate.text(doc)
    if name.lower() in NEWS_ORGANISATIONS:
        evidence[EntityType.ORGANISATION] += 20
    elif doc[candidate.end - 1].lower_.rstrip(".") in ORGANISATION_HEADS:
        evidence[EntityType.ORGANISATION] += 6
    elif find_territory(name):
        evidence[EntityType.PLACE] += 10 if candidate.type is not EntityType.OTHER else 0
    if candidate.start and doc[candidate.start - 1].lower_.rstrip(".") in TITLES:
        evidence[EntityType.PERSON] += 3 if doc[candidate.start - 1].is_title else 1
    if _speaks(doc, candidate):
        evidence[EntityType.PERSON] += 1
    return evidence


def _speaks(doc: Doc, candidate: Candidate) -> bool:
    head = doc[candidate.start : candidate.end].root
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in SPEECH_VERBS


def _lend_to_surnames(
    doc: Doc, candidates: list[Candidate], votes: dict[str, Counter[EntityType]]
) -> None:
    """Let "Dmitry Alushkin" vote for "Alushkin"."""
    people = {
        doc[c.end - 1].lower_
        for c in candidates
        if c.end - c.start > 1 and _winner(votes[c.text(doc).lower()]) is EntityType.PERSON
    }
    for name in people & votes.keys():
        votes[name][EntityType.PERSON] += 6


def _winner(evidence: Counter[EntityType]) -> EntityType:
    return max(_ORDER, key=lambda type_: evidence[type_])
