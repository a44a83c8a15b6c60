"""Composes inputs and readers: one stream of articles and failures, in a stable order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.model import Article, Failure, FailureKind
from kg.read.deadline import within
from kg.read.inputs import NO_ARTICLE, STDIN, check_inputs, find_all_inputs, is_url, source_of
from kg.read.language import recognise
from kg.read.options import ReadOptions
from kg.read.raw import Raw
from kg.read.readers import MANY, WITH_FIELDS, format_of, reader_for
from kg.read.table import check_columns

_MAX_NAMED = 3
READABLE = ".txt .md .html .pdf .jsonl .csv .warc .xml"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An input whose bytes are known already: a file, or one article of a file with many."""

    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of an input, and of which: names alone do not tell (`report#1.txt`)."""

    file: str
    """The source of the file, address or stream; that of the article itself if it holds one."""
    what: Article | Failure | Unchanged
    options: ReadOptions
    """How it was read."""
    has_fields: bool = False
    """True if it is a row of fields, which options name."""


IsKnown = Callable[[str, str, ReadOptions], bool]
"""(source, SHA-256 of its raw bytes, how it would be read) -> True if it is known as it is. Asked
for whole files and, in files with many articles, for each of them."""

OptionsFor = Callable[[str], ReadOptions]
"""Source of a file with fields -> how to read that one."""


def read_articles(
    inputs: Sequence[str], options: ReadOptions | None = None, *, is_known: IsKnown | None = None
) -> Iterator[Article | Failure | Unchanged]:
    """The articles behind the inputs: arguments in the order typed, files of a folder by path.

    `Unchanged` comes for files that `is_known` recognises, and only then. Raises UsageError at
    once for an input that does not exist, and ReadError at the end if nothing was readable.
    """
    return (found.what for found in read_files(inputs, options, is_known=is_known))


def read_files(
    inputs: Sequence[str],
    options: ReadOptions | None = None,
    *,
    is_known: IsKnown | None = None,
    options_for: OptionsFor | None = None,
) -> Iterator[Found]:
    """What `read_articles` gives, each with the file that it came from and how it was read."""
    options = options or ReadOptions()
    check_inputs(inputs)
    for typed in inputs:
        _check_columns(typed, options, options_for)
    return _limited(inputs, options, is_known, options_for)


def _check_columns(typed: str, options: ReadOptions, options_for: OptionsFor | None) -> None:
    """Ask at once which column of a table has the text, before anything is read."""
    path = Path(typed)
    if typed == STDIN or is_url(typed) or not path.is_file():
        return
    raw = Raw(source_of(path), path=path)
    if _format(raw, options) == "csv":
        with contextlib.suppress(ReadError):  # the reader will say it, with its name
            check_columns(raw, _own_options(raw, "csv", options, options_for))


def _own_options(
    raw: Raw, name: str, options: ReadOptions, options_for: OptionsFor | None
) -> ReadOptions:
    if options_for is None or name not in WITH_FIELDS:
        return options
    return options_for(raw.source)


def _limited(
    inputs: Sequence[str],
    options: ReadOptions,
    is_known: IsKnown | None,
    options_for: OptionsFor | None,
) -> Iterator[Found]:
    articles = files = failed = 0
    skipped: list[Failure] = []
    for typed in inputs:
        for raw in find_all_inputs(typed, options):
            files += 1
            for each in _read_input(raw, options, is_known, options_for):
                found = each.what
                failed += isinstance(found, Failure) and found.kind is FailureKind.FAILED
                articles += not isinstance(found, Failure)
                if isinstance(found, Failure) and len(skipped) < _MAX_NAMED:
                    skipped.append(found)
                yield each
                if options.limit is not None and articles >= options.limit:
                    return
    if not articles and not failed:
        raise ReadError(_nothing_readable(inputs, files, skipped))


def _nothing_readable(inputs: Sequence[str], files: int, skipped: Sequence[Failure]) -> str:
    where = ", ".join(f"'{typed}'" for typed in inputs)
    count = f"{files} file" if files == 1 else f"{files} files"
    why = "; ".join(f"{each.source} ({each.reason})" for each in skipped)
    reasons = f" Skipped: {why}." if why else ""
    return (
        f"no readable articles in {where} ({count}).{reasons} "
        f"Readable: {READABLE}. Use -r for subfolders."
    )


def _read_input(
    raw: Raw | Failure,
    options: ReadOptions,
    is_known: IsKnown | None,
    options_for: OptionsFor | None,
) -> Iterator[Found]:
    name = None if isinstance(raw, Failure) else _format(raw, options)
    if isinstance(raw, Failure) or name is None:
        failure = raw if isinstance(raw, Failure) else _no_reader(raw)
        yield Found(failure.source, failure, options)
        return
    own = _own_options(raw, name, options, options_for)
    for found in _read_raw(raw, name, own, is_known):
        yield Found(raw.source, found, own, has_fields=name in WITH_FIELDS)


def _read_raw(
    raw: Raw, name: str, options: ReadOptions, is_known: IsKnown | None
) -> Iterator[Article | Failure | Unchanged]:
    try:
        for found in within(options.max_read_seconds, _read_known(raw, name, options, is_known)):
            yield _accept(found, options, is_known) if isinstance(found, Article) else found
    except ReadError as error:
        yield Failure(raw.source, str(error), FailureKind.FAILED)
    except UsageError as error:
        if raw.named:
            raise
        yield Failure(raw.source, str(error), FailureKind.FAILED, str(error))


def _read_known(
    raw: Raw, name: str, options: ReadOptions, is_known: IsKnown | None
) -> Iterator[Article | Failure | Unchanged]:
    """What the reader finds; of a file with one article only if its bytes are new."""
    if is_known is not None and name not in MANY and is_known(raw.source, raw.sha256(), options):
        yield Unchanged(raw.source)
    else:
        yield from reader_for(name)(raw, options)


def _format(raw: Raw, options: ReadOptions) -> str | None:
    if raw.format is not None:
        return raw.format
    if options.format not in {"auto", "url"}:
        return options.format
    if raw.source == STDIN:
        return "jsonl" if raw.data[:64].lstrip().startswith(b"{") else "text"
    name = format_of(raw.suffix)
    # A file that the user named has a chance as text, whatever its suffix.
    if name is None and raw.named and raw.suffix not in NO_ARTICLE:
        return "text"
    return name


def _no_reader(raw: Raw) -> Failure:
    reason = NO_ARTICLE.get(raw.suffix) or f"no reader for '{raw.suffix}'"
    return Failure(raw.source, reason, FailureKind.SKIPPED)


def _accept(
    article: Article, options: ReadOptions, is_known: IsKnown | None
) -> Article | Failure | Unchanged:
    chars = len(article.text)
    if chars > options.max_chars:
        reason = f"{chars:,} characters; the limit is {options.max_chars:,} (--max-chars)"
        return Failure(article.source, reason, FailureKind.FAILED)
    if not article.text.strip():
        return Failure(article.source, "empty", FailureKind.FAILED)
    if article.source == STDIN:
        # Whatever comes through stdin next time is another article, not a new version of this.
        article = replace(article, source=f"{STDIN}#{article.id}")
    if is_known is not None and is_known(article.source, article.source_sha256, options):
        return Unchanged(article.source)
    return recognise(article, options.language)
