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
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(raw: Raw, _: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of the pages in an archive; a page without one is skipped with its reason.

    Sources are `file#n`, the n-th record from 1. Raises ReadError for a broken archive.
    """
    iterator = load("warcio.archiveiterator").ArchiveIterator
    with raw.open_stored() as stream:
        number = 0
        try:
            for number, record in enumerate(_quietly(iterator(stream)), start=1):
                if _is_page(record):
                    page = record.content_stream().read(_MAX_PAGE_BYTES + 1)
                    if record.raw_stream.limit and len(page) <= _MAX_PAGE_BYTES:
                        raise EOFError  # warcio takes a torn page for a whole one
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    yield _read_page(page, f"{raw.source}#{number}", url)
        except Exception as error:  # a torn archive makes warcio raise whatever comes first
            problem = f"{type(error).__name__} after record {number}"
            raise ReadError(f"is not a whole web archive ({problem})") from error


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records, without what warcio writes to stderr about each oddity, bytes and all."""
    while True:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


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
