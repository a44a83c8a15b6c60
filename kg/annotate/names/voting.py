"""One name has one type in one article: the votes of its mentions, and what speaks for a type."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.gazetteer import find_territory
from kg.annotate.names.tagger import TYPES
from kg.annotate.names.words import HONORIFICS, NEWS_ORGANISATIONS, SPEECH_VERBS, TITLES, UNIONS
from kg.vocabulary import EntityType

Votes = Counter[EntityType]


@dataclass(frozen=True, slots=True)
class Typed:
    """Tokens start to end (half-open) of a name, and the type it has in the whole article."""

    start: int
    end: int
    type: EntityType


def vote(doc: Doc, candidates: list[Candidate]) -> list[Typed]:
    """The candidates, each with the type that most speaks for in the whole article."""
    votes: defaultdict[str, Votes] = defaultdict(Counter)
    for candidate in candidates:
        votes[_key(doc, candidate)].update(_evidence(doc, candidate))
    for name, evidence in votes.items():
        evidence.update(_known(name))
    _lend_to_short_names(doc, candidates, votes)
    return [Typed(c.start, c.end, _winner(votes[_key(doc, c)])) for c in candidates]


def _key(doc: Doc, candidate: Candidate) -> str:
    """What two mentions of one name share; capital letters count, as in "us" and "US"."""
    text = candidate.text(doc)
    return text.title() if text.isupper() and len(text) > 5 else text


def _evidence(doc: Doc, candidate: Candidate) -> dict[EntityType, float]:
    """What one mention says of the type of its name."""
    evidence = dict(zip(TYPES, candidate.scores, strict=True))
    evidence[EntityType.PERSON] += _titled(doc, candidate) + 0.1 * _speaks(doc, candidate)
    return evidence


def _titled(doc: Doc, candidate: Candidate) -> float:
    """How much the word before a name says that it is a person's."""
    before = doc[candidate.start - 1] if candidate.start else None
    if before is None or before.lower_.rstrip(".") not in TITLES:
        return 0.0
    if before.lower_.rstrip(".") in HONORIFICS:
        return 2.0
    return 0.5 if before.is_title else 0.2


def _known(name: str) -> dict[EntityType, float]:
    """What is known of a name, in votes that outweigh some mentions."""
    if name.lower() in NEWS_ORGANISATIONS or name in UNIONS:
        return {EntityType.ORGANISATION: 10.0}
    if find_territory(name):
        return {EntityType.PLACE: 2.0}
    if is_demonym(name):
        return {EntityType.OTHER: 1.0}
    return {}


def _speaks(doc: Doc, candidate: Candidate) -> bool:
    head = doc[candidate.start : candidate.end].root
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in SPEECH_VERBS


def _lend_to_short_names(doc: Doc, candidates: list[Candidate], votes: dict[str, Votes]) -> None:
    """Let "Dmitry Alushkin" vote for "Alushkin", and "Acme Chemicals" for "Acme"."""
    lent: dict[str, EntityType] = {}
    for one in candidates:
        if one.end - one.start > 1:
            type_ = _winner(votes[_key(doc, one)])
            if type_ is EntityType.PERSON:
                lent[doc[one.end - 1].text] = type_
            elif type_ is EntityType.ORGANISATION and not _is_of_places(doc[one.start].text):
                lent.setdefault(doc[one.start].text, type_)
    for name in lent.keys() & votes.keys():
        votes[name].update({lent[name]: _LENT[lent[name]]})


def _is_of_places(word: str) -> bool:
    return find_territory(word) is not None or is_demonym(word)


_LENT = {EntityType.PERSON: 2.0, EntityType.ORGANISATION: 0.7}
"""An organisation lends less: its first word may be the town it is in."""


def _winner(evidence: Votes) -> EntityType:
    return max(TYPES, key=lambda type_: evidence[type_])
