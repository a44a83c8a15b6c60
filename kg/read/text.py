"""Plain text and Markdown: one file, one article, every character kept.

A header (" date 2017-05-11 ", or the `---` block on top of a Markdown file) is read as metadata
and named in `Article.skip`; it stays in the text, so that offsets hold in the file itself. So is a
line that holds nothing but the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.ids import article_id
from kg.model import Article, Failure, Span
from kg.read.datelines import find_date
from kg.read.dates import parse_date, read_date
from kg.read.decode import decode
from kg.read.language import UNDECLARED
from kg.read.options import ReadOptions
from kg.read.raw import Raw

READER = "text/1"

_DATE_HEADER = re.compile(r"\s{0,16}date:?[ \t]{1,8}(\d{4}-\d{2}-\d{2})(?:\s+|\Z)", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n((?:[^\r\n]{0,1000}\r?\n){0,64}?)---[ \t]*(?:\r?\n\s*|\Z)"
)
_FRONT_LINE = re.compile(r"([A-Za-z_]+):[ \t]*(.*?)[ \t]*\r?\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """Metadata on top of a text, and how many characters it takes."""

    length: int = 0
    published: date | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def field(self, *names: str) -> str | None:
        """The first non-empty field of one of the names."""
        values = dict(self.fields)
        return next((values[name] for name in names if values.get(name)), None)


def read_text(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The article in a text file. Raises ReadError where there is none."""
    digest = raw.sha256()  # first: what is appended meanwhile is then new to the next run
    data = raw.read(options.max_bytes)
    decoded = decode(data, raw.source, options.encoding)
    if decoded.warning is not None:
        yield decoded.warning
    article = article_of_text(decoded.text, source=raw.source)
    yield replace(article, source_sha256=digest, url=article.url or raw.url)


def article_of_text(text: str, *, source: str) -> Article:
    """The article that a text is, with what its header says."""
    header = read_header(text)
    dated = find_date(text, header.length) if header.published is None else None
    skip = (Span(0, header.length) if header.length else None, dated.line if dated else None)
    return Article(
        id=article_id(text),
        text=text,
        title=header.field("title"),
        url=header.field("url"),
        publisher=header.field("publisher"),
        author=header.field("author"),
        published=dated.published if dated else header.published,
        language=header.field("language", "lang") or UNDECLARED,
        source=source,
        skip=tuple(span for span in skip if span is not None),
        reader=READER,
    )


def read_header(text: str) -> Header:
    """What stands on top of a text, an empty header if nothing does."""
    if match := _DATE_HEADER.match(text):
        published = parse_date(match[1])
        return Header(match.end(), published) if published is not None else Header()
    if match := _FRONT_MATTER.match(text):
        fields = tuple(_front_fields(match[1]))
        published, _ = read_date(dict(fields).get("date"), "", "date")
        return Header(match.end(), published, fields)
    return Header()


def _front_fields(block: str) -> Iterator[tuple[str, str]]:
    for line in block.split("\n"):
        if match := _FRONT_LINE.match(line):
            yield match[1].lower(), match[2].strip("\"'")
