"""Phrases that mean the same, while chains are being built."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.chains.phrases import Phrase
from kg.vocabulary import EntityType, MentionKind

# "He" means a person, whatever the tagger made of a single word.
_CORRECTED_BY_GENDER = frozenset({EntityType.ORGANISATION, EntityType.PLACE})


_MIN_GENDER_CONFIDENCE = 0.6
"""A pronoun that may mean somebody else tells no gender."""


@dataclass(slots=True)
class Member:
    """A phrase in a cluster, with the rule that put it there."""

    phrase: Phrase
    rule: str
    confidence: float


@dataclass(slots=True)
class Cluster:
    """The phrases that mean one thing; grows from the start of the text to its end."""

    type: EntityType
    members: list[Member] = field(default_factory=list)
    gender: str | None = None
    plural: bool | None = None
    animate: bool | None = None
    named: bool = False
    """True if a member is a name."""
    kept: bool = False
    """True if a statement needs it, however few mentions it has."""

    def add(self, phrase: Phrase, rule: str, confidence: float = 1.0) -> None:
        """Take a phrase in; what it tells of gender, number and type fills what is unknown."""
        self.members.append(Member(phrase, rule, confidence))
        self.named = self.named or phrase.kind is MentionKind.NAME
        is_sure = phrase.form is None or confidence >= _MIN_GENDER_CONFIDENCE
        if is_sure:
            self.gender = self.gender or phrase.gender
        self.plural = phrase.plural if self.plural is None else self.plural
        self.animate = phrase.animate if self.animate is None else self.animate
        if (
            is_sure
            and phrase.form is not None
            and phrase.gender
            and self.type in _CORRECTED_BY_GENDER
        ):
            self.type = EntityType.PERSON
        if self.type is EntityType.OTHER and phrase.kind is not MentionKind.PRONOUN:
            self.type = phrase.type


def cluster_of(phrase: Phrase, rule: str, confidence: float = 1.0) -> Cluster:
    """A new cluster around a phrase."""
    cluster = Cluster(type=phrase.type)
    cluster.add(phrase, rule, confidence)
    return cluster
