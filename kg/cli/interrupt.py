"""Ctrl-C ends a command within two seconds, also while a library does not listen.

Python hears of a signal between two of its own steps. A step can be ten seconds of SQLite, of the
index or of the language model, so a thread is told by the system instead. It may end the process
hard: the store and all exports are whole at every moment (`tests/crashes` kills them at random).
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

INTERRUPTED = 130
STOPPED = "Stopped. The store is consistent; run the command again to go on."

_CTRL_C = bytes([signal.SIGINT])
_GRACE_S = 0.7
"""For the command to leave by itself; the rest of the two seconds is for the system to clean up."""


class Interrupts:
    """Ctrl-C, as the process is told of it."""

    def __init__(self) -> None:
        self.heard = False
        self._told = threading.Lock()

    def tell(self) -> None:
        """Say once that the command was stopped."""
        if self._told.acquire(blocking=False):
            with suppress(OSError, ValueError):
                sys.stderr.write(f"{STOPPED}\n")
                sys.stderr.flush()

    def watch(self, wakeup: int) -> None:
        """End the process a moment after the first Ctrl-C, at once after the second."""
        while (number := os.read(wakeup, 1)) != _CTRL_C:
            if not number:
                os.close(wakeup)
                return
        self.heard = True
        select.select([wakeup], [], [], _GRACE_S)
        self.tell()
        _kill_workers()
        os._exit(INTERRUPTED)


def _kill_workers() -> None:
    # Those that wait for work end with this process; one that annotates would go on for minutes.
    multiprocessing = sys.modules.get("multiprocessing")
    if multiprocessing is not None:
        for worker in multiprocessing.active_children():
            worker.kill()


def _is_ctrl_c(unraised: sys.UnraisableHookArgs) -> bool:
    """True if Ctrl-C came while an object was let go, which nobody can be told of."""
    return issubclass(unraised.exc_type, KeyboardInterrupt)


def leave_to_the_command() -> None:
    """From here on Ctrl-C is the command's own affair: a server closes its connections first."""
    signal.set_wakeup_fd(-1)


@contextmanager
def hard_interrupts() -> Iterator[Interrupts]:
    """From here on the first Ctrl-C raises KeyboardInterrupt, and the process ends soon after.

    Without effect outside the main thread, and where the system has no POSIX signals.
    """
    interrupts = Interrupts()
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    wakeup, signalled = os.pipe()
    os.set_blocking(signalled, False)
    before = signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
    complain = sys.unraisablehook
    sys.unraisablehook = lambda unraised: None if _is_ctrl_c(unraised) else complain(unraised)
    threading.Thread(target=interrupts.watch, args=(wakeup,), daemon=True, name="kg-ctrl-c").start()
    try:
        yield interrupts
    finally:
        if not interrupts.heard:
            sys.unraisablehook = complain
            signal.set_wakeup_fd(before)
            os.close(signalled)
