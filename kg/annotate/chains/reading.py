"""One pass over the article, in text order, that puts every phrase into a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.annotate.chains.choosing import DESCRIPTIONS, Scorer, choose
from kg.annotate.chains.clusters import Cluster, cluster_of
from kg.annotate.chains.descriptions import Descriptions, rule_of
from kg.annotate.chains.features import SUBJECTS, Candidate, Context, FeatureReader
from kg.annotate.chains.lexicon import PLURAL_TAGS, TYPE_OF_HEAD
from kg.annotate.chains.nominals import Antecedent, by_relative_pronoun, by_structure
from kg.annotate.chains.phrases import Phrase, nominal_phrases, pronoun_phrases
from kg.annotate.chains.pronouns import PronounResolver
from kg.annotate.chains.sources import (
    Quotations,
    needed_head,
    needed_heads,
    needed_spans,
    quotations,
    source_heads,
    source_phrase,
)
from kg.annotate.chains.words import Words
from kg.annotate.draft import Attribution
from kg.vocabulary import EntityType, MentionKind

_MIN_ODDS = 1.0
"""A noun phrase joins a cluster that is at least as likely as something new."""


class Reading:
    """The clusters of one article while it is read from its start to its end."""

    def __init__(
        self,
        words: Words,
        names: Sequence[Cluster],
        attributions: Sequence[Attribution],
        scorer: Scorer,
    ) -> None:
        self.words = words
        self.clusters: list[Cluster] = list(names)
        self.by_head: dict[int, Cluster] = {}
        self._attributions = attributions
        self._taken = [False] * len(words)
        self._spoken: list[Candidate] = []
        self._by_last_word: dict[str, list[Cluster]] = {}
        self._first_persons: list[Phrase] = []
        self._speakers: set[int] = set()
        self._quotations: Quotations = quotations(words, attributions)
        reader = FeatureReader(words, self._quotations.quoting)
        self._scorer = scorer
        self._descriptions = Descriptions(words, reader)
        self._pronouns = PronounResolver(words, reader, scorer)
        self._source_heads = source_heads(words, attributions)
        self._needed_heads = needed_heads(words, attributions)
        for cluster in names:
            self._take_name(cluster)

    def _take_name(self, cluster: Cluster) -> None:
        lasts = {self.words.lower[member.phrase.end - 1] for member in cluster.members}
        for last in sorted(lasts):
            self._by_last_word.setdefault(last, []).append(cluster)
        for member in cluster.members:
            self.by_head[member.phrase.head] = cluster
            for index in range(member.phrase.first, member.phrase.end):
                self._taken[index] = True

    def read(self) -> list[Cluster]:
        """Place every phrase; the clusters that are worth a chain, in no promised order."""
        for phrase in self._phrases():
            if phrase.kind is MentionKind.NAME:
                self._see(phrase, self.by_head[phrase.head])
            elif phrase.form is None:
                self._place_nominal(phrase)
            else:
                self._place_pronoun(phrase)
        self._place_first_persons()
        self._type_speakers()
        return [cluster for cluster in self.clusters if _is_kept(cluster)]

    def _phrases(self) -> list[Phrase]:
        words = self.words
        names = [member.phrase for cluster in self.clusters for member in cluster.members]
        found: dict[int, Phrase] = {phrase.head: phrase for phrase in names}
        for phrase in pronoun_phrases(words):
            found.setdefault(phrase.head, phrase)
        for span in needed_spans(self._attributions):
            phrase = source_phrase(words, span)
            if phrase.head not in found and not self._taken[phrase.head]:
                found[phrase.head] = phrase
        for phrase in nominal_phrases(words, self._taken):
            found.setdefault(phrase.head, phrase)
        return sorted(found.values(), key=lambda phrase: (phrase.span.start, -phrase.span.end))

    def _see(self, phrase: Phrase, cluster: Cluster) -> None:
        self.by_head[phrase.head] = cluster
        candidate = Candidate(phrase, cluster)
        self._spoken.append(candidate)
        self._descriptions.see(candidate)
        cluster.kept = cluster.kept or phrase.head in self._needed_heads
        if phrase.head in self._source_heads:
            self._speakers.add(id(cluster))

    def _place_nominal(self, phrase: Phrase) -> None:
        found = by_structure(self.words, phrase, self.by_head)
        found = found or by_relative_pronoun(self.words, phrase, self.by_head)
        found = found or self._name_inside(phrase)
        found = found or self._described(phrase)
        if found is None:
            cluster = cluster_of(phrase, "nominal")
            self.clusters.append(cluster)
        else:
            cluster = found.cluster
            cluster.add(phrase, found.rule, found.confidence)
        self._see(phrase, cluster)

    def _name_inside(self, phrase: Phrase) -> Antecedent | None:
        """ "the Haaretz newspaper" means what the name in it means."""
        for child in self.words.children[phrase.head]:
            cluster = self.by_head.get(child)
            if cluster is None or self.words.dep[child] not in ("compound", "nmod", "amod"):
                continue
            if (
                cluster.type is phrase.type is not EntityType.OTHER
                and not phrase.plural
                and cluster.named
            ):
                return Antecedent(cluster, "name-in-phrase", 0.85)
        return None

    def _named_elsewhere(self, phrase: Phrase) -> Antecedent | None:
        """The one name of the article that ends with the word: the tagger missed it here."""
        ending = self._by_last_word.get(self.words.lower[phrase.head], [])
        if len(ending) != 1 or phrase.plural or not self._may_be_given(phrase, ending[0]):
            return None
        return Antecedent(ending[0], "name-repeated", 0.8)

    def _may_be_given(self, phrase: Phrase, cluster: Cluster) -> bool:
        """False if another given name stands before the word: "Jane Hale" is not John Hale."""
        words, before = self.words, phrase.head - 1
        names = [member.phrase for member in cluster.members if member.phrase.name is not None]
        known = {word for name in names for word in words.lower[name.first : name.end]}
        if before < phrase.first or words.pos[before] != "PROPN" or len(known) == 1:
            return True
        return words.lower[before] in known or words.lower[before] in TYPE_OF_HEAD

    def _described(self, phrase: Phrase) -> Antecedent | None:
        """What "the report" or "the company" repeats or describes."""
        if self.words.pos[phrase.head] == "PROPN":
            return self._named_elsewhere(phrase)
        candidates = self._descriptions.candidates(phrase)
        if not candidates:
            return None
        named = self._descriptions.named_by(phrase, candidates)
        if named is not None:
            return Antecedent(named.cluster, "head-noun", 0.8)
        rows = self._descriptions.rows(phrase, candidates)
        scores = self._scorer(DESCRIPTIONS, phrase, candidates, rows)
        chosen = choose(candidates, scores, _MIN_ODDS)
        if chosen is None:
            return None
        candidate, share = chosen
        return Antecedent(candidate.cluster, rule_of(self.words, phrase, candidate.phrase), share)

    def _place_pronoun(self, phrase: Phrase) -> None:
        form = phrase.form
        if form is not None and form.person == 1:
            self._first_persons.append(phrase)
            return
        if form is not None and form.person == 2:
            if phrase.head in self._needed_heads:
                self._place_alone(phrase)
            return
        quoting = (self._speaker(number) for number in self._quotations.of(phrase.head))
        barred = frozenset(id(speaker) for speaker in quoting if speaker is not None)
        is_needed = phrase.head in self._needed_heads
        context = Context(barred, frozenset(self._speakers if is_needed else ()))
        candidates = chain(self._subjects_after(phrase), reversed(self._spoken))
        found = self._pronouns.best(phrase, candidates, context)
        if found is not None:
            found.cluster.add(phrase, found.rule, found.confidence)
            self._see(phrase, found.cluster)
        elif is_needed:
            self._place_alone(phrase)

    def _subjects_after(self, pronoun: Phrase) -> Iterator[Candidate]:
        """Names that follow as the subject of a clause above: "after his defeat, Hale left"."""
        words = self.words
        for verb in words.above(pronoun.head):
            for child in words.children[verb]:
                cluster = self.by_head.get(child)
                if child > pronoun.head and cluster is not None and words.dep[child] in SUBJECTS:
                    named = (m.phrase for m in cluster.members if m.phrase.head == child)
                    yield from (Candidate(name, cluster) for name in named)

    def _type_speakers(self) -> None:
        """Who speaks is somebody: what no list of nouns knows is a group or a work."""
        for cluster in self.clusters:
            if cluster.type is EntityType.OTHER and id(cluster) in self._speakers:
                head = cluster.members[0].phrase.head
                if cluster.plural or self.words.tag[head] in PLURAL_TAGS:
                    cluster.type = EntityType.GROUP
                elif not cluster.named:
                    alone = cluster.members[0].phrase.kind is MentionKind.PRONOUN
                    cluster.type = EntityType.ORGANISATION if alone else EntityType.WORK

    def _place_alone(self, phrase: Phrase) -> None:
        cluster = cluster_of(phrase, "pronoun-unresolved", 0.5)
        self.clusters.append(cluster)
        self._see(phrase, cluster)

    def _speaker(self, number: int) -> Cluster | None:
        source = self._attributions[number].source
        if source is None:
            return None
        return self.by_head.get(needed_head(self.words, source))

    def _place_first_persons(self) -> None:
        """ "I" and "we" in a quotation mean its speaker; outside, each word is one chain."""
        outside: dict[bool, Cluster] = {}
        for phrase in self._first_persons:
            quoting = self._quotations.of(phrase.head)
            speakers = [self._speaker(number) for number in quoting]
            speaker = next((cluster for cluster in speakers if cluster is not None), None)
            if speaker is not None:
                speaker.add(phrase, "first-person-in-quotation", 0.9)
                self._see(phrase, speaker)
            elif not quoting:
                plural = bool(phrase.plural)
                if plural not in outside:
                    outside[plural] = Cluster(type=phrase.type)
                    self.clusters.append(outside[plural])
                outside[plural].add(phrase, "first-person", 0.6)
                self._see(phrase, outside[plural])
            elif phrase.head in self._needed_heads:
                self._place_alone(phrase)


def _is_kept(cluster: Cluster) -> bool:
    return cluster.kept or cluster.named or len(cluster.members) > 1
