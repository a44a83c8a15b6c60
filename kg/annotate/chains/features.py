"""What the ranker of antecedents reads: numbers about a pronoun, a phrase before it, and the pair.

The names of the features are the contract with the trained weights: their order is checked when
the weights are loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType, MentionKind

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_OBJECTS = frozenset({"dobj", "dative", "iobj"})
TYPES = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
    EntityType.WORK,
    EntityType.OTHER,
)
_PRONOUN_CLASSES = {
    "he": 0, "him": 0, "his": 0, "himself": 0, "she": 1, "her": 1, "hers": 1, "herself": 1,
    "it": 2, "its": 2, "itself": 2, "they": 3, "them": 3, "their": 3, "theirs": 3, "themselves": 3,
}  # fmt: skip
_MAX_DEPTH = 12

PRONOUN_FEATURES = (
    "p_he", "p_she", "p_it", "p_they", "p_possessive", "p_reflexive", "p_subject", "p_object",
    "p_preposition", "p_quoted", "p_source", "p_place_in_sentence", "p_first_of_sentence",
    "p_conjunct_clause", "p_adverbial_clause", "p_complement_clause", "p_relative_clause",
    "p_of_be", "p_clause_after", "p_depth",
)  # fmt: skip
PHRASE_FEATURES = (
    "c_name", "c_nominal", "c_he", "c_she", "c_it", "c_they", "c_person", "c_organisation",
    "c_place", "c_group", "c_work", "c_other", "c_subject", "c_object", "c_preposition",
    "c_possessive", "c_attribute", "c_conjunct", "c_compound", "c_apposition", "c_the", "c_a",
    "c_demonstrative", "c_owned", "c_bare", "c_plural", "c_singular", "c_depth", "c_of_root",
    "c_place_in_sentence", "c_in_phrase", "c_quoted", "c_length", "c_in_main_clause",
    "c_hint_male", "c_hint_female", "c_paragraph_start",
)  # fmt: skip
PAIR_FEATURES = (
    "same_sentence", "one_back", "two_back", "three_back", "token_gap", "rank", "cluster_rank",
    "same_role", "same_word", "gender_known", "hint_agrees", "hint_differs", "number_unknown",
    "number_agrees", "animate_unknown", "same_quotation", "other_quotation", "governs_clause",
    "same_verb_lemma", "last_of_cluster", "cluster_size", "cluster_named", "cluster_recent",
    "cluster_share", "is_speaker", "new_paragraph", "subject_and_subject", "subject_before_owner",
    "closest", "first_in_sentence", "cluster_first", "after",
)  # fmt: skip
FEATURES = ("none", *PRONOUN_FEATURES, *PHRASE_FEATURES, *PAIR_FEATURES)


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


class FeatureReader:
    """Feature rows for the pronouns of one article; what a phrase tells is computed once."""

    def __init__(self, words: Words, quotation_of: dict[int, tuple[int, ...]]) -> None:
        self._words = words
        self._quotation_of = quotation_of
        self._rows: dict[int, list[float]] = {}
        self._depths: dict[int, int] = {}
        self._paragraphs = _paragraphs(words)
        self._sentence_starts: dict[int, int] = {}
        for index, sentence in enumerate(words.sentence):
            self._sentence_starts.setdefault(sentence, index)

    def rows(
        self, pronoun: Phrase, candidates: Sequence[Candidate], context: Context
    ) -> list[list[float]]:
        """One row a candidate, and last the row of "none of them"; width `len(FEATURES)`."""
        about = self._pronoun_row(pronoun, context)
        order: dict[int, int] = {}
        named = sum(len(c.cluster.members) for c in candidates if c.cluster.named) or 1
        rows = []
        for rank, candidate in enumerate(candidates):
            cluster_rank = order.setdefault(id(candidate.cluster), len(order))
            pair = self._pair_row(pronoun, candidate, rank, cluster_rank, context)
            share = len(candidate.cluster.members) / named if candidate.cluster.named else 0.0
            pair[_SHARE] = share
            rows.append([0.0, *about, *self.phrase_row(candidate.phrase), *pair])
        blank = [0.0] * (len(PHRASE_FEATURES) + len(PAIR_FEATURES))
        blank[_COUNT] = math.log1p(len(candidates))
        rows.append([1.0, *about, *blank])
        return rows

    def is_quoted(self, index: int) -> bool:
        """True if the token stands inside a quotation of a statement."""
        return index in self._quotation_of

    def _depth(self, index: int) -> int:
        depth = self._depths.get(index)
        if depth is None:
            depth, at = 0, index
            while self._words.head[at] != at and depth < _MAX_DEPTH:
                at, depth = self._words.head[at], depth + 1
            self._depths[index] = depth
        return depth

    def _place(self, index: int) -> float:
        start = self._sentence_starts[self._words.sentence[index]]
        return min(1.0, (index - start) / 30)

    def _pronoun_row(self, pronoun: Phrase, context: Context) -> list[float]:
        words, head = self._words, pronoun.head
        form, dep, governor = pronoun.form, words.dep[pronoun.head], words.head[pronoun.head]
        assert form is not None
        classes = [0.0] * 4
        classes[_PRONOUN_CLASSES[words.lower[head]]] = 1.0
        clause = words.dep[governor]
        after = any(
            words.dep[child] in ("ccomp", "xcomp", "csubj", "advcl") and child > governor
            for child in words.children[governor]
        )
        return [
            *classes,
            float(form.possessive),
            float(form.reflexive),
            float(dep in SUBJECTS),
            float(dep in _OBJECTS),
            float(dep == "pobj"),
            float(head in self._quotation_of),
            float(bool(context.speakers)),
            self._place(head),
            float(self._sentence_starts[words.sentence[head]] == head),
            float(clause == "conj"),
            float(clause == "advcl"),
            float(clause in ("ccomp", "xcomp")),
            float(clause in ("relcl", "acl")),
            float(words.lemma[governor] == "be"),
            float(after),
            self._depth(head) / _MAX_DEPTH,
        ]

    def phrase_row(self, phrase: Phrase) -> list[float]:
        """What a phrase tells by itself: `PHRASE_FEATURES`."""
        row = self._rows.get(phrase.head)
        if row is None:
            row = self._rows[phrase.head] = self._new_phrase_row(phrase)
        return row

    def _new_phrase_row(self, phrase: Phrase) -> list[float]:
        words, head = self._words, phrase.head
        dep, governor = words.dep[head], words.head[head]
        pronoun = _PRONOUN_CLASSES.get(words.lower[head], -1)
        is_pronoun = phrase.kind is MentionKind.PRONOUN
        return [
            float(phrase.kind is MentionKind.NAME),
            float(phrase.kind is MentionKind.NOMINAL),
            *(float(is_pronoun and pronoun == number) for number in range(4)),
            *(float(not is_pronoun and phrase.type is type_) for type_ in TYPES),
            float(dep in SUBJECTS),
            float(dep in _OBJECTS),
            float(dep == "pobj"),
            float(dep == "poss"),
            float(dep == "attr"),
            float(dep == "conj"),
            float(dep in ("compound", "nmod", "amod")),
            float(dep == "appos"),
            *determiner(words, phrase),
            float(phrase.plural is True),
            float(phrase.plural is False),
            self._depth(head) / _MAX_DEPTH,
            float(words.head[governor] == governor),
            self._place(head),
            float(_is_inside_phrase(words, head)),
            float(head in self._quotation_of),
            math.log1p(phrase.end - phrase.first) / 3,
            float(_is_in_main_clause(words, head)),
            float(phrase.hint == "male"),
            float(phrase.hint == "female"),
            float(
                head == 0 or self._paragraphs[head] != self._paragraphs[max(0, phrase.first - 1)]
            ),
        ]

    def _pair_row(
        self, pronoun: Phrase, candidate: Candidate, rank: int, cluster_rank: int, context: Context
    ) -> list[float]:
        words, phrase, cluster = self._words, candidate.phrase, candidate.cluster
        head, other = pronoun.head, phrase.head
        gap = pronoun.sentence - phrase.sentence
        subject, other_subject = words.dep[head] in SUBJECTS, words.dep[other] in SUBJECTS
        quotes, other_quotes = self._quotation_of.get(head), self._quotation_of.get(other)
        gender = cluster.gender or phrase.gender
        hint = phrase.hint if gender is None else None
        last = cluster.members[-1].phrase.head
        recent = sum(
            1 for member in cluster.members[-6:]
            if 0 <= pronoun.sentence - member.phrase.sentence <= 2 and member.phrase.head < head
        )  # fmt: skip
        return [
            float(gap == 0),
            float(gap == 1),
            float(gap == 2),
            float(gap >= 3),
            math.log1p(abs(head - other)) / 4,
            math.log1p(rank) / 3,
            math.log1p(cluster_rank) / 3,
            float(words.dep[head] == words.dep[other]),
            float(words.lower[head] == words.lower[other]),
            float(pronoun.gender is not None and gender == pronoun.gender),
            float(hint is not None and hint == pronoun.gender),
            float(hint is not None and pronoun.gender is not None and hint != pronoun.gender),
            float(cluster.plural is None),
            float(cluster.plural is not None and cluster.plural == pronoun.plural),
            float(cluster.animate is None),
            float(quotes is not None and quotes == other_quotes),
            float(quotes != other_quotes),
            float(_governs(words, other, head)),
            float(words.lemma[words.head[head]] == words.lemma[words.head[other]]),
            float(last == other or last >= head),
            math.log1p(len(cluster.members)) / 3,
            float(cluster.named),
            math.log1p(recent),
            0.0,
            float(id(cluster) in context.speakers),
            float(self._paragraphs[head] != self._paragraphs[other]),
            float(subject and other_subject),
            float(other_subject and words.dep[head] == "poss"),
            float(rank == 0),
            float(self._sentence_starts[phrase.sentence] >= phrase.first - 1),
            float(cluster_rank == 0),
            float(other > head),
        ]


_COUNT = len(PHRASE_FEATURES) + PAIR_FEATURES.index("cluster_first")
_SHARE = PAIR_FEATURES.index("cluster_share")


def _paragraphs(words: Words) -> list[int]:
    numbers, number = [0] * len(words), 0
    for index in range(1, len(words)):
        if (
            "\n" in words.text[words.ends[index - 1] : words.starts[index]]
            or "\n" in words.words[index]
        ):
            number += 1
        numbers[index] = number
    return numbers


def determiner(words: Words, phrase: Phrase) -> list[float]:
    """One of: the, a, demonstrative, possessive, bare."""
    for child in words.children[phrase.head]:
        if child >= phrase.head:
            break
        lower = words.lower[child]
        if words.dep[child] == "det":
            if lower == "the":
                return [1.0, 0.0, 0.0, 0.0, 0.0]
            if lower in ("a", "an"):
                return [0.0, 1.0, 0.0, 0.0, 0.0]
            return [0.0, 0.0, 1.0, 0.0, 0.0]
        if words.dep[child] == "poss":
            return [0.0, 0.0, 0.0, 1.0, 0.0]
    return [0.0, 0.0, 0.0, 0.0, 1.0]


def _is_inside_phrase(words: Words, head: int) -> bool:
    """True if the phrase stands inside another: "the son of X", "X's son"."""
    at = words.head[head]
    if words.dep[at] == "prep":
        at = words.head[at]
    return words.pos[at] in ("NOUN", "PROPN") and at != head


def _is_in_main_clause(words: Words, head: int) -> bool:
    at = head
    for _ in range(_MAX_DEPTH):
        if words.dep[at] in ("ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj"):
            return False
        if words.head[at] == at:
            return True
        at = words.head[at]
    return False


def _governs(words: Words, other: int, head: int) -> bool:
    """True if the phrase is a subject whose verb stands above the pronoun's clause."""
    if words.dep[other] not in SUBJECTS:
        return False
    verb, at = words.head[other], words.head[head]
    for _ in range(_MAX_DEPTH):
        if at == verb:
            return True
        if words.head[at] == at:
            return False
        at = words.head[at]
    return False
