from __future__ import annotations

from datetime import date

import pytest

from kg.api.views import _period


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2024, 3, 4), date(2024, 3, 4), "2024-03-04"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),  # a whole month
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),  # a whole year
        (date(2024, 3, 4), date(2024, 3, 10), "2024-03-04/2024-03-10"),
        (date(9999, 1, 1), date(9999, 12, 31), "9999"),  # the last one that there is
        (date(2023, 1, 1), date(2024, 12, 31), "2023-01-01/2024-12-31"),  # two years
        (date(2024, 1, 1), date(2024, 3, 31), "2024-01-01/2024-03-31"),  # a quarter
    ],
)
def test_days_are_told_as_short_as_they_can_be(first: date, last: date, shown: str) -> None:
    assert _period(first, last) == shown
