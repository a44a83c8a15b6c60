from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from kg.errors import ReadError
from kg.read.deadline import within


def endless() -> Iterator[int]:
    yield 1
    while True:
        pass


def deaf() -> Iterator[int]:
    """As libraries are that read broken files."""
    while True:
        try:
            yield from endless()
        except Exception:  # noqa: BLE001
            continue


@pytest.mark.parametrize("reader", [endless, deaf])
def test_a_reader_without_an_end_is_stopped(reader) -> None:
    found = within(0.05, reader())
    assert next(found) == 1
    with pytest.raises(ReadError, match=r"takes longer than 0.05 s to read"):
        next(found)


def test_what_is_read_in_time_comes_through() -> None:
    assert list(within(60, iter([1, 2, 3]))) == [1, 2, 3]


def test_no_alarm_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(ReadError):
        list(within(0.05, endless()))
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
