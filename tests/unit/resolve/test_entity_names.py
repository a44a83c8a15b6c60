"""Which of the names in the articles an entity goes by."""

from __future__ import annotations

import pytest

from kg.resolve.entities import _best_name
from kg.vocabulary import EntityType


@pytest.mark.parametrize(
    ("names", "entity_type", "best"),
    [
        # datelines are set in capitals
        ({"LISSEN": 3, "Lissen": 1}, EntityType.PLACE, "Lissen"),
        # nothing but a dateline
        ({"LISSEN": 3}, EntityType.PLACE, "LISSEN"),
        # an acronym is no shouting
        ({"NATO": 3}, EntityType.ORGANISATION, "NATO"),
        # what an acronym stands for
        ({"UN": 9, "United Nations": 1}, EntityType.ORGANISATION, "United Nations"),
        # not what the acronym is a part of
        ({"UN": 9, "UN Special Rapporteur": 2}, EntityType.ORGANISATION, "UN"),
        # the more frequent of two spellings
        ({"Anna Lind": 2, "Ana Lind": 5}, EntityType.PERSON, "Ana Lind"),
    ],
)
def test_the_best_name_is_the_frequent_one_that_is_not_shouted(names, entity_type, best):
    assert _best_name(names, entity_type) == best
