"""Where the article itself speaks against a source: "but he is in fact ...", "falsely claimed".

Rare and narrow on purpose: what an article reports in its own voice is no statement of its own
unless it contradicts someone whom it has just quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, Candidate
from kg.annotate.statements.claims import split_claims
from kg.annotate.statements.frames import Frame
from kg.annotate.statements.wordlists import words
from kg.model import Span
from kg.vocabulary import Act, Certainty, QuoteType, Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FALSELY = words("falsely wrongly incorrectly erroneously mistakenly untruthfully")
_FACTS = words("fact reality truth")
_ASIDE = words("appos relcl advcl parataxis")
_OUTSIDE = words("appos relcl advcl parataxis punct dep cc conj")
CONFIDENCE = 0.8


def find_narrator(frames: Sequence[Frame]) -> Iterator[Attribution]:
    """The narrator's statements that contradict these, in the order of these."""
    for frame in frames:
        if frame.head is None or frame.head.dep_ == "conj":
            continue
        yield from _corrections(frame, frame.head)
        yield from _contradictions(frame, frame.head)


def _corrections(frame: Frame, head: Token) -> Iterator[Attribution]:
    """ "She falsely claimed that P": the narrator denies P."""
    for adverb in head.children:
        if adverb.lower_ in _FALSELY and frame.content and adverb.i not in frame.content:
            yield _statement(
                frame, (_span(adverb, adverb),), frame.candidate.content, Stance.DENIES, Act.DENY
            )


def _contradictions(frame: Frame, head: Token) -> Iterator[Attribution]:
    """ "... calls him a hero, but he is in fact a thief": the narrator asserts the latter."""
    if not any(child.lower_ in ("but", "yet") for child in head.children):
        return
    for clause in head.rights:
        if clause.dep_ != "conj" or clause.i in frame.content:
            continue
        adverb = _in_fact(clause)
        subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
        if adverb is None or subject is None:
            continue
        end = _end(clause)
        content = _span(subject.left_edge, frame.doc[end])
        cue = _span(min(clause, adverb, key=_index), max(clause, adverb.right_edge, key=_index))
        yield _statement(frame, (cue,), (content,), Stance.ASSERTS, Act.ASSERT)


def _end(clause: Token) -> int:
    """The last word of the clause before an apposition or a clause that hangs on it."""
    doc = clause.doc
    end = max((c.right_edge.i for c in clause.rights if c.dep_ not in _OUTSIDE), default=clause.i)
    asides = _asides(clause)
    while any(aside.left_edge.i <= end <= aside.right_edge.i for aside in asides):
        end = min(aside.left_edge.i for aside in asides if aside.right_edge.i >= end) - 1
    while end > clause.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return end


def _asides(clause: Token) -> list[Token]:
    return [token for token in clause.subtree if token.dep_ in _ASIDE and token.i > clause.i]


def _in_fact(clause: Token) -> Token | None:
    for child in clause.children:
        if child.lower_ == "actually":
            return child
        if child.lower_ == "in" and any(c.lower_ in _FACTS for c in child.rights):
            return child
    return None


def _index(token: Token) -> int:
    return token.i


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))


def _statement(
    frame: Frame, cue: tuple[Span, ...], content: tuple[Span, ...], stance: Stance, act: Act
) -> Attribution:
    doc = frame.doc
    inside = tuple(token.i for token in _inside(doc, content))
    candidate = Candidate(None, cue, content, "narrator", CONFIDENCE)
    own = Frame(doc, frame.text, candidate, None, (), inside, ())
    return Attribution(
        source=None,
        cue=cue,
        cue_lemma=" ".join(token.lemma_.lower() for token in _inside(doc, cue)),
        content=content,
        act=act,
        stance=stance,
        kind=StatementKind.SPEECH,
        quote_type=QuoteType.NONE,
        parent=None,
        rule="narrator",
        confidence=CONFIDENCE,
        claims=split_claims(own, Certainty.CERTAIN),
        narrator=True,
    )


def _inside(doc: Doc, spans: Sequence[Span]) -> list[Token]:
    """The tokens that begin in one of the spans, in text order."""
    found = {
        token.i: token
        for span in spans
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        if span.start <= token.idx < span.end
    }
    return [found[i] for i in sorted(found)]
