"""What stands around a verb: its children by what they are to it, with habits of the parser undone.

`rules_verbs` reads the content of a statement off the frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.statements.cues import QUOTING

QUESTION_WORDS = frozenset(
    ("whether", "if", "what", "why", "how", "who", "where", "when", "which", "whom")
)
_ENDS_SAID = frozenset((",", '"', "”", "''", "’", "?", "!"))
_INVERTING = frozenset(("say", "write", "add", "recall", "explain", "argue", "warn", "note"))
_UNDER_NOUNS = frozenset(("acl", "relcl", "ccomp"))
_GIVES = frozenset(
    ("allow", "ask", "award", "deny", "give", "grant", "offer", "pay", "promise", "show", "teach")
)
"""Their passives keep an object: "she's given a chance"."""
_NOUNS = frozenset(("NOUN", "PROPN"))
_TOLD = frozenset(("truth", "story", "tale", "joke", "lie", "news", "secret"))
"""What is told to nobody in particular: "told the story that P" and "told him that P" differ."""
_CONDITIONS = frozenset(("if", "whether"))
_TELLS = frozenset(("tell", "inform", "warn", "remind", "assure", "advise", "notify", "reassure"))
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


def _is_perfect(frame: VerbFrame) -> bool:
    """True for "he's predicted a win" and "he's been saying that", taken for passives."""
    if frame.verb.tag_ == "VBG":
        return True
    if frame.object is None or frame.agent is not None or frame.verb.lemma_ in _GIVES:
        return False
    return any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in frame.verb.lefts)


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
    """Undo four habits of the parser with verbs of saying.

    "X, wrote Jane Roe, was": the speaker is taken for the object, and what is said for the
    subject. "Wondered if P": the question is taken for a condition. "Said in a statement that P",
    "told a hall in Lorne that P": the clause is hung under the statement, or under Lorne. "He's
    predicted a win": "'s" is taken for "is".
    """
    if frame.passive and _is_perfect(frame):
        frame.passive, frame.subject, frame.passive_subject = False, frame.passive_subject, None
    verb, spoken = frame.verb, frame.object
    if spoken is not None and _is_inverted(verb, spoken):
        frame.subject, frame.object = spoken, None
    if frame.clause is None and frame.infinitive is None and verb.lemma_ in _ASKS:
        frame.clause = _question_after(verb, asked=frame.object)
    if frame.clause is None and frame.infinitive is None:
        frame.clause = _clause_of_work(frame.prepositions)
    if frame.clause is None and frame.infinitive is None and verb.lemma_ in _TELLS:
        nouns = [noun for each in frame.prepositions for noun in each.children]
        frame.clause = _clause_under([frame.object, *nouns] if frame.object is not None else nouns)


def clause_before(verb: Token, end: int) -> Token | None:
    """The P of 'said that P: "..."', which stands between the verb and a quotation at `end`."""
    clauses = [c for c in verb.rights if c.dep_ == "ccomp" and c.i < end]
    work = _clause_of_work([c for c in verb.rights if c.dep_ == "prep" and c.i < end])
    return clauses[0] if clauses else work


def _question_after(verb: Token, *, asked: Token | None) -> Token | None:
    """The P of "wondered when P" and of "asked her if P", taken for a time or a condition."""
    wanted = QUESTION_WORDS if asked is None else _CONDITIONS
    clauses = (c for c in verb.rights if c.dep_ == "advcl")
    return next((c for c in clauses if c.left_edge.lower_ in wanted), None)


def _clause_of_work(prepositions: Sequence[Token]) -> Token | None:
    """The P of "said in a statement that P"."""
    nouns = (c for each in prepositions for c in each.children if c.pos_ in _NOUNS)
    clauses = (c for noun in nouns for c in noun.rights if c.dep_ in _UNDER_NOUNS)
    return next((c for c in clauses if _has_that(c)), None)


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts)


def _clause_under(nouns: Iterable[Token]) -> Token | None:
    """The P of "told a hall at a hotel in Lorne that P", which the parser hangs under the hotel."""
    for noun in nouns:
        for child in noun.rights:
            if child.dep_ in _UNDER_NOUNS and _opens_with_that(child):
                return None if noun.lemma_ in _TOLD else child
            if child.dep_ == "prep" and (found := _clause_under(child.rights)) is not None:
                return found
    return None


def _opens_with_that(clause: Token) -> bool:
    """True for a clause with the conjunction "that": the tagger knows it where the parser errs."""
    first = clause.left_edge
    return _has_that(clause) or (first.lower_ == "that" and first.tag_ == "IN")


def _is_inverted(verb: Token, spoken: Token) -> bool:
    """True for ", wrote Jane Roe": nobody writes a person right after a comma."""
    if verb.i == 0 or verb.doc[verb.i - 1].text not in _ENDS_SAID:
        return False
    named = spoken.pos_ == "PROPN" and spoken.left_edge.i == verb.i + 1
    return named and verb.lemma_ in _INVERTING


def has_auxiliary(verb: Token) -> bool:
    """True for "is saying", "to say", "will say"; a bare participle has none."""
    return any(child.dep_ == "aux" for child in verb.children)
