"""The date of a text: on a line of its own or in a dateline, where it can be no other."""

from __future__ import annotations

from datetime import date

import pytest

from kg.read.text import article_of_text

BODY = "The mayor said on Tuesday that the bridge would open.\n"
DAY = date(2025, 3, 14)


@pytest.mark.parametrize(
    "line",
    [
        "2025-03-14",
        "March 14, 2025",
        "14 March 2025",
        "Friday, March 14, 2025",
        "Fri, 14 Mar 2025 08:00 GMT",
        "2025-03-14T08:00:00Z",
        "March 14, 2025, 8:30 a.m. ET",
        "Published: 14 March 2025",
        "Date: March 14, 2025",
        "*14 March 2025*",  # Markdown
    ],
)
@pytest.mark.parametrize("head", ["", "\n", "Bridge to Open\n", "Bridge to Open\n\nBy Ada Quill\n"])
@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_date_alone_on_one_of_the_first_lines_is_metadata(head: str, line: str, end: str) -> None:
    text = f"{head}{line}{end}{BODY}"
    article = article_of_text(text, source="a.txt")
    assert (article.published, article.text) == (DAY, text)
    [skipped] = article.skip
    shown = text[: skipped.start] + text[skipped.end :]
    assert shown == head.lstrip("\n") + BODY


@pytest.mark.parametrize(
    "start",
    [
        "LIVERPOOL, March 14, 2025 (Reuters) - The",
        "LIVERPOOL, 14 March 2025 (Reuters) – The",
        "LIVERPOOL, Friday, March 14, 2025 (Reuters) – The",
        "WASHINGTON, D.C., March 14, 2025 — The",
        "NEW YORK, March 14, 2025 /PRNewswire/ -- The",
        "Port Callow, March 14, 2025 – “The",
        "LIVERPOOL (Reuters), Mar. 14, 2025 - The",
        "ST. LOUIS, Mo., 2025-03-14 - The",
    ],
)
@pytest.mark.parametrize("head", ["", "Bridge to Open\n\n", "Bridge to Open\nBy Ada Quill\n"])
def test_date_in_a_dateline_is_read_and_stays_in_the_analysis(head: str, start: str) -> None:
    article = article_of_text(f"{head}{start} mayor said no.\n", source="a.txt")
    assert (article.published, article.skip) == (DAY, ())


@pytest.mark.parametrize(
    "text",
    [
        f"LIVERPOOL, March 14 (Reuters) - {BODY}",  # no year
        f"14 March\n{BODY}",
        f"14/03/2025\n{BODY}",  # which way round is guessed in others
        f"20250314\n{BODY}",  # a number
        f"31 February 2025\n{BODY}",
        f"March 14, 2025 was a day to remember.\n{BODY}",  # a sentence
        f"On March 14, 2025 – the mayor said – it rained.\n{BODY}",
        f"On Friday, March 14, 2025 – The Mayor's day – it rained.\n{BODY}",
        f"Friday, March 14, 2025 – The day the river died.\n{BODY}",
        f"The bridge opened in Port Callow, March 14, 2025 – The mayor was there.\n{BODY}",
        f"Anna Weber said so in Bonn, March 14, 2025 – The mayor.\n{BODY}",
        f"{BODY * 4}\n14 March 2025\n",  # at the end
        f"{'A long first paragraph. ' * 10}\n14 March 2025\n{BODY}",  # not after a headline
        f"One\nTwo\nThree\n14 March 2025\n{BODY}",
        f"How it went\n\n14 March 2025\n{BODY}\n16 March 2025\n{BODY}",  # a chronicle
        "",
        "\n \n",
    ],
)
def test_what_may_be_another_date_is_left_alone(text: str) -> None:
    article = article_of_text(text, source="a.txt")
    assert (article.published, article.skip) == (None, ())


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f" date 2017-05-11 LIVERPOOL, March 14, 2025 - {BODY}", date(2017, 5, 11)),
        (f"Date: 2017-05-11\n14 March 2025\n{BODY}", date(2017, 5, 11)),
        (f"---\ndate: 2017-05-11\n---\n14 March 2025\n{BODY}", date(2017, 5, 11)),
        (f"14 March 2025\nLIVERPOOL, March 13, 2025 (Reuters) - {BODY}", DAY),
    ],
)
def test_header_wins_over_a_line_and_a_line_over_a_dateline(text: str, published: date) -> None:
    assert article_of_text(text, source="a.txt").published == published


def test_date_below_a_front_matter_without_one_is_read() -> None:
    text = f"---\ntitle: The bridge\n---\n\nThe bridge\n14 March 2025\n\n{BODY}"
    article = article_of_text(text, source="a.md")
    assert article.published == DAY
    assert [span.of(text) for span in article.skip] == [
        "---\ntitle: The bridge\n---\n\n",
        "14 March 2025\n\n",
    ]
