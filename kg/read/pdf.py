"""PDF files with text in them (pypdf); scanned pages hold none."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from kg.errors import ReadError
from kg.ids import article_id
from kg.model import Article, Failure
from kg.read.decode import without_lone_surrogates
from kg.read.extras import load
from kg.read.language import UNDECLARED
from kg.read.options import ReadOptions
from kg.read.raw import Raw

_MAX_PAGES = 2_000


def read_pdf(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The article in a PDF file. Raises ReadError where there is no text."""
    pypdf = load("pypdf")
    # pypdf tells of every oddity of a file; the user hears of those that cost an article.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    digest = raw.sha256()  # first: what is written meanwhile is then new to the next run
    data = raw.read(options.max_bytes)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        text = _text(document, options.max_chars)
        title, author = _info(document, "title"), _info(document, "author")
    except ReadError:
        raise
    except Exception as error:  # a broken file makes pypdf raise whatever comes first
        raise ReadError(f"is a PDF that cannot be read ({type(error).__name__})") from error
    if not text.strip():
        raise ReadError("has no text (a scan?)")
    yield Article(
        id=article_id(text),
        text=text,
        title=title,
        url=raw.url,
        author=author,
        language=UNDECLARED,
        source=raw.source,
        source_sha256=digest,
        reader=f"pdf/1 pypdf/{version('pypdf')}",
    )


def _text(document: Any, max_chars: int) -> str:  # noqa: ANN401  a class of an optional library
    """The pages, a blank line between them, until there is more than anyone may read."""
    if document.is_encrypted and not document.decrypt(""):
        raise ReadError("is locked with a password")
    pages: list[str] = []
    chars = 0
    for number, page in enumerate(document.pages):
        if number == _MAX_PAGES:
            raise ReadError(f"has more than {_MAX_PAGES:,} pages")
        pages.append(without_lone_surrogates(page.extract_text()).strip())
        chars += len(pages[-1])
        if chars > max_chars:
            break
    return "\n\n".join(page for page in pages if page)


def _info(document: Any, field: str) -> str | None:  # noqa: ANN401
    value = getattr(document.metadata, field, None) if document.metadata else None
    return without_lone_surrogates(value).strip() or None if isinstance(value, str) else None
