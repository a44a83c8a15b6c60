"""Who said what in one parsed article: quotations, rules, trained tagger, and what it all means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, Name
from kg.annotate.statements.interpret import interpret
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import find_candidates

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_attributions"]

MIN_CONFIDENCE = 0.38
"""Attributions that are right less often are dropped: F1 is best near half of itself."""


def find_attributions(
    doc: Doc, *, published: date | None, names: Sequence[Name]
) -> list[Attribution]:
    """The attributions of an article in text order; parents are indices into the list.

    `published` is the day against which "on Thursday" is read; `names` are the names of the text.
    """
    del names
    quotations = find_quotations(doc)
    candidates = [c for c in find_candidates(doc, quotations) if c.score >= MIN_CONFIDENCE]
    quoted = [span for quotation in quotations for span in quotation.inner]
    return interpret(doc, candidates, sorted(quoted), published=published)
