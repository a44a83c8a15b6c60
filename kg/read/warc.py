"""Web archives (warcio): the pages of a crawl, one article each."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.model import Article, Failure, FailureKind
from kg.read.extras import load
from kg.read.html import article_of_page
from kg.read.options import ReadOptions
from kg.read.raw import Raw

_MAX_PAGE_BYTES = 20_000_000
_MAX_STORED_BYTES = 2 * _MAX_PAGE_BYTES
"""Of a page as it is transferred: each byte in a chunk of its own would be more, and no page."""
_MAX_HEADER_BYTES = 1_000_000
"""Of one record, in all lines before its page."""
_PIECE_BYTES = 8192
_CHUNK_SIZE_BYTES = 64
"""What warcio asks for where it reads the size of a chunk inside a page."""
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(raw: Raw, _: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of the pages in an archive; a page without one is skipped with its reason.

    Sources are `file#n`, the n-th record from 1. Raises ReadError for a broken archive, and for one
    with a header that none has: what was read before stays.
    """
    iterator = load("warcio.archiveiterator").ArchiveIterator
    with raw.open_stored() as stream:
        number = 0
        try:
            for number, record in enumerate(_records(iterator(stream)), start=1):
                if _is_page(record):
                    page = _page_of(record)
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    yield _read_page(page, f"{raw.source}#{number}", url)
        except _HeaderError as error:
            reason = f"has a header of over {_MAX_HEADER_BYTES:,} bytes"
            raise ReadError(f"{reason} after record {number}; read no further") from error
        except Exception as error:  # a torn archive makes warcio raise whatever comes first
            problem = f"{type(error).__name__} after record {number}"
            raise ReadError(f"is not a whole web archive ({problem})") from error


class _HeaderError(Exception):
    """A header without end."""


class _HeaderLimit:
    """In the place of the function with which an iterator of warcio reads lines."""

    def __init__(self, archive: Any) -> None:  # noqa: ANN401  a class of an optional library
        self._read_line = archive.reader.readline
        self.left = _MAX_HEADER_BYTES
        archive.reader.readline = self

    def __call__(self, length: int | None = None) -> bytes:
        if length is not None and length <= _CHUNK_SIZE_BYTES:
            line: bytes = self._read_line(length)
            return line
        line = self._whole_line(self.left + 1 if length is None else min(length, self.left + 1))
        self.left -= len(line)
        if self.left < 0:
            raise _HeaderError
        return line

    def _whole_line(self, length: int) -> bytes:
        """A line, read in pieces: warcio joins what it reads block by block, each time anew."""
        pieces: list[bytes] = []
        while length > 0:
            piece = self._read_line(min(length, _PIECE_BYTES))
            pieces.append(piece)
            length -= len(piece)
            if not piece or piece.endswith(b"\n"):
                break
        return b"".join(pieces)


def _records(archive: Any) -> Iterator[Any]:  # noqa: ANN401  a class of an optional library
    """The records, without what warcio writes to stderr about each oddity, bytes and all."""
    limit = _HeaderLimit(archive)
    while True:
        limit.left = _MAX_HEADER_BYTES
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(archive, None)
        if record is None:
            return
        yield record


def _page_of(record: Any) -> bytes:  # noqa: ANN401  a class of an optional library
    """The bytes of a page, one more than allowed of a larger one. Raises EOFError if it is torn."""
    stored = record.raw_stream
    # Not the whole of it: warcio holds a chunk in memory that the page says is of two gigabytes.
    record.raw_stream = load("warcio.limitreader").LimitReader(stored, _MAX_STORED_BYTES)
    page: bytes = record.content_stream().read(_MAX_PAGE_BYTES + 1)
    record.raw_stream = stored
    if stored.limit and len(page) <= _MAX_PAGE_BYTES:
        raise EOFError  # warcio takes a torn page for a whole one
    return page


def _is_page(record: Any) -> bool:  # noqa: ANN401  a class of an optional library
    if record.rec_type not in {"response", "resource"} or record.http_headers is None:
        return False
    media = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and media.lower().startswith(_PAGES)


def _read_page(page: bytes, source: str, url: str | None) -> Article | Failure:
    if len(page) > _MAX_PAGE_BYTES:
        return Failure(source, f"is larger than {_MAX_PAGE_BYTES:,} bytes")
    try:
        article = article_of_page(page, source=source, url=url)
    except ReadError as error:
        return Failure(source, str(error), FailureKind.SKIPPED)
    return replace(article, source_sha256=hashlib.sha256(page).hexdigest())
