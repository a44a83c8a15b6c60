"""What a pronoun means: agreement and binding rule out, a trained ranker weighs the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.annotate.chains.choosing import PRONOUNS, Scorer, choose
from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.features import SUBJECTS, Candidate, Context, FeatureReader
from kg.annotate.chains.nominals import Antecedent
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType

_NAMING = frozenset(
    {"call", "describe", "label", "brand", "dub", "portray", "name", "style", "term"}
)
_NO_ONE = frozenset({"nobody", "none", "nothing", "noone", "no-one"})
_CONTRASTS = frozenset({"but", "yet"})
_MAX_GAP_SENTENCES = 3
_MAX_CANDIDATES = 40
_MIN_SHARE = 0.5
"""A cluster is taken if it is at least this much as likely as that the pronoun means none."""


class PronounResolver:
    """Resolves the pronouns of one article, one after the other."""

    def __init__(self, words: Words, reader: FeatureReader, scorer: Scorer) -> None:
        self._words = words
        self._reader = reader
        self._scorer = scorer

    def best(
        self, pronoun: Phrase, candidates: Iterable[Candidate], context: Context
    ) -> Antecedent | None:
        """The cluster that the pronoun means, or None; `candidates` come last first."""
        fitting = _fitting(self._words, pronoun, candidates, context)
        if not fitting:
            return None
        described = _described_before(self._words, pronoun, fitting)
        if described is not None:
            return Antecedent(described.cluster, "pronoun-after-description", 0.8)
        rows = self._reader.rows(pronoun, fitting, context)
        chosen = choose(fitting, self._scorer(PRONOUNS, pronoun, fitting, rows), _MIN_SHARE)
        if chosen is None:
            return None
        candidate, share = chosen
        return Antecedent(candidate.cluster, _rule(self._words, pronoun, candidate.phrase), share)


def _described_before(
    words: Words, pronoun: Phrase, fitting: Sequence[Candidate]
) -> Candidate | None:
    """The one whom "X calls Y a Z, but he is" is about: Y, since "but" sets something against Z."""
    clause = words.head[pronoun.head]
    naming = words.head[clause]
    if words.dep[pronoun.head] not in SUBJECTS or words.dep[clause] != "conj":
        return None
    if words.lemma[naming] not in _NAMING or words.lemma[clause] != "be":
        return None
    if not any(words.lower[child] in _CONTRASTS for child in words.children[naming]):
        return None
    inside = [each for each in fitting if naming < each.phrase.head < clause]
    return min(inside, key=lambda each: each.phrase.head, default=None)


def _rule(words: Words, pronoun: Phrase, antecedent: Phrase) -> str:
    role = "subject" if words.dep[antecedent.head] in SUBJECTS else "phrase"
    gap = pronoun.sentence - antecedent.sentence
    place = ("same", "previous")[gap] if gap < 2 else "earlier"
    return f"pronoun-{role}-of-{place}-sentence"


def _fitting(
    words: Words, pronoun: Phrase, candidates: Iterable[Candidate], context: Context
) -> list[Candidate]:
    found: list[Candidate] = []
    for candidate in candidates:
        phrase = candidate.phrase
        if pronoun.sentence - phrase.sentence > _MAX_GAP_SENTENCES or len(found) == _MAX_CANDIDATES:
            break
        if id(candidate.cluster) in context.barred or not _agrees(pronoun, candidate):
            continue
        if words.lower[phrase.head] in _NO_ONE and len(candidate.cluster.members) == 1:
            continue
        if not _is_bound(words, pronoun, phrase):
            found.append(candidate)
    return found


def _agrees(pronoun: Phrase, candidate: Candidate) -> bool:
    cluster, form = candidate.cluster, pronoun.form
    if form is None or form.person != 3:
        return False
    if form.gender is not None:
        return _may_be_person(cluster, candidate.phrase, form.gender)
    if form.plural:
        return True
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
    governor = words.head[pronoun.head]
    if governor == words.head[phrase.head]:
        return words.dep[phrase.head] != "conj" and words.pos[governor] != "NOUN"
    return words.dep[governor] == "prep" and words.head[governor] == words.head[phrase.head]
