"""Noun phrases that mean something mentioned before: "the report ... the report", "the company".

Candidates come from indexes by noun and by type, so the time does not grow with the article; the
trained weights decide between them and "something new".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from kg.annotate.chains.features import (
    PHRASE_FEATURES,
    SUBJECTS,
    TYPES,
    Candidate,
    FeatureReader,
    determiner,
)
from kg.annotate.chains.lexicon import COUNTRY_HEADS, DETERMINERS
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.vocabulary import EntityType, MentionKind

_SAME_NOUN = 4
_SAME_TYPE = 6
_MAX_GAP_SENTENCES = 5
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod"})
_IGNORED = frozenset({"former", "late", "current", "same", "new", "own", "whole", "entire"})

NOUN_FEATURES = (
    "n_the", "n_a", "n_demonstrative", "n_owned", "n_bare", "n_plural", "n_subject",
    "n_preposition", "n_person", "n_organisation", "n_place", "n_group", "n_work", "n_other",
    "n_modifiers", "n_clause", "n_of", "n_length", "n_inside", "n_quoted", "n_same_noun_before",
    "n_any",
)  # fmt: skip
TIE_FEATURES = (
    "same_noun", "same_form", "same_words", "in_name", "ends_name", "in_title", "country",
    "modifiers_fit", "modifiers_new", "modifiers_clash", "same_owner", "other_owner", "same_of",
    "number_differs", "same_type", "gender_differs", "sentences", "tokens", "rank_noun",
    "rank_type", "cluster_size", "cluster_named", "last_of_cluster", "both_bare", "the_after_a",
    "same_quotation", "one_sentence", "definite_typed",
)  # fmt: skip
DESCRIPTION_FEATURES = ("none", *NOUN_FEATURES, *PHRASE_FEATURES, *TIE_FEATURES)


class Descriptions:
    """What was mentioned so far, found by noun and by type, with features of the pairs."""

    def __init__(self, words: Words, reader: FeatureReader) -> None:
        self._words = words
        self._reader = reader
        self._by_noun: dict[str, list[Candidate]] = defaultdict(list)
        self._by_type: dict[EntityType, list[Candidate]] = defaultdict(list)
        self._modifier_sets: dict[int, frozenset[str]] = {}

    def see(self, candidate: Candidate) -> None:
        """Make a phrase findable for those that follow."""
        phrase = candidate.phrase
        if phrase.kind is MentionKind.PRONOUN:
            return
        if phrase.kind is MentionKind.NOMINAL:
            self._by_noun[self._words.lemma[phrase.head]].append(candidate)
        else:
            known = {*self._words.lower[phrase.first : phrase.end], *phrase.titles}
            for word in sorted(known):
                self._by_noun[word].append(candidate)
        if candidate.cluster.named:
            self._by_type[candidate.cluster.type].append(candidate)

    def candidates(self, phrase: Phrase) -> list[Candidate]:
        """Phrases that it may repeat or describe, one a cluster and index, the last first."""
        lemma = self._words.lemma[phrase.head]
        found = _last(self._by_noun.get(lemma, ()), _SAME_NOUN)
        if self._words.lower[phrase.head] != lemma:
            found += _last(self._by_noun.get(self._words.lower[phrase.head], ()), 2)
        if determiner(self._words, phrase)[0] or determiner(self._words, phrase)[2]:
            near = [
                candidate
                for candidate in _last(self._by_type.get(phrase.type, ()), _SAME_TYPE)
                if phrase.sentence - candidate.phrase.sentence <= _MAX_GAP_SENTENCES
            ]
            found += near
        unique = {candidate.phrase.head: candidate for candidate in found}
        return [
            candidate
            for candidate in unique.values()
            if not _overlap(candidate.phrase, phrase) and candidate.phrase.head < phrase.head
        ]

    def named_by(self, phrase: Phrase, candidates: Sequence[Candidate]) -> Candidate | None:
        """The named candidate whose name or title has the noun: "the embassy", "the minister".

        The words before the noun must not add anything: "the Israeli embassy" is not the Russian
        one. None for plurals and for phrases without "the" or "this".
        """
        shape = determiner(self._words, phrase)
        if phrase.plural or not (shape[0] or shape[2]) or _of(self._words, phrase.head):
            return None
        noun, words = self._words.lemma[phrase.head], self._words.lower
        for candidate in candidates:
            other = candidate.phrase
            if other.kind is MentionKind.NAME:
                known = {*words[other.first : other.end], *other.titles}
                if noun in known and self._modifiers(phrase) <= known:
                    return candidate
        return None

    def rows(self, phrase: Phrase, candidates: Sequence[Candidate]) -> list[list[float]]:
        """One row a candidate, and last the row of "something new"."""
        about = self._noun_row(phrase, candidates)
        rows = []
        for rank, candidate in enumerate(candidates):
            pair = self._tie_row(phrase, candidate, rank)
            rows.append([0.0, *about, *self._reader.phrase_row(candidate.phrase), *pair])
        blank = [0.0] * (len(PHRASE_FEATURES) + len(TIE_FEATURES))
        rows.append([1.0, *about, *blank])
        return rows

    def _noun_row(self, phrase: Phrase, candidates: Sequence[Candidate]) -> list[float]:
        words, head = self._words, phrase.head
        lemma = words.lemma[head]
        deps = [words.dep[child] for child in words.children[head] if child > head]
        return [
            *determiner(words, phrase),
            float(phrase.plural is True),
            float(words.dep[head] in SUBJECTS),
            float(words.dep[head] == "pobj"),
            *(float(phrase.type is type_) for type_ in TYPES),
            len(self._modifiers(phrase)) / 3,
            float("relcl" in deps or "acl" in deps),
            float("prep" in deps),
            math.log1p(phrase.end - phrase.first) / 3,
            float(words.dep[words.head[head]] == "prep" and words.dep[head] == "pobj"),
            float(self._reader.is_quoted(head)),
            float(lemma in self._by_noun),
            math.log1p(len(candidates)) / 2,
        ]

    def _tie_row(self, phrase: Phrase, candidate: Candidate, rank: int) -> list[float]:
        words, other, cluster = self._words, candidate.phrase, candidate.cluster
        head, noun = phrase.head, words.lemma[phrase.head]
        is_name = other.kind is MentionKind.NAME
        inside = words.lower[other.first : other.end]
        same_noun = not is_name and words.lemma[other.head] == noun
        mine, theirs = self._modifiers(phrase), self._modifiers(other)
        if is_name:
            theirs = frozenset(inside)
        owner, other_owner = _owner(words, head), _owner(words, other.head)
        shape, other_shape = determiner(words, phrase), determiner(words, other)
        definite = shape[0] or shape[2]
        return [
            float(same_noun),
            float(words.lower[other.head] == words.lower[head]),
            float(_bare_words(words, phrase) == _bare_words(words, other)),
            float(is_name and noun in inside),
            float(is_name and inside[-1] == noun),
            float(is_name and noun in other.titles),
            float(_is_country(candidate) and noun in COUNTRY_HEADS),
            float(mine <= theirs),
            float(bool(mine - theirs)),
            float(bool(mine) and bool(theirs) and not mine & theirs),
            float(owner is not None and owner == other_owner),
            float(owner is not None and other_owner is not None and owner != other_owner),
            float(_of(words, head) is not None and _of(words, head) == _of(words, other.head)),
            float(phrase.plural is not None and other.plural is (not phrase.plural)),
            float(phrase.type is cluster.type),
            float(bool(phrase.gender and cluster.gender and phrase.gender != cluster.gender)),
            math.log1p(max(0, phrase.sentence - other.sentence)) / 3,
            math.log1p(head - other.head) / 6,
            math.log1p(rank) / 2,
            float(rank == 0),
            math.log1p(len(cluster.members)) / 3,
            float(cluster.named),
            float(cluster.members[-1].phrase.head == other.head),
            float(bool(shape[4] and other_shape[4])),
            float(bool(shape[0] and other_shape[1])),
            float(self._reader.is_quoted(head) == self._reader.is_quoted(other.head)),
            float(phrase.sentence == other.sentence),
            float(bool(definite) and phrase.type is cluster.type and not same_noun),
        ]

    def _modifiers(self, phrase: Phrase) -> frozenset[str]:
        found = self._modifier_sets.get(phrase.head)
        if found is None:
            words = self._words
            found = frozenset(
                words.lemma[child]
                for child in words.children[phrase.head]
                if words.dep[child] in _MODIFIERS and words.lower[child] not in _IGNORED
            )
            self._modifier_sets[phrase.head] = found
        return found


def rule_of(words: Words, phrase: Phrase, antecedent: Phrase) -> str:
    """What ties the two, for `kg explain`: `same-noun`, `head-noun` or `description`."""
    if words.lemma[phrase.head] == words.lemma[antecedent.head]:
        return "same-noun"
    known = {*words.lower[antecedent.first : antecedent.end], *antecedent.titles}
    return "head-noun" if words.lemma[phrase.head] in known else "description"


def _last(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """The last mention of each cluster, at most `count` of them, the last first."""
    found: dict[int, Candidate] = {}
    for candidate in reversed(candidates[-8 * count :]):
        found.setdefault(id(candidate.cluster), candidate)
        if len(found) == count:
            break
    return list(found.values())


def _overlap(left: Phrase, right: Phrase) -> bool:
    return left.first < right.end and right.first < left.end


def _bare_words(words: Words, phrase: Phrase) -> list[str]:
    first = phrase.first
    if words.lower[first] in DETERMINERS and first + 1 < phrase.end:
        first += 1
    return words.lower[first : phrase.end]


def _owner(words: Words, head: int) -> str | None:
    for child in words.children[head]:
        if words.dep[child] == "poss":
            return words.lower[child]
    return None


def _of(words: Words, head: int) -> str | None:
    for child in words.children[head]:
        if words.dep[child] == "prep":
            for inner in words.children[child]:
                return words.lemma[inner]
    return None


def _is_country(candidate: Candidate) -> bool:
    name = candidate.phrase.name
    return name is not None and name.type is EntityType.PLACE and name.subtype == "Country"
