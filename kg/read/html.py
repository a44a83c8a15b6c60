"""Web pages: the text of the article without menus and advertisements (trafilatura).

`Article.text` is what was extracted; nothing of a page is ever run or fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version

from kg.errors import ReadError
from kg.ids import article_id
from kg.model import Article, Failure
from kg.read.dates import parse_date
from kg.read.decode import without_lone_surrogates
from kg.read.extras import load
from kg.read.language import UNDECLARED
from kg.read.options import ReadOptions
from kg.read.raw import Raw

_MAX_PAGE_BYTES = 20_000_000
# Beyond this a tree costs more stack than Python has; real pages stay below 100.
_MAX_DEPTH = 1_000
# lxml compares each attribute of a tag with all others.
_MAX_ATTRIBUTES = 1_000
_SMALL_PAGE_BYTES = 20_000
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"tr", "td", "table", "blockquote", "section"}
)
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title"})


def read_html(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The article of a page. Raises ReadError where there is none."""
    digest = raw.sha256()  # first: what is written meanwhile is then new to the next run
    page = raw.read(min(options.max_bytes, _MAX_PAGE_BYTES))
    article = article_of_page(page, source=raw.source, url=raw.url)
    yield replace(article, source_sha256=digest)


def article_of_page(page: bytes, *, source: str, url: str | None = None) -> Article:
    """The article of a page. Raises ReadError where there is none."""
    trafilatura = load("trafilatura")
    # They log each oddity of a page; the user hears of those that cost an article.
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    _refuse_monsters(page)
    found = trafilatura.bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # A date that is only guessed from the text is worse than none.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = without_lone_surrogates(found.text or "") if found is not None else ""
    if not text.strip():
        raise ReadError("no article text found in the page")
    return Article(
        id=article_id(text),
        text=text,
        title=found.title or None,
        url=url or found.url or None,
        publisher=found.sitename or None,
        author=found.author or None,
        published=parse_date(found.date) if found.date else None,
        language=found.language or UNDECLARED,
        source=source,
        reader=f"html/1 trafilatura/{version('trafilatura')}",
    )


def _refuse_monsters(page: bytes) -> None:
    """Raise ReadError for pages on which the libraries below run out of stack or of time."""
    if len(page) < _SMALL_PAGE_BYTES and page.count(b"<") <= _MAX_DEPTH:
        return
    shape = _Shape()
    shape.feed(page.decode("utf-8", "replace"))
    if shape.deepest > _MAX_DEPTH:
        raise ReadError(f"is nested more than {_MAX_DEPTH} levels deep")
    if shape.most_attributes > _MAX_ATTRIBUTES:
        raise ReadError(f"has a tag with more than {_MAX_ATTRIBUTES:,} attributes")


class _Shape(HTMLParser):
    """An upper bound of how deep the elements nest, and the most attributes of one."""

    # Without an end tag, or often left without one.
    _VOID = frozenset(
        {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
        | {"track", "wbr", "p", "li", "td", "tr"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = self.most_attributes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.most_attributes = max(self.most_attributes, len(attrs))
        if tag not in self._VOID:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._VOID:
            self.depth = max(0, self.depth - 1)


def plain_text(fragment: str) -> str:
    """The words of a piece of HTML, blocks on lines of their own; scripts and styles left out."""
    parser = _Words()
    parser.feed(fragment)
    parser.close()
    lines = "".join(parser.parts).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.silent += tag in _SILENT
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)
