"""An end for what takes too long to read: broken archives, pages with a million attributes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from kg.errors import ReadError

_Found = TypeVar("_Found")
_AGAIN_S = 1.0
"""The alarm rings again, should a library have swallowed it."""


class _TooLongError(BaseException):
    # No Exception: libraries that read broken files catch those and go on.
    """Raised wherever the reader is when its time is over."""


def within(seconds: float, found: Iterator[_Found]) -> Iterator[_Found]:
    """The items of a reader. Raises ReadError if it takes longer over one of them.

    A library of compiled code is stopped when it comes back. Without effect outside the main
    thread, where the system delivers no alarm, and where there is none (Windows).
    """
    while True:
        try:
            with _alarm(seconds):
                item = next(found, None)
        except _TooLongError:
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise ReadError(f"takes longer than {seconds:g} s to read") from None
        if item is None:
            return
        yield item


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise _TooLongError
