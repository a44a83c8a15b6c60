"""The phrases that statements need a chain for: sources, addressees, letters and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.chains.lexicon import PERSON_ENDINGS, RELATIVES
from kg.annotate.chains.phrases import Phrase, is_plural, is_second, nominal_phrase, pronoun_phrase
from kg.annotate.chains.words import Words
from kg.annotate.draft import Attribution
from kg.model import Span
from kg.vocabulary import EntityType, MentionKind, QuoteType

_ONE_PERSON = frozenset({"who", "someone", "somebody", "one", "anyone", "nobody", "another"})


@dataclass(frozen=True, slots=True)
class Quotations:
    """Which statements quote a token."""

    quoting: dict[int, tuple[int, ...]]
    """Token to indices of the attributions that quote it, the innermost first."""

    def of(self, token: int) -> tuple[int, ...]:
        """Indices of the attributions whose quotations hold the token, the innermost first."""
        return self.quoting.get(token, ())


def quotations(words: Words, attributions: Sequence[Attribution]) -> Quotations:
    """The quotations of the attributions by token."""
    widest_first = sorted(
        (
            (quote.start - quote.end, number, quote)
            for number, attribution in enumerate(attributions)
            for quote in _quotes(attribution)
        ),
        key=lambda entry: entry[:2],
    )
    found: dict[int, tuple[int, ...]] = {}
    for _, number, quote in widest_first:
        for token in range(*words.range_of(quote)):
            found[token] = (number, *found.get(token, ()))
    return Quotations(found)


def _quotes(attribution: Attribution) -> tuple[Span, ...]:
    is_direct = attribution.quote_type is QuoteType.DIRECT  # a turn of an interview has no marks
    return attribution.content if is_direct else attribution.quotes


def needed_spans(attributions: Sequence[Attribution]) -> Iterator[Span]:
    """Every phrase of the attributions that must have a chain, none twice."""
    seen: set[Span] = set()
    for attribution in attributions:
        for span in (
            attribution.source,
            attribution.addressee,
            attribution.on_behalf_of,
            attribution.work,
            attribution.evidence,
        ):
            if span is not None and span not in seen:
                seen.add(span)
                yield span


def source_heads(words: Words, attributions: Sequence[Attribution]) -> set[int]:
    """Head tokens of the source phrases."""
    sources = (attribution.source for attribution in attributions)
    return {needed_head(words, span) for span in sources if span is not None}


def needed_heads(words: Words, attributions: Sequence[Attribution]) -> set[int]:
    """Head tokens of all phrases that must have a chain."""
    return {needed_head(words, span) for span in needed_spans(attributions)}


def needed_head(words: Words, span: Span) -> int:
    """The token that a chain is known by: the head, or the "and" of two who speak together."""
    first, end = words.range_of(span)
    head = words.head_of(first, end)
    joined = _conjunction(words, head, first, end)
    return head if joined is None else joined


def _conjunction(words: Words, head: int, first: int, end: int) -> int | None:
    """The "and" between two different things in a phrase, or None."""
    inside = [child for child in words.children[head] if first <= child < end]
    joined = [child for child in inside if words.dep[child] == "cc" and words.lower[child] == "and"]
    seconds = [child for child in inside if words.dep[child] == "conj" and is_second(words, child)]
    return joined[0] if joined and seconds and is_second(words, head) else None


def source_phrase(words: Words, span: Span) -> Phrase:
    """A phrase that a statement needs, as a noun phrase of the type its head tells."""
    head = needed_head(words, span)
    if words.dep[head] == "cc":
        return _both(words, head, span)
    pronoun = pronoun_phrase(words, head)
    if pronoun is not None:
        return pronoun
    phrase = nominal_phrase(words, head)
    return _retyped(words, phrase) if phrase.type is EntityType.OTHER else phrase


def _both(words: Words, head: int, span: Span) -> Phrase:
    first, end = words.range_of(span)
    return Phrase(
        span=words.span(first, end),
        first=first,
        end=end,
        head=head,
        kind=MentionKind.NOMINAL,
        type=EntityType.GROUP,
        sentence=words.sentence[head],
        plural=True,
        animate=True,
    )


def _retyped(words: Words, phrase: Phrase) -> Phrase:
    """Who speaks is somebody: a group if plural, a person by the ending, else a work."""
    lemma, pos = words.lemma[phrase.head], words.pos[phrase.head]
    if is_plural(words, phrase.head) or phrase.plural:
        kind = EntityType.GROUP
    elif pos == "PROPN" or lemma.endswith(PERSON_ENDINGS):
        kind = EntityType.PERSON
    elif pos == "NOUN":
        kind = EntityType.WORK
    else:
        kind = EntityType.PERSON if words.lower[phrase.head] in _ONE_PERSON else EntityType.GROUP
    is_relative = words.lower[phrase.head] in RELATIVES
    return Phrase(
        span=phrase.span,
        first=phrase.first,
        end=phrase.end,
        head=phrase.head,
        kind=MentionKind.PRONOUN if is_relative else phrase.kind,
        type=kind,
        sentence=phrase.sentence,
        plural=phrase.plural,
        gender=phrase.gender,
        animate=True if kind in (EntityType.PERSON, EntityType.GROUP) else phrase.animate,
    )
