"""One name has one type in one article: the votes of its mentions, and what speaks for a type."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.breaks import find_towns
from kg.annotate.names.candidates import Candidate
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.tagger import TYPES
from kg.annotate.names.words import (
    BUSINESS_HEADS,
    FIRM_ROLES,
    GROUP_NOUNS,
    HONORIFICS,
    NEWS_ORGANISATIONS,
    ORGANISATION_HEADS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    POSSESSIVES,
    SPEECH_VERBS,
    TITLES,
    UNIONS,
)
from kg.territories import find_territory
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
    for town in find_towns(doc):
        votes[_key(doc, Candidate(*town, ()))].update({EntityType.PLACE: 2.0})
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
    evidence[EntityType.PLACE] += _located(doc, candidate)
    evidence[EntityType.ORGANISATION] += _spoken_for(doc, candidate)
    kind = _called(doc, candidate)
    if kind is not None:
        evidence[kind] += 1.0
    return evidence


def _spoken_for(doc: Doc, candidate: Candidate) -> float:
    """1 for what somebody speaks for or leads as a firm: "the Acme CEO", "Acme's employees"."""
    after = [token.lower_ for token in doc[candidate.end : candidate.end + 3]]
    if after and after[0] in POSSESSIVES:
        after.pop(0)
    is_firm = bool(after) and (after[0] in FIRM_ROLES or after[:2] == ["chief", "executive"])
    return 1.0 if is_firm else 0.0


def _called(doc: Doc, candidate: Candidate) -> EntityType | None:
    """The type that the noun says: "a group called Open Desk", "a village named Lisk"."""
    at = candidate.start - 1
    if at > 0 and doc[at].text in _OPENING:
        at -= 1
    if at < 1 or doc[at].lower_ not in _CALLING:
        return None
    if doc[at].lower_ == "as":
        at -= 1
        if doc[at].lower_ != "known":
            return None
    noun = doc[at - 1].lower_ if at else ""
    if noun in PLACE_NOUNS:
        return EntityType.PLACE
    if noun in ORGANISATION_HEADS or noun in GROUP_NOUNS:
        return EntityType.ORGANISATION
    return EntityType.PERSON if noun in PERSON_NOUNS else None


_OPENING = frozenset({'"', "“", "'", "‘"})
_CALLING = frozenset({"called", "named", "as"})


def _located(doc: Doc, candidate: Candidate) -> float:
    """1 if the words before a name say it is a place's: "the river Lisk", "the town of Orvenne"."""
    before = [token.text for token in doc[max(0, candidate.start - 2) : candidate.start]]
    if before and before[-1] == "of":
        before.pop()
    return float(bool(before) and before[-1] in PLACE_NOUNS)


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
    first, *_, last = name.lower().rstrip(".").split() * 2
    if first != last and last in BUSINESS_HEADS:
        return {EntityType.ORGANISATION: 0.5}
    return {}


def _speaks(doc: Doc, candidate: Candidate) -> bool:
    head = doc[candidate.start : candidate.end].root
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in SPEECH_VERBS


def _lend_to_short_names(doc: Doc, candidates: list[Candidate], votes: dict[str, Votes]) -> None:
    """Let "Dmitry Alushkin" vote for "Alushkin", and "Acme Chemicals" for "Acme".

    A family name comes before a firm that is called after it.
    """
    long = [one for one in candidates if one.end - one.start > 1]
    types = {one: _winner(votes[_key(doc, one)]) for one in long}
    people = {doc[one.end - 1].text for one in long if types[one] is EntityType.PERSON}
    for name in people & votes.keys():
        votes[name].update({EntityType.PERSON: 2.0})
    for one in long:
        name = doc[one.start].text
        if types[one] is not EntityType.ORGANISATION or name in people or name not in votes:
            continue
        if not _is_of_places(name):
            is_firm = doc[one.end - 1].lower_.rstrip(".") in BUSINESS_HEADS
            votes[name].update({EntityType.ORGANISATION: 2.0 if is_firm else 0.3})


def _is_of_places(word: str) -> bool:
    return find_territory(word) is not None or is_demonym(word)


def _winner(evidence: Votes) -> EntityType:
    return max(TYPES, key=lambda type_: evidence[type_])
