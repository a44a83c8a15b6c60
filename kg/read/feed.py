"""RSS and Atom feeds (feedparser): one article an entry, with the text that the feed carries."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

from kg.errors import ReadError
from kg.ids import article_id, short_hash
from kg.model import Article, Failure, FailureKind
from kg.read.decode import without_lone_surrogates
from kg.read.extras import load
from kg.read.html import plain_text
from kg.read.language import UNDECLARED
from kg.read.options import ReadOptions
from kg.read.raw import Raw

_MAX_FEED_BYTES = 20_000_000


def read_feed(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of the entries. Raises ReadError if it is no feed, or declares entities.

    The source of an entry is the feed and a hash of the entry's id, not its place: yesterday's
    entries stay when today's feed no longer lists them.
    """
    feedparser = load("feedparser")
    data = raw.read(min(options.max_bytes, _MAX_FEED_BYTES))
    _refuse_entities(data)
    # A stream, never a string: feedparser would take that for an address and fetch it.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise ReadError("is no RSS or Atom feed")
    for entry in feed.entries:
        yield _read_entry(raw, entry, feed.feed)


def _refuse_entities(data: bytes) -> None:
    """No entity is ever expanded; UTF-16 has the same letters with zeros between them."""
    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise ReadError("declares XML entities, which are not expanded")


def _read_entry(raw: Raw, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Article | Failure:
    link = _clean(entry.get("link"))
    name = short_hash(_clean(entry.get("id")) or link or _clean(entry.get("title")) or "")
    source = f"{raw.source}#{name}"
    html = " ".join(str(part.get("value", "")) for part in entry.get("content", ()))
    text = without_lone_surrogates(plain_text(html or str(entry.get("summary", ""))))
    if not text:
        return Failure(source, "an entry without text", FailureKind.SKIPPED)
    return Article(
        id=article_id(text),
        text=text,
        title=_clean(entry.get("title")),
        url=link,
        publisher=_clean(feed.get("title")),
        author=_clean(entry.get("author")),
        published=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        language=_clean(feed.get("language")) or UNDECLARED,
        source=source,
        source_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        reader=f"rss/1 feedparser/{version('feedparser')}",
    )


def _clean(value: object) -> str | None:
    return (without_lone_surrogates(value).strip() or None) if isinstance(value, str) else None


def _day(moment: Any) -> date | None:  # noqa: ANN401  time.struct_time, in UTC
    try:
        return date(*moment[:3]) if moment else None
    except ValueError:
        return None
