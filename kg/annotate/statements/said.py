"""When a statement was made: the words of time that belong to the act of saying, as days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kg.annotate.statements.frames import Frame
from kg.annotate.statements.periods import period_of
from kg.annotate.statements.wordlists import words
from kg.model import SaidDate, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_TIME_WORDS = words(
    "today tonight yesterday earlier ago monday tuesday wednesday thursday friday saturday "
    "sunday week weekend month year morning afternoon evening night day days weeks months years "
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec mon. tue wed thu fri jan. feb. mar. apr. jun. "
    "jul. aug. sep. sept. oct. nov. dec. before previously"
)
_SINCE = words("since until till by before after ahead despite for from through between within")
_PUBLISHING = words(
    "publish release issue post send air broadcast date write file print make give hold deliver "
    "seek obtain conduct record submit sign circulate"
)
_SPEAKING = words("speak talk write testify appear")
_MODIFIERS = frozenset(("compound", "nummod", "amod", "poss", "nmod"))
_OCCASIONS = words(
    "letter memo email report story article tweet post note poll survey debate conference "
    "meeting speech rally hearing forum briefing interview session summit statement press "
    "address broadcast edition trial event vote ceremony announcement remarks comments"
)
_BEFORE_TIMES = words("on in at late early last this back the two three four five six")
_MONTHS = words("jan feb mar apr may jun jul aug sep oct nov dec")
_MAX_WORDS = 6


def find_said(frame: Frame, published: date | None, *, silent: bool = False) -> SaidDate | None:
    """The days of saying, with the words of time; None where none is worded or it is unclear.

    Where nothing was said (`silent`) the words may stand in what counts as content.
    """
    head = frame.head
    if head is None:
        return None
    future = any(child.lower_ in ("will", "'ll", "’ll", "shall") for child in head.lefts)
    outside = set() if silent else set(frame.content)
    for token in _candidates(head, outside):
        if not (_follows(token, head) or _belongs(token, head)):
            continue
        found = _read(frame, token, published, outside, future=future)
        if found is not None:
            return found
    return None


def _candidates(head: Token, outside: set[int]) -> Iterator[Token]:
    """The words of time of the sentence that are not in the content; nearest to the cue first."""
    sentence = head.sent
    words = [
        token
        for token in sentence
        if token.i not in outside
        and (token.lower_ in _TIME_WORDS or _is_year(token))
        and token.ent_type_ not in ("PERSON", "ORG")  # Theresa May, USA Today
        and not (token.lower_ == "may" and token.pos_ == "AUX")
    ]
    return iter(sorted(words, key=lambda token: (abs(token.i - head.i), token.i)))


def _is_year(token: Token) -> bool:
    return len(token) == 4 and token.is_digit and token.text[:2] in ("19", "20")


def _is_month_or_year(token: Token) -> bool:
    return (
        _is_year(token) or token.lower_[:3] in _MONTHS or token.lower_ in ("early", "late", "mid")
    )


def _follows(token: Token, head: Token) -> bool:
    """True for "said late last night", wherever the parser hangs the night."""
    between = token.doc[head.i + 1 : token.i + 1]
    return 0 < len(between) <= _MAX_WORDS and all(
        word.lower_ in _TIME_WORDS | _BEFORE_TIMES or word.is_digit for word in between
    )


def _belongs(token: Token, head: Token) -> bool:
    """True if the path up from the word of time meets the cue before another verb."""
    if token.dep_ in _MODIFIERS and _is_other_time(token):
        return False
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.i == head.i:
            return True
        if current.pos_ in ("VERB", "AUX") and not _carries(current, head):
            return token.i < current.i and _leads_to(current, head)
        if current.lower_ in _SINCE and current.dep_ in ("prep", "advmod", "pcomp"):
            return False
    return False


def _is_other_time(token: Token) -> bool:
    """True for "his 1995 tax return shows", not for "at Monday's debate she said"."""
    noun = token.head
    named = noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and _is_year(token))
    return named and noun.lower_ not in _OCCASIONS | _TIME_WORDS


def _carries(verb: Token, head: Token) -> bool:
    """True for "in a letter published on Thursday", "speaking on Thursday, he said"."""
    if verb.dep_ == "advcl" and verb.head.i == head.i and verb.lemma_ in _SPEAKING:
        return verb.tag_ == "VBG"
    return verb.dep_ in ("acl", "relcl") and verb.lemma_ in _PUBLISHING


def _leads_to(verb: Token, head: Token) -> bool:
    """True for the first verb of "On Friday he bowed to pressure and agreed to investigate"."""
    current = head
    while current.dep_ == "conj" and current.head.i != current.i:
        current = current.head
        if current.i == verb.i:
            return True
    return False


def _read(
    frame: Frame, token: Token, published: date | None, outside: set[int], *, future: bool
) -> SaidDate | None:
    """The longest run of words around this one that the grammar of periods knows."""
    doc = frame.doc
    first, last = token.i, token.i + 1
    low = max(token.sent.start, token.i - _MAX_WORDS)
    high = min(token.sent.end, token.i + _MAX_WORDS)
    while first > low and first - 1 not in outside and not doc[first - 1].is_space:
        first -= 1
    while last < high and last not in outside and not doc[last].is_space:
        last += 1
    runs = sorted(
        ((a, b) for a in range(first, token.i + 1) for b in range(token.i + 1, last + 1)),
        key=lambda run: (run[0] - run[1], run[0]),
    )
    for a, b in runs:
        if b - a > _MAX_WORDS or doc[a].is_punct or doc[b - 1].is_punct:
            continue
        if doc[a].lower_ in ("on", "at", "over", "during", "late", "early", "back"):
            continue
        if doc[a].lower_ == "in" and not _is_month_or_year(doc[a + 1]):
            continue
        wording = frame.text[doc[a].idx : doc[b - 1].idx + len(doc[b - 1])]
        period = period_of(wording, published, future=future)
        if period is not None:
            if a > 0 and doc[a - 1].lower_ in _SINCE:
                return None
            span = Span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text.rstrip(",")))
            return SaidDate(period.earliest, period.latest, span)
    return None
