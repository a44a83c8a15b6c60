"""What waits on disk: values by number, rows to be sorted, and values by their key.

All that a graph has one of for each article, entity or pair is here and not in memory.
"""

from __future__ import annotations

import heapq
import marshal
import os
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from types import TracebackType
from typing import Any, Self

from kg.errors import KgError

Row = tuple[Any, ...]
"""Strings, bytes and numbers."""

_MAX_WAITING_ROWS = 1 << 15  # some 10 MB
_MAX_RUNS = 64  # of one length; a block of each is in memory when they are merged
_BLOCK_ROWS = 64
_KEPT_BLOCKS = 512  # some 10 MB


class Spill:
    """Values in a temporary file of this process, which goes when it is closed or the process ends.

    A value is made of tuples, dicts, sets, strings, bytes and numbers; what was interned is so
    again when it comes back. Raises KgError where the disk does not do what is asked.
    """

    def __init__(self) -> None:
        with _told():
            self._file = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115  closed with the spill
        self._starts = array("Q", [0])
        self._unwritten = False

    def append(self, value: tuple[Any, ...] | bytes) -> int:
        """Keep a value; its number, counted from 0."""
        data = marshal.dumps(value)
        with _told():
            self._file.write(data)
        self._unwritten = True
        self._starts.append(self._starts[-1] + len(data))
        return len(self._starts) - 2

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> Any:  # noqa: ANN401
        """A new copy of the value with the number, 0 or more."""
        if self._unwritten:
            with _told():
                self._file.flush()
            self._unwritten = False
        start, end = self._starts[number], self._starts[number + 1]
        data = os.pread(self._file.fileno(), end - start, start)
        return marshal.loads(data)  # noqa: S302  written above, to a file that has no name

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


class Sorter:
    """Rows that come in any order and leave in theirs, however many: sorted runs wait on disk."""

    def __init__(self) -> None:
        self._spill = Spill()
        self._waiting: list[Row] = []
        self._runs: list[list[range]] = []
        """Numbers of the blocks of each run; those at a place are as long as all before it."""

    def add(self, row: Row) -> None:
        """Keep a row; one can come several times."""
        self._waiting.append(row)
        if len(self._waiting) == _MAX_WAITING_ROWS:
            self._keep(sorted(self._waiting), 0)
            self._waiting.clear()

    def __iter__(self) -> Iterator[Row]:
        """All rows, the smallest first; they can be asked for again."""
        runs = [self._rows_of(run) for level in self._runs for run in level]
        return heapq.merge(sorted(self._waiting), *runs)

    def _keep(self, rows: Iterable[Row], level: int) -> None:
        start = len(self._spill)
        for block in _blocks(rows):
            self._spill.append(block)
        if level == len(self._runs):
            self._runs.append([])
        runs = self._runs[level]
        runs.append(range(start, len(self._spill)))
        if len(runs) == _MAX_RUNS:
            self._keep(heapq.merge(*map(self._rows_of, runs)), level + 1)
            runs.clear()

    def _rows_of(self, run: range) -> Iterator[Row]:
        for number in run:
            yield from self._spill[number]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spill.__exit__(kind, error, trace)


class Lookup:
    """Values by key on disk, and in memory those near the ones that were asked for last."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """`pairs` are keys with their values, in the order of the keys, none twice."""
        self._spill = Spill()
        self._first_keys: list[str] = []
        for block in _blocks(pairs):
            self._first_keys.append(block[0][0])
            self._spill.append(block)
        self._block = lru_cache(_KEPT_BLOCKS)(self._read)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        """The value of the key. Raises KeyError for an unknown one."""
        return self._block(bisect_right(self._first_keys, key) - 1)[key]

    def get(self, key: str) -> Any:  # noqa: ANN401
        """The value of the key, None for an unknown one."""
        return self._block(bisect_right(self._first_keys, key) - 1).get(key)

    def _read(self, number: int) -> dict[str, Any]:
        return dict(self._spill[number]) if number >= 0 else {}

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """All keys with their values, in order."""
        return chain.from_iterable(self._spill)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spill.__exit__(kind, error, trace)


def _blocks(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    left = iter(rows)
    while block := tuple(islice(left, _BLOCK_ROWS)):
        yield block


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KgError(
            f"cannot write to the temporary folder '{tempfile.gettempdir()}' ({error.strerror}). "
            "Name another one in the environment variable TMPDIR"
        ) from error
