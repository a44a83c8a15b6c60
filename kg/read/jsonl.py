"""JSON Lines: one article a line, fields by option or by their usual names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.errors import ReadError
from kg.model import Article, Failure, FailureKind
from kg.read.dates import read_date
from kg.read.decode import decode, without_lone_surrogates
from kg.read.options import ReadOptions
from kg.read.raw import Raw, printable
from kg.read.text import article_of_text

READER = "jsonl/1"

TEXT_FIELDS = ("text", "body", "content", "articleBody", "article")
TITLE_FIELDS = ("title", "headline")
DATE_FIELDS = ("date", "published", "datePublished", "date_published")
URL_FIELDS = ("url", "link")
_MAX_ID_CHARS = 200
_MAX_SHOWN_CHARS = 40
_BYTES_A_CHAR = 12  # a character outside the basic plane as two \uXXXX escapes


def read_jsonl(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of a file; a line that holds none becomes a failure and the rest is read.

    The source of an article is `file#id` where the line has an `id`, else `file#n` with the
    number of the line from 1.
    """
    seen: set[str] = set()
    for number, line in raw.lines(options.max_chars * _BYTES_A_CHAR):
        where = f"{raw.source}:{number}"
        if line is None:
            yield Failure(where, f"longer than {options.max_chars:,} characters; line skipped")
        elif line.strip():
            yield from _read_line(raw, where, line, options, seen)


def _read_line(
    raw: Raw, where: str, line: bytes, options: ReadOptions, seen: set[str]
) -> Iterator[Article | Failure]:
    try:
        decoded = decode(line, where, options.encoding)
        fields = parse_object(decoded.text)
    except ReadError as error:
        yield _failure(where, str(error))
        return
    if decoded.warning is not None:
        yield decoded.warning
    name = _line_name(fields, where, seen)
    for found in read_fields(fields, f"{raw.source}#{name}", options, where=where):
        if isinstance(found, Article):
            yield replace(found, source_sha256=hashlib.sha256(line).hexdigest(), reader=READER)
        else:
            yield found


def parse_object(text: str) -> Mapping[str, object]:
    """The JSON object of a line. Raises ReadError that says what is wrong and where."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        problem = error.msg.removesuffix(" delimiter")
        raise ReadError(f"is not JSON ({problem} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"is not JSON that can be read ({type(error).__name__})") from error
    if not isinstance(value, dict):
        raise ReadError(f"is a JSON {type(value).__name__}; expected an object")
    return value


def _failure(where: str, problem: str) -> Failure:
    reason = f"{problem}; line skipped"
    return Failure(where, reason, FailureKind.FAILED, f"{where} {reason}.")


def _line_name(fields: Mapping[str, object], where: str, seen: set[str]) -> str:
    given = fields.get("id")
    name = str(given) if isinstance(given, str | int) else ""
    if not name or len(name) > _MAX_ID_CHARS or not name.isprintable() or name in seen:
        return where.rpartition(":")[2]
    seen.add(name)
    return name


def read_fields(
    fields: Mapping[str, object], source: str, options: ReadOptions, *, where: str
) -> Iterator[Article | Failure]:
    """The article whose parts are the values of the fields, with warnings before it."""
    _, text = _first(fields, options.text_field, TEXT_FIELDS)
    if not isinstance(text, str):
        names = printable(", ".join(name[:_MAX_SHOWN_CHARS] for name in list(fields)[:8]))
        yield _failure(where, f"has no text (fields: {names}). Try --text-field FIELD")
        return
    if not text.strip():
        yield _failure(where, "has an empty text")
        return
    clean = without_lone_surrogates(text)
    if clean != text:
        reason = "lone surrogates in the text; read as U+FFFD"
        yield Failure(where, reason, FailureKind.WARNING)
    date_field, date_value = _first(fields, options.date_field, DATE_FIELDS)
    published, warning = read_date(date_value, where, date_field)
    if warning is not None:
        yield warning
    article = article_of_text(clean, source=source)
    yield replace(
        article,
        title=first_text(fields, options.title_field, TITLE_FIELDS) or article.title,
        url=first_text(fields, options.url_field, URL_FIELDS) or article.url,
        publisher=first_text(fields, None, ("publisher",)) or article.publisher,
        author=first_text(fields, None, ("author",)) or article.author,
        published=published or article.published,
        language=first_text(fields, None, ("language", "lang")) or article.language,
    )


def first_text(
    fields: Mapping[str, object], named: str | None, usual: tuple[str, ...]
) -> str | None:
    """The named field, or the first of the usual ones, if it holds text."""
    _, value = _first(fields, named, usual)
    return without_lone_surrogates(value) if isinstance(value, str) else None


def _first(
    fields: Mapping[str, object], named: str | None, usual: tuple[str, ...]
) -> tuple[str, object]:
    names = (named,) if named is not None else usual
    return next(
        ((name, fields[name]) for name in names if fields.get(name) is not None), ("", None)
    )
