"""Noun phrases tied to a name by grammar: "X, the head of Y", "X is the head of Y", "X, who"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.lexicon import RELATIVES
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType


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
    for child in _appositions(words, head):
        if child in by_head and by_head[child].named:
            return _agreeing(phrase, by_head[child], "apposition", 0.95)
    if words.dep[head] == "attr" and words.lemma[words.head[head]] == "be":
        return _agreeing(phrase, _subject(words, words.head[head], by_head), "copula", 0.8)
    return None


def _appositions(words: Words, head: int) -> list[int]:
    """Heads of what stands in apposition, its own first: "his aunt, the actress Ada Quill"."""
    own = [child for child in words.children[head] if words.dep[child] == "appos"]
    return own + [
        inner for child in own for inner in words.children[child] if words.dep[inner] == "appos"
    ]


def by_relative_pronoun(
    words: Words, phrase: Phrase, by_head: dict[int, Cluster]
) -> Antecedent | None:
    """The cluster of the noun that a relative clause describes: "X, who said"."""
    if words.lower[phrase.head] not in RELATIVES:
        return None
    clause = words.head[phrase.head]
    if words.dep[clause] not in ("relcl", "acl"):
        return None
    noun = words.head[clause]
    if noun not in by_head and words.dep[noun] == "appos":  # "a controversial figure, one who"
        noun = words.head[noun]
    cluster = by_head.get(noun)
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
