"""Line breaks, datelines and clock times that end a sentence, told to the parser beforehand.

A headline has no full stop: the parser alone reads on into the dateline below it, and a denial in
the headline would deny the date. A dateline has none either, nor the time of an entry of a live
blog: the parser alone takes the town, or "GMT", for the subject of the sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BLANK_LINE = re.compile(r"\n\s*\n")
_LINE_START = re.compile(r"^[^\S\n]*", re.MULTILINE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\([A-Z][^()\n]{1,40}\)"
_DASH = r"(?: -{1,3} | ?[–—―] ?)"
_DATELINE = re.compile(
    # A town in capitals, and perhaps its country; else a day or an agency after it.
    r"([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?:, [A-Z][\w. ]{1,30})??"
    rf"(?:, {_DAY})?(?: {_AGENCY})?{_DASH}(?=[A-Z\"'“‘])"
    rf"|([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}})(?:, [A-Z][\w. ]{{1,30}})??"
    rf"(?:, {_DAY}(?: {_AGENCY})?| {_AGENCY}){_DASH}(?=[A-Z\"'“‘])"
)
_RUBRIC = re.compile(
    r"(?:ANALYSIS|BREAKING|COMMENT|CORRECTION|EDITORIAL|EXCLUSIVE|EXPLAINER|FEATURE|INTERVIEW|LIVE"
    r"|NEWS|NOTE|OPINION|PHOTOS?|PICTURES?|PROFILE|REVIEW|SPORTS?|UPDATED?|VIDEO|WATCH)\b"
)
"""What else stands in capitals before a dash."""
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)?"
    r" ?(?:GMT|UTC|BST|IST|CES?T|EES?T|[ECMP][SD]?T|AES?T)?"
    rf"(?:{_DASH}| ?[:|] | )(?=[A-Z\"'“‘])"
)
_COMPONENT = "claimgraph_line_breaks"


def add_line_breaks(nlp: Language) -> None:
    """Let a pipeline begin a sentence after every line break, before anything else runs."""
    from spacy.language import Language as Registry

    Registry.component(_COMPONENT, func=mark_line_breaks)
    nlp.add_pipe(_COMPONENT, first=True)


def mark_line_breaks(doc: Doc) -> Doc:
    """The Doc, with a sentence beginning after every blank line and every other line break.

    A single break before a small letter is none: the line was only full. What stands before the
    first sentence of a line, a dateline or a time of day, is a sentence of its own.
    """
    text = doc.text
    space = ""
    begins_line, body = True, -1  # body: the character at which the sentence after a dateline is
    for token in doc:
        if token.is_space:
            space += token.text
            continue
        begins_line |= "\n" in space
        if token.i > 0 and (
            _BLANK_LINE.search(space)
            or ("\n" in space and not token.text[0].islower())
            or token.idx == body
        ):
            token.is_sent_start = True
        if begins_line:
            body = _end_of_lead_in(text, token.idx)
        begins_line, space = False, ""
    return doc


def find_towns(doc: Doc) -> Iterator[tuple[int, int]]:
    """The towns that datelines begin with, as tokens start to end (half-open), in text order.

    Those without capitals need a day: "Ann Coe (Labour) - Transport" is a list of people. Those of
    more than two words need something after them: "SHE HAS DENIED IT - The" is a heading.
    """
    text = doc.text
    for line in _LINE_START.finditer(text):
        found = _DATELINE.match(text, line.end())
        if found is None or _RUBRIC.match(found[0]):
            continue
        town = found[1] or found[2]
        is_alone = found[0].rstrip(" -–—―") == town
        if (is_alone and town.count(" ") > 1) or not (found[1] or re.search(_DAY, found[0])):
            continue
        span = doc.char_span(found.start(), found.start() + len(town))
        if span is not None:
            yield span.start, span.end


def _end_of_lead_in(text: str, start: int) -> int:
    """Where the dateline or the clock time at this place ends; -1 if there is none."""
    found = _DATELINE.match(text, start) or _CLOCK.match(text, start)
    return -1 if found is None else found.end()
