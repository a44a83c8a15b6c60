"""Dates of publication, read where they can mean one day: an invented one is worse than none."""

from __future__ import annotations

import re
from datetime import date

from kg.model import Failure, FailureKind
from kg.read.raw import printable

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""Names of months and their short forms, for patterns without regard to case."""
_MONTH = rf"(?P<name>{MONTH})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_TIME = r"(?:T\d{4,6}.*|(?:T|,? )\d{1,2}:\d{2}.*)?\Z"
_FORMS = tuple(
    re.compile(form + _TIME, re.DOTALL | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{WEEKDAY}{_DAY} {_MONTH},? (?P<year>\d{{4}})",
        rf"{WEEKDAY}{_MONTH} {_DAY},? (?P<year>\d{{4}})",
    )
)


def parse_date(value: str) -> date | None:
    """The day that the words name, with or without a time; None for anything else.

    Read are `2017-05-11` (also with `/` or `.`), `20170511`, `11 May 2017` and `May 11, 2017`, with
    or without a weekday, as in `Thu, 11 May 2017 08:00:00 GMT`. `11/05/2017` is none: it is a day
    in May or in November.
    """
    for form in _FORMS:
        match = form.match(" ".join(value.split()))
        if match is not None:
            return _day(match.groupdict())
    return None


def _day(parts: dict[str, str]) -> date | None:
    name = parts.get("name")
    month = int(parts["month"]) if name is None else _MONTHS.index(name[:3].lower()) + 1
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def read_date(value: object, where: str, field: str) -> tuple[date | None, Failure | None]:
    """The date in a field, or None and a warning that says what was found instead."""
    if value is None or value == "":
        return None, None
    found = parse_date(value) if isinstance(value, str) else None
    if found is not None:
        return found, None
    shown = printable(str(value)[:40])
    reason = f"'{field}' is '{shown}'; expected YYYY-MM-DD"
    return None, Failure(where, reason, FailureKind.WARNING)
