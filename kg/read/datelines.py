"""The date of publication that a text has on one of its first lines: alone there, or a dateline.

Only whole dates are read, never a year that is missing nor a day inside a running sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import Span
from kg.read.dates import MONTH, WEEKDAY, parse_date

_MAX_LINES = 3
"""A headline, a line below it (a standfirst, who wrote it), and then the date at the latest."""
_MAX_HEADLINE_CHARS = 200
_DATE = (
    rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}|(?i:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\.?,? \d{{4}}"
    rf"|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}))"
)
_ZONE = r"(?: ?(?:Z|GMT|UTC|[A-Z]{1,4}T|[+-]\d{2}:?\d{2}))?"
_TIME = rf"(?:(?:T|,? (?:at )?)\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?i: ?[ap]\.?m\.?)?{_ZONE})?"
_LABEL = r"(?i:(?:date|dated|posted|published)(?: on)?:? )?"
_ALONE = re.compile(
    rf"^[ \t]{{0,16}}[*_]{{0,3}}{_LABEL}(?i:{WEEKDAY}){_DATE}{_TIME}[*_]{{0,3}}[ \t]{{0,16}}\r?$",
    re.MULTILINE,
)
_NAME = r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,3}"
_NO_TOWN = (
    r"(?!(?i:on|in|by|at|since|until|from|after|before)\b"
    r"|(?i:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
)
_AGENCY = r"(?: \([A-Z][^()\n]{1,40}\)| /[\w ]{2,30}/)?"
_DATELINE = re.compile(
    rf"[ \t]{{0,16}}{_NO_TOWN}{_NAME}(?:, {_NAME})?{_AGENCY},? (?i:{WEEKDAY}){_DATE}{_AGENCY}"
    r"(?: -{1,3} | ?[–—―] ?)(?=[A-Z\"'“‘])"
)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of publication, and the line that holds nothing else; a dateline has no such line."""

    published: date
    line: Span | None = None


def find_date(text: str, start: int = 0) -> DateLine | None:
    """The date on one of the first lines from `start` on; a line with it alone comes first."""
    lines = list(_first_lines(text, start))
    alone = next(filter(None, (_ALONE.match(text, line.start, line.end) for line in lines)), None)
    if alone is not None:
        return _alone(text, alone)
    matches = (_DATELINE.match(text, line.start, line.end) for line in lines)
    days = (parse_date(found["date"]) for found in matches if found is not None)
    return next((DateLine(day) for day in days if day is not None), None)


def _first_lines(text: str, start: int) -> Iterator[Span]:
    """The lines on which a date may stand: nothing but headlines before it."""
    count = 0
    for found in _LINE.finditer(text, start):
        if not found[0].strip():
            continue
        count += 1
        yield Span(found.start(), found.end())
        if count == _MAX_LINES or len(found[0]) > _MAX_HEADLINE_CHARS:
            return


def _alone(text: str, found: re.Match[str]) -> DateLine | None:
    """The date of a line of its own, unless other lines have others: a chronicle has many."""
    published = parse_date(found["date"])
    others = (parse_date(other["date"]) for other in _ALONE.finditer(text, found.end()))
    if published is None or any(other != published for other in others):
        return None
    return DateLine(published, _with_space(text, found))


def _with_space(text: str, found: re.Match[str]) -> Span:
    """The line up to the next word, as a header takes it."""
    rest = re.compile(r"\s*").match(text, found.end())
    assert rest is not None
    return Span(0 if not text[: found.start()].strip() else found.start(), rest.end())
