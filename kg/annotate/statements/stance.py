"""What the speaker does to the content as worded, from the cue, its negation and its control verb.

"denied that P" is P and `denies`; "did not deny P" asserts it as possible; "never said P" and
"refused to say P" say nothing of P (`noComment`); "does not think P" denies it; "does not know
whether P" leaves it open (`questions`). A negated cue has a lemma that begins with "not ".
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.annotate.statements.acts import (
    CAUTIOUS,
    LEXICON,
    NO_COMMENT,
    RESPONDING,
    UNKNOWN,
    WITHHOLDING,
    Sense,
)
from kg.annotate.statements.certainty import lower_of
from kg.annotate.statements.frames import Frame
from kg.annotate.statements.polarity import is_negated, is_negative_phrase
from kg.annotate.statements.wordlists import words
from kg.vocabulary import NEGATED_CUE, Act, Certainty, Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUESTION_WORDS = words("whether if what who whom whose why how when where which")
_COMPLEMENTS = words("prt prep acomp dobj oprd advmod agent xcomp")
_IGNORANCE = words(
    "know understand remember sure certain clear see tell recollect recall confident aware"
)
_HEARSAY = words(
    "say allege report rumour rumor claim suppose reportedly allegedly purportedly supposedly "
    "reputedly apparently seemingly rumoured rumored allegation accusation accuse suspect "
    "understand"
)
_LIGHT = words(
    "be get remain feel seem make give issue have take offer express voice raise file deliver "
    "release cast publish put lay lodge"
)
_TELLING = words("tell say warn remind write caution")
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
    lemma, sense = _look_up(head, frame.content)
    sense = _by_content(frame, lemma, sense)
    control = _withholding(head)
    if control is not None:
        return _read_withheld(frame, *control)
    if _is_neither(head):
        silent = replace(sense, stance=Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)
        return CueReading(NEGATED_CUE + lemma, silent, True)
    if not is_cue_negated(frame, head):
        return CueReading(lemma, _hearsay(frame, head, sense), False)
    return CueReading(NEGATED_CUE + lemma, _negated(frame, head, sense), True)


def _read_withheld(frame: Frame, control: Token, verb: Token) -> CueReading:
    """For "refused to confirm P" (silence on P) and "did not refuse to confirm P"."""
    lemma, sense = _look_up(verb, frame.content)
    phrase = f"{control.lemma_} to {lemma}"
    if is_negated(control):
        return CueReading(NEGATED_CUE + phrase, sense, True)
    if lemma == "rule out":
        return CueReading(phrase, _negated(frame, verb, sense), True)
    if lemma in RESPONDING or not frame.content:
        return CueReading(phrase, NO_COMMENT, True)
    silent = replace(sense, stance=Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)
    return CueReading(phrase, silent, True)


def _hearsay(frame: Frame, head: Token, sense: Sense) -> Sense:
    """What nobody in particular says is probable at most: "is said to have", "rumours that"."""
    told = _is_hearsay(frame, head)
    if not told and head.dep_ == "xcomp":  # "is said to have told friends that"
        told = head.head.lemma_ in _HEARSAY and _is_passive(head.head)
    certainty = lower_of(sense.certainty, Certainty.PROBABLE) if told else sense.certainty
    return replace(sense, certainty=certainty)


def _is_hearsay(frame: Frame, head: Token) -> bool:
    if head.lemma_.lower() not in _HEARSAY:
        return False
    named = any(frame.doc[i].dep_ != "nsubjpass" for i in frame.source if _is_top(frame, i))
    return not named and (_is_passive(head) or head.pos_ in ("ADV", "NOUN", "ADJ"))


def _is_top(frame: Frame, index: int) -> bool:
    return frame.doc[index].head.i not in frame.source


def _is_passive(verb: Token) -> bool:
    if verb.tag_ == "VBG":  # "she's been saying"
        return False
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts)


def _look_up(head: Token, content: Container[int]) -> tuple[str, Sense]:
    lemma = head.lemma_.lower()
    for child in head.children:
        near = child.i - head.i in (1, 2)
        if near or (child.dep_ in _COMPLEMENTS and child.dep_ != "prep"):
            phrase = f"{lemma} {child.lemma_.lower()}"
            if phrase in LEXICON:
                return phrase, LEXICON[phrase]
    following = head.nbor() if head.i + 1 < len(head.doc) else head
    phrase = f"{lemma} {following.lower_}"
    # "Called on Arden to go": the parser reads it as "for Arden to go".
    if following.dep_ == "mark" and following.lower_ != "that" and phrase in LEXICON:
        return phrase, LEXICON[phrase]
    if lemma == "accord" or head.lower_ == "according":
        return "according to", UNKNOWN
    if lemma in LEXICON:
        return lemma, LEXICON[lemma]
    return _look_up_inside(head, lemma, content)


def _look_up_inside(head: Token, lemma: str, content: Container[int]) -> tuple[str, Sense]:
    """For "is sure", "issued a denial", "made a promise": the noun or adjective tells the act."""
    for child in head.children if lemma in _LIGHT else ():
        if child.dep_ in ("acomp", "attr", "dobj", "xcomp", "oprd") and child.i not in content:
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
    infinitive = _is_infinitive(frame, first)
    if lemma == "ask" and (infinitive or first.lower_ == "for" or _is_that_clause(first)):
        return LEXICON["request"]
    if lemma == "offer" and not infinitive:  # "offered an apology", "offered a glimpse of"
        return LEXICON["say"]
    if infinitive and lemma in _TELLING and (frame.source or lemma == "tell"):
        return LEXICON["order"]
    finite = not infinitive and _has_subject(doc, words)
    if finite and lemma in ("agree", "swear", "decide", "guarantee"):
        return LEXICON.get(f"{lemma} that", LEXICON["maintain"])
    if finite and sense.stance is Stance.DENIES and _is_quoted_beside(frame):
        return replace(sense, stance=Stance.ASSERTS)
    if sense.stance is Stance.ASSERTS and sense.kind is StatementKind.SPEECH and _asks(frame):
        return replace(sense, stance=Stance.QUESTIONS, certainty=Certainty.POSSIBLE)
    return sense


def _is_quoted_beside(frame: Frame) -> bool:
    """True for "P," he scoffed, and he objected: "P"; not for he denied "there was a deal".

    There P is what the speaker holds against something else.
    """
    start = frame.candidate.content[0].start
    if not _QUOTATION_MARKS.intersection(frame.text[max(0, start - 1) : start + 1]):
        return False
    before = frame.text[max(0, start - 4) : start].rstrip(_BEFORE_WORDS)
    return frame.candidate.cue[0].start > start or before[-1:] in (",", ":")


_QUOTATION_MARKS = frozenset("\"“”„«»‹›‘’'`")
_BEFORE_WORDS = "".join(_QUOTATION_MARKS) + " \n"


def _is_that_clause(first: Token) -> bool:
    """True at the start of "that no flowers be sent", with or without its "that"."""
    before = first.nbor(-1) if first.i > 0 else first
    return any(word.lower_ == "that" and word.dep_ == "mark" for word in (first, before))


def _is_infinitive(frame: Frame, first: Token) -> bool:
    """True for "to stop" and "the two sides to stop", which the cue governs."""
    if frame.content[0] != first.i:  # a quotation that opens with "To be frank"
        return False
    if first.lower_ == "not" and first.i + 1 < len(first.doc):
        first = first.nbor()
    if first.lower_ == "to" and first.pos_ == "PART":
        return True
    verbs = (c for c in frame.head.children if c.i in frame.content) if frame.head else ()
    return any(
        verb.dep_ in ("xcomp", "ccomp") and any(c.tag_ == "TO" for c in verb.lefts)
        for verb in verbs
    )


def _has_subject(doc: object, words: list[int]) -> bool:
    return any(
        doc[i].dep_ in ("nsubj", "nsubjpass", "expl")  # type: ignore[index]
        for i in words[:12]
    )


def _asks(frame: Frame) -> bool:
    """True if the content is one question in the speaker's own words."""
    last = frame.candidate.content[-1]
    if not last.of(frame.text).rstrip("\"'”’») ").endswith("?"):
        return False
    return not any(frame.doc[i].lower_ in (".", "!") for i in frame.content)


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


