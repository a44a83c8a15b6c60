"""A line that ends ends the sentence, unless it was only full."""

from __future__ import annotations

import pytest
import spacy

from kg.annotate.breaks import find_towns, mark_line_breaks
from kg.annotate.statements import find_attributions
from tests.pipeline import pipeline


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Port denies spill\n\nBREMSTADT, May 2", ["BREMSTADT"]),  # a headline and its dateline
        ("Port denies spill\nBy Ada Arden\n\nThe port", ["By", "The"]),  # and a byline
        ("He said\n\nthat it leaked", ["that"]),  # a blank line always ends something
        ("The port of\nbremstadt denies", []),  # a full line
        ("The port.\r\n \r\nIt leaked", ["It"]),  # line ends of another system
        ("\n\nThe port", ["The"]),
        ("The port \t denies", []),
    ],
)
def test_sentences_begin_after_line_breaks(text: str, starts: list[str]) -> None:
    doc = mark_line_breaks(spacy.blank("en").make_doc(text))
    assert [token.text for token in doc if token.i > 0 and token.is_sent_start] == starts


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("BREMSTADT (Harbour News) - The port is open", "The"),  # a town and an agency
        ("PORT OLDE, May 2 (HN) -- Police", "Police"),
        ("BREMSTADT, 2 May 2024 - Police", "Police"),  # a day
        ("BREMSTADT, Norland — “Nobody", "“"),  # a country
        ("Harbour spill\n\nBREMSTADT—Police", "Police"),
        ("Bremstadt, May 2 - Police", "Police"),  # no capitals, but a day
        ("Bremstadt (HN) - Police", "Police"),
        ("17.45 GMT Mayor Arden is here", "Mayor"),  # entries of a live blog
        ("5:20 p.m. ET: Mayor Arden is here", "Mayor"),
        ("Live\n16:58 Mayor Arden is here", "Mayor"),
        # none of these
        ("Bremstadt - The Movie", None),
        ("NATO - the alliance - denies", None),
        ("US-led forces deny", None),
        ("COVID-19 - Police", None),
        ("Arden (Labour) - the winner - denies", None),
        ("12.30 pounds were paid", None),
        ("Police met at 12:30 Mayor Arden", None),
    ],
)
def test_sentence_begins_after_a_dateline_or_a_clock_time(text: str, start: str | None) -> None:
    doc = mark_line_breaks(spacy.blank("en").make_doc(text))
    starts = [token for token in doc if token.is_sent_start and "\n" not in doc[token.i - 1].text]
    assert [token.text for token in starts if token.i > 0] == ([start] if start else [])


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("BREMSTADT, May 2, 2024 (Harbour News) - The port is open", "BREMSTADT"),
        ("Harbour spill\n\nPORT OLDE (HN) -- Police", "PORT OLDE"),
        ("BREMSTADT—Police", "BREMSTADT"),
        ("Bremstadt, May 2 - Police", "Bremstadt"),
        # none of these
        ("Ann Coe (Labour) - Transport", None),
        ("OPINION - The port", None),
        ("UPDATE 2 - The port", None),
        ("COURT CLEARS DEPUTY MAYOR - The", None),
        ('FAREWELL—"The port" closes', None),  # one token
        ("Police in BREMSTADT - The port", None),
    ],
)
def test_town_of_a_dateline_is_found(text: str, town: str | None) -> None:
    doc = spacy.blank("en").make_doc(text)
    assert [str(doc[start:end]) for start, end in find_towns(doc)] == ([town] if town else [])


@pytest.mark.model
@pytest.mark.parametrize(
    "lead_in", ["VANTRE, 3 May 2024 - ", "VANTRE (Gull Agency) - ", "17.45 GMT ", "09:10 | "]
)
def test_nobody_speaks_but_who_stands_after_the_dateline(lead_in: str) -> None:
    text = f"{lead_in}Ruth Marsh of the Tarnby water board has rejected reports of a leak."
    [found] = find_attributions(pipeline()(text), published=None, names=())
    assert found.source is not None
    assert found.source.of(text).startswith("Ruth Marsh")


@pytest.mark.model
def test_a_headline_denies_nothing_of_the_dateline() -> None:
    text = "Harbour authority denies spill\n\nBREMSTADT, March 2 - The port is open."
    headline, *_ = pipeline()(text).sents
    assert headline.text.strip() == "Harbour authority denies spill"
