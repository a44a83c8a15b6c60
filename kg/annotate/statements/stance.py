"""What the speaker does to the content as worded, from the cue, its negation and its control verb.

"denied that P" is P and `denies`; "did not deny P" asserts it as possible; "never said P" and
"refused to say P" say nothing of P (`noComment`); "does not think P" denies it; "does not know
whether P" leaves it open (`questions`). A negated cue has a lemma that begins with "not ".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.annotate.statements.acts import (
    LEXICON,
    NO_COMMENT,
    RESPONDING,
    UNKNOWN,
    WITHHOLDING,
    Sense,
)
from kg.annotate.statements.frames import Frame
from kg.annotate.statements.polarity import NEGATORS, is_negated, is_negative_phrase
from kg.annotate.statements.wordlists import words
from kg.vocabulary import Act, Certainty, Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATION_PREFIX = "not "
"""Begins the lemma of a negated cue, so that readers of the graph see the negation."""

_QUESTION_WORDS = words("whether if what who whom whose why how when where which")
_COMPLEMENTS = words("prt prep acomp dobj oprd advmod agent")
_IGNORANCE = words(
    "know understand remember sure certain clear see tell recollect recall confident aware"
)
_LINKS = words("be get remain feel seem")
_MUTE_NOUNS = words("comment response reply answer")


@dataclass(frozen=True, slots=True)
class CueReading:
    """What a cue does, with its negation worked in."""

    lemma: str
    sense: Sense
    negated: bool


def read_cue(frame: Frame) -> CueReading:
    """What the cue does to the content of its frame; a plain assertion without a cue."""
    head = frame.head
    if head is None:
        return CueReading("", _by_content(frame, "", UNKNOWN), False)
    if _is_no_comment(frame, head):
        return CueReading("no comment", NO_COMMENT, True)
    lemma, sense = _look_up(head)
    sense = _by_content(frame, lemma, sense)
    control = _withholding(head)
    if control is not None:
        return _read_withheld(frame, *control)
    if not is_cue_negated(frame, head):
        return CueReading(lemma, sense, False)
    return CueReading(NEGATION_PREFIX + lemma, _negated(frame, head, sense), True)


def _read_withheld(frame: Frame, control: Token, verb: Token) -> CueReading:
    """For "refused to confirm P" (silence on P) and "did not refuse to confirm P"."""
    lemma, sense = _look_up(verb)
    phrase = f"{control.lemma_} to {lemma}"
    if is_negated(control):
        return CueReading(NEGATION_PREFIX + phrase, sense, True)
    if lemma == "rule out":
        return CueReading(phrase, _negated(frame, verb, sense), True)
    if lemma in RESPONDING or not frame.content:
        return CueReading(phrase, NO_COMMENT, True)
    silent = replace(sense, stance=Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)
    return CueReading(phrase, silent, True)


def _look_up(head: Token) -> tuple[str, Sense]:
    lemma = head.lemma_.lower()
    for child in head.children:
        if child.dep_ in _COMPLEMENTS or child.i == head.i + 1:
            phrase = f"{lemma} {child.lemma_.lower()}"
            if phrase in LEXICON:
                return phrase, LEXICON[phrase]
    if lemma == "accord" or head.lower_ == "according":
        return "according to", UNKNOWN
    if lemma in LEXICON:
        return lemma, LEXICON[lemma]
    return _look_up_inside(head, lemma)


def _look_up_inside(head: Token, lemma: str) -> tuple[str, Sense]:
    """For "is sure", "issued a denial", "made a promise": the noun or adjective tells the act."""
    for child in head.children:
        if child.dep_ in ("acomp", "attr", "dobj", "xcomp", "oprd") or (
            child.dep_ == "prep" and lemma in _LINKS
        ):
            inner = child.lemma_.lower()
            if inner in LEXICON and child.pos_ in ("NOUN", "ADJ"):
                return f"{lemma} {inner}", LEXICON[inner]
    return lemma, UNKNOWN


def _by_content(frame: Frame, lemma: str, sense: Sense) -> Sense:
    """The sense that the form of the content selects: question, "to" and a verb, finite clause."""
    doc = frame.doc
    words = [i for i in frame.content if not doc[i].is_punct and not doc[i].is_space]
    if not words:
        return sense
    first = doc[words[0]]
    infinitive = _is_infinitive(first)
    if sense.stance is Stance.QUESTIONS and lemma == "ask" and (infinitive or _for_to(first)):
        return replace(LEXICON["request"], act=Act.REQUEST)
    if infinitive and lemma in ("tell", "say", "warn", "remind", "write", "call", "caution"):
        return LEXICON["order"]
    finite = not infinitive and _has_subject(doc, words)
    if finite and lemma in ("agree", "swear", "decide", "guarantee"):
        return LEXICON.get(f"{lemma} that", LEXICON["maintain"])
    if sense.stance is Stance.ASSERTS and sense.kind is StatementKind.SPEECH and _asks(frame):
        return replace(sense, stance=Stance.QUESTIONS, certainty=Certainty.POSSIBLE)
    return sense


def _is_infinitive(first: Token) -> bool:
    if first.lower_ == "not" and first.i + 1 < len(first.doc):
        first = first.nbor()
    return first.lower_ == "to" and first.pos_ == "PART"


def _for_to(first: Token) -> bool:
    return first.lower_ == "for"


def _has_subject(doc: object, words: list[int]) -> bool:
    return any(
        doc[i].dep_ in ("nsubj", "nsubjpass", "expl")  # type: ignore[index]
        for i in words[:12]
    )


def _asks(frame: Frame) -> bool:
    """True if the content is one question in the speaker's own words."""
    last = frame.candidate.content[-1]
    ending = frame.doc.text[max(last.start, last.end - 3) : last.end + 1].rstrip("\"'”’»)] ")
    if not ending.endswith("?"):
        return False
    ends = [i for i in frame.content if frame.doc[i].lower_ in (".", "!")]
    return not ends


