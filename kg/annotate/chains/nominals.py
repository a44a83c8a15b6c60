"""Noun phrases that mean something named: "the embassy", "the republic", "X, the head of Y"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.lexicon import DEFINITE, RELATIVES
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType, MentionKind

_PEOPLE_AND_BODIES = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})
_MAX_GAP_SENTENCES = 12
# Heads that mean any place of a kind, and the schema.org class of names they can mean.
_COUNTRY_HEADS = frozenset({"country", "nation", "republic", "kingdom", "state"})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The cluster a phrase means, with the rule that says so."""

    cluster: Cluster
    rule: str
    confidence: float


def by_structure(words: Words, phrase: Phrase, by_head: dict[int, Cluster]) -> Antecedent | None:
    """The cluster that apposition or the copula names: "X, the head of Y", "X is the head of Y"."""
    head = phrase.head
    if words.dep[head] == "appos":
        return _agreeing(phrase, by_head.get(words.head[head]), "apposition", 0.95)
    for child in words.children[head]:
        if words.dep[child] == "appos" and child in by_head:
            return _agreeing(phrase, by_head[child], "apposition", 0.95)
    if words.dep[head] == "attr" and words.lemma[words.head[head]] == "be":
        return _agreeing(phrase, _subject(words, words.head[head], by_head), "copula", 0.8)
    return None


def by_relative_pronoun(
    words: Words, phrase: Phrase, by_head: dict[int, Cluster]
) -> Antecedent | None:
    """The cluster of the noun that a relative clause describes: "X, who said"."""
    if words.lower[phrase.head] not in RELATIVES:
        return None
    clause = words.head[phrase.head]
    cluster = by_head.get(words.head[clause]) if words.dep[clause] == "relcl" else None
    return None if cluster is None else Antecedent(cluster, "relative-pronoun", 0.9)


def _subject(words: Words, verb: int, by_head: dict[int, Cluster]) -> Cluster | None:
    children = words.children[verb]
    if any(words.dep[child] in ("neg", "aux") for child in children):
        return None
    subjects = [child for child in children if words.dep[child] == "nsubj"]
    return by_head.get(subjects[0]) if subjects else None


def _agreeing(
    phrase: Phrase, cluster: Cluster | None, rule: str, confidence: float
) -> Antecedent | None:
    if cluster is None or not cluster.named:
        return None
    if phrase.type is not cluster.type and phrase.type is not EntityType.OTHER:
        return None
    if phrase.gender and cluster.gender and phrase.gender != cluster.gender:
        return None
    return Antecedent(cluster, rule, confidence)


def is_definite(words: Words, phrase: Phrase) -> bool:
    """True for "the", "this", a possessive; False for "a", a number, or nothing."""
    return any(
        words.lower[child] in DEFINITE
        for child in words.children[phrase.head]
        if child < phrase.head and words.dep[child] in ("det", "predet", "amod")
    )


def by_head_noun(words: Words, phrase: Phrase, recent: Sequence[Cluster]) -> Antecedent | None:
    """The named cluster whose name or title has the phrase's head: "the embassy", "the minister".

    `recent` holds clusters, the one mentioned last first. The words before the head must not
    contradict: "the Israeli embassy" is not the Russian one.
    """
    if not is_definite(words, phrase) or phrase.plural:
        return None
    lemma = words.lemma[phrase.head]
    modifiers = _modifiers(words, phrase)
    for cluster in recent:
        if not cluster.named or _too_far(phrase, cluster):
            continue
        if _names_head(words, cluster, lemma, modifiers):
            return Antecedent(cluster, "head-noun", 0.75)
        if _is_country(cluster, lemma) and not modifiers:
            return Antecedent(cluster, "kind-of-place", 0.7)
    return None


def _too_far(phrase: Phrase, cluster: Cluster) -> bool:
    last = max(
        member.phrase.sentence
        for member in cluster.members
        if member.phrase.sentence <= phrase.sentence
    )
    return phrase.sentence - last > _MAX_GAP_SENTENCES


def _modifiers(words: Words, phrase: Phrase) -> set[str]:
    """What narrows the phrase: adjectives, compounds, and what "of", "in" or "to" add."""
    found = set()
    for child in words.children[phrase.head]:
        if words.dep[child] in ("amod", "compound", "nmod", "poss"):
            found.add(words.lower[child])
        elif words.dep[child] == "prep":
            found.update(words.lower[inner] for inner in words.children[child])
    return found - DEFINITE - {"former", "then", "late", "current", "same", "new", "own"}


def _names_head(words: Words, cluster: Cluster, lemma: str, modifiers: set[str]) -> bool:
    known: set[str] = set()
    for member in cluster.members:
        phrase = member.phrase
        if phrase.kind is MentionKind.NAME:
            known.update(words.lower[phrase.first : phrase.end], phrase.titles)
            known.update(_around(words, phrase))
        elif phrase.kind is MentionKind.NOMINAL and member.rule in ("apposition", "copula"):
            known.add(words.lemma[phrase.head])
            known.update(_modifiers(words, phrase))
    return lemma in known and modifiers <= known


def _around(words: Words, phrase: Phrase) -> Iterable[str]:
    """Words of the noun phrase that the name heads: "the Novaya Gazeta newspaper"."""
    head = words.head[phrase.head]
    if words.dep[phrase.head] in ("compound", "nmod") and words.pos[head] == "NOUN":
        return (words.lemma[head],)
    return ()


def _is_country(cluster: Cluster, lemma: str) -> bool:
    if cluster.type is not EntityType.PLACE or lemma not in _COUNTRY_HEADS:
        return False
    names = (member.phrase.name for member in cluster.members)
    return any(name is not None and name.subtype == "Country" for name in names)
