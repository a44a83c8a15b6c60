"""In a headline every word has a capital: the text below says where a name ends."""

import pytest

from kg.annotate.names.candidates import find_candidates
from kg.annotate.names.headlines import cut_headlines
from tests.unit.annotate.names.factories import make_doc

BELOW = " ¶ The senator [P Nora Quill] met [P Ada Kessling] and [P Omar Al-Hadi] on Monday ."


def names(tagged):
    doc, stretches = make_doc(tagged)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "\n"
    return [one.text(doc) for one in cut_headlines(doc, find_candidates(doc, stretches))]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("[P Nora Quill Endorses] Kessling For Mayor", ["Nora Quill"]),
        ("[P Senator Nora Quill] Wins Harbour Vote", ["Nora Quill"]),
        # the family name, with what follows it
        ("[P Quill Slams] Plan For Harbour", ["Quill"]),
        # a full name that the text below does not have
        ("[P Clara Quill] Wins Harbour Vote", ["Clara Quill"]),
        ("[P Quill Al-Hadi] Wins Harbour Vote", ["Quill Al-Hadi"]),
        # no headline
        ("the city cheers while [P Nora Quill Endorses] the mayor", ["Nora Quill Endorses"]),
        # no person
        ("[O Nora Quill Foundation] Opens Harbour House", ["Nora Quill Foundation"]),
    ],
)
def test_name_in_a_headline_ends_as_in_the_text(headline, expected):
    assert names(headline + BELOW)[:-3] == expected


def test_first_name_is_not_the_whole_name():
    # "Ali" is somebody's family name and somebody's first
    tagged = "[P Ali Sheikh] Joins Harbour Board ¶ Today [P Omar Ali] met [P Ali Noor] ."
    assert names(tagged) == ["Ali Sheikh", "Omar Ali", "Ali Noor"]


def test_text_without_a_headline_stays():
    assert names("Today [P Quill Slams] met the board .") == ["Quill Slams"]
