"""Statements inside statements: which of them to keep, and how sure to be of them.

Annotators of news mark what the article attributes, and few of the statements inside those. The
record of a cue therefore says little about second-hand statements: they are kept where somebody
else's speech is reported in so many words, and their score is capped.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.draft import Candidate
from kg.annotate.statements.rules_passives import ACCUSED, TOLD
from kg.annotate.statements.rules_quotations import Layout

MIN_OUTER = 0.34
"""A candidate below this score holds no other."""
MIN_INSIDE = 0.4
MIN_QUOTED = 0.8
"""What a second-hand statement needs outside and inside quotation marks."""
MAX_SCORE = 0.75
DOUBT = 0.3
"""Factor for the score of an inside statement that is not somebody else's speech."""

_CLAUSES = frozenset(
    ("that", "wh", "bare", "after", "inside", "quote", "gerund", "object", "to", "object-to")
)
_RULES = _CLAUSES | {"named", "according", "silence", ACCUSED, TOLD}
_RELAYED_WORDS = """
say tell claim deny reject promise demand announce report warn admit confirm ask write accuse
allege argue insist refuse decline quote state acknowledge add suggest testify declare vow
pledge threaten believe according find assure agree doubt dispute urge order call refute know
"""
_RELAYED = frozenset(_RELAYED_WORDS.split())
_OWN_VOICE = frozenset(("i", "we", "you", "it", "this", "that", "which"))


def weigh_second_hand(layout: Layout, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in their order, with the scores of those inside others set anew."""
    owner = array("l", [-1]) * len(layout.text)
    weighed: dict[int, Candidate] = {}
    order = sorted(range(len(candidates)), key=lambda i: (-_size(candidates[i]), i))
    for i in order:
        one = candidates[i]
        holder = owner[one.cue[0].start] if one.cue else -1
        if holder >= 0 and not _holds_cue_of(one, weighed[holder]):
            one = _inside(layout, one)
        weighed[i] = one
        if one.score >= MIN_OUTER:
            for span in one.content:
                owner[span.start : span.end] = array("l", [i]) * (span.end - span.start)
    return [weighed[i] for i in range(len(candidates))]


def _size(candidate: Candidate) -> int:
    return sum(span.end - span.start for span in candidate.content)


def _holds_cue_of(inner: Candidate, outer: Candidate) -> bool:
    """True if the supposed inner one has the outer's cue in its content: then it is not inside."""
    return any(span.overlaps(cue) for span in inner.content for cue in outer.cue)


def _inside(layout: Layout, one: Candidate) -> Candidate:
    quoted = one.cue_head is not None and layout.at(one.cue_head) is not None
    if one.score >= (MIN_QUOTED if quoted else MIN_INSIDE) and _is_relayed(layout, one):
        return replace(one, score=min(one.score, MAX_SCORE), second_hand=True)
    return replace(one, score=one.score * DOUBT)


def _is_imagined(cue: Token) -> bool:
    """True for the "say" of "wants him to say", "would say", "whether she said": is it said?"""
    if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in cue.lefts):
        return True
    if cue.tag_ != "VB" or any(c.dep_ == "neg" for c in cue.lefts):
        return False
    return any(c.dep_ == "aux" and c.tag_ in ("TO", "MD") for c in cue.lefts)


def _is_relayed(layout: Layout, one: Candidate) -> bool:
    """True if somebody other than the speaker is reported to have said something."""
    if one.rule not in _RULES or one.cue_head is None or one.source is None:
        return False
    cue = layout.doc[one.cue_head]
    lemma = cue.lemma_.lower()
    if lemma not in _RELAYED or _is_imagined(cue) or (lemma == "order" and one.rule == "object"):
        return False
    return one.source.of(layout.text).lower() not in _OWN_VOICE
