"""Names are found where the tagger missed them."""

import time

import pytest

from kg.annotate.names.again import abbreviates, find_again
from kg.annotate.names.candidates import find_candidates
from tests.unit.annotate.names.factories import make_doc


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        # a family name follows the full name
        ("[P Dmitry Alushkin] wrote ; Alushkin said", ["Dmitry Alushkin", "Alushkin"]),
        # an organisation comes again
        ("[O Vozela Group] fell and Vozela Group rose", ["Vozela Group", "Vozela Group"]),
        # the longer of two names is taken
        ("[L York] and [L New York] ; New York", ["York", "New York", "New York"]),
        # a word that also stands in small letters is no name by itself
        ("[P Ann Stone] threw a stone . Stone is hard", ["Ann Stone"]),
        # a title is no family name
        ("[P Nguyen Governor] left . The Governor stayed", ["Nguyen Governor"]),
        # an abbreviation in brackets, and again
        ("[O Bank of Ghana] ( BoG ) , said BoG", ["Bank of Ghana", "BoG", "BoG"]),
        # an aside in brackets is none
        ("[O Bank of Ghana] ( PDF ) , said PDF", ["Bank of Ghana"]),
    ],
)
def test_name_is_found_again(tagged, expected):
    doc, stretches = make_doc(tagged)
    found = find_again(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected


def test_time_grows_with_the_names_that_share_a_first_word_and_not_with_their_square():
    def seconds(names):
        text = " ".join(f"[P Ada Xu{n}] ," for n in range(names))
        doc, stretches = make_doc(text + " Ada Moe" * names)
        candidates = find_candidates(doc, stretches)
        started = time.process_time()
        assert len(find_again(doc, candidates)) == names
        return time.process_time() - started

    one, four = (min(seconds(names) for _ in range(3)) for names in (1000, 4000))
    assert four < 9 * one


def test_unsure_word_is_not_looked_for_again():
    doc, (stretch,) = make_doc("[O Vote] today . Vote early")
    unsure = type(stretch)(stretch.start, stretch.end, (0.3, 0.4, 0.2, 0.1))
    assert len(find_again(doc, find_candidates(doc, [unsure]))) == 1


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("UNHCR", "United Nations High Commissioner for Refugees", True),
        # letters inside a word
        ("PML-N", "Pakistan Muslim League-Nawaz", True),
        # small letters
        ("BoG", "Bank of Ghana", True),
        # another first letter
        ("CFC", "Bank of Ghana", False),
        # an ordinary word
        ("Bank", "Bank of Ghana", False),
        # out of order
        ("BGO", "Bank of Ghana", False),
    ],
)
def test_abbreviation_is_of_the_letters_of_the_name(short, name, expected):
    assert abbreviates(short, name) is expected
