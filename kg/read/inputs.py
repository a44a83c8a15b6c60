"""From what the user typed (files, folders, patterns, addresses, `-`) to raw inputs, in order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.model import Failure, FailureKind
from kg.read.options import ReadOptions
from kg.read.raw import Raw, printable, read_at_most

STDIN = "-"
_PATTERN_CHARS = frozenset("*?[")

# suffix -> why it is not an article, in brackets after the name
NO_ARTICLE: dict[str, str] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".tif", ".tiff"), "image"),
    **dict.fromkeys((".mp3", ".wav", ".ogg", ".m4a", ".flac"), "sound"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm"), "video"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), "use pdf, html or txt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "use csv"),
    **dict.fromkeys((".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz"), "archive; unpack it"),
}


def is_url(text: str) -> bool:
    """True for an address of the web; no other scheme is ever fetched."""
    return urlsplit(text).scheme in {"http", "https"} if "://" in text else False


def find_inputs(typed: str, options: ReadOptions) -> Iterator[Raw | Failure]:
    """The raw inputs behind one argument, by path. Raises UsageError if it does not exist."""
    if typed == STDIN:
        yield Raw(STDIN, data=read_at_most(sys.stdin.buffer, options.max_bytes))
        return
    if is_url(typed):
        from kg.read.web import fetch

        yield fetch(typed)
        return
    path = Path(typed)
    if path.is_dir():
        yield from _in_folder(path, recursive=options.recursive)
    elif os.path.lexists(path):
        yield _raw_file(path, named=True)
    elif _PATTERN_CHARS & set(typed):
        yield from _by_pattern(typed)
    else:
        raise UsageError(f"'{printable(typed)}' does not exist.")


def find_all_inputs(typed: str, options: ReadOptions) -> Iterator[Raw | Failure]:
    """Like `find_inputs`; with the format `url` the inputs are lists of addresses."""
    for raw in find_inputs(typed, options):
        if options.format != "url" or isinstance(raw, Failure) or raw.url is not None:
            yield raw
        else:
            yield from _listed(raw, options)


def _listed(raw: Raw, options: ReadOptions) -> Iterator[Raw | Failure]:
    from kg.read.web import addresses, fetch

    for address in addresses(raw, options.max_bytes):
        yield (
            fetch(address) if is_url(address) else Failure(printable(address), "is no web address")
        )


def check_inputs(inputs: Sequence[str]) -> None:
    """Raises UsageError for the first argument that names nothing."""
    for typed in inputs:
        if typed == STDIN or is_url(typed) or os.path.lexists(typed):
            continue
        if _PATTERN_CHARS & set(typed):
            if not _matches(typed):
                raise UsageError(f"'{printable(typed)}' matches no file.")
        else:
            raise UsageError(f"'{printable(typed)}' does not exist.")


def _in_folder(folder: Path, *, recursive: bool) -> Iterator[Raw | Failure]:
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        # Hidden folders hold caches and versions (.git), and the store itself (.kg).
        folders[:] = sorted(name for name in folders if recursive and not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _raw_file(Path(parent) / name, named=False)
    for error in unreadable:
        source = source_of(error.filename)
        yield Failure(source, f"cannot be opened ({error.strerror})", FailureKind.FAILED)


def _by_pattern(pattern: str) -> Iterator[Raw | Failure]:
    paths = (Path(found) for found in _matches(pattern))
    yield from (_raw_file(path, named=False) for path in paths if not path.is_dir())


def _matches(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  Path.glob: relative only


def _raw_file(path: Path, *, named: bool) -> Raw | Failure:
    source = source_of(path)
    try:
        is_file = path.is_file()
    except OSError as error:
        return Failure(source, f"cannot be opened ({error.strerror})", FailureKind.FAILED)
    if not is_file:
        reason = "broken link" if path.is_symlink() and not path.exists() else "not a regular file"
        return Failure(source, reason, FailureKind.FAILED if named else FailureKind.SKIPPED)
    return Raw(source, path=path, named=named)


def source_of(path: str | Path) -> str:
    """How a path is named in what is read from it: normal, printable, with `/`."""
    return printable(os.path.normpath(path)).replace(os.sep, "/")
