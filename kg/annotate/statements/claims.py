"""The claims of a content: one for each coordinated clause, with polarity, certainty and tense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.annotate.draft import ClaimDraft
from kg.annotate.statements.acts import LEXICON
from kg.annotate.statements.certainty import certainty_of, lower_of
from kg.annotate.statements.frames import Frame
from kg.annotate.statements.polarity import is_negated
from kg.annotate.statements.wordlists import words
from kg.model import Span
from kg.vocabulary import Certainty, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = words("nsubj nsubjpass expl csubj csubjpass")
_CLAUSE_JOINS = words("conj parataxis ccomp")
_SPLITTING_MARKS = words("because although though whereas")
_EDGE_WORDS = words("that because and but or nor although though whereas so yet")
_LOOSE_MARKS = frozenset((",", ";", ":", "–", "—", "-"))
_OPEN_QUOTES = frozenset("\"“„«‹‘'`")


def split_claims(frame: Frame, limit: Certainty) -> tuple[ClaimDraft, ...]:
    """The claims of the content in text order; no claim is more certain than the limit.

    A clause becomes a claim of its own if it is a sentence, or is coordinated or joined by
    "because" and the like and has a subject of its own. Everything else stays with its clause.
    """
    words = [i for i in frame.content if not frame.doc[i].is_space]
    if not words:
        return ()
    owners = _owners(frame.doc, words)
    if any(_adds(frame.doc[i]) for i in owners):
        owners = {i: top for i, top in owners.items() if not _hangs_on_adding(frame.doc[i], top)}
    owned: dict[int, list[int]] = {}
    for i in words:
        if i in owners:
            owned.setdefault(owners[i], []).append(i)
    drafts = (_draft(frame, part, frame.doc[top], limit) for top, part in owned.items())
    return tuple(draft for draft in drafts if draft is not None)


def _owners(doc: Doc, words: Sequence[int]) -> dict[int, int]:
    """For each word the head of the clause that it belongs to."""
    inside = set(words)
    owners: dict[int, int] = {}
    tops: dict[int, None] = {}
    for i in words:
        path = []
        token = doc[i]
        while token.i not in owners and not _starts_claim(token, inside):
            path.append(token.i)
            token = token.head
        top = owners.get(token.i, token.i)
        owners[token.i] = top
        tops.setdefault(top)
        for step in path:
            owners[step] = top
    return _without_fragments(doc, owners, list(tops), words)


def _without_fragments(
    doc: Doc, owners: dict[int, int], tops: list[int], words: Sequence[int]
) -> dict[int, int]:
    """Give the pieces that are no clause to the clause before them, or after the first."""
    clauses = [t for t in tops if _is_clause(doc[t]) and not _is_dependent(doc[t])]
    if not clauses:
        main = next((t for t in tops if doc[t].pos_ not in _WEAK), tops[0])
        return dict.fromkeys(words, main)
    whole = frozenset(clauses)
    home: dict[int, int] = {}
    current = clauses[0]
    for i in words:
        top = owners[i]
        if top in whole:
            current = top
        home[i] = current
    return home


_ADDING = words("offer add note say argue explain claim point stress insist suggest warn write")
_DEPENDENT = words("advcl relcl appos pcomp prep csubj")
_WEAK = words("PUNCT SPACE CCONJ SCONJ PART INTJ ADP DET")


def _is_clause(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return any(child.dep_ in _SUBJECTS for child in token.children)
    return True


def _is_dependent(token: Token) -> bool:
    """True for what says nothing by itself: "if he can", "after the vote", "I mean"."""
    if token.dep_ == "acl" and not _is_added(token):
        return True
    if token.dep_ in _DEPENDENT and not any(c.lower_ in _SPLITTING_MARKS for c in token.lefts):
        return True
    if token.lemma_ not in ("mean", "know", "see", "look"):
        return False
    return token.right_edge.i - token.left_edge.i < 3 and any(
        c.lower_ in ("i", "you") for c in token.lefts
    )


def _starts_claim(token: Token, inside: set[int]) -> bool:
    head = token.head
    if head.i == token.i or head.i not in inside:
        return True
    if token.dep_ in _CLAUSE_JOINS and token.dep_ != "ccomp":
        return _is_clause(token) and _is_clause(head) and _has_subject(token)
    if token.dep_ == "ccomp" and token.i < head.i:
        # "P, Q": the parser makes the first clause depend on the second
        if head.lemma_.lower() in LEXICON or not (_has_subject(token) and _has_subject(head)):
            return False
        return any(token.doc[i].is_punct for i in range(token.i + 1, head.i))
    if token.i > head.i and token.dep_ in ("ccomp", "acl"):
        return _is_added(token)
    if token.dep_ == "advcl":
        return _has_subject(token) and any(c.lower_ in _SPLITTING_MARKS for c in token.lefts)
    return False


def _hangs_on_adding(token: Token, top: int) -> bool:
    """True for the words between two claims: "offering as further evidence that"."""
    while token.i != top and token.head.i != token.i:
        if _adds(token) and any(_is_added(below) for below in token.subtree if below.i > token.i):
            return True
        token = token.head
    return False


def _is_added(clause: Token) -> bool:
    """True for the Q of "..., offering as further evidence that Q"."""
    if clause.dep_ not in ("ccomp", "acl") or not _has_subject(clause):
        return False
    above = clause.head
    for _ in range(3):
        if _adds(above):
            return clause.dep_ == "ccomp" or any(c.dep_ == "mark" for c in clause.lefts)
        above = above.head
    return False


def _adds(participle: Token) -> bool:
    return participle.dep_ == "advcl" and participle.tag_ == "VBG" and participle.lemma_ in _ADDING


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in token.children)


def _draft(frame: Frame, words: Sequence[int], top: Token, limit: Certainty) -> ClaimDraft | None:
    spans = tuple(_spans(frame, words))
    if not spans:
        return None
    predicate = _predicate(top)
    certainty = lower_of(certainty_of(top), limit)
    if predicate is not top:
        certainty = lower_of(certainty, certainty_of(predicate))
    polarity = Polarity.NEGATIVE if is_negated(top) else Polarity.POSITIVE
    return ClaimDraft(spans, polarity, certainty, tense_of(predicate))


def _predicate(top: Token) -> Token:
    """The verb that tells tense and certainty: of a noun phrase, that of its relative clause."""
    if top.pos_ in ("NOUN", "PROPN", "PRON"):
        clause = next((c for c in top.rights if c.dep_ in ("relcl", "acl")), None)
        return clause if clause is not None else top
    return top


def _spans(frame: Frame, owned: Sequence[int]) -> Iterator[Span]:
    """The stretches of these words, without joining words and marks at their ends."""
    doc = frame.doc
    run: list[int] = []
    for index in owned:
        if run and not _continues(doc, run[-1], index):
            yield from _trimmed(frame, run)
            run = []
        run.append(index)
    yield from _trimmed(frame, run)


def _trimmed(frame: Frame, run: Sequence[int]) -> Iterator[Span]:
    doc = frame.doc
    kept = list(run)
    while kept and (doc[kept[0]].lower_ in _EDGE_WORDS or _is_mark(doc[kept[0]])):
        kept.pop(0)
    while kept and (doc[kept[-1]].lower_ in _EDGE_WORDS or doc[kept[-1]].lower_ in _LOOSE_MARKS):
        kept.pop()
    if kept:
        last = doc[kept[-1]]
        yield from _clip(frame, doc[kept[0]].idx, last.idx + len(last))


def _is_mark(token: Token) -> bool:
    return token.is_punct and token.text not in _OPEN_QUOTES and token.text not in "([$#"


def _continues(doc: Doc, index: int, following: int) -> bool:
    return all(doc[between].is_space for between in range(index + 1, following))


def _clip(frame: Frame, start: int, end: int) -> Iterator[Span]:
    for span in frame.candidate.content:
        first, last = max(start, span.start), min(end, span.end)
        if first < last and any(c.isalnum() for c in frame.text[first:last]):
            yield Span(first, last)


def tense_of(predicate: Token) -> str | None:
    """`past`, `present`, `present-perfect`, `past-perfect`, `future`, or None."""
    helpers = [c for c in predicate.lefts if c.dep_ in ("aux", "auxpass")]
    words = {c.lower_ for c in helpers}
    if words & _FUTURE or "to" in words:
        if "have" in words and not words & _FUTURE:  # "is said to have sold"
            return "past"
        return "future" if words & _FUTURE or predicate.dep_ == "xcomp" else None
    if words & {"had", "'d"} and "VBN" in {predicate.tag_, *(c.tag_ for c in helpers)}:
        return "past-perfect"
    if any(c.lemma_ == "have" and c.dep_ == "aux" for c in helpers):
        return "present-perfect"
    finite = next((c for c in helpers if c.tag_ in _FINITE), predicate)
    return _FINITE.get(finite.tag_)


_FUTURE = words("will shall 'll ’ll wo would")
_FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present", "MD": "present"}
