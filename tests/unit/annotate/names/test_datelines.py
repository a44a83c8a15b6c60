"""The town at the head of a dateline is a name, however the tagger sees it."""

import pytest

from kg.annotate.names.candidates import find_candidates
from kg.annotate.names.datelines import complete_datelines
from tests.unit.annotate.names.factories import make_doc


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("BREMSTADT — Police", ["BREMSTADT"]),  # no name for the tagger
        ("[P PORT OLDE] (HN) -- Police", ["PORT OLDE"]),
        ("[O PORT OLDE (HN)] -- [O Police]", ["PORT OLDE", "Police"]),
        ("[O OLDE Harbour] — Police", ["OLDE Harbour"]),  # no dateline: one word in small letters
    ],
)
def test_town_is_a_name(tagged, expected):
    doc, stretches = make_doc(tagged)
    found = complete_datelines(doc, find_candidates(doc, stretches))
    assert [one.text(doc) for one in found] == expected
