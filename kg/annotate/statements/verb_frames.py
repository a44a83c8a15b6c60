"""What stands around a verb: its children by what they are to it, with habits of the parser undone.

`rules_verbs` reads the content of a statement off the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.statements.cues import QUOTING

QUESTION_WORDS = frozenset(
    ("whether", "if", "what", "why", "how", "who", "where", "when", "which", "whom")
)
_ENDS_SAID = frozenset((",", '"', "”", "''", "’", "?", "!"))
_INVERTING = frozenset(("say", "write", "add", "recall", "explain", "argue", "warn", "note"))
_ASKS = frozenset(("ask", "wonder", "inquire", "enquire", "question"))
_PASSIVE = frozenset(("nsubjpass", "csubjpass", "auxpass"))
_ROLES = {
    "nsubj": "subject",
    "csubj": "subject",
    "nsubjpass": "passive_subject",
    "csubjpass": "passive_subject",
    "agent": "agent",
    "dobj": "object",
    "oprd": "predicate",
    "attr": "predicate",
    "xcomp": "infinitive",
    "acomp": "adjective",
}


@dataclass(slots=True)
class VerbFrame:
    """The children of a verb by what they are to it."""

    verb: Token
    subject: Token | None = None
    passive_subject: Token | None = None
    passive: bool = False
    agent: Token | None = None
    object: Token | None = None
    predicate: Token | None = None
    clause: Token | None = None
    infinitive: Token | None = None
    adjective: Token | None = None
    prepositions: list[Token] = field(default_factory=list)


def frame_of(verb: Token) -> VerbFrame:
    """The frame of a verb, read in one pass over its children; the last clause counts."""
    frame = VerbFrame(verb)
    for child in verb.children:
        dep = child.dep_
        if dep == "prep":
            frame.prepositions.append(child)
        elif dep == "ccomp":
            frame.clause = child if not is_comment(child) else frame.clause
        elif dep in _ROLES:
            setattr(frame, _ROLES[dep], child)
        if dep in _PASSIVE:
            frame.passive = True
    if verb.dep_ == "advcl" and frame.subject is None and not has_auxiliary(verb):
        frame.passive |= verb.tag_ == "VBN" or verb.lower_ == "asked"
    if verb.lemma_.lower() in QUOTING:
        _reread(frame)
    return frame


def is_comment(clause: Token) -> bool:
    """True for the cue in "the mayor knew, the Herald reported, citing ...": it is no content."""
    return (
        clause.i > clause.head.i
        and clause.tag_ in ("VBD", "VBZ", "VBP")
        and clause.lemma_.lower() in QUOTING
        and "," in (clause.left_edge.text, clause.left_edge.nbor(-1).text)
        and not any(c.dep_ in ("mark", "dobj", "ccomp", "xcomp") for c in clause.children)
    )


def _reread(frame: VerbFrame) -> None:
    """Undo three habits of the parser with verbs of saying.

    "X, wrote Jane Roe, was": the speaker is taken for the object, and what is said for the
    subject. "Wondered if P": the question is taken for a condition. "Said in a statement that P":
    the clause is hung under the statement.
    """
    verb, spoken = frame.verb, frame.object
    doc = verb.doc
    if spoken is not None and _is_inverted(verb, spoken):
        frame.subject, frame.object = spoken, None
    if frame.clause is None and frame.object is None and verb.lemma_ in _ASKS:
        for child in verb.children:
            if child.dep_ == "advcl" and doc[child.left_edge.i].lower_ in QUESTION_WORDS:
                frame.clause = child
    if frame.clause is None and frame.infinitive is None:
        frame.clause = _clause_of_work(frame.prepositions)


def _clause_of_work(prepositions: Sequence[Token]) -> Token | None:
    """The P of "said in a statement that P"."""
    for preposition in prepositions:
        for noun in preposition.children:
            for child in noun.rights:
                marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.lefts)
                if marked and child.dep_ in ("acl", "relcl", "ccomp"):
                    return child
    return None


def _is_inverted(verb: Token, spoken: Token) -> bool:
    """True for ", wrote Jane Roe": nobody writes a person right after a comma."""
    if verb.i == 0 or verb.doc[verb.i - 1].text not in _ENDS_SAID:
        return False
    named = spoken.pos_ == "PROPN" and spoken.left_edge.i == verb.i + 1
    return named and verb.lemma_ in _INVERTING


def has_auxiliary(verb: Token) -> bool:
    """True for "is saying", "to say", "will say"; a bare participle has none."""
    return any(child.dep_ == "aux" for child in verb.children)