def _is_neither(head: Token) -> bool:
    """True for either verb of "neither confirm nor deny", "not confirm or deny"."""
    first = head.head if head.dep_ == "conj" else head
    verbs = {first.lemma_, *(child.lemma_ for child in first.rights if child.dep_ == "conj")}
    return verbs >= {"confirm", "deny"} and is_negated(first)


def _withholding(head: Token) -> tuple[Token, Token] | None:
    """The "refused" and the "confirm" of "refused to confirm or deny", whichever is the cue."""
    verb = head
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ == "xcomp" and verb.head.lemma_ in WITHHOLDING:
        return verb.head, head
    if head.lemma_ in WITHHOLDING:
        inner = next((c for c in head.children if c.dep_ == "xcomp"), None)
        if inner is not None and (inner.lemma_ in CAUTIOUS or inner.lemma_ == "rule"):
            return head, inner
    return None


def is_cue_negated(frame: Frame, head: Token) -> bool:
    """True if the saying did not happen: "did not say", "nobody confirmed", "without saying"."""
    if is_negated(head, frame.content) or any(frame.doc[i].dep_ == "neg" for i in frame.cue):
        return not _is_astonishment(head)
    if any(frame.doc[i].lower_ in _NEGATIVE_SUBJECTS for i in frame.source):
        return True
    governor = head.head
    if head.dep_ == "pcomp":
        return governor.lower_ == "without" or (
            governor.lower_ == "of" and governor.head.lower_ == "short"
        )
    if any(child.lower_ == "nor" for child in head.lefts):
        return True
    return head.dep_ in ("acomp", "attr", "xcomp", "oprd") and _carries_negation(governor)


