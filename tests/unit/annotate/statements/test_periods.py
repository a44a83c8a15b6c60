from datetime import date

import pytest

from kg.annotate.statements.periods import Period, period_of

THURSDAY = date(2017, 5, 11)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("Thursday", "2017-05-11", "2017-05-11"),  # on a Thursday it is that same day
        ("on Thursday", "2017-05-11", "2017-05-11"),
        ("last Thursday", "2017-05-04", "2017-05-04"),  # "last" is never today
        ("last Friday", "2017-05-05", "2017-05-05"),
        ("Wednesday evening", "2017-05-10", "2017-05-10"),
        ("today", "2017-05-11", "2017-05-11"),
        ("yesterday", "2017-05-10", "2017-05-10"),
        ("two days earlier", "2017-05-09", "2017-05-09"),
        ("a week ago", "2017-05-01", "2017-05-07"),  # a week is a calendar week
        ("three months ago", "2017-02-01", "2017-02-28"),
        ("two years ago", "2015-01-01", "2015-12-31"),
        ("April", "2017-04-01", "2017-04-30"),
        ("May", "2017-05-01", "2017-05-11"),  # no day after publication
        ("June", "2016-06-01", "2016-06-30"),  # the most recent one
        ("last May", "2016-05-01", "2016-05-31"),
        ("April 5", "2017-04-05", "2017-04-05"),
        ("5 April", "2017-04-05", "2017-04-05"),
        ("the 5th of April", "2017-04-05", "2017-04-05"),
        ("Dec. 30", "2016-12-30", "2016-12-30"),  # a day to come was last year's
        ("3 May 2016", "2016-05-03", "2016-05-03"),
        ("Tuesday, May 3, 2016", "2016-05-03", "2016-05-03"),
        ("2016-05-03", "2016-05-03", "2016-05-03"),
        ("March 2014", "2014-03-01", "2014-03-31"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("earlier this week", "2017-05-08", "2017-05-11"),
        ("last week", "2017-05-01", "2017-05-07"),
        ("this month", "2017-05-01", "2017-05-11"),
        ("last month", "2017-04-01", "2017-04-30"),
        ("last year", "2016-01-01", "2016-12-31"),
        ("the weekend", "2017-05-06", "2017-05-07"),
    ],
)
def test_words_of_time_become_a_closed_range_of_days(words, earliest, latest):
    expected = Period(date.fromisoformat(earliest), date.fromisoformat(latest))
    assert period_of(words, THURSDAY) == expected


@pytest.mark.parametrize(
    "words",
    [
        "recently",  # names no days
        "a long time ago",
        "31 June 2016",  # no such day
        "the spring",
        "nine hundred days",
        "",
    ],
)
def test_words_without_days_mean_nothing(words):
    assert period_of(words, THURSDAY) is None


def test_relative_words_mean_nothing_without_a_day_of_publication():
    assert period_of("last Friday", None) is None
    assert period_of("April", None) is None


def test_a_named_year_needs_no_day_of_publication():
    assert period_of("March 2014", None) == Period(date(2014, 3, 1), date(2014, 3, 31))


def test_a_weekday_to_come_is_the_next_one():
    assert period_of("Friday", THURSDAY, future=True) == Period(
        date(2017, 5, 12), date(2017, 5, 12)
    )
