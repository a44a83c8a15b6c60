"""Quotations without a cue of their own: they go on, or the sentence before names the speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.annotate.statements.layout import Layout, Quoted
from kg.annotate.statements.rules_syntax import Finding, phrase_of, subject_of

MAX_BACK = 80
"""Tokens to go back for the sentence before a quotation."""


def continuation_findings(layout: Layout, found: Sequence[Finding]) -> Iterator[Finding]:
    """Findings with an empty cue for quotations that fill a paragraph after an attributed one."""
    owners = {start: f for f in found for start, _ in f.content}
    text, doc = layout.text, layout.doc
    last: Finding | None = None
    last_end = 0
    for quoted in layout.quoted:
        held = owners.get(quoted.start)
        if held is not None:
            last, last_end = held, quoted.end
            continue
        span = quoted.quotation.outer
        if last is None or quoted.quotation.is_term or not _fills_paragraph(text, quoted):
            continue
        if last.source is None or text[doc[last_end - 1].idx : span.start].count("\n\n") > 1:
            continue
        going_on = Finding("continued", "continued", [(quoted.start, quoted.end)], [], None)
        going_on.source, going_on.source_head = last.source, last.source_head
        last_end = quoted.end
        yield going_on


def uncued_findings(layout: Layout, found: Sequence[Finding]) -> Iterator[Finding]:
    """Quotations of whole sentences after a sentence whose subject speaks ("X agreed. '...'").

    The cue is the colon that leads to the quotation, or empty.
    """
    owned = {start for f in found for start, _ in f.content}
    for quoted in layout.quoted:
        if quoted.quotation.is_term or quoted.start in owned:
            continue
        lead = _lead(layout, quoted)
        speaker = _speaker(layout, lead) if lead is not None else None
        if lead is None or speaker is None:
            continue
        after_colon = lead.text == ":"
        rule = "colon-quote" if after_colon else "after-sentence"
        cue = [(lead.i, lead.i + 1)] if after_colon else []
        key = lead.sent.root.lemma_.lower()
        one = Finding(rule, key, [(quoted.start, quoted.end)], cue, None)
        one.source, one.source_head = phrase_of(speaker), speaker.i
        yield one


def _lead(layout: Layout, quoted: Quoted) -> Token | None:
    """The mark that ends the text before the quotation: a full stop on its line, or a colon."""
    doc = layout.doc
    k = quoted.start - 1
    newline = False
    while k >= 0 and doc[k].is_space:
        newline = newline or "\n" in doc[k].text
        k -= 1
    if k < 0 or layout.at(k) is not None:
        return None
    if doc[k].text == ":" or (doc[k].text == "." and not newline):
        return doc[k]
    return None


def _speaker(layout: Layout, lead: Token) -> Token | None:
    """The subject of the sentence that the mark ends, or the name right before a colon."""
    sentence = lead.sent
    root = sentence.root
    if lead.i - sentence.start > MAX_BACK or layout.at(root.i) is not None:
        return None
    if root.pos_ in ("VERB", "AUX"):
        return subject_of(root)
    before = lead.nbor(-1) if lead.i > 0 else None
    if lead.text == ":" and before is not None and before.pos_ == "PROPN":
        return before
    return None


def _fills_paragraph(text: str, quoted: Quoted) -> bool:
    start, end = quoted.quotation.outer.start, quoted.quotation.outer.end
    before = text[max(start - 2, 0) : start]
    after = text[end : end + 2]
    return (not before or "\n" in before) and (not after.strip() or "\n" in after)
