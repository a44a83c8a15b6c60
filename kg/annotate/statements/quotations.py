"""Finds the quoted stretches of a text, whatever marks they were typed with.

First step of the statement layer; linear in the length of the text. Newspapers re-open a quotation
at every paragraph and close it once; such a quotation is one `Quotation` with several inner spans.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span

MAX_DEPTH = 6
"""Quotations nested deeper than this are ignored; nobody writes them."""
MAX_TERM_WORDS = 6
"""A title, nickname or scare quote has at most so many words."""

_MARKS = re.compile(r"``|''|[\"“”„‟«»‘’‚']")
_KINDS = {
    '"': "double", "“": "double", "”": "double", "„": "double", "‟": "double",
    "``": "double", "''": "double", "«": "guillemet", "»": "guillemet",
    "‘": "single", "’": "single", "‚": "single", "'": "single",
}  # fmt: skip
_OPENING = frozenset(("“", "„", "«", "‘", "‚", "``"))
_CLOSING = frozenset(("”", "»", "’", "''", "‟"))
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+")
_BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*\n\s*")
_NEWLINE = re.compile(r"\n\s*")
_ELISION = re.compile(r"['’](?:em|tis|twas|til|cause|bout|n|\d\ds?)\b", re.IGNORECASE)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LABEL = re.compile(r"[A-Z][A-Z.'’\-]*(?: [A-Z][A-Z.'’\-]*){0,3}(?: \([^()\n]{1,40}\))?:(?=\s)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch. `outer` holds the marks, `inner` leaves them out (a span a paragraph)."""

    outer: Span
    inner: tuple[Span, ...]
    depth: int = 0
    """0 for a quotation of the text, 1 for one inside it, and so on."""
    opened: bool = True
    closed: bool = True
    """False where the mark is missing and the end was guessed."""
    is_term: bool = False
    """True for a title, nickname or scare quote: short, without a verb, not a sentence."""


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner."""

    kind: str
    start: int
    inner_start: int


def find_quotations(tokens: TokenIndex) -> list[Quotation]:
    """The quotations of a Doc in text order, outer before inner.

    Offsets are those of `doc.text`.
    """
    text = tokens.text
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        inside = sorted(_scan(text, start, end), key=lambda q: (q.outer.start, -q.outer.end))
        if inside and _goes_on(found, text, start, inside[0]):
            found[-1], inside = _join(found[-1], inside[0]), inside[1:]
        found.extend(inside)
    return [replace(q, is_term=_is_term(tokens, q)) for q in found]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph: split at blank lines, or at newlines if there is none."""
    separator = _BLANK_LINE if _BLANK_LINE.search(text) else _NEWLINE
    start = 0
    for match in separator.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def label_of(text: str, start: int) -> str | None:
    """The "ROBBINS:" of a transcript that stands at this place, without the colon; else None."""
    match = _LABEL.match(text, start)
    return match.group()[:-1] if match is not None else None


def _goes_on(found: Sequence[Quotation], text: str, start: int, first: Quotation) -> bool:
    """True if the last quotation was left open and the new paragraph re-opens it.

    It does so with the mark that it began with, and in a transcript a label is another's turn.
    """
    if not found or found[-1].closed or found[-1].depth or first.outer.start != start:
        return False
    if text[start] != text[found[-1].outer.start] or label_of(text, first.inner[0].start):
        return False
    return not text[found[-1].outer.end : start].strip()


def _join(left: Quotation, right: Quotation) -> Quotation:
    outer = Span(left.outer.start, right.outer.end)
    return replace(left, outer=outer, inner=left.inner + right.inner, closed=right.closed)


