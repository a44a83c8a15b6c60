"""HTML, PDF, CSV, WARC, RSS and addresses: text, metadata, and files made to do harm."""

from __future__ import annotations

import gzip
import io
import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from email.message import Message
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import UsageError
from kg.model import Article, Failure, FailureKind
from kg.read import ReadOptions, read_articles
from kg.read.html import plain_text
from kg.read.raw import Raw
from kg.read.web import fetch

BODY = (
    "The minister said on Tuesday that the bridge over the river would open in May.",
    "“We have waited long enough for this bridge,” she told the council of the town.",
    "A spokesman for the builders denied that the work had cost more than was planned.",
)
PAGE = """<!doctype html><html lang="en"><head><title>Bridge to open in May</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Anna Writer">
<meta property="article:published_time" content="2020-01-02T10:00:00Z">
<script>document.write("stolen")</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Bridge to open in May</h1>{}</article><footer>All rights reserved</footer></body></html>
""".format("".join(f"<p>{line}</p>\n" for line in BODY))


def read(path: Path, **options: object) -> list[Article | Failure]:
    found = list(read_articles([str(path)], ReadOptions(**options)))
    return [each for each in found if isinstance(each, Article | Failure)]


def only_article(path: Path, **options: object) -> Article:
    [article] = read(path, **options)
    assert isinstance(article, Article), article
    return article


def only_failure(path: Path, **options: object) -> Failure:
    [failure] = read(path, **options)
    assert isinstance(failure, Failure), failure
    return failure


def put(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- HTML ------------------------------------------------------------------------------------------


def test_page_gives_its_article_without_menus_and_scripts(tmp_path: Path) -> None:
    article = only_article(put(tmp_path / "a.html", PAGE))
    assert all(line in article.text for line in BODY)
    assert "stolen" not in article.text
    assert "All rights reserved" not in article.text
    assert (article.publisher, article.author) == ("The Paper", "Anna Writer")
    assert article.title == "Bridge to open in May"
    assert article.published == date(2020, 1, 2)
    assert article.reader.startswith("html/1 trafilatura/")


def test_date_that_the_page_does_not_declare_is_not_invented(tmp_path: Path) -> None:
    page = PAGE.replace("2020-01-02T10:00:00Z", "").replace("All rights", "© 2019 All rights")
    assert only_article(put(tmp_path / "a.html", page)).published is None


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "no article text found in the page"),
        ("", "no article text found in the page"),
        ("<div>" * 100_000 + "deep", "is nested more than 1000 levels deep"),
    ],
)
def test_page_without_an_article_fails(tmp_path: Path, page: str, reason: str) -> None:
    assert only_failure(put(tmp_path / "a.html", page)).reason == reason


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    failure = only_failure(put(tmp_path / "a.html", PAGE))
    assert "needs trafilatura" in failure.reason
    assert "pip install 'claimgraph[readers]'" in failure.reason


def test_plain_text_of_html_leaves_scripts_out() -> None:
    fragment = "<p>One &amp; two<br>three</p><script>alert(1)</script><style>p {}</style><p>four"
    assert plain_text(fragment) == "One & two\nthree\nfour"


# -- PDF -------------------------------------------------------------------------------------------


def a_pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Title (Bridge to open) /Author (Anna Writer) >>",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\n"
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{out}{xref}{trailer}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def test_pdf_gives_its_text_and_title(tmp_path: Path) -> None:
    article = only_article(put(tmp_path / "a.pdf", a_pdf(BODY[0], BODY[2])))
    assert BODY[0] in article.text
    assert BODY[2] in article.text
    assert (article.title, article.author) == ("Bridge to open", "Anna Writer")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 nothing else", "is a PDF that cannot be read"),
        (b"", "is a PDF that cannot be read"),
        (a_pdf(), "has no text (a scan?)"),
    ],
)
def test_pdf_without_text_fails(tmp_path: Path, data: bytes, reason: str) -> None:
    assert only_failure(put(tmp_path / "a.pdf", data)).reason.startswith(reason)


# -- CSV -------------------------------------------------------------------------------------------


