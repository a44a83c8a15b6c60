"""Who said what around a verb of saying, thinking or wanting: one finding for each verb at most.

The frame of a finding is the shape of its content: `that` (clause), `wh` (question), `to`
(infinitive), `object`, `of` (preposition), `named` ("called it absurd"), `inside` (the cue is a
parenthesis in its content), each with `-passive` where the verb is one.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.statements.rules_syntax import (
    Finding,
    Range,
    cue_range,
    phrase_beside,
    subject_of,
    trimmed,
    without,
)
from kg.annotate.statements.verb_frames import (
    QUESTION_WORDS,
    VerbFrame,
    frame_of,
    has_auxiliary,
)
from kg.annotate.statements.wordlists import words

AS_PUT = "as-put"
"""The rule of "as X put it, P"."""
QUOTED_AS = "quoted-as"
"""The rule of "quotes X as saying that P"."""
_RELATIVE = frozenset(("WDT", "WP"))
_TIME_PREPOSITIONS = frozenset(("on", "in", "at", "during", "after", "before", "since", "by"))
_WITHHELD = frozenset(
    ("say", "tell", "confirm", "reveal", "disclose", "explain", "discuss", "deny")
)
_SUMMONS = frozenset(("call",))
"""Verbs that say nothing with a mere object ("called the police")."""
_NOTING = words(
    "acknowledge admit announce argue claim concede confirm explain mention note observe point~out "
    "predict recall remark report reveal say state suggest warn write"
)
"""Verbs that say what stands beside "as X notes", with their particle."""


def verb_finding(verb: Token) -> Finding | None:
    """What a verb attributes, by its parse alone; None if it has nothing to attribute."""
    frame = frame_of(verb)
    shape = _proverbial(frame) or _shape(frame)
    if shape is None or (shape[0] == "object" and verb.lemma_ in _SUMMONS):
        return None
    name, content = shape
    if frame.passive:
        name += "-passive"
    if _is_quoted_as(verb):
        name = QUOTED_AS
    doc = verb.doc
    ranges = [r for r in (_clean(doc, part) for part in content) if r]
    if not ranges:
        return None
    source = frame.subject if frame.subject is not None else subject_of(verb)
    found = Finding(name, _key(verb), ranges, _cue(frame), verb.i)
    if source is not None:
        found.source, found.source_head = phrase_beside(source, verb), source.i
    return found


def _is_quoted_as(verb: Token) -> bool:
    """True for the "saying" of "quotes a witness as saying"."""
    as_, quoting = verb.head, verb.head.head
    if quoting.dep_ == "dobj":
        quoting = quoting.head
    return verb.dep_ == "pcomp" and as_.lower_ == "as" and quoting.lemma_ in ("quote", "cite")


def _key(verb: Token) -> str:
    """The lemma with its particle: "rule out" is another word than "rule"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle}" if particle else lemma


def _cue(frame: VerbFrame) -> list[Range]:
    spoken = frame.infinitive
    cue = cue_range(frame.verb)
    if spoken is None or not verb_refuses(frame.verb) or spoken.lemma_.lower() not in _WITHHELD:
        return cue
    last = max([spoken.i, *(t.i for t in spoken.conjuncts if t.lemma_ in _WITHHELD)])
    return [(cue[0][0], last + 1)]


def _shape(frame: VerbFrame) -> tuple[str, list[Range]] | None:
    verb = frame.verb
    if frame.clause is not None:
        return _clause_shape(frame, frame.clause)
    if _is_parenthesis(frame):
        return "inside", _host(verb)
    if frame.infinitive is not None:
        return _infinitive_shape(frame, frame.infinitive)
    if frame.predicate is not None and (frame.object or frame.passive):
        return "named", _object_ranges(frame, frame.predicate)
    if frame.object is not None:
        relative = _relative_object(frame)
        if relative is not None:
            return "relative", relative
        return "object", _object_ranges(frame, frame.object)
    if frame.passive_subject is not None:
        return "object", [_subtree(frame.passive_subject)]
    return _preposition_shape(frame)


