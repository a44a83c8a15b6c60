"""Values on disk by number: what every article has and memory should not hold all at once."""

from __future__ import annotations

import marshal
import os
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from kg.errors import KgError


class Spill:
    """Values in a temporary file of this process, which goes when it is closed or the process ends.

    A value is made of tuples, sets, strings, bytes and numbers; what was interned is so again when
    it comes back. Raises KgError where the disk does not do what is asked.
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


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KgError(
            f"cannot write to the temporary folder '{tempfile.gettempdir()}' ({error.strerror}). "
            "Name another one in the environment variable TMPDIR"
        ) from error
