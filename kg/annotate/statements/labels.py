"""Speakers named beside their words without a verb: signatures and the labels of transcripts.

"“...” ― Ana Petrescu" under a quotation, and "ROBBINS: ..." at the start of a quoted paragraph.
Labels of paragraphs without marks are found by `colon_findings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.statements.quotations import label_of
from kg.annotate.statements.rules_quotations import Layout, Quoted
from kg.annotate.statements.rules_syntax import Finding, Range

MAX_NAME_TOKENS = 7
MAX_BREAKS = 2
"""Line breaks between a quotation and its signature."""
_DASHES = frozenset(("—", "–", "―", "-", "--", "---", "—-", "−"))
_NAME_PARTS = frozenset(("PROPN", "PUNCT", "DET", "NOUN", "ADJ", "ADP"))


def signature_findings(layout: Layout) -> Iterator[Finding]:
    """Quotations with a dash and a name after them, and nothing else on the line of the name."""
    doc = layout.doc
    for quoted in layout.quoted:
        dash = _dash_after(doc, quoted)
        name = _name_after(doc, dash) if dash is not None else None
        if dash is None or name is None or not _starts_line(doc, quoted):
            continue
        found = Finding(
            "signature", "—", [(quoted.start, quoted.end)], [(dash, dash + 1)], None, quoted=True
        )
        found.source, found.source_head = name, name[1] - 1
        yield found


def label_findings(layout: Layout) -> Iterator[Finding]:
    """Quotations that begin with the label of a transcript: their words are those after it."""
    doc = layout.doc
    for quoted in layout.quoted:
        label = label_of(layout.text, quoted.quotation.inner[0].start)
        if label is None:
            continue
        first = quoted.start + 1
        colon = next((k for k in range(first, quoted.end) if doc[k].text == ":"), None)
        if colon is None or colon == first or colon + 1 >= quoted.end:
            continue
        found = Finding("label", ":", [(colon + 1, quoted.end)], [(colon, colon + 1)], None)
        found.source, found.source_head = (first, colon), colon - 1
        yield found


def _starts_line(doc: Doc, quoted: Quoted) -> bool:
    before = quoted.start - 1
    return before < 0 or "\n" in doc[before].text


def _dash_after(doc: Doc, quoted: Quoted) -> int | None:
    """The dash that follows a quotation, on its line or under it."""
    breaks = 0
    for k in range(quoted.end, min(quoted.end + 4, len(doc))):
        if doc[k].text in _DASHES:
            return k
        if not doc[k].is_space:
            return None
        breaks += doc[k].text.count("\n")
        if breaks > MAX_BREAKS:
            return None
    return None


def _name_after(doc: Doc, dash: int) -> Range | None:
    """The name between the dash and the end of the line; what follows its comma is left out."""
    first = dash + 1
    while first < len(doc) and doc[first].is_space and "\n" not in doc[first].text:
        first += 1
    stop = first
    while stop < len(doc) and "\n" not in doc[stop].text and doc[stop].text != ",":
        stop += 1
    end = stop
    while end > first and (doc[end - 1].is_space or doc[end - 1].text in ".;"):
        end -= 1
    words = [doc[k] for k in range(first, end)]
    if not 0 < len(words) <= MAX_NAME_TOKENS or not words[-1].text[-1].isalnum():
        return None
    capitals = sum(word.text[0].isupper() for word in words)
    if not words[0].text[0].isupper() or 2 * capitals < len(words):
        return None
    return first, end