def _is_no_comment(frame: Frame, head: Token) -> bool:
    if head.lower_ in _MUTE_NOUNS and is_negative_phrase(head):
        return True
    objects = (c for c in head.children if c.dep_ in ("dobj", "attr"))
    if any(c.lower_ in _MUTE_NOUNS and is_negative_phrase(c) for c in objects):
        return True
    lemma = head.lemma_.lower()
    if lemma in RESPONDING and is_cue_negated(frame, head):
        return lemma not in ("answer", "reply") or not frame.content
    return lemma in WITHHOLDING and not frame.content


def _withholding(head: Token) -> tuple[Token, Token] | None:
    """The "refused" and the "confirm" of "refused to confirm or deny", whichever is the cue."""
    verb = head
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ == "xcomp" and verb.head.lemma_ in WITHHOLDING:
        return verb.head, head
    if head.lemma_ in WITHHOLDING:
        inner = next((c for c in head.children if c.dep_ == "xcomp"), None)
        if inner is not None and _is_speech(inner):
            return head, inner
    return None


def _is_speech(verb: Token) -> bool:
    sense = LEXICON.get(verb.lemma_.lower())
    return (
        sense is not None
        and sense.kind is StatementKind.SPEECH
        and (sense.stance in (Stance.ASSERTS, Stance.DENIES))
    )


def is_cue_negated(frame: Frame, head: Token) -> bool:
    """True if the saying did not happen: "did not say", "nobody confirmed", "without saying"."""
    if is_negated(head) or any(frame.doc[i].dep_ == "neg" for i in frame.cue):
        return True
    if frame.source and is_negative_phrase(frame.doc[frame.source[-1]]):
        return True
    governor = head.head
    if head.dep_ == "pcomp" and governor.lower_ == "without":
        return True
    if head.dep_ == "pcomp" and governor.lower_ == "of" and governor.head.lower_ == "short":
        return True
    if head.dep_ in ("acomp", "attr", "xcomp", "oprd") and governor.lemma_ in _CARRIERS:
        return any(c.lower_ in NEGATORS and c.dep_ == "neg" for c in governor.children)
    return False


_CARRIERS = words("be seem appear want need able go have get dare try let")


def _negated(frame: Frame, head: Token, sense: Sense) -> Sense:
    if sense.stance is Stance.DENIES:
        return replace(sense, stance=Stance.ASSERTS, certainty=Certainty.POSSIBLE)
    if head.lemma_.lower() in _IGNORANCE or _opens_question(frame):
        return replace(sense, stance=Stance.QUESTIONS, certainty=Certainty.POSSIBLE)
    if sense.kind is StatementKind.ATTITUDE:
        return replace(sense, stance=Stance.DENIES)
    return replace(sense, stance=Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)


def _opens_question(frame: Frame) -> bool:
    words = (frame.doc[i] for i in frame.content)
    first = next((word for word in words if not word.is_punct and not word.is_space), None)
    return first is not None and first.lower_ in _QUESTION_WORDS and first.lower_ != "when"
