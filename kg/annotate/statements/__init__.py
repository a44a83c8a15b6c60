"""Who said what in one parsed article: quotations, rules, trained tagger, and what it all means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, Name
from kg.annotate.statements import learned
from kg.annotate.statements.combine import Setting, combine
from kg.annotate.statements.coordination import end_contents
from kg.annotate.statements.depth import within_depth
from kg.annotate.statements.idioms import says_nothing
from kg.annotate.statements.interpret import interpret
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import candidates_in
from kg.annotate.statements.sources import within_paragraph
from kg.annotate.statements.tokens import TokenIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_attributions"]


def find_attributions(
    doc: Doc, *, published: date | None, names: Sequence[Name]
) -> list[Attribution]:
    """The attributions of an article in text order; parents are indices into the list.

    `published` is the day against which "on Thursday" is read; `names` are the names of the text.
    """
    del names
    tokens = TokenIndex(doc)
    quotations = find_quotations(tokens)
    layout = Layout(tokens, quotations)
    tagged = learned.find_candidates(doc) if learned.is_usable(doc) else None
    if tagged is not None:
        tagged = end_contents(tokens.text, tagged, layout.ends)
    combined = combine(candidates_in(layout), tagged, setting_of(layout))
    stated = (one for one in within_depth(combined) if not says_nothing(doc, one))
    candidates = within_paragraph(tokens.text, stated)
    quoted = [span for quotation in quotations for span in quotation.inner]
    return interpret(tokens, candidates, sorted(quoted), published=published)


def setting_of(layout: Layout) -> Setting:
    """What the confidence of findings in this text depends on."""
    quoted = tuple(one.quotation.outer for one in layout.quoted)
    return Setting(layout.reporting, layout.first_person, quoted)
