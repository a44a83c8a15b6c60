"""Speakers named beside their words without a verb: signatures and the labels of transcripts.

"“...” ― Ana Petrescu" under a quotation, "ROBBINS: ..." at the start of a quoted paragraph, and the
turns of an interview, "Ana Petrescu: ...". Where the text is no interview, labels of paragraphs
without marks are found by `colon_findings`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.annotate.statements.layout import Layout, Quoted
from kg.annotate.statements.quotations import label_of
from kg.annotate.statements.rules_syntax import Finding, Range

MAX_NAME_TOKENS = 7
MAX_BREAKS = 2
"""Line breaks between a quotation and its signature."""
TURN = "turn"
MIN_TURNS = 4
"""A text in which two speakers have two turns each, and so many in all, is an interview."""
_LABELLED = re.compile(
    r"^[ \t]*((?:[A-Z][\w.'’-]*[ \t]){0,4}[A-Z][\w.'’-]*)(?: \([^()\n]{1,40}\))?:[ \t]+(?=\S)",
    re.MULTILINE,
)
_NOBODY = frozenset(("q", "a", "question", "answer"))
"""Labels that name no speaker."""
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
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


def turn_findings(layout: Layout) -> Iterator[Finding]:
    """The turns of an interview: each line that begins with the label of one who speaks again."""
    labels = list(_LABELLED.finditer(layout.text))
    if len(labels) < MIN_TURNS:
        return
    turns = Counter(_surname(label) for label in labels)
    again = {name for name, count in turns.items() if count > 1}
    spoken = [label for label in labels if _surname(label) in again]
    if len(again) < 2 or len(spoken) < MIN_TURNS or not _is_talk(layout, spoken):
        return
    for label in spoken:
        first, stop = _tokens(layout, label.start(1), label.end(1))
        _, colon = _tokens(layout, label.start(1), label.end(0))
        words = _tokens(layout, label.end(0), _end_of_line(layout.text, label))
        colon = next(k for k in range(colon - 1, first, -1) if layout.doc[k].text == ":")
        found = Finding(TURN, ":", [words], [(colon, colon + 1)], None)
        if _surname(label) not in _NOBODY:
            found.source, found.source_head = (first, stop), stop - 1
        yield found


def _surname(label: re.Match[str]) -> str:
    """What the short label of a speaker shares with the first, long one."""
    return label[1].split()[-1].casefold()


def _is_talk(layout: Layout, turns: Sequence[re.Match[str]]) -> bool:
    """True for sentences under the names of people; a table of prices has labels as well."""
    is_named = any(" " in label[1] or label[1].isupper() for label in turns)
    finite = sum(_is_finite(layout, label) for label in turns)
    return is_named and 2 * finite > len(turns)


def _is_finite(layout: Layout, label: re.Match[str]) -> bool:
    first, stop = _tokens(layout, label.end(0), _end_of_line(layout.text, label))
    return any(layout.doc[k].tag_ in _FINITE for k in range(first, stop))


def _end_of_line(text: str, label: re.Match[str]) -> int:
    end = text.find("\n", label.end(0))
    return len(text.rstrip()) if end < 0 else end


def _tokens(layout: Layout, start: int, end: int) -> Range:
    return bisect_left(layout.starts, start), bisect_left(layout.starts, end)


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
