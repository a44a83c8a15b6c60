"""Quotation marks as newspapers type them, and as they get them wrong."""

from __future__ import annotations

import gc
import time

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.statements.quotations import Quotation, find_quotations, paragraphs
from kg.annotate.statements.tokens import TokenIndex


def doc_of(text: str) -> Doc:
    words = text.split(" ")
    return Doc(Vocab(), words=words, spaces=[True] * (len(words) - 1) + [False])


def inner_texts(text: str) -> list[str]:
    doc = doc_of(text)
    assert doc.text == text
    return [span.of(text) for q in find_quotations(TokenIndex(doc)) for span in q.inner]


def only(text: str) -> Quotation:
    found = find_quotations(TokenIndex(doc_of(text)))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We won," she said.', ["We won,"]),  # straight
        ("“We won,” she said.", ["We won,"]),  # curly
        ("«We won», she said.", ["We won"]),  # guillemets
        ("``We won,'' she said.", ["We won,"]),  # TeX
        ("''We won,'' she said.", ["We won,"]),  # doubled apostrophes
        ("'We won today,' she said.", ["We won today,"]),  # British single
        # both marks close at once
        ("\"He said: 'Go home,'\" she said.", ["He said: 'Go home,'", "Go home,"]),
        ("She didn't say the workers' vote was won.", []),  # apostrophes are no marks
        ("“He said ‘no deal’ to me,” she said.", ["He said ‘no deal’ to me,", "no deal"]),  # nested
        ("He is 6'2\" tall and his brother 5'9\" at most.", []),  # inches
        ('"One," he said. "Two."', ["One,", "Two."]),  # interrupted
        ('It was late. We won," she said.', ["We won,"]),  # opening mark lost
        ('She said: "We won today. They lost.', ["We won today. They lost."]),  # closing mark lost
        ('" " " "', []),  # marks without words
    ],
)
def test_marks_of_every_kind_are_paired(text: str, expected: list[str]) -> None:
    assert inner_texts(text) == expected


def test_quotation_over_two_paragraphs_is_one_with_two_inner_spans() -> None:
    text = 'She said: "We won.\n\n"They lost," and left.'
    quotation = only(text)
    assert [span.of(text) for span in quotation.inner] == ["We won.", "They lost,"]
    assert quotation.outer.of(text) == '"We won.\n\n"They lost,"'


@pytest.mark.parametrize(
    "text",
    [
        '"We won.\n\n“They lost,” she said.',  # another kind of mark: another quotation
        '"MOEN: We won.\n\n"ROE: They lost.',  # another speaker of a transcript
    ],
)
def test_paragraph_of_another_speaker_does_not_go_on_with_the_quotation(text: str) -> None:
    assert len(find_quotations(TokenIndex(doc_of(text)))) == 2


def test_quotation_that_is_not_reopened_ends_with_its_paragraph() -> None:
    text = 'She said: "We won.\n\nThey lost.'
    quotation = only(text)
    assert quotation.outer.of(text) == '"We won.'
    assert not quotation.closed


def test_lines_are_paragraphs_only_where_no_blank_line_is() -> None:
    assert list(paragraphs("a\nb")) == [(0, 1), (2, 3)]
    assert list(paragraphs("a\nb\n\nc")) == [(0, 3), (5, 6)]


@pytest.mark.parametrize(
    ("text", "is_term"),
    [
        ("the so-called “gay propaganda” law", True),  # scare quotes
        ("Jim “The Hammer” Roe", True),  # nickname
        ("“Never again!” he said.", False),  # a sentence of its own
        ("he said “we have never done anything like it in all these years” again", False),  # long
    ],
)
def test_terms_are_told_from_statements(text: str, is_term: bool) -> None:
    assert only(text).is_term is is_term


@pytest.mark.parametrize("piece", ["“", '"', '" ', ' "a', "“‘", 'a" ', "“a ‘b "])
def test_time_is_linear_in_the_number_of_marks(piece: str) -> None:
    def seconds(n: int) -> float:
        doc = Doc(Vocab(), words=[piece * n])
        gc.disable()  # a walk through what other tests have left takes seconds
        try:
            begin = time.thread_time()
            find_quotations(TokenIndex(doc))
            return time.thread_time() - begin
        finally:
            gc.enable()

    assert seconds(20_000) < 50 * max(seconds(2_000), 0.005)