def _scan(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations of one paragraph; an unclosed one at its end reaches to the end."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    floor = start
    for match in _MARKS.finditer(text, start, end):
        mark, at = match.group(), match.start()
        kind = _KINDS[mark]
        role = _role(text, match, start, end)
        level = next((i for i, o in enumerate(stack) if o.kind == kind), None)
        if role == "skip":
            continue
        if level is not None and (role == "close" or (role == "either" and kind == "double")):
            found.extend(_quotation(stack[level], at, match.end(), level))
            del stack[level:]
            floor = match.end()
        elif role in ("open", "either"):
            if level is not None:
                found.extend(_unclosed(text, stack[level], at, level))
                del stack[level:]
            if len(stack) < MAX_DEPTH:
                stack.append(_Open(kind, at, match.end()))
        elif kind != "single" and not stack:
            found.extend(_unopened(text, floor, at, match.end()))
            floor = match.end()
    if stack and stack[0].kind != "single":
        found.extend(_unclosed(text, stack[0], end, 0, whole=True))
    return found


def _role(text: str, match: re.Match[str], start: int, end: int) -> str:
    """`open`, `close`, `either` or `skip` (apostrophe, inch mark, stray), from the neighbours."""
    mark, at, after = match.group(), match.start(), match.end()
    before = text[at - 1] if at > start else " "
    follows = text[after] if after < end else " "
    if _KINDS[mark] == "single":
        return _single_role(text, at, before, follows)
    opens = not follows.isspace() and (before.isspace() or before in "([{—–-/‘'“>…")
    closes = not before.isspace()
    if mark in _OPENING:
        return "close" if closes and not opens and not follows.isalnum() else "open"
    if mark in _CLOSING:
        return "open" if opens and before.isspace() else "close"
    if before.isdigit() and not opens and not follows.isalnum():
        return "close"
    if opens and closes:
        return "either"
    if opens:
        return "open"
    return "close" if closes else "skip"


def _single_role(text: str, at: int, before: str, follows: str) -> str:
    """Apostrophes far outnumber single quotation marks: in doubt it is one."""
    if before.isalnum() and follows.isalnum():
        return "skip"
    if follows.isalnum() or follows in '“"[':
        if before.isspace() or before in '([—–"“':
            return "skip" if _ELISION.match(text, at) or text[at] == "’" else "open"
        if follows != '"':  # which closes the outer quotation: "He said: 'Go,'" she told us
            return "skip"
    if before.isspace():
        return "skip"
    plural = before == "s" and follows == " "
    return "skip" if plural else "close"


def _quotation(opened: _Open, at: int, after: int, depth: int) -> Iterator[Quotation]:
    if at > opened.inner_start:
        inner = (Span(opened.inner_start, at),)
        yield Quotation(Span(opened.start, after), inner, depth)


def _unclosed(
    text: str, opened: _Open, limit: int, depth: int, *, whole: bool = False
) -> Iterator[Quotation]:
    """A quotation without its closing mark: to the end of the paragraph, or of its sentence."""
    if opened.kind == "single":
        return
    stop = limit
    if not whole:
        ends = _SENTENCE_END.search(text, opened.inner_start, limit)
        stop = ends.start() + 1 if ends else limit
    while stop > opened.inner_start and text[stop - 1].isspace():
        stop -= 1
    if stop > opened.inner_start:
        inner = (Span(opened.inner_start, stop),)
        yield Quotation(Span(opened.start, stop), inner, depth, closed=False)


def _unopened(text: str, floor: int, at: int, after: int) -> Iterator[Quotation]:
    """A quotation without its opening mark: from the start of its sentence."""
    if at <= floor or text[at - 1] not in ",.!?":
        return
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, at):
        start = match.end()
    while start < at and text[start].isspace():
        start += 1
    if start < at:
        yield Quotation(Span(start, after), (Span(start, at),), opened=False)


def _is_term(tokens: TokenIndex, quotation: Quotation) -> bool:
    """Short, without a finite verb, not a sentence with its own full stop."""
    if len(quotation.inner) > 1:
        return False
    inner = quotation.inner[0]
    first = bisect_right(tokens.starts, inner.start) - 1
    last = bisect_left(tokens.starts, inner.end)
    if last - first > MAX_TERM_WORDS + 2:
        return False
    words = 0
    for i in range(first, last):
        token = tokens.doc[i]
        words += token.is_alpha
        if token.tag_ in _FINITE:
            return False
    return words <= MAX_TERM_WORDS and tokens.text[inner.end - 1] not in "!?,.;"
