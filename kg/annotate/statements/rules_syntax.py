"""Walks the dependency parse: whose verb it is, where a phrase ends, what a clause covers.

Ranges are half-open token indices of the Doc; `to_span` turns them into code points. Left and right
edges of subtrees come from spaCy in constant time, so nothing here walks over whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.annotate.statements.coordination import verb_above
from kg.model import Span

Range = tuple[int, int]
"""Half-open token indices."""

MAX_CLIMB = 8
"""Governors to climb for a shared subject; real sentences need three or four."""

_SUBJECTS = frozenset(("nsubj", "csubj"))
_OUTSIDE_PHRASE = frozenset(("appos", "advcl", "parataxis", "ccomp", "dep"))
SPEAKERS_PARTICIPLES = frozenset(
    ("say", "add", "claim", "note", "argue", "explain", "cite", "insist", "tell", "call", "warn")
)
"""After a comma these are said by whoever speaks in the sentence (", adding that ...")."""
_LEADING = frozenset(("punct", "cc", "mark", "preconj"))


@dataclass(slots=True)
class Finding:
    """A possible attribution in token indices, before it becomes a `Candidate`."""

    rule: str
    key: str
    """The word that decides how far to trust the rule: the lemma of the cue, mostly."""
    content: list[Range]
    cue: list[Range]
    head: int | None
    source: Range | None = None
    source_head: int | None = None
    quoted: bool = False
    """True if the content was taken from quotation marks."""
    spans: list[Span] = field(default_factory=list)
    """Content in code points where it is known exactly (quotations)."""


def to_span(doc: Doc, tokens: Range) -> Span:
    """The code points that a range of tokens covers."""
    last = doc[tokens[1] - 1]
    return Span(doc[tokens[0]].idx, last.idx + len(last))


def trimmed(doc: Doc, start: int, end: int) -> Range | None:
    """The range without spaces, commas and conjunctions at its edges; None if nothing is left."""
    while start < end and (doc[start].is_space or doc[start].text in ",;:.-–—…)"):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in ".,;:-–—("):
        end -= 1
    return (start, end) if start < end else None


def subject_of(verb: Token) -> Token | None:
    """The head of the noun phrase that does what the verb says, shared subjects included.

    None for a passive without an agent, and where nobody is named.
    """
    quoted = _quoted_speaker(verb)
    if quoted is not None:
        return quoted
    finite = verb if verb.tag_ in ("VBD", "VBZ", "VBP") else None
    for _ in range(MAX_CLIMB):
        passive = False
        for child in verb.children:
            dep = child.dep_
            if dep in _SUBJECTS:
                return child
            if dep == "agent":
                return next((t for t in child.children if t.dep_ == "pobj"), None)
            passive = passive or dep in ("nsubjpass", "auxpass", "csubjpass")
        if passive or (verb.dep_ == "advcl" and (verb.tag_ == "VBN" or verb.lower_ == "asked")):
            return None
        above = verb_above(verb)
        if above is None and finite is verb and verb.dep_ == "conj":
            above = _finite_above(verb)
        found = above or _governing(verb)
        if isinstance(found, _Noun):
            return found.token
        if found is None:
            return _subject_of_sentence(finite) if finite is not None else None
        verb = found
    return None


def _finite_above(verb: Token) -> Token | None:
    """The verb in the same form that a second one goes with: "urges him to come, and says"."""
    above = verb.head
    for _ in range(MAX_CLIMB):
        if above.tag_ == verb.tag_ or above.head.i == above.i or above.dep_ == "ccomp":
            break
        above = above.head
    return above if above.tag_ == verb.tag_ else None


def _quoted_speaker(verb: Token) -> Token | None:
    """The Rask of "Rask was quoted by Tass as saying": the words are not those of Tass."""
    if verb.lemma_ != "quote" or not any(c.lower_ == "as" for c in verb.rights):
        return None
    return next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)


def _subject_of_sentence(verb: Token) -> Token | None:
    """The subject of the sentence's main verb, for a finite verb that the parser left without."""
    root = verb.sent.root
    if root.i == verb.i or root.i > verb.i:
        return None
    return next((c for c in root.children if c.dep_ == "nsubj" and c.i < verb.i), None)


@dataclass(slots=True)
class _Noun:
    """Says that the climb has reached the doer itself, not another verb."""

    token: Token


def _governing(verb: Token) -> Token | _Noun | None:
    """The verb whose subject this one shares, or the noun that is its subject."""
    dep, head = verb.dep_, verb.head
    if head.i == verb.i:
        return None
    if dep == "conj":
        return head
    if dep == "xcomp":
        return _controller(verb, head)
    if dep == "advcl":
        return _main_verb(verb, head) if verb.tag_ in ("VBG", "VBN", "VB") else None
    if dep == "acl":
        return _Noun(head) if verb.tag_ == "VBG" else None
    if dep == "relcl":
        return None
    if dep == "pcomp":
        return _through_preposition(head)
    if dep in ("aux", "auxpass", "ccomp") and verb.tag_ in ("VBG", "VB"):
        return head if head.pos_ in ("VERB", "AUX") else None
    return None


