"""Signatures under quotations and the labels of transcripts, on texts without a parse."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.statements.labels import label_findings, signature_findings, turn_findings
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules_syntax import Finding, to_span
from kg.annotate.statements.tokens import TokenIndex

VOCAB = spacy.blank("en").vocab


def layout_of(text: str) -> Layout:
    """Tokens are words, marks and line breaks; nothing is tagged."""
    pieces = re.findall(r"\n+|[\w.'’-]*\w|[^\w\s]", text)
    words, spaces, at = [], [], 0
    for piece in pieces:
        at = text.index(piece, at) + len(piece)
        words.append(piece)
        spaces.append(text[at : at + 1] == " ")
    doc = Doc(VOCAB, words=words, spaces=spaces)
    assert doc.text == text
    tokens = TokenIndex(doc)
    return Layout(tokens, find_quotations(tokens))


def shown(layout: Layout, finding: Finding) -> tuple[str, str]:
    assert finding.source is not None
    (content,) = finding.content
    text = layout.doc.text
    return to_span(layout.doc, finding.source).of(text), to_span(layout.doc, content).of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The tide was late.” ― Ana Moen\nMore.", ("Ana Moen", "“The tide was late.”")),
        ('"The tide was late."\n\n- Moen.\n', ("Moen", '"The tide was late."')),  # on its own line
        ("“Late again.”\n— Ana Moen, harbour master", ("Ana Moen", "“Late again.”")),  # with a post
        ("“Late again.” – Prince of the Isles", ("Prince of the Isles", "“Late again.”")),
    ],
)
def test_name_after_a_dash_signs_the_quotation(text: str, expected: tuple[str, str]) -> None:
    layout = layout_of(text)
    assert [shown(layout, found) for found in signature_findings(layout)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "“The tide was late” – so they waited for an hour and left.",  # the sentence goes on
        "She saw “The Tide” – Ana Moen",  # words before it on the line: no quotation of its own
        "“The tide was late.”\n\n\n— Ana Moen",  # too far away
        "“The tide was late.” – 1998",  # no name
    ],
)
def test_dash_without_a_name_of_its_own_signs_nothing(text: str) -> None:
    assert list(signature_findings(layout_of(text))) == []


def test_turns_of_a_quoted_transcript_belong_to_their_labels() -> None:
    layout = layout_of(
        'It went like this:\n\n"MOEN: Was it late?\n\n"VAN DER BERG: It was.\n\n"By an hour."\n\nEnd.'
    )
    assert [shown(layout, found) for found in label_findings(layout)] == [
        ("MOEN", "Was it late?"),
        ("VAN DER BERG", 'It was.\n\n"By an hour."'),  # a paragraph without a label goes on
    ]


def test_quotation_that_begins_with_a_name_in_small_letters_has_no_label() -> None:
    assert list(label_findings(layout_of('"Note: it was late."'))) == []


INTERVIEW = (
    "The miller talks\n\nIda Holt: You were late.\nJon Berg (miller): I was. "
    "They said: wait.\nHolt: Was it dark?\nBERG: It was.\n\nHe left: it was late."
)


def talk_of(text: str) -> Layout:
    """With the verbs tagged."""
    layout = layout_of(text)
    for token in layout.doc:
        token.tag_ = "VBD" if token.text in ("was", "were", "said", "Was") else "NN"
    return layout


def test_turns_of_an_interview_belong_to_their_labels() -> None:
    layout = talk_of(INTERVIEW)
    assert [shown(layout, found) for found in turn_findings(layout)] == [
        ("Ida Holt", "You were late."),
        ("Jon Berg", "I was. They said: wait."),  # the office is no part of the name
        ("Holt", "Was it dark?"),  # the surname alone
        ("BERG", "It was."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        INTERVIEW.replace("BERG", "Moen"),  # nobody but Holt speaks twice
        INTERVIEW.replace("Ida Holt", "Berg"),  # one speaker alone
        INTERVIEW.replace("Ida ", "").replace("Jon ", "").replace("BERG", "Berg"),  # no full name
        "Ida Holt: 12\nJon Berg: 14\nIda Holt: 15\nJon Berg: 9",  # a table
        "Ida Holt: We were late.\nJon Berg: We were.",  # too short to tell
    ],
)
def test_labels_of_no_interview_make_no_turns(text: str) -> None:
    assert list(turn_findings(talk_of(text))) == []
