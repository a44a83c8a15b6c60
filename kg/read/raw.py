"""Raw inputs: bytes with a name, opened when they are needed and never larger than allowed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from kg.errors import ReadError

_CHUNK_BYTES = 1 << 16
_GZIP_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)


@dataclass(frozen=True, slots=True)
class Raw:
    """One input before a reader has seen it: a file, or bytes from stdin or the network."""

    source: str
    """As the user typed it, printable."""
    path: Path | None = None
    data: bytes = b""
    """The bytes where there is no path."""
    named: bool = True
    """True if the user named it, False if it was found in a folder or by a pattern."""
    url: str | None = None
    format: str | None = None
    """What reads it, where that is known from elsewhere than its name."""

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, `.gz` taken off: `.jsonl` of `a.JSONL.gz`."""
        suffixes = [suffix.lower() for suffix in PurePosixPath(self.source).suffixes]
        if suffixes and suffixes[-1] == ".gz":
            suffixes.pop()
        return suffixes[-1] if suffixes else ""

    @property
    def is_gzip(self) -> bool:
        """True if the name says that the bytes are compressed."""
        return self.path is not None and self.source.lower().endswith(".gz")

    def open(self) -> BinaryIO:
        """The bytes as a stream, decompressed. Raises ReadError if the file cannot be opened."""
        raw = self.open_stored()
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if self.is_gzip else raw

    def read(self, max_bytes: int) -> bytes:
        """All bytes, decompressed. Raises ReadError beyond the limit or for a broken file."""
        with self.open() as stream:
            return read_at_most(stream, max_bytes)

    def lines(self, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
        """Lines with their number from 1, without their end; None for one beyond the limit.

        Raises ReadError for a broken file.
        """
        with self.open() as stream:
            number = 0
            while True:
                line = _read_line(stream, max_bytes)
                if line == b"":
                    return
                number += 1
                yield number, None if line is None else line.rstrip(b"\r\n")

    def sha256(self) -> str:
        """Digest of the bytes as they are stored. Raises ReadError if they cannot be read."""
        digest = hashlib.sha256()
        with self.open_stored() as stream:
            try:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
            except OSError as error:
                raise ReadError(f"cannot be read ({error.strerror})") from error
        return digest.hexdigest()

    def open_stored(self) -> BinaryIO:
        """The bytes as they are stored. Raises ReadError if the file cannot be opened."""
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadError(f"cannot be opened ({error.strerror})") from error


def read_at_most(stream: BinaryIO, max_bytes: int) -> bytes:
    """All bytes of a stream. Raises ReadError beyond the limit or for a broken stream."""
    try:
        data = stream.read(max_bytes + 1)
    except _GZIP_ERRORS as error:
        raise ReadError(f"is not a whole gzip file ({error})") from error
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})") from error
    if len(data) > max_bytes:
        raise ReadError(f"is larger than {max_bytes:,} bytes")
    return data


def _read_line(stream: BinaryIO, max_bytes: int) -> bytes | None:
    """The next line with its end, b"" after the last, None for one beyond the limit."""
    try:
        line = stream.readline(max_bytes)
        if len(line) < max_bytes or line.endswith(b"\n"):
            return line
        while not (rest := stream.readline(_CHUNK_BYTES)).endswith(b"\n") and rest:
            pass
    except _GZIP_ERRORS as error:
        raise ReadError(f"is not a whole gzip file ({error})") from error
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})") from error
    return None


def printable(name: str | os.PathLike[str]) -> str:
    """A path, or a word from a file, as text that can be shown and stored.

    It has no control characters and no lone surrogates.
    """
    try:
        text = os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte of a path
        text = os.fspath(name).encode("utf-8", "backslashreplace").decode()
    return "".join(_escape(char) for char in text)


def _escape(char: str) -> str:
    # Cf holds the bidi overrides, which would show "fdp.exe" as "exe.pdf".
    if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}:
        return char.encode("unicode_escape").decode("ascii")
    return char
