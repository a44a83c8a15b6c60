"""What a claim says, for comparison: stems of its content words, entities, numbers, negation.

Names and pronouns become the entities they mean, so that "he" and "the mayor" can be equal.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from sys import intern
from typing import NamedTuple

from kg.model import Annotation, Article, Claim, Span, Statement
from kg.vocabulary import EntityType, Polarity, Stance, StatementKind

_WORD = re.compile(r"\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "ly", "s", "e")
_MIN_STEM_CHARS = 4


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIONS = _set("no not never none nobody nothing neither nor without cannot n't")
_FUNCTION_WORDS = _set(
    """
    a an the this that these those there here it its he she they them his her their him i me my we
    our us you your who whom whose which what when where why how is are was were be been being am
    has have had having do does did done doing will would shall should can could may might must of
    in on at to for from by with about as into over under after before between against during and
    or but if than then so because while until although though also very just only even still yet
    any some all both each every other another such own same more most much many few less one two
    again once now ever already up down out off says said say told that's
    """
)
_SAYING = _set(
    "say says said saying tell tells told claim claims claimed deny denies denied write writes "
    "wrote allege alleges alleged announce announced confirm confirmed promise promised warn warned"
)
_NUMBERS = _set(
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty "
    "thirty forty fifty hundred thousand million billion"
)


class Proposition(NamedTuple):
    """One claim of a statement that asserts or denies, ready to be compared.

    Of plain values alone, so that a hundred thousand articles of them can wait on disk.
    """

    claim: str
    """Its id, and those of its statement and article."""
    statement: str
    article: str
    spans: tuple[tuple[int, int], ...]
    is_denied: bool
    """The stance of the speaker; `is_negative` is the polarity as worded."""
    is_negative: bool
    is_polar: bool
    """False where it is open whether the claim affirms or negates."""
    is_future: bool
    reports: bool
    """True if it says that somebody said something: the negation may be of the saying."""
    stems: tuple[str, ...]
    """Content words without their endings, negations left out; sorted, none twice."""
    entities: frozenset[str]
    """Entity ids mentioned inside."""
    people: frozenset[str]
    """Those of them that are people."""
    numbers: frozenset[str]
    words: tuple[str, ...]
    """All words in order, in lower case, negations left out."""

    @property
    def keys(self) -> frozenset[str]:
        """What two propositions can share."""
        return self.entities.union(self.stems, self.numbers)


def propositions_of(
    article: Article, annotation: Annotation, entity_of: Mapping[str, str]
) -> Iterator[Proposition]:
    """The claims of an article that can agree or disagree with others, in text order.

    `entity_of`: chain id to entity id; a chain without an entity stands for itself.
    """
    statements = {statement.id: statement for statement in annotation.statements}
    reporting = {statement.parent for statement in annotation.statements}
    people = {
        entity_of.get(chain.id, chain.id)
        for chain in annotation.chains
        if chain.type is EntityType.PERSON
    }
    meanings = [(m.span, entity_of.get(m.chain, m.chain)) for m in annotation.mentions]
    meanings.sort(key=lambda item: (item[0].start, -item[0].end))
    for claim in annotation.claims:
        statement = statements.get(claim.statement)
        if statement is not None and _can_disagree(statement):
            tokens = list(_tokens(article.text, claim.spans, meanings))
            made = _proposition(claim, statement, tokens, people)
            # "an inquiry found that there is no X" is about the finding, and not its negation.
            yield made._replace(reports=True) if statement.id in reporting else made


def _can_disagree(statement: Statement) -> bool:
    return statement.kind is StatementKind.SPEECH and statement.stance in (
        Stance.ASSERTS,
        Stance.DENIES,
    )


def _tokens(
    text: str, spans: Iterable[Span], meanings: Sequence[tuple[Span, str]]
) -> Iterator[str]:
    """Words in lower case, and `@` with an entity id in the place of a mention."""
    for span in spans:
        start = span.start
        first = bisect_left(meanings, span.start, key=lambda item: item[0].start)
        for mention, entity in meanings[first:]:
            if mention.start >= span.end:
                break
            if mention.start >= start and mention.end <= span.end:
                yield from _words(text[start : mention.start])
                yield f"@{entity}"
                start = mention.end
        yield from _words(text[start : span.end])


def _words(text: str) -> Iterator[str]:
    return (match.group().casefold().replace("’", "'") for match in _WORD.finditer(text))


def _proposition(
    claim: Claim, statement: Statement, tokens: Sequence[str], people: Set[str]
) -> Proposition:
    words = [intern(word) for word in tokens if not _negates(word)]
    entities = frozenset(intern(word[1:]) for word in words if word.startswith("@"))
    numbers = frozenset(w for w in words if w[0].isdigit() or w in _NUMBERS)
    stems = {
        intern(stem(word))
        for word in words
        if word[0].isalpha() and word not in _FUNCTION_WORDS and word not in _NUMBERS
    }
    return Proposition(
        claim.id,
        statement.id,
        claim.article,
        tuple((span.start, span.end) for span in claim.spans),
        is_denied=statement.stance is Stance.DENIES,
        is_negative=claim.polarity is Polarity.NEGATIVE,
        is_polar=claim.polarity in (Polarity.POSITIVE, Polarity.NEGATIVE),
        is_future=claim.tense == "future",
        reports=not _SAYING.isdisjoint(words),
        stems=tuple(sorted(stems)),
        entities=entities,
        people=entities & people,
        numbers=numbers,
        words=tuple(words),
    )


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def stem(word: str) -> str:
    """A word without its commonest endings (`denied` and `denies` are `den`), crude as it is."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM_CHARS - 1:
            return word[: -len(ending)]
    return word
