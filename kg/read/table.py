"""CSV tables: one article a row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from kg.errors import ReadError, UsageError
from kg.model import Article, Failure
from kg.read.dates import parse_date
from kg.read.decode import decode
from kg.read.jsonl import DATE_FIELDS, read_fields
from kg.read.options import ReadOptions
from kg.read.raw import Raw, printable

READER = "csv/1"

# Fewer than in JSON Lines: columns of tables are named "body" for all sorts of things.
_TEXT_COLUMNS = ("text", "articleBody")
_DELIMITERS = ",;\t|"
_LOOK_BYTES = 1_000_000
_LOOK_ROWS = 20
_MAX_SHOWN_CHARS = 40
_MAX_SHOWN_COLUMNS = 50


def read_csv(raw: Raw, options: ReadOptions) -> Iterator[Article | Failure]:
    """The articles of a table. Raises UsageError if it is not clear which column has the text."""
    decoded = decode(raw.read(options.max_bytes), raw.source, options.encoding)
    if decoded.warning is not None:
        yield decoded.warning
    rows = _rows(decoded.text, options)
    try:
        header = [name.strip() for name in next(rows, [])]
        first = list(islice(rows, _LOOK_ROWS))
        options = replace(options, text_field=_text_field(raw.source, header, options, first))
        for number, row in enumerate(chain(first, rows), start=1):
            if row:
                yield from _read_row(raw, number, dict(zip(header, row, strict=False)), options)
    except csv.Error as error:
        raise ReadError(f"is not CSV ({error})") from error


def _read_row(
    raw: Raw, number: int, fields: dict[str, str], options: ReadOptions
) -> Iterator[Article | Failure]:
    source = f"{raw.source}#{fields.get('id') or number}"
    stored = "\x1f".join(fields.values()).encode("utf-8", "surrogatepass")
    for found in read_fields(fields, source, options, where=f"{raw.source}:{number + 1}"):
        if isinstance(found, Article):
            digest = hashlib.sha256(stored).hexdigest()
            yield replace(found, source_sha256=digest, reader=READER)
        else:
            yield found


def check_columns(raw: Raw, options: ReadOptions) -> None:
    """Raises UsageError, with a guess to try, if it is not clear which column has the text."""
    with raw.open() as stream:
        data = stream.read(_LOOK_BYTES)
    rows = _rows(decode(data, raw.source, options.encoding).text, options)
    with suppress(csv.Error):  # who reads it all tells of that
        header = [name.strip() for name in next(rows, [])]
        _text_field(raw.source, header, options, list(islice(rows, _LOOK_ROWS)))


def _rows(text: str, options: ReadOptions) -> Iterator[list[str]]:
    csv.field_size_limit(options.max_bytes)  # of the module: else no article of over 131,072
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _text_field(
    source: str,
    header: Sequence[str],
    options: ReadOptions,
    rows: Sequence[Sequence[str]],
) -> str:
    wanted = (options.text_field,) if options.text_field is not None else _TEXT_COLUMNS
    found = next((name for name in wanted if name in header), None)
    if found is not None:
        return found
    raise UsageError(
        f"{source} has columns {_shown(header)}. Which is the article? Try "
        f"{_advice(header, options, rows)}"
    )


def _advice(header: Sequence[str], options: ReadOptions, rows: Sequence[Sequence[str]]) -> str:
    """The options to try: the column with the longest values, and one that holds dates."""
    columns = {
        name: [row[place] for row in rows if place < len(row)] for place, name in enumerate(header)
    }
    longest = max(header, key=lambda name: sum(map(len, columns[name])), default="COLUMN")
    if longest == options.text_field:
        longest = "COLUMN"
    advice = f"--text-field {longest}"
    dated = [name for name in header if columns[name] and all(map(parse_date, columns[name]))]
    if dated and options.date_field is None and not set(header) & set(DATE_FIELDS):
        advice += f" --date-field {dated[0]}"
    return printable(advice)


def _shown(header: Sequence[str]) -> str:
    names = [name[:_MAX_SHOWN_CHARS] for name in header[:_MAX_SHOWN_COLUMNS]]
    more = len(header) - len(names)
    return printable(", ".join(names)) + (f" and {more:,} more" if more else "")
