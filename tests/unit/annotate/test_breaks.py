"""A line that ends ends the sentence, unless it was only full."""

from __future__ import annotations

import pytest
import spacy

from kg.annotate.breaks import mark_line_breaks
from kg.annotate.language_model import load


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


@pytest.mark.model
def test_a_headline_denies_nothing_of_the_dateline() -> None:
    text = "Harbour authority denies spill\n\nBREMSTADT, March 2 - The port is open."
    headline, *_ = load().nlp(text).sents
    assert headline.text.strip() == "Harbour authority denies spill"