def test_table_without_a_text_column_says_what_to_try(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", f'id,body,when\n1,"{BODY[0]}",2020-01-02\n')
    with pytest.raises(UsageError) as caught:
        read_articles([str(path)])
    assert str(caught.value) == (
        f"{path} has columns id, body, when. Which is the article? "
        "Try --text-field body --date-field when"
    )


def test_table_in_a_folder_that_cannot_be_read_ends_nothing(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", f'id,body\n1,"{BODY[0]}"\n')
    put(tmp_path / "b.txt", BODY[1])
    failure, article = read(tmp_path)
    assert isinstance(failure, Failure)
    assert str(failure).endswith("Which is the article? Try --text-field body")
    assert isinstance(article, Article)


def test_a_long_article_fits_into_a_table(tmp_path: Path) -> None:
    text = f"{BODY[0]} " * (200_000 // len(BODY[0]))
    path = put(tmp_path / "a.csv", f'id,text\n1,"{text}"\n')
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_become_articles(tmp_path: Path, delimiter: str) -> None:
    rows = [("id", "body", "when"), ("x", f"{BODY[0]}\r\nMore.", "2020-01-02"), ("y", "=1+1", "no")]
    table = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    options = {"text_field": "body", "date_field": "when", "language": None}
    first, warning, second = read(put(tmp_path / "a.csv", table), **options)
    assert isinstance(first, Article)
    assert (first.text, first.published) == (f"{BODY[0]}\r\nMore.", date(2020, 1, 2))
    assert first.source.endswith("a.csv#x")
    assert str(warning).endswith("a.csv:3: 'when' is 'no'; expected YYYY-MM-DD")
    assert isinstance(second, Article)
    assert second.text == "=1+1"  # text is data; exporters defuse it


# -- WARC ------------------------------------------------------------------------------------------


def a_warc(*pages: tuple[str, str, str]) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for url, status, page in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        payload = io.BytesIO(page.encode())
        record = writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
        writer.write_record(record)
    return stream.getvalue()


def test_archive_gives_its_pages(tmp_path: Path) -> None:
    empty = "<html><body></body></html>"
    data = a_warc(
        ("https://example.org/gone", "404 Not Found", PAGE),
        ("https://example.org/empty", "200 OK", empty),
        ("https://example.org/bridge", "200 OK", PAGE),
    )
    skipped, article = read(put(tmp_path / "a.warc.gz", data))
    assert isinstance(skipped, Failure)
    assert skipped.kind is FailureKind.SKIPPED
    assert isinstance(article, Article)
    assert article.url == "https://example.org/bridge"
    assert article.source.endswith("a.warc.gz#3")


def test_torn_archive_keeps_what_was_whole(tmp_path: Path) -> None:
    data = a_warc(*[(f"https://example.org/{n}", "200 OK", PAGE) for n in range(2)])
    found = read(put(tmp_path / "a.warc.gz", data[:-40]))
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Failure)
    assert "is not a whole web archive" in found[-1].reason


def test_oddities_of_an_archive_are_not_written_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\nab\x1b[2J\r\n\r\n"
    put(tmp_path / "a.warc", data)
    put(tmp_path / "b.txt", BODY[0])
    assert isinstance(only_article(tmp_path), Article)
    assert capsys.readouterr().err == ""


BIG = b"a" * 5_000_000
MANY_LINES = b"X-Line: a\r\n" * 500_000


@pytest.mark.parametrize(
    ("headers", "http_headers"),
    [
        (b"X-Big: " + BIG + b"\r\n", b""),
        (MANY_LINES, b""),
        (b"", b"X-Big: " + BIG + b"\r\n"),
        (b"", MANY_LINES),
        # no line at all, and no record
        (BIG, b""),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_archive_with_an_endless_header_is_left_there(
    tmp_path: Path, headers: bytes, http_headers: bytes, pack: Callable[[bytes], bytes]
) -> None:
    good, bad = a_record(PAGE), a_record(PAGE, headers, http_headers)
    name = "a.warc" if pack is bytes else "a.warc.gz"
    started_s = time.process_time()
    article, failure = read(put(tmp_path / name, pack(good) + pack(bad) + pack(good)))
    assert time.process_time() - started_s < 5.0  # a line of 50 MB once took a minute
    assert isinstance(article, Article)
    assert article.source.endswith(f"{name}#1")
    assert isinstance(failure, Failure)
    assert failure.source.endswith(name)
    assert failure.reason == "has a header of over 1,000,000 bytes after record 1; read no further"


def a_record(page: str, headers: bytes = b"", http_headers: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + http_headers
    body = http + b"\r\n" + page.encode()
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
    size = b"Content-Length: %d\r\n\r\n" % len(body)
    return head + headers + size + body + b"\r\n\r\n"


def test_header_of_some_length_is_read_whole(tmp_path: Path) -> None:
    policy = b"Content-Security-Policy: " + b"https://example.org/ " * 40_000 + b"\r\n"
    assert isinstance(only_article(put(tmp_path / "a.warc", a_record(PAGE, b"", policy))), Article)


def test_chunk_that_says_it_is_gigantic_is_not_held(tmp_path: Path) -> None:
    size = 200_000_000
    http = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % size
    head = re.sub(rb"Length: \d+", b"Length: %d" % (size + 200), a_record("", b"", http))
    put(tmp_path / "a.warc.gz", gzip.compress(head.rstrip() + b"\r\n" + bytes(size), 1))
    tracemalloc.start()
    try:
        failure = only_failure(tmp_path)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "larger than 20,000,000 bytes" in failure.reason
    assert peak_bytes < size


# -- feeds -----------------------------------------------------------------------------------------

FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<language>en-GB</language>
<item><title>Bridge</title><link>https://example.org/1</link><guid>n1</guid>
<pubDate>Thu, 02 Jan 2020 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{BODY[0]}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Nothing</title><guid>n2</guid></item>
</channel></rss>"""


def test_feed_gives_its_entries(tmp_path: Path) -> None:
    article, skipped = read(put(tmp_path / "a.xml", FEED))
    assert isinstance(article, Article)
    assert article.text == BODY[0]
    assert (article.title, article.url, article.publisher) == (
        "Bridge",
        "https://example.org/1",
        "The Paper",
    )
    assert (article.published, article.language) == (date(2020, 1, 2), "en-GB")
    assert isinstance(skipped, Failure)
    assert skipped.reason == "an entry without text"


def test_entry_keeps_its_source_when_others_come_before_it(tmp_path: Path) -> None:
    before = only_named(read(put(tmp_path / "a.xml", FEED)))
    newer = FEED.replace(
        "<item>", "<item><guid>n0</guid><description>News.</description></item><item>", 1
    )
    after = only_named(read(put(tmp_path / "a.xml", newer)))
    assert len(before) == 1
    assert before == after


def only_named(found: list[Article | Failure]) -> list[str]:
    return [each.source for each in found if isinstance(each, Article) and each.text == BODY[0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feed_that_declares_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + FEED[21:]
    failure = only_failure(put(tmp_path / "a.xml", bomb.encode(encoding)))
    assert failure.reason == "declares XML entities, which are not expanded"


def test_xml_that_is_no_feed_fails(tmp_path: Path) -> None:
    assert only_failure(put(tmp_path / "a.xml", "<a><b/></a>")).reason == "is no RSS or Atom feed"


# -- addresses -------------------------------------------------------------------------------------


class Opener:
    """Answers without a network."""

    def __init__(self, data: bytes, media: str) -> None:
        self.data, self.media = data, media

    def open(self, request: object, timeout: float) -> io.BytesIO:
        answer = io.BytesIO(self.data)
        headers = Message()
        headers["Content-Type"] = self.media
        answer.headers = headers  # type: ignore[attr-defined]
        return answer


def test_address_is_read_by_its_content_type() -> None:
    raw = fetch("https://example.org/a", Opener(PAGE.encode(), "text/html; charset=utf-8"))  # type: ignore[arg-type]
    assert isinstance(raw, Raw)
    assert (raw.format, raw.url) == ("html", "https://example.org/a")


def test_address_of_a_picture_fails() -> None:
    failure = fetch("https://example.org/a", Opener(b"", "image/png"))  # type: ignore[arg-type]
    assert isinstance(failure, Failure)
    assert failure.reason == "is image/png, which nobody reads here"


def test_list_of_addresses_is_fetched_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(address: str) -> Raw:
        return Raw(address, data=PAGE.encode(), url=address, format="html")

    monkeypatch.setattr("kg.read.web.fetch", answer)
    path = put(tmp_path / "list.txt", "# mine\nhttps://example.org/a\n\nfile:///etc/passwd\n")
    article, failure = read(path, format="url")
    assert isinstance(article, Article)
    assert article.url == "https://example.org/a"
    assert isinstance(failure, Failure)
    assert failure.reason == "is no web address"


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/etc"), lambda path: path.mkdir()])
def test_folder_in_a_folder_is_left_alone(tmp_path: Path, make: Callable[[Path], None]) -> None:
    put(tmp_path / "b.txt", BODY[0])
    make(tmp_path / "sub")
    assert len(read(tmp_path)) == 1
