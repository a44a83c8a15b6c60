"""Names of whole sentences, with the language model."""

from itertools import pairwise

import pytest

from kg.annotate.names import find_names
from tests.pipeline import pipeline


@pytest.fixture(scope="module")
def nlp():
    return pipeline()


def found(nlp, text):
    return [(name.span.of(text), name.type.value) for name in find_names(nlp(text))]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a title is no part of a name, and a surname is the person of the full name
        (
            "Finance Minister Thandiwe Mokoena resigned on Friday. Mokoena said she was tired.",
            [("Thandiwe Mokoena", "person"), ("Mokoena", "person")],
        ),
        # the word after a newspaper's name is no part of it
        (
            "She told the Novaya Gazeta newspaper that she had left Chechnya.",
            [("Novaya Gazeta", "organisation"), ("Chechnya", "place")],
        ),
        # a dateline with an agency in brackets
        (
            "MOSCOW (Reuters) - Vladimir Putin met reporters.",
            [("MOSCOW", "place"), ("Reuters", "organisation"), ("Vladimir Putin", "person")],
        ),
        # an abbreviation is found where it is defined and where it is used
        (
            "The Vanuatu Fisheries Federation (VFF) is poor. VFF owes a million dollars.",
            [("Vanuatu Fisheries Federation", "organisation")] + 2 * [("VFF", "organisation")],
        ),
        # a nationality is no country; days and sums are no names
        (
            "Two Moroccan players earned $3 million on Sunday in Spain.",
            [("Moroccan", "other"), ("Spain", "place")],
        ),
        # common words at the start of a sentence are no names; addresses are not
        ("Why wait? See https://www.example.com/London-news for more.", []),
        ("", []),
    ],
)
def test_names_are_found(nlp, text, expected):
    assert found(nlp, text) == expected


@pytest.mark.model
def test_spans_do_not_overlap_and_stand_in_order(nlp):
    text = "Ann Lee of the Lee Trust (LT) met Lee Jong-su, head of LT, in Lee, Florida. " * 3
    spans = [name.span for name in find_names(nlp(text))]
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # sender and seat are part of an embassy's name
        ("The Russian Embassy to Israel said no.", "Russian Embassy to Israel"),
        ("The Kenyan Embassy in Washington was closed.", "Kenyan Embassy in Washington"),
        ("The Russian Embassy's letter was long.", "Russian Embassy"),
    ],
)
def test_embassy_is_one_name(nlp, text, expected):
    assert found(nlp, text) == [(expected, "organisation")]
