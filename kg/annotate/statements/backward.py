"""What the next sentence says of a statement: "The comments came in a letter to X on Thursday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, Candidate
from kg.annotate.statements.frames import Frame
from kg.annotate.statements.participants import Participants, find_participants
from kg.annotate.statements.said import find_said
from kg.annotate.statements.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POINTERS = words("the this that these those his her their its such")
_SAYINGS = words(
    "statement statements comment comments remark remarks announcement words warning claim claims "
    "accusation accusations allegation allegations denial declaration appeal response message"
)
_APPEARING = words("come make issue publish release appear give post deliver follow contain")


def add_later_details(
    frames: Sequence[Frame], attributions: Sequence[Attribution], published: date | None
) -> list[Attribution]:
    """The attributions, with date, work and addressee from a sentence that points back at them.

    Only the outermost statements of the sentence before are meant, and only what they lack is
    added.
    """
    found = list(attributions)
    for i, (frame, attribution) in enumerate(zip(frames, attributions, strict=True)):
        if attribution.parent is not None or frame.head is None:
            continue
        verb = _pointing_verb(frame.doc, frame.head.sent.end)
        if verb is not None:
            found[i] = _completed(attribution, _details(frame, verb), published)
    return found


def _pointing_verb(doc: Doc, start: int) -> Token | None:
    """The "came" of a sentence that begins "The comments came" at or after this token."""
    while start < len(doc) and (doc[start].is_space or doc[start].is_punct):
        start += 1
    if start + 2 >= len(doc) or doc[start].lower_ not in _POINTERS:
        return None
    for noun in doc[start + 1 : start + 4]:
        if noun.lower_ in _SAYINGS and noun.dep_ in ("nsubj", "nsubjpass"):
            return noun.head if noun.head.lemma_ in _APPEARING else None
    return None


def _details(frame: Frame, verb: Token) -> Frame:
    candidate = Candidate(None, (), (), "backward", 1.0)
    return Frame(frame.doc, frame.text, candidate, verb, (verb.i,), (), ())


def _completed(attribution: Attribution, details: Frame, published: date | None) -> Attribution:
    around: Participants = find_participants(details)
    return replace(
        attribution,
        said=attribution.said or find_said(details, published),
        work=attribution.work or around.work,
        addressee=attribution.addressee or around.addressee,
    )
