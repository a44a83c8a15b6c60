"""Inputs to articles: order, skips, limits, and one bad input that never ends the batch."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from datetime import date
from pathlib import Path

import pytest

from kg.errors import ReadError, UsageError
from kg.ids import article_id
from kg.model import Article, Failure, FailureKind, Span
from kg.read import ReadOptions, Unchanged, read_articles

ENGLISH = "The minister said on Tuesday that the bridge would open in May.\n"


def write(folder: Path, name: str, text: str | bytes = ENGLISH) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(*inputs: object, **options: object) -> list[Article | Failure | Unchanged]:
    return list(read_articles([str(item) for item in inputs], ReadOptions(**options)))


def articles(*inputs: object, **options: object) -> list[Article]:
    return [found for found in read(*inputs, **options) if isinstance(found, Article)]


def failures(*inputs: object, **options: object) -> list[Failure]:
    return [found for found in read(*inputs, **options) if isinstance(found, Failure)]


def test_text_of_a_plain_file_is_the_file(tmp_path: Path) -> None:
    text = "Zażółć said:\r\n\r\n“Yes”, and that the bridge would open in the month of May. 🐎\n"
    [article] = articles(write(tmp_path, "a.txt", text))
    assert article.text == text
    assert article.id == article_id(text)
    assert article.source_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert article.reader == "text/1"


@pytest.mark.parametrize(
    ("text", "published", "skipped"),
    [
        (" date 2017-05-11 The Embassy said no.", date(2017, 5, 11), " date 2017-05-11 "),  # seed
        ("Date: 2017-05-11\n\nThe Embassy said no.", date(2017, 5, 11), "Date: 2017-05-11\n\n"),
        ("date 2017-13-45 The Embassy said no.", None, ""),  # no such day: words of the article
        ("date 11 May 2017 The Embassy said no.", None, ""),  # another way to write it
        ("The date 2017-05-11 was set by the Embassy.", None, ""),  # not on top
        ("date 2017-05-11", date(2017, 5, 11), "date 2017-05-11"),  # nothing but the header
    ],
)
def test_header_is_metadata_and_stays_in_the_text(
    tmp_path: Path, text: str, published: date | None, skipped: str
) -> None:
    [article] = articles(write(tmp_path, "a.txt", text), language=None)
    assert article.text == text
    assert article.published == published
    assert article.skip == ((Span(0, len(skipped)),) if skipped else ())


def test_front_matter_of_markdown_is_metadata(tmp_path: Path) -> None:
    text = '---\ntitle: "The bridge"\ndate: 2020-01-02\nauthor: A. Writer\n---\n\n' + ENGLISH
    [article] = articles(write(tmp_path, "a.md", text))
    assert (article.title, article.author) == ("The bridge", "A. Writer")
    assert article.published == date(2020, 1, 2)
    assert text[article.skip[0].end :] == ENGLISH


def test_folder_is_read_by_path_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.txt", ".git/d.txt"):
        write(tmp_path, name, f"{ENGLISH}{name}")
    flat = [Path(article.source).name for article in articles(tmp_path)]
    deep = [Path(article.source).name for article in articles(tmp_path, recursive=True)]
    assert flat == ["a.md", "b.txt"]
    assert deep == ["a.md", "b.txt", "c.txt"]


def test_pattern_is_expanded_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(tmp_path, name, f"{ENGLISH}{name}")
    assert [Path(a.source).name for a in articles(tmp_path / "*.txt")] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["nope/", "nope.txt", "nope*.txt"])
def test_input_that_is_not_there_is_a_usage_error_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"does not exist|matches no file"):
        read_articles([str(tmp_path / name)])


def test_empty_folder_says_what_is_readable(tmp_path: Path) -> None:
    with pytest.raises(
        ReadError, match=r"no readable articles in '.*' \(0 files\)\. Readable: .txt"
    ):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("photo.jpg", "image"),
        ("old.doc", "use pdf, html or txt"),
        ("data.zip", "archive; unpack it"),
        ("x.foo", "no reader for '.foo'"),
    ],
)
def test_what_is_no_article_is_skipped_with_its_reason(
    tmp_path: Path, name: str, reason: str
) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, name, b"\xff\xd8")
    [failure] = failures(tmp_path)
    assert (failure.reason, failure.kind) == (reason, FailureKind.SKIPPED)


def test_named_file_with_unknown_suffix_is_tried_as_text(tmp_path: Path) -> None:
    [article] = articles(write(tmp_path, "a.article"))
    assert article.text == ENGLISH


def test_bytes_that_are_not_utf8_are_guessed_and_reported(tmp_path: Path) -> None:
    text = "The café’s owner, Mr. Müller, said that he had never met the minister.\n"
    path = write(tmp_path, "b.txt", text.encode("cp1252"))
    warning, article = read(path)
    assert str(warning) == f"{path} is not UTF-8; read as cp1252 (guess). Use --encoding."
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (ENGLISH.encode("utf-8-sig"), {}),
        (ENGLISH.encode("utf-16"), {}),
        (ENGLISH.encode("utf-32"), {}),
        (ENGLISH.encode("utf-16-be"), {"encoding": "utf-16-be"}),
        (gzip.compress(ENGLISH.encode()), {}),  # named .txt.gz below
    ],
)
def test_marked_and_named_encodings_are_read_without_a_warning(
    tmp_path: Path, data: bytes, options: dict[str, str]
) -> None:
    name = "a.txt.gz" if data.startswith(b"\x1f\x8b") else "a.txt"
    [article] = read(write(tmp_path, name, data), **options)
    assert isinstance(article, Article)
    assert article.text == ENGLISH
    assert article.source_sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x01\x02" * 100, "binary file, no text"),
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (ENGLISH.encode() * 40, "2,560 characters; the limit is 1,000 (--max-chars)"),
        (b"x" * 20_000, "is larger than 10,000 bytes"),
    ],
)
def test_file_without_an_article_fails_and_the_next_is_read(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    bad, good = write(tmp_path, "a.txt", data), write(tmp_path, "b.txt")
    failure, article = read(bad, good, max_chars=1_000, max_bytes=10_000)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.kind) == (reason, FailureKind.FAILED)
    assert isinstance(article, Article)


def test_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path, "bomb.txt.gz", gzip.compress(b"a" * 50_000_000))
    [failure] = failures(path, max_bytes=1_000_000)
    assert failure.reason == "is larger than 1,000,000 bytes"


def test_broken_gzip_fails_with_its_reason(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt.gz", gzip.compress(ENGLISH.encode())[:-9])
    [failure] = failures(path)
    assert failure.reason.startswith("is not a whole gzip file")


def test_unknown_encoding_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="encoding 'utf-9' is unknown"):
        read(write(tmp_path, "a.txt"), encoding="utf-9")


def test_other_languages_are_skipped_by_name(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt", "Le ministre a dit mardi que le pont serait ouvert au mois de mai.\n")
    [failure] = failures(tmp_path)
    assert (failure.reason, failure.kind) == ("language 'fr'", FailureKind.SKIPPED)
    assert [a.language for a in articles(tmp_path, language=None)] == ["en", "fr"]


def test_limit_ends_the_stream(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.txt", f"{ENGLISH}{number}")
    assert len(read(tmp_path, limit=2)) == 2


def test_known_file_is_unchanged_and_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    write(tmp_path, "b.txt", ENGLISH * 2)
    known = {(str(path), hashlib.sha256(ENGLISH.encode()).hexdigest())}
    found = list(
        read_articles([str(tmp_path)], is_known=lambda source, sha, _: (source, sha) in known)
    )
    assert found[0] == Unchanged(str(path))
    assert isinstance(found[1], Article)


def test_stdin_is_an_article_of_its_own_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(ENGLISH.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    [article] = articles("-")
    assert article.source == f"-#{article.id}"


def test_file_name_with_newline_and_bidi_override_is_shown_escaped(tmp_path: Path) -> None:
    write(tmp_path, "a\nb\u202egpj.txt")
    [article] = articles(tmp_path)
    assert article.source.endswith("a\\nb\\u202egpj.txt")


def test_pipe_and_broken_link_in_a_folder_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    reasons = {failure.reason for failure in failures(tmp_path)}
    assert reasons == {"not a regular file", "broken link"}


def test_where_nothing_is_readable_the_reasons_are_named(tmp_path: Path) -> None:
    for name in ("a.docx", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ReadError, match=r"\(2 files\)\. Skipped: .*a\.docx \(use pdf, html or txt"):
        list(read_articles([str(tmp_path)]))
