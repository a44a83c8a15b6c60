"""One candidate with its tokens: the form in which the steps of interpretation read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.annotate.draft import Candidate
from kg.annotate.statements.tokens import TokenIndex
from kg.annotate.statements.wordlists import words
from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Frame:
    """A candidate and its tokens; indices are indices in the Doc, in text order."""

    doc: Doc
    text: str
    """The text of the Doc."""
    candidate: Candidate
    head: Token | None
    """The word of saying that the cue stands on; None for a quotation without a cue."""
    cue: tuple[int, ...]
    content: tuple[int, ...]
    source: tuple[int, ...]


def build_frame(index: TokenIndex, candidate: Candidate) -> Frame:
    """The candidate with its tokens."""
    cue = index.all_inside(candidate.cue)
    return Frame(
        doc=index.doc,
        text=index.text,
        candidate=candidate,
        head=_head(index.doc, candidate, cue),
        cue=cue,
        content=index.all_inside(candidate.content),
        source=index.all_inside((candidate.source,)) if candidate.source else (),
    )


def _head(doc: Doc, candidate: Candidate, cue: tuple[int, ...]) -> Token | None:
    if candidate.cue_head is not None:
        return doc[candidate.cue_head]
    tops = [doc[i] for i in cue if doc[i].head.i not in cue or doc[i].head.i == i]
    for tokens in (tops, [doc[i] for i in cue]):
        for parts in (("VERB",), ("AUX",), ("NOUN", "ADJ", "ADV")):
            found = next((token for token in tokens if token.pos_ in parts), None)
            if found is not None:
                return _lexical(found, cue)
    return next((token for token in tops if not token.is_punct and not token.is_space), None)


def _lexical(verb: Token, cue: tuple[int, ...]) -> Token:
    """The "confirm" of "has yet to confirm", the "told" of "is said to have told"."""
    for inner in verb.rights:
        if inner.dep_ == "xcomp" and inner.i in cue:
            perfect = any(c.lemma_ == "have" for c in inner.lefts)
            return inner if verb.lemma_ == "have" or perfect else verb
    return verb


def noun_phrase(token: Token) -> Span:
    """The phrase of a noun without apposition, relative clause or what is coordinated later.

    "the driver of the bus, Ion Petrescu, who was hurt" gives "the driver of the bus".
    """
    doc = token.doc
    start = token.left_edge.i
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    end = _phrase_end(token)
    return Span(doc[start].idx, doc[end].idx + len(doc[end]))


def _phrase_end(token: Token) -> int:
    end = token.i
    for child in token.rights:
        if child.i != end + 1:
            break
        if child.dep_ == "nummod":
            end = child.i
        elif _is_inside(child):
            end = max(_phrase_end(noun) for noun in child.rights if noun.dep_ == "pobj")
        else:
            break
    return end


def _is_inside(preposition: Token) -> bool:
    """True for "of" and the like, unless a time follows: "reporters in Tirana", not "in April"."""
    return (
        preposition.dep_ == "prep"
        and preposition.lower_ in _INSIDE_PREPOSITIONS
        and any(c.dep_ == "pobj" for c in preposition.rights)
        and not any(c.ent_type_ in ("DATE", "TIME") for c in preposition.children)
    )


_INSIDE_PREPOSITIONS = words("of for from in to at")