def _main_verb(verb: Token, head: Token) -> Token:
    """The verb that a participle comments on.

    The parser hangs ", adding that ..." under the clause that was said; the doer is who said it.
    """
    if verb.lemma_.lower() not in SPEAKERS_PARTICIPLES or verb.i < head.i:
        return head
    for _ in range(MAX_CLIMB):
        if head.dep_ not in ("ccomp", "xcomp", "conj", "advcl") or head.head.i > head.i:
            return head
        if head.dep_ == "ccomp" or (head.dep_ == "conj" and head.head.dep_ == "ccomp"):
            return _above_relative(head.head)
        head = head.head
    return head


def _above_relative(verb: Token) -> Token:
    """For "rejected an audit which said P, calling it absurd": who rejected it calls it absurd."""
    root = verb.sent.root
    if verb.dep_ == "relcl" and root.i < verb.head.i and root.pos_ in ("VERB", "AUX"):
        return root
    return verb


def _controller(verb: Token, head: Token) -> Token | _Noun | None:
    """ "asked him to say": him; "promised him to say": the subject."""
    if head.pos_ not in ("VERB", "AUX"):
        return head.head if head.dep_ in ("acomp", "oprd", "attr") else None
    if head.lemma_ != "promise":
        for child in head.children:
            if child.dep_ == "dobj" and child.i < verb.i:
                return _Noun(child)
    for child in head.children:
        if child.dep_ == "nsubjpass":
            return _Noun(child)
    return head


def _through_preposition(preposition: Token) -> Token | _Noun | None:
    """ "criticised Trump for saying": Trump; "by saying": the subject of the verb."""
    verb = preposition.head
    if verb.pos_ not in ("VERB", "AUX"):
        return _Noun(verb) if preposition.lower_ == "as" and verb.dep_ == "dobj" else None
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            return _Noun(child)
        if child.dep_ == "dobj" and preposition.lower_ in ("for", "of", "as"):
            return _Noun(child)
    return verb


def phrase_of(head: Token) -> Range:
    """The noun phrase of a head without its apposition, or the name in apposition to a common noun.

    "the driver, Ion Petrescu" gives the name; "Jane Roe, the mayor," gives "Jane Roe".
    """
    named = _name_in_apposition(head)
    if named is not None:
        return phrase_of(named)
    start, end = head.left_edge.i, head.i + 1
    for child in head.children:
        if child.i < head.i:
            continue
        if child.dep_ in _OUTSIDE_PHRASE or _is_loose(child):
            break
        if child.dep_ != "punct":
            end = child.right_edge.i + 1
    doc = head.doc
    while start < head.i and (doc[start].dep_ in _LEADING or doc[start].is_space):
        start += 1
    return start, end


def phrase_beside(head: Token, cue: Token) -> Range:
    """The noun phrase of a head, cut short where the cue stands inside it ("a man saying that")."""
    start, end = phrase_of(head)
    low = cue.left_edge.i
    if cue.dep_ == "pcomp" and start < cue.head.i < low:  # "a witness as saying"
        low = cue.head.i
    if start < low < end and head.i < low:
        return trimmed(head.doc, start, low) or (head.i, head.i + 1)
    if start <= cue.i < end:
        return head.i, head.i + 1
    return start, end


def _name_in_apposition(head: Token) -> Token | None:
    if head.pos_ != "NOUN":
        return None
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > head.i:
            return child
    return None


def _is_loose(child: Token) -> bool:
    """True for a relative clause or participle after a comma: it says more, it names nobody."""
    if child.dep_ not in ("relcl", "acl", "prep"):
        return False
    start = child.left_edge.i
    return start > 0 and child.doc[start - 1].text == ","


def cue_range(verb: Token) -> list[Range]:
    """The verb with the auxiliaries, negation and particle that stand right beside it."""
    start, end = verb.i, verb.i + 1
    doc = verb.doc
    while start > 0 and doc[start - 1].dep_ in ("aux", "auxpass", "neg", "advmod"):
        before = doc[start - 1]
        if before.head.i != verb.i or (before.dep_ == "advmod" and before.pos_ != "ADV"):
            break
        start -= 1
    while doc[start].dep_ == "advmod" and start < verb.i:
        start += 1
    if end < len(doc) and doc[end].dep_ == "prt" and doc[end].head.i == verb.i:
        end += 1
    return [(start, end)]


def without(outer: Range, holes: Sequence[Range]) -> list[Range]:
    """The parts of a range that are left when the holes (text order) are cut out."""
    parts: list[Range] = []
    start = outer[0]
    for low, high in sorted(holes):
        if low >= outer[1] or high <= start:
            continue
        if low > start:
            parts.append((start, low))
        start = max(start, high)
    if start < outer[1]:
        parts.append((start, outer[1]))
    return parts
