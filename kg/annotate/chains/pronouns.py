"""What a pronoun means: agreement and binding rule candidates out, salience ranks the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType, MentionKind

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_MAX_GAP_SENTENCES = 3
_SPEAKER_BONUS = 1.5
_MIN_SCORE = -3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase before the pronoun, with the cluster it is in."""

    phrase: Phrase
    cluster: Cluster


@dataclass(frozen=True, slots=True)
class Context:
    """What the statements tell of a pronoun: ids (`id()`) of clusters."""

    barred: frozenset[int] = frozenset()
    """The speaker of the quotation that holds it: "he" inside is someone else."""
    speakers: frozenset[int] = frozenset()
    """Who spoke before, if the pronoun itself is the source of a statement."""


def best_antecedent(
    words: Words, pronoun: Phrase, candidates: Iterable[Candidate], context: Context
) -> tuple[Candidate, str, float] | None:
    """The candidate that the pronoun means, its rule and confidence; None if none fits.

    `candidates` come last first.
    """
    best: tuple[float, Candidate] | None = None
    for rank, candidate in enumerate(candidates):
        if pronoun.sentence - candidate.phrase.sentence > _MAX_GAP_SENTENCES:
            break
        if id(candidate.cluster) in context.barred or not _agrees(pronoun, candidate):
            continue
        if _is_bound(words, pronoun, candidate.phrase):
            continue
        score = _salience(words, pronoun, candidate) - 0.05 * rank
        score += _SPEAKER_BONUS if id(candidate.cluster) in context.speakers else 0.0
        if best is None or score > best[0]:
            best = (score, candidate)
    if best is None or best[0] < _MIN_SCORE:
        return None
    return best[1], _rule(words, pronoun, best[1].phrase), max(0.3, min(0.9, 0.6 + best[0] / 5))


def _rule(words: Words, pronoun: Phrase, antecedent: Phrase) -> str:
    role = "subject" if words.dep[antecedent.head] in _SUBJECTS else "phrase"
    gap = pronoun.sentence - antecedent.sentence
    place = ("same", "previous")[gap] if gap < 2 else "earlier"
    return f"pronoun-{role}-of-{place}-sentence"


def _agrees(pronoun: Phrase, candidate: Candidate) -> bool:
    cluster = candidate.cluster
    form = pronoun.form
    if form is None or form.person != 3:
        return False
    if form.gender is not None:
        return _may_be_person(cluster, candidate.phrase, form.gender)
    if form.plural:
        return cluster.plural is not False or cluster.type is EntityType.ORGANISATION
    return not cluster.plural and cluster.animate is not True


def _may_be_person(cluster: Cluster, phrase: Phrase, gender: str) -> bool:
    if cluster.plural or cluster.animate is False:
        return False
    if cluster.gender is None and cluster.type is EntityType.GROUP:
        return False
    return cluster.gender in (None, gender) and phrase.gender in (None, gender)


def _is_bound(words: Words, pronoun: Phrase, phrase: Phrase) -> bool:
    """True if grammar forbids it: subject and object of one verb, or one inside the other."""
    if phrase.first <= pronoun.head < phrase.end:
        return True
    form = pronoun.form
    if form is None or form.possessive or form.reflexive:
        return False
    same_verb = words.head[pronoun.head] == words.head[phrase.head]
    if same_verb:
        return words.dep[phrase.head] != "conj" and words.pos[words.head[phrase.head]] != "NOUN"
    governor = words.head[words.head[pronoun.head]]
    return words.dep[words.head[pronoun.head]] == "prep" and governor == words.head[phrase.head]


def _salience(words: Words, pronoun: Phrase, candidate: Candidate) -> float:
    phrase = candidate.phrase
    dep = words.dep[phrase.head]
    score = -1.0 * (pronoun.sentence - phrase.sentence)
    score += 0.8 if dep in _SUBJECTS else 0.0
    score -= 0.6 if dep in ("pobj", "compound", "poss", "nmod") else 0.0
    if (dep in _SUBJECTS) == (words.dep[pronoun.head] in _SUBJECTS):
        score += 0.3
    score += min(0.6, 0.2 * len(candidate.cluster.members))
    score += 0.4 if candidate.cluster.gender == pronoun.gender and pronoun.gender else 0.0
    score += 0.3 if candidate.cluster.named and pronoun.gender else 0.0
    score -= 0.3 if phrase.kind is MentionKind.NOMINAL else 0.0
    return score
