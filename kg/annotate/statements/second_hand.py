"""Statements inside statements: which of them to keep, and how sure to be of them.

Annotators of news mark what the article attributes, and few of the statements inside those. The
record of a cue therefore says little about second-hand statements: they are kept where somebody
else's speech is reported in so many words, and their score is capped. What others feel, want or
show is kept for few cues, since a speaker supposes it as often as it was said.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.draft import Candidate
from kg.annotate.statements.acts import LEXICON
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.rules_nouns import ALLEGATION
from kg.annotate.statements.rules_passives import ACCUSED, TOLD
from kg.annotate.statements.rules_verbs import QUOTED_AS
from kg.annotate.statements.wordlists import words
from kg.vocabulary import Act, StatementKind

MIN_OUTER = 0.34
"""A candidate below this score holds no other."""
MIN_INSIDE = 0.4
MIN_QUOTED = 0.8
"""What a second-hand statement needs outside and inside quotation marks."""
MAX_SCORE = 0.75
DOUBT = 0.3
"""Factor for the score of an inside statement that is not somebody else's speech."""

_CLAUSES = frozenset(("that", "wh", "bare", "after", "inside", "quote", "gerund"))
_RULES = _CLAUSES | {"object", "to", "object-to", "named", "silence"}
_RELAYED = words(
    "say tell claim deny reject promise demand announce report warn admit confirm ask write accuse "
    "allege argue insist refuse decline quote state acknowledge add suggest testify declare vow "
    "pledge threaten predict forecast believe find assure agree doubt dispute urge order call "
    "refute know condemn denounce praise criticize criticise congratulate"
)
"""Cues that report speech with any complement, or what a speaker is said to hold."""
_WORDED = _CLAUSES | {"named", "n-that"}
MIN_WORDED = 0.5
"""Score from which any cue of speech is taken that comes with the words said."""
_SURE = frozenset((ACCUSED, TOLD, QUOTED_AS))
_UNSOURCED = frozenset((ALLEGATION, "that-passive"))
"""Rules of what was said even where nobody is named: "he was told that P", "reports that P"."""
_SPEAKING = frozenset(
    lemma
    for lemma, sense in LEXICON.items()
    if sense.kind is StatementKind.SPEECH and sense.act is not Act.FIND
)
_JUDGING = frozenset(lemma for lemma, sense in LEXICON.items() if sense.act is Act.EXPRESS)
_BIDDING = frozenset(lemma for lemma, sense in LEXICON.items() if sense.act is Act.REQUEST)
_NOT_OTHERS = frozenset(
    ("i", "we", "you", "it", "this", "that", "which", "nobody", "no one", "no-one", "none")
)
"""Sources of what is the speaker's own, or of what was never said."""


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
    if cue.tag_ == "VBN" and any(c.tag_ == "MD" for c in cue.lefts):  # "would never have said"
        return True
    if cue.tag_ != "VB" or any(c.dep_ == "neg" for c in cue.lefts):
        return False
    if cue.dep_ == "xcomp" and cue.head.lemma_ == "use":  # "used to say"
        return False
    return any(c.dep_ == "aux" and c.tag_ in ("TO", "MD") for c in cue.lefts)


def _is_relayed(layout: Layout, one: Candidate) -> bool:
    """True if somebody other than the speaker is reported to have said something."""
    if one.cue_head is None:
        return False
    cue = layout.doc[one.cue_head]
    if cue.dep_ == "amod":  # "the much criticised law"
        return False
    if _is_imagined(cue) or not (_is_aside(one, cue) or _reports_speech(one, cue.lemma_.lower())):
        return False
    if one.source is None:
        return one.rule in _UNSOURCED
    return one.source.of(layout.text).lower() not in _NOT_OTHERS


def _is_aside(one: Candidate, cue: Token) -> bool:
    """True for "that, according to X, P", but not for "judge us according to the law"."""
    return one.rule == "according" and cue.i > 0 and cue.nbor(-1).lower_ in (",", "that")


def _reports_speech(one: Candidate, lemma: str) -> bool:
    rule = one.rule
    if rule in _SURE:
        return True
    if rule in _UNSOURCED:
        return lemma in _SPEAKING
    if one.score >= MIN_WORDED:
        if rule in _WORDED and lemma in _SPEAKING:
            return True
        if rule == "object-to" and lemma in _BIDDING:
            return True
    if rule.startswith("of:") and lemma in _JUDGING:  # "apologised for the delay"
        return True
    return rule in _RULES and lemma in _RELAYED and (lemma, rule) != ("order", "object")
