"""A date is read where it can mean one day only."""

from __future__ import annotations

from datetime import date

import pytest

from kg.read.dates import parse_date


@pytest.mark.parametrize(
    "value",
    [
        "2017-05-11",
        "2017-05-11T08:00:00Z",
        " 2017-05-11 08:00 ",
        "2017/05/11",
        "2017.5.11",
        "20170511",
        "20170511T080000",
        "11 May 2017",
        "Thu, 11 May 2017 08:00:00 +0200",  # RFC 2822
        "Thursday 11th May, 2017",
        "May 11, 2017",
        "MAY 11 2017, 08:00",
        "Thurs. May 11th, 2017",
    ],
)
def test_ways_to_write_a_day(value: str) -> None:
    assert parse_date(value) == date(2017, 5, 11)


@pytest.mark.parametrize("month", ["Sep", "Sept.", "September"])
def test_months_are_known_by_their_short_names(month: str) -> None:
    assert parse_date(f"3 {month} 2020") == date(2020, 9, 3)


@pytest.mark.parametrize(
    "value",
    [
        "11/05/2017",  # a day in May or in November
        "11.05.2017",
        "May 2017",
        "11 May",
        "11 May 17",
        "2017-05-32",
        "31 February 2020",
        "yesterday",
        "1494489600",
        "2017-05/11",
        "12345678",
        "11 May 2017 and 12 May 2017",
        "",
    ],
)
def test_what_names_no_one_day_is_no_date(value: str) -> None:
    assert parse_date(value) is None
