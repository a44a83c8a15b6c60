"""One name has one type in one article."""

import pytest

from kg.annotate.names.candidates import find_candidates
from kg.annotate.names.voting import vote
from tests.unit.annotate.names.factories import make_doc


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        # the surname has the type of the full name
        ("[P Dmitry Alushkin] wrote . [L Alushkin] wrote . [O Alushkin] left", {"person"}),
        # even where a country has the same
        ("[P Michael Jordan] won . [P Jordan] smiled . [P Jordan] left", {"person"}),
        # a title before it makes a person
        ("Mr. [O Okoro] and [P Okoro] met [O Okoro]", {"person"}),
        # a firm lends its type to its first word
        ("[O Keldmark Construction] ; [P Keldmark] ; [P Keldmark]", {"organisation"}),
        # the noun before it says that it is a place
        ("the river [P Lisk]", {"place"}),
        ("in the town of [P Orvenne]", {"place"}),
        # a newspaper is no nationality
        ("a letter to [X Haaretz]", {"organisation"}),
        # a country is a place whatever the tagger says
        ("[O Chechnya] is the [X Chechen Republic]", {"place"}),
        # a union of states is an organisation though territories have it
        ("the [L EU]", {"organisation"}),
        # an adjective is no country
        ("the [X British] team", {"other"}),
        # where the report comes from stands before it, whatever the tagger says
        ("[O PORT CALLOW] – The tender", {"place"}),
        ("it ended ¶ [O ORVENNE] -- Strikers", {"place"}),
        ("the alliance [O NATO] – the tender", {"organisation"}),  # no beginning
        # what has a spokeswoman, a chief executive or employees is a firm
        ("the [L Brenholt] spokeswoman", {"organisation"}),
        ("[L Brenholt] 's chief executive", {"organisation"}),
        ("the [L Brenholt] plant", {"place"}),  # a plant may be called after its town
        ("a [L Russia] spokesman", {"place"}),  # a country has spokesmen and stays one
        # the noun says what is called so
        ("a group called [P Open Desk]", {"organisation"}),
        ("a village named “ [P Marl]", {"place"}),
        ("a man known as [O Falk]", {"person"}),
        ("seen as [P Falk]", {"person"}),
        # headlines in capitals vote with the rest
        ("[O NOVOGRAD] ¶ [L Novograd] and [L Novograd]", {"place"}),
    ],
)
def test_name_has_one_type_in_the_article(tagged, expected):
    doc, stretches = make_doc(tagged)
    assert {one.type.value for one in vote(doc, find_candidates(doc, stretches))} == expected
