"""Second verbs of saying that the parser hangs under what the first one says.

"The minister said the country would leave and suggested that it would pay": the parser takes
"suggested" for something the country would do. The minister suggests, and what he said ends before
the "and".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kg.annotate.draft import Candidate
from kg.annotate.statements.acts import LEXICON
from kg.annotate.statements.wordlists import words
from kg.model import Span
from kg.vocabulary import Act, StatementKind

MAX_CLIMB = 8
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_CLAUSES = frozenset(("ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "pcomp"))
_VERBAL = frozenset(("VERB", "AUX"))
_BREAKS = frozenset((",", "-", "--", "–", "—"))
_OTHERS = frozenset(("him", "her", "them"))
_MANY_SENSES = words("go put read hold show carry record begin finish continue list")
_SPEAKING = (
    frozenset(
        lemma
        for lemma, sense in LEXICON.items()
        if sense.kind is StatementKind.SPEECH and sense.act is not Act.FIND
    )
    - _MANY_SENSES
)


def verb_above(verb: Token) -> Token | None:
    """The verb of saying that this one goes on from, over the clause it was hung under.

    The form tells: "said the dam would hold and warned" cannot go with "would hold". Where it does
    not, a comma or a "but" between two verbs of saying does ("said the dam was safe, but warned").
    """
    if not _is_second(verb):
        return None
    first = _first_of(verb.head)
    if first is None or (verb.tag_ == "VBD" and _may_be_participle(verb, first)):
        return None
    above, is_direct = _saying_above(first, form_of(verb))
    if above is None or form_of(first) != form_of(verb):
        return above
    doubtful = first.lemma_ in _SPEAKING or _speaks_to_them(verb)
    return above if is_direct and _is_set_off(verb) and not doubtful else None


def form_of(verb: Token) -> str:
    """The tag of what carries the tense: the verb itself, or its first auxiliary."""
    if verb.tag_ in _FINITE:
        return verb.tag_
    carriers = (c.tag_ for c in verb.lefts if c.dep_ in ("aux", "auxpass"))
    return next((tag for tag in carriers if tag in _FINITE or tag == "MD"), verb.tag_)


def _is_second(verb: Token) -> bool:
    if verb.dep_ != "conj" or verb.lemma_.lower() not in _SPEAKING or verb.i < verb.head.i:
        return False
    return form_of(verb) in _FINITE and not any(c.dep_ in _SUBJECTS for c in verb.lefts)


def _first_of(verb: Token) -> Token | None:
    """The verb of a series that has the subject; None if none has."""
    for _ in range(MAX_CLIMB):
        if any(c.dep_ in _SUBJECTS for c in verb.lefts):
            return verb
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def _may_be_participle(verb: Token, first: Token) -> bool:
    """True for "has held and called", "was fined and accused", which may share the auxiliary."""
    if any(c.lemma_ == "have" for c in first.lefts):
        return True
    has_clause = any(c.dep_ == "ccomp" for c in verb.rights)
    return not has_clause and any(c.dep_ == "auxpass" for c in first.lefts)


def _saying_above(first: Token, form: str) -> tuple[Token | None, bool]:
    """The nearest verb of saying above that has the form; whether the clause is what it says."""
    below, through_content = first, False
    for _ in range(MAX_CLIMB):
        if below.dep_ not in _CLAUSES or below.head.i >= below.i:
            break
        through_content |= below.dep_ == "ccomp"
        head = below.head
        if through_content and head.lemma_.lower() in _SPEAKING and form_of(head) == form:
            return head, below.dep_ == "ccomp"
        below = head
    return None, False


def _is_set_off(verb: Token) -> bool:
    """True if a comma and "and", or a "but", stands before the verb."""
    conjunction = _conjunction_of(verb)
    if conjunction is None:
        return False
    return conjunction.lower_ == "but" or conjunction.nbor(-1).text in _BREAKS


def _speaks_to_them(verb: Token) -> bool:
    """True for "said their schools were strict, but told them": "they" are who speaks first."""
    return any(c.dep_ in ("dobj", "dative") and c.lower_ in _OTHERS for c in verb.rights)


def _conjunction_of(verb: Token) -> Token | None:
    found = (c for c in verb.head.rights if c.dep_ == "cc" and c.i < verb.i)
    return max(found, key=lambda c: c.i, default=None)


def ends_of_contents(doc: Doc) -> Mapping[int, tuple[int, ...]]:
    """For a verb of saying, by its index, where the second ones begin: offsets in text order."""
    conjoined = doc.to_array("DEP").astype(np.uint64) == get_string_id("conj")
    ends: dict[int, list[int]] = defaultdict(list)
    for index in np.flatnonzero(conjoined).tolist():
        verb = doc[index]
        above = verb_above(verb) if verb.pos_ in _VERBAL else None
        conjunction = _conjunction_of(verb) if above is not None else None
        if above is not None and conjunction is not None:
            ends[above.i].append(conjunction.idx)
    return {verb: tuple(offsets) for verb, offsets in ends.items()}


def end_contents(
    text: str, candidates: Iterable[Candidate], ends: Mapping[int, tuple[int, ...]]
) -> list[Candidate]:
    """The candidates, each content ended where the second verb of its speaker begins."""
    return [
        replace(one, content=_before(text, one.content, ends[one.cue_head]))
        if one.cue_head is not None and one.cue_head in ends
        else one
        for one in candidates
    ]


def _before(text: str, content: tuple[Span, ...], ends: tuple[int, ...]) -> tuple[Span, ...]:
    end = next((end for end in ends if content and end > content[0].start), None)
    if end is None:
        return content
    kept = []
    for span in content:
        words = text[span.start : min(span.end, end)].rstrip(" ,;-–—\n")
        if words:
            kept.append(Span(span.start, span.start + len(words)))
    return tuple(kept)