def _proverbial(frame: VerbFrame) -> tuple[str, list[Range]] | None:
    """ "As the minister put it, P", "P, as he noted": what is said is the clause beside it."""
    verb = frame.verb
    if verb.dep_ != "advcl" or not any(c.lower_ == "as" for c in verb.lefts):
        return None
    it = frame.object
    if it is not None:
        is_put = it.lower_ == "it" and verb.lemma_ in ("put", "describe", "phrase")
        return (AS_PUT, _host(verb)) if is_put else None
    if frame.subject is None or frame.subject.lower_ == "you":
        return None
    if frame.subject.lower_ == "i" and verb.tag_ == "VBP":  # "as I write"
        return None
    if frame.clause is not None or frame.infinitive is not None or not _is_set_off(verb):
        return None
    said = [part for part in _host(verb) if not _is_lead_in(verb.doc, part)]
    return (AS_PUT, said) if said and _key(verb).replace(" ", "~") in _NOTING else None


def _is_lead_in(doc: Doc, part: Range) -> bool:
    """True for the "But" of "But, as X notes, P"."""
    return all(doc[i].is_punct or doc[i].dep_ in ("cc", "mark", "advmod") for i in range(*part))


def _is_set_off(verb: Token) -> bool:
    """True for a clause at the start of its sentence or after a comma, with a mark after it."""
    doc, start, end = verb.doc, verb.left_edge.i, verb.right_edge.i + 1
    opens = start == verb.sent.start or doc[start - 1].is_punct or doc[start - 1].dep_ == "cc"
    return opens and (end >= len(doc) or doc[end].is_punct or doc[end - 1].is_punct)


def _clause_shape(frame: VerbFrame, clause: Token) -> tuple[str, list[Range]]:
    verb = frame.verb
    start, end = _subtree(clause)
    doc = verb.doc
    name = "that"
    first = doc[start] if not doc[start].is_punct else doc[min(start + 1, end - 1)]
    if clause.head.i != verb.i and first.lower_ == "that":  # hung under a noun
        return name, [(first.i + 1, end)]
    if first.lower_ in QUESTION_WORDS:
        name = "wh"
    elif clause.tag_ in ("VB",) and any(
        t.dep_ == "aux" and t.tag_ == "TO" for t in clause.children
    ):
        name = "for-to"
    elif clause.tag_ == "VBG" and not any(t.dep_ == "aux" for t in clause.children):
        name = "gerund"
    elif clause.pos_ not in ("VERB", "AUX"):
        name = "that-noun"
    elif clause.i < verb.i:
        name = "after"
    elif not any(t.dep_ == "mark" for t in clause.children):
        name = "bare"
    holes = [_without_clause(verb, clause)] if start < verb.i < end else []
    parts = without((start, end), holes)
    if holes and first.tag_ in _RELATIVE and verb.dep_ == "relcl":
        return "bare", [(verb.head.left_edge.i, verb.head.i + 1), *parts[1:]]
    return name, parts


def _without_clause(verb: Token, clause: Token) -> Range:
    """The cue and its other complements: the hole in "which, he said, failed"."""
    others = [child for child in verb.children if child.i != clause.i]
    start = min([verb.i, *(child.left_edge.i for child in others)])
    return start, max([verb.i, *(child.right_edge.i for child in others)]) + 1


def _is_parenthesis(frame: VerbFrame) -> bool:
    """ "the tax, Mr Smith said, will rise": the parser hangs the cue under its own content."""
    verb = frame.verb
    if frame.object is not None or frame.infinitive is not None or frame.subject is None:
        return False
    return (
        verb.dep_ in ("parataxis", "ccomp", "advcl", "dep")
        and verb.head.i != verb.i
        and (verb.dep_ == "parataxis" or _between_commas(verb))
        and not any(t.dep_ == "mark" for t in verb.children)
    )


