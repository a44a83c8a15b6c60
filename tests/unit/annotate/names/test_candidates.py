"""Bare names out of tagged stretches."""

import pytest

from kg.annotate.names.candidates import find_candidates
from tests.unit.annotate.names.factories import make_doc


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        # article and possessive are no part of a name
        ("[O the Guardian 's] editor", ["Guardian"]),
        # titles are not, one after another
        ("[P Press Attache Dmitry Alushkin] wrote", ["Dmitry Alushkin"]),
        ("[P Mr. Okoro] left", ["Okoro"]),
        # but in the name of an organisation they are
        ("[O General Motors] left", ["General Motors"]),
        # a title alone is what there is
        ("[P President] left", ["President"]),
        # an initial A is no article
        ("[P A . Petrov] left", ["A . Petrov"]),
        # a name does not run over a line break
        ("[O Daily Star ¶ Moscow] fell", ["Daily Star", "Moscow"]),
        # nor over a bracket
        ("[O Bank of Ghana ( BoG )] said", ["Bank of Ghana", "BoG"]),
        # a full stop at the end may belong to it
        ("[O Acme Inc .] left", ["Acme Inc ."]),
        # nothing but punctuation
        ("[O -] said", []),
        # addresses are no names
        ("[O https://example.org/Moscow-story] ¶", []),
        # nor are names in a script English is not written in
        ("[P 王美花] said", []),
    ],
)
def test_bare_name_is_kept(tagged, expected):
    doc, stretches = make_doc(tagged)
    assert [one.text(doc) for one in find_candidates(doc, stretches)] == expected


@pytest.mark.parametrize(("tag", "expected"), [("WRB", []), ("NNP", ["Where"])])
def test_first_word_of_a_question_is_no_name(tag, expected):
    doc, stretches = make_doc("[O Where] was the mayor")
    doc[0].tag_ = tag
    assert [one.text(doc) for one in find_candidates(doc, stretches)] == expected
