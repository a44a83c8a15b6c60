"""Progress on stderr: a bar on a terminal, one line a minute elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.context import Settings
from kg.cli.output import note

if TYPE_CHECKING:
    from kg.pipeline import Progress, ProgressHook

_LINE_EVERY_S = 60.0
_WORDS = {
    "read": "Reading",
    "annotate": "Annotating",
    "resolve": "Resolving",
    "match": "Matching",
    "link": "Linking",
}


@contextmanager
def progress_for(settings: Settings) -> Iterator[ProgressHook | None]:
    """What a build calls as it goes on, for as long as the block runs."""
    if settings.quiet:
        yield None
    elif settings.verbose:
        yield _tell
    elif sys.stderr.isatty():
        with _bar(settings) as hook:
            yield hook
    else:
        yield Lines(time.monotonic)


def _tell(progress: Progress) -> None:
    of = f"/{progress.total}" if progress.total is not None else ""
    note(f"{_WORDS[progress.stage]} {progress.done}{of}")


class Lines:
    """One line a minute: logs stay short, and a person sees that it goes on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = clock()

    def __call__(self, progress: Progress) -> None:
        """Say how far it is, if the last line is a minute old."""
        now = self._clock()
        if now - self._last >= _LINE_EVERY_S:
            self._last = now
            _tell(progress)


@contextmanager
def _bar(settings: Settings) -> Iterator[ProgressHook]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    console = Console(stderr=True, no_color=not settings.color)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    times = (TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, *times, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def update(progress: Progress) -> None:
            words = _WORDS[progress.stage]
            bar.update(task, description=words, completed=progress.done, total=progress.total)

        yield update