def _is_astonishment(head: Token) -> bool:
    """True for "cannot believe that P" and "cannot deny that P", which take P for granted."""
    if head.lemma_ not in ("believe", "deny", "imagine"):
        return False
    return any(c.lower_ in ("can", "ca", "could") for c in head.lefts) and head.lemma_ != "imagine"


def _carries_negation(governor: Token) -> bool:
    """True for the "has yet" and the "would not like" before "to say"."""
    if governor.lemma_ == "have" and any(c.lower_ == "yet" for c in governor.children):
        return True
    return governor.lemma_ in _CARRIERS and any(
        c.dep_ == "neg" and c.i <= governor.i + 1 for c in governor.children
    )


_NEGATIVE_SUBJECTS = words("nobody none neither no nothing")
_CARRIERS = words(
    "be seem appear want need able go have get dare try let like wish care begin bother"
)


def _negated(frame: Frame, head: Token, sense: Sense) -> Sense:
    lemma = head.lemma_.lower()
    if lemma == "doubt":
        return replace(sense, stance=Stance.ASSERTS, certainty=Certainty.CERTAIN)
    if sense.stance is Stance.DENIES:
        return replace(sense, stance=Stance.ASSERTS, certainty=Certainty.POSSIBLE)
    if lemma in _IGNORANCE or (_opens_question(frame) and _leaves_open(head, sense)):
        return replace(sense, stance=Stance.QUESTIONS, certainty=Certainty.POSSIBLE)
    if sense.act is Act.FIND:
        return replace(sense, stance=Stance.DENIES, certainty=Certainty.PROBABLE)
    if sense.kind is StatementKind.ATTITUDE:
        return replace(sense, stance=Stance.DENIES)
    return replace(sense, stance=Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)


def _leaves_open(head: Token, sense: Sense) -> bool:
    """True for "does not care whether", "could not say whether"; not for "did not say whether"."""
    unable = any(c.lower_ in ("can", "ca", "could") for c in head.lefts)
    return unable or sense.kind is StatementKind.ATTITUDE


def _opens_question(frame: Frame) -> bool:
    found = (frame.doc[i] for i in frame.content)
    first = next((word for word in found if not word.is_punct and not word.is_space), None)
    return first is not None and first.lower_ in _QUESTION_WORDS and first.lower_ != "when"
