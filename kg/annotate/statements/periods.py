"""Words of time to a closed range of days: "last Friday", "in April", "two days earlier".

A small grammar of what news uses for the time of saying. What it does not know gives None, never a
day that the words do not say: a month stays a month, a year a year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
} | {"a": 1, "an": 1, "eleven": 11, "twelve": 12}

_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PART = r"(?: (?:morning|afternoon|evening|night|lunchtime|noon))?"
_NUMBER = r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


@dataclass(frozen=True, slots=True)
class Period:
    """A closed range of days."""

    earliest: date
    latest: date


def period_of(words: str, published: date | None, *, future: bool = False) -> Period | None:
    """The days that the words mean, seen from the day of publication.

    A weekday is the most recent one, that day included; with `future` the next one. Without a day
    of publication only what names a year has a meaning. None for words outside the grammar, and
    for days that do not exist.
    """
    text = _plain(words)
    for pattern, read in _ABSOLUTE:
        if match := pattern.fullmatch(text):
            return _guarded(read, match, published or date.max)
    if published is None:
        return None
    for pattern, read in _FUTURE if future else _RELATIVE:
        if match := pattern.fullmatch(text):
            return _guarded(read, match, published)
    return None


def _plain(words: str) -> str:
    text = " ".join(words.lower().replace(",", " ").split()).strip(" .")
    text = re.sub(r"^(?:on|in|at|during|over|back in|late on|early on|late|early|only) ", "", text)
    text = re.sub(r"^(?:the|late|early|mid-?) ?(?=\S)", "", text) if text[:4] != "the " else text
    return text.removeprefix("on ")


def _guarded(
    read: Callable[[re.Match[str], date], Period | None], match: re.Match[str], published: date
) -> Period | None:
    try:
        return read(match, published)
    except (ValueError, OverflowError):  # 31 June, or a day before the calendar begins
        return None


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3]) // 4 + 1


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _until(period: Period, published: date) -> Period:
    """The period without the days after publication: what was said has been said by then."""
    if period.earliest <= published < period.latest:
        return Period(period.earliest, published)
    return period


def _full_date(match: re.Match[str], _published: date) -> Period:
    day = date(int(match["year"]), _month_number(match), int(match["day"]))
    return Period(day, day)


def _iso_date(match: re.Match[str], _published: date) -> Period:
    day = date.fromisoformat(match[0])
    return Period(day, day)


def _month_of_year(match: re.Match[str], published: date) -> Period:
    return _until(_month(int(match["year"]), _month_number(match)), published)


def _whole_year(match: re.Match[str], published: date) -> Period:
    year = int(match["year"])
    return _until(Period(date(year, 1, 1), date(year, 12, 31)), published)


def _day_of_month(match: re.Match[str], published: date) -> Period:
    day = date(published.year, _month_number(match), int(match["day"]))
    if day > published:
        day = day.replace(year=published.year - 1)
    return Period(day, day)


def _recent_month(match: re.Match[str], published: date) -> Period:
    month = _month_number(match)
    past_only = match["which"] == "last"
    this_year = month < published.month or (month == published.month and not past_only)
    return _until(_month(published.year - (not this_year), month), published)


def _weekday_number(match: re.Match[str]) -> int:
    return _WEEKDAYS.index(match["weekday"][:3])


def _recent_weekday(match: re.Match[str], published: date) -> Period:
    back = (published.weekday() - _weekday_number(match)) % 7
    if match["which"] in ("last", "past", "previous") and back == 0:
        back = 7
    day = published - timedelta(days=back)
    return Period(day, day)


def _next_weekday(match: re.Match[str], published: date) -> Period:
    ahead = (_weekday_number(match) - published.weekday()) % 7
    if match["which"] == "next" and ahead == 0:
        ahead = 7
    day = published + timedelta(days=ahead)
    return Period(day, day)


def _day_shift(days: int) -> Callable[[re.Match[str], date], Period]:
    def read(_match: re.Match[str], published: date) -> Period:
        day = published + timedelta(days=days)
        return Period(day, day)

    return read


def _unit(published: date, unit: str, back: int) -> Period:
    """The day, calendar week, month or year that lies so many units before publication."""
    if unit == "day":
        day = published - timedelta(days=back)
        return Period(day, day)
    if unit == "week":
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return _until(Period(monday, monday + timedelta(days=6)), published)
    if unit == "month":
        months = published.year * 12 + published.month - 1 - back
        return _until(_month(months // 12, months % 12 + 1), published)
    year = published.year - back
    return _until(Period(date(year, 1, 1), date(year, 12, 31)), published)


def _units_ago(match: re.Match[str], published: date) -> Period:
    number = match["number"]
    count = int(number) if number.isdigit() else _NUMBERS[number]
    return _unit(published, match["unit"], count)


def _this_unit(match: re.Match[str], published: date) -> Period:
    return _unit(published, match["unit"], 0)


def _last_unit(match: re.Match[str], published: date) -> Period:
    return _unit(published, match["unit"], 1)


def _weekend(_match: re.Match[str], published: date) -> Period:
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return _until(Period(saturday, saturday + timedelta(days=1)), published)


_Reader = Callable[[re.Match[str], date], Period | None]


def _table(*rows: tuple[str, _Reader]) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern), read) for pattern, read in rows)


_OPTIONAL_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day )?"

_ABSOLUTE = _table(
    (rf"{_OPTIONAL_WEEKDAY}{_MONTH} {_DAY} {_YEAR}", _full_date),
    (rf"{_OPTIONAL_WEEKDAY}(?:the )?{_DAY} (?:of )?{_MONTH} {_YEAR}", _full_date),
    (r"\d{4}-\d\d-\d\d", _iso_date),
    (rf"{_MONTH} (?:of )?{_YEAR}", _month_of_year),
    (_YEAR, _whole_year),
)
_RELATIVE = _table(
    (rf"{_OPTIONAL_WEEKDAY}{_MONTH} {_DAY}", _day_of_month),
    (rf"{_OPTIONAL_WEEKDAY}(?:the )?{_DAY} (?:of )?{_MONTH}", _day_of_month),
    (rf"(?:(?P<which>last|this|past) )?{_MONTH}", _recent_month),
    (rf"(?:(?P<which>last|this|past|previous) )?{_WEEKDAY}{_PART}", _recent_weekday),
    (r"today|tonight|this (?:morning|afternoon|evening)|earlier today", _day_shift(0)),
    (rf"yesterday{_PART}|last night|(?:the )?(?:day before|previous day)", _day_shift(-1)),
    (r"(?:the )?day before yesterday", _day_shift(-2)),
    (rf"{_NUMBER} (?P<unit>day|week|month|year)s? (?:ago|earlier|before|previously)", _units_ago),
    (r"(?:earlier |late |later |early )?this (?P<unit>week|month|year)", _this_unit),
    (
        r"(?:earlier |late |later |early )?(?:last|(?:the )?previous) (?P<unit>week|month|year)",
        _last_unit,
    ),
    (r"(?:the |this |last |this past |past )?weekend", _weekend),
)
_FUTURE = _table(
    (r"today|tonight|this (?:morning|afternoon|evening)|later today", _day_shift(0)),
    (r"tomorrow", _day_shift(1)),
    (rf"(?:(?P<which>next|this|coming) )?{_WEEKDAY}{_PART}", _next_weekday),
)