def _between_commas(verb: Token) -> bool:
    doc, start, end = verb.doc, verb.left_edge.i, verb.right_edge.i + 1
    opens = doc[start].is_punct or (start > 0 and doc[start - 1].is_punct)
    closes = end >= len(doc) or doc[end].is_punct or doc[end - 1].is_punct
    return opens and closes


def _host(verb: Token) -> list[Range]:
    host = verb.head
    if verb.dep_ == "advcl" and host.pos_ not in ("VERB", "AUX"):  # "the dam, as X says, is old"
        host = host.head
    start, end = _subtree(host)
    sentence = host.sent
    start, end = max(start, sentence.start), min(end, sentence.end)
    return without((start, end), [(verb.left_edge.i, verb.right_edge.i + 1)])


def _infinitive_shape(frame: VerbFrame, infinitive: Token) -> tuple[str, list[Range]]:
    if verb_refuses(frame.verb) and infinitive.lemma_.lower() in _WITHHELD:
        inner = _shape(frame_of(infinitive))
        if inner is not None:
            return inner
    start, end = _subtree(infinitive)
    parts: list[Range] = [(start, end)]
    if frame.passive and frame.passive_subject is not None:
        parts.insert(0, _subtree(frame.passive_subject))
    elif frame.object is not None and frame.object.i < infinitive.i:
        parts = [(frame.object.left_edge.i, end)]
    if infinitive.tag_ == "VBG" and not has_auxiliary(infinitive):
        return "gerund", parts
    if infinitive.pos_ not in ("VERB", "AUX"):
        return "state", parts
    return ("object-to" if frame.object is not None else "to"), parts


def verb_refuses(verb: Token) -> bool:
    """True for "declined to say": the infinitive belongs to the cue."""
    return verb.lemma_ in ("decline", "refuse")


def _object_ranges(frame: VerbFrame, last: Token) -> list[Range]:
    """From the object to the last complement that stands right after it."""
    first = frame.object if frame.object is not None else last
    start = min(first.left_edge.i, last.left_edge.i)
    end = max(_end_without_apposition(first), _end_without_apposition(last))
    for preposition in frame.prepositions:
        if preposition.left_edge.i == end and preposition.lower_ not in _TIME_PREPOSITIONS:
            end = preposition.right_edge.i + 1
    parts = [(start, end)]
    if frame.passive and frame.passive_subject is not None:
        parts.insert(0, _subtree(frame.passive_subject))
    return parts


def _end_without_apposition(head: Token) -> int:
    """The end of a phrase; after a comma the narrator speaks ("a moderate, a dig at ...")."""
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i and child.nbor(-1).text != "(":
            start = child.left_edge.i
            if start - 1 > head.i and head.doc[start - 1].text == ",":
                return start - 1
    return head.right_edge.i + 1


def _relative_object(frame: VerbFrame) -> list[Range] | None:
    """ "the reports that he rejected": the content is what the relative pronoun stands for."""
    verb, obj = frame.verb, frame.object
    if obj is None or obj.i > verb.i or verb.dep_ != "relcl":
        return None
    head = verb.head
    return [(head.left_edge.i, head.i + 1)]


def _preposition_shape(frame: VerbFrame) -> tuple[str, list[Range]] | None:
    for preposition in frame.prepositions:
        if preposition.i > frame.verb.i:
            start, end = _subtree(preposition)
            if end - start > 1:
                return f"of:{preposition.lower_}", [(preposition.i + 1, end)]
    return None


def _subtree(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def _clean(doc: Doc, part: Range) -> Range | None:
    """Without the complementiser and the punctuation at the edges."""
    cut = trimmed(doc, *part)
    if cut is not None and doc[cut[0]].lower_ == "that" and doc[cut[0]].dep_ == "mark":
        return trimmed(doc, cut[0] + 1, cut[1])
    return cut
