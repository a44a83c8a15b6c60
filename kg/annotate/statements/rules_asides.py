"""What follows a comma and is said by somebody else than the words before it.

"She said that P, calling it a disgrace": the participle is a statement of its own. "P, a charge
they reject", "P, which they deny": the article adds who contests it. "X told them P, according to
Y": Y answers for the whole sentence. None of them belongs to what X is reported to have said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kg.annotate.statements.layout import Layout
from kg.annotate.statements.rules_syntax import (
    SPEAKERS_PARTICIPLES,
    Finding,
    Range,
    cue_range,
    phrase_of,
    trimmed,
)

ASIDE = "aside"
"""The rule of what an apposition says of the clause before it: both have the same content."""
_ALLEGATION_WORDS = """
charge claim allegation accusation assertion suggestion characterisation characterization notion
contention insinuation statement
"""
ALLEGATIONS = frozenset(_ALLEGATION_WORDS.split())
"""What a clause may be called in an apposition to it ("P, a charge they reject")."""

_NAMING = sorted(ALLEGATIONS | {"according"})
_DENYING = frozenset(("deny", "reject", "dispute", "dismiss", "contest", "refute", "rebut"))
_BREAKS = frozenset((",", "-", "--", "–", "—"))
_VERBAL = frozenset(("VERB", "AUX"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_MAX_CLIMB = 8


def aside_findings(layout: Layout) -> Iterator[Finding]:
    """Denials in an aside: "P, a charge they reject", "P, which they deny"."""
    for verb in _of_dependency(layout.doc, "relcl"):
        if verb.lemma_.lower() not in _DENYING:
            continue
        comma = _comma_before(verb.head if verb.head.lower_ in ALLEGATIONS else verb)
        named = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
        if comma is None or named is None or named.tag_ in ("WDT", "WP"):
            continue
        claim = _clause_before(verb.head, comma)
        if claim is not None:
            found = Finding(ASIDE, verb.lemma_.lower(), [claim], cue_range(verb), verb.i)
            found.source, found.source_head = phrase_of(named), named.i
            yield found


def _clause_before(noun: Token, comma: int) -> Range | None:
    """The clause that an apposition names, up to the comma."""
    verb = noun.head
    for _ in range(_MAX_CLIMB):
        if verb.pos_ in _VERBAL and any(c.dep_ in _SUBJECTS for c in verb.lefts):
            break
        verb = verb.head
    said = next((c for c in verb.rights if c.dep_ == "ccomp" and c.i < comma), verb)
    start = said.left_edge.i
    if start < comma and verb.doc[start].dep_ == "mark":
        start += 1
    return trimmed(verb.doc, start, comma)


def cut_asides(layout: Layout, findings: Sequence[Finding]) -> None:
    """End the content of each finding before the asides that somebody else makes."""
    asides = sorted(_asides(layout.doc))
    if not asides:
        return
    for finding in findings:
        finding.content = [
            part for whole in finding.content for part in _cut(layout, whole, finding, asides)
        ]


def _asides(doc: Doc) -> Iterator[Range]:
    """Comma and end of each aside, as half-open token ranges."""
    for token in _likely(doc):
        if _is_aside(token):
            comma = _comma_before(token)
            if comma is not None:
                yield comma, token.right_edge.i + 1


def _likely(doc: Doc) -> Iterator[Token]:
    """Every token that can head an aside; spaCy takes long to hand out all tokens of a text."""
    yield from _of_dependency(doc, "advcl", "relcl")
    words = np.array([get_string_id(word) for word in _NAMING], dtype=np.uint64)
    for index in np.flatnonzero(np.isin(doc.to_array("LOWER").astype(np.uint64), words)).tolist():
        yield doc[index]


def _of_dependency(doc: Doc, *wanted: str) -> Iterator[Token]:
    labels = np.array([get_string_id(label) for label in wanted], dtype=np.uint64)
    for index in np.flatnonzero(np.isin(doc.to_array("DEP").astype(np.uint64), labels)).tolist():
        yield doc[index]


def _is_aside(token: Token) -> bool:
    if token.tag_ == "VBG" and token.dep_ == "advcl":
        return token.lemma_.lower() in SPEAKERS_PARTICIPLES
    if token.lower_ in ALLEGATIONS:
        return any(child.dep_ == "relcl" for child in token.rights)
    if token.dep_ == "relcl" and token.lemma_.lower() in _DENYING:
        return any(c.tag_ == "WDT" and c.dep_ == "dobj" for c in token.lefts)
    return token.lower_ == "according"


def _comma_before(token: Token) -> int | None:
    start = token.left_edge.i
    return start - 1 if start > 0 and token.doc[start - 1].text in _BREAKS else None


def _cut(
    layout: Layout, whole: Range, finding: Finding, asides: Sequence[Range]
) -> Iterator[Range]:
    """The part before the first aside that runs to the end of the content and is no quotation."""
    start, end = whole
    for comma, last in asides:
        inside = start < comma < end <= last + 1
        own_cue = finding.head is not None and finding.head > comma
        if inside and not own_cue and layout.at(comma) is None:
            end = comma
            break
    yield start, end
