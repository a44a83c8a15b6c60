"""The table of readers: suffix and format to the function that reads it, loaded when used.

A reader takes a `Raw` and the `ReadOptions` and yields articles and failures; it raises
`ReadError` (where the whole input is unreadable) with the reason alone: the caller adds the name.
Others join by an entry point of the group `kg.readers` whose name is a suffix (`.docx`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from kg.model import Article, Failure
from kg.read.options import ReadOptions
from kg.read.raw import Raw

Reader = Callable[[Raw, ReadOptions], Iterator[Article | Failure]]

GROUP = "kg.readers"

BY_FORMAT: dict[str, str] = {
    "text": "kg.read.text:read_text",
    "html": "kg.read.html:read_html",
    "pdf": "kg.read.pdf:read_pdf",
    "jsonl": "kg.read.jsonl:read_jsonl",
    "csv": "kg.read.table:read_csv",
    "warc": "kg.read.warc:read_warc",
    "rss": "kg.read.feed:read_feed",
}

BY_SUFFIX: dict[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
    ".xml": "rss",
    ".rss": "rss",
    ".atom": "rss",
}

MANY = frozenset({"jsonl", "csv", "warc", "rss"})
"""Formats of which one file holds many articles; each has a source and a digest of its own."""


WITH_FIELDS = frozenset({"jsonl", "csv"})
"""Formats of which an article is a row of fields, told apart by options."""


def format_of(suffix: str) -> str | None:
    """The format of a suffix, None for one that nobody reads; entry points win."""
    if suffix in _outside():
        return suffix
    return BY_SUFFIX.get(suffix)


def reader_for(name: str) -> Reader:
    """The reader of a format. Raises KeyError for an unknown one."""
    target = _outside().get(name) or BY_FORMAT[name]
    module, _, attribute = target.partition(":")
    reader: Reader = getattr(import_module(module), attribute)
    return reader


def readable_suffixes() -> tuple[str, ...]:
    """The suffixes with a reader, in the order of the tables."""
    return (*BY_SUFFIX, *sorted(set(_outside()) - set(BY_SUFFIX)))


@cache
def _outside() -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=GROUP)}
