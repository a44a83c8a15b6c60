"""Files that appear whole or not at all, and what killed writers left of others."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
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
    with _whole_files([path]) as (stream,):
        yield stream


@contextmanager
def whole_folder(folder: Path, names: Sequence[str]) -> Iterator[list[BinaryIO]]:
    """A stream for each of the files that an existing folder is to hold; they appear together.

    A folder beside it, with the new files, takes its place at the end of the block. If the block
    raises, the folder stays as it was. Where it cannot be replaced (it holds other files, is a link
    or a mount point, or someone works in it), all files are on disk before the first appears, then
    they appear one after the other. Raises UsageError if the disk does not allow it.
    """
    if not _is_replaceable(folder, names):
        with _whole_files([folder / name for name in names]) as streams:
            yield streams
        return
    _sweep(folder)
    with ExitStack() as stack:
        making = stack.enter_context(_folder_in_the_making(folder))
        streams = [stack.enter_context((making / name).open("wb")) for name in names]
        yield streams
        for stream in streams:
            stream.flush()
            os.fsync(stream.fileno())
        making.chmod(stat.S_IMODE(folder.stat().st_mode))
        if not _exchange(making, folder):
            for name in names:
                (making / name).replace(folder / name)


def _is_replaceable(folder: Path, names: Sequence[str]) -> bool:
    return (
        os.name == "posix"
        and not folder.is_symlink()
        and not folder.is_mount()
        and not folder.samefile(Path.cwd())
        and os.access(folder.parent, os.W_OK)
        and all(path.name in names and path.is_file() for path in folder.iterdir())
    )


def _exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders, with nothing between; False where the system cannot."""
    at_working_folder, swap = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(at_working_folder, paths[0], at_working_folder, paths[1], swap) == 0)


@contextmanager
def _folder_in_the_making(folder: Path) -> Iterator[Path]:
    """A locked folder beside the folder; what is there at the end goes."""
    while True:
        try:
            path = Path(
                tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=_SUFFIX, dir=folder.parent)
            )
        except OSError as error:
            raise UsageError(f"cannot write '{folder}': {error.strerror}.") from error
        handle = os.open(path, os.O_RDONLY)
        try:
            hold(handle)
            if path.exists():  # else another writer swept it before it was locked
                yield path
                return
        finally:
            shutil.rmtree(path, ignore_errors=True)
            os.close(handle)


@contextmanager
def _whole_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """The same for several files: all are on disk before the first one appears."""
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
        with suppress(OSError):
            handle = os.open(leftover, os.O_RDONLY)
            try:
                if hold(handle):
                    _remove(leftover)
            finally:
                os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


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
