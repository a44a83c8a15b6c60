"""Who said what in one parsed article: quotations, rules, trained tagger, and what it all means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, Candidate, Name
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import find_candidates
from kg.vocabulary import Act, QuoteType, Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_attributions"]


def find_attributions(
    doc: Doc, *, published: date | None, names: Sequence[Name]
) -> list[Attribution]:
    """The attributions of an article in text order; parents are indices into the list.

    `published` is the day against which "on Thursday" is read; `names` are the names of the text.
    """
    del published, names
    quotations = find_quotations(doc)
    candidates = [c for c in find_candidates(doc, quotations) if c.score >= MIN_CONFIDENCE]
    return [_attribution(doc, candidate) for candidate in candidates]


MIN_CONFIDENCE = 0.3
"""Attributions that are right less often are dropped: F1 is best near half of itself."""


def _attribution(doc: Doc, candidate: Candidate) -> Attribution:
    lemma = doc[candidate.cue_head].lemma_.lower() if candidate.cue_head is not None else ""
    quoted = all(doc.text[span.start] in "\"“'‘«" for span in candidate.content)
    return Attribution(
        source=candidate.source,
        cue=candidate.cue,
        cue_lemma=lemma,
        content=candidate.content,
        act=Act.SAY,
        stance=Stance.ASSERTS,
        kind=StatementKind.SPEECH,
        quote_type=QuoteType.DIRECT if quoted else QuoteType.INDIRECT,
        parent=None,
        rule=candidate.rule,
        confidence=candidate.score,
    )
