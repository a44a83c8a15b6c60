"""JSON Lines: fields, ids, and lines that hold no article."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from kg.model import Article, Failure, FailureKind
from kg.read import ReadOptions, Unchanged, read_articles

TEXT = "The minister said on Tuesday that the bridge would open in May."


def read(path: Path, lines: list[object], **options: object) -> list[Article | Failure | Unchanged]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    return list(read_articles([str(path)], ReadOptions(**options)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.jsonl"


def test_fields_become_metadata(path: Path) -> None:
    line = {
        "id": "n-1",
        "text": TEXT,
        "title": "The bridge",
        "date": "2020-01-02",
        "url": "https://example.org/1",
        "publisher": "The Paper",
        "author": "A. Writer",
    }
    [article] = read(path, [line])
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert article.source == f"{path}#n-1"
    assert article.published == date(2020, 1, 2)
    assert (article.title, article.publisher) == ("The bridge", "The Paper")
    assert article.source_sha256 == hashlib.sha256(json.dumps(line).encode()).hexdigest()


def test_fields_are_named_by_option(path: Path) -> None:
    line = {"text": "not this", "story": TEXT, "head": "T", "when": "2020-01-02", "at": "u"}
    options = {
        "text_field": "story",
        "title_field": "head",
        "date_field": "when",
        "url_field": "at",
    }
    [article] = read(path, [line], **options)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.url) == (TEXT, "T", "u")
    assert article.published == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "a" "b"}', "is not JSON (Expecting ',' at column 14); line skipped."),
        ("[" * 100_000, "is not JSON that can be read (RecursionError); line skipped."),
        ("[1, 2]", "is a JSON list; expected an object; line skipped."),
        (
            '{"id": 1, "story": "x"}',
            "has no text (fields: id, story). Try --text-field FIELD; line skipped.",
        ),
        ('{"text": "  "}', "has an empty text; line skipped."),
        ('{"text": 7}', "has no text (fields: text). Try --text-field FIELD; line skipped."),
        ("\x00\x01", "binary file, no text; line skipped."),
    ],
)
def test_broken_line_is_named_and_the_rest_is_read(path: Path, line: str, message: str) -> None:
    failure, article = read(path, [line, {"text": TEXT}])
    assert isinstance(failure, Failure)
    assert str(failure) == f"{path}:1 {message}"
    assert failure.kind is FailureKind.FAILED
    assert isinstance(article, Article)
    assert article.source == f"{path}#2"


def test_date_that_is_none_is_a_warning_and_the_article_stays(path: Path) -> None:
    warning, article = read(path, [{"text": TEXT, "published": "3 May"}])
    assert str(warning) == f"{path}:1: 'published' is '3 May'; expected YYYY-MM-DD"
    assert isinstance(article, Article)
    assert article.published is None


def test_lone_surrogates_are_replaced_without_moving_an_offset(path: Path) -> None:
    warning, article = read(path, [json.dumps({"text": f"{TEXT} \ud800 He said no."})])
    assert isinstance(warning, Failure)
    assert isinstance(article, Article)
    assert article.text == f"{TEXT} \ufffd He said no."


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 500, ["list"], None])
def test_id_that_is_no_name_gives_way_to_the_line_number(path: Path, name: object) -> None:
    [article] = read(path, [{"id": name, "text": TEXT}])
    assert isinstance(article, Article)
    assert article.source == f"{path}#1"


def test_second_line_with_an_id_gives_way_to_the_line_number(path: Path) -> None:
    found = read(path, [{"id": "a", "text": TEXT}, {"id": "a", "text": TEXT + TEXT}])
    assert [getattr(article, "source", None) for article in found] == [f"{path}#a", f"{path}#2"]


def test_line_beyond_the_limit_is_skipped_without_being_held(path: Path) -> None:
    failure, article = read(path, [{"text": "x" * 5_000}, {"text": TEXT}], max_chars=100)
    assert str(failure) == f"{path}:1: longer than 100 characters; line skipped"
    assert isinstance(article, Article)
