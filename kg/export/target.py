"""Files that appear whole or not at all, and what killed writers left of others."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError

_BUFFER_BYTES = 1 << 20
_SUFFIX = ".part"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a temporary file beside `path`, renamed to it at the end of the block.

    If the block raises, the temporary file goes and `path` stays as it was; that of a writer that
    was killed goes now. Raises UsageError if the folder does not exist or cannot be written to.
    """
    with whole_files([path]) as (stream,):
        yield stream


@contextmanager
def whole_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """The same for files that belong together: all are on disk before the first one appears.

    They appear one after the other, so that a kill in just that moment leaves some, each whole.
    """
    making: list[tuple[BinaryIO, Path]] = []
    try:
        for path in paths:
            _sweep(path)
            making.append(_make(path))
        yield [stream for stream, _ in making]
        for stream, temporary in making:
            stream.flush()
            os.fsync(stream.fileno())
            temporary.chmod(0o666 & ~_umask())  # mkstemp makes files that their owner alone reads
            if os.name == "nt":  # elsewhere a file stays locked until it has its name
                stream.close()
        for (_, temporary), path in zip(making, paths, strict=True):
            temporary.replace(path)
    finally:
        for stream, temporary in making:
            temporary.unlink(missing_ok=True)
            with suppress(OSError):  # a full disk has been told of already
                stream.close()


def _make(path: Path) -> tuple[BinaryIO, Path]:
    """A temporary file, locked for as long as it is open."""
    while True:
        try:
            handle, name = tempfile.mkstemp(
                prefix=f".{path.name}.", suffix=_SUFFIX, dir=path.parent
            )
        except OSError as error:
            raise UsageError(f"cannot write '{path}': {error.strerror}.") from error
        hold(handle)
        if Path(name).exists():  # else another writer swept it before it was locked
            return os.fdopen(handle, "wb", buffering=_BUFFER_BYTES), Path(name)
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove what killed writers of the same file left; what is in the making is locked."""
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*{_SUFFIX}"):
        with suppress(OSError), leftover.open("rb") as file:
            if hold(file.fileno()):
                leftover.unlink()


def hold(handle: int) -> bool:
    """Lock an open file or folder until it is closed; False where another process holds it.

    The system lets go when a process ends, however it ends. False too where there are no locks.
    """
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
